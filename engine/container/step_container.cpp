// Runs the steps of builds: start_container.cpp's way without a row, a name or a log.
//
//   <run>/steps/<id>/  the bundle, while the step lasts; then an empty folder until its network is left. What
//                      a helper finds there when it starts is of one that was killed.
#include "engine/container/step_container.h"

#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/base/mount.h"
#include "engine/base/user_namespace.h"
#include "engine/container/container_options.h"
#include "engine/container/oci_config.h"
#include "engine/container/step_launch.h"
#include "engine/container/step_targets.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr int kKilled = 137; // 128 + SIGKILL

// The same in every build: a name that changes would get into what programs make.
constexpr const char* kHostName = "build";
// Compilers start a process for each processor; a fork bomb still ends here.
constexpr std::int64_t kMostProcesses = 8192;

constexpr std::size_t kLongestWord = 128UL << 10U; // execve(2), MAX_ARG_STRLEN

ContainerOptions optionsOf(const StepContainer& step) {
    ContainerOptions options;
    options.command = step.words;
    options.environment = step.environment;
    options.workingDirectory = step.workingDirectory;
    options.user = step.user;
    options.hostname = kHostName;
    options.network = step.network == "default" ? std::string(kDefaultNetwork) : step.network;
    options.extraHosts = step.extraHosts;
    options.memoryBytes = step.memory;
    options.cpus = step.cpus;
    options.pidsLimit = kMostProcesses;
    options.shmSize = step.shmSize;
    options.noNewPrivileges =
        false; // sudo and su are programs of Dockerfiles; they gain the owner's ids only
    if (step.isPrivileged) {
        options.capAdd = {"ALL"};
        options.seccomp = "unconfined";
        options.systemPaths = "unconfined";
    }
    return options;
}

Result<void> check(const StepContainer& step) {
    if (step.words.empty() || step.words.front().empty())
        return fail(ErrorCode::InvalidArgument, "the step names no program to run");
    for (const auto& word : step.words) {
        if (word.find('\0') != std::string::npos || word.size() >= kLongestWord)
            return fail(ErrorCode::InvalidArgument,
                        "a word of the command holds a NUL byte, or is longer than the kernel passes on",
                        "Copy a long script in, and run that.");
    }
    TRY(checkEnvironment(step.environment));
    if (step.network.starts_with("container:"))
        return fail(ErrorCode::InvalidArgument, "a step cannot join the network of a container",
                    "Give \"default\", \"none\", \"host\" or a network's name.");
    return checkStepMounts(step.mounts);
}

// Where something will be mounted, in the order of config.json.
std::vector<MountTarget> targetsOf(const OciInput& input) {
    std::vector<MountTarget> targets;
    const Json mounts = makeMounts(input);
    for (const Json& mount : mounts.items()) {
        const std::string source = mount.at("source").toString();
        struct stat info {};
        // Files of the bundle are written later.
        const bool isFolder = mount.at("type").toString() != "bind" ||
                              (::stat(source.c_str(), &info) == 0 && S_ISDIR(info.st_mode));
        targets.push_back({mount.at("destination").toString(), isFolder});
    }
    return targets;
}

// The merged layers, which may be one: overlay wants two at least.
Result<UniqueFd> showLayers(const RootfsPlan& plan, bool& isMounted) {
    isMounted = plan.layers.size() > 1;
    if (!isMounted)
        return openFile(std::filesystem::path(plan.layersFolder) / plan.layers.front(),
                        O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    TRY(mountLayers(plan));
    auto folder = openFile(plan.target, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!folder)
        TRY(unmountRootfs(plan.target));
    return folder;
}

Error withAdvice(Error error) {
    if (error.code == ErrorCode::NotFound && error.hint.empty())
        error.withHint("Install it in a step before, or begin with an image that has it.");
    return error;
}

} // namespace

Result<int> Containers::State::runStep(const StepContainer& step, const Cancellation& cancellation) {
    StepLaunch launch(step);
    Revert revert;
    auto code = runStep(launch, revert, cancellation);
    if (!code)
        return fail(revert.undo(std::move(code).error()));
    Error left = revert.undo({ErrorCode::SystemFailure, "cannot clean up after a step", {}, {}});
    if (!left.causes.empty())
        return fail(std::move(left));
    return code;
}

