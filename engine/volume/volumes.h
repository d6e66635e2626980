// Volumes: the records (the store's), the folders, and what is mounted for them.
//
//   <state>/volumes/<number>/data     a local volume's files, with the ids that containers see (0 … 65535);
//                                     the folder above is root's alone, so that no set-id program in it is
//                                     reached
//   <state>/volumes/<number>/filling  what is being copied into an empty volume; incomplete: removed at start
//   <state>/volumes/<number>/filled   the same when it is whole: being moved into data/; finished at start
//   <state>/volumes/<number>/restoring  a backup that is read, or what it replaced: removed at start
//   <state>/staging/…                 a removed volume on its way out
//   <run>/volumes/<number>            where another file system is mounted, while somebody uses it
//
// A crash at any moment leaves the old state or the new one. Ids on the disk are the container's: an idmapped
// mount shows them in the owner's range (openContent()), so that all containers of a person see the same
// owners, and those with this machine's ids, too. Thread-safe; methods block on the disk, acquire() on a
// server, never without a time limit.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/base/revert.h"
#include "engine/base/tree_remover.h"
#include "engine/base/unique_fd.h"
#include "engine/volume/volume_records.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace escale {

class Store;

/// What is done with another file system (nfs, a device, tmpfs).
struct MountRequest {
    enum class Action : std::uint8_t {
        Mount,   // at `target`, an existing folder
        Test,    // where nobody sees it; nothing of it stays
        Open,    // the answer's mount is one more of what is mounted at `target`
        Unmount, // `target`, lazily
    };
    Action action = Action::Mount;
    std::string type;
    std::string device;
    std::string options; // "o"
    std::string target;
    std::uint32_t root = 0; // who a container's root is, where ids are shown as they are
};
struct MountAnswer {
    UniqueFd mount; // detached, Open only
    // Test only
    std::uint64_t total = 0, free = 0; // bytes
    uid_t uid = 0;                     // of its root folder
    gid_t gid = 0;
    mode_t mode = 0;
    bool isWritable = false; // by `root`
};
/// Does it in a process of its own, which is ended when the time is up or at a cancellation. Unreachable: the
/// server does not answer.
using Mounter =
    std::function<Result<MountAnswer>(const MountRequest& request, const Cancellation& cancellation)>;

/// Copies what is in `source` (a folder's descriptor) into the empty folder `target`: owners, modes, times,
/// extended attributes, ACLs, hard links, holes; and the folder's own mode, owner, times and attributes.
/// Descriptors may be O_PATH. `userNamespace`: whose ids both show; -1: the host's.
using TreeCopier =
    std::function<Result<void>(int source, int target, int userNamespace, const Cancellation& cancellation)>;

struct VolumesSettings {
    std::string folder;    // <state>/volumes; made when missing
    std::string runFolder; // <run>/volumes; made when missing
    Mounter mounter;
    TreeCopier copier;
};

struct VolumeRequest {
    std::string name; // empty: 64 hex digits are chosen, and it is anonymous
    std::map<std::string, std::string> options;
    std::map<std::string, std::string> labels;
};

struct VolumeProblemFound {
    std::string option; // "name", "type", "device", "o", "driver"
    Error error;
};

class VolumeMounts;
struct FillPlace;

/// Users (see Volumes::acquire()) that go in a moment begin with this: a removal waits for them.
constexpr const char* kLookPrefix = "look-";

class Volumes {
public:
    ~Volumes();
    /// Finishes what a helper that was killed had begun (see above).
    static Result<std::unique_ptr<Volumes>> open(Store& store, VolumesSettings settings);

    /// The one that is there when its options are the same: two creates of one name end in one volume.
    /// AlreadyExists: other options. InvalidArgument: the first problem of check().
    /// NotFound, PermissionDenied: a folder of this machine (o=bind) that the owner cannot read. `isNew`,
    /// where wanted: whether this call has made it.
    Result<VolumeRecord> create(uid_t owner, const VolumeRequest& request, bool* isNew = nullptr);
    static std::vector<VolumeProblemFound> check(const VolumeRequest& request);
    /// What else speaks against it, as things are now: its name is another's, its folder is not there.
    std::vector<VolumeProblemFound> checkNew(uid_t owner, const VolumeRequest& request);
    /// By name.
    Result<std::vector<VolumeRecord>> list(uid_t owner);
    Result<VolumeRecord> find(uid_t owner, const std::string& name);
    /// It is gone when this returns; what it held goes on a thread of its own. InUse: a container (of any
    /// state) has it; the message names none, the caller knows their names.
    Result<void> remove(const VolumeRecord& record);
    /// Until what removed volumes held is gone, too.
    void waitForRemovals() { m_remover.wait(); }

    struct Pruned {
        std::vector<VolumeRecord> removed;
        std::uint64_t bytes = 0; // on the disk
    };
    /// Those that no container has: the anonymous ones, or `all`, that were created before `until` (Unix
    /// milliseconds; 0: all) and have every one of `labels`.
    Result<Pruned> prune(uid_t owner, bool all, std::int64_t until, const std::vector<std::string>& labels);

    // Uses: rows of a container that is made; they go with it. Within the caller's transaction, if any.
    Result<void> insertUse(const VolumeUse& use);
    Result<std::vector<VolumeUse>> usesOf(const std::string& container);
    /// Of all volumes that the owner has.
    Result<std::vector<VolumeUse>> usesOfOwner(uid_t owner);

    // Content

