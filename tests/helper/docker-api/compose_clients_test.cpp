// A stack, as Debian's docker-compose 1.29 and the plugin of the docker command line ("docker compose", 2.26)
// bring it up, look at it and take it down.
#include "tests/helper/docker-api/client_script.h"

#include "engine/base/file.h"
#include "engine/base/json.h"

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class ComposeClientsTest : public DockerTest {
    Q_OBJECT
    using Words = std::vector<std::string>;
    const std::string m_newer = ESCALE_BIN "/../builders";

    /// A file in the stack's folder, which belongs to the user.
    void write(const std::string& name, std::string text) {
        if (const auto at = text.find("IMAGE"); at != std::string::npos)
            return write(name, text.replace(at, 5, image()));
        const std::string path = folder() + "/home/" + name;
        VERIFY_RESULT(writeFileAtomically(path, text));
        QVERIFY(::chown(path.c_str(), kUser, kUser) == 0);
    }
    Ran compose(const Words& words) {
        QFETCH_GLOBAL(bool, isPlugin);
        Words all =
            isPlugin ? Words{m_newer + "/usr/bin/docker", "compose"} : Words{"/usr/bin/docker-compose"};
        all.insert(all.end(), {"--project-name", "course", "--file", "compose.yaml"});
        all.insert(all.end(), words.begin(), words.end());
        return run(std::move(all));
    }
    /// The stack while a test lasts.
    struct Up {
        explicit Up(ComposeClientsTest& test, const std::string& stack = "course")
            : of(test) {
            of.write("compose.yaml", readFile(scriptFolder() + "/stacks/" + stack + ".yaml").value_or(""));
            VERIFY_PASSED(of.compose({"up", "--detach"}));
        }
        ~Up() { VERIFY_PASSED(of.compose({"down", "--volumes", "--timeout", "0"})); }
        ComposeClientsTest& of;
    };
    /// Names of the service's containers.
    int containersOf(const std::string& service, const std::string& status = "running") {
        const Ran ran =
            docker({"ps", "--all", "--quiet", "--filter", "label=com.docker.compose.service=" + service,
                    "--filter", "status=" + status});
        return static_cast<int>(std::count(ran.output.begin(), ran.output.end(), '\n'));
    }

private Q_SLOTS:
    void initTestCase_data() {
        QTest::addColumn<bool>("isPlugin");
        QTest::newRow("docker-compose 1.29") << false;
        QTest::newRow("docker compose 2.26") << true;
    }
    void initTestCase() {
        SKIP_UNLESS(exists("/usr/bin/docker-compose"), "needs the package docker-compose");
        SKIP_UNLESS(exists(m_newer + "/complete"),
                    "needs docker and docker-compose of Debian 13, which could not be had");
        startDocker();
        if (!m_machine)
            return;
        const std::string settings = folder() + "/home/.docker";
        QVERIFY(::mkdir(settings.c_str(), 0755) == 0);
        const Json plugins = Json::strings({m_newer + "/usr/libexec/docker/cli-plugins"});
        VERIFY_RESULT(writeFileAtomically(settings + "/config.json",
                                          Json(Json::Object{{"cliPluginsExtraDirs", plugins}}).dump()));
        QVERIFY(::chmod((settings + "/config.json").c_str(), 0644) == 0);
    }

    void upStartsTheServicesAndDownRemovesAll() {
        {
            const Up up(*this);
            QCOMPARE(containersOf("web"), 1);
            QCOMPARE(containersOf("client"), 1);
            QCOMPARE(docker({"volume", "ls", "--quiet", "--filter", "name=course_kept"}).text(),
                     std::string("course_kept"));
        }
        QCOMPARE(docker({"ps", "--all", "--quiet"}).text(), std::string());
        QCOMPARE(docker({"volume", "ls", "--quiet"}).text(), std::string());
        QCOMPARE(docker({"network", "ls", "--quiet", "--filter", "name=course"}).text(), std::string());
    }
    void servicesFindEachOtherByName() {
        const Up up(*this);
        const Ran ran = compose({"exec", "-T", "client", "/bin/busybox", "nc", "web", "80"});
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.text(), std::string("served"));
    }
    void upAgainChangesNothing() {
        const Up up(*this);
        const std::string before = docker({"ps", "--quiet", "--no-trunc"}).output;
        VERIFY_PASSED(compose({"up", "--detach"}));
        QCOMPARE(docker({"ps", "--quiet", "--no-trunc"}).output, before);
    }
    void listsTheContainersAndPorts() {
        const Up up(*this);
        const Ran ran = compose({"ps"});
        QVERIFY2(ran.output.find("course") != std::string::npos &&
                     ran.output.find("80/tcp") != std::string::npos,
                 (ran.output + ran.errors).c_str());
        const Ran port = compose({"port", "web", "80"});
        QVERIFY2(port.output.starts_with("0.0.0.0:") && !port.output.starts_with("0.0.0.0:0"),
                 (port.output + port.errors).c_str());
    }
    void showsTheLogs() {
        const Up up(*this);
        Ran ran;
        QTRY_VERIFY((ran = compose({"logs", "--no-color", "client"})).output.find("here I am") !=
                    std::string::npos);
        QCOMPARE(ran.code, 0);
    }
    void execTellsTheStatus() {
        const Up up(*this);
        QCOMPARE(compose({"exec", "-T", "client", "/bin/sh", "-c", "exit 7"}).code, 7);
    }
    void runsAOneOffContainer() {
        const Up up(*this);
        const Ran ran = compose({"run", "--rm", "-T", "client", "/bin/sh", "-c", "echo once; exit 3"});
        QCOMPARE(ran.text(), std::string("once"));
        QCOMPARE(ran.code, 3);
        QCOMPARE(containersOf("client"), 1);
        QCOMPARE(containersOf("client", "exited"), 0);
    }
    void scalesAService() {
        const Up up(*this);
        VERIFY_PASSED(compose({"up", "--detach", "--scale", "client=3"}));
        QCOMPARE(containersOf("client"), 3);
        VERIFY_PASSED(compose({"up", "--detach", "--scale", "client=1", "--timeout", "0"}));
        QCOMPARE(containersOf("client"), 1);
    }
    void stopsStartsAndRestarts() {
        const Up up(*this);
        VERIFY_PASSED(compose({"stop", "--timeout", "0", "client"}));
        QCOMPARE(containersOf("client", "exited"), 1);
        VERIFY_PASSED(compose({"start", "client"}));
        VERIFY_PASSED(compose({"restart", "--timeout", "0", "client"}));
        QCOMPARE(containersOf("client"), 1);
    }
    void waitsForAHealthyService() {
        const Up up(*this, "healthy");
        QCOMPARE(containersOf("client"), 1);
        const Ran health =
            docker({"inspect", "--format", "{{.State.Health.Status}}", "course-web-1", "course_web_1"});
        QCOMPARE(health.text(), std::string("healthy"));
    }
    void buildsAService() {
        write("Dockerfile", "FROM IMAGE\nRUN echo made >/made\nCMD [\"/bin/cat\", \"/made\"]\n");
        write("compose.yaml", "services: {made: {build: ., image: 'course/made:1'}}\n");
        VERIFY_PASSED(compose({"build"}));
        const Ran ran = compose({"run", "--rm", "-T", "made"});
        QCOMPARE(ran.text(), std::string("made"));
        VERIFY_PASSED(compose({"down", "--rmi", "all"}));
        QCOMPARE(docker({"images", "--quiet", "course/made"}).text(), std::string());
    }
    void saysWhyAServiceCannotRun() {
        write("compose.yaml",
              "services: {secret: {image: 'IMAGE', privileged: true, command: [/bin/true]}}\n");
        const Ran ran = compose({"up", "--detach"});
        QVERIFY(ran.code != 0);
        QVERIFY2((ran.output + ran.errors).find("administrator") != std::string::npos,
                 (ran.output + ran.errors).c_str());
        VERIFY_PASSED(compose({"down"}));
    }
};

ESCALE_TEST(ComposeClientsTest)
#include "compose_clients_test.moc"
