// Volumes over D-Bus: made, seen, used and removed by people who know nothing of each other's.
#include "engine/base/file.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/loop_disk.h"
#include "tests/support/nfs_server.h"
#include "tests/support/test_registry.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <sys/stat.h>
#include <thread>

using namespace escale;
using namespace escale::test;

namespace {

const QString kEngine = QStringLiteral("org.escale.Engine1");
const QString kVolumes = QStringLiteral("org.escale.Engine1.Volumes");

QVariantMap mountOf(const char* type, const char* device, const char* o) {
    return {{QStringLiteral("driver-options"),
             QVariant::fromValue(dbus::TextMap{{QStringLiteral("type"), QString::fromLatin1(type)},
                                               {QStringLiteral("device"), QString::fromUtf8(device)},
                                               {QStringLiteral("o"), QString::fromLatin1(o)}})}};
}

QVariantMap volumeAt(const QString& name) {
    return {{QStringLiteral("mounts"),
             QStringList{QStringLiteral("type=volume,source=%1,target=/data").arg(name)}}};
}

} // namespace

// Listens to what a connection is told of volumes.
class VolumeListener : public QObject {
    Q_OBJECT
public:
    explicit VolumeListener(QDBusConnection bus) {
        const QString path = QStringLiteral("/org/escale/Engine1");
        bus.connect(kEngine, path, kEngine, QStringLiteral("Changed"), this,
                    SLOT(changed(QString, QStringList)));
        bus.connect(kEngine, path, kEngine, QStringLiteral("Happened"), this, SLOT(happened(QDBusMessage)));
        (void)call(bus, kEngine, QStringLiteral("ListJobs")); // only who has called is told anything
    }
    QStringList names;
    QStringList actions;

private Q_SLOTS:
    void changed(const QString& kind, const QStringList& ids) {
        if (kind == QLatin1String("volumes"))
            names += ids;
    }
    void happened(const QDBusMessage& message) {
        const auto events = qdbus_cast<dbus::EventList>(message.arguments().value(0));
        for (const auto& event : events) {
            if (event.type == QLatin1String("volume"))
                actions.append(event.action + QLatin1Char(' ') + event.id);
        }
    }
};

class HelperVolumesTest : public HelperTest {
    Q_OBJECT

    QDBusMessage ask(const char* member, const QVariantList& arguments = {}, uid_t user = kUser) {
        return call(m_machine->as(user), kVolumes, QLatin1String(member), arguments);
    }
    QString create(const QString& name, const QVariantMap& options = {}, uid_t user = kUser) {
        const auto reply = ask("Create", {name, options}, user);
        if (reply.type() == QDBusMessage::ErrorMessage)
            qWarning("%s", qPrintable(reply.errorMessage()));
        return reply.arguments().value(0).toString();
    }
    QString errorOf(const char* member, const QVariantList& arguments, uid_t user = kUser) {
        return ask(member, arguments, user).errorName().mid(kErrors.size());
    }
    dbus::VolumeList list(uid_t user = kUser) {
        return qdbus_cast<dbus::VolumeList>(ask("List", {}, user).arguments().value(0));
    }
    dbus::Volume volume(const QString& name, uid_t user = kUser) {
        for (const auto& one : list(user)) {
            if (one.name == name)
                return one;
        }
        return {};
    }
    QStringList pruned(const QVariantMap& options, uid_t user = kUser) {
        return ask("Prune", {options}, user).arguments().value(0).toStringList();
    }

private Q_SLOTS:
    void init() {
        if (!m_machine)
            return;
        for (const uid_t user : {kUser, uid_t{0}})
            (void)pruned({{QStringLiteral("all"), true}}, user);
    }

