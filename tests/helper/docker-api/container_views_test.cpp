// docker ps, inspect, stats, top and diff, with the real command line.
#include "engine/base/json.h"
#include "tests/helper/docker-api/docker_machine.h"

using namespace escale;
using namespace escale::test;

class DockerContainerViewsTest : public DockerTest {
    Q_OBJECT
private:
    QString m_web, m_ended;
    std::string id() const { return m_web.toStdString(); }
    // One line of `docker inspect --format`.
    std::string inspected(const std::string& format, const std::string& name = "web") {
        const Ran ran = docker({"inspect", "--format", format, name});
        return ran.text() + ran.errors;
    }
    std::string ps(std::vector<std::string> words) {
        words.insert(words.begin(), {"ps", "--format", "{{.Names}}"});
        const Ran ran = docker(std::move(words));
        return ran.text() + ran.errors;
    }

private Q_SLOTS:
    void showsContainersThatRun() {
        m_web = m_machine->run(
            kUser, {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QStringLiteral("sleep 1000")},
            {{QStringLiteral("name"), QStringLiteral("web")},
             {QStringLiteral("labels"),
              QVariant::fromValue(dbus::TextMap{{QStringLiteral("tier"), QStringLiteral("front")}})},
             {QStringLiteral("environment"), QStringList{QStringLiteral("COLOUR=blue")}},
             {QStringLiteral("publish"), QStringList{QStringLiteral("127.0.0.1::80")}},
             {QStringLiteral("mounts"), QStringList{QStringLiteral("type=volume,source=data,target=/data")}},
             {QStringLiteral("hostname"), QStringLiteral("webhost")}});
        QVERIFY(!m_web.isEmpty());
        m_ended = m_machine->run(
            kUser, {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QStringLiteral("touch /made; exit 3")},
            {{QStringLiteral("name"), QStringLiteral("ended")}});
        QTRY_COMPARE_WITH_TIMEOUT(m_machine->container(kUser, m_ended).state, QStringLiteral("exited"),
                                  20'000);
        QCOMPARE(ps({}), std::string("web"));
        QCOMPARE(ps({"--all"}), std::string("ended\nweb"));
    }
    void showsTheTable() {
        const Ran ran = docker(
            {"ps", "--no-trunc", "--format",
             "{{.ID}}|{{.Image}}|{{.Command}}|{{.Status}}|{{.Ports}}|{{.Labels}}|{{.Networks}}|{{.Mounts}}"});
        QCOMPARE(ran.errors, std::string());
        const QStringList fields = QString::fromStdString(ran.text()).split(u'|');
        QCOMPARE(fields.size(), qsizetype(8));
        QCOMPARE(fields[0], m_web);
        QCOMPARE(fields[1].toStdString(), image());
        QCOMPARE(fields[2], QStringLiteral("\"/bin/sh -c 'sleep 1000'\""));
        QVERIFY2(fields[3].startsWith(QLatin1String("Up ")), qPrintable(fields[3]));
        QVERIFY2(fields[4].startsWith(QLatin1String("127.0.0.1:")) &&
                     fields[4].endsWith(QLatin1String("->80/tcp")),
                 qPrintable(fields[4]));
        QStringList labels = fields[5].split(u','); // in an order of the client's, which changes
        labels.sort();
        QCOMPARE(labels,
                 QStringList({QStringLiteral("a=b"), QStringLiteral("tier=front")})); // its image's, too
        QCOMPARE(fields[6], QStringLiteral("bridge"));
        QCOMPARE(fields[7], QStringLiteral("data"));
    }
    void showsIdsAlone() { QCOMPARE(docker({"ps", "-q"}).text(), id().substr(0, 12)); }
    void showsHowOneEnded() {
        const Ran ran = docker({"ps", "-a", "--filter", "name=ended", "--format", "{{.Status}}"});
        QVERIFY2(ran.text().starts_with("Exited (3) "), ran.text().c_str());
    }
    void showsSizes() {
        const Ran ran = docker({"ps", "-a", "--size", "--filter", "name=ended", "--format", "{{.Size}}"});
        QVERIFY2(ran.text().find("(virtual ") != std::string::npos, ran.text().c_str());
    }
    void filters_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("names");
        const auto row = [](const char* filter, const char* names) {
            QTest::newRow(filter) << QString::fromLatin1(filter) << QString::fromLatin1(names);
        };
        row("status=exited", "ended");
        row("status=running", "web");
        row("exited=3", "ended");
        row("label=tier=front", "web");
        row("label=tier", "web");
        row("label=tier=back", "");
        row("name=we", "web");
        row("volume=data", "web");
        row("volume=/data", "web");
        row("expose=80", "web");
        row("before=ended", "web");
        row("since=web", "ended");
        row("network=bridge", "ended\nweb");
        row("health=none", "ended\nweb");
        row("is-task=true", "");
        row("id=ffffff", "");
    }
    void filters() {
        QFETCH(QString, filter);
        QFETCH(QString, names);
        QCOMPARE(ps({"-a", "--filter", filter.toStdString()}), names.toStdString());
    }
    void filtersByImage() {
        QCOMPARE(ps({"-a", "--filter", "ancestor=" + image()}), std::string("ended\nweb"));
        QCOMPARE(ps({"-a", "--filter", "ancestor=nothing:1"}), std::string());
    }
    void refusesAFilterThatThereIsNot() {
        const Ran ran = docker({"ps", "--filter", "colour=red"});
        QVERIFY(ran.code != 0);
        QVERIFY2(ran.errors.find("invalid filter") != std::string::npos, ran.errors.c_str());
    }

