// What the container sees: namespaces, mounts, devices, paths, identity, capabilities, seccomp.
#include "engine/base/file.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <QProcess>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

class IsolationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void everyNamespaceIsItsOwn() {
        Bundle bundle(
            {"sh", "-c", "for n in pid net ipc uts mnt cgroup user; do readlink /proc/self/ns/$n; done"});
        const auto outcome = bundle.run();
        QCOMPARE(outcome.code, 0);
        for (const char* name : {"pid", "net", "ipc", "uts", "mnt", "cgroup", "user"}) {
            const auto own = std::filesystem::read_symlink(std::string("/proc/self/ns/") + name).string();
            QVERIFY2(outcome.out.find(own) == std::string::npos, name);
        }
    }

    void isPid1WithItsOwnNameAndCgroupRoot() {
        Bundle bundle(
            {"sh", "-c", "echo $$; hostname; grep -v systemd /proc/self/cgroup | grep -v ':/$' | wc -l"});
        QCOMPARE(bundle.run().out, std::string("1\nbox\n0\n"));
    }

    void mapsSeveralRangesOfIds() {
        Bundle bundle({"cat", "/proc/self/uid_map"});
        bundle.set("linux/uidMappings", Json::parse(R"([{"containerID": 0, "hostID": 100000, "size": 1000},
                                                        {"containerID": 1000, "hostID": 300000, "size": 5}])")
                                            .value());
        const auto out = QString::fromStdString(bundle.run().out).simplified();
        QCOMPARE(out, QString("0 100000 1000 1000 300000 5"));
    }

    void worksWithoutAUserNamespace() {
        Bundle bundle(
            {"sh", "-c",
             "echo x >/dev/null; head -c 3 /dev/zero | wc -c; ls -l /dev/full; cat /proc/self/uid_map"});
        bundle.useHostIds();
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QVERIFY(outcome.out.starts_with("3\n"));
        QVERIFY(outcome.out.find("crw-rw-rw-") != std::string::npos);
        QVERIFY(outcome.out.find("4294967295") != std::string::npos);
    }

    void hasTheDefaultDevicesAndLinks() {
        Bundle bundle(
            {"sh", "-c",
             "for d in null zero full random urandom tty; do [ -c /dev/$d ] || echo no $d; done;"
             "readlink /dev/fd; readlink /dev/ptmx; echo x >/dev/null; head -c 2 /dev/urandom | wc -c;"
             "[ -c /dev/pts/ptmx ] && echo pts"});
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, std::string("/proc/self/fd\npts/ptmx\n2\npts\n"));
    }

    void masksPathsAndMakesThemReadOnly() {
        Bundle bundle({"sh", "-c",
                       "cat /proc/keys | wc -c; ls /sys/firmware | wc -l; echo 1 >/proc/sys/vm/swappiness;"
                       "touch /sys/firmware/x; grep ' /proc/sys ' /proc/mounts | grep -c ' ro,'"});
        const auto outcome = bundle.run();
        QCOMPARE(outcome.out, std::string("0\n0\n1\n"));
        QCOMPARE(QString::fromStdString(outcome.err).count("Read-only file system"), 2);
    }

    void canHaveAReadOnlyRoot() {
        Bundle bundle({"sh", "-c", "touch /tmp/x; touch /dev/shm/y && echo shm"});
        bundle.set("root/readonly", true);
        const auto outcome = bundle.run();
        QVERIFY(outcome.err.find("Read-only") != std::string::npos);
        QCOMPARE(outcome.out, std::string("shm\n"));
    }

    void bindsFoldersAndFiles() {
        Bundle bundle(
            {"sh", "-c", "cat /data/sub/f /etc/config; echo x >/data/sub/new; echo y >/etc/config"});
        const std::string source = bundle.path() + "/source";
        std::filesystem::create_directories(source);
        std::ofstream(source + "/f") << "folder\n";
        std::ofstream(bundle.path() + "/file") << "file\n";
        ::chmod(source.c_str(), 0777);
        ::chmod((bundle.path() + "/file").c_str(), 0666);
        bundle.append("mounts", bind("/data/sub", "source", {"rbind"}));
        bundle.append("mounts", bind("/etc/config", "file", {"bind", "ro"}));
        const auto outcome = bundle.run();
        QCOMPARE(outcome.out, std::string("folder\nfile\n"));
        QVERIFY(outcome.err.find("/etc/config: Read-only") != std::string::npos);
        struct stat info {};
        QCOMPARE(::stat((source + "/new").c_str(), &info), 0);
        QCOMPARE(info.st_uid, 100000U); // the container's root is nobody special outside
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void mapsIdsOfABindMount() {
        Bundle bundle({"sh", "-c", "stat -c %u:%g /data; touch /data/new"});
        const std::string source = bundle.path() + "/source";
        std::filesystem::create_directories(source);
        auto mount = bind("/data", "source", {"rbind"});
        const auto ids = Json::parse(R"([{"containerID": 0, "hostID": 100000, "size": 65536}])").value();
        mount.set("uidMappings", ids).set("gidMappings", ids);
        bundle.append("mounts", mount);
        const auto outcome = bundle.run();
        if (outcome.err.find("may not support idmapped") != std::string::npos)
            QSKIP("the file system of the temporary folder has no idmapped mounts");
        QCOMPARE(outcome.out, std::string("0:0\n"));
        struct stat info {};
        QCOMPARE(::stat((source + "/new").c_str(), &info), 0);
        QCOMPARE(info.st_uid, 0U);
    }

    void nothingMountedInsideShowsOutside() {
        Bundle bundle({"sh", "-c", "mkdir /tmp/m; mount -t tmpfs none /tmp/m && echo mounted; sleep 0.3"});
        for (const char* set : {"bounding", "effective", "permitted"})
            bundle.append(std::string("process/capabilities/") + set, "CAP_SYS_ADMIN");
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QTest::qWait(150);
        QVERIFY(readFile("/proc/self/mountinfo").value().find("/tmp/m ") == std::string::npos);
        QVERIFY(!bundle.waitForExit().isNull());
        QCOMPARE(bundle.log("stdout"), std::string("mounted\n"));
    }

    void becomesTheUserWithGroupsUmaskAndFolder() {
        Bundle bundle({"sh", "-c", "id -u; id -g; id -G; pwd; umask; cat /proc/self/status | grep CapEff"});
        bundle.set(
            "process/user",
            Json::parse(R"({"uid": 1000, "gid": 1001, "additionalGids": [5, 6], "umask": 63})").value());
        bundle.set("process/cwd", "/srv/made");
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out,
                 std::string("1000\n1001\n1001 5 6\n/srv/made\n0077\nCapEff:\t0000000000000000\n"));
    }

    void hasExactlyTheCapabilitiesAskedFor() {
        Bundle bundle({"grep", "-E", "^(Cap|NoNew)", "/proc/self/status"});
        const Json some = Json::strings({"CAP_CHOWN", "CAP_KILL"});
        for (const char* set : {"bounding", "permitted", "effective", "inheritable", "ambient"})
            bundle.set(std::string("process/capabilities/") + set, some);
        QCOMPARE(bundle.run().out, std::string("CapInh:\t0000000000000021\nCapPrm:\t0000000000000021\n"
                                               "CapEff:\t0000000000000021\nCapBnd:\t0000000000000021\n"
                                               "CapAmb:\t0000000000000021\nNoNewPrivs:\t1\n"));
    }

    void seccompDenies_data() {
        QTest::addColumn<bool>("noNewPrivileges");
        QTest::newRow("loaded last") << true;
        QTest::newRow("loaded before the capabilities go") << false;
    }
    void seccompDenies() {
        QFETCH(bool, noNewPrivileges);
        Bundle bundle({"sh", "-c", "mkdir /tmp/x; grep Seccomp: /proc/self/status"});
        bundle.set("process/noNewPrivileges", noNewPrivileges);
        bundle.set("linux/seccomp", Json::parse(R"({"defaultAction": "SCMP_ACT_ALLOW", "architectures": [],
            "syscalls": [{"names": ["mkdir", "mkdirat", "no_such_call"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13}]})")
                                        .value());
        const auto outcome = bundle.run();
        QVERIFY(outcome.err.find("Permission denied") != std::string::npos);
        QCOMPARE(outcome.out, std::string("Seccomp:\t2\n"));
    }

    void setsSysctlsOfItsNamespaces() {
        Bundle bundle({"cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start",
                       "/proc/sys/net/ipv4/conf/lo/forwarding"});
        bundle.set("linux/sysctl", Json::parse(R"({"net.ipv4.ip_unprivileged_port_start": "0",
                                                   "net/ipv4/conf/lo/forwarding": "1"})")
                                       .value());
        QCOMPARE(bundle.run().out, std::string("0\n1\n"));
    }

    void joinsANetworkNamespace() {
        QProcess holder;
        holder.start("/usr/bin/unshare", {"--net", "/bin/busybox", "sleep", "1000"});
        QVERIFY(holder.waitForStarted());
        const std::string path = "/proc/" + std::to_string(holder.processId()) + "/ns/net";
        const auto own = std::filesystem::read_symlink("/proc/self/ns/net");
        QTRY_VERIFY(std::filesystem::read_symlink(path) != own);
        Bundle bundle({"readlink", "/proc/self/ns/net"});
        bundle.removeNamespace("network");
        Json joined;
        joined.set("type", "network").set("path", path);
        bundle.append("linux/namespaces", joined);
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, std::filesystem::read_symlink(path).string() + "\n");
        holder.kill();
        holder.waitForFinished();
    }

    void fallsBackToABoundSysWithoutItsOwnNetwork() {
        Bundle bundle({"sh", "-c", "ls /sys/kernel >/dev/null && grep ' /sys ' /proc/mounts"});
        bundle.removeNamespace("network");
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QVERIFY(outcome.out.find(" ro,") != std::string::npos);
    }

    void setsResourceLimits() {
        Bundle bundle({"sh", "-c", "ulimit -n; ulimit -c"});
        bundle.set("process/rlimits", Json::parse(R"([{"type": "RLIMIT_NOFILE", "soft": 100, "hard": 200},
                                                      {"type": "RLIMIT_CORE", "soft": 0, "hard": 0}])")
                                          .value());
        QCOMPARE(bundle.run().out, std::string("100\n0\n"));
    }

private:
    static Json bind(const char* destination, const char* source, const std::vector<std::string>& options) {
        Json mount;
        mount.set("destination", destination).set("type", "bind").set("source", source);
        mount.set("options", Json::strings(options));
        return mount;
    }
};

ESCALE_TEST(IsolationTest)
#include "isolation_test.moc"