Result<int> Containers::State::runStep(StepLaunch& launch, Revert& revert, const Cancellation& cancellation) {
    TRY(cancellation.check());
    TRY(check(launch.step));
    Container& container = launch.container;
    container.id = randomId();
    container.owner = launch.step.owner;
    container.options = optionsOf(launch.step);
    TRY_ASSIGN(launch.idBase, m_store.idRangeOf(container.owner));
    launch.bundle = stepOf(container.id);
    TRY(prepareStepNetworks(launch, revert)); // left last of all
    if (::mkdir(launch.bundle.c_str(), 0700) != 0)
        return failErrno("cannot make " + launch.bundle);
    revert.add([this, id = container.id, hasNetworks = !launch.endpoints.empty()] {
        return removeStepFolder(id, hasNetworks);
    });
    const std::string rootfs = launch.bundle + "/rootfs";
    if (::mkdir(rootfs.c_str(), 0700) != 0)
        return failErrno("cannot make " + rootfs);
    TRY(prepareStepMounts(launch, revert));
    TRY(prepareStepRootfs(launch, revert));
    TRY(writeBundle(launch));
    TRY(cancellation.check());
    TRY(startStep(launch, revert, cancellation));
    // Without a record the monitor was killed, and the step with it.
    const auto ended = readContainerExit(launch.bundle + kExitFile);
    return ended ? ended->exitCode : kKilled;
}

Result<RootfsPlan> Containers::State::planRoot(std::uint32_t idBase, const StepRoot& root,
                                               const std::string& user, const std::string& empty) {
    RootfsPlan plan;
    plan.layersFolder = m_layers.folder();
    plan.idBase = idBase;
    TRY_ASSIGN(plan.layers, m_layers.acquire(idBase, root.layers, user));
    plan.layers.insert(plan.layers.end(), root.folders.begin(), root.folders.end());
    if (plan.layers.empty()) {
        TRY(makeDirectories(empty, 0700));
        if (::lchown(empty.c_str(), idBase, idBase) != 0 || ::chmod(empty.c_str(), 0755) != 0)
            return failErrno("cannot make an empty root");
        plan.layers = {empty};
    }
    return plan;
}

Result<void> Containers::State::prepareStepRootfs(StepLaunch& launch, Revert& revert) {
    const std::string& id = launch.container.id;
    revert.add([this, id]() -> Result<void> {
        releaseLayers(id);
        return {};
    });
    TRY_ASSIGN(RootfsPlan plan, planRoot(launch.idBase, launch.step.root, id, launch.bundle + "/empty"));
    plan.containerFolder = launch.step.folder;
    plan.target = launch.bundle + "/rootfs";
    plan.isVolatile = true; // the step's layer is what is kept, and it is made from this
    revert.add([&launch]() -> Result<void> {
        if (const auto upper = openFile(launch.step.folder + "/upper", O_RDONLY | O_DIRECTORY))
            removeMountTargets(upper->get(), launch.targets);
        return {};
    });
    revert.add([target = plan.target] { return unmountRootfs(target); });
    bool isMounted = false;
    TRY_ASSIGN(const UniqueFd below, showLayers(plan, isMounted));
    if (isMounted && ::umount2(plan.target.c_str(), UMOUNT_NOFOLLOW | MNT_DETACH) != 0)
        return failErrno("cannot unmount " + plan.target);

    OciInput input{id, launch.container.options, {}, {}, {}, launch.bundle, cgroupPath(id), launch.idBase};
    input.mounts = launch.mounts;
    const std::string targets = launch.bundle + "/targets";
    TRY_ASSIGN(launch.targets, makeMountTargets(below.get(), targetsOf(input), targets, launch.idBase));
    if (!launch.targets.empty())
        plan.layers.push_back(targets);
    TRY(makeUpper(below.get(), plan.containerFolder));
    return mountRootfs(plan);
}

