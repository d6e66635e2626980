#include "helper/dbus/container_options_map.h"

#include "engine/container/container_options_fields.h"
#include "helper/dbus/option_variants.h"

namespace escale {
namespace {

QVariantMap everyOption(const ContainerOptions& options) {
    QVariantMap map;
    visitOptions(options, option_variants::writeInto(map));
    return map;
}

} // namespace

void optionsFromBus(const QVariantMap& map, ContainerOptions& options) {
    visitOptions(options, option_variants::readFrom(map));
}

QVariantMap optionsToBus(const ContainerOptions& options) {
    static const QVariantMap kDefaults = everyOption(ContainerOptions());
    QVariantMap map = option_variants::without(kDefaults, everyOption(options));
    if (options.entrypoint) // given and empty is another than not given
        map.insert(QStringLiteral("entrypoint"), option_variants::write(options.entrypoint));
    return map;
}

} // namespace escale
