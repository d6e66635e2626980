#include "engine/base/file.h"

#include "engine/base/clock.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/base/making.h"
#include "engine/base/process.h"
#include "engine/container/container_options.h"
#include "engine/container/host_device.h"
#include "engine/container/host_files.h"
#include "engine/container/launch.h"
#include "engine/container/rootfs.h"
#include "engine/container/session_socket.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {

namespace {

// A file of the bundle that is bound into the container, whose root may change it.
Result<void> writeForContainer(const std::string& path, std::string_view text, std::uint32_t idBase) {
    constexpr std::size_t kMostTold = 4096;
    MadeNow step;
    TRY_ASSIGN(const UniqueFd file, openFile(path, O_WRONLY | O_CREAT | O_EXCL, 0644));
    TRY(writeAll(file.get(), text, path));
    if (::fchown(file.get(), idBase, idBase) != 0 || ::fchmod(file.get(), 0644) != 0)
        return failErrno("cannot hand " + path + " to the container");
    const std::string owner = std::to_string(idBase);
    step.done("file-write", {{"path", path},
                             {"content", std::string(text.substr(0, kMostTold))},
                             {"mode", "0644"},
                             {"owner", owner + ":" + owner}});
    return {};
}

std::string machineName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

// Debian's package catatonit; podman brings its own elsewhere.
Result<std::string> findInit() {
    for (const char* path : {"/usr/bin/catatonit", "/usr/libexec/podman/catatonit"}) {
        if (exists(path))
            return std::string(path);
    }
    return fail(ErrorCode::NotFound, "this machine has no catatonit, which the option init needs",
                "Install the package catatonit.");
}

} // namespace

Result<void> Containers::State::start(const std::string& id, const StartOptions& options,
                                      const Cancellation& cancellation) {
    Launch launch;
    launch.awaitsClient = options.awaitsClient;
    Result<void> outcome;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(launch.container, m_records.byId(id));
        if (isAlive(launch.container.state))
            return fail(ErrorCode::WrongState,
                        "the container " + launch.container.options.name + " runs already");
        m_timers->cancel("restart:" + id);
        (void)takeStopAsked(id);
        launch.container.restartCount = 0;
        launch.container.stoppedByUser = false;
        outcome = startLocked(launch, cancellation);
    }
    notify(launch.container);
    return outcome;
}

// Under the action lock.
Result<void> Containers::State::startLocked(Launch& launch, const Cancellation& cancellation) {
    Container& container = launch.container;
    Revert revert;
    auto outcome = this->launch(launch, revert, cancellation);
    if (!outcome) {
        outcome = fail(revert.undo(std::move(outcome).error()));
        m_waitingSessions.drop(container.id);
        container.address.clear();
        container.error = outcome.error().message;
        if (container.state == ContainerState::Restarting)
            container.state = ContainerState::Exited;
        if (auto recorded = m_records.update(container); !recorded)
            outcome.error().addCause(recorded.error());
        return outcome;
    }
    revert.commit();
    writeMaking(launch);
    measure(container);
    beginHealth(container, launch.imageConfig.health);
    tellVolumeUse(container, "mount");
    emitEvent(container, "start");
    notifyNetworks(container.owner, launch.endpoints);
    return outcome;
}

// Beside the container, which runs already; without it nothing but a page of the record is missing.
void Containers::State::writeMaking(Launch& launch) {
    const Container& container = launch.container;
    if (const auto written = writeEngineMaking(launch.bundle, container.startedAt, std::move(launch.steps));
        !written)
        logWarning("container " + shortId(container.id) + ": " + written.error().text());
}

void Containers::State::measure(const Container& container) {
    m_sampler->watch(container.id, cgroupPath(container.id));
    if (!container.address.empty())
        measureNetworks(container.id);
}

Result<ImageConfig> Containers::State::imageConfigOf(const Container& container) {
    TRY_ASSIGN(const Digest digest, Digest::parse(container.imageDigest));
    TRY_ASSIGN(Image image, m_store.imageByDigest(digest));
    return std::move(image.settings);
}

