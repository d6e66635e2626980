// The modes "container:ID": namespaces of another of the owner's containers.
//
// They are opened here, and checked to be that container's, before the runtime gets a path to our
// descriptors: a process id that was used again leads nowhere.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/container/launch.h"
#include "engine/container/option_forms.h"

#include <fcntl.h>
#include <unistd.h>

namespace escale {
namespace {

// The container that an option names; empty when it names none.
std::string targetOf(const std::string& option) {
    const auto mode = parseNamespaceMode(option);
    return mode && mode->kind == NamespaceMode::Kind::Container ? mode->container : std::string();
}

} // namespace

Result<Container> Containers::State::runningTarget(uid_t owner, const std::string& idOrName) {
    TRY_ASSIGN(auto target, m_records.find(owner, idOrName));
    if (!isAlive(target.state))
        return fail(ErrorCode::WrongState,
                    "the container " + target.options.name +
                        ", whose namespaces are to be joined, does not run",
                    "Start it first.");
    addLive(target);
    return target;
}

Result<std::string> Containers::State::holdNamespace(Launch& launch, const Container& target,
                                                     const char* name) {
    const std::string process = "/proc/" + std::to_string(target.pid);
    auto file = openFile(process + "/ns/" + name, O_RDONLY);
    const auto cgroup = readFile(process + "/cgroup");
    // Asked after it was opened: if it is that container's process now, it was when we opened.
    if (!file || !cgroup || cgroup->find(target.id) == std::string::npos)
        return fail(ErrorCode::WrongState, "the container " + target.options.name + " has just ended",
                    "Start it first.");
    const std::string path = "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(file->get());
    launch.namespaces.push_back(*std::move(file));
    return path;
}

Result<void> Containers::State::prepareJoins(Launch& launch) {
    const Container& container = launch.container;
    const ContainerOptions& options = container.options;
    std::optional<Container> first;
    const auto join = [&](const std::string& option, const char* name, std::string& path) -> Result<void> {
        const std::string wanted = targetOf(option);
        if (wanted.empty())
            return {};
        TRY_ASSIGN(const auto target, runningTarget(container.owner, wanted));
        if (first && first->id != target.id)
            return fail(ErrorCode::Unsupported,
                        "namespaces of two containers, " + first->options.name + " and " +
                            target.options.name +
                            ", cannot be joined at once: each belongs to another user namespace",
                        "Name one container only.");
        if (sharesUserIds(options) != sharesUserIds(target.options))
            return fail(ErrorCode::InvalidArgument,
                        "the container " + target.options.name + " maps its ids in another way",
                        "Start both with userns=host, or neither.");
        TRY_ASSIGN(path, holdNamespace(launch, target, name));
        if (!first && !sharesUserIds(options)) {
            TRY_ASSIGN(launch.joined.user, holdNamespace(launch, target, "user"));
        }
        if (path == launch.joined.network) {
            launch.networkOf = target.id;
            const auto& o = target.options; // not its file: that is the container's to change
            if (o.uts != "host" && !(o.network == "host" && o.hostname.empty()))
                launch.networkName = o.hostname.empty() ? shortId(target.id) : o.hostname;
        }
        if (path == launch.joined.ipc) {
            if (target.options.ipc != "shareable")
                return fail(ErrorCode::InvalidArgument,
                            "the container " + target.options.name + " does not share its IPC namespace",
                            "Start it with ipc=shareable.");
            launch.sharedMemory = sharedMemoryOf(target.id);
        }
        first = target;
        return {};
    };
    TRY(join(options.pid, "pid", launch.joined.pid));
    TRY(join(options.network, "net", launch.joined.network));
    return join(options.ipc, "ipc", launch.joined.ipc);
}

} // namespace escale
