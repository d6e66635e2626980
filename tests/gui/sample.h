// Values for the GUI's tests.
#pragma once

#include "helper/dbus/types.h"

namespace escale::test {

inline dbus::Container container(const QString& id, const QString& state = QStringLiteral("running"),
                                 int exitCode = 0) {
    dbus::Container made;
    made.id = id;
    made.name = QStringLiteral("name-") + id;
    made.image = QStringLiteral("127.0.0.1:5000/escale/demo:gzip");
    made.state = state;
    made.exitCode = exitCode;
    made.created = made.started = 1'767'225'600'000;
    return made;
}

inline dbus::Image image(const QString& repository, const QString& tag, quint64 size = 1000) {
    dbus::Image made;
    made.repository = repository;
    made.tag = tag;
    made.digest = QStringLiteral("sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    made.size = size;
    made.layers = {{QStringLiteral("sha256:aa"), size}};
    return made;
}

} // namespace escale::test
