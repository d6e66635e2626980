// Volumes: the records (the store's), the folders, and what is mounted for them.
//
//   <state>/volumes/<number>/data     a local volume's files, with the ids that containers see (0 … 65535);
//   the
//                                     folder above is root's alone, so that no set-id program in it is
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
#include "engine/base/unique_fd.h"
#include "engine/volume/volume.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace escale {

class Store;

/// What mounts another file system (nfs, a device, tmpfs) on an existing folder: a process of its own, which
/// is ended when the time is up or at a cancellation. Unreachable: it does not answer.
struct MountRequest {
    std::string type;
    std::string device;
    std::string options; // "o"
    std::string target;
    bool unmount = false; // the other way round, lazily
};
using Mounter = std::function<Result<void>(const MountRequest& request, const Cancellation& cancellation)>;

/// Copies what is in `source` (a folder's descriptor) into the empty folder `target`: owners, modes, times,
/// extended attributes, ACLs, hard links, holes; and the folder's own mode, owner, times and attributes.
/// `userNamespace`: whose ids both descriptors show; -1: the host's.
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

class Volumes {
public:
    /// Finishes what a helper that was killed had begun (see above).
    static Result<std::unique_ptr<Volumes>> open(Store& store, VolumesSettings settings);

    /// The one that is there when its options are the same: two creates of one name end in one volume.
    /// AlreadyExists: other options. InvalidArgument: the first problem of check().
    Result<VolumeRecord> create(uid_t owner, const VolumeRequest& request);
    static std::vector<VolumeProblemFound> check(const VolumeRequest& request);
    /// By name.
    Result<std::vector<VolumeRecord>> list(uid_t owner);
    Result<VolumeRecord> find(uid_t owner, const std::string& name);
    /// InUse: a container (of any state) has it; the message names none, the caller knows their names.
    Result<void> remove(const VolumeRecord& record);

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
    /// The folder, with ids shifted into the owner's range (`idBase` 0: as they are): a detached mount, which
    /// goes with the descriptor. Acquired before. What cannot be shifted (NFS) is shown as it is.
    Result<UniqueFd> openContent(const VolumeRecord& record, std::uint32_t idBase);
    /// Docker's copy-up: fills an empty volume with what is in `source` (a folder of a container's root);
    /// nothing happens when it is not empty. Whole or not at all; others may use the volume meanwhile.
    Result<void> fill(const VolumeRecord& record, int source, std::uint32_t idBase, int userNamespace,
                      const Cancellation& cancellation);
    /// Replaces a local volume's content by what `write` puts into the empty folder that it gets (shifted, as
    /// openContent() has it). All or nothing. InUse while somebody has acquired it.
    Result<void> replace(const VolumeRecord& record, std::uint32_t idBase,
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
        bool isWritable = false; // by a container's root of an owner with this range
    };
    Result<Connection> testConnection(const VolumeRequest& request, std::uint32_t idBase,
                                      const Cancellation& cancellation);
    Result<void> saveMeasure(const VolumeRecord& record, std::uint64_t size, std::uint64_t files);
    /// A container began or ended to use it.
    Result<void> touch(const VolumeRecord& record);

    /// After every change of a volume, from any thread, without locks held. Set before use.
    void onChanged(std::function<void(uid_t owner, const std::string& name)> listener);
    /// Removes all, of everybody. Goes on over failures.
    Result<void> purge();
};

} // namespace escale
