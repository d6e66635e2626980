// `update` of a container whose scope the real systemd manages: what systemd knows and what the files say
// stay the same, also when systemd loads its units anew.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <memory>
#include <sys/prctl.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

class SystemdUpdateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(exists("/run/systemd/system") && readFile("/proc/1/comm").value_or("") == "systemd\n",
                    "systemd is not the init system of this machine (./dev test --system)");
        SKIP_UNLESS(exists("/sys/fs/cgroup/cgroup.controllers"), "needs cgroup v2");
        ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }
    void cleanup() { qunsetenv("DBUS_SYSTEM_BUS_ADDRESS"); }

    void aValueKeepsItsCompanion_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("value");
        QTest::newRow("quota") << QStringList{"--cpu-quota", "25000"} << "cpu.max"
                               << "25000 50000\n";
        QTest::newRow("period") << QStringList{"--cpu-period", "100000"} << "cpu.max"
                                << "20000 100000\n";
        QTest::newRow("swap") << QStringList{"--memory-swap", "100663296"} << "memory.swap.max"
                              << "33554432\n";
        QTest::newRow("idle") << QStringList{"--cpu-idle", "1"} << "cpu.idle"
                              << "1\n";
    }
    // Before: 20000 of 50000 microseconds, 64 MiB of memory.
    void aValueKeepsItsCompanion() {
        QFETCH(QStringList, options);
        QFETCH(QString, file);
        QFETCH(QString, value);
        Bundle bundle({"sleep", "1000"});
        useSystemd(bundle);
        bundle.set("linux/resources/memory", Json::parse(R"({"limit": 67108864})").value());
        bundle.set("linux/resources/cpu", Json::parse(R"({"quota": 20000, "period": 50000})").value());
        QCOMPARE(bundle.runtime({"run", "--systemd-cgroup", "--detach"}).err, std::string());
        std::vector<std::string> words{"update"};
        for (const auto& word : options)
            words.push_back(word.toStdString());
        QCOMPARE(bundle.runtime(words).err, std::string());
        QCOMPARE(readCgroup(bundle, file), value);
        systemctl({"daemon-reload"});
        QCOMPARE(readCgroup(bundle, file), value);
        // What makes systemd write all it knows.
        systemctl({"set-property", "--runtime", unitOf(bundle), "MemoryHigh=60M", "CPUWeight="});
        if (file != "cpu.idle")
            QTRY_COMPARE(readCgroup(bundle, "memory.high"), QString("62914560\n"));
        if (file != "cpu.idle")
            QCOMPARE(readCgroup(bundle, file), value);
    }

    // MemoryZSwapMax came with systemd 253, memory.zswap.max with Linux 5.19.
    void aLimitThatSystemdDoesNotKnowIsStillWritten() {
        Bundle bundle({"sleep", "1000"});
        useSystemd(bundle);
        bundle.set("linux/resources/unified",
                   Json::parse(R"({"memory.high": "50331648", "memory.zswap.max": "16777216"})").value());
        const auto outcome = bundle.runtime({"run", "--systemd-cgroup", "--detach"});
        if (outcome.err.find("does not offer") != std::string::npos)
            QSKIP("this kernel has no zswap limit");
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(readCgroup(bundle, "memory.zswap.max"), QString("16777216\n"));
        QCOMPARE(readCgroup(bundle, "memory.high"), QString("50331648\n"));
    }

    void theMessageBusServesAsWell() {
        SKIP_UNLESS(exists("/run/dbus/system_bus_socket"), "needs the system's message bus");
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/run/dbus/system_bus_socket");
        Bundle bundle({"sleep", "1000"});
        useSystemd(bundle);
        QCOMPARE(bundle.runtime({"run", "--systemd-cgroup", "--detach"}).err, std::string());
        QCOMPARE(bundle.runtime({"update", "--memory", "33554432"}).err, std::string());
        QCOMPARE(readCgroup(bundle, "memory.max"), QString("33554432\n"));
        QCOMPARE(bundle.runtime({"delete", "--force"}).err, std::string());
        QVERIFY(systemctl({"show", "--value", "--property", "LoadState", unitOf(bundle)})
                    .starts_with("not-found"));
    }

private:
    static std::string systemctl(std::vector<std::string> words) {
        words.insert(words.begin(), "/bin/systemctl");
        const auto answer = runProgram(words);
        return answer ? *answer : answer.error().text();
    }
    static std::string unitOf(const Bundle& bundle) { return "escaletest-" + bundle.id() + ".scope"; }
    static void useSystemd(Bundle& bundle) {
        bundle.set("linux/cgroupsPath", "system.slice:escaletest:" + bundle.id());
    }
    static QString readCgroup(const Bundle& bundle, const QString& file) {
        const auto text =
            readFile("/sys/fs/cgroup/system.slice/" + unitOf(bundle) + "/" + file.toStdString());
        return QString::fromStdString(text ? *text : text.error().text());
    }
};

ESCALE_TEST(SystemdUpdateTest)
#include "systemd_update_test.moc"
