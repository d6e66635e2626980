// What the steps share while the list is walked, and one function a step. Everything here runs between clone3
// and exec: only base/syscalls.h and plain memory; each returns 0 or a negative errno.
#pragma once

#include "engine/base/syscalls.h"
#include "engine/runtime/child/protocol.h"
#include "engine/runtime/child/step.h"

namespace escale::child {

struct Context {
    int* slots = nullptr;
    int channel = -1;
    int startSocket = -1;
    int networkNamespace = -1;
    int cgroupNamespace = -1;
    int proc = -1;
    int attributes[2] = {-1, -1};  // opened, not yet written
    int listener = -1;             // where a seccomp filter's descriptor is sent to
    std::uint32_t hostPid = 0;     // ours, as the runtime sees it
    int root = -1;                 // "/" after EnterRoot
    const char* program = nullptr; // found by FindProgram
    std::uint32_t hookStatus = 0;  // of the hook that failed; see Report::detail
    bool rootStaged = false;       // EnterRoot finds the root attached
    bool oldMounts = false;        // by old_mount_step.cpp
    bool nullAttached = false;     // MaskPath: the prepared mount is used once and copied from then on
    bool emptyAttached = false;
};

// mount_step.cpp
int privateMounts();
int makeFilesystem(Context& context, const Step& step);
int stageRoot(Context& context, const Step& step);
int enterRoot(Context& context, const Step& step);
int attachMount(Context& context, const Step& step);
int readonlyMount(int mount);
/// Opens the target of AttachMount, made when it is missing; refuses one in a procfs.
int openTarget(const Context& context, const Step& step);
int rootPropagation(const Context& context, const Step& step);

// old_mount_step.cpp
int beginOldMounts(Context& context);
/// Whether that file has the step's old way; after beginOldMounts().
bool isOldMountStep(StepKind kind);
int oldMountStep(Context& context, const Step& step);
/// While the host's /proc is there. Both are descriptors in our mount namespace.
int bindTheOldWay(int source, int target);

// path_step.cpp
/// Opens `path` in the container's root: links stay inside, magic links (/proc/…/fd) are refused.
int openInside(const Context& context, const char* path, std::uint64_t flags, std::uint64_t resolve = 0);
/// mkdir -p; `last` too when asked for.
int makeParents(const Context& context, const char* path, bool last);
/// Opens the folder that holds the path's last part, `name`; made only when it is missing.
int makeParent(const Context& context, const char* path, const char*& name);
int makeDevice(const Context& context, const Step& step);
int makeLink(const Context& context, const Step& step);
/// The target of MaskPath and ReadonlyPath.
int openFromBase(const Context& context, const Step& step);
int maskPath(Context& context, const Step& step);
int readonlyPath(const Context& context, const Step& step);
int changeDirectory(const Step& step);

// terminal_step.cpp
int takeTerminal();
int openTerminal(const Context& context, const Step& step);

// network_step.cpp
/// Of the calling thread.
int newNetworkNamespace();
int enterNetworkNamespace(const Context& context);

// identity_step.cpp
int becomeRoot(const Step& step);
int dropBounding(const Step& step);
int setIdentity(const Step& step);
int setCapabilities(const Step& step);
int loadSeccomp(const Context& context, const Step& step);

// join_step.cpp
int joinNamespaces(Context& context, const Step& step);
int becomeMember(const Context& context);

// hook_step.cpp
int waitForHooks(Context& context);
/// On the right of a field of spaces, kPidWidth bytes, which JSON does not mind.
void writePid(char* field, long pid);
int runHook(Context& context, const Step& step);

// attribute_step.cpp
int openAttribute(Context& context, const Step& step);
int writeAttribute(const Context& context, const Step& step);

// home_step.cpp
int findHome(const Step& step);

// program_step.cpp
int writeSysctl(const Context& context, const Step& step);
int waitForGo(Context& context);
int closeDescriptors(Context& context, const Step& step);
int findProgram(Context& context, const Step& step);
int waitForStart(Context& context);
int execute(const Context& context, const Step& step);

} // namespace escale::child
