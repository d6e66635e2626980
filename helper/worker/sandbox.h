// What a worker gives up before it reads its first foreign byte. Each ends with no_new_privs, no capabilities
// but those named, a seccomp filter, no core dumps and no way to start another program, and dies with the
// helper.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <sys/types.h>
#include <vector>

namespace escale::worker {

/// Talks to the network: user and group nobody, read-only view of the system's files (Landlock, where the
/// kernel has it; user nobody's permissions alone otherwise), internet sockets only. Names are looked up by
/// DNS and /etc/hosts: resolvers behind local sockets (nscd, systemd-resolved's varlink, Avahi) are out of
/// reach.
Result<void> confineFetch();

/// Reads and answers messages: user nobody, no files (Landlock and seccomp), no sockets.
Result<void> confineDescribe();

/// Builds an image by asking for all that is done: as confineDescribe(), and it writes the events that it was
/// given open, makes pipes for what programs print, and has threads.
Result<void> confineBuild();

/// Reads the file that it was given, writes the spool: user nobody, no files (Landlock and seccomp), no
/// sockets.
Result<void> confineArchive();

/// Reads files below `folder`, which a caller has opened, and nowhere else: chrooted into it, and by
/// Landlock. It is the caller's user, without any group and, if that is root, without capabilities: it reads
/// no more than they could. No sockets.
Result<void> confineArchiveFolder(int folder, uid_t owner);

/// Writes files below `directory` and nowhere else: chrooted into it, and by Landlock; stays user 0 with
/// CAP_CHOWN, DAC_OVERRIDE, FOWNER, FSETID and SETFCAP alone; no sockets, no executable memory (a library
/// could only come from the layer).
Result<void> confineUnpack(int directory);

/// Writes to the file that it was given and nowhere else: user nobody, no capabilities, no files (Landlock
/// and seccomp), no sockets.
Result<void> confineImage();

/// What a worker for the files of a container or a volume may reach (files_protocol.h).
struct FilesReach {
    int root = -1;          // the folder that becomes its root
    int userNamespace = -1; // the container's ids; -1: the host's
    int otherFolder = -1;   // another one to read in; -1: none
    bool writes = false;
    bool watches = false; // what changes (inotify(7)); of what is only read
};

/// Reads, or reads and writes, below `root` and nowhere else: chrooted into it, and by Landlock. It is user 0
/// of the container's ids, with no capability beyond them: CAP_DAC_READ_SEARCH alone to read, those of
/// confineUnpack() to write. The ids in an archive are so those that the container sees, and a worker that
/// was taken over is no more than the container's own root. (Layers are compared with
/// the host's ids, to read alone: nothing is parsed.) No devices, no sockets, no executable memory.
Result<void> confineFiles(const FilesReach& reach);

/// What a worker that takes files from a folder may reach (source_protocol.h).
struct SourceReach {
    int root = -1; // the folder that becomes its root
    int userNamespace = -1;
    std::vector<int> writable, readable; // folders; of -1: none
};

/// As confineFiles() has it, below these folders alone. Files may be linked between those that are written.
Result<void> confineSource(const SourceReach& reach);

/// Reads below these folders, the layers of an image, and nowhere else: by Landlock, and chrooted into the
/// first. It keeps user 0 and CAP_DAC_READ_SEARCH; no devices, no sockets, no executable memory.
Result<void> confineLayers(const std::vector<UniqueFd>& layers);

/// Reads below the folder, a layer's root, as confineLayers() has it, and writes to what it was given open.
Result<void> confinePack(int layer);

/// Reads and writes what it was given open, and nothing else: user nobody, no files, no sockets.
Result<void> confineRelay();

/// Runs git and talks to the network: `user`, who is not root, without any group. It sees no other process
/// (its pid namespace must be its own), reads the system's files, writes below `folder` (-1: nowhere) and
/// executes nothing from there (Landlock, where the kernel has it), internet sockets only.
Result<void> confineGit(int folder, uid_t user);

/// Connects to local sockets and relays: `user`, without any group and, if that is root, without
/// capabilities; no files (Landlock and seccomp), no other sockets.
Result<void> confineAgent(uid_t user);

/// Mounts in the machine's namespace, with the paths that the helper names: user 0 with CAP_SYS_ADMIN,
/// DAC_READ_SEARCH, SETUID and SETGID alone. No filter of system calls: what it reads of strangers it reads
/// in a child (confineFetch()).
Result<void> confineMount();

/// Others' work goes first, on the processor and on the disk.
void standBack();

/// As many open folders as the system lets a process have: one a level, and one a layer.
Result<void> allowManyFiles();

} // namespace escale::worker
