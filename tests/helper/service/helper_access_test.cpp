// Who may do what: the real helper, polkitd and message bus, called by root and by an ordinary user.
#include "engine/base/subprocess.h"
#include "helper/dbus/interfaces.h"
#include "helper/dbus/types.h"
#include "tests/support/private_bus.h"
#include "tests/support/test_registry.h"

#include <QDBusPendingCall>
#include <QDBusVariant>

#include <csignal>

using namespace escale;
using namespace escale::test;

namespace {

const QString kEngine = QStringLiteral("org.escale.Engine1");
const QString kImages = QStringLiteral("org.escale.Engine1.Images");
const QString kContainers = QStringLiteral("org.escale.Engine1.Containers");
const QString kJob = QStringLiteral("org.escale.Engine1.Job");
const QString kErrors = QStringLiteral("org.escale.Error.");

const QVariantList kRun{QStringLiteral("no-such-image"), QStringList(), QVariantMap()};

std::string ruleFor(const std::string& result) {
    return "polkit.addRule(function(action, subject) {\n"
           "    if (action.id == 'org.escale.engine.manage' && subject.user == 'nobody')\n"
           "        return polkit.Result." +
           result + ";\n});\n";
}

} // namespace

class HelperAccessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const std::string reason = enterOwnNetwork();
        SKIP_UNLESS(reason.empty(), reason.c_str());
        auto bus = PrivateBus::start({"--idle-seconds", "0"});
        VERIFY_RESULT(bus);
        m_bus = std::move(*bus);
    }
    void init() {
        if (m_rulesChanged)
            VERIFY_RESULT(m_bus->setRules(""));
        m_rulesChanged = false;
    }
    void cleanup() {
        if (QTest::currentTestFailed())
            qWarning("%s", m_bus->log().c_str());
    }
    void cleanupTestCase() { m_bus.reset(); }

    void isStartedByTheFirstCall() {
        QCOMPARE(m_bus->helperPid(), 0);
        QCOMPARE(call(root(), kImages, QStringLiteral("List")).type(), QDBusMessage::ReplyMessage);
        QVERIFY(m_bus->helperPid() > 0);
    }
    void describesItselfAsTheXmlDoes() {
        const auto reply = call(nobody(), QStringLiteral("org.freedesktop.DBus.Introspectable"),
                                QStringLiteral("Introspect"));
        const QString xml = reply.arguments().value(0).toString();
        const auto wanted = dbus::describedMethods(dbus::engineXml());
        const auto found = dbus::describedMethods(xml);
        QCOMPARE(found.size(), wanted.size());
        for (qsizetype i = 0; i < wanted.size(); ++i)
            QCOMPARE(found[i].name + found[i].in, wanted[i].name + wanted[i].in);
    }
    void tellsItsVersion() {
        const auto reply = call(root(), QStringLiteral("org.freedesktop.DBus.Properties"),
                                QStringLiteral("Get"), {kEngine, QStringLiteral("Version")});
        QVERIFY(!reply.arguments().value(0).value<QDBusVariant>().variant().toString().isEmpty());
    }
    void givesEmptyListsAtFirst() {
        QCOMPARE(
            qdbus_cast<dbus::ImageList>(call(root(), kImages, QStringLiteral("List")).arguments().value(0))
                .size(),
            0);
        QCOMPARE(qdbus_cast<dbus::ContainerList>(
                     call(root(), kContainers, QStringLiteral("List")).arguments().value(0))
                     .size(),
                 0);
        QCOMPARE(qdbus_cast<dbus::JobSummaries>(
                     call(root(), kEngine, QStringLiteral("ListJobs")).arguments().value(0))
                     .size(),
                 0);
    }
    void letsAnOrdinaryUserObserve_data() {
        QTest::addColumn<QString>("interface");
        QTest::addColumn<QString>("member");
        QTest::newRow("images") << kImages << QStringLiteral("List");
        QTest::newRow("containers") << kContainers << QStringLiteral("List");
        QTest::newRow("disk usage") << kImages << QStringLiteral("DiskUsage");
        QTest::newRow("jobs") << kEngine << QStringLiteral("ListJobs");
    }
    void letsAnOrdinaryUserObserve() {
        QFETCH(QString, interface);
        QFETCH(QString, member);
        QCOMPARE(call(nobody(), interface, member).type(), QDBusMessage::ReplyMessage);
    }
    void asksAnOrdinaryUserForAnAdministrator_data() {
        QTest::addColumn<QString>("interface");
        QTest::addColumn<QString>("member");
        QTest::addColumn<QVariantList>("arguments");
        const QString id = QStringLiteral("web");
        QTest::newRow("Pull") << kImages << QStringLiteral("Pull") << QVariantList{id, QVariantMap()};
        QTest::newRow("ReadLayers") << kImages << QStringLiteral("ReadLayers") << QVariantList{id};
        QTest::newRow("Tag") << kImages << QStringLiteral("Tag") << QVariantList{id, id};
        QTest::newRow("Images.Remove")
            << kImages << QStringLiteral("Remove") << QVariantList{id, id, QVariantMap()};
        for (const char* member : {"Prune", "Verify"})
            QTest::newRow(qPrintable(QStringLiteral("Images.") + QLatin1String(member)))
                << kImages << QString::fromLatin1(member) << QVariantList{QVariantMap()};
        QTest::newRow("Run") << kContainers << QStringLiteral("Run") << kRun;
        QTest::newRow("Create") << kContainers << QStringLiteral("Create") << kRun;
        for (const char* member : {"Start", "Stop", "Remove"})
            QTest::newRow(member) << kContainers << QString::fromLatin1(member)
                                  << QVariantList{id, QVariantMap()};
    }
    void asksAnOrdinaryUserForAnAdministrator() {
        QFETCH(QString, interface);
        QFETCH(QString, member);
        QFETCH(QVariantList, arguments);
        const auto reply = call(nobody(), interface, member, arguments);
        QCOMPARE(reply.errorName(), kErrors + QStringLiteral("AuthorizationNeeded"));
        QCOMPARE(reply.errorMessage().count(QLatin1Char('\n')), 1); // message and hint
    }
    void refusesWhatARuleForbids() {
        VERIFY_RESULT(setRules(ruleFor("NO")));
        const auto reply = call(nobody(), kContainers, QStringLiteral("Run"), kRun);
        QCOMPARE(reply.errorName(), kErrors + QStringLiteral("PermissionDenied"));
        QVERIFY2(reply.errorMessage().contains(QLatin1String("not allowed for you")),
                 qPrintable(reply.errorMessage())); // polkit's word, not its absence
    }
    void letsManageWhomARuleAllows() {
        VERIFY_RESULT(setRules(ruleFor("YES")));
        QCOMPARE(call(nobody(), kContainers, QStringLiteral("Run"), kRun).errorName(),
                 kErrors + QStringLiteral("NotFound"));
    }
    void keepsAPlainAnswerForAMoment() {
        // Given somebody whom polkit has just let observe
        const auto user = nobody();
        QCOMPARE(call(user, kImages, QStringLiteral("List")).type(), QDBusMessage::ReplyMessage);
        // When polkit does not answer, they need not wait
        VERIFY_RESULT(m_bus->pausePolkit(true));
        const auto kept = call(user, kImages, QStringLiteral("List"));
        VERIFY_RESULT(m_bus->pausePolkit(false));
        QCOMPARE(kept.type(), QDBusMessage::ReplyMessage);
        // But new rules count at once
        VERIFY_RESULT(
            setRules("polkit.addRule(function(action, subject) {\n"
                     "    if (action.id == 'org.escale.engine.observe' && subject.user == 'nobody')\n"
                     "        return polkit.Result.NO;\n});\n"));
        QCOMPARE(call(user, kImages, QStringLiteral("List")).errorName(),
                 kErrors + QStringLiteral("PermissionDenied"));
    }
    void asksEachTimeWhoeverWantsIt() {
        // Given an administrator whose word for this user is still kept, as polkit would keep a password
        VERIFY_RESULT(
            setRules("polkit.addRule(function(action, subject) {\n"
                     "    if (subject.user == 'nobody' && action.id != 'org.escale.engine.privileged-once')\n"
                     "        return polkit.Result.YES;\n});\n"));
        const QVariantList run{QStringLiteral("no-such-image"), QStringList(),
                               QVariantMap{{QStringLiteral("privileged"), true}}};
        const auto careful = nobody();
        const auto other = nobody();
        QCOMPARE(call(careful, kContainers, QStringLiteral("Run"), run).errorName(),
                 kErrors + QStringLiteral("NotFound"));
        // When a connection wants to be asked each time
        QCOMPARE(call(careful, kEngine, QStringLiteral("AskEachTime")).type(), QDBusMessage::ReplyMessage);
        // Then that word is not for it
        const auto refused = call(careful, kContainers, QStringLiteral("Run"), run);
        QCOMPARE(refused.errorName(), kErrors + QStringLiteral("AuthorizationNeeded"));
        QVERIFY2(refused.errorMessage().contains(QLatin1String("org.escale.engine.privileged-once")),
                 qPrintable(refused.errorMessage()));
        // But for all the others, and for what needs no administrator
        QCOMPARE(call(careful, kContainers, QStringLiteral("Run"), kRun).errorName(),
                 kErrors + QStringLiteral("NotFound"));
        QCOMPARE(call(other, kContainers, QStringLiteral("Run"), run).errorName(),
                 kErrors + QStringLiteral("NotFound"));
    }
    void deniesEverybodyWhenPolkitIsGone() {
        VERIFY_RESULT(m_bus->stopPolkit());
        m_rulesChanged = true;
        for (const auto& user : {root(), nobody()}) {
            const auto reply = call(user, kImages, QStringLiteral("List"));
            QCOMPARE(reply.errorName(), kErrors + QStringLiteral("PermissionDenied"));
            QVERIFY(reply.errorMessage().contains(QLatin1String("polkit")));
        }
        VERIFY_RESULT(m_bus->startPolkit());
        QCOMPARE(call(root(), kImages, QStringLiteral("List")).type(), QDBusMessage::ReplyMessage);
    }
    void refusesArguments_data() {
        QTest::addColumn<QString>("interface");
        QTest::addColumn<QString>("member");
        QTest::addColumn<QVariantList>("arguments");
        QTest::newRow("unknown option") << kContainers << QStringLiteral("Run")
                                        << QVariantList{QStringLiteral("a"), QStringList(),
                                                        QVariantMap{{QStringLiteral("volumes-from"), true}}};
        QTest::newRow("mistyped option")
            << kContainers << QStringLiteral("Run")
            << QVariantList{QStringLiteral("a"), QStringList(),
                            QVariantMap{{QStringLiteral("memory"), QStringLiteral("1g")}}};
        QTest::newRow("missing argument")
            << kContainers << QStringLiteral("Run") << QVariantList{QStringLiteral("a")};
        QTest::newRow("mistyped argument")
            << kImages << QStringLiteral("Pull") << QVariantList{5, QVariantMap()};
        QTest::newRow("argument too many") << kImages << QStringLiteral("List") << QVariantList{5};
        QTest::newRow("image reference")
            << kImages << QStringLiteral("Pull") << QVariantList{QStringLiteral("a b"), QVariantMap()};
        QTest::newRow("password in the reference")
            << kImages << QStringLiteral("Pull") << QVariantList{QStringLiteral("u:p@host/a"), QVariantMap()};
        QTest::newRow("container id")
            << kContainers << QStringLiteral("Stop") << QVariantList{QStringLiteral("../a"), QVariantMap()};
        QTest::newRow("environment") << kContainers << QStringLiteral("Run")
                                     << QVariantList{QStringLiteral("a"), QStringList(),
                                                     QVariantMap{{QStringLiteral("environment"),
                                                                  QStringList{QStringLiteral("A")}}}};
    }
    void refusesArguments() {
        QFETCH(QString, interface);
        QFETCH(QString, member);
        QFETCH(QVariantList, arguments);
        QCOMPARE(call(root(), interface, member, arguments).errorName(),
                 kErrors + QStringLiteral("InvalidArgument"));
    }
    void knowsNoOtherMethodsNorObjects() {
        QCOMPARE(call(root(), kImages, QStringLiteral("Format")).errorName(),
                 QStringLiteral("org.freedesktop.DBus.Error.UnknownMethod"));
        QCOMPARE(
            call(root(), kImages, QStringLiteral("List"), {}, QStringLiteral("/org/escale/Engine1/jobs/1"))
                .errorName(),
            QStringLiteral("org.freedesktop.DBus.Error.UnknownInterface"));
        QCOMPARE(
            call(root(), kJob, QStringLiteral("Status"), {}, QStringLiteral("/org/escale/Engine1/jobs/x"))
                .errorName(),
            QStringLiteral("org.freedesktop.DBus.Error.UnknownObject"));
        QCOMPARE(
            call(root(), QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Set"),
                 {kEngine, QStringLiteral("Version"), QVariant::fromValue(QDBusVariant(QStringLiteral("9")))})
                .errorName(),
            QStringLiteral("org.freedesktop.DBus.Error.UnknownMethod"));
    }
    void doesNotFindWhatIsNotThere() {
        const QString notFound = kErrors + QStringLiteral("NotFound");
        QCOMPARE(call(root(), kContainers, QStringLiteral("Run"), kRun).errorName(), notFound);
        QCOMPARE(call(root(), kContainers, QStringLiteral("Stop"), {QStringLiteral("web"), QVariantMap()})
                     .errorName(),
                 notFound);
        QCOMPARE(call(root(), kContainers, QStringLiteral("OpenLog"), {QStringLiteral("web"), QVariantMap()})
                     .errorName(),
                 notFound);
        QCOMPARE(
            call(root(), kJob, QStringLiteral("Status"), {}, QStringLiteral("/org/escale/Engine1/jobs/99"))
                .errorName(),
            notFound);
        const auto stats =
            call(root(), kContainers, QStringLiteral("Stats"), {QStringList{QStringLiteral("web")}});
        QCOMPARE(qdbus_cast<dbus::StatsList>(stats.arguments().value(0)).size(), 0);
    }
    void hidesTheJobsOfOthers() {
        // Nothing listens on this port of a network of our own: the job fails soon, and stays to be seen.
        const auto pulled =
            call(root(), kImages, QStringLiteral("Pull"), {QStringLiteral("127.0.0.1:1/a"), QVariantMap()});
        QCOMPARE(pulled.type(), QDBusMessage::ReplyMessage);
        const QString path = pulled.arguments().value(0).value<QDBusObjectPath>().path();
        QVERIFY(path.startsWith(QLatin1String("/org/escale/Engine1/jobs/")));
        QCOMPARE(call(root(), kJob, QStringLiteral("Status"), {}, path).type(), QDBusMessage::ReplyMessage);
        QCOMPARE(call(nobody(), kJob, QStringLiteral("Status"), {}, path).errorName(),
                 kErrors + QStringLiteral("NotFound"));
        QCOMPARE(qdbus_cast<dbus::JobSummaries>(
                     call(nobody(), kEngine, QStringLiteral("ListJobs")).arguments().value(0))
                     .size(),
                 0);
        QCOMPARE(qdbus_cast<dbus::JobSummaries>(
                     call(root(), kEngine, QStringLiteral("ListJobs")).arguments().value(0))
                     .size(),
                 1);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(path).state, QStringLiteral("failed"), 20'000);
        QCOMPARE(statusOf(path).errorName, kErrors + QStringLiteral("Unreachable"));
        QVERIFY(!statusOf(path).errorMessage.isEmpty());
    }
    void keepsPasswordsOutOfItsLog() {
        const QString secret = QStringLiteral("s3cr3t-w0rd");
        const QVariantMap options{{QStringLiteral("username"), QStringLiteral("ada")},
                                  {QStringLiteral("password"), secret}};
        const auto pulled =
            call(root(), kImages, QStringLiteral("Pull"), {QStringLiteral("127.0.0.1:1/a"), options});
        const QString path = pulled.arguments().value(0).value<QDBusObjectPath>().path();
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(path).state, QStringLiteral("failed"), 20'000);
        QVERIFY(!statusOf(path).errorMessage.contains(secret));
        QVERIFY(m_bus->log().find(secret.toStdString()) == std::string::npos);
    }
    void isAloneOnItsState() {
        const auto second = runProgram(m_bus->helperCommand());
        QVERIFY(!second);
        QVERIFY(m_bus->helperPid() > 0);
    }
    void survivesManyCallsAtOnce() {
        const auto bus = root();
        QList<QDBusPendingCall> calls;
        for (int i = 0; i < 100; ++i)
            calls.append(bus.asyncCall(QDBusMessage::createMethodCall(
                kEngine, QStringLiteral("/org/escale/Engine1"), kContainers, QStringLiteral("List"))));
        for (auto& each : calls) {
            each.waitForFinished();
            QVERIFY2(!each.isError(), qPrintable(each.error().message()));
        }
    }
    void limitsTheCallsOfOneUser() {
        // Given more calls at once than a user may have, while polkit thinks about them
        // (on three connections: the bus itself lets one have 128)
        const QList<QDBusConnection> flood{nobody(), nobody(), nobody()};
        for (const auto& connection : flood) // known to the helper
            QCOMPARE(call(connection, QStringLiteral("org.freedesktop.DBus.Introspectable"),
                          QStringLiteral("Introspect"))
                         .type(),
                     QDBusMessage::ReplyMessage);
        const auto list = QDBusMessage::createMethodCall(kEngine, QStringLiteral("/org/escale/Engine1"),
                                                         kContainers, QStringLiteral("List"));
        VERIFY_RESULT(m_bus->pausePolkit(true));
        QList<QDBusPendingCall> calls;
        for (int i = 0; i < 300; ++i)
            calls.append(flood[i % 3].asyncCall(list));
        // When the last is answered, it is by the limit
        calls.last().waitForFinished();
        const QString limit = calls.last().error().name();
        VERIFY_RESULT(m_bus->pausePolkit(false));
        QCOMPARE(limit, QStringLiteral("org.freedesktop.DBus.Error.LimitsExceeded"));
        // Then as many as may wait get their answers, and the next call is welcome
        int answered = 0;
        for (auto& each : calls) {
            each.waitForFinished();
            answered += each.isError() ? 0 : 1;
        }
        QCOMPARE(answered, 256);
        QCOMPARE(flood[0].call(list).type(), QDBusMessage::ReplyMessage);
    }
    void losesNoCallWhenItIsToldToEnd() {
        const auto bus = root();
        const auto list = QDBusMessage::createMethodCall(kEngine, QStringLiteral("/org/escale/Engine1"),
                                                         kContainers, QStringLiteral("List"));
        for (int round = 0; round < 5; ++round) {
            (void)bus.call(list);
            const pid_t helper = m_bus->helperPid();
            QVERIFY(helper > 0);
            QList<QDBusPendingCall> calls;
            for (int i = 0; i < 40; ++i) {
                calls.append(bus.asyncCall(list));
                if (i == 20)
                    QCOMPARE(::kill(helper, SIGTERM), 0);
            }
            for (auto& each : calls) {
                each.waitForFinished();
                QVERIFY2(!each.isError(), qPrintable(each.error().message()));
            }
            QTRY_VERIFY(::kill(helper, 0) != 0 || m_bus->helperPid() != helper);
        }
    }
    void leavesWhenNothingIsToDo() {
        auto idle = PrivateBus::start({"--idle-seconds", "1"});
        VERIFY_RESULT(idle);
        QCOMPARE(call((*idle)->connectAs(0), kImages, QStringLiteral("List")).type(),
                 QDBusMessage::ReplyMessage);
        QVERIFY((*idle)->helperPid() > 0);
        QTRY_COMPARE_WITH_TIMEOUT((*idle)->helperPid(), 0, 10'000);
        QCOMPARE(call((*idle)->connectAs(0), kImages, QStringLiteral("List")).type(),
                 QDBusMessage::ReplyMessage);
    }
    void refusesToRunAsAnOrdinaryUser() {
        std::vector<std::string> command{"/usr/bin/setpriv", "--reuid=65534", "--regid=65534",
                                         "--clear-groups"};
        command.insert(command.end(), m_bus->helperCommand().begin(), m_bus->helperCommand().end());
        const auto run = runProgram(command);
        QVERIFY(!run);
        QVERIFY2(run.error().message.find("must be run as root") != std::string::npos,
                 run.error().message.c_str());
    }

private:
    QDBusConnection root() { return m_bus->connectAs(0); }
    QDBusConnection nobody() { return m_bus->connectAs(PrivateBus::kNobody); }
    Result<void> setRules(const std::string& text) {
        m_rulesChanged = true;
        return m_bus->setRules(text);
    }
    dbus::JobStatus statusOf(const QString& path) {
        return qdbus_cast<dbus::JobStatus>(
            call(root(), kJob, QStringLiteral("Status"), {}, path).arguments().value(0));
    }

    std::unique_ptr<PrivateBus> m_bus;
    bool m_rulesChanged = false;
};
ESCALE_TEST(HelperAccessTest)

#include "helper_access_test.moc"
