// The mount steps by mount(2) alone, where the calls that make mounts without a place (open_tree(2),
// fsmount(2), mount_setattr(2)) are missing or forbidden. Every mount is made in its place, below the root
// that is staged on itself, while the host's /proc leads from a descriptor to what it is open on. Targets are
// opened as in mount_step.cpp: no path of the container is ever given to mount(2).
#include "engine/runtime/child/context.h"

#include <linux/limits.h>
#include <sys/statfs.h>

namespace escale::child {

using sys::call;

namespace {

constexpr unsigned long kRemount = MS_REMOUNT | MS_BIND;
constexpr unsigned long kBelow = MS_REC;

// "/proc/self/fd/N": the file that the descriptor is open on, for calls that take a path.
class DescriptorPath {
public:
    explicit DescriptorPath(int fd) {
        char digits[10];
        int count = 0;
        for (unsigned rest = static_cast<unsigned>(fd); count == 0 || rest != 0; rest /= 10)
            digits[count++] = static_cast<char>('0' + rest % 10);
        char* next = m_text + sizeof "/proc/self/fd/" - 1;
        while (count > 0)
            *next++ = digits[--count];
        *next = '\0';
    }
    [[nodiscard]] const char* text() const { return m_text; }

private:
    char m_text[32] = "/proc/self/fd/";
};

int mount(const char* source, const char* target, const char* type, unsigned long flags, const void* data) {
    return static_cast<int>(call(SYS_mount, source, target, type, flags, data));
}

int bind(int source, int target, bool recursive) {
    return mount(DescriptorPath(source).text(), DescriptorPath(target).text(), nullptr,
                 MS_BIND | (recursive ? kBelow : 0UL), nullptr);
}

struct FlagPair {
    std::uint64_t attribute; // MOUNT_ATTR_…
    std::uint64_t status;    // ST_…, of statfs(2)
    unsigned long flag;      // MS_…
};

constexpr FlagPair kFlags[] = {{MOUNT_ATTR_RDONLY, 1, MS_RDONLY},
                               {MOUNT_ATTR_NOSUID, 2, MS_NOSUID},
                               {MOUNT_ATTR_NODEV, 4, MS_NODEV},
                               {MOUNT_ATTR_NOEXEC, 8, MS_NOEXEC},
                               {MOUNT_ATTR_NODIRATIME, 2048, MS_NODIRATIME},
                               {0x200000 /* MOUNT_ATTR_NOSYMFOLLOW */, 0x2000, 256 /* MS_NOSYMFOLLOW */}};

unsigned long timeFlag(std::uint64_t attributes) {
    switch (attributes & MOUNT_ATTR__ATIME) {
    case MOUNT_ATTR_NOATIME:
        return MS_NOATIME;
    case MOUNT_ATTR_STRICTATIME:
        return MS_STRICTATIME;
    default:
        return MS_RELATIME;
    }
}

unsigned long flagsOf(std::uint64_t attributes) {
    unsigned long flags = timeFlag(attributes);
    for (const auto& pair : kFlags)
        flags |= (attributes & pair.attribute) != 0 ? pair.flag : 0UL;
    return flags;
}

std::uint64_t attributesOf(std::uint64_t status) {
    constexpr std::uint64_t kNoAtime = 1024;
    constexpr std::uint64_t kRelatime = 4096;
    std::uint64_t attributes = (status & kNoAtime) != 0    ? std::uint64_t(MOUNT_ATTR_NOATIME)
                               : (status & kRelatime) != 0 ? std::uint64_t(MOUNT_ATTR_RELATIME)
                                                           : std::uint64_t(MOUNT_ATTR_STRICTATIME);
    for (const auto& pair : kFlags)
        attributes |= (status & pair.status) != 0 ? pair.attribute : 0;
    return attributes;
}

// A remount sets all flags: those that stay have to be said again (and may not be cleared in a user
// namespace).
int changeFlags(int place, const char* path, std::uint64_t set, std::uint64_t clear) {
    struct statfs system {};
    const long result = call(SYS_fstatfs, place, &system);
    if (result < 0)
        return static_cast<int>(result);
    const auto attributes = (attributesOf(static_cast<std::uint64_t>(system.f_flags)) & ~clear) | set;
    return mount(nullptr, path, nullptr, kRemount | flagsOf(attributes), nullptr);
}

int changeFlags(int place, std::uint64_t set, std::uint64_t clear) {
    return changeFlags(place, DescriptorPath(place).text(), set, clear);
}

bool samePlace(int one, int other) {
    char paths[2][PATH_MAX];
    const long sizes[2] = {call(SYS_readlinkat, AT_FDCWD, DescriptorPath(one).text(), paths[0], PATH_MAX),
                           call(SYS_readlinkat, AT_FDCWD, DescriptorPath(other).text(), paths[1], PATH_MAX)};
    return sizes[0] > 0 && sizes[0] < PATH_MAX && sizes[0] == sizes[1] &&
           __builtin_memcmp(paths[0], paths[1], static_cast<std::size_t>(sizes[0])) == 0;
}

// A descriptor still shows what the mount covers: the path is opened once more, and has to lead to the same
// place. Somebody who shares the root may have put a link there by now.
int openMounted(const Context& context, const Step& step, int covered) {
    const int place = openFromBase(context, step);
    if (place < 0 || samePlace(place, covered))
        return place;
    call(SYS_close, place);
    return -EXDEV;
}

int mountFilesystem(const OldMount& recipe, int target) {
    return mount(recipe.source, DescriptorPath(target).text(), recipe.type, flagsOf(recipe.attributes),
                 recipe.data);
}

int mountOn(const OldMount& recipe, int source, int target, bool& bound) {
    int result = recipe.type != nullptr ? mountFilesystem(recipe, target) : -EPERM;
    bound = result < 0 && source >= 0; // as in makeFilesystem(): the host's instead
    return bound ? bind(source, target, recipe.recursive) : result;
}

int completeMount(const OldMount& recipe, int place, bool bound) {
    int result = 0;
    if (bound && (recipe.set | recipe.clear) != 0)
        result = changeFlags(place, recipe.set, recipe.clear);
    const auto propagation = recipe.propagation != 0 ? recipe.propagation : std::uint64_t(MS_PRIVATE);
    if (result >= 0)
        result = mount(nullptr, DescriptorPath(place).text(), nullptr,
                       propagation | (recipe.recursive ? kBelow : 0UL), nullptr);
    return result;
}

// The slot gets the mount's descriptor, for what is still to be changed there.
int attach(Context& context, const Step& step) {
    const auto& recipe = *static_cast<const OldMount*>(step.bytes);
    const int target = openTarget(context, step);
    if (target < 0)
        return target;
    bool bound = false;
    int result = mountOn(recipe, context.slots[step.slot], target, bound);
    if (result >= 0)
        result = openMounted(context, step, target);
    call(SYS_close, target);
    if (result < 0)
        return result;
    context.slots[step.slot] = result;
    result = completeMount(recipe, result, bound);
    return result >= 0 && bound && recipe.type != nullptr ? kOtherWay : result;
}

int openSource(Context& context, const Step& step) {
    context.slots[step.slot] = sys::openAt2(AT_FDCWD, step.path, O_PATH, 0);
    return context.slots[step.slot];
}

int stage(Context& context, const Step& step) {
    const auto& recipe = *static_cast<const OldMount*>(step.bytes);
    const int folder = sys::openAt2(AT_FDCWD, step.path, O_PATH | O_DIRECTORY, 0);
    if (folder < 0)
        return folder;
    int result = bind(folder, folder, true);
    if (result >= 0)
        result = sys::openAt2(AT_FDCWD, step.path, O_PATH | O_DIRECTORY, 0);
    call(SYS_close, folder);
    if (result < 0)
        return result;
    context.root = result;
    context.slots[step.slot] = result;
    context.rootStaged = true;
    return completeMount(recipe, result, true);
}

int mask(const Context& context, const Step& step) {
    const int target = openFromBase(context, step);
    if (target < 0)
        return target == -ENOENT || target == -ENOTDIR ? kOtherWay : target;
    struct stat info {};
    int result = static_cast<int>(call(SYS_newfstatat, target, "", &info, AT_EMPTY_PATH));
    const bool isFolder = result >= 0 && S_ISDIR(info.st_mode);
    if (result >= 0)
        result = isFolder ? mountFilesystem(*static_cast<const OldMount*>(step.bytes), target)
                          : bind(context.slots[step.slot], target, false);
    call(SYS_close, target);
    return result < 0 ? result : isFolder ? kMaskedFolder : 0;
}

// The mounts below keep their flags: there is no call to change those of a whole tree.
int makeReadonly(const Context& context, const Step& step) {
    const int target = openFromBase(context, step);
    if (target < 0)
        return target == -ENOENT || target == -ENOTDIR ? kOtherWay : target;
    int result = bind(target, target, true);
    if (result >= 0)
        result = openMounted(context, step, target);
    call(SYS_close, target);
    if (result < 0)
        return result;
    const int place = result;
    result = changeFlags(place, MOUNT_ATTR_RDONLY, 0);
    call(SYS_close, place);
    return result;
}

int propagateRoot(const Step& step) {
    const unsigned long below = (step.flags & AT_RECURSIVE) != 0 ? kBelow : 0UL;
    return mount(nullptr, "/", nullptr, step.number | below, nullptr);
}

} // namespace

int beginOldMounts(Context& context) {
    context.oldMounts = true;
    return mount(nullptr, "/", nullptr, MS_REC | MS_SLAVE, nullptr);
}

int bindTheOldWay(int source, int target) {
    return bind(source, target, false);
}

bool isOldMountStep(StepKind kind) {
    switch (kind) {
    case StepKind::OpenSource:
    case StepKind::StageRoot:
    case StepKind::AttachMount:
    case StepKind::MaskPath:
    case StepKind::ReadonlyPath:
    case StepKind::ReadonlyMount:
    case StepKind::ReadonlyRoot:
    case StepKind::RootPropagation:
        return true;
    default:
        return false;
    }
}

int oldMountStep(Context& context, const Step& step) {
    switch (step.kind) {
    case StepKind::OpenSource:
        return openSource(context, step);
    case StepKind::StageRoot:
        return stage(context, step);
    case StepKind::AttachMount:
        return attach(context, step);
    case StepKind::MaskPath:
        return mask(context, step);
    case StepKind::ReadonlyPath:
        return makeReadonly(context, step);
    case StepKind::ReadonlyMount:
        return changeFlags(context.slots[step.slot], MOUNT_ATTR_RDONLY, 0);
    case StepKind::ReadonlyRoot: // by now "/": the host's /proc is gone
        return changeFlags(context.root, "/", MOUNT_ATTR_RDONLY, 0);
    case StepKind::RootPropagation:
        return propagateRoot(step);
    default:
        return -ENOSYS;
    }
}

} // namespace escale::child
