#include "gui/build/build_delivery.h"

#include "engine/base/unique_fd.h"
#include "engine/image/reference.h"
#include "gui/client/engine_client.h"
#include "gui/common/tar_stream.h"
#include "gui/common/transfer_bar.h"
#include "gui/containers/bulk_action.h"
#include "gui/images/image_archive.h"
#include "gui/images/push_request.h"
#include "gui/registry/registry_accounts.h"

#include <QDir>

#include <array>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

namespace escale::gui {

BuildDelivery::BuildDelivery(EngineClient& client, RegistryAccounts& accounts, TransferBar& bar,
                             QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_accounts(accounts)
    , m_bar(bar) {}

void BuildDelivery::deliver(const BuildSettings& settings, const QString& image) {
    switch (settings.output) {
    case BuildOutput::Archive:
        return save(settings, image);
    case BuildOutput::Folder:
        return extract(image, settings.outputPath);
    case BuildOutput::Push:
        return push(settings.tags, image);
    case BuildOutput::Store:
        return;
    }
}

void BuildDelivery::save(const BuildSettings& settings, const QString& image) {
    auto* archive = new ArchiveSave(m_client, settings.outputPath, this);
    const QString what = tr("Save the image in %1").arg(settings.outputPath);
    connect(archive, &ArchiveSave::begun, this, &BuildDelivery::begun);
    connect(archive, &ArchiveSave::saved, this, [this, path = settings.outputPath] {
        Q_EMIT delivered(tr("The image is saved in %1.").arg(path));
    });
    connect(archive, &ArchiveSave::failed, this,
            [this, what](const Error& error) { Q_EMIT failed(error, what); });
    archive->start(settings.tags.isEmpty() ? QStringList(image) : settings.tags, {});
}

// The engine writes a tar into a pipe, and this process makes the files of it: they are the person's.
void BuildDelivery::extract(const QString& image, const QString& folder) {
    const QString what = tr("Write the image's files to %1").arg(folder);
    std::array<int, 2> ends{-1, -1};
    if (!m_bar.begin(what))
        return;
    if (!QDir().mkpath(folder) || ::pipe2(ends.data(), O_CLOEXEC) != 0) {
        m_bar.stop();
        return Q_EMIT failed({ErrorCode::PermissionDenied, "the folder cannot be made", "", {}}, what);
    }
    const auto reading = std::make_shared<UniqueFd>(ends[0]);
    UniqueFd writing(ends[1]);
    m_client.exportImage(image, QDBusUnixFileDescriptor(writing.get()), this,
                         [this](const Result<Job*>& job) {
                             if (!job)
                                 return m_bar.refuse(job.error());
                             m_bar.setJob(*job);
                         });
    m_bar.start(
        0,
        [reading, folder](Transfer::Control& control) -> Result<void> {
            TRY(extractTar(reading->get(), folder, control));
            return {};
        },
        [this, folder, what](const Result<void>& outcome) {
            if (!outcome)
                return Q_EMIT failed(outcome.error(), what);
            Q_EMIT delivered(tr("The image's files are in %1.").arg(folder));
        });
}

void BuildDelivery::push(QStringList tags, const QString& image) {
    if (tags.isEmpty())
        return;
    const QString tag = tags.takeFirst();
    PushRequest request;
    request.source = tag;
    request.target = tag;
    if (const auto reference = Reference::parse(tag.toStdString()))
        request.registry = QString::fromStdString(reference->registry);
    sendPush(m_client, m_accounts, request, this, [this, tags, tag, image](const Result<Job*>& job) {
        if (job)
            Q_EMIT begun(*job);
        whenEnded(job, this, [this, tags, tag, image](const Result<>& pushed) {
            if (!pushed)
                return Q_EMIT failed(pushed.error(), tr("Push %1").arg(tag));
            Q_EMIT delivered(tr("%1 is in its registry.").arg(tag));
            push(tags, image);
        });
    });
}

} // namespace escale::gui