Result<void> Containers::State::launch(Launch& launch, Revert& revert, const Cancellation& cancellation) {
    Making making(MadeBy::Engine);
    Container& container = launch.container;
    const std::string id = container.id;
    TRY(cancellation.check());
    TRY_ASSIGN(const Digest digest, Digest::parse(container.imageDigest));
    TRY_ASSIGN(Image image, m_store.imageByDigest(digest));
    launch.layers = std::move(image.layers);
    launch.imageConfig = std::move(image.settings);
    if (!sharesUserIds(container.options)) {
        TRY_ASSIGN(launch.idBase, m_store.idRangeOf(container.owner));
    }
    launch.bundle = bundleOf(id);
    TRY(prepareJoins(launch));
    TRY(prepareRootfs(launch, revert));
    TRY(prepareSharedMemory(launch, revert));
    TRY(prepareMounts(launch, revert, cancellation));
    if (hasNetworks(container.options))
        TRY(prepareNetworks(launch, revert));
    TRY(preparePorts(launch, revert));
    TRY(writeBundle(launch));
    TRY(cancellation.check());
    TRY(createUnderMonitor(launch, revert));
    TRY(attachNetworks(launch, revert));
    TRY(publishPorts(launch, revert));
    if (!launch.endpoints.empty())
        giveNames(launch, revert);
    TRY_ASSIGN(UniqueFd monitor, openMonitor(launch.process));
    TRY(cancellation.check());
    const std::int64_t startedAt = nowMilliseconds(); // before: a short run must not end before it starts
    TRY(startProgram(launch));
    launch.steps = making.take();

    const Container before = container;
    container.state = ContainerState::Running;
    container.startedAt = startedAt;
    container.finishedAt = 0;
    container.exitCode = 0;
    container.oomKilled = false;
    container.error.clear();
    setProcess(id, launch.process);
    auto done = recordStart(launch);
    if (done)
        done = m_watch->add(id, std::move(monitor));
    if (!done)
        container = before; // the undo ends what runs
    return done;
}

// By the runtime's own code, though in this process.
Result<void> Containers::State::startProgram(const Launch& launch) {
    MadeSteps steps;
    {
        Making making(MadeBy::Runtime);
        MadeNow step;
        TRY(m_runtime.start(launch.container.id));
        step.done("program-start", {{"pid", std::to_string(launch.process.pid)}});
        steps = making.take();
    }
    Making::add(std::move(steps));
    return {};
}

Result<void> Containers::State::recordStart(const Launch& launch) {
    const auto lock = m_store.lock();
    const Unsynced fast(m_store.database(), launch.container.options.removeWhenStopped);
    TRY_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
    TRY(m_records.update(launch.container));
    for (const auto& endpoint : launch.endpoints)
        TRY(m_networks.saveRun(endpoint));
    return transaction.commit();
}

Result<void> Containers::State::prepareRootfs(Launch& launch, Revert& revert) {
    const std::string& id = launch.container.id;
    TRY_ASSIGN(auto layers, m_layers.acquire(launch.idBase, launch.layers, id));
    revert.add([this, id]() -> Result<void> {
        releaseLayers(id);
        return {};
    });
    const std::string& bundle = launch.bundle;
    if (::mkdir(bundle.c_str(), 0700) != 0)
        return failErrno("cannot make the bundle " + bundle);
    revert.add([bundle] { return removeTree(bundle); });
    const std::string rootfs = bundle + "/rootfs";
    if (::mkdir(rootfs.c_str(), 0700) != 0)
        return failErrno("cannot make " + rootfs);
    TRY(mountOrShow(
        {m_layers.folder(), std::move(layers), m_store.containerFolder(id), rootfs, launch.idBase}, id));
    revert.add([this, id] { return unmountRoot(id); });
    return {};
}

// One that another container may join lies outside of both.
Result<void> Containers::State::prepareSharedMemory(Launch& launch, Revert& revert) {
    const ContainerOptions& options = launch.container.options;
    if (options.ipc == "host")
        launch.sharedMemory = "/dev/shm";
    if (options.ipc != "shareable")
        return {};
    launch.sharedMemory = sharedMemoryOf(launch.container.id);
    const std::string& folder = launch.sharedMemory;
    if (::mkdir(folder.c_str(), 0700) != 0)
        return failErrno("cannot make " + folder);
    const std::string base = std::to_string(launch.idBase);
    const std::string how =
        "mode=1777,uid=" + base + ",gid=" + base + ",size=" + std::to_string(options.shmSize);
    MadeNow step;
    if (::mount("shm", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, how.c_str()) != 0)
        return failErrno("cannot mount the container's shared memory");
    step.done("tmpfs-mount", {{"target", folder}, {"options", "nosuid,nodev,noexec," + how}});
    revert.add([folder] { return unmountRootfs(folder); });
    return {};
}

