#include "helper/docker-api/sessions/session_container.h"

#include "engine/base/file.h"
#include "engine/base/session_frame.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"

namespace escale::docker_api {

Result<SessionContainer> findSessionContainer(const Bus& bus, const std::string& name) {
    const auto found =
        bus.ask<dbus::Container, QVariantMap, QVariantMap>(Face::Containers, "Inspect", toQString(name));
    if (!found)
        return fail(aboutContainer(found.error(), name));
    const dbus::Container& container = std::get<0>(*found);
    const QVariantMap& options = std::get<1>(*found);
    const auto flag = [&](const char* key) { return options.value(QLatin1String(key)).toBool(); };
    return SessionContainer{container.id.toStdString(),
                            container.name.toStdString(),
                            container.state.toStdString(),
                            flag("tty"),
                            flag("stdin"),
                            flag("stdin-once")};
}

Result<void> checkRuns(const SessionContainer& container, const std::string& purpose) {
    if (container.state == "running")
        return {};
    if (container.state == "paused")
        return fail(ErrorCode::WrongState,
                    "container " + container.id + " is paused, unpause the container before " + purpose);
    if (container.state == "restarting")
        return fail(ErrorCode::WrongState,
                    "container " + container.id + " is restarting, wait until the container is running");
    return fail(ErrorCode::WrongState, "container " + container.id + " is not running");
}

Result<TerminalSize> askedSize(const Exchange& exchange) {
    const auto rows = exchange.query().number("h");
    const auto columns = exchange.query().number("w");
    for (const auto& number : {rows, columns}) {
        if (!number || *number < 0 || *number > UINT16_MAX)
            return fail(ErrorCode::InvalidArgument,
                        "h and w are the terminal's height and width: whole numbers up to 65535");
    }
    return TerminalSize{static_cast<std::uint16_t>(*rows), static_cast<std::uint16_t>(*columns)};
}

Result<void> resizeContainer(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const TerminalSize size, askedSize(exchange));
    TRY_ASSIGN(const SessionContainer container, findSessionContainer(bus, exchange.parameter("id")));
    TRY(checkRuns(container, "resize"));
    if (container.hasTerminal && size.rows > 0 && size.columns > 0) {
        // A session that carries nothing, for this one word.
        const QVariantMap nothing{{QStringLiteral("stdin"), false}, {QStringLiteral("stdout"), false}};
        TRY_ASSIGN(
            const auto passedSocket,
            bus.ask<QDBusUnixFileDescriptor>(Face::Containers, "Attach", toQString(container.id), nothing));
        TRY_ASSIGN(const UniqueFd session, taken(passedSocket));
        const auto payload = makeSize(size.rows, size.columns);
        const auto header = makeFrameHeader(FrameType::Resize, payload.size());
        std::string frame(header.data(), header.size());
        TRY(writeAll(session.get(), frame.append(payload.data(), payload.size()), "the terminal's size"));
    }
    return exchange.replyEmpty(200);
}

} // namespace escale::docker_api
