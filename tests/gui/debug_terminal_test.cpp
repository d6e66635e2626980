#include "gui/containers/debug_terminal.h"

#include "gui/client/engine_client.h"
#include "gui/containers/docker_command.h"
#include "gui/containers/docker_options.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::gui;

static QString u(const char* text) {
    return QString::fromUtf8(text);
}

static ContainerDetails targetWith(const QVariantMap& options) {
    ContainerDetails target;
    target.container = test::container(u("cafe"));
    target.container.name = u("web");
    target.options = options;
    return target;
}

class DebugTerminalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void joinsTheTargetAndIsRemovedWithItsTerminal() {
        const RunRequest request = debugRequest(targetWith({}), u("busybox:latest"));
        const QVariantMap& options = request.options;
        QCOMPARE(request.image, u("busybox:latest"));
        for (const char* flag : {"tty", "stdin", "stdin-once", "remove"})
            QVERIFY2(options.value(u(flag)).toBool(), flag);
        QCOMPARE(options.value(u("pid")).toString(), u("container:cafe"));
        QCOMPARE(options.value(u("network")).toString(), u("container:cafe"));
        QVERIFY(
            options.value(u("environment")).toStringList().contains(u("ESCALE_TARGET_ROOT=/proc/1/root")));
        dbus::Container made;
        made.labels = options.value(u("labels")).value<gui::TextMap>();
        QCOMPARE(debugTargetOf(made), u("cafe"));
    }

    void followsWhatTheTargetShares_data() {
        QTest::addColumn<QVariantMap>("given");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QVariant>("wanted");
        const auto joined = QVariant(u("container:cafe"));
        const auto host = QVariant(u("host"));
        QTest::newRow("no IPC to share") << QVariantMap() << "ipc" << QVariant();
        QTest::newRow("shareable IPC") << QVariantMap{{u("ipc"), u("shareable")}} << "ipc" << joined;
        QTest::newRow("this machine's IPC") << QVariantMap{{u("ipc"), u("host")}} << "ipc" << host;
        QTest::newRow("no network") << QVariantMap{{u("network"), u("none")}} << "network" << joined;
        QTest::newRow("this machine's network")
            << QVariantMap{{u("network"), u("host")}} << "network" << host;
        QTest::newRow("this machine's processes") << QVariantMap{{u("pid"), u("host")}} << "pid" << host;
        QTest::newRow("ids of its own") << QVariantMap() << "userns" << QVariant();
        QTest::newRow("this machine's ids") << QVariantMap{{u("userns"), u("host")}} << "userns" << host;
        QTest::newRow("privileged") << QVariantMap{{u("privileged"), true}} << "userns" << host;
    }
    void followsWhatTheTargetShares() {
        QFETCH(const QVariantMap, given);
        QFETCH(const QString, key);
        QFETCH(const QVariant, wanted);
        QCOMPARE(debugRequest(targetWith(given), u("busybox")).options.value(key), wanted);
    }

    void looksForTheTargetAmongProcessesThatAreShared() {
        const QString alone = debugRequest(targetWith({}), u("busybox")).command.last();
        QVERIFY(!alone.contains(u("cgroup")));
        for (const char* mode : {"host", "container:other"}) {
            const QString script =
                debugRequest(targetWith({{u("pid"), u(mode)}}), u("busybox")).command.last();
            QVERIFY2(script.contains(u("*cafe*")), qPrintable(script));
        }
    }

    void isALineThatDockerTakes() {
        RunRequest request = debugRequest(targetWith({}), u("busybox:latest"));
        request.options.insert(u("name"), u("web-debug"));
        const QString line = dockerRunLine(request);
        QVERIFY2(line.startsWith(u("docker run --name web-debug --rm -it ")), qPrintable(line));
        for (const char* part : {"--pid container:cafe", "--network container:cafe", "--cap-add SYS_PTRACE"})
            QVERIFY2(line.contains(u(part)), qPrintable(line));
        VERIFY_RESULT(parseDockerRun(line));
    }

    void namesAreUniqueAndNeverTooLong() {
        ContainerDetails target = targetWith({});
        target.container.name = QString(128, u'a');
        const QString name = debugRequest(target, u("busybox")).options.value(u("name")).toString();
        QCOMPARE(name.size(), 128);
        QVERIFY(name.contains(u("-debug-")));
    }

    void proposesWhatIsHereOrWasUsed() {
        const dbus::ImageList images{test::image(u("docker.io/library/nginx"), u("1")),
                                     test::image(u("docker.io/library/alpine"), u("3.20"))};
        QCOMPARE(proposedToolImage({}, images), u("alpine:3.20"));
        QCOMPARE(proposedToolImage(u("my/tools"), images), u("my/tools"));
        QCOMPARE(proposedToolImage({}, {}), u("busybox:latest"));
    }

    void knowsAnImageByAnyOfItsNames() {
        const dbus::ImageList images{test::image(u("docker.io/library/alpine"), u("latest"))};
        QVERIFY(isHere(u("alpine"), images));
        QVERIFY(isHere(u("docker.io/library/alpine:latest"), images));
        QVERIFY(!isHere(u("alpine:3.20"), images));
        QVERIFY(!isHere(u("Not A Name"), images));
        QVERIFY(!isHere({}, images));
    }
};

ESCALE_TEST(DebugTerminalTest)
#include "debug_terminal_test.moc"
