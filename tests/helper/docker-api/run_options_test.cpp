// The options of docker run, by their effect in the container.
#include "tests/helper/docker-api/container_life.h"

#include <QRegularExpression>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace escale;
using namespace escale::test;

namespace {

bool contains(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

// A file of its cgroup, by its name in cgroup v2 and in a v1 controller.
std::string cgroupFile(quint32 pid, const std::string& v2, const std::string& controller,
                       const std::string& v1) {
    const std::string membership = readFile("/proc/" + std::to_string(pid) + "/cgroup").value_or("");
    for (const QString& line : QString::fromStdString(membership).split(u'\n')) {
        const std::string path = line.section(u':', 2).toStdString();
        const QString controllers = line.section(u':', 1, 1);
        if (controllers == QString::fromStdString(controller))
            return readFile("/sys/fs/cgroup/" + controller + path + "/" + v1).value_or("");
    }
    const QString last =
        QString::fromStdString(membership).section(QStringLiteral("0::"), 1).section(u'\n', 0, 0);
    return readFile("/sys/fs/cgroup" + last.toStdString() + "/" + v2).value_or("");
}

} // namespace

class DockerRunOptionsTest : public ContainerLifeTest {
    Q_OBJECT
private Q_SLOTS:
    void haveTheirEffect_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const QStringList& options, const char* script,
                            const char* expected) {
            QTest::newRow(name) << options << QString::fromUtf8(script) << QString::fromUtf8(expected);
        };
        const auto words = [](const char* text) { return QString::fromUtf8(text).split(u' '); };
        row("-e", words("-e A=1 -e B=two"), "echo $A $B", "1 two");
        row("-w", words("-w /tmp"), "pwd", "/tmp");
        row("--user", words("--user 1000:1001"), "id -u; id -g", "1000\n1001");
        row("--group-add", words("--user 1000:1000 --group-add 7"), "id -G", "1000 7");
        row("--hostname", words("--hostname box"), "/bin/busybox hostname", "box");
        row("--read-only", words("--read-only"), "touch /file 2>/dev/null || echo refused", "refused");
        row("--tmpfs", words("--tmpfs /t:size=1m"),
            "/bin/busybox grep -c ' /t tmpfs .*size=1024k' /proc/mounts", "1");
        row("--mount tmpfs", words("--mount type=tmpfs,target=/t,tmpfs-mode=0700"),
            "/bin/busybox stat -c %a /t", "700");
        row("--shm-size", words("--shm-size 1m"),
            "/bin/busybox grep -c ' /dev/shm tmpfs .*size=1024k' /proc/mounts", "1");
        row("--cap-drop", words("--cap-drop ALL"), "/bin/busybox grep CapEff /proc/self/status",
            "CapEff:\t0000000000000000");
        row("new privileges", {}, "/bin/busybox grep NoNewPrivs /proc/self/status", "NoNewPrivs:\t0");
        row("no new privileges", words("--security-opt no-new-privileges"),
            "/bin/busybox grep NoNewPrivs /proc/self/status", "NoNewPrivs:\t1");
        row("--network none", words("--network none"), "/bin/busybox ls /sys/class/net", "lo");
        row("--network host is an administrator's", words("--network host"), "true", "");
        row("--sysctl", words("--sysctl net.core.somaxconn=99"), "cat /proc/sys/net/core/somaxconn", "99");
        row("--ulimit", words("--ulimit nofile=100:200"), "ulimit -n; ulimit -Hn", "100\n200");
        row("--add-host", words("--add-host db:10.1.2.3"), "/bin/busybox grep -w db /etc/hosts",
            "10.1.2.3\tdb");
        row("--dns", words("--dns 10.9.8.7 --dns-search example.org"),
            "/bin/busybox grep -c -e 'nameserver 10.9.8.7' -e 'search example.org' /etc/resolv.conf", "2");
        row("--stop-signal and others that only inspect tells",
            words("--stop-signal INT --stop-timeout 3 --label a=b"), "echo fine", "fine");
    }
    void haveTheirEffect() {
        QFETCH(QStringList, options);
        QFETCH(QString, script);
        QFETCH(QString, expected);
        Words words;
        for (const QString& option : options)
            words.push_back(option.toStdString());
        const QString found = QString::fromStdString(said(words, script.toStdString()));
        if (options.contains(QStringLiteral("host")))
            QVERIFY2(found.contains(QStringLiteral("docker: Error response from daemon")), qPrintable(found));
        else
            QCOMPARE(found, expected);
    }

    void entrypoints() {
        const std::string id = runDetached({"--entrypoint", "/bin/sh"}, {"-c", "exit 9"});
        QCOMPARE(docker({"wait", id}).text(), std::string("9"));
        removed(id);
    }
    void limitsMemoryAndProcesses() {
        const std::string id = runDetached({"--memory", "64m", "--pids-limit", "33"});
        const quint32 pid = container(id).pid;
        QCOMPARE(cgroupFile(pid, "memory.max", "memory", "memory.limit_in_bytes"),
                 std::to_string(64 << 20) + "\n");
        QCOMPARE(cgroupFile(pid, "pids.max", "pids", "pids.max"), std::string("33\n"));
        removed(id);
    }
    void limitsNoMemoryWhenNobodyAsks() {
        const std::string id = runDetached({});
        const std::string limit =
            cgroupFile(container(id).pid, "memory.max", "memory", "memory.limit_in_bytes");
        QVERIFY2(limit == "max\n" || limit.size() > 18, limit.c_str());
        removed(id);
    }
    void labels() {
        const std::string id = runDetached({"--label", "a=b", "--label", "c"});
        QCOMPARE(container(id).labels.value(QStringLiteral("a")), QStringLiteral("b"));
        QVERIFY(container(id).labels.contains(QStringLiteral("c")));
        removed(id);
    }
    void runsAnInit() {
        SKIP_UNLESS(exists("/usr/bin/catatonit") || exists("/usr/libexec/podman/catatonit"),
                    "needs catatonit");
        QVERIFY(said({"--init"}, "cat /proc/1/comm") != "sh");
    }
    void checksHealth() {
        const std::string id = runDetached({"--health-cmd", "true", "--health-interval", "1s"});
        QTRY_COMPARE_WITH_TIMEOUT(container(id).health, QStringLiteral("healthy"), 60'000);
        removed(id);
    }

    void bindsFolders() {
        const std::string source = shared() + "/made/for/it";
        QCOMPARE(said({"-v", source + ":/data"}, "echo there >/data/file; cat /data/file"),
                 std::string("there"));
        QCOMPARE(readFile(source + "/file").value_or(""), std::string("there\n"));
        QCOMPARE(said({"-v", source + ":/data:ro"}, "touch /data/x 2>/dev/null || echo refused"),
                 std::string("refused"));
    }
    void aMountOfNothingIsAnError() {
        const Ran ran =
            docker({"create", "--mount", "type=bind,source=/no/such/folder,target=/data", image()});
        QCOMPARE(ran.code, 1);
        QVERIFY2(contains(ran.errors, "bind source path does not exist: /no/such/folder"),
                 ran.errors.c_str());
    }
    void aFolderOfSomebodyElsesIsNotBound() {
        const Ran ran = docker({"create", "-v", "/root/secret:/data", image()});
        QCOMPARE(ran.code, 1);
        QVERIFY2(contains(ran.errors, "Permission denied"), ran.errors.c_str());
    }
    void keepsVolumes() {
        QCOMPARE(said({"-v", "kept:/data"}, "echo first >/data/file"), std::string());
        QCOMPARE(said({"--mount", "type=volume,source=kept,target=/again,readonly"}, "cat /again/file"),
                 std::string("first"));
    }
    // Testcontainers' Ryuk and many Compose files ask for it.
    void dockersSocketIsOurs() {
        SKIP_UNLESS(!exists("/var/run/docker.sock"), "a docker daemon runs here");
        const std::string inside = said({"-v", "/var/run/docker.sock:/var/run/docker.sock"},
                                        "test -S /var/run/docker.sock && echo socket");
        QCOMPARE(inside, std::string("socket"));
    }

    void publishesPorts() {
        const std::string id = runDetached({"-p", "127.0.0.1::80", "--expose", "81", "-P"});
        const QString ports = container(id).ports.join(u' ');
        QVERIFY2(ports.contains(QRegularExpression(QStringLiteral("127\\.0\\.0\\.1:[0-9]+->80/tcp"))),
                 qPrintable(ports));
        QVERIFY2(ports.contains(QStringLiteral("->81/tcp")), qPrintable(ports));
        removed(id);
    }
    void choosesOneOfARangeOfPorts() {
        // The first one is somebody's.
        const UniqueFd other(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(20'300), .sin_addr = {}, .sin_zero = {}};
        QVERIFY(::bind(other.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        const std::string id = runDetached({"-p", "20300-20302:80"});
        QVERIFY2(container(id).ports.join(u' ').contains(QStringLiteral(":20301->80/tcp")),
                 qPrintable(container(id).ports.join(u' ')));
        removed(id);
    }
    void aPortIsGivenOnce() {
        const std::string id = runDetached({"-p", "20310:80"});
        const Ran second =
            docker({"run", "-d", "--name", "late", "-p", "20310:80", image(), "/bin/sleep", "9"});
        QCOMPARE(second.code, 125);
        QVERIFY2(contains(second.errors, "port is already allocated"), second.errors.c_str());
        removed("late");
        removed(id);
    }
    void refusesWhatIsNotThere_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("words");
        QTest::newRow("links") << QStringList{QStringLiteral("--link"), QStringLiteral("db")}
                               << QStringLiteral("Links is not supported");
        QTest::newRow("GPUs") << QStringList{QStringLiteral("--gpus"), QStringLiteral("all")}
                              << QStringLiteral("DeviceRequests is not supported");
        QTest::newRow("logs elsewhere")
            << QStringList{QStringLiteral("--log-driver"), QStringLiteral("syslog")}
            << QStringLiteral("the log driver \"syslog\" is not supported");
        QTest::newRow("privileged, without an administrator")
            << QStringList{QStringLiteral("--privileged")} << QStringLiteral("administrator");
        QTest::newRow("what a log of json-file has not")
            << QStringList{QStringLiteral("--log-opt"), QStringLiteral("tag=x")}
            << QStringLiteral("there is no log option \"tag\"");
    }
    void refusesWhatIsNotThere() {
        QFETCH(QStringList, options);
        QFETCH(QString, words);
        Words line{"run", "-d"};
        for (const QString& option : options)
            line.push_back(option.toStdString());
        line.push_back(image());
        const Ran ran = docker(line);
        QCOMPARE(ran.code, 125);
        QVERIFY2(contains(ran.errors, words.toStdString()), ran.errors.c_str());
    }
};

ESCALE_TEST(DockerRunOptionsTest)
#include "run_options_test.moc"
