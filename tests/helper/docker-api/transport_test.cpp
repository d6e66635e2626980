// What a client sees of the transport and of the first endpoints: with curl, and with the docker command
// line.
#include "gui/app/docker_context.h"
#include "tests/helper/docker-api/docker_machine.h"

using namespace escale;
using namespace escale::test;

class DockerTransportTest : public DockerTest {
    Q_OBJECT
private Q_SLOTS:
    void tellsItsVersion() {
        const Ran ran = docker({"version", "--format", "{{.Server.APIVersion}} {{.Server.MinAPIVersion}}"});
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.text(), std::string("1.47 1.24"));
    }
    void refusesAPageThatIsNotThere() {
        const Ran ran = curl("GET", "/v1.41/no/such/page");
        QVERIFY(ran.output.starts_with("HTTP/1.1 404 Not Found"));
        QVERIFY(ran.output.find(R"({"message":"page not found"})") != std::string::npos);
    }
    void refusesAVersionThatIsTooOld() {
        const Ran ran = curl("GET", "/v1.12/version");
        QVERIFY(ran.output.starts_with("HTTP/1.1 400"));
        QVERIFY(ran.output.find("client version 1.12 is too old") != std::string::npos);
    }
    void isReachedByTheContextThatSettingsMake() {
        // Given the entry that Settings make in the user's own files,
        const std::string files = folder() + "/home/.docker";
        VERIFY_RESULT(gui::DockerContext(files).add(socket()));
        VERIFY_RESULT(runProgram({"/bin/chown", "-R", std::to_string(kUser), files}));
        // when the command line is told to use it, then it finds the service,
        const Ran ran =
            run({dockerProgram(), "--context", "escale", "version", "--format", "{{.Server.Platform.Name}}"});
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.text(), std::string("Escale"));
    }
};

ESCALE_TEST(DockerTransportTest)
#include "transport_test.moc"
