// Namespaces that exist already: a path that is none, or one of another kind.
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <filesystem>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

namespace {

std::string fileOf(const std::string& type) {
    return type == "network" ? "net" : type == "mount" ? "mnt" : type;
}

// `folder` is a process's ns/.
void joinNamespace(Bundle& bundle, const std::string& type, const std::string& folder) {
    bundle.removeNamespace(type);
    Json joined;
    joined.set("type", type).set("path", folder + fileOf(type));
    bundle.append("linux/namespaces", joined);
}

void joinNetwork(Bundle& bundle, const std::string& path) {
    bundle.removeNamespace("network");
    Json joined;
    joined.set("type", "network").set("path", path);
    bundle.append("linux/namespaces", joined);
}

} // namespace

class JoinTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    void refusesAPathOfAnotherKind_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("says");
        QTest::newRow("another kind") << "/proc/self/ns/uts"
                                      << "is no network namespace";
        QTest::newRow("no namespace") << "/etc/passwd"
                                      << "is no namespace";
    }
    void refusesAPathOfAnotherKind() {
        QFETCH(const QString, path);
        QFETCH(const QString, says);
        Bundle bundle({"true"});
        bundle.useHostIds();
        joinNetwork(bundle, path.toStdString());
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(QString::fromStdString(outcome.err).contains(says), outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aSysctlIsWrittenInTheNamespaceThatIsJoined() {
        Bundle owner({"sleep", "1000"});
        owner.useHostIds();
        QCOMPARE(owner.runtime({"run", "--detach"}).err, std::string());
        Bundle guest({"cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start"});
        guest.useHostIds();
        joinNetwork(guest, "/proc/" + std::to_string(owner.state().at("pid").toInteger()) + "/ns/net");
        guest.set("linux/sysctl", Json::parse(R"({"net.ipv4.ip_unprivileged_port_start": "77"})").value());
        const auto outcome = guest.run();
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, std::string("77\n"));
    }

    void aSysctlIsNotWrittenInTheHostsNamespaceByItsPath() {
        Bundle bundle({"true"});
        bundle.useHostIds();
        joinNetwork(bundle, "/proc/self/ns/net");
        bundle.set("linux/sysctl", Json::parse(R"({"net.ipv4.ip_unprivileged_port_start": "77"})").value());
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("the host would change") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    // As engines do for containers of one pod: all that the first one has, but for mounts.
    void joinsTheUserNamespaceOfAnotherContainer_data() {
        QTest::addColumn<QStringList>("shared");
        QTest::newRow("user") << QStringList{"user"};
        QTest::newRow("user and network") << QStringList{"user", "network"};
        QTest::newRow("user and pid") << QStringList{"user", "pid"};
        QTest::newRow("all") << QStringList{"user", "network", "ipc", "uts", "pid", "cgroup"};
    }
    void joinsTheUserNamespaceOfAnotherContainer() {
        QFETCH(QStringList, shared);
        Bundle owner({"sleep", "1000"});
        QCOMPARE(owner.runtime({"run", "--detach"}).err, std::string());
        const std::string proc = "/proc/" + std::to_string(owner.state().at("pid").toInteger()) + "/ns/";
        Bundle guest({"sh", "-c", "touch /tmp/made; sleep 1000"});
        for (const auto& type : shared)
            joinNamespace(guest, type.toStdString(), proc);
        if (shared.contains("uts"))
            guest.set("hostname", Json());
        guest.set("linux/uidMappings",
                  Json::parse(R"([{"containerID": 0, "hostID": 5, "size": 1}])").value());
        QCOMPARE(guest.runtime({"run", "--detach"}).err, std::string());
        const auto pid = guest.state().at("pid").toInteger();
        const std::string guests = "/proc/" + std::to_string(pid) + "/ns/";
        for (const auto& type : shared) {
            const std::string file = fileOf(type.toStdString());
            QCOMPARE(std::filesystem::read_symlink(guests + file),
                     std::filesystem::read_symlink(proc + file));
        }
        QVERIFY(std::filesystem::read_symlink(guests + "mnt") != std::filesystem::read_symlink(proc + "mnt"));
        const auto map = exec(guest, {}, {"cat", "/proc/self/uid_map"});
        QCOMPARE(map.err, std::string());
        QCOMPARE(QString::fromStdString(map.out).simplified(), QString("0 100000 65536"));
        struct stat info {};
        QTRY_COMPARE(::stat((guest.root() + "/tmp/made").c_str(), &info), 0);
        QCOMPARE(info.st_uid, 100000U);
        QCOMPARE(guest.runtime({"delete", "--force"}).err, std::string());
        QCOMPARE(guest.leftovers(), std::string());
        ::waitpid(static_cast<pid_t>(pid), nullptr, 0); // else the owner's pid namespace could not end
        QCOMPARE(owner.state().at("status").toString(), std::string("running"));
    }

    void aUserThatTheJoinedNamespaceDoesNotHaveIsRefused() {
        Bundle owner({"sleep", "1000"});
        QCOMPARE(owner.runtime({"run", "--detach"}).err, std::string());
        Bundle guest({"true"});
        joinNamespace(guest, "user", "/proc/" + std::to_string(owner.state().at("pid").toInteger()) + "/ns/");
        guest.set("process/user/uid", Json(70000));
        const auto outcome = guest.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("70000") != std::string::npos, outcome.err.c_str());
        QCOMPARE(guest.leftovers(), std::string());
    }

    void aMappingNeedsNoRoot() {
        Bundle bundle(
            {"sh", "-c", "id -u; cat /proc/self/uid_map; echo written >/tmp/file && cat /tmp/file"});
        for (const char* member : {"linux/uidMappings", "linux/gidMappings"})
            bundle.set(member,
                       Json::parse(R"([{"containerID": 1000, "hostID": 100000, "size": 10}])").value());
        bundle.set("process/user", Json::parse(R"({"uid": 1000, "gid": 1000})").value());
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(QString::fromStdString(outcome.out).simplified(), QString("1000 1000 100000 10 written"));
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void saysWhyMountNamespacesAreNotShared() {
        Bundle joining({"true"});
        joinNamespace(joining, "mount", "/proc/self/ns/");
        QVERIFY(joining.run().err.find("outlive it") != std::string::npos);
        Bundle without({"true"});
        without.removeNamespace("mount");
        QVERIFY(without.run().err.find("would be the host's") != std::string::npos);
        QCOMPARE(without.leftovers(), std::string());
    }

    void refusesADomainNameThatASysctlContradicts() {
        Bundle bundle({"true"});
        bundle.set("domainname", "one.example");
        Json sysctl;
        sysctl.set("kernel.domainname", "two.example");
        bundle.set("linux/sysctl", sysctl);
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("another name") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }
};

ESCALE_TEST(JoinTest)
#include "join_test.moc"
