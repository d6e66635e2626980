// Makes and starts a container to press against the limits of: of the demo image that comes with Escale, with
// a small limit of each kind.
#pragma once

#include "gui/client/call.h"

#include <QVariantMap>

namespace escale::gui {

class EngineClient;
struct RunRequest;

/// The label of such a container, so that its limit of swap follows the one of memory.
QString limitsDemoLabel();
/// `disk`: the device that containers write to; empty: no limit of the disk.
RunRequest limitsDemo(const QString& name, const QString& disk);
/// "/dev/vda": the whole disk below a folder; empty when it is none (a RAM disk, a network, btrfs).
QString diskBelow(const QString& folder);
/// Answers with the container's id when it runs.
void runLimitsDemo(EngineClient& client, QObject* guard, const Answer<QString>& answer);

} // namespace escale::gui
