#include "tests/container/container_machine.h"

#include "engine/base/file.h"
#include "engine/cgroup/layout.h"
#include "engine/log/log_file.h"
#include "engine/log/log_record.h"
#include "helper/worker/files_worker.h"
#include "helper/worker/mount_worker.h"

#include <unistd.h>

namespace escale::test {

ContainerMachine::ContainerMachine()
    : m_cgroupParent("/escale-test-" + std::to_string(::getpid())) {}

ContainerMachine::~ContainerMachine() {
    close();
}

Result<void> ContainerMachine::openStore() {
    TRY_ASSIGN(store, Store::open(m_folder.filePath("state").toStdString()));
    return {};
}

Result<void> ContainerMachine::open() {
    TRY(openStore());
    TRY(commitBusybox(*store, kAlice));
    TRY(commitBusybox(*store, kAlice, [](NewImage& image) {
        image.tag = "usr1";
        image.manifest = image.config = "usr1";
        image.settings.stopSignal = "SIGUSR1";
    }));
    TRY(commitBusybox(*store, kAlice, [](NewImage& image) {
        image.tag = "user";
        image.manifest = image.config = "user";
        image.settings.user = "app";
        image.settings.workingDir = "/srv/app";
    }));
    TRY(commitBare(*store, kAlice));
    ContainersSettings settings;
    settings.runtimeProgram = std::string(ESCALE_BIN) + "/escale-runtime";
    settings.dnsProgram = std::string(ESCALE_BIN) + "/escale-dns";
    settings.volumes.copier = copyTree(std::string(ESCALE_BIN) + "/escale-worker");
    settings.volumes.mounter = mountBy(std::string(ESCALE_BIN) + "/escale-worker");
    settings.runFolder = runFolder();
    settings.cgroupParent = m_cgroupParent;
    settings.bridge = "esctest0";
    settings.table = "escale_test";
    settings.keepLayers = std::chrono::seconds(0); // nothing is left between tests
    TRY_ASSIGN(containers, Containers::open(*store, settings));
    return {};
}

void ContainerMachine::close() {
    containers.reset();
    store.reset();
}

Result<std::string> ContainerMachine::create(uid_t owner, std::vector<std::string> command,
                                             const Change& change, const MountSources& sources) {
    ContainerOptions options;
    options.image = kImage;
    options.command = std::move(command);
    if (change)
        change(options);
    return containers->create(owner, options, sources);
}

Result<std::string> ContainerMachine::run(uid_t owner, std::vector<std::string> command,
                                          const Change& change) {
    TRY_ASSIGN(auto id, create(owner, std::move(command), change));
    TRY(containers->start(owner, id, {}));
    return id;
}

Result<ContainerMachine::Ran> ContainerMachine::runToEnd(uid_t owner, std::vector<std::string> command,
                                                         const Change& change) {
    TRY_ASSIGN(const auto id, run(owner, std::move(command), change));
    if (!awaitExit(owner, id))
        return fail(ErrorCode::Timeout, "the container did not end");
    TRY_ASSIGN(auto container, containers->find(owner, id));
    return Ran{std::move(container), output(owner, id), output(owner, id, "stderr")};
}

Result<void> ContainerMachine::removeContainers(uid_t owner) {
    TRY_ASSIGN(const auto list, containers->list(owner));
    for (const auto& container : list)
        TRY(containers->remove(owner, container.id, true));
    return {};
}

std::string ContainerMachine::output(uid_t owner, const std::string& id, const std::string& stream) {
    auto files = containers->openLog(owner, id);
    std::string text;
    if (!files)
        return text;
    for (UniqueFd& file : *files) {
        auto log = LogFile::open(std::move(file));
        if (!log)
            return log.error().message;
        (void)log->forEachRecord(0, [&](std::string_view line, std::uint64_t) {
            const auto record = parseLogRecord(line);
            if (record && record->isError == (stream == "stderr"))
                text += record->text;
            return true;
        });
    }
    return text;
}

bool ContainerMachine::awaitOutput(uid_t owner, const std::string& id, const std::string& part) {
    return eventually([&] { return output(owner, id).find(part) != std::string::npos; });
}

bool ContainerMachine::awaitExit(uid_t owner, const std::string& id) {
    return eventually([&] {
        const auto container = containers->find(owner, id);
        return container && container->state == ContainerState::Exited;
    });
}

std::string ContainerMachine::cpuQuota(const std::string& id) const {
    const auto layout = CgroupLayout::detect();
    const auto* hierarchy = layout ? layout->find("cpu") : nullptr;
    if (hierarchy == nullptr)
        return "no cpu controller";
    const std::string folder = hierarchy->mountPoint + m_cgroupParent + "/" + id;
    const auto words = [](const Result<std::string>& text) {
        return text ? text->substr(0, text->find('\n')) : text.error().message;
    };
    if (hierarchy->version == 2)
        return words(readFile(folder + "/cpu.max"));
    return words(readFile(folder + "/cpu.cfs_quota_us")) + " " +
           words(readFile(folder + "/cpu.cfs_period_us"));
}

std::string ContainerMachine::differenceSoon(const MachinePicture& before) {
    std::string last;
    (void)eventually([&] {
        last = differenceOf(before, picture());
        return last.empty();
    });
    return last;
}

} // namespace escale::test
