// A helper, and the Docker Engine API before it, as an ordinary user ("nobody") has them; and the real docker
// command line (of Debian's docker.io, unpacked by tests/bench/unpack_docker.sh: its daemon is never
// started).
#pragma once

#include "engine/base/subprocess.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <optional>
#include <string>
#include <vector>

namespace escale::test {

/// What a program has left.
struct Ran {
    int code = -1;
    std::string output, errors;
    /// For QCOMPARE: the output without its last newline.
    [[nodiscard]] std::string text() const;
};

/// A test class with such a machine; skipped, with the reason, where there can be none.
class DockerTest : public HelperTest {
    Q_OBJECT
protected:
    /// What initTestCase() of a class of its own begins with; apiPid() is there when it could be.
    void startDocker();
    /// The API's socket, and a folder that the user may write to.
    [[nodiscard]] std::string socket() const { return folder() + "/escale/docker.sock"; }
    [[nodiscard]] std::string folder() const { return m_folder.path().toStdString(); }
    [[nodiscard]] std::string image() const { return m_machine->image().toStdString(); }
    [[nodiscard]] pid_t apiPid() const { return m_api ? m_api->pid() : -1; }

    /// docker with these words, as the user; ended after two minutes.
    Ran docker(std::vector<std::string> words, const std::string& input = {});
    /// Any program, as the user, with DOCKER_HOST and a HOME of its own. [0] is its absolute path.
    Ran run(std::vector<std::string> words, const std::string& input = {},
            const std::vector<std::string>& environment = {});
    /// The same while it runs: for what is typed into, or ended. Standard streams: as given, /dev/null
    /// otherwise.
    Result<Subprocess> begin(std::vector<std::string> words, std::vector<std::pair<int, int>> fds,
                             const std::vector<std::string>& environment = {});
    /// One HTTP request as it stands in `head` (method and target) with a body; the whole answer.
    Ran curl(const std::string& method, const std::string& target, const std::string& body = {},
             const std::vector<std::string>& options = {});
    [[nodiscard]] std::vector<std::string> environment() const;
    /// The docker command line.
    static std::string dockerProgram();

private Q_SLOTS:
    void initTestCase() { startDocker(); }
    void cleanupTestCase();

private:
    Result<void> startApi();
    QTemporaryDir m_folder{QStringLiteral("/tmp/escale-docker.XXXXXX")};
    std::optional<Subprocess> m_api;
};

} // namespace escale::test
