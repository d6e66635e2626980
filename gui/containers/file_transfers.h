// Files to a container or a volume and back, one transfer at a time; errors appear in the banner it is given.
#pragma once

#include "gui/client/files_place.h"
#include "gui/common/transfer.h"
#include "helper/dbus/types.h"

#include <QObject>

namespace escale::gui {

class EngineClient;
class ErrorBanner;
class TransferBar;

class FileTransfers : public QObject {
    Q_OBJECT
public:
    FileTransfers(EngineClient& client, TransferBar& bar, ErrorBanner& error, QObject* parent);
    [[nodiscard]] bool isBusy() const;
    /// Extracts the file or folder into a folder of this machine, under a name that is free there.
    void download(const FilesPlace& place, const QString& path, const dbus::FileEntry& entry,
                  const QString& folder);
    /// Saves it as an archive.
    void downloadTar(const FilesPlace& place, const QString& path, const QString& file);
    /// Copies files and folders of this machine into a folder of the container, where they are root's.
    void upload(const FilesPlace& place, const QString& folder, const QStringList& paths);
    /// "notes.txt", "notes (2).txt", …
    static QString freeName(const QString& folder, const QString& name);

Q_SIGNALS:
    void uploaded();
    /// Files were saved there.
    void downloaded(const QString& where);
    void busyChanged();

private:
    void finish(const Result<void>& outcome, const QString& what);

    EngineClient& m_client;
    TransferBar& m_bar;
    ErrorBanner& m_error;
};

} // namespace escale::gui
