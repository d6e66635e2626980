// Secrets: where they are, and above all where they are not.
#include "engine/base/file.h"
#include "engine/container/container_options.h"
#include "tests/container/container_machine.h"

#include <filesystem>
#include <sys/mount.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {
const std::string kWord = "xyzzy-4711-plugh"; // nowhere else
} // namespace

class ContainerSecretsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }

    Result<std::string> make(const std::string& script, std::vector<Secret> secrets) {
        MountSources sources;
        sources.secrets = std::move(secrets);
        return m_machine->create(
            kAlice, {"sh", "-c", script},
            [](ContainerOptions& o) {
                o.stopTimeoutSeconds = 0;
                o.network = "none"; // a bridge stays for the next container
            },
            sources);
    }
    std::string outputOf(const std::string& id) {
        if (const auto started = containers().start(kAlice, id, {}); !started)
            return started.error().text();
        if (!m_machine->awaitExit(kAlice, id))
            return "no end";
        return m_machine->output(kAlice, id) + m_machine->output(kAlice, id, "stderr");
    }
    // Files below that hold the word, without what is in memory.
    static Texts holders(const std::string& folder, const std::string& except) {
        Texts found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(
                 folder, std::filesystem::directory_options::skip_permission_denied)) {
            const std::string path = entry.path().string();
            if (path.starts_with(except) || path.find("/rootfs/") != std::string::npos ||
                !entry.is_regular_file())
                continue;
            const auto text = readFile(path, 256U << 20);
            if (text && text->find(kWord) != std::string::npos)
                found.push_back(path);
        }
        return found;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
    }
    void init() {
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
        m_machine.reset();
    }

    void oneThatIsAScriptIsExecuted() {
        const auto id = make("/etc/greet; /etc/mute || echo refused",
                             {{"/etc/greet", 0, 0, 0555, "#!/bin/sh\necho hello\n"},
                              {"/etc/mute", 0, 0, 0444, "#!/bin/sh\necho hello\n"}});
        VERIFY_RESULT(id);
        const auto output = outputOf(*id);
        QVERIFY2(output.starts_with("hello\nrefused\n"), output.c_str());
    }
    void theContainerReadsThem() {
        const auto id = make(
            "cat /run/secrets/key; stat -c '%u %g %a' /run/secrets/key /etc/conf; echo x > /run/secrets/key",
            {{"/run/secrets/key", 1000, 50, 0440, kWord}, {"/etc/conf", 0, 0, 0400, "conf"}});
        VERIFY_RESULT(id);
        const auto output = outputOf(*id);
        QVERIFY2(output.starts_with(kWord + "1000 50 440\n0 0 400\n"), output.c_str());
        QVERIFY2(output.find("Read-only file system") != std::string::npos, output.c_str());
    }
    void nothingOfThemIsOnTheDiskOrInARecord() {
        const auto id =
            make("cat /run/*/key > /dev/null; sleep 1000", {{"/run/secrets/key", 0, 0, 0444, kWord}});
        VERIFY_RESULT(id);
        VERIFY_RESULT(containers().start(kAlice, *id, {}));
        const auto container = containers().find(kAlice, *id);
        VERIFY_RESULT(container);
        const std::string record = optionsToJson(container->options).dump();
        QVERIFY(record.find(kWord) == std::string::npos && record.find("/run/secrets") == std::string::npos);
        QCOMPARE(holders(m_machine->stateFolder(), "/nowhere"), Texts());
        QCOMPARE(holders(m_machine->runFolder(), m_machine->runFolder() + "/secrets/"), Texts());
        QVERIFY(readFile("/proc/self/mountinfo")->find(m_machine->runFolder() + "/secrets ") !=
                std::string::npos);
    }
    void theyGoWithTheContainer() {
        const auto before = m_machine->picture();
        const auto id = make("true", {{"/run/secrets/key", 0, 0, 0444, kWord}});
        VERIFY_RESULT(id);
        QCOMPARE(outputOf(*id), std::string());
        QCOMPARE(outputOf(*id), std::string()); // they last until it is removed
        VERIFY_RESULT(containers().remove(kAlice, *id, false));
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }
    void aContainerThatIsNotMadeLeavesNone() {
        const auto before = m_machine->picture();
        MountSources sources;
        sources.secrets = {{"/run/secrets/key", 0, 0, 0444, kWord}};
        const auto id = m_machine->create(
            kAlice, {"true"}, [](ContainerOptions& o) { o.network = "no-such"; }, sources);
        QVERIFY(!id);
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }
    void anotherHelperFindsThemAgain() {
        const auto id = make("cat /run/secrets/key", {{"/run/secrets/key", 0, 0, 0444, kWord}});
        VERIFY_RESULT(id);
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(outputOf(*id), kWord);
    }
    void afterTheMachinesRestartTheStartSaysThatTheyAreGone() {
        const auto id = make("cat /run/secrets/key", {{"/run/secrets/key", 0, 0, 0444, kWord}});
        VERIFY_RESULT(id);
        m_machine->close();
        QCOMPARE(::umount2((m_machine->runFolder() + "/secrets").c_str(), MNT_DETACH), 0); // as memory goes
        VERIFY_RESULT(m_machine->open());
        const auto started = containers().start(kAlice, *id, {});
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::WrongState);
        QVERIFY(started.error().message.find("in memory only") != std::string::npos);
        QVERIFY(started.error().hint.find("again") != std::string::npos);
        VERIFY_RESULT(containers().remove(kAlice, *id, false));
    }
    void tooMuchIsRefused_data() {
        QTest::addColumn<QString>("target");
        QTest::addColumn<uint>("user");
        QTest::addColumn<uint>("mode");
        QTest::addColumn<int>("size");
        QTest::newRow("no path") << "secret" << 0U << 0444U << 1;
        QTest::newRow("upwards") << "/run/../etc/x" << 0U << 0444U << 1;
        QTest::newRow("no such user") << "/x" << 70000U << 0444U << 1;
        QTest::newRow("set-id") << "/x" << 0U << 04755U << 1;
        QTest::newRow("large") << "/x" << 0U << 0444U << (1 << 20) + 1;
    }
    void tooMuchIsRefused() {
        QFETCH(QString, target);
        QFETCH(uint, user);
        QFETCH(uint, mode);
        QFETCH(int, size);
        const auto id =
            make("true", {{target.toStdString(), user, 0, mode, std::string(std::size_t(size), 'x')}});
        QCOMPARE(id.error().code, ErrorCode::InvalidArgument);
    }
};

ESCALE_TEST(ContainerSecretsTest)
#include "container_secrets_test.moc"
