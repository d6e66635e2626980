// Calls to Stacks in the words of people who know docker compose, and what they ask of the kernel. Pure.
#pragma once

#include "gui/client/bus_call.h"

#include <QStringList>

#include <optional>

namespace escale::gui {

struct StackTrace {
    QString title, docker;
};

/// Nothing for a call that only reads.
std::optional<StackTrace> stackTrace(const QString& method, const QVariantList& arguments);
/// As kernelSteps() tells of containers.
QStringList stackKernelSteps(const QString& method);
/// The arguments with the stack's name in the place of the whole stack, which fills pages.
QVariantList withoutStack(const QVariantList& arguments);

} // namespace escale::gui
