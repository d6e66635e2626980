#include "gui/containers/file_transfers.h"

#include "gui/client/engine_client.h"
#include "gui/common/error_banner.h"
#include "gui/common/tar_stream.h"
#include "gui/common/transfer_bar.h"
#include "gui/containers/files_model.h"
#include "gui/containers/tar_pipe.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace escale::gui {

FileTransfers::FileTransfers(EngineClient& client, TransferBar& bar, ErrorBanner& error, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_bar(bar)
    , m_error(error) {}

bool FileTransfers::isBusy() const {
    return m_bar.isBusy();
}

QString FileTransfers::freeName(const QString& folder, const QString& name) {
    const QDir there(folder);
    const auto isTaken = [&](const QString& one) {
        const QFileInfo info(there.filePath(one));
        return info.exists() || info.isSymLink();
    };
    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    const QString stem = dot > 0 ? name.left(dot) : name;
    const QString ending = dot > 0 ? name.mid(dot) : QString();
    QString wanted = name;
    for (int number = 2; isTaken(wanted); ++number)
        wanted = QStringLiteral("%1 (%2)%3").arg(stem).arg(number).arg(ending);
    return wanted;
}

void FileTransfers::finish(const Result<void>& outcome, const QString& what) {
    Q_EMIT busyChanged();
    if (!outcome)
        m_error.show(outcome.error(), what);
}

void FileTransfers::download(const FilesPlace& place, const QString& path, const dbus::FileEntry& entry,
                             const QString& folder) {
    const QString name = freeName(folder, entry.name);
    const QString what = tr("Download %1").arg(path);
    if (!m_bar.begin(tr("Downloading %1 to %2").arg(path, folder)))
        return;
    Q_EMIT busyChanged();
    const QVariantMap options{{QStringLiteral("name"), name}, {QStringLiteral("follow-link"), true}};
    m_client.copyOut(place, path, options, this, [this, what, folder, name](const Result<ArchiveOut>& begun) {
        if (!begun) {
            m_bar.stop();
            return finish(fail(begun.error()), what);
        }
        m_bar.setJob(begun->job);
        const auto left = std::make_shared<int>(0);
        const auto extract = [archive = begun->archive, folder,
                              left](Transfer::Control& control) -> Result<void> {
            TRY_ASSIGN(*left, extractTar(archive.fileDescriptor(), folder, control));
            return {};
        };
        const quint64 total = isPlainFile(begun->file) ? begun->file.size : 0;
        m_bar.start(total, extract, [this, what, folder, name, left](const Result<void>& outcome) {
            finish(outcome, what);
            if (outcome && *left > 0)
                m_error.show(
                    {ErrorCode::Unsupported,
                     tr("%n device(s), pipe(s) or socket(s) were left out", nullptr, *left).toStdString(),
                     {},
                     {}},
                    what);
            if (outcome)
                Q_EMIT downloaded(QDir(folder).filePath(name));
        });
    });
}

// The file gets its name when the archive is whole.
void FileTransfers::downloadTar(const FilesPlace& place, const QString& path, const QString& file) {
    const QString what = tr("Download %1").arg(path);
    const auto saved = std::make_shared<QSaveFile>(file);
    const auto failedToSave = [saved] {
        return fail(ErrorCode::SystemFailure, saved->errorString().toStdString());
    };
    if (!saved->open(QIODevice::WriteOnly))
        return finish(failedToSave(), what);
    if (!m_bar.begin(tr("Downloading %1 to %2").arg(path, file)))
        return;
    Q_EMIT busyChanged();
    m_client.copyOut(place, path, {}, this,
                     [this, what, saved, failedToSave](const Result<ArchiveOut>& begun) {
                         if (!begun) {
                             m_bar.stop();
                             return finish(fail(begun.error()), what);
                         }
                         m_bar.setJob(begun->job);
                         const auto copy = [archive = begun->archive, saved](Transfer::Control& control) {
                             return copyStream(archive.fileDescriptor(), saved->handle(), control);
                         };
                         m_bar.start(0, copy, [this, what, saved, failedToSave](const Result<void>& outcome) {
                             if (!outcome)
                                 saved->cancelWriting();
                             else if (!saved->commit())
                                 return finish(failedToSave(), what);
                             finish(outcome, what);
                             if (outcome)
                                 Q_EMIT downloaded(saved->fileName());
                         });
                     });
}

void FileTransfers::upload(const FilesPlace& place, const QString& folder, const QStringList& paths) {
    const QString what = tr("Upload to %1").arg(folder);
    const QString words =
        paths.size() == 1
            ? tr("Uploading %1 to %2").arg(QFileInfo(paths.first()).fileName(), folder)
            : tr("Uploading %n file(s) and folder(s) to %1", nullptr, static_cast<int>(paths.size()))
                  .arg(folder);
    if (paths.isEmpty() || !m_bar.begin(words))
        return;
    Q_EMIT busyChanged();
    const QVariantMap options{{QStringLiteral("user"), 0U},
                              {QStringLiteral("group"), 0U},
                              {QStringLiteral("no-overwrite-dir-non-dir"), true}};
    const Result<void> begun = sendTar(
        m_client, m_bar, {place, folder, options},
        [paths](int archive, Transfer::Control& control) { return writeTar(archive, paths, control); },
        [this, what](const Result<void>& outcome) {
            finish(outcome, what);
            Q_EMIT uploaded(); // also what came before an error
        });
    if (!begun)
        finish(begun, what);
}

} // namespace escale::gui
