#include "gui/containers/action_trace.h"

#include "gui/containers/busctl_line.h"
#include "gui/containers/kernel_steps.h"
#include "gui/containers/secrets.h"
#include "helper/dbus/types.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::gui;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

const QString kContainers = u("org.escale.Engine1.Containers");
const QString kImages = u("org.escale.Engine1.Images");

// The words after the method.
QString busctl(const QVariantList& arguments) {
    return busctlLine(u("I"), u("M"), arguments).section(u(" I M "), 1);
}

std::optional<ActionTrace> trace(const char* method, const QVariantList& arguments,
                                 const QString& interface = kContainers) {
    return traceOf({1, interface, u(method), arguments},
                   [](const QString& id) { return id == u("0123") ? u("web") : id; });
}

QString runSteps(const QVariantMap& options) {
    return kernelSteps(kContainers, u("Run"), {u("demo"), QStringList{u("sleep"), u("9")}, options})
        .join(u'\n');
}

} // namespace

class ActionTraceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { dbus::registerTypes(); }

    void busctlLines_data() {
        QTest::addColumn<QVariantList>("arguments");
        QTest::addColumn<QString>("line");
        const auto map = [](const QVariant& value) { return QVariantList{QVariantMap{{u("k"), value}}}; };
        QTest::newRow("no options") << QVariantList{u("0123"), QVariantMap()} << u("'sa{sv}' 0123 0");
        QTest::newRow("quotes") << QVariantList{u("it's $x")} << u("s 'it'\\''s $x'");
        QTest::newRow("empty") << QVariantList{QString()} << u("s ''");
        QTest::newRow("list") << QVariantList{QStringList{u("a b"), u("c")}} << u("as 2 'a b' c");
        QTest::newRow("empty list") << QVariantList{QStringList()} << u("as 0");
        QTest::newRow("text") << map(u("x")) << u("'a{sv}' 1 k s x");
        QTest::newRow("flag") << map(true) << u("'a{sv}' 1 k b true");
        QTest::newRow("unsigned") << map(7U) << u("'a{sv}' 1 k u 7");
        QTest::newRow("size") << map(qulonglong(1) << 40) << u("'a{sv}' 1 k t 1099511627776");
        QTest::newRow("decimal") << map(1.5) << u("'a{sv}' 1 k d 1.5");
        QTest::newRow("int") << map(5) << u("'a{sv}' 1 k i 5");
        QTest::newRow("short") << map(QVariant::fromValue(ushort(10))) << u("'a{sv}' 1 k q 10");
        QTest::newRow("words") << map(QStringList{u("A=1")}) << u("'a{sv}' 1 k as 1 A=1");
        QTest::newRow("map") << map(QVariant::fromValue(dbus::TextMap{{u("a"), u("b c")}}))
                             << u("'a{sv}' 1 k 'a{ss}' 1 a 'b c'");
    }
    void busctlLines() {
        QFETCH(const QVariantList, arguments);
        QFETCH(const QString, line);
        QCOMPARE(busctl(arguments), line);
    }

    void aWholeCallCanBePasted() {
        QCOMPARE(busctlLine(kContainers, u("Stop"), {u("0123"), QVariantMap()}),
                 u("busctl call org.escale.Engine1 /org/escale/Engine1 org.escale.Engine1.Containers Stop "
                   "'sa{sv}' 0123 0"));
        QCOMPARE(busctlLine(u("I"), u("ListJobs"), {}),
                 u("busctl call org.escale.Engine1 /org/escale/Engine1 I ListJobs"));
        // A negative number is no option of busctl's.
        QVERIFY(busctlLine(u("I"), u("M"), {qlonglong(-1)}).startsWith(u("busctl call -- ")));
        // An open file cannot be pasted.
        QVERIFY(
            busctlLine(u("I"), u("M"), {QVariant::fromValue(QDBusUnixFileDescriptor())}).startsWith(u("# ")));
    }

    void dockerLines_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QVariantList>("more");
        QTest::addColumn<QString>("line");
        const QVariantMap none;
        QTest::newRow("stop") << u("Stop") << QVariantList{none} << u("docker stop web");
        QTest::newRow("stop in time")
            << u("Stop") << QVariantList{QVariantMap{{u("timeout"), 3U}}} << u("docker stop --time 3 web");
        QTest::newRow("start") << u("Start") << QVariantList{none} << u("docker start web");
        QTest::newRow("restart") << u("Restart") << QVariantList{none} << u("docker restart web");
        QTest::newRow("remove") << u("Remove") << QVariantList{QVariantMap{{u("force"), true}}}
                                << u("docker rm --force web");
        QTest::newRow("kill") << u("Kill") << QVariantList{u("HUP")} << u("docker kill --signal HUP web");
        QTest::newRow("pause") << u("Pause") << QVariantList() << u("docker pause web");
        QTest::newRow("unpause") << u("Unpause") << QVariantList() << u("docker unpause web");
        QTest::newRow("rename") << u("Rename") << QVariantList{u("new")} << u("docker rename web new");
        QTest::newRow("update") << u("Update")
                                << QVariantList{QVariantMap{{u("memory"), qulonglong(1) << 30}}}
                                << u("docker update --memory 1g web");
        QTest::newRow("exec") << u("Exec")
                              << QVariantList{QStringList{u("sh"), u("-c"), u("echo $HOME")},
                                              QVariantMap{{u("tty"), true},
                                                          {u("stdin"), true},
                                                          {u("rows"), ushort(4)}}}
                              << u("docker exec --interactive --tty web sh -c 'echo $HOME'");
        QTest::newRow("copy out") << u("CopyOut") << QVariantList{u("/a b"), none}
                                  << u("docker cp 'web:/a b' -");
        QTest::newRow("export") << u("Export") << QVariantList() << u("docker export web");
        QTest::newRow("commit") << u("Commit")
                                << QVariantList{u("docker.io/library/mine:1"),
                                                QVariantMap{{u("author"), u("Me")}}}
                                << u("docker commit --author Me web mine:1");
    }
    void dockerLines() {
        QFETCH(const QString, method);
        QFETCH(const QVariantList, more);
        QFETCH(const QString, line);
        const auto told = trace(method.toLatin1().constData(), QVariantList{u("0123")} + more);
        QVERIFY(told.has_value());
        QCOMPARE(told->docker, line);
        QVERIFY(told->title.contains(u("web")));
        QVERIFY(told->call.contains(u(" 0123"))); // the engine is asked by id
        QVERIFY(!told->kernel.isEmpty());
    }

    void actionsOnImages_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QVariantList>("arguments");
        QTest::addColumn<QString>("line");
        const QVariant file = QVariant::fromValue(QDBusUnixFileDescriptor(0));
        const auto row = [](const char* method, const QVariantList& arguments, const char* line) {
            QTest::newRow(line) << u(method) << arguments << u(line);
        };
        row("Push", {u("docker.io/ada/web:1"), QVariantMap{{u("password"), u("hunter2")}}},
            "docker push ada/web:1");
        row("Push", {u("docker.io/library/web:1"), QVariantMap{{u("target"), u("quay.io/ada/web:1")}}},
            "docker tag web:1 quay.io/ada/web:1\ndocker push quay.io/ada/web:1");
        row("Save", {QStringList{u("docker.io/library/a:1"), u("quay.io/b:2")}, file, QVariantMap()},
            "docker save a:1 quay.io/b:2");
        row("Load", {file, QVariantMap()}, "docker load");
        row("Import",
            {file, u("docker.io/library/root:1"), QVariantMap{{u("changes"), QStringList{u("CMD sh")}}}},
            "docker import --change 'CMD sh' - root:1");
        row("Prune",
            {QVariantMap{
                {u("all"), true}, {u("until"), qlonglong(5000)}, {u("label"), QStringList{u("a=b")}}}},
            "docker image prune --force --all --filter until=5 --filter label=a=b");
    }
    void actionsOnImages() {
        QFETCH(const QString, method);
        QFETCH(const QVariantList, arguments);
        QFETCH(const QString, line);
        const auto told = trace(method.toLatin1().constData(), arguments, kImages);
        QVERIFY(told.has_value());
        QCOMPARE(told->docker, line);
        QVERIFY(told->call.contains(u(" org.escale.Engine1.Images ") + method));
        QVERIFY(!told->call.contains(u("hunter2")));
        QVERIFY(!told->kernel.isEmpty());
    }
    void whatDockerCannotDoHasNoLine() {
        const auto told = trace("Verify", {QVariantMap{{u("mend"), true}}}, kImages);
        QVERIFY(told.has_value());
        QVERIFY(told->docker.isEmpty());
        QCOMPARE(told->kernel.size(), 2);
    }

    void imagesAndRuns() {
        QCOMPARE(trace("Pull", {u("docker.io/library/debian:12"), QVariantMap()}, kImages)->docker,
                 u("docker pull debian:12"));
        QCOMPARE(trace("Remove", {u("docker.io/library/debian"), u("12"), QVariantMap()}, kImages)->docker,
                 u("docker rmi debian:12"));
        QCOMPARE(trace("Tag", {u("docker.io/library/debian:12"), u("shop:1")}, kImages)->docker,
                 u("docker tag debian:12 shop:1"));
        QCOMPARE(trace("Run", {u("docker.io/library/debian:12"), QStringList{u("sleep"), u("9")},
                               QVariantMap{{u("name"), u("web")}}})
                     ->docker,
                 u("docker run -d --name web debian:12 sleep 9"));
        // One whose terminal is waited for is what docker runs in the foreground.
        QCOMPARE(trace("Run", {u("busybox:latest"), QStringList(),
                               QVariantMap{{u("stdin"), true}, {u("tty"), true}, {u("stdin-once"), true}}})
                     ->docker,
                 u("docker run -it busybox:latest"));
        const auto created =
            trace("Create", {u("docker.io/library/debian:12"), QStringList{u("sleep"), u("9")},
                             QVariantMap{{u("name"), u("web")}}});
        QCOMPARE(created->title, u("Create web"));
        QCOMPARE(created->docker, u("docker create --name web debian:12 sleep 9"));
        QCOMPARE(created->kernel.size(), 1);
        QVERIFY(!trace("Inspect", {u("0123")}).has_value());
    }

    void secretsAreHidden() {
        // Given a run and a pull with secrets in every place,
        const QVariantMap options{{u("environment"), QStringList{u("DB_PASSWORD=hush me"), u("PATH=/bin"),
                                                                 u("URL=pg://me:hush@db/x")}},
                                  {u("labels"), QVariant::fromValue(dbus::TextMap{{u("api-token"), u("hush")},
                                                                                  {u("role"), u("web")}})}};
        const auto run =
            trace("Run", {u("demo"),
                          QStringList{u("serve"), u("--auth-token"), u("hush"), u("--secret=hush"), u("sh"),
                                      u("cd / && MYSQL_PASSWORD=hush exec db")},
                          options});
        const auto pull = trace(
            "Pull", {u("demo"), QVariantMap{{u("username"), u("me")}, {u("password"), u("hush")}}}, kImages);
        // then none of them is shown, and the rest is.
        const QString all = run->docker + run->call + run->kernel.join(u' ') + pull->docker + pull->call;
        QVERIFY2(!all.contains(u("hush")), qPrintable(all));
        for (const char* kept : {"PATH=/bin", "DB_PASSWORD=***", "role", "username s me", "exec db", "@db/x"})
            QVERIFY2(all.contains(u(kept)), kept);
        QVERIFY(!looksSecret(u("KEYBOARD")) && !looksSecret(u("AUTHOR")) && !looksSecret(u("COMPASS")));
    }

    void theStepsFollowTheOptions_data() {
        QTest::addColumn<QVariantMap>("options");
        QTest::addColumn<QString>("has");
        QTest::addColumn<QString>("hasNot");
        QTest::newRow("bridge") << QVariantMap() << u("veth") << u("uses this machine's");
        QTest::newRow("none") << QVariantMap{{u("network"), u("none")}} << u("CLONE_NEWNET") << u("veth");
        QTest::newRow("host") << QVariantMap{{u("network"), u("host")}} << u("no network namespace")
                              << u("CLONE_NEWNET");
        QTest::newRow("another's") << QVariantMap{{u("network"), u("container:1")}} << u("setns(2)")
                                   << u("veth");
        QTest::newRow("another's ids with it")
            << QVariantMap{{u("pid"), u("container:1")}} << u("CLONE_NEWUSER | CLONE_NEWPID") << u("uid_map");
        QTest::newRow("host's pids") << QVariantMap{{u("pid"), u("host")}} << u("CLONE_NEWIPC")
                                     << u("CLONE_NEWPID");
        QTest::newRow("host's users")
            << QVariantMap{{u("userns"), u("host")}} << u("CLONE_NEWPID") << u("uid_map");
        QTest::newRow("privileged") << QVariantMap{{u("privileged"), true}} << u("all capabilities")
                                    << u("seccomp");
        QTest::newRow("unconfined") << QVariantMap{{u("seccomp"), u("unconfined")}} << u("NO_NEW_PRIVS")
                                    << u("seccomp");
        QTest::newRow("privileges") << QVariantMap{{u("no-new-privileges"), false}} << u("seccomp")
                                    << u("NO_NEW_PRIVS");
        QTest::newRow("limits") << QVariantMap{{u("memory"), qulonglong(1) << 30}, {u("cpus"), 1.5}}
                                << u("memory.max = 1073741824, cpu.max = 150000 100000, pids.max = 1024")
                                << u("memory.low");
        QTest::newRow("user") << QVariantMap{{u("user"), u("nobody")}} << u("the user nobody") << u("RDONLY");
        QTest::newRow("read-only") << QVariantMap{{u("read-only"), true}} << u("RDONLY") << u("setresuid");
        QTest::newRow("capabilities")
            << QVariantMap{{u("cap-add"), QStringList(u("NET_ADMIN"))}} << u("+NET_ADMIN") << u("all cap");
    }
    void theStepsFollowTheOptions() {
        QFETCH(const QVariantMap, options);
        QFETCH(const QString, has);
        QFETCH(const QString, hasNot);
        const QString steps = runSteps(options);
        QVERIFY2(steps.contains(has), qPrintable(steps));
        QVERIFY2(!steps.contains(hasNot), qPrintable(steps));
        QVERIFY(steps.endsWith(u("execve(2) sleep 9")));
    }
};

ESCALE_TEST(ActionTraceTest)
#include "action_trace_test.moc"
