#include "helper/docker-api/containers/update_container.h"

#include "engine/container/container_options_fields.h"
#include "helper/dbus/option_variants.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/create_request_parts.h"
#include "helper/docker-api/http/exchange.h"

namespace escale::docker_api {
namespace {

QVariantMap everyOption(const ContainerOptions& options) {
    QVariantMap map;
    visitOptions(options, option_variants::writeInto(map));
    return map;
}

// Values that no update can ask for, where Docker's default is one that it can.
ContainerOptions unchanged() {
    ContainerOptions options;
    options.memoryBytes = 0;
    options.pidsLimit = INT64_MIN;
    options.restart.clear();
    return options;
}

} // namespace

Result<QVariantMap> readUpdate(const Json& body) {
    if (!body.isObject())
        return fail(ErrorCode::InvalidArgument, "the request has no body that says what to change");
    const Fields fields(body);
    for (const char* name :
         {"BlkioWeightDevice", "BlkioDeviceReadBps", "BlkioDeviceWriteBps", "BlkioDeviceReadIOps",
          "BlkioDeviceWriteIOps", "Devices", "DeviceCgroupRules", "DeviceRequests", "Ulimits", "CgroupParent",
          "KernelMemory", "KernelMemoryTCP", "CpuRealtimePeriod", "CpuRealtimeRuntime", "OomKillDisable",
          "CpuCount", "CpuPercent", "IOMaximumIOps", "IOMaximumBandwidth"})
        TRY(refuseUnlessEmpty(fields, name, "it stays as it was when the container was made",
                              "Make the container anew."));
    ContainerOptions options = unchanged();
    TRY(readLimits(fields, options));
    TRY(readRestartPolicy(fields, options));
    static const QVariantMap kUnchanged = everyOption(unchanged());
    QVariantMap changes = option_variants::without(kUnchanged, everyOption(options));
    if (changes.contains(QStringLiteral("restart"))) // a number of before does not stay behind
        changes.insert(QStringLiteral("restart-max"), options.restartMaximum);
    return changes;
}

Result<void> updateContainer(Exchange& exchange, const Bus& bus) {
    const std::string name = exchange.parameter("id");
    TRY_ASSIGN(const Json body, exchange.readJson());
    TRY_ASSIGN(const QVariantMap changes, readUpdate(body));
    const auto updated = bus.ask(Face::Containers, "Update", toQString(name), changes);
    if (!updated)
        return fail(aboutContainer(updated.error(), name));
    return exchange.reply(200, Json().set("Warnings", Json::Array{}));
}

} // namespace escale::docker_api