    /// Its files are reachable until release(): what is elsewhere is mounted for the first user, and
    /// unmounted after the last one. `user`: a container's id, or any other word that is unique. Unreachable,
    /// Cancelled.
    Result<void> acquire(const VolumeRecord& record, const std::string& user,
                         const Cancellation& cancellation);
    Result<void> release(const VolumeRecord& record, const std::string& user);
    /// Of a container that runs when the helper starts.
    void adopt(const VolumeRecord& record, const std::string& user);
    /// Unmounts what a former helper has mounted and nobody has adopted. Goes on over failures.
    Result<void> removeUnusedMounts();
    /// The folder, with ids shifted into the owner's range (`idBase` 0: as they are): a detached mount, which
    /// goes with the descriptor (O_PATH). Acquired before. What cannot be shifted (NFS; a tmpfs, whose files
    /// have ids of the range) is shown as it is. A bind volume's folder is opened with its owner's rights:
    /// NotFound, PermissionDenied.
    Result<UniqueFd> openContent(const VolumeRecord& record, std::uint32_t idBase);
    /// The folder of this machine that it shows, to be named to people.
    [[nodiscard]] std::string placeOf(const VolumeRecord& record) const;
    /// Docker's copy-up: fills an empty volume with what is in `source` (a folder of a container's root);
    /// nothing happens when it is not empty. Whole or not at all; others may use the volume meanwhile, and
    /// what they make is not replaced. Acquired before. Never NFS, whose server takes no files of other
    /// users than the client's, nor a folder of this machine (o=bind), where root must not do what its owner
    /// could not.
    Result<void> fill(const VolumeRecord& record, int source, std::uint32_t idBase, int userNamespace,
                      const Cancellation& cancellation);
    /// Replaces a local volume's content by what `write` puts into the empty folder that it gets (shifted, as
    /// openContent() has it). All or nothing. InUse while somebody has acquired it.
    Result<void> replace(const VolumeRecord& record, std::uint32_t idBase,
                         const std::function<Result<void>(int folder)>& write);

    /// A new local volume with what `write` puts into it: there is none before that is whole. AlreadyExists:
    /// the name is taken, also by one of the same options.
    Result<VolumeRecord> createFilled(uid_t owner, const VolumeRequest& request, std::uint32_t idBase,
                                      const std::function<Result<void>(int folder)>& write);

    /// "", "mounting", "mounted", "unreachable", and what the last try to mount it said.
    struct MountState {
        std::string state;
        Error problem;
    };
    MountState stateOf(const VolumeRecord& record);
    /// Mounts it where nobody looks, asks for its size and its root, and unmounts it.
    struct Connection {
        std::int64_t milliseconds = 0;
        std::uint64_t total = 0, free = 0;
        uid_t uid = 0;
        gid_t gid = 0;
        mode_t mode = 0;
        bool isWritable = false;     // by a container's root of an owner with this range
        std::optional<uid_t> seenAs; // who that root is to the server, where ids cannot be shifted (NFS)
    };
    Result<Connection> testConnection(const VolumeRequest& request, std::uint32_t idBase,
                                      const Cancellation& cancellation);
    Result<void> saveMeasure(const VolumeRecord& record, std::uint64_t size, std::uint64_t files);
    /// Somebody has chosen it by its name: it goes with no container any more.
    Result<void> keep(const VolumeRecord& record);
    /// A container began or ended to use it.
    Result<void> touch(const VolumeRecord& record);

    /// After every change of a volume, from any thread, without locks held.
    void onChanged(std::function<void(uid_t owner, const std::string& name)> listener);
    /// Removes all, of everybody. Goes on over failures.
    Result<void> purge();

private:
    Volumes(Store& store, VolumesSettings settings);
    Result<void> recover();
    Result<void> recoverFolder(const VolumeRecord& record);
    Result<void> removeStrays(const std::vector<VolumeRecord>& records);
    static VolumeRecord recordOf(uid_t owner, const VolumeRequest& request);
    Result<void> make(VolumeRecord& record);
    /// The one of this name, if there is one. AlreadyExists: its options are others.
    Result<std::optional<VolumeRecord>> sameVolume(uid_t owner, const VolumeRequest& request);
    Result<void> makeFolder(std::int64_t number, Revert& undo);
    Result<void> setAside(std::int64_t number);
    Result<MountRequest> mountRequestOf(const VolumeRecord& record);
    Result<UniqueFd> openPlain(const VolumeRecord& record);
    Result<UniqueFd> showFolder(const VolumeRecord& record, int folder, std::uint32_t idBase);
    Result<FillPlace> fillPlaceOf(const VolumeRecord& record);
    /// One at a time for a volume.
    Result<void> fillAlone(const VolumeRecord& record, const Cancellation& cancellation,
                           const std::function<Result<void>(const FillPlace&)>& work);
    Result<void> replaceNow(const VolumeRecord& record, std::uint32_t idBase,
                            const std::function<Result<void>(int folder)>& write);
    void changed(const VolumeRecord& record);
    [[nodiscard]] std::string folderOf(std::int64_t number) const;
    static std::string nameOf(const VolumeRecord& record);

    Store& m_store;
    const VolumesSettings m_settings;
    VolumeRecords m_records;
    std::unique_ptr<VolumeMounts> m_mounts;
    std::mutex m_mutex; // before the store's lock
    std::condition_variable m_filled;
    std::set<std::int64_t> m_filling; // numbers
    std::int64_t m_lastNumber = 0;    // that was given, or that a folder has
    std::function<void(uid_t, const std::string&)> m_listener;
    TreeRemover m_remover;
};

} // namespace escale
