// The whole life of a container over the bus, as an ordinary user.
#include "engine/base/file.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/session_client.h"
#include "tests/support/test_registry.h"

#include <QDBusPendingCall>
#include <QDBusUnixFileDescriptor>

#include <fcntl.h>

using namespace escale;
using namespace escale::test;

namespace {

QStringList shell(const char* script) {
    return {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QString::fromLatin1(script)};
}

SessionClient sessionOf(const QDBusMessage& reply, int index) {
    const auto passed = reply.arguments().value(index).value<QDBusUnixFileDescriptor>();
    return SessionClient(UniqueFd(::fcntl(passed.fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
}

} // namespace

// Takes down what happens, as the GUI's models do.
class EventListener : public QObject {
    Q_OBJECT
public:
    explicit EventListener(QDBusConnection bus) {
        bus.connect(QStringLiteral("org.escale.Engine1"), QStringLiteral("/org/escale/Engine1"),
                    QStringLiteral("org.escale.Engine1"), QStringLiteral("Happened"), this,
                    SLOT(happened(QDBusMessage)));
        (void)call(bus, QStringLiteral("org.escale.Engine1"), QStringLiteral("ListJobs"));
    }
    dbus::EventList events;
    QStringList actions(const QString& id) const {
        QStringList found;
        for (const auto& event : events) {
            if (event.id == id)
                found.append(event.action);
        }
        return found;
    }

private Q_SLOTS:
    void happened(const QDBusMessage& message) {
        events += qdbus_cast<dbus::EventList>(message.arguments().value(0));
    }
};

class HelperLifeTest : public HelperTest {
    Q_OBJECT

    QString state(const QString& id) { return m_machine->container(kUser, id).state; }
    QString created(const QStringList& command, const QVariantMap& options) {
        return m_machine->ask(kUser, "Create", {m_machine->image(), command, options})
            .arguments()
            .value(0)
            .toString();
    }
    // With a container that does not run yet.
    SessionClient waiting(const QString& id, QVariantMap options = {}) {
        options.insert(QStringLiteral("next-start"), true);
        return sessionOf(m_machine->ask(kUser, "Attach", {id, options}), 0);
    }

private Q_SLOTS:
    void aTagWithADigestIsTheDigests() {
        // Given a container's image, when it is named with its digest, as an undo of its update does,
        const QString id = m_machine->run(kUser, kSleep);
        const QString digest = m_machine->container(kUser, id).imageDigest;
        const QString exact = m_machine->image() + QLatin1Char('@') + digest;
        const auto pulled = m_machine->ended(
            kUser, call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Images"),
                        QStringLiteral("Pull"), {exact, QVariantMap{{QStringLiteral("insecure"), true}}})
                       .arguments()
                       .value(0));
        QCOMPARE(pulled.result, digest);
        const auto made = m_machine->ask(kUser, "Create", {exact, kSleep, QVariantMap()});
        // then that very image is taken, and the container remembers both.
        const auto copy = m_machine->container(kUser, made.arguments().value(0).toString());
        QCOMPARE(copy.imageDigest, digest);
        QVERIFY2(copy.image.endsWith(QStringLiteral(":1@") + digest), qPrintable(copy.image));
        m_machine->remove(kUser, copy.id);
        m_machine->remove(kUser, id);
    }
    void measuresWhatAContainerUses() {
        // Given a container that works,
        const QString id = m_machine->run(kUser, shell("while :; do :; done"));
        QVERIFY(!id.isEmpty());
        const auto history = [&](qint64 since) {
            return qdbus_cast<dbus::StatsPoints>(
                m_machine->ask(kUser, "StatsHistory", {id, since}).arguments().value(0));
        };
        // when nobody has asked for a while, then its last seconds are there,
        QTRY_VERIFY_WITH_TIMEOUT(history(0).size() >= 2, 20000);
        const auto points = history(0);
        QVERIFY(points.last().cpu > 0); // how much is the machine's affair: others may keep it busy
        QCOMPARE(history(points.first().time).first().time, points.at(1).time);
        // and its network is that of its own end: it has sent what announces it.
        const auto stats = qdbus_cast<dbus::StatsList>(
            m_machine->ask(kUser, "Stats", {QStringList{id}}).arguments().value(0));
        QCOMPARE(stats.size(), 1);
        QCOMPARE(stats[0].interfaces.size(), 1);
        QCOMPARE(stats[0].interfaces[0].name, QStringLiteral("eth0"));
        QVERIFY(stats[0].cpuNanoseconds > 0);
        QVERIFY(stats[0].time >= points.last().time);
        m_machine->remove(kUser, id);
        QCOMPARE(m_machine->ask(kUser, "StatsHistory", {id, qint64(0)}).errorName(),
                 kErrors + QStringLiteral("NotFound"));
    }
    void handsOutEveryFileOfALog() {
        // Given a container that writes more than a file may hold,
        const QVariantMap options{
            {QStringLiteral("log-options"),
             QVariant::fromValue(dbus::TextMap{{QStringLiteral("max-size"), QStringLiteral("256k")},
                                               {QStringLiteral("max-file"), QStringLiteral("3")}})}};
        const QString id = m_machine->run(kUser, shell("seq 20000"), options);
        QVERIFY(!id.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), QStringLiteral("exited"), 20000);
        // when the log is opened, then its files come, the one that is written to last.
        const auto reply = m_machine->ask(kUser, "OpenLog", {id, QVariantMap()});
        const auto files = qdbus_cast<dbus::FileList>(reply.arguments().value(0));
        QCOMPARE(files.size(), 3);
        const auto last = readFd(files.last().fileDescriptor());
        VERIFY_RESULT(last);
        QVERIFY(last->find("\"20000\\n\"") != std::string::npos);
        m_machine->remove(kUser, id);
    }

    void changesAContainerThatRuns() {
        const EventListener mine(m_machine->as(kUser));
        const EventListener others(m_machine->as(0));
        const QString id = m_machine->run(kUser, kSleep, {{QStringLiteral("name"), QStringLiteral("life")}});
        QVERIFY(!id.isEmpty());
        QCOMPARE(error("Pause", {id}), QString());
        QCOMPARE(state(id), QStringLiteral("paused"));
        QCOMPARE(error("Pause", {id}), kErrors + QStringLiteral("WrongState"));
        QCOMPARE(error("Unpause", {id}), QString());
        QCOMPARE(state(id), QStringLiteral("running"));
        QCOMPARE(error("Rename", {id, QStringLiteral("other")}), QString());
        QCOMPARE(error("Rename", {id, QStringLiteral("-bad")}), kErrors + QStringLiteral("InvalidArgument"));
        QCOMPARE(m_machine->container(kUser, id).name, QStringLiteral("other"));
        const QVariantMap limits{{QStringLiteral("memory"), QVariant::fromValue(quint64(100) << 20)},
                                 {QStringLiteral("restart"), QStringLiteral("always")}};
        QCOMPARE(error("Update", {id, limits}), QString());
        // A reading may be a second old.
        const auto memoryLimit = [&] {
            const auto reply = m_machine->ask(kUser, "Stats", {QStringList{id}});
            return qdbus_cast<dbus::StatsList>(reply.arguments().value(0)).value(0).memoryLimit;
        };
        QTRY_COMPARE(memoryLimit(), quint64(100) << 20);
        const auto restart =
            m_machine->ask(kUser, "Restart", {id, QVariantMap{{QStringLiteral("timeout"), 0U}}});
        QCOMPARE(m_machine->ended(kUser, restart.arguments().value(0)).state, QStringLiteral("done"));
        QCOMPARE(error("Kill", {id, QStringLiteral("NOPE")}), kErrors + QStringLiteral("InvalidArgument"));
        QCOMPARE(error("Kill", {id, QStringLiteral("KILL")}), QString());
        QTRY_COMPARE(state(id), QStringLiteral("exited"));
        m_machine->remove(kUser, id);
        const QStringList story{
            QStringLiteral("create"),  QStringLiteral("start"),   QStringLiteral("pause"),
            QStringLiteral("unpause"), QStringLiteral("rename"),  QStringLiteral("update"),
            QStringLiteral("kill"),    QStringLiteral("die"),     QStringLiteral("stop"),
            QStringLiteral("start"),   QStringLiteral("restart"), QStringLiteral("kill"),
            QStringLiteral("die"),     QStringLiteral("destroy")};
        QTRY_COMPARE(mine.actions(id), story);
        QVERIFY(others.actions(id).isEmpty());
        const auto listed = qdbus_cast<dbus::EventList>(
            call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1"), QStringLiteral("ListEvents"),
                 {QVariantMap{{QStringLiteral("filters"),
                               QStringList{QStringLiteral("container=") + id, QStringLiteral("event=die")}}}})
                .arguments()
                .value(0));
        QCOMPARE(listed.size(), 2);
        QCOMPARE(listed.last().attributes.value(QStringLiteral("exitCode")), QStringLiteral("137"));
    }

