#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/api/stream_type.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/container_views.h"
#include "helper/docker-api/containers/log_stream.h"
#include "helper/docker-api/http/exchange.h"

namespace escale::docker_api {

Result<void> containerLogs(Exchange& exchange, const Bus& bus) {
    const std::string id = exchange.parameter("id");
    TRY_ASSIGN(LogRequest request, LogRequest::parse(exchange.query()));
    std::shared_ptr<EventSubscription> events;
    if (request.follow) {
        TRY_ASSIGN(events, bus.subscribe()); // before we look whether it runs
    }
    const auto inspected =
        bus.ask<dbus::Container, QVariantMap, QVariantMap>(Face::Containers, "Inspect", toQString(id));
    if (!inspected)
        return fail(aboutContainer(inspected.error(), id));
    const auto& [container, options, image] = *inspected;
    if (options.value(QStringLiteral("log-driver")).toString() == QLatin1String("none"))
        return fail(ErrorCode::Unsupported, "configured logging driver does not support reading");
    request.form.framed = !options.value(QStringLiteral("tty")).toBool();
    LogStream stream(exchange, bus, container.id, request);
    TRY_ASSIGN(const bool isThere, stream.open());
    TRY(exchange.beginStream(200, streamType(exchange.request(), request.form.framed)));
    if (isThere)
        TRY(stream.send());
    if (isThere && request.follow && container.pid != 0)
        TRY(stream.follow(std::move(events)));
    return exchange.endStream();
}

} // namespace escale::docker_api
