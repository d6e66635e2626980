// What one may try in a container to see its layers at work: a command that is run in it, and shown. Pure.
#pragma once

#include <QString>
#include <QStringList>

namespace escale::gui {

enum class LayerTrial { Append, Remove, Create };

/// What is executed in the container. `path` of Create: of the new file.
QStringList trialCommand(LayerTrial trial, const QString& path);
/// As one would type it.
QString trialLine(LayerTrial trial, const QString& path);

} // namespace escale::gui
