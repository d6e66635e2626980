// org.escale.Engine1.Volumes: the files of volumes, their backups and their sizes.
#pragma once

#include "engine/container/containers.h"
#include "engine/store/store.h"
#include "helper/service/dispatcher.h"
#include "helper/service/files_calls.h"
#include "helper/service/paused_containers.h"

#include <atomic>

namespace escale {

class VolumeFilesService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all but the last two outlive this object
        Store& store;
        Containers& containers;
        Jobs& jobs;
        QThreadPool& pool;
        std::function<void(uid_t owner, const std::string& volume)> changed; // from any thread
        FilesWorker files;
    };
    /// `pausedFolder`: paused_containers.h.
    static Result<std::unique_ptr<VolumeFilesService>> open(Dispatcher& dispatcher, Parts parts,
                                                            const std::string& pausedFolder);

private:
    VolumeFilesService(Dispatcher& dispatcher, Parts parts, std::unique_ptr<PausedContainers> paused);
    using Find = FilesCalls::Find;

    void measure(const CallPointer& call);
    void backup(const CallPointer& call, const std::string& name);
    void restore(const CallPointer& call, const std::string& name);
    void makeFolder(const CallPointer& call, const Find& find);
    void moveFile(const CallPointer& call, const Find& find);
    void removeFiles(const CallPointer& call, const Find& find);
    void setAttributes(const CallPointer& call, const Find& find);
    void searchFiles(const CallPointer& call, const Find& find);

    // On threads of the pool and of jobs.
    Volumes& volumes() { return m_parts.containers.volumes(); }
    Result<FilesPlace> placeOf(uid_t owner, const std::string& name);
    /// `mayGo`: a volume of the store can be removed meanwhile.
    Result<OpenFiles> openFiles(const VolumeRecord& record, const Cancellation& cancellation,
                                bool mayGo = false);
    Result<void> measureOne(uid_t owner, const std::string& name, const Cancellation& cancellation);
    Result<void> runBackup(const VolumeRecord& record, const FilesCalls::Sending& sending, bool pauses,
                           PipeReply& reply, JobProgress& progress, const Cancellation& cancellation);
    struct Restoring {
        VolumeRequest request;
        bool replaces = false;
        std::shared_ptr<const UniqueFd> archive;
    };
    Result<void> runRestore(uid_t owner, const Restoring& restoring, JobProgress& progress,
                            const Cancellation& cancellation);
    struct User {
        std::string container, name;
        bool isAlive = false;
    };
    Result<std::vector<User>> usersOf(const VolumeRecord& record);
    Result<void> checkUnused(const VolumeRecord& record);

    Parts m_parts;
    std::unique_ptr<PausedContainers> m_paused;
    FilesCalls m_calls;
    std::atomic<std::uint64_t> m_lastUser = 0; // of Volumes::acquire()
};

} // namespace escale
