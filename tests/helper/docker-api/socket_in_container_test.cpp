// The API's socket, bind-mounted into a container of the user: it works there, and gives nothing more than
// the user has.
#include "tests/helper/docker-api/client_image.h"
#include "tests/helper/docker-api/client_script.h"

using namespace escale;
using namespace escale::test;

class SocketInContainerTest : public DockerTest {
    Q_OBJECT
    /// docker with these words, in a container that the socket was given to.
    Ran inside(const std::vector<std::string>& words, const std::string& source = {}) {
        std::vector<std::string> all{
            "run",      "--rm",
            "--volume", (source.empty() ? socket() : source) + ":/var/run/docker.sock",
            m_client,   "/bin/docker"};
        all.insert(all.end(), words.begin(), words.end());
        return docker(std::move(all));
    }

private Q_SLOTS:
    void initTestCase() {
        startDocker();
        if (!m_machine)
            return;
        const auto client = pushClientImage(m_machine->registry(), dockerProgram());
        VERIFY_RESULT(client);
        m_client = *client;
        VERIFY_PASSED(docker({"pull", m_client}));
    }

    void answersThere() {
        const Ran ran = inside({"version", "--format", "{{.Server.APIVersion}}"});
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.text(), std::string("1.47"));
    }
    void runsContainersOfTheUser() {
        const Ran ran = inside({"run", "--rm", image(), "/bin/sh", "-c", "echo nested; exit 3"});
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.text(), std::string("nested"));
        QCOMPARE(ran.code, 3);
    }
    void theUsualPathMeansThisSocket() {
        const Ran ran = inside({"ps", "--format", "{{.Image}}"}, "/var/run/docker.sock");
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.text(), m_client);
    }
    void showsNoContainerOfSomebodyElse() {
        const QString theirs = m_machine->run(0, kSleep);
        QVERIFY(!theirs.isEmpty());
        const Ran list = inside({"ps", "--all", "--quiet", "--no-trunc"});
        QCOMPARE(list.code, 0);
        QVERIFY(list.output.find(theirs.toStdString()) == std::string::npos);
        const Ran kill = inside({"kill", theirs.toStdString()});
        QVERIFY(kill.code != 0);
        QVERIFY2(kill.errors.find("No such container") != std::string::npos, kill.errors.c_str());
        m_machine->remove(0, theirs);
    }
    void refusesPrivilegesAndFoldersThatTheUserCannotRead() {
        const Ran privileged = inside({"run", "--rm", "--privileged", image(), "/bin/true"});
        QVERIFY(privileged.code != 0);
        QVERIFY2(privileged.errors.find("administrator") != std::string::npos, privileged.errors.c_str());
        const Ran ofRoot =
            inside({"run", "--rm", "--volume", "/root:/root", image(), "/bin/busybox", "ls", "/root"});
        QVERIFY(ofRoot.code != 0);
    }

private:
    std::string m_client;
};

ESCALE_TEST(SocketInContainerTest)
#include "socket_in_container_test.moc"
