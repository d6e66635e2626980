#include "helper/docker-api/sessions/exec.h"

#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/api/stream_type.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/sessions/exec_config.h"
#include "helper/docker-api/sessions/exec_registry.h"
#include "helper/docker-api/sessions/session_container.h"
#include "helper/docker-api/sessions/session_pump.h"

namespace escale::docker_api {
namespace {

constexpr int kKilled = 137; // with its container, which told nobody more

ExecRegistry& execs() {
    return ExecRegistry::instance();
}

struct Started {
    QString id;
    UniqueFd session; // none: nobody is attached
};

Result<Started> startInEngine(const Bus& bus, const ExecConfig& config, bool isDetached) {
    const QString container = toQString(config.container);
    const QStringList command = toStringList(config.command);
    if (isDetached) {
        TRY_ASSIGN(const QString id, bus.ask<QString>(Face::Containers, "ExecDetached", container, command,
                                                      execOptions(config)));
        return Started{id, {}};
    }
    TRY_ASSIGN(const auto answer, (bus.ask<QString, QDBusUnixFileDescriptor>(
                                      Face::Containers, "Exec", container, command, execOptions(config))));
    TRY_ASSIGN(UniqueFd session, taken(std::get<1>(answer)));
    return Started{std::get<0>(answer), std::move(session)};
}

// What clients that are attached are told where its output would be, as dockerd does: they would show nothing
// of an error's text, and look at the exit code next.
Result<void> answerFailure(Exchange& exchange, const Exec& exec, const Error& error, bool isDetached,
                           bool isFramed) {
    const auto failure = commandFailure(exec.config, error);
    execs().setEnded(exec.id, failure ? failure->exitCode : ExecFailure().exitCode);
    if (!failure && error.code == ErrorCode::WrongState)
        return fail(aboutContainer(error, exec.config.container));
    const std::string message = failure ? failure->message : error.text();
    if (isDetached)
        return fail(failure || error.code == ErrorCode::NotFound ? ErrorCode::InvalidArgument : error.code,
                    message);
    TRY(exchange.hijack(streamType(exchange.request(), isFramed)));
    TRY(exchange.writeRaw(outputFor(FrameType::Output, message + "\r\n", isFramed)));
    exchange.endRaw();
    return {};
}

Result<void> carry(Exchange& exchange, const Exec& exec, UniqueFd session, bool isFramed) {
    const ExecConfig& config = exec.config;
    TRY(exchange.hijack(streamType(exchange.request(), isFramed)));
    SessionPump pump(exchange, std::move(session),
                     {.input = config.opensInput,
                      .endsInput = !config.hasTerminal,
                      .wanted = {config.opensOutput, config.opensErrors, isFramed},
                      .isTerminal = config.hasTerminal},
                     exec.sizes);
    const auto done = pump.run();
    if (pump.exitCode()) // before the client sees the end, and asks
        execs().setEnded(exec.id, *pump.exitCode());
    TRY(done);
    exchange.endRaw();
    return {};
}

// What the engine knows of it, where its session did not tell its end.
Result<std::int64_t> askEngine(const Bus& bus, Exec& exec) {
    if (exec.state != Exec::State::Started || exec.engineId.empty())
        return std::int64_t(0);
    const auto known =
        bus.ask<QString, bool, qint32, quint32>(Face::Containers, "InspectExec", toQString(exec.engineId));
    if (!known && known.error().code != ErrorCode::NotFound)
        return fail(known.error());
    if (known && std::get<1>(*known))
        return std::int64_t(std::get<3>(*known));
    exec.state = Exec::State::Ended;
    exec.exitCode = known ? std::get<2>(*known) : kKilled;
    execs().setEnded(exec.id, exec.exitCode);
    return std::int64_t(0);
}

} // namespace

Result<void> createExec(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Json body, exchange.readJson());
    TRY_ASSIGN(ExecConfig config, readExecConfig(body));
    TRY_ASSIGN(const SessionContainer container, findSessionContainer(bus, exchange.parameter("id")));
    TRY(checkRuns(container, "exec"));
    config.container = container.id;
    TRY_ASSIGN(const std::string id, execs().add(std::move(config)));
    return exchange.reply(201, Json().set("Id", id));
}

Result<void> startExec(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Json body, exchange.readJson());
    TRY_ASSIGN(const TerminalSize size, readConsoleSize(body));
    const bool isDetached = body.at("Detach").toBool();
    const bool isFramed = !body.at("Tty").toBool();
    std::shared_ptr<TerminalSizeChange> sizes;
    if (!isDetached) {
        TRY_ASSIGN(sizes, TerminalSizeChange::create());
    }
    TRY_ASSIGN(const Exec known, execs().find(exchange.parameter("id")));
    TRY_ASSIGN(const SessionContainer container, findSessionContainer(bus, known.config.container));
    TRY(checkRuns(container, "exec"));
    TRY_ASSIGN(Exec exec, execs().start(known.id, sizes));
    if (size.rows > 0)
        exec.config.size = size;
    auto started = startInEngine(bus, exec.config, isDetached);
    if (!started)
        return answerFailure(exchange, exec, started.error(), isDetached, isFramed);
    execs().setEngineId(exec.id, started->id.toStdString());
    if (isDetached)
        return exchange.replyEmpty(200);
    return carry(exchange, exec, std::move(started->session), isFramed);
}

Result<void> inspectExec(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(Exec exec, execs().find(exchange.parameter("id")));
    if (const auto container = findSessionContainer(bus, exec.config.container); !container) {
        if (container.error().code == ErrorCode::NotFound)
            execs().forget(exec.config.container);
        TRY_ASSIGN(exec, execs().find(exec.id));
        return fail(container.error());
    }
    TRY_ASSIGN(const std::int64_t pid, askEngine(bus, exec));
    return exchange.reply(200, describeExec(exec, pid));
}

Result<void> resizeExec(Exchange& exchange, const Bus& /*bus*/) {
    TRY_ASSIGN(const TerminalSize size, askedSize(exchange));
    TRY(ExecRegistry::instance().resize(exchange.parameter("id"), size));
    return exchange.replyEmpty(200);
}

} // namespace escale::docker_api
