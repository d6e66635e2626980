#include "gui/common/notifications.h"

#include "tests/support/test_registry.h"

#include <QDBusConnectionInterface>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>

using namespace escale::gui;

// A desktop that shows notices: keeps them instead.
class FakeDesktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    QStringList titles, texts;
    QList<uint> replaced;

public Q_SLOTS:
    uint Notify(const QString&, uint replaces, const QString&, const QString& title, const QString& text,
                const QStringList&, const QVariantMap&, int) {
        titles.append(title);
        texts.append(text);
        replaced.append(replaces);
        return replaces != 0 ? replaces : 40 + static_cast<uint>(titles.size());
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);
};

class NotificationsTest : public QObject {
    Q_OBJECT
    QProcess m_daemon;
    QString m_address;

    QDBusConnection connection(const char* name) {
        return QDBusConnection::connectToBus(m_address, QString::fromLatin1(name));
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(!QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty(),
                    "there is no dbus-daemon");
        m_daemon.start(
            QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(m_daemon.waitForReadyRead(10'000));
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }
    void cleanupTestCase() {
        for (const char* name : {"desktop", "notices", "silent"})
            QDBusConnection::disconnectFromBus(QString::fromLatin1(name));
        m_daemon.terminate();
        m_daemon.waitForFinished(5000);
    }

    void aNewerNoticeReplacesTheOlder() {
        // Given a desktop,
        FakeDesktop desktop;
        QDBusConnection bus = connection("desktop");
        QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &desktop,
                                   QDBusConnection::ExportAllContents));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.Notifications")));
        Notifications notices(connection("notices"), nullptr);
        // when two notices are about one container and one about another,
        notices.show(QStringLiteral("a"), QStringLiteral("web has ended"), QStringLiteral("<b>why</b>"));
        QTRY_COMPARE(desktop.titles.size(), 1);
        QTest::qWait(50); // its answer
        notices.show(QStringLiteral("a"), QStringLiteral("again"), {});
        notices.show(QStringLiteral("b"), QStringLiteral("other"), {});
        QTRY_COMPARE(desktop.titles.size(), 3);
        // then the second takes the place of the first, and no text is taken for markup.
        QCOMPARE(desktop.replaced, QList<uint>({0, 41, 0}));
        QCOMPARE(desktop.texts.first(), QStringLiteral("&lt;b&gt;why&lt;/b&gt;"));
        // A click says which container it was; others' notices are not ours.
        QTest::qWait(50);
        QSignalSpy clicks(&notices, &Notifications::activated);
        Q_EMIT desktop.ActionInvoked(7, QStringLiteral("default"));
        Q_EMIT desktop.ActionInvoked(41, QStringLiteral("default"));
        QTRY_COMPARE(clicks.count(), 1);
        QCOMPARE(clicks[0][0].toString(), QStringLiteral("a"));
        bus.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
    }

    void whereNobodyShowsNoticesNothingIsSaid() {
        Notifications notices(connection("silent"), nullptr);
        notices.show(QStringLiteral("a"), QStringLiteral("title"), QStringLiteral("text"));
        QTest::qWait(100);
    }
};

ESCALE_TEST(NotificationsTest)
#include "notifications_test.moc"