    void waitAnswersWithTheExitCode() {
        const QString id = m_machine->run(kUser, shell("read go; exit 9"), {{QStringLiteral("stdin"), true}});
        QDBusMessage message = QDBusMessage::createMethodCall(
            QStringLiteral("org.escale.Engine1"), QStringLiteral("/org/escale/Engine1"),
            QStringLiteral("org.escale.Engine1.Containers"), QStringLiteral("Wait"));
        message.setArguments({id, QVariantMap()});
        const QDBusPendingCall pending = m_machine->as(kUser).asyncCall(message);
        SessionClient client = sessionOf(m_machine->ask(kUser, "Attach", {id, QVariantMap()}), 0);
        QVERIFY(!pending.isFinished());
        client.type("go\n");
        QTRY_VERIFY(pending.isFinished());
        QCOMPARE(pending.reply().arguments().value(0).toInt(), 9);
        m_machine->remove(kUser, id);
    }

    void aSessionThatWaitsForTheStartMissesNothing() {
        const QString id = created(shell("echo out; echo bad >&2; cat; exit 7"),
                                   {{QStringLiteral("stdin"), true}, {QStringLiteral("stdin-once"), true}});
        for (const char* start : {"Start", "Restart"}) { // the second one of a container that has ended
            SessionClient first = waiting(id);
            SessionClient second = waiting(id, {{QStringLiteral("stdin"), false}});
            first.type("early\n");
            first.send(FrameType::InputEnds);
            const auto started =
                m_machine->ask(kUser, start, {id, QVariantMap{{QStringLiteral("wait-for-client"), false}}});
            QCOMPARE(m_machine->ended(kUser, started.arguments().value(0)).state, QStringLiteral("done"));
            for (SessionClient* client : {&first, &second}) {
                QVERIFY(client->awaitEnd());
                QCOMPARE(client->output, std::string("out\nearly\n"));
                QCOMPARE(client->errors, std::string("bad\n"));
                QCOMPARE(client->exitCode, 7);
            }
            QTRY_COMPARE(state(id), QStringLiteral("exited"));
        }
        m_machine->remove(kUser, id);
    }
    void aSessionWaitsForTheRestartPolicyToo() {
        // Given a container that ends once, and is started again by its policy after a while
        const QString id = created(
            shell("echo run; sleep 0.2; exit 1"),
            {{QStringLiteral("restart"), QStringLiteral("on-failure")}, {QStringLiteral("restart-max"), 8u}});
        m_machine->ended(kUser, m_machine->ask(kUser, "Start", {id, QVariantMap()}).arguments().value(0));
        QTRY_COMPARE(state(id), QStringLiteral("restarting"));
        SessionClient client = waiting(id);
        QVERIFY(client.awaitEnd());
        QVERIFY2(client.output == "run\n" || client.output.empty(), client.output.c_str());
        QCOMPARE(client.exitCode, 1);
        m_machine->remove(kUser, id);
    }
    void aSessionForTheNextStartIsThereAtOnceWhereItRuns() {
        const QString id =
            m_machine->run(kUser, shell("read line; echo got $line"), {{QStringLiteral("stdin"), true}});
        SessionClient client = waiting(id);
        client.type("it\n");
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.output, std::string("got it\n"));
        m_machine->remove(kUser, id);
    }
    void waitingSessionsEndWithTheirContainer() {
        const QString id = created(shell("true"), {});
        SessionClient client = waiting(id);
        m_machine->remove(kUser, id);
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.exitCode, -1);
        QCOMPARE(error("Attach", {id, QVariantMap{{QStringLiteral("next-start"), true}}}),
                 kErrors + QStringLiteral("NotFound"));
    }
    void waitingSessionsEndWithAStartThatFails() {
        const QString id = created({QStringLiteral("/no/such/program")}, {});
        SessionClient client = waiting(id);
        const auto started = m_machine->ask(kUser, "Start", {id, QVariantMap()});
        QCOMPARE(m_machine->ended(kUser, started.arguments().value(0)).state, QStringLiteral("failed"));
        QVERIFY(client.awaitEnd());
        QVERIFY(client.output.empty());
        m_machine->remove(kUser, id);
    }
    void onlySoManySessionsWait() {
        const QString id = created(shell("echo out"), {});
        std::vector<SessionClient> clients;
        for (int i = 0; i < 16; ++i)
            clients.push_back(waiting(id));
        const QVariantList another{id, QVariantMap{{QStringLiteral("next-start"), true}}};
        QCOMPARE(error("Attach", another), kErrors + QStringLiteral("InUse"));
        clients.pop_back(); // who has gone does not count
        clients.push_back(waiting(id));
        QVERIFY(clients.back().isOpen());
        (void)m_machine->ask(kUser, "Start", {id, QVariantMap()});
        for (auto& client : clients) {
            QVERIFY(client.awaitEnd());
            QCOMPARE(client.output, std::string("out\n"));
        }
        m_machine->remove(kUser, id);
    }

    void inspectTellsWhatWasAsked() {
        const QVariantMap options{
            {QStringLiteral("environment"), QStringList{QStringLiteral("A=b")}},
            {QStringLiteral("labels"),
             QVariant::fromValue(dbus::TextMap{{QStringLiteral("k"), QStringLiteral("v")}})},
            {QStringLiteral("pids"), QVariant::fromValue(qint64(50))},
            {QStringLiteral("entrypoint"), QStringList()},
            {QStringLiteral("init"), true}};
        const QString id = m_machine->run(kUser, kSleep, options);
        QVERIFY(!id.isEmpty());
        const auto reply = m_machine->ask(kUser, "Inspect", {id});
        QCOMPARE(qdbus_cast<dbus::Container>(reply.arguments().value(0)).id, id);
        auto told = qdbus_cast<QVariantMap>(reply.arguments().value(1));
        QVERIFY(!told.take(QStringLiteral("name")).toString().isEmpty());
        QCOMPARE(qdbus_cast<dbus::TextMap>(told.take(QStringLiteral("labels"))).value(QStringLiteral("k")),
                 QStringLiteral("v"));
        QCOMPARE(told.value(QStringLiteral("environment")), options.value(QStringLiteral("environment")));
        QCOMPARE(told.value(QStringLiteral("pids")), options.value(QStringLiteral("pids")));
        QCOMPARE(told.value(QStringLiteral("init")), QVariant(true));
        QVERIFY(told.contains(QStringLiteral("entrypoint")));
        QCOMPARE(told.size(), 4); // and nothing that was not
        QVERIFY(
            qdbus_cast<QVariantMap>(reply.arguments().value(2)).contains(QStringLiteral("exposed-ports")));
        m_machine->remove(kUser, id);
    }

    void executesWithASession() {
        const QString id = m_machine->run(kUser, kSleep);
        const auto reply = m_machine->ask(
            kUser, "Exec",
            {id, shell("read a; echo got $a; exit 3"), QVariantMap{{QStringLiteral("stdin"), true}}});
        QVERIFY2(reply.type() == QDBusMessage::ReplyMessage, qPrintable(reply.errorMessage()));
        SessionClient client = sessionOf(reply, 1);
        client.type("it\n");
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.output, std::string("got it\n"));
        QCOMPARE(client.exitCode, 3);
        QTRY_COMPARE(
            m_machine->ask(kUser, "InspectExec", {reply.arguments().value(0)}).arguments().value(2).toInt(),
            3);
        const auto quiet = m_machine->ask(kUser, "ExecDetached", {id, shell("exit 8"), QVariantMap()});
        QTRY_COMPARE(
            m_machine->ask(kUser, "InspectExec", {quiet.arguments().value(0)}).arguments().value(2).toInt(),
            8);
        const auto processes =
            qdbus_cast<dbus::ProcessList>(m_machine->ask(kUser, "Top", {id}).arguments().value(0));
        QCOMPARE(processes.size(), 1);
        QCOMPARE(processes.first().insidePid, 1U);
        QCOMPARE(processes.first().command, QStringLiteral("/bin/sleep 1000"));
        m_machine->remove(kUser, id);
    }

    void aTerminalIsThePersonsOwn() {
        const QString id = m_machine->run(kUser, kSleep);
        const QVariantMap options{{QStringLiteral("tty"), true},
                                  {QStringLiteral("rows"), QVariant::fromValue(ushort(12))},
                                  {QStringLiteral("columns"), QVariant::fromValue(ushort(34))}};
        SessionClient client = sessionOf(
            m_machine->ask(kUser, "Exec", {id, QStringList{QStringLiteral("/bin/sh")}, options}), 1);
        client.type("stty size; exit\n");
        QVERIFY(client.awaitOutput("12 34"));
        QVERIFY(client.awaitEnd());
        m_machine->remove(kUser, id);
    }

    // As the desktop starts it (gui/containers/debug_terminal.cpp), with what an ordinary user may do.
    void aDebugTerminalNeedsNoAdministrator() {
        const QString target = m_machine->run(kUser, kSleep);
        const QString joined = QStringLiteral("container:") + target;
        const dbus::TextMap labels{{QStringLiteral("org.escale.debug-of"), target}};
        const QString id =
            m_machine->run(kUser, shell("cd /proc/1/root && export PWD; exec sh"),
                           {{QStringLiteral("tty"), true},
                            {QStringLiteral("stdin"), true},
                            {QStringLiteral("stdin-once"), true},
                            {QStringLiteral("remove"), true},
                            {QStringLiteral("pid"), joined},
                            {QStringLiteral("network"), joined},
                            {QStringLiteral("cap-add"), QStringList{QStringLiteral("SYS_PTRACE")}},
                            {QStringLiteral("environment"), QStringList{QStringLiteral("PS1=$PWD # ")}},
                            {QStringLiteral("labels"), QVariant::fromValue(labels)}});
        QVERIFY(!id.isEmpty());
        SessionClient client = sessionOf(m_machine->ask(kUser, "Attach", {id, QVariantMap()}), 0);
        QVERIFY(client.awaitOutput("/proc/1/root # ")); // what the shell wrote before we came
        client.type("cat /proc/1/comm; ls -d bin && echo se''en\n");
        QVERIFY(client.awaitOutput("sleep\r\nbin\r\nseen"));
        // Closing the terminal ends and removes it, and nothing else.
        client.close();
        QTRY_VERIFY(m_machine->container(kUser, id).id.isEmpty());
        QCOMPARE(state(target), QStringLiteral("running"));
        m_machine->remove(kUser, target);
    }

    void aStrangersContainerIsNotDebugged() {
        const QString target = m_machine->run(0, kSleep);
        const QVariantMap options{{QStringLiteral("pid"), QStringLiteral("container:") + target}};
        const auto reply = m_machine->ask(kUser, "Run", {m_machine->image(), shell("id"), options});
        QVERIFY2(reply.type() == QDBusMessage::ReplyMessage, qPrintable(reply.errorMessage()));
        const dbus::JobStatus status = m_machine->ended(kUser, reply.arguments().value(1));
        QCOMPARE(status.state, QStringLiteral("failed"));
        QCOMPARE(status.errorName, kErrors + QStringLiteral("NotFound"));
        m_machine->remove(0, target);
    }

    void healthIsTold() {
        const QVariantMap options{{QStringLiteral("health-command"),
                                   QStringList{QStringLiteral("CMD"), QStringLiteral("/bin/true")}},
                                  {QStringLiteral("health-interval"), QVariant::fromValue(quint64(50))}};
        const QString id = m_machine->run(kUser, kSleep, options);
        QTRY_COMPARE(m_machine->container(kUser, id).health, QStringLiteral("healthy"));
        const auto probes =
            qdbus_cast<dbus::HealthProbes>(m_machine->ask(kUser, "Health", {id}).arguments().value(0));
        QVERIFY(!probes.isEmpty());
        QCOMPARE(probes.last().exitCode, 0);
        m_machine->remove(kUser, id);
    }

    void prunes() {
        const QString runs = m_machine->run(kUser, kSleep);
        const QString ended = m_machine->run(kUser, {QStringLiteral("/bin/true")});
        const QString ofRoot = m_machine->run(0, {QStringLiteral("/bin/true")});
        QTRY_COMPARE(state(ended), QStringLiteral("exited"));
        const auto reply = m_machine->ask(kUser, "Prune", {QVariantMap()});
        QCOMPARE(reply.arguments().value(0).toStringList(), QStringList{ended});
        QCOMPARE(m_machine->container(0, ofRoot).id, ofRoot);
        m_machine->remove(kUser, runs);
        m_machine->remove(0, ofRoot);
    }

    void whatIsAnothersIsNotFound_data() {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QVariantList>("more");
        const QVariantMap none;
        for (const char* member : {"Pause", "Unpause", "Inspect", "Top", "Health"})
            QTest::newRow(member) << QString::fromLatin1(member) << QVariantList();
        for (const char* member :
             {"Attach", "Wait", "Update", "Restart", "Stop", "Start", "Remove", "OpenLog"})
            QTest::newRow(member) << QString::fromLatin1(member) << QVariantList{none};
        QTest::newRow("StatsHistory") << "StatsHistory" << QVariantList{qint64(0)};
        QTest::newRow("Kill") << "Kill" << QVariantList{QStringLiteral("KILL")};
        QTest::newRow("Rename") << "Rename" << QVariantList{QStringLiteral("mine")};
        QTest::newRow("Exec") << "Exec" << QVariantList{kSleep, none};
        QTest::newRow("ExecDetached") << "ExecDetached" << QVariantList{kSleep, none};
    }
    void whatIsAnothersIsNotFound() {
        QFETCH(const QString, member);
        QFETCH(const QVariantList, more);
        static const QString id = m_machine->run(0, kSleep);
        QCOMPARE(error(member.toLatin1().constData(), QVariantList{id} + more),
                 kErrors + QStringLiteral("NotFound"));
        QCOMPARE(m_machine->container(0, id).state, QStringLiteral("running"));
    }

    void whatDoesMoreThanTheOwnerCouldIsRefused_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QVariant>("value");
        QTest::newRow("privileged") << "privileged" << QVariant(true);
        QTest::newRow("host network") << "network" << QVariant(QStringLiteral("host"));
        QTest::newRow("host users") << "userns" << QVariant(QStringLiteral("host"));
        QTest::newRow("capability") << "cap-add" << QVariant(QStringList{QStringLiteral("SYS_ADMIN")});
        QTest::newRow("device") << "devices" << QVariant(QStringList{QStringLiteral("/dev/fuse")});
        QTest::newRow("no filter") << "seccomp" << QVariant(QStringLiteral("unconfined"));
        QTest::newRow("no limit of processes") << "pids" << QVariant::fromValue(qint64(0));
    }
    void whatDoesMoreThanTheOwnerCouldIsRefused() {
        QFETCH(const QString, key);
        QFETCH(const QVariant, value);
        const auto reply =
            m_machine->ask(kUser, "Create", {QStringLiteral("x"), QStringList(), QVariantMap{{key, value}}});
        QVERIFY2(reply.errorName() == kErrors + QStringLiteral("PermissionDenied") ||
                     reply.errorName() == kErrors + QStringLiteral("AuthorizationNeeded"),
                 qPrintable(reply.errorName()));
    }
};
ESCALE_TEST(HelperLifeTest)

#include "helper_life_test.moc"
