// Calls to Builds in the words of people who know docker, and what they ask of the kernel. Pure.
#pragma once

#include "gui/client/bus_call.h"

#include <QStringList>
#include <QVariantMap>

#include <optional>

namespace escale::gui {

struct BuildTrace {
    QString title, docker;
};

/// Nothing for a call that only reads.
std::optional<BuildTrace> buildTrace(const QString& method, const QVariantList& arguments);
/// As kernelSteps() tells of containers.
QStringList buildKernelSteps(const QString& method);
/// `docker build …` with the options of Builds.Build, of a folder: "." when it is the one that one is in.
/// Secrets are {id, file}.
QString dockerBuildLine(const QVariantMap& options, const QString& folder,
                        const QList<std::pair<QString, QString>>& secrets = {}, bool usesAgent = false,
                        const QString& output = {});

} // namespace escale::gui
