// An archive that is written here while the engine extracts it: a pipe between the two.
#pragma once

#include "gui/client/files_place.h"
#include "gui/common/transfer.h"

#include <QString>
#include <QVariantMap>

namespace escale::gui {

class EngineClient;
class TransferBar;

struct TarDestination {
    FilesPlace place;
    QString folder;
    QVariantMap options; // of Containers.CopyIn
};

/// `write` fills the archive on the bar's thread, which has begun; the outcome is that of both ends.
Result<void> sendTar(EngineClient& client, TransferBar& bar, const TarDestination& to,
                     std::function<Result<void>(int archive, Transfer::Control& control)> write,
                     Transfer::Done done);

} // namespace escale::gui
