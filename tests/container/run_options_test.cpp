// Each of Docker's options as a program inside the container sees it.
#include "engine/base/file.h"
#include "engine/container/containers.h"
#include "tests/container/container_machine.h"

#include <functional>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class RunOptionsTest : public QObject {
    Q_OBJECT

    using Change = std::function<void(ContainerOptions&)>;
    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }

    struct Row {
        const char* name;
        Change change;
        const char* script;
        std::string output;
    };
    std::vector<Row> m_rows;
    void row(const char* name, Change change, const char* script, std::string output) {
        QTest::newRow(name) << int(m_rows.size());
        m_rows.push_back({name, std::move(change), script, std::move(output)});
    }
    static std::string hostName() {
        char name[256] = {};
        ::gethostname(name, sizeof name - 1);
        return name;
    }
    static std::string linkOf(const char* path) {
        char text[256] = {};
        return ::readlink(path, text, sizeof text - 1) > 0 ? text : "";
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (!m_machine)
            return;
        VERIFY_RESULT(m_machine->removeContainers(kAlice));
    }
    void cleanupTestCase() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
    }

    void isSeenInside_data() {
        QTest::addColumn<int>("which");
        using O = ContainerOptions;
        row(
            "entrypoint",
            [](O& o) {
                o.entrypoint = Texts{"/bin/sh", "-c", "echo $0 $#"};
            },
            "x", "sh 2\n");
        row(
            "environment", [](O& o) { o.environment = {"A=one two"}; }, "echo \"$A\"", "one two\n");
        row(
            "working directory", [](O& o) { o.workingDirectory = "/new/place"; }, "pwd", "/new/place\n");
        row(
            "user", [](O& o) { o.user = "1234:77"; }, "id -u; id -g", "1234\n77\n");
        row(
            "groups",
            [](O& o) {
                o.groups = {"4321", "root"};
            },
            "grep Groups /proc/self/status", "Groups:\t0 4321 \n");
        row(
            "host name", [](O& o) { o.hostname = "web1"; }, "hostname; cat /etc/hostname; echo $HOSTNAME",
            "web1\nweb1\nweb1\n");
        row(
            "domain name", [](O& o) { o.hostname = "web1", o.domainname = "lan"; },
            "cat /proc/sys/kernel/domainname; tail -n 1 /etc/hosts | cut -f 2", "lan\nweb1.lan web1\n");
        row(
            "init", [](O& o) { o.init = true; }, "cat /proc/1/comm", "docker-init\n");
        row(
            "memory and swap", [](O& o) { o.memoryBytes = 64u << 20; },
            "cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null",
            "67108864\n");
        row(
            "open files", [](O& o) { o.ulimits = {"nofile=333:444"}; }, "ulimit -Sn; ulimit -Hn",
            "333\n444\n");
        row(
            "core files", [](O& o) { o.ulimits = {"core=0"}; }, "ulimit -c", "0\n");
        row(
            "sysctl",
            [](O& o) {
                o.sysctls = {{"net.ipv4.ip_default_ttl", "42"}};
            },
            "cat /proc/sys/net/ipv4/ip_default_ttl", "42\n");
        row(
            "ipc sysctl",
            [](O& o) {
                o.sysctls = {{"kernel.msgmax", "9000"}};
            },
            "cat /proc/sys/kernel/msgmax", "9000\n");
        row(
            "size of shm", [](O& o) { o.shmSize = 1u << 20; },
            "df -k /dev/shm | tail -n 1 | awk '{print $2}'", "1024\n");
        row(
            "tmpfs",
            [](O& o) {
                o.tmpfs = {{"/scratch", "size=1m,mode=700"}};
            },
            "stat -c %a /scratch; grep -o ' /scratch tmpfs [^ ]*' /proc/mounts | grep -o noexec",
            "700\nnoexec\n");
        row(
            "tmpfs that executes",
            [](O& o) {
                o.tmpfs = {{"/scratch", "exec"}};
            },
            "cp /bin/busybox /scratch/echo && /scratch/echo yes", "yes\n");
        row(
            "read-only root", [](O& o) { o.readOnly = true; },
            "touch /x 2>&1 | grep -o 'Read-only file system'", "Read-only file system\n");
        row(
            "capability added", [](O& o) { o.capAdd = {"sys_time"}, o.capDrop = {"ALL"}; },
            "grep CapEff /proc/self/status", "CapEff:\t0000000002000000\n");
        row(
            "capability dropped", [](O& o) { o.capDrop = {"CAP_CHOWN"}; },
            "touch /x; chown 5 /x 2>&1 | grep -o 'not permitted'", "not permitted\n");
        row(
            "new privileges", [](O& o) { o.noNewPrivileges = false; }, "grep NoNewPrivs /proc/self/status",
            "NoNewPrivs:\t0\n");
        row(
            "no new privileges", [](O&) {}, "grep NoNewPrivs /proc/self/status", "NoNewPrivs:\t1\n");
        row(
            "seccomp off", [](O& o) { o.seccomp = "unconfined"; }, "grep Seccomp: /proc/self/status",
            "Seccomp:\t0\n");
        row(
            "seccomp of the caller",
            [](O& o) {
                o.seccomp = readFile(ESCALE_TEST_DATA "/container/docker_seccomp.json").value_or("missing");
            },
            "mkdir /d 2>&1 | grep -o 'not permitted'; echo read works", "not permitted\nread works\n");
        row(
            "capability with its calls", [](O& o) { o.capAdd = {"SYS_ADMIN"}; },
            "mkdir /m && mount -t tmpfs none /m && echo mounted", "mounted\n");
        row(
            "system paths", [](O& o) { o.systemPaths = "unconfined"; },
            "grep -c ' /proc/kcore ' /proc/mounts; grep -c ' /proc/sys ' /proc/mounts", "0\n0\n");
        row(
            "name servers",
            [](O& o) { o.dns = {"192.0.2.7"}, o.dnsSearch = {"lan"}, o.dnsOptions = {"ndots:2"}; },
            "grep -v '^#' /etc/resolv.conf", "nameserver 192.0.2.7\nsearch lan\noptions ndots:2\n");
        row(
            "extra hosts", [](O& o) { o.extraHosts = {"db:192.0.2.9"}; }, "tail -n 1 /etc/hosts",
            "192.0.2.9\tdb\n");
        row(
            "no network", [](O& o) { o.network = "none"; }, "ls /sys/class/net", "lo\n");
        row(
            "no shared memory", [](O& o) { o.ipc = "none"; }, "grep -c ' /dev/shm ' /proc/mounts", "0\n");
        row(
            "device", [](O& o) { o.devices = {"/dev/fuse:/dev/renamed:r"}; },
            "head -c 0 /dev/renamed && echo read; (exec 3<>/dev/renamed) 2>/dev/null || echo not written",
            "read\nnot written\n");
        row(
            "host's network", [](O& o) { o.network = "host"; }, "readlink /proc/self/ns/net; hostname",
            linkOf("/proc/self/ns/net") + "\n" + hostName() + "\n");
        row(
            "host's names", [](O& o) { o.uts = "host"; }, "hostname", hostName() + "\n");
        row(
            "host's cgroups", [](O& o) { o.cgroupns = "host"; }, "readlink /proc/self/ns/cgroup",
            linkOf("/proc/self/ns/cgroup") + "\n");
        row(
            "host's ipc", [](O& o) { o.ipc = "host"; }, "readlink /proc/self/ns/ipc",
            linkOf("/proc/self/ns/ipc") + "\n");
        row(
            "host's processes", [](O& o) { o.pid = "host"; }, "readlink /proc/self/ns/pid",
            linkOf("/proc/self/ns/pid") + "\n");
        row(
            "host's users", [](O& o) { o.userns = "host"; },
            "cat /proc/self/uid_map | tr -s ' '; touch /x; chown 5 /x; stat -c %u /x; stat -c %a /",
            " 0 0 4294967295\n5\n755\n");
        row(
            "privileged", [](O& o) { o.privileged = true; },
            "grep NoNewPrivs /proc/self/status; grep Seccomp: /proc/self/status; grep -c ' /proc/sys ' "
            "/proc/mounts",
            "NoNewPrivs:\t0\nSeccomp:\t0\n0\n");
    }
    void isSeenInside() {
        QFETCH(const int, which);
        const Row& row = m_rows.at(std::size_t(which));
        const auto ran = m_machine->runToEnd(kAlice, {"sh", "-c", row.script}, row.change);
        VERIFY_RESULT(ran);
        QCOMPARE(ran->errors, std::string());
        QCOMPARE(ran->output, row.output);
    }

    void joinsAnotherContainer() {
        // given a container that shares what it has
        const auto first = m_machine->run(kAlice, {"sh", "-c", "echo shared > /dev/shm/file; exec sleep 600"},
                                          [](ContainerOptions& o) {
                                              o.name = "first";
                                              o.ipc = "shareable";
                                          });
        VERIFY_RESULT(first);
        const auto target = containers().find(kAlice, *first);
        VERIFY_RESULT(target);
        const std::string process = "/proc/" + std::to_string(target->pid) + "/ns/";
        QVERIFY(eventually(
            [&] { return exists(m_machine->runFolder() + "/containers/" + *first + "/shm/file"); }));
        // when another one names it
        const auto ran = m_machine->runToEnd(
            kAlice,
            {"sh", "-c",
             "for n in net ipc pid user; do readlink /proc/self/ns/$n; done; cat /dev/shm/file; "
             "cat /proc/1/comm; kill -0 1 && echo may signal it"},
            [](ContainerOptions& o) {
                o.network = "container:first";
                o.ipc = "container:first";
                o.pid = "container:first";
            });
        // then they see the same
        VERIFY_RESULT(ran);
        std::string expected;
        for (const char* name : {"net", "ipc", "pid", "user"})
            expected += linkOf((process + name).c_str()) + "\n";
        QCOMPARE(ran->errors, std::string());
        QCOMPARE(ran->output, expected + "shared\nsleep\nmay signal it\n");
    }

    void refusesAJoin_data() {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QString>("ipc");
        QTest::addColumn<QString>("says");
        QTest::newRow("nobody") << "container:nobody"
                                << "private"
                                << "no container \"nobody\"";
        QTest::newRow("one that does not run") << "container:stopped"
                                               << "private"
                                               << "does not run";
        QTest::newRow("one that does not share") << "bridge"
                                                 << "container:running"
                                                 << "does not share its IPC";
        QTest::newRow("another owner's") << "container:bobs"
                                         << "private"
                                         << "no container \"bobs\"";
    }
    void refusesAJoin() {
        QFETCH(const QString, network);
        QFETCH(const QString, ipc);
        QFETCH(const QString, says);
        VERIFY_RESULT(m_machine->create(kAlice, {"true"}, [](ContainerOptions& o) { o.name = "stopped"; }));
        VERIFY_RESULT(
            m_machine->run(kAlice, {"sleep", "600"}, [](ContainerOptions& o) { o.name = "running"; }));
        const MachinePicture before = m_machine->picture();
        const auto id = m_machine->create(kAlice, {"true"}, [&](ContainerOptions& o) {
            o.network = network.toStdString();
            o.ipc = ipc.toStdString();
        });
        VERIFY_RESULT(id);
        const auto started = containers().start(kAlice, *id, {});
        QVERIFY(!started);
        QVERIFY2(started.error().message.find(says.toStdString()) != std::string::npos,
                 started.error().message.c_str());
        VERIFY_RESULT(containers().remove(kAlice, *id, false));
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }

    void leavesNothingOfSharedMemoryBehind() {
        const MachinePicture before = m_machine->picture();
        const auto id =
            m_machine->run(kAlice, {"sleep", "600"}, [](ContainerOptions& o) { o.ipc = "shareable"; });
        VERIFY_RESULT(id);
        VERIFY_RESULT(containers().remove(kAlice, *id, true));
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }
};

ESCALE_TEST(RunOptionsTest)
#include "run_options_test.moc"
