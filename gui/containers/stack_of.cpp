#include "gui/containers/stack_of.h"

namespace escale::gui {

QString stackOf(const dbus::Container& container) {
    static const QString keys[] = {QStringLiteral("com.docker.compose.project"),
                                   QStringLiteral("io.podman.compose.project")};
    for (const QString& key : keys) {
        if (const auto label = container.labels.constFind(key); label != container.labels.constEnd())
            return *label;
    }
    return {};
}

} // namespace escale::gui
