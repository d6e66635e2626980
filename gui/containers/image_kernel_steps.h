// What the kernel is asked to do for an action on images. Pure.
#pragma once

#include <QStringList>
#include <QVariantList>

namespace escale::gui {

QStringList imageKernelSteps(const QString& method, const QVariantList& arguments);

} // namespace escale::gui
