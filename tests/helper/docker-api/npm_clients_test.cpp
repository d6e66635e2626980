// npm's dockerode and testcontainers, as node/install.sh has installed them: the scripts in node/.
#include "tests/helper/docker-api/client_image.h"
#include "tests/helper/docker-api/client_script.h"

#include "engine/base/file.h"

#include <csignal>

using namespace escale;
using namespace escale::test;

class NpmClientsTest : public DockerTest {
    Q_OBJECT
    static constexpr auto kPattern = "^test\\('([^']+)'";
    const std::string m_modules = ESCALE_BIN "/../node";

    /// A name that no case has would pass, too.
    static void verifyPassed(const Ran& ran) {
        if (ran.code != 0 || ran.output.find(" pass 1\n") == std::string::npos)
            QFAIL((ran.output + ran.errors).c_str());
    }

    static std::vector<std::string> words(const std::string& script, const QString& name) {
        return {"/usr/bin/env", "node", "--test-name-pattern=^" + name.toStdString() + "$",
                scriptFolder() + "/node/" + script};
    }
    [[nodiscard]] std::vector<std::string> variables(const std::string& reaper = {}) const {
        return {"NODE_PATH=" + m_modules + "/node_modules", "IMAGE=" + image(),
                "REGISTRY=" + m_machine->registry().host(), "RYUK_CONTAINER_IMAGE=" + reaper,
                "TESTCONTAINERS_RYUK_TEST_LABEL=true"};
    }
    std::string leftBehind() {
        return docker({"ps", "--all", "--quiet", "--filter", "label=left=behind"}).text();
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(exists(m_modules + "/complete"),
                    "needs npm's dockerode and testcontainers, which could not be had");
        startDocker();
        if (!m_machine)
            return;
        const auto reaper = pushClientImage(m_machine->registry(), dockerProgram());
        VERIFY_RESULT(reaper);
        m_reaper = *reaper;
    }

    void dockerode_data() { addCasesOf("node/dockerode.test.js", kPattern); }
    void dockerode() {
        QFETCH(QString, name);
        verifyPassed(run(words("dockerode.test.js", name), {}, variables()));
    }
    void testcontainers_data() { addCasesOf("node/testcontainers.test.js", kPattern); }
    void testcontainers() {
        QFETCH(QString, name);
        verifyPassed(run(words("testcontainers.test.js", name), {}, variables(m_reaper)));
    }
    // Not one of the cases: it is ended as a program that crashes is.
    void whatAProgramLeavesBehindIsCleanedUp() {
        auto program = begin(words("leave_behind.js", {}), {}, variables(m_reaper));
        VERIFY_RESULT(program);
        QTRY_VERIFY_WITH_TIMEOUT(!leftBehind().empty(), 60'000);
        VERIFY_RESULT(program->signal(SIGKILL));
        QTRY_VERIFY_WITH_TIMEOUT(leftBehind().empty(), 60'000);
    }

private:
    std::string m_reaper;
};

ESCALE_TEST(NpmClientsTest)
#include "npm_clients_test.moc"
