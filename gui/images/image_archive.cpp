#include "gui/images/image_archive.h"

#include "engine/base/unique_fd.h"
#include "gui/client/engine_client.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <fcntl.h>
#include <sys/stat.h>

namespace escale::gui {

Result<QDBusUnixFileDescriptor> openArchive(const QString& path) {
    // A pipe with nobody at its other end must not hold up the window.
    const UniqueFd file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    const std::string name = path.toStdString();
    if (!file)
        return failErrno("cannot open " + name);
    struct stat status {};
    if (::fstat(file.get(), &status) != 0)
        return failErrno("cannot look at " + name);
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
        return fail(ErrorCode::InvalidArgument, name + " is neither a file nor a folder");
    return QDBusUnixFileDescriptor(file.get()); // a copy
}

QString archiveNameFor(const QStringList& images) {
    if (images.size() != 1)
        return QStringLiteral("images.tar");
    QString name = images.first().section(u'/', -1);
    static const QRegularExpression kOther(QStringLiteral("[^A-Za-z0-9._-]+"));
    return name.replace(kOther, QStringLiteral("-")) + QStringLiteral(".tar");
}

ArchiveSave::ArchiveSave(EngineClient& client, const QString& file, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_file(file) {}

ArchiveSave::~ArchiveSave() {
    if (m_job != nullptr && m_job->isRunning())
        m_job->cancel();
}

void ArchiveSave::start(const QStringList& images, const QVariantMap& options) {
    if (!m_file.open(QIODevice::WriteOnly))
        return end(fail(ErrorCode::SystemFailure,
                        m_file.fileName().toStdString() + ": " + m_file.errorString().toStdString()));
    m_client.saveImages(images, QDBusUnixFileDescriptor(m_file.handle()), options, this,
                        [this](const Result<Job*>& job) {
                            if (!job)
                                return end(fail(job.error()));
                            Q_EMIT begun(*job);
                            follow(*job);
                        });
}

void ArchiveSave::follow(Job* job) {
    m_job = job;
    const auto settle = [this, job] {
        if (job->isDone())
            end({});
        else if (job->isCancelled())
            end(fail(ErrorCode::Cancelled, "cancelled"));
        else
            end(fail(job->error()));
    };
    if (!job->isRunning())
        return settle();
    connect(job, &Job::ended, this, settle);
}

void ArchiveSave::end(const Result<void>& outcome) {
    Result<void> whole = outcome;
    if (!outcome)
        m_file.cancelWriting();
    if (m_file.isOpen() && !m_file.commit() && outcome)
        whole = fail(ErrorCode::SystemFailure,
                     m_file.fileName().toStdString() + ": " + m_file.errorString().toStdString());
    if (whole)
        Q_EMIT saved();
    else
        Q_EMIT failed(whole.error());
    deleteLater();
}

} // namespace escale::gui
