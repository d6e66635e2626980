// Archives of images as files of the person's: they are opened here, and the engine gets the open file. GUI
// thread.
#pragma once

#include "engine/base/result.h"

#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QPointer>
#include <QSaveFile>
#include <QStringList>

namespace escale::gui {

class EngineClient;
class Job;

/// For reading: a file, or a folder with an OCI layout. Anything else (a device, a pipe) is refused.
Result<QDBusUnixFileDescriptor> openArchive(const QString& path);

/// "debian-12.tar" for debian:12, "images.tar" for several.
QString archiveNameFor(const QStringList& images);

/// One archive on its way to a file. It is written beside and gets its name when the job has succeeded; else
/// nothing is left. Deletes itself when it is over.
class ArchiveSave : public QObject {
    Q_OBJECT
public:
    ArchiveSave(EngineClient& client, const QString& file, QObject* parent);
    /// Before its end: cancels.
    ~ArchiveSave() override;
    void start(const QStringList& images, const QVariantMap& options);

Q_SIGNALS:
    void begun(escale::gui::Job* job);
    void saved();
    /// Also Cancelled.
    void failed(const escale::Error& error);

private:
    void follow(Job* job);
    void end(const Result<void>& outcome);

    EngineClient& m_client;
    QSaveFile m_file;
    QPointer<Job> m_job;
};

} // namespace escale::gui