Result<void> Containers::State::writeBundle(Launch& launch) {
    const Container& container = launch.container;
    const ContainerOptions& options = container.options;
    const std::string rootfs = launch.bundle + "/rootfs";
    const ImageConfig& image = launch.imageConfig;
    OciInput input{container.id, options, image, {}, {}, launch.bundle, cgroupPath(container.id),
                   launch.idBase};
    struct rlimit files {};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0)
        input.mostOpenFiles = std::min<std::uint64_t>(input.mostOpenFiles, files.rlim_max);
    TRY_ASSIGN(input.user,
               resolveUserIn(rootfs, options.user.empty() ? image.user : options.user, options.groups));
    const auto& folder = options.workingDirectory.empty() ? image.workingDir : options.workingDirectory;
    TRY_ASSIGN(input.workingDirectory, ensureFolderInRootfs(rootfs, folder, launch.idBase));
    input.hostName = launch.networkName.empty() ? machineName() : launch.networkName;
    input.joined = launch.joined;
    input.sharedMemory = launch.sharedMemory;
    input.mounts = launch.mounts;
    if (options.init) {
        TRY_ASSIGN(input.initProgram, findInit());
    }
    TRY_ASSIGN(input.devices, lookUpDevices(options));
    if (launch.idBase != 0) {
        TRY_ASSIGN(input.deviceNodes,
                   makeDeviceNodes(options, input.devices, launch.bundle + "/devices", launch.idBase));
    }
    TRY_ASSIGN(const Json config, makeOciConfig(input));
    TRY(writeNameFiles(launch));
    TRY(writeForContainer(launch.bundle + "/hostname",
                          (options.uts == "host" ? input.hostName : hostnameOf(input)) + "\n",
                          launch.idBase));
    const std::string path = launch.bundle + "/config.json";
    MadeNow step;
    TRY_ASSIGN(const UniqueFd file, openFile(path, O_WRONLY | O_CREAT | O_EXCL, 0600));
    TRY(writeAll(file.get(), config.dump(), "config.json"));
    step.done("file-write", {{"path", path}, {"mode", "0600"}, {"owner", "0:0"}});
    return {};
}

// resolv.conf and hosts: those of the network that the container is in.
Result<void> Containers::State::writeNameFiles(const Launch& launch) const {
    const ContainerOptions& options = launch.container.options;
    std::string resolvConf;
    std::string hosts;
    std::string gateway;
    if (!launch.networkOf.empty()) {
        TRY_ASSIGN(resolvConf, readFile(bundleOf(launch.networkOf) + "/resolv.conf"));
        resolvConf = withDnsOptions(resolvConf, options);
        TRY_ASSIGN(hosts, readFile(bundleOf(launch.networkOf) + "/hosts"));
    } else if (options.network == "host") {
        resolvConf = withDnsOptions(readFile("/etc/resolv.conf", 64 * 1024).value_or(""), options);
        hosts = readFile("/etc/hosts").value_or("");
        gateway = "127.0.0.1";
    } else {
        NameFiles files = nameFilesOf(launch.container, launch.endpoints, launch.networks);
        resolvConf = std::move(files.resolvConf);
        hosts = std::move(files.hosts);
        gateway = std::move(files.gateway);
    }
    TRY_ASSIGN(const auto lines, extraHostLines(options, gateway));
    TRY(writeForContainer(launch.bundle + "/resolv.conf", resolvConf, launch.idBase));
    return writeForContainer(launch.bundle + "/hosts", hosts + lines, launch.idBase);
}

namespace {

std::vector<int> numbersOf(const std::vector<UniqueFd>& files) {
    std::vector<int> numbers;
    for (const auto& file : files)
        numbers.push_back(file.get());
    return numbers;
}

} // namespace

Result<void> Containers::State::createUnderMonitor(Launch& launch, Revert& revert) {
    const std::string& id = launch.container.id;
    // Registered before the call: one that does not end in time may have got as far as a container.
    revert.add([this, id] { return endProcesses(id); });
    const ContainerOptions& options = launch.container.options;
    TRY_ASSIGN(const auto limits, logLimits(options));
    Texts logOptions{"--log-max-size", std::to_string(limits.maxSize), "--log-max-file",
                     std::to_string(limits.maxFile)};
    if (limits.compress)
        logOptions.emplace_back("--log-compress");
    auto clients = m_waitingSessions.take(id);
    auto made = monitor(launch, {.bundle = launch.bundle,
                                 .logPath = options.logDriver == "none" ? std::string() : logPath(id),
                                 .exitFile = exitFileOf(id),
                                 .id = id,
                                 .attachSocket = attachSocketOf(id),
                                 .openInput = options.openInput,
                                 .inputOnce = options.inputOnce,
                                 .awaitsClient = options.inputOnce && launch.awaitsClient,
                                 .logOptions = std::move(logOptions),
                                 .sessions = numbersOf(clients),
                                 .making = launch.bundle + kRuntimeMaking});
    if (!made) {
        for (auto& client : clients)
            endSession(std::move(client));
        return made;
    }
    setProcess(id, launch.process);
    return {};
}

Result<void> Containers::State::monitor(Launch& launch, const RuntimeProgram::Monitored& what) {
    MadeNow step;
    TRY_ASSIGN(const auto started, m_runtime.monitor(what));
    step.done("runtime-start", {{"program", m_runtime.program()}, {"bundle", launch.bundle}});
    TRY_ASSIGN(const auto startTime, processStartTime(started.monitorPid));
    launch.process = {started.pid, started.monitorPid, startTime};
    return writeProcessRecord(launch.bundle + kProcessFile, launch.process);
}

} // namespace escale
