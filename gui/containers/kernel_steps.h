// What the engine asks the kernel for when it does something: the system calls and files, in their order, as
// engine/runtime, engine/network and engine/cgroup make them. For people who want to know. Pure.
#pragma once

#include <QString>
#include <QStringList>
#include <QVariantList>

namespace escale::gui {

/// Of a call to Containers or Images with these arguments; empty when there is nothing to tell.
QStringList kernelSteps(const QString& interface, const QString& method, const QVariantList& arguments);

} // namespace escale::gui
