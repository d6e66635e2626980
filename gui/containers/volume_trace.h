// Calls to Volumes in the words of people who know docker, and what they ask of the kernel. Pure.
#pragma once

#include "gui/client/bus_call.h"

#include <QStringList>

#include <optional>

namespace escale::gui {

struct VolumeTrace {
    QString title, docker;
};

/// Nothing for a call that only reads.
std::optional<VolumeTrace> volumeTrace(const QString& method, const QVariantList& arguments);
/// As kernelSteps() tells of containers.
QStringList volumeKernelSteps(const QString& method, const QVariantList& arguments);
/// `docker volume create …` with the options of Volumes.Create.
QString dockerVolumeLine(const QString& name, const QVariantMap& options);

} // namespace escale::gui
