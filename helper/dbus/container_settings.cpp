#include "helper/dbus/container_settings.h"

namespace escale::dbus {

QDBusArgument& operator<<(QDBusArgument& out, const ContainerSettings& value) {
    out.beginStructure();
    out << value.id << value.process << value.exposedPorts << value.network << value.mounts
        << value.imageLabels;
    out.endStructure();
    return out;
}

const QDBusArgument& operator>>(const QDBusArgument& in, ContainerSettings& value) {
    in.beginStructure();
    in >> value.id >> value.process >> value.exposedPorts >> value.network >> value.mounts >>
        value.imageLabels;
    in.endStructure();
    return in;
}

} // namespace escale::dbus