    void inspects_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* format, const char* text) {
            QTest::newRow(format) << QString::fromLatin1(format) << QString::fromLatin1(text);
        };
        row("{{.Name}}", "/web");
        row("{{.State.Status}} {{.State.Running}} {{.State.ExitCode}}", "running true 0");
        row("{{.Path}} {{json .Args}}", "/bin/sh [\"-c\",\"sleep 1000\"]");
        row("{{.Config.Hostname}} {{.Config.Tty}}", "webhost false");
        row("{{index .Config.Labels \"tier\"}}", "front");
        row("{{range .Config.Env}}{{if eq . \"COLOUR=blue\"}}{{.}}{{end}}{{end}}", "COLOUR=blue");
        row("{{.HostConfig.NetworkMode}} {{.HostConfig.RestartPolicy.Name}}", "bridge no");
        row("{{json .HostConfig.Binds}}", "[\"data:/data\"]");
        row("{{range .Mounts}}{{.Type}} {{.Name}} {{.Destination}} {{.RW}}{{end}}", "volume data /data true");
        row("{{range $name, $net := .NetworkSettings.Networks}}{{$name}}{{end}}", "bridge");
        row("{{.RestartCount}} {{.Platform}}", "0 linux");
        row("{{.HostConfig.LogConfig.Type}}", "json-file");
    }
    void inspects() {
        QFETCH(QString, format);
        QFETCH(QString, text);
        QString found = QString::fromStdString(inspected(format.toStdString()));
        QCOMPARE(found.trimmed(), text.trimmed());
    }
    void showsItsAddressAndPort() {
        const dbus::Container container = m_machine->container(kUser, m_web);
        QCOMPARE(inspected("{{.NetworkSettings.IPAddress}}"), container.address.toStdString());
        QCOMPARE(inspected("{{.NetworkSettings.Networks.bridge.IPAddress}}"),
                 container.address.toStdString());
        const std::string port =
            inspected("{{(index (index .NetworkSettings.Ports \"80/tcp\") 0).HostPort}}");
        QCOMPARE(container.ports.value(0).toStdString(), "127.0.0.1:" + port + "->80/tcp");
        QCOMPARE(docker({"port", "web"}).text(), "80/tcp -> 127.0.0.1:" + port);
    }
    void showsItsImageByDigest() {
        QCOMPARE(inspected("{{.Image}}"), m_machine->container(kUser, m_web).imageDigest.toStdString());
        QCOMPARE(inspected("{{.Config.Image}}"), image());
    }
    void inspectsByPartOfTheId() { QCOMPARE(inspected("{{.Name}}", id().substr(0, 8)), std::string("/web")); }
    void showsOneThatHasEnded() {
        QCOMPARE(
            inspected("{{.State.Status}} {{.State.ExitCode}} {{.State.Pid}} {{json .NetworkSettings.Ports}}",
                      "ended"),
            std::string("exited 3 0 {}"));
    }
    void showsSizesWhenAsked() {
        const Ran ran =
            docker({"inspect", "--size", "--type", "container", "--format", "{{.SizeRootFs}}", "ended"});
        QVERIFY2(QString::fromStdString(ran.text()).toLongLong() > 0, ran.text().c_str());
    }
    void missesOneThatThereIsNot() {
        const Ran ran = docker({"container", "inspect", "nobody"});
        QVERIFY(ran.code != 0);
        QVERIFY2(ran.errors.find("No such container: nobody") != std::string::npos, ran.errors.c_str());
    }

    void listsProcesses() {
        const Ran ran = docker({"top", "web"});
        QCOMPARE(ran.errors, std::string());
        QVERIFY2(ran.text().starts_with("UID"), ran.text().c_str());
        QVERIFY2(ran.text().find("sleep 1000") != std::string::npos, ran.text().c_str());
    }
    void listsProcessesAsAskedFor() {
        const Ran ran = docker({"top", "web", "-o", "pid,args"});
        const auto lines = QString::fromStdString(ran.text()).split(u'\n');
        QVERIFY2(lines.size() >= 2 && lines[0].simplified() == QLatin1String("PID COMMAND"),
                 ran.text().c_str());
        QCOMPARE(lines[1].simplified().section(u' ', 0, 0).toUInt(), m_machine->container(kUser, m_web).pid);
    }
    void listsNoProcessesOfOneThatHasEnded() {
        const Ran ran = docker({"top", "ended"});
        QVERIFY(ran.code != 0);
        QVERIFY2(ran.errors.find("not run") != std::string::npos, ran.errors.c_str());
    }
    void tellsWhatHasChanged() {
        const Ran ran = docker({"diff", "ended"});
        QVERIFY2(("\n" + ran.text() + "\n").find("\nA /made\n") != std::string::npos,
                 (ran.text() + ran.errors).c_str());
    }

    void tellsWhatIsUsed() {
        const QString busy = m_machine->run(
            kUser, {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QStringLiteral("while :; do :; done")},
            {{QStringLiteral("name"), QStringLiteral("busy")},
             {QStringLiteral("memory"), quint64(64) << 20}});
        QVERIFY(!busy.isEmpty());
        const Ran ran = docker(
            {"stats", "--no-stream", "--format", "{{.Name}}|{{.CPUPerc}}|{{.MemUsage}}|{{.PIDs}}", "busy"});
        m_machine->remove(kUser, busy);
        const QStringList fields = QString::fromStdString(ran.text()).split(u'|');
        QVERIFY2(fields.size() == 4, (ran.text() + ran.errors).c_str());
        QCOMPARE(fields[0], QStringLiteral("busy"));
        const double cpu = fields[1].chopped(1).toDouble();
        // One busy process on a machine that has other work: something, and no more than one processor.
        QVERIFY2(cpu > 0.5 && cpu < 130, ran.text().c_str());
        QVERIFY2(fields[2].endsWith(QLatin1String(" / 64MiB")), ran.text().c_str());
        QCOMPARE(fields[3], QStringLiteral("1"));
    }
    void tellsZerosOfOneThatHasEnded() {
        const Ran ran = curl("GET", "/v1.41/containers/ended/stats?stream=0");
        QVERIFY2(ran.output.find("\"memory_stats\":{}") != std::string::npos, ran.output.c_str());
    }
};

ESCALE_TEST(DockerContainerViewsTest)
#include "container_views_test.moc"