Result<void> Containers::State::prepareStepNetworks(StepLaunch& launch, Revert& revert) {
    if (!hasNetworks(launch.container.options))
        return {};
    const std::string& id = launch.container.id;
    TRY_ASSIGN(launch.endpoints, chosenEndpoints(launch.container));
    revert.add([this, id]() -> Result<void> {
        leaveNetworksLater(id);
        return {};
    });
    for (auto& endpoint : launch.endpoints) {
        TRY(m_networks.reserve(endpoint));
        TRY_ASSIGN(launch.networks.emplace_back(), m_networks.byId(endpoint.network));
    }
    return {};
}

Result<void> Containers::State::attachStep(StepLaunch& launch, Revert& revert) {
    if (launch.endpoints.empty())
        return {};
    TRY(m_networks.attach(launch.endpoints.front(), defaultRouteOf(launch.networks) == 0,
                          launch.process.pid));
    if (!Containers::answersNames(launch.networks.front()))
        return {};
    Container named = launch.container;
    named.options.hostname.clear(); // nobody looks for a step; it asks for the others
    giveNames(named, revert);
    return {};
}

Result<void> Containers::State::startStep(StepLaunch& launch, Revert& revert,
                                          const Cancellation& cancellation) {
    const std::string& id = launch.container.id;
    UniqueFd nowhere;
    if (launch.step.output < 0) {
        TRY_ASSIGN(nowhere, openFile("/dev/null", O_WRONLY));
    }
    revert.add([this, &launch] { return endProcesses(launch.container.id, launch.process); });
    RuntimeProgram::Monitored what{launch.bundle, {}, launch.bundle + kExitFile, id, {}};
    what.output = nowhere ? nowhere.get() : launch.step.output;
    TRY(monitor(launch, what));
    TRY(attachStep(launch, revert));
    TRY_ASSIGN(const UniqueFd process, openMonitor(launch.process));
    TRY(cancellation.check());
    if (auto started = m_runtime.start(id); !started)
        return fail(withAdvice(std::move(started).error()));
    for (;;) {
        auto ended = waitForEnd(process.get(), std::chrono::hours(24), &cancellation);
        if (ended || ended.error().code != ErrorCode::Timeout)
            return ended;
    }
}

// The empty folder tells a helper that comes before leaveNetworksLater() has done it what is to be left.
Result<void> Containers::State::removeStepFolder(const std::string& id, bool hasNetworks) {
    const std::string folder = stepOf(id);
    TRY(removeTree(folder));
    if (hasNetworks && ::mkdir(folder.c_str(), 0700) != 0)
        return failErrno("cannot make " + folder);
    return {};
}

Result<void> Containers::State::removeLeftSteps() {
    TRY_ASSIGN(const auto names, listDirectory(m_settings.runFolder + "/steps"));
    for (const auto& name : names) {
        if (const auto removed = removeUnknownBundle(name, stepOf(name)); !removed)
            logError("left-over " + stepOf(name) + ": " + removed.error().text());
    }
    return {};
}

Result<ContainerRoot> Containers::State::openStepRoot(uid_t owner, const StepRoot& root) {
    TRY_ASSIGN(const std::uint32_t base, m_store.idRangeOf(owner));
    TRY_ASSIGN(UniqueFd userNamespace, makeUserNamespace(base));
    const std::string id = randomId();
    const std::string target = filesOf(id);
    Revert revert;
    const auto release = [this, id, target](std::uint64_t number) -> Result<void> {
        {
            const std::lock_guard lock(m_mutex);
            m_stepRoots.erase(number);
        }
        auto done = unmountRootfs(target);
        ::rmdir(target.c_str());
        releaseLayers(id);
        return done;
    };
    revert.add([release] { return release(0); });
    TRY(makeDirectories(target, 0700));
    TRY_ASSIGN(RootfsPlan plan, planRoot(base, root, id, target));
    plan.target = target;
    bool isMounted = false;
    TRY_ASSIGN(UniqueFd folder, showLayers(plan, isMounted));
    std::uint64_t number = 0;
    if (isMounted) {
        TRY_ASSIGN(number, mountNumberOf(folder.get()));
        const std::lock_guard lock(m_mutex);
        m_stepRoots[number] = std::move(plan);
    }
    revert.commit();
    return ContainerRoot(std::move(folder), std::move(userNamespace), [release, id, number] {
        if (const auto done = release(number); !done)
            logError("step root " + shortId(id) + ": " + done.error().text());
    });
}

} // namespace escale
