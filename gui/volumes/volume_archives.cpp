#include "gui/volumes/volume_archives.h"

#include "gui/common/part_file.h"
#include "gui/common/tar_stream.h"
#include "gui/common/transfer_bar.h"

namespace escale::gui {

VolumeArchives::VolumeArchives(EngineClient& client, TransferBar& bar, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_bar(bar) {}

bool VolumeArchives::isBusy() const {
    return m_bar.isBusy();
}

void VolumeArchives::end(const BackupRequest& request, const Result<void>& outcome) {
    Q_EMIT busyChanged();
    if (outcome)
        Q_EMIT backedUp(request.volume, request.file);
    else
        Q_EMIT failed(outcome.error(), tr("Back up %1").arg(request.volume));
}

void VolumeArchives::backUp(const BackupRequest& request) {
    auto made = PartFile::create(request.file);
    if (!made)
        return end(request, fail(made.error()));
    if (!m_bar.begin(tr("Backing up %1 to %2").arg(request.volume, request.file)))
        return;
    Q_EMIT busyChanged();
    m_client.backupVolume(request.volume, request.options, this,
                          [this, request, file = *made](const Result<ArchiveOut>& begun) {
                              if (!begun) {
                                  m_bar.stop();
                                  return end(request, fail(begun.error()));
                              }
                              m_bar.setJob(begun->job);
                              const auto copy = [archive = begun->archive,
                                                 file](Transfer::Control& control) -> Result<void> {
                                  TRY(copyStream(archive.fileDescriptor(), file->descriptor(), control));
                                  return file->sync();
                              };
                              m_bar.start(0, copy, [this, request, file](const Result<void>& outcome) {
                                  end(request, outcome ? file->keep() : outcome);
                              });
                          });
}

} // namespace escale::gui
