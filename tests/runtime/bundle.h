// A bundle with busybox as its root file system, and escale-runtime run over it, for the integration tests.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <QTemporaryDir>

#include <string>
#include <vector>

namespace escale::test {

struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
};

/// The escale-runtime of this build, or another that the environment names (ESCALE_RUNTIME).
std::string runtimeProgram();

/// Everything lives in a temporary folder that only root may enter. The destructor deletes the container.
class Bundle {
public:
    /// A full configuration (all namespaces, Docker's mounts and capabilities) that runs `arguments`.
    explicit Bundle(const std::vector<std::string>& arguments);
    Bundle(const Bundle&) = delete;
    Bundle& operator=(const Bundle&) = delete;
    ~Bundle();

    /// The configuration's member at "linux/resources", made when missing.
    void set(const std::string& path, const Json& value);
    void append(const std::string& path, const Json& value);
    void removeNamespace(const std::string& type);
    /// Without the user namespace the root must belong to the host's root.
    void useHostIds();

    /// escale-runtime --root … COMMAND; --bundle is added where it is needed, and the id.
    Outcome runtime(const std::vector<std::string>& command, const std::vector<std::string>& more = {});
    Outcome run() { return runtime({"run"}); }
    /// `monitor` with this bundle's log and exit file.
    Outcome monitor();
    [[nodiscard]] Json state();
    /// Waits for the exit record; null when there is none in ten seconds.
    [[nodiscard]] Json waitForExit() const;
    /// The log's text of a stream, joined.
    [[nodiscard]] std::string log(const std::string& stream) const;

    [[nodiscard]] std::string path() const { return m_folder.path().toStdString(); }
    [[nodiscard]] std::string root() const { return path() + "/rootfs"; }
    [[nodiscard]] const std::string& id() const { return m_id; }
    [[nodiscard]] const Json& config() const { return m_config; }
    [[nodiscard]] std::string cgroup() const { return m_cgroupParent + "/" + m_id; }
    /// What is there of this container: state folder, cgroups, mounts. Empty when nothing.
    [[nodiscard]] std::string leftovers() const;

private:
    void makeRoot() const;
    void makeConfig(const std::vector<std::string>& arguments);
    void save() const;
    QTemporaryDir m_folder;
    std::string m_id;
    std::string m_cgroupParent;
    bool m_monitored = false;
    Json m_config;
};

/// Created under a monitor, and running.
void start(Bundle& bundle);
/// `exec OPTIONS ID COMMAND` in it.
Outcome exec(Bundle& bundle, const std::vector<std::string>& options,
             const std::vector<std::string>& command);

} // namespace escale::test
