// The Docker Engine API as a package installs it, on a machine with systemd: a user's own service manager
// holds its socket and starts it when somebody connects. It changes the machine, so it wants one of its own:
// ./dev test --system.
#include "tests/system/system_machine.h"

#include <QTest>

#include <pwd.h>
#include <sys/stat.h>

using namespace escale;
using namespace escale::test;

class DockerSocketTest : public QObject {
    Q_OBJECT
    std::string m_runtime; // of kPerson: /run/user/1000
    const std::string kService = "escale-docker-api.service";
    const std::string kSocket = "escale-docker-api.socket";

    [[nodiscard]] std::string path() const { return m_runtime + "/escale/docker.sock"; }
    // A program as kPerson, in their session; its output without the last newline, or why not.
    std::string run(std::vector<std::string> words) const {
        words.insert(words.begin(),
                     {"/sbin/runuser", "-u", kPerson, "--", "/usr/bin/env", "XDG_RUNTIME_DIR=" + m_runtime});
        const auto output = runProgram(std::move(words));
        return output ? output->substr(0, output->find_last_not_of('\n') + 1) : output.error().text();
    }
    std::string systemctlOfUser(std::vector<std::string> words) const {
        words.insert(words.begin(), {"/bin/systemctl", "--user"});
        return run(std::move(words));
    }
    std::string property(const std::string& unit, const std::string& name) const {
        return systemctlOfUser({"show", unit, "--property", name, "--value"});
    }
    // The first line of what the API answers.
    std::string get(const std::string& page) const {
        return run({"/usr/bin/python3", "-c",
                    "import socket,sys;s=socket.socket(socket.AF_UNIX);s.connect(sys.argv[1]);"
                    "s.sendall(('GET '+sys.argv[2]+' HTTP/1.0\\r\\n\\r\\n').encode());"
                    "print(s.makefile('rb').readline().decode().strip())",
                    path(), page});
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = whyNoSystemMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        const passwd* const person = ::getpwnam(kPerson.c_str());
        QVERIFY(person != nullptr);
        m_runtime = "/run/user/" + std::to_string(person->pw_uid);
        VERIFY_RESULT(runProgram({"/usr/bin/loginctl", "enable-linger", kPerson}));
        QTRY_VERIFY_WITH_TIMEOUT(exists(m_runtime + "/systemd/private"), 120'000);
    }
    void isNotThereUnasked() {
        QCOMPARE(property(kSocket, "ActiveState"), std::string("inactive"));
        QVERIFY(!exists(path()));
    }
    void isThereWhenItIsAskedFor() {
        // When its user wants it, as Settings do,
        systemctlOfUser({"enable", "--now", kSocket});
        QCOMPARE(property(kSocket, "ActiveState"), std::string("active"));
        // then nobody else reaches it, and nothing runs yet.
        struct stat folder {
        }, socket{};
        QVERIFY(::stat((m_runtime + "/escale").c_str(), &folder) == 0 &&
                ::stat(path().c_str(), &socket) == 0);
        QCOMPARE(folder.st_mode & 07777U, 0700u);
        QCOMPARE(socket.st_mode & 07777U, 0666u);
        QCOMPARE(property(kService, "ActiveState"), std::string("inactive"));
    }
    void startsWhenSomebodyConnects() {
        QCOMPARE(get("/_ping"), std::string("HTTP/1.1 200 OK"));
        QCOMPARE(property(kService, "ActiveState"), std::string("active"));
        // It reaches the engine, with what its unit leaves it.
        QCOMPARE(get("/containers/json"), std::string("HTTP/1.1 200 OK"));
        const auto status = readFile("/proc/" + property(kService, "MainPID") + "/status");
        VERIFY_RESULT(status);
        QVERIFY(status->find("NoNewPrivs:\t1") != std::string::npos);
        QVERIFY(status->find("Seccomp:\t2") != std::string::npos);
        QVERIFY(status->find("CapEff:\t0000000000000000") != std::string::npos);
    }
    void comesAgainWhenItHasGone() {
        systemctlOfUser({"stop", kService});
        QCOMPARE(property(kService, "ActiveState"), std::string("inactive"));
        QCOMPARE(get("/_ping"), std::string("HTTP/1.1 200 OK"));
    }
    void goesWithItsSocket() {
        systemctlOfUser({"disable", "--now", kSocket});
        systemctlOfUser({"stop", kService});
        QVERIFY(!exists(path()));
    }
};
ESCALE_TEST(DockerSocketTest)

#include "docker_socket_test.moc"
