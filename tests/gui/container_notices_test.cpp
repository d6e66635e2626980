#include "gui/containers/container_notices.h"

#include "tests/support/test_registry.h"

#include <QSignalSpy>

using namespace escale;
using namespace escale::gui;

class ContainerNoticesTest : public QObject {
    Q_OBJECT

    static dbus::Event event(const QString& action, qint64 second = 0, const dbus::TextMap& attributes = {}) {
        static quint64 sequence = 0;
        dbus::Event made;
        made.sequence = ++sequence;
        made.time = 1'767'225'600'000 + second * 1000;
        made.type = QStringLiteral("container");
        made.action = action;
        made.id = QStringLiteral("a");
        made.attributes = attributes;
        made.attributes.insert(QStringLiteral("name"), QStringLiteral("web"));
        return made;
    }
    static dbus::Event die(int code) {
        return event(QStringLiteral("die"), 0, {{QStringLiteral("exitCode"), QString::number(code)}});
    }
    static dbus::Event kill(int signal) {
        return event(QStringLiteral("kill"), 0, {{QStringLiteral("signal"), QString::number(signal)}});
    }

private Q_SLOTS:
    void onlyWhatNobodyAskedForIsTold_data() {
        QTest::addColumn<dbus::EventList>("events");
        QTest::addColumn<QString>("title"); // empty: none
        const dbus::Event stop = event(QStringLiteral("stop")), oom = event(QStringLiteral("oom")),
                          destroy = event(QStringLiteral("destroy")), start = event(QStringLiteral("start"));
        QTest::newRow("failed") << dbus::EventList{die(1)} << "web has ended: failed (1)";
        QTest::newRow("done") << dbus::EventList{die(0)} << "";
        QTest::newRow("memory") << dbus::EventList{oom, die(137)} << "web has ended: ran out of memory (137)";
        QTest::newRow("killed by us") << dbus::EventList{kill(9), die(137)} << "";
        QTest::newRow("stopped") << dbus::EventList{die(143), stop} << "";
        QTest::newRow("reload, then a crash")
            << dbus::EventList{kill(1), die(139)} << "web has ended: killed by SIGSEGV (139)";
        QTest::newRow("killed, restarted, crashed")
            << dbus::EventList{kill(9), die(137), start, die(2)} << "web has ended: failed (2)";
        QTest::newRow("removed by force") << dbus::EventList{die(137), destroy} << "";
        QTest::newRow("removes itself, and failed")
            << dbus::EventList{die(3), destroy} << "web has ended: failed (3)";
        QTest::newRow("unhealthy") << dbus::EventList{event(QStringLiteral("health_status: unhealthy"))}
                                   << "web is unhealthy";
        QTest::newRow("healthy") << dbus::EventList{event(QStringLiteral("health_status: healthy"))} << "";
    }
    void onlyWhatNobodyAskedForIsTold() {
        QFETCH(const dbus::EventList, events);
        QFETCH(const QString, title);
        ContainerNotices notices;
        notices.setPatience(1);
        QSignalSpy told(&notices, &ContainerNotices::notice);
        notices.take(events);
        if (title.isEmpty()) {
            QTest::qWait(50);
            QCOMPARE(told.count(), 0);
        } else {
            QTRY_COMPARE(told.count(), 1);
            QCOMPARE(told[0][1].toString(), title);
        }
    }

    void oneAMinuteIsEnough() {
        // Given a container that turns unhealthy every twenty seconds,
        ContainerNotices notices;
        QSignalSpy told(&notices, &ContainerNotices::notice);
        for (int second = 0; second <= 120; second += 20)
            notices.take({event(QStringLiteral("health_status: unhealthy"), second)});
        // then two minutes bring three notices.
        QCOMPARE(told.count(), 3);
    }
};

ESCALE_TEST(ContainerNoticesTest)
#include "container_notices_test.moc"
