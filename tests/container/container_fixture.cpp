#include "tests/container/container_fixture.h"

#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/cgroup/layout.h"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <set>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <thread>
#include <unistd.h>

namespace escale::test {
namespace {

constexpr const char* kBusybox = "/bin/busybox";

Result<void> writeFileAt(int folder, const std::string& path, std::string_view text, mode_t mode) {
    TRY_ASSIGN(const UniqueFd file, openFileAt(folder, path, O_WRONLY | O_CREAT | O_TRUNC, mode));
    TRY(writeAll(file.get(), text, path));
    if (::fchmod(file.get(), mode) != 0)
        return failErrno("cannot set the mode of " + path);
    return {};
}

Result<void> makeBase(int root) {
    for (const char* folder : {"bin", "etc", "tmp", "root", "opaque", "proc", "sys", "dev"})
        ::mkdirat(root, folder, 0755);
    ::fchmodat(root, "tmp", 01777, 0);
    TRY_ASSIGN(const std::string program, readFile(kBusybox));
    TRY(writeFileAt(root, "bin/busybox", program, 0755));
    for (const char* name : {"sh",    "echo",  "cat",  "sleep", "ip",       "ping", "id",    "ls",    "seq",
                             "touch", "chown", "stat", "trap",  "kill",     "true", "false", "env",   "pwd",
                             "wc",    "dd",    "rm",   "mkdir", "hostname", "head", "grep",  "usleep"})
        ::symlinkat("busybox", root, (std::string("bin/") + name).c_str());
    TRY(writeFileAt(root, "etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n",
                    0644));
    TRY(writeFileAt(root, "etc/group", "root:x:0:\napp:x:1000:\nextra:x:50:app\n", 0644));
    TRY(writeFileAt(root, "etc/removed", "of the first layer", 0644));
    TRY(writeFileAt(root, "opaque/hidden", "of the first layer", 0644));
    TRY(writeFileAt(root, "etc/app-file", "owned by app", 0600));
    if (::fchownat(root, "etc/app-file", 1000, 1000, 0) != 0)
        return failErrno("cannot give etc/app-file away");
    return {};
}

Result<void> makeTop(int root) {
    ::mkdirat(root, "etc", 0755);
    ::mkdirat(root, "opaque", 0755);
    if (::mknodat(root, "etc/removed", S_IFCHR, makedev(0, 0)) != 0)
        return failErrno("cannot make a whiteout");
    TRY_ASSIGN(const UniqueFd opaque, openFileAt(root, "opaque", O_RDONLY | O_DIRECTORY));
    if (::fsetxattr(opaque.get(), "user.overlay.opaque", "y", 1, 0) != 0)
        return failErrno("cannot mark a folder opaque");
    return writeFileAt(root, "opaque/shown", "of the second layer", 0644);
}

Result<void> makeBare(int root) {
    for (const char* folder : {"app", "etc", "proc", "sys", "dev"})
        ::mkdirat(root, folder, 0755);
    TRY_ASSIGN(const std::string program, readFile(kBusybox));
    TRY(writeFileAt(root, "app/busybox", program, 0755));
    return writeFileAt(root, "etc/secret", "of the bare image\n", 0600);
}

using LayerMakers = std::vector<std::pair<const char*, Result<void> (*)(int root)>>;

Result<void> commitLayers(Store& store, NewImage image, const LayerMakers& makers) {
    image.manifestDigest = Digest::ofData(image.manifest);
    image.configDigest = Digest::ofData(image.config);
    for (const auto& [name, make] : makers) {
        ImageLayer layer{Digest::ofData(name),
                         Digest::ofData(std::string(name) + ".gz"),
                         1,
                         "application/vnd.oci.image.layer.v1.tar+gzip",
                         1,
                         std::nullopt};
        TRY_ASSIGN(const auto present, store.findLayer(layer.diffId));
        if (!present) {
            TRY_ASSIGN(layer.staged, store.stageLayer());
            TRY(make(layer.staged->content()));
            ::fchmod(layer.staged->content(), 0755);
        }
        image.layers.push_back(std::move(layer));
    }
    return store.commitImage(std::move(image));
}

NewImage newImage(uid_t owner, const std::string& name, const std::string& content) {
    NewImage image{owner,
                   "docker.io/library/" + name,
                   "latest",
                   "application/vnd.oci.image.manifest.v1+json",
                   content,
                   content,
                   Digest::ofData(content),
                   Digest::ofData(content),
                   {},
                   {}};
    image.settings.architecture = "amd64";
    image.settings.os = "linux";
    return image;
}

std::vector<std::string> walk(const std::string& folder, int depth) {
    std::vector<std::string> names;
    const auto list = listDirectory(folder);
    if (!list)
        return names;
    for (const auto& name : *list) {
        names.push_back(folder + "/" + name);
        struct stat info {};
        if (depth > 0 && ::lstat(names.back().c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
            const auto below = walk(names.back(), depth - 1);
            names.insert(names.end(), below.begin(), below.end());
        }
    }
    return names;
}

// Processes that a container of this engine made: the others on the machine come and go.
std::vector<std::string> processesOf(const std::string& runFolder, const std::string& cgroupParent) {
    std::vector<std::string> found;
    const auto processes = listDirectory("/proc");
    for (const auto& name : processes ? *processes : std::vector<std::string>()) {
        if (name.find_first_not_of("0123456789") != std::string::npos)
            continue;
        const auto groups = readFile("/proc/" + name + "/cgroup");
        const auto command = readFile("/proc/" + name + "/cmdline");
        if ((groups && groups->find(cgroupParent + "/") != std::string::npos) ||
            (command && command->find(runFolder) != std::string::npos))
            found.push_back(name);
    }
    return found;
}

// The namespaces at the other ends of this namespace's veth pairs.
std::vector<std::string> peerNamespaces() {
    const auto text = runProgram({"/bin/ip", "netns", "list-id"});
    return text ? splitWords(*text, "\n") : std::vector<std::string>{text.error().text()};
}

std::vector<std::string> rows(Store& store) {
    std::vector<std::string> found;
    const auto lock = store.lock();
    auto statement = store.database().prepare("SELECT id FROM container ORDER BY id");
    while (statement && statement->step().value_or(false))
        found.push_back(statement->text(0));
    return found;
}

} // namespace

std::string enterOwnMachine() {
    if (::geteuid() != 0)
        return "needs root";
    if (::access(kBusybox, X_OK) != 0)
        return "needs busybox-static";
    if (::unshare(CLONE_NEWNET | CLONE_NEWNS) != 0)
        return systemError("cannot make namespaces").message;
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return systemError("cannot make the mounts private").message;
    return {};
}

Result<void> commitBusybox(Store& store, uid_t owner, const std::function<void(NewImage&)>& change) {
    NewImage image = newImage(owner, "busybox", "busybox");
    image.settings.command = {"/bin/sh"};
    image.settings.environment = {"PATH=/bin", "FROM=image"};
    if (change)
        change(image);
    return commitLayers(store, std::move(image), {{"base", &makeBase}, {"top", &makeTop}});
}

Result<void> commitBare(Store& store, uid_t owner) {
    NewImage image = newImage(owner, "bare", "bare");
    image.settings.command = {"/app/busybox", "httpd", "-f", "-p", "127.0.0.1:8080"};
    return commitLayers(store, std::move(image), {{"bare", &makeBare}});
}

MachinePicture pictureOf(const std::string& stateFolder, const std::string& runFolder,
                         const std::string& cgroupParent, Store* store) {
    MachinePicture picture;
    const auto mounts = readFile("/proc/thread-self/mountinfo");
    std::string text = mounts ? *mounts : "";
    for (std::size_t start = 0; start < text.size();) {
        const auto end = text.find('\n', start);
        const std::string line = text.substr(start, end - start);
        // Without the mount's and its parent's number.
        picture["mounts"].push_back(line.substr(line.find(' ', line.find(' ') + 1)));
        start = end == std::string::npos ? text.size() : end + 1;
    }
    struct if_nameindex* interfaces = ::if_nameindex();
    for (auto* entry = interfaces; entry != nullptr && entry->if_index != 0; ++entry)
        picture["interfaces"].emplace_back(entry->if_name);
    ::if_freenameindex(interfaces);
    if (const auto layout = CgroupLayout::detect()) {
        for (const auto& hierarchy : layout->hierarchies()) {
            if (exists(hierarchy.mountPoint + cgroupParent))
                picture["cgroups"].push_back(hierarchy.mountPoint + cgroupParent);
        }
    }
    picture["state"] = walk(stateFolder + "/containers", 2);
    picture["run"] = walk(runFolder, 3);
    // Compiled seccomp filters belong to the engine, not to a container: they are kept for the next start.
    std::erase_if(picture["run"],
                  [](const auto& path) { return path.find("/runtime/.seccomp") != std::string::npos; });
    if (store != nullptr)
        picture["rows"] = rows(*store);
    picture["processes"] = processesOf(runFolder, cgroupParent);
    picture["peer network namespaces"] = peerNamespaces();
    return picture;
}

std::string differenceOf(const MachinePicture& before, const MachinePicture& after) {
    std::string text;
    const auto tell = [&text, &after](const MachinePicture& from, const MachinePicture& to,
                                      const char* what) {
        for (const auto& [kind, items] : from) {
            // Those of a former test may just have been ending.
            if ((kind == "processes" || kind == "interfaces" || kind == "peer network namespaces") &&
                &to == &after)
                continue;
            const auto found = to.find(kind);
            for (const auto& item : items) {
                if (found == to.end() || std::count(found->second.begin(), found->second.end(), item) == 0)
                    text += std::string(what) + " " + kind + ": " + item + "\n";
            }
        }
    };
    tell(before, after, "gone from");
    tell(after, before, "new in");
    return text;
}

bool eventually(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < end) {
        if (condition())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return condition();
}

} // namespace escale::test
