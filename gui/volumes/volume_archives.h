// Back-ups of volumes into files of this machine, one at a time. A file is named when it is whole and the
// engine says that all is in it; nothing of one that failed or was cancelled stays. GUI thread.
#pragma once

#include "gui/client/engine_client.h"

#include <QObject>

namespace escale::gui {

class TransferBar;

struct BackupRequest {
    QString volume, file;
    QVariantMap options; // of Volumes.Backup
};

class VolumeArchives : public QObject {
    Q_OBJECT
public:
    VolumeArchives(EngineClient& client, TransferBar& bar, QObject* parent);
    [[nodiscard]] bool isBusy() const;
    void backUp(const BackupRequest& request);

Q_SIGNALS:
    void backedUp(const QString& volume, const QString& file);
    void failed(const escale::Error& error, const QString& what);
    void busyChanged();

private:
    void end(const BackupRequest& request, const Result<void>& outcome);

    EngineClient& m_client;
    TransferBar& m_bar;
};

} // namespace escale::gui
