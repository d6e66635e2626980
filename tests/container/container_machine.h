// An engine on a throw-away folder with the real runtime, and short ways to run a command in it.
#pragma once

#include "engine/container/containers.h"
#include "tests/container/container_fixture.h"

#include <functional>

namespace escale::test {

inline const std::string kImageUsr1 = "docker.io/library/busybox:usr1"; // STOPSIGNAL SIGUSR1
inline const std::string kImageUser = "docker.io/library/busybox:user"; // USER app, WORKDIR /srv/app

class ContainerMachine {
public:
    ContainerMachine();
    ~ContainerMachine();

    Result<void> openStore();
    /// Store, images and containers.
    Result<void> open();
    void close();
    std::unique_ptr<Store> store;
    std::unique_ptr<Containers> containers;

    using Change = std::function<void(ContainerOptions&)>;
    Result<std::string> create(uid_t owner, std::vector<std::string> command, const Change& change = {},
                               const MountSources& sources = {});
    /// Created and started.
    Result<std::string> run(uid_t owner, std::vector<std::string> command, const Change& change = {});
    struct Ran {
        Container container;
        std::string output;
        std::string errors;
    };
    Result<Ran> runToEnd(uid_t owner, std::vector<std::string> command, const Change& change = {});

    /// By force: what a test has left.
    Result<void> removeContainers(uid_t owner);

    /// What the log holds of a stream ("stdout" or "stderr").
    std::string output(uid_t owner, const std::string& id, const std::string& stream = "stdout");
    bool awaitOutput(uid_t owner, const std::string& id, const std::string& part);
    bool awaitExit(uid_t owner, const std::string& id);
    /// "quota period" of the container's cgroup.
    std::string cpuQuota(const std::string& id) const;

    MachinePicture picture() { return pictureOf(store->folder(), runFolder(), cgroupParent(), store.get()); }
    /// The kernel takes namespaces away a moment after their last process: waits for equality, returns what
    /// stays different.
    std::string differenceSoon(const MachinePicture& before);

    [[nodiscard]] std::string stateFolder() const { return m_folder.filePath("state").toStdString(); }
    [[nodiscard]] std::string runFolder() const { return m_folder.filePath("run").toStdString(); }
    [[nodiscard]] const std::string& cgroupParent() const { return m_cgroupParent; }

private:
    QTemporaryDir m_folder;
    std::string m_cgroupParent;
};

} // namespace escale::test
