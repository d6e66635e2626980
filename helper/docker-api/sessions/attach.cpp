#include "helper/docker-api/sessions/attach.h"

#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/api/stream_type.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/sessions/log_replay.h"
#include "helper/docker-api/sessions/session_container.h"
#include "helper/docker-api/sessions/session_pump.h"

namespace escale::docker_api {
namespace {

// Docker says no to these two; to one that does not run it says yes, since `docker run` attaches before it
// starts.
Result<void> checkAttachable(const SessionContainer& container) {
    return container.state == "paused" || container.state == "restarting" ? checkRuns(container, "attach")
                                                                          : Result<void>();
}

Result<UniqueFd> openSession(const Bus& bus, const SessionContainer& container, const Query& query) {
    const QVariantMap options{{QStringLiteral("stdin"), query.flag("stdin") && container.opensInput},
                              {QStringLiteral("stdout"), query.flag("stdout") || query.flag("stderr")},
                              {QStringLiteral("detach-keys"), toQString(query.text("detachKeys"))},
                              {QStringLiteral("next-start"), true}};
    const auto session =
        bus.ask<QDBusUnixFileDescriptor>(Face::Containers, "Attach", toQString(container.id), options);
    if (!session)
        return fail(aboutContainer(session.error(), container.name));
    return taken(*session);
}

} // namespace

Result<void> attach(Exchange& exchange, const Bus& bus) {
    const Query& query = exchange.query();
    TRY_ASSIGN(const SessionContainer container, findSessionContainer(bus, exchange.parameter("id")));
    TRY(checkAttachable(container));
    const bool isFramed = !container.hasTerminal;
    const SessionFrames::Wanted wanted{query.flag("stdout"), query.flag("stderr"), isFramed};
    UniqueFd session;
    if (query.flag("stream")) {
        TRY_ASSIGN(session, openSession(bus, container, query));
    }
    std::optional<LogReader> log;
    if (query.flag("logs")) {
        TRY_ASSIGN(log, openLogUntilNow(bus, container.id, wanted));
    }
    TRY(exchange.hijack(streamType(exchange.request(), isFramed)));
    if (log)
        TRY(replayLog(exchange, *log, isFramed));
    if (session) {
        const bool takesInput = query.flag("stdin") && container.opensInput;
        SessionPump pump(exchange, std::move(session),
                         {.input = takesInput,
                          .endsInput = container.endsInput && !container.hasTerminal,
                          .wanted = wanted,
                          .isTerminal = container.hasTerminal});
        TRY(pump.run());
    }
    exchange.endRaw();
    return {};
}

Result<void> attachWebSocket(Exchange& exchange, const Bus& bus) {
    TRY(findSessionContainer(bus, exchange.parameter("id")));
    return fail(ErrorCode::Unsupported, "attaching by a WebSocket is not possible here",
                "Use POST /containers/{id}/attach, as the docker command does.");
}

} // namespace escale::docker_api
