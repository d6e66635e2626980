#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/process.h"
#include "engine/container/containers_state.h"
#include "engine/container/host_files.h"
#include "engine/container/oci_config.h"
#include "engine/container/rootfs.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {

struct Containers::State::Launch {
    Container container;
    std::vector<Layer> layers;
    ImageConfig imageConfig;
    std::uint32_t idBase = 0;
    std::string bundle;
    std::string hosts;
    std::string resolvConf;
    std::optional<BridgeNetwork> network;
    BridgeEndpoint endpoint;
    ProcessRecord process;
};

namespace {

// A file of the bundle that is bound into the container, whose root may change it.
Result<void> writeForContainer(const std::string& path, std::string_view text, std::uint32_t idBase) {
    TRY_ASSIGN(const UniqueFd file, openFile(path, O_WRONLY | O_CREAT | O_EXCL, 0644));
    TRY(writeAll(file.get(), text, path));
    if (::fchown(file.get(), idBase, idBase) != 0 || ::fchmod(file.get(), 0644) != 0)
        return failErrno("cannot hand " + path + " to the container");
    return {};
}

} // namespace

Result<void> Containers::State::start(const std::string& id, const Cancellation& cancellation) {
    Launch launch;
    Result<void> outcome;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(launch.container, m_records.byId(id));
        if (launch.container.state == ContainerState::Running)
            return fail(ErrorCode::WrongState,
                        "the container " + launch.container.options.name + " runs already");
        Revert revert;
        outcome = this->launch(launch, revert, cancellation);
        if (!outcome) {
            outcome = fail(revert.undo(std::move(outcome).error()));
            launch.container.address.clear();
            launch.container.error = outcome.error().message;
            if (auto recorded = m_records.update(launch.container); !recorded)
                outcome.error().addCause(recorded.error());
        }
        revert.commit();
    }
    notify(launch.container);
    return outcome;
}

Result<void> Containers::State::launch(Launch& launch, Revert& revert, const Cancellation& cancellation) {
    Container& container = launch.container;
    const std::string id = container.id;
    TRY(cancellation.check());
    TRY_ASSIGN(const Digest digest, Digest::parse(container.imageDigest));
    TRY_ASSIGN(Image image, m_store.imageByDigest(digest));
    launch.layers = std::move(image.layers);
    launch.imageConfig = std::move(image.settings);
    TRY_ASSIGN(launch.idBase, m_store.idRangeOf(container.owner));
    launch.bundle = bundleOf(id);
    TRY(prepareRootfs(launch, revert));
    if (container.options.network == "bridge")
        TRY(prepareNetwork(launch, revert));
    TRY(writeBundle(launch));
    TRY(cancellation.check());
    TRY(createUnderMonitor(launch, revert));
    if (launch.network) {
        revert.add([endpoint = launch.endpoint] { return detachEndpoint(endpoint); });
        TRY(attachEndpoint(*launch.network, launch.endpoint, launch.process.pid));
    }
    TRY_ASSIGN(UniqueFd monitor, openMonitor(launch.process));
    TRY(cancellation.check());
    const std::int64_t startedAt = nowMilliseconds(); // before: a short run must not end before it starts
    TRY(m_runtime.start(id));

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

Result<void> Containers::State::recordStart(const Launch& launch) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
    TRY(m_records.update(launch.container));
    if (launch.network)
        TRY(m_bridge.saveLast(launch.endpoint.address));
    return transaction.commit();
}

Result<void> Containers::State::prepareRootfs(Launch& launch, Revert& revert) {
    const std::string& id = launch.container.id;
    TRY_ASSIGN(std::string layers, m_layers.acquire(launch.idBase, id));
    revert.add([this, base = launch.idBase, id] { return m_layers.release(base, id); });
    const std::string& bundle = launch.bundle;
    if (::mkdir(bundle.c_str(), 0700) != 0)
        return failErrno("cannot make the bundle " + bundle);
    revert.add([bundle] { return removeTree(bundle); });
    const std::string rootfs = bundle + "/rootfs";
    if (::mkdir(rootfs.c_str(), 0700) != 0)
        return failErrno("cannot make " + rootfs);
    TRY(mountRootfs({std::move(layers), launch.layers, m_store.containerFolder(id), rootfs, launch.idBase}));
    revert.add([rootfs] { return unmountRootfs(rootfs); });
    return {};
}

Result<void> Containers::State::prepareNetwork(Launch& launch, Revert& revert) {
    const std::string& id = launch.container.id;
    TRY_ASSIGN(launch.network, m_bridge.ensure());
    TRY_ASSIGN(const Ipv4Address address, m_bridge.reserve(id));
    revert.add([this, id]() -> Result<void> {
        m_bridge.release(id);
        return {};
    });
    launch.endpoint = {hostInterfaceOf(id), address, macFor(address)};
    launch.container.address = address.toString();
    launch.resolvConf = hostResolvConf();
    return {};
}

Result<void> Containers::State::writeBundle(Launch& launch) const {
    const Container& container = launch.container;
    const std::string rootfs = launch.bundle + "/rootfs";
    const ImageConfig& image = launch.imageConfig;
    OciInput input{container.id,  container.options,        image,        {}, {},
                   launch.bundle, cgroupPath(container.id), launch.idBase};
    struct rlimit files {};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0)
        input.mostOpenFiles = std::min<std::uint64_t>(input.mostOpenFiles, files.rlim_max);
    TRY_ASSIGN(input.user, resolveUserIn(rootfs, image.user));
    TRY_ASSIGN(input.workingDirectory, ensureFolderInRootfs(rootfs, image.workingDir, launch.idBase));
    TRY_ASSIGN(const Json config, makeOciConfig(input));

    const std::string hostname = shortId(container.id);
    TRY(writeForContainer(launch.bundle + "/resolv.conf", launch.resolvConf, launch.idBase));
    TRY(writeForContainer(launch.bundle + "/hosts", containerHosts(hostname, container.address),
                          launch.idBase));
    TRY(writeForContainer(launch.bundle + "/hostname", hostname + "\n", launch.idBase));
    TRY_ASSIGN(const UniqueFd file,
               openFile(launch.bundle + "/config.json", O_WRONLY | O_CREAT | O_EXCL, 0600));
    return writeAll(file.get(), config.dump(), "config.json");
}

Result<void> Containers::State::createUnderMonitor(Launch& launch, Revert& revert) {
    const std::string& id = launch.container.id;
    // Registered before the call: one that does not end in time may have got as far as a container.
    revert.add([this, id] { return endProcesses(id); });
    TRY_ASSIGN(const auto started, m_runtime.monitor({launch.bundle, logPath(id), exitFileOf(id), id}));
    TRY_ASSIGN(const auto startTime, processStartTime(started.monitorPid));
    launch.process = {started.pid, started.monitorPid, startTime};
    setProcess(id, launch.process);
    return writeProcessRecord(processFileOf(id), launch.process);
}

} // namespace escale
