// Calls to Networks in the words of people who know docker, and what they ask of the kernel. Pure.
#pragma once

#include "gui/client/bus_call.h"

#include <QStringList>

#include <functional>
#include <optional>

namespace escale::gui {

struct NetworkTrace {
    QString title, docker;
};

/// Nothing for a call that only reads. `nameOf`: a container's or a network's name by its id.
std::optional<NetworkTrace> networkTrace(const QString& method, const QVariantList& arguments,
                                         const std::function<QString(const QString& id)>& nameOf);
/// As kernelSteps() tells of containers.
QStringList networkKernelSteps(const QString& method, const QVariantList& arguments);

} // namespace escale::gui