    void aVolumeIsAsItWasAskedFor() {
        VolumeListener listener(m_machine->as(kUser));
        QCOMPARE(
            create(QStringLiteral("web"),
                   {{QStringLiteral("labels"),
                     QVariant::fromValue(dbus::TextMap{{QStringLiteral("stage"), QStringLiteral("test")}})}}),
            QStringLiteral("web"));
        const auto made = volume(QStringLiteral("web"));
        QCOMPARE(made.driver, QStringLiteral("local"));
        QCOMPARE(made.kind, QStringLiteral("local"));
        QCOMPARE(made.labels.value(QStringLiteral("stage")), QStringLiteral("test"));
        QVERIFY(made.created > 0);
        QCOMPARE(made.lastUsed, 0);
        QCOMPARE(made.measured, 0);
        QVERIFY(!made.isAnonymous && made.users.isEmpty() && made.state.isEmpty());
        QTRY_VERIFY(listener.names.contains(QStringLiteral("web")));
        QTRY_VERIFY(listener.actions.contains(QStringLiteral("create web")));
    }
    void noMoreIsKeptWithItThanAListCanTell() {
        const QVariantMap much{
            {QStringLiteral("labels"),
             QVariant::fromValue(dbus::TextMap{{QStringLiteral("note"), QString(9000, u'x')}})}};
        QCOMPARE(errorOf("Create", {QStringLiteral("web"), much}), QStringLiteral("InvalidArgument"));
        QVERIFY(list().isEmpty());
    }
    void withoutANameItIsAnonymous() {
        const QString name = create({});
        QCOMPARE(name.size(), 64);
        QVERIFY(volume(name).isAnonymous);
    }
    void twoCreatesOfOneNameEndInOneVolume() {
        // Two connections, each on a thread of its own.
        QStringList names{QString(), QString()};
        const QList<QDBusConnection> buses{m_machine->bus().connectAs(kUser),
                                           m_machine->bus().connectAs(kUser)};
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 2; ++i)
                threads.emplace_back([&, i] {
                    names[i] = call(buses[i], kVolumes, QStringLiteral("Create"),
                                    {QStringLiteral("web"), QVariantMap()})
                                   .arguments()
                                   .value(0)
                                   .toString();
                });
        }
        QCOMPARE(names, (QStringList{QStringLiteral("web"), QStringLiteral("web")}));
        QCOMPARE(list().size(), 1);
        QCOMPARE(errorOf("Create", {QStringLiteral("web"), mountOf("tmpfs", "tmpfs", "size=1m")}),
                 QStringLiteral("AlreadyExists"));
    }
    void nobodySeesOrRemovesAnothers() {
        create(QStringLiteral("mine"));
        create(QStringLiteral("roots"), {}, 0);
        QCOMPARE(list().size(), 1);
        QCOMPARE(list().first().name, QStringLiteral("mine"));
        QCOMPARE(errorOf("Remove", {QStringLiteral("roots"), QVariantMap()}), QStringLiteral("NotFound"));
        QCOMPARE(errorOf("Remove", {QStringLiteral("mine"), QVariantMap()}, 0), QStringLiteral("NotFound"));
        // Two people may take the same name.
        create(QStringLiteral("roots"));
        QCOMPARE(list().size(), 2);
        QCOMPARE(list(0).size(), 1);
    }

    void tellsWhatIsWrongWhileSomebodyStillWrites() {
        QVariantMap options = mountOf("none", "relative", "size=1");
        options[QStringLiteral("driver")] = QStringLiteral("rexray");
        const auto reply = ask("Check", {QStringLiteral("-web"), options});
        QStringList wrong;
        for (const auto& problem : qdbus_cast<dbus::VolumeProblems>(reply.arguments().value(0))) {
            wrong.append(problem.option);
            QVERIFY(!problem.hint.isEmpty());
        }
        QCOMPARE(wrong, (QStringList{QStringLiteral("name"), QStringLiteral("o"), QStringLiteral("o"),
                                     QStringLiteral("device"), QStringLiteral("driver")}));
        const auto good = ask("Check", {QStringLiteral("web"), QVariantMap()});
        QCOMPARE(good.type(), QDBusMessage::ReplyMessage);
        QVERIFY(qdbus_cast<dbus::VolumeProblems>(good.arguments().value(0)).isEmpty());
    }
    void checkKnowsTheNamesThatAreTaken() {
        create(QStringLiteral("web"));
        const auto taken = ask("Check", {QStringLiteral("web"), mountOf("tmpfs", "tmpfs", "")});
        const auto problems = qdbus_cast<dbus::VolumeProblems>(taken.arguments().value(0));
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.first().option, QStringLiteral("name"));
    }
    void otherFileSystemsNeedAnAdministrator() {
        QCOMPARE(errorOf("Create", {QStringLiteral("shared"), mountOf("nfs", "server:/export", "")}),
                 QStringLiteral("AuthorizationNeeded"));
        QCOMPARE(errorOf("Create", {QStringLiteral("disk"), mountOf("ext4", "/dev/sdz1", "")}),
                 QStringLiteral("AuthorizationNeeded"));
        QCOMPARE(errorOf("TestConnection", {mountOf("nfs", "server:/export", "")}),
                 QStringLiteral("AuthorizationNeeded"));
        QCOMPARE(create(QStringLiteral("memory"), mountOf("tmpfs", "tmpfs", "size=1m")),
                 QStringLiteral("memory"));
        QCOMPARE(volume(QStringLiteral("memory")).kind, QStringLiteral("tmpfs"));
        QCOMPARE(create(QStringLiteral("shared"), mountOf("nfs", "server:/export", ""), 0),
                 QStringLiteral("shared"));
    }
    void aFolderIsOneThatItsOwnerMayRead() {
        const std::string folder = m_machine->bus().folder() + "/private";
        VERIFY_RESULT(makeDirectories(folder, 0700));
        QCOMPARE(errorOf("Create", {QStringLiteral("theirs"), mountOf("none", folder.c_str(), "bind")}),
                 QStringLiteral("PermissionDenied"));
        QCOMPARE(errorOf("Create", {QStringLiteral("gone"), mountOf("none", "/nowhere/at/all", "bind")}),
                 QStringLiteral("NotFound"));
        QCOMPARE(create(QStringLiteral("own"), mountOf("none", "/usr", "bind")), QStringLiteral("own"));
        QCOMPARE(volume(QStringLiteral("own")).kind, QStringLiteral("bind"));
    }

    void isKeptWhileAContainerHasIt() {
        create(QStringLiteral("web"));
        VolumeListener listener(m_machine->as(kUser));
        const QString id = m_machine->run(kUser, kSleep, volumeAt(QStringLiteral("web")));
        QVERIFY(!id.isEmpty());
        const auto used = volume(QStringLiteral("web"));
        QCOMPARE(used.users.size(), 1);
        QCOMPARE(used.users.first().container, id);
        QCOMPARE(used.users.first().name, m_machine->container(kUser, id).name);
        QCOMPARE(used.users.first().target, QStringLiteral("/data"));
        QVERIFY(used.users.first().isRunning && !used.users.first().readOnly);
        QVERIFY(used.lastUsed > 0);
        QTRY_VERIFY(listener.names.contains(QStringLiteral("web")));
        const auto refused = ask("Remove", {QStringLiteral("web"), QVariantMap()});
        QCOMPARE(refused.errorName(), kErrors + QLatin1String("InUse"));
        QVERIFY(refused.errorMessage().contains(used.users.first().name));
        QVERIFY(pruned({{QStringLiteral("all"), true}}).isEmpty());
        m_machine->remove(kUser, id);
        QCOMPARE(ask("Remove", {QStringLiteral("web"), QVariantMap()}).type(), QDBusMessage::ReplyMessage);
        QTRY_VERIFY(listener.actions.contains(QStringLiteral("destroy web")));
    }
    void aTmpfsIsThereWhileAContainerRuns() {
        create(QStringLiteral("memory"), mountOf("tmpfs", "tmpfs", "size=1m,uid=3"));
        const QString id = m_machine->run(kUser, kSleep, volumeAt(QStringLiteral("memory")));
        QVERIFY(!id.isEmpty());
        QCOMPARE(volume(QStringLiteral("memory")).state, QStringLiteral("mounted"));
        m_machine->remove(kUser, id);
        QCOMPARE(volume(QStringLiteral("memory")).state, QString());
    }
    void aBlockDeviceIsMountedForWhoUsesIt() {
        auto disk = LoopDisk::make(m_machine->bus().folder() + "/disk", "8M");
        if (!disk)
            QSKIP(disk.error().text().c_str());
        create(QStringLiteral("disk"), mountOf("ext4", disk->device().c_str(), "noatime"), 0);
        const auto tested = m_machine->ended(
            0, ask("TestConnection", {mountOf("ext4", disk->device().c_str(), "")}, 0).arguments().value(0));
        QCOMPARE(tested.state, QStringLiteral("done"));
        const auto told = QJsonDocument::fromJson(tested.result.toUtf8()).object();
        QVERIFY(told.value(QLatin1String("total")).toDouble() > 4 << 20);
        QVERIFY(told.value(QLatin1String("writable")).toBool());
        QVERIFY(!told.contains(QLatin1String("seen-as"))); // ids are shifted there
        const QString id = m_machine->run(0, kSleep, volumeAt(QStringLiteral("disk")));
        QVERIFY(!id.isEmpty());
        QCOMPARE(volume(QStringLiteral("disk"), 0).state, QStringLiteral("mounted"));
        m_machine->remove(0, id);
        QCOMPARE(volume(QStringLiteral("disk"), 0).state, QString());
    }
    void aServerThatDoesNotAnswerHoldsNobodyUp() {
        SKIP_UNLESS(kernelHasNfs(), "this kernel has no NFS client");
        const auto silent = SilentServer::start();
        VERIFY_RESULT(silent);
        const std::string options = "vers=4.2,port=" + silent->port();
        const auto job = ask("TestConnection", {mountOf("nfs", "127.0.0.1:/export", options.c_str())}, 0);
        QCOMPARE(job.type(), QDBusMessage::ReplyMessage);
        // Meanwhile everybody else is answered.
        QCOMPARE(create(QStringLiteral("web")), QStringLiteral("web"));
        QCOMPARE(list().size(), 1);
        const auto ended = m_machine->ended(0, job.arguments().value(0));
        QCOMPARE(ended.state, QStringLiteral("failed"));
        QCOMPARE(ended.errorName, kErrors + QLatin1String("Unreachable"));
    }

    void pruneTakesWhatNobodyHas() {
        VolumeListener listener(m_machine->as(kUser));
        const QString anonymous = create({});
        create(QStringLiteral("named"));
        create(QStringLiteral("labelled"),
               {{QStringLiteral("labels"),
                 QVariant::fromValue(dbus::TextMap{{QStringLiteral("stage"), QStringLiteral("test")}})}});
        QVERIFY(pruned({{QStringLiteral("until"), qint64{1000}}}).isEmpty()); // none is that old
        QCOMPARE(pruned({}), QStringList{anonymous});
        QCOMPARE(pruned({{QStringLiteral("all"), true},
                         {QStringLiteral("label"), QStringList{QStringLiteral("stage=test")}}}),
                 QStringList{QStringLiteral("labelled")});
        QCOMPARE(pruned({{QStringLiteral("all"), true}}), QStringList{QStringLiteral("named")});
        QVERIFY(list().isEmpty());
        QTRY_VERIFY(listener.actions.contains(QStringLiteral("prune ")));
        QTRY_VERIFY(listener.actions.contains(QStringLiteral("destroy named")));
    }
    void whatIsNotThereIsNoErrorByForce() {
        QCOMPARE(errorOf("Remove", {QStringLiteral("none"), QVariantMap()}), QStringLiteral("NotFound"));
        QCOMPARE(ask("Remove", {QStringLiteral("none"), QVariantMap{{QStringLiteral("force"), true}}}).type(),
                 QDBusMessage::ReplyMessage);
    }
};

ESCALE_TEST(HelperVolumesTest)
#include "helper_volumes_test.moc"
