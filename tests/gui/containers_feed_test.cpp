#include "gui/containers/containers_feed.h"

#include "gui/client/engine_client.h"
#include "gui/containers/containers_model.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QDBusAbstractAdaptor>
#include <QDBusContext>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>

#include <memory>

using namespace escale;
using namespace escale::gui;

// An engine with nothing behind it: what it is asked is counted.
class FakeEngine : public QObject, public QDBusContext {
    Q_OBJECT
public:
    QMap<QString, dbus::Container> containers;
    int lists = 0, inspections = 0;
    bool holds = false; // the next question about a container is answered by release()

    void hold(const dbus::Container& container) {
        holds = false;
        setDelayedReply(true);
        m_held = message().createReply({QVariant::fromValue(container), QVariantMap(), QVariantMap()});
    }
    [[nodiscard]] bool isHolding() const { return m_held.type() == QDBusMessage::ReplyMessage; }
    void release(QDBusConnection bus) { bus.send(m_held); }

private:
    QDBusMessage m_held;
};

class FakeMain : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.escale.Engine1")
public:
    explicit FakeMain(QObject* engine)
        : QDBusAbstractAdaptor(engine) {}
public Q_SLOTS:
    QList<escale::dbus::JobSummary> ListJobs() { return {}; }
};

class FakeContainers : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.escale.Engine1.Containers")
public:
    explicit FakeContainers(FakeEngine* engine)
        : QDBusAbstractAdaptor(engine)
        , m_engine(engine) {}
public Q_SLOTS:
    QList<escale::dbus::Container> List() {
        ++m_engine->lists;
        return m_engine->containers.values();
    }
    escale::dbus::Container Inspect(const QString& id, QVariantMap& options, QVariantMap& image) {
        ++m_engine->inspections;
        options.clear();
        image.clear();
        if (m_engine->holds) {
            m_engine->hold(m_engine->containers.value(id));
            return {};
        }
        if (!m_engine->containers.contains(id))
            m_engine->sendErrorReply(QStringLiteral("org.escale.Error.NotFound"),
                                     QStringLiteral("no such container"));
        return m_engine->containers.value(id);
    }

private:
    FakeEngine* m_engine;
};

class ContainersFeedTest : public QObject {
    Q_OBJECT
    QProcess m_daemon;
    QByteArray m_before;
    QString m_address;

    // The feed of such an engine, which has been read.
    struct Scene {
        FakeEngine engine;
        QDBusConnection bus;
        EngineClient client;
        ContainersModel model;
        std::unique_ptr<ContainersFeed> feed;

        Scene(const QString& address, const QStringList& ids)
            : bus(QDBusConnection::connectToBus(address, QStringLiteral("fake-engine"))) {
            new FakeMain(&engine);
            new FakeContainers(&engine);
            for (const QString& id : ids)
                engine.containers.insert(id, test::container(id));
            bus.registerObject(QString::fromLatin1(dbus::kObject), &engine);
            bus.registerService(QString::fromLatin1(dbus::kService));
            feed = std::make_unique<ContainersFeed>(client, model, nullptr);
            client.open();
        }
        ~Scene() {
            bus.unregisterService(QString::fromLatin1(dbus::kService));
            bus.unregisterObject(QString::fromLatin1(dbus::kObject));
        }
    };

    static void tell(QDBusConnection& bus, const QStringList& ids) {
        auto signal =
            QDBusMessage::createSignal(QString::fromLatin1(dbus::kObject),
                                       QStringLiteral("org.escale.Engine1"), QStringLiteral("Changed"));
        signal << QStringLiteral("containers") << ids;
        bus.send(signal);
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(!QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty(),
                    "there is no dbus-daemon");
        dbus::registerTypes();
        m_daemon.start(
            QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(m_daemon.waitForReadyRead(10'000));
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
        m_before = qgetenv("DBUS_SYSTEM_BUS_ADDRESS");
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_address.toUtf8());
    }
    void cleanupTestCase() {
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_before);
        QDBusConnection::disconnectFromBus(QStringLiteral("fake-engine"));
        m_daemon.terminate();
        m_daemon.waitForFinished(5000);
    }

    void fewChangesAreReadSingly() {
        // Given an engine with two containers, which have been read,
        Scene scene(m_address, {QStringLiteral("a"), QStringLiteral("b")});
        FakeEngine& engine = scene.engine;
        const ContainersModel& model = scene.model;
        QTRY_COMPARE(model.count(), 2);
        QCOMPARE(engine.lists, 1);

        // when one changes, one goes and one comes,
        const QString a = QStringLiteral("a"), b = QStringLiteral("b"), c = QStringLiteral("c");
        engine.containers[a].state = QStringLiteral("exited");
        engine.containers.remove(b);
        engine.containers.insert(c, test::container(c));
        tell(scene.bus, {a, b, c});
        // then each is asked for, and not the list.
        QTRY_VERIFY(model.find(b) == nullptr);
        QTRY_VERIFY(model.find(c) != nullptr);
        QCOMPARE(model.find(a)->state, QStringLiteral("exited"));
        QCOMPARE(engine.inspections, 3);
        QCOMPARE(engine.lists, 1);

        // Many at once are one list.
        QStringList many;
        for (int i = 0; i < 20; ++i) {
            many.append(QString::number(i));
            engine.containers.insert(many.last(), test::container(many.last()));
        }
        tell(scene.bus, many);
        QTRY_COMPARE(model.count(), 22);
        QCOMPARE(engine.inspections, 3);
        QCOMPARE(engine.lists, 2);
    }

    void aChangeBehindAnAnswerThatALateListOvertookIsSeen() {
        // Given an answer about a container that is slow, and a list that was asked for later and came first,
        Scene scene(m_address, {QStringLiteral("a")});
        QTRY_COMPARE(scene.model.count(), 1);
        scene.engine.holds = true;
        tell(scene.bus, {QStringLiteral("a")});
        QTRY_VERIFY(scene.engine.isHolding());
        QSignalSpy taken(scene.feed.get(), &ContainersFeed::taken);
        scene.feed->refresh();
        QTRY_COMPARE(scene.engine.lists, 2);
        QTRY_COMPARE(taken.count(), 1);
        // when the container goes then, and the slow answer comes at last,
        scene.engine.containers.clear();
        tell(scene.bus, {QStringLiteral("a")});
        QSignalSpy told(&scene.client, &EngineClient::containersChanged);
        QTRY_COMPARE(told.count(), 1);
        scene.engine.release(scene.bus);
        // then that it has gone is not forgotten.
        QTRY_COMPARE(scene.model.count(), 0);
    }
};

ESCALE_TEST(ContainersFeedTest)
#include "containers_feed_test.moc"
