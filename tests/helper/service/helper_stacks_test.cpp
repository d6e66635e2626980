// Stacks over the bus, as an ordinary user: from a stack to its containers, and what is asked of them.
#include "engine/base/file.h"
#include "engine/base/message_channel.h"
#include "engine/stack/stack_labels.h"
#include "tests/helper/service/build_client.h"
#include "tests/helper/service/stack_client.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>

#include <algorithm>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

const QString kProject = QStringLiteral("shop");

QVariantMap option(const char* key, const QVariant& value) {
    return {{QLatin1String(key), value}};
}

} // namespace

class HelperStacksTest : public HelperTest {
    Q_OBJECT
    const Texts kRest{"/bin/sleep", "1000"};
    std::unique_ptr<StackClient> m_client;
    StackClient& client() {
        if (!m_client)
            m_client = std::make_unique<StackClient>(*m_machine);
        return *m_client;
    }
    std::string image() const { return m_machine->image().toStdString(); }

    /// web depends on db; a network, a volume, a file.
    TestStack shop() {
        TestStack shop("shop");
        shop.stack.workingDirectory = "/srv/shop";
        shop.stack.configFiles = {"/srv/shop/compose.yaml"};
        shop.stack.config = "name: shop\n";
        shop.stack.networks.push_back({.key = "default", .name = "shop_default"});
        shop.stack.volumes.push_back({.key = "data", .name = "shop_data"});
        StackService& db = shop.add("db", image(), {"/bin/sh", "-c", "echo db is up; exec sleep 1000"});
        db.options.network = "shop_default";
        db.options.networkAliases = {"db"};
        db.options.mounts = {"type=volume,source=shop_data,target=/data"};
        StackService& web = shop.add("web", image(), {"/bin/sh", "-c", "cat /greeting; exec sleep 1000"});
        web.options.network = "shop_default";
        web.options.networkAliases = {"web"};
        web.dependencies = {{"db", DependsOn::Started, false, true}};
        shop.addFile(web, "/greeting", "hello\n");
        return shop;
    }
    void down() {
        const auto gone = client().finish("Down", {kProject, option("volumes", true)});
        QVERIFY2(gone.isDone(), gone.error().c_str());
    }
    QStringList services(const dbus::StackContainers& containers) {
        QStringList names;
        for (const auto& container : containers)
            names.append(container.name + u' ' + container.state);
        names.sort();
        return names;
    }
    std::string logOf(const char* service) {
        const auto reply =
            client().ask("Logs", {kProject, QStringList{QLatin1String(service)}, QVariantMap()});
        const auto logs = qdbus_cast<dbus::StackLogs>(reply.arguments().value(0));
        std::string text;
        for (const auto& log : logs) {
            for (const auto& file : log.files)
                text += readFd(::dup(file.fileDescriptor())).value_or("");
        }
        return text;
    }

private Q_SLOTS:
    void aStackComesUpAndGoes() {
        auto stack = shop();
        const auto up = client().up(stack);
        QVERIFY2(up.isDone(), up.error().c_str());
        QCOMPARE(up.result.at("created").toInteger(), 2);
        QCOMPARE(services(client().ps(kProject)),
                 (QStringList{QStringLiteral("shop-db-1 running"), QStringLiteral("shop-web-1 running")}));
        // Its events are a plan, its steps, and an end
        QCOMPARE(up.events.back().at("event").toString(), std::string("end"));
        QVERIFY(std::any_of(up.events.begin(), up.events.end(),
                            [](const Json& event) { return event.at("event").toString() == "plan"; }));
        QTRY_VERIFY(logOf("web").find("hello") != std::string::npos);
        // And another Up has nothing to do
        auto again = shop();
        const auto plan = client().ask("Plan", {QVariant::fromValue(again.toBus()), QVariantMap()});
        QVERIFY2(plan.type() == QDBusMessage::ReplyMessage, qPrintable(plan.errorMessage()));
        QVERIFY(qdbus_cast<dbus::StackSteps>(plan.arguments().value(0)).isEmpty());
        const auto same = client().up(again);
        QCOMPARE(same.result.at("created").toInteger() + same.result.at("recreated").toInteger(), 0);
        // When what a file holds has changed, its service alone is made anew
        auto changed = shop();
        changed.descriptors.clear();
        changed.find("web").files.clear();
        changed.addFile(changed.find("web"), "/greeting", "good morning\n");
        const auto other = client().up(changed);
        QCOMPARE(other.result.at("recreated").toInteger(), 1);
        QTRY_VERIFY(logOf("web").find("good morning") != std::string::npos);
        down();
        QCOMPARE(client().ask("Ps", {kProject}).errorName(), kErrors + QStringLiteral("NotFound"));
    }

    void itIsListedForItsOwnerAlone() {
        auto stack = shop();
        QVERIFY(client().up(stack).isDone());
        const auto mine = qdbus_cast<dbus::StackSummaries>(client().ask("List").arguments().value(0));
        QCOMPARE(mine.size(), 1);
        QCOMPARE(mine.first().project, kProject);
        QCOMPARE(mine.first().configFiles, QStringList{QStringLiteral("/srv/shop/compose.yaml")});
        QCOMPARE(mine.first().running, 2U);
        QVERIFY(mine.first().hasConfig);
        // root has none, and finds none by its name
        QVERIFY(qdbus_cast<dbus::StackSummaries>(client().ask("List", {}, 0).arguments().value(0)).isEmpty());
        QCOMPARE(client().ask("Ps", {kProject}, 0).errorName(), kErrors + QStringLiteral("NotFound"));
        QCOMPARE(client().ask("Config", {kProject}, 0).errorName(), kErrors + QStringLiteral("NotFound"));
        const auto config =
            client().ask("Config", {kProject}).arguments().value(0).value<QDBusUnixFileDescriptor>();
        QCOMPARE(readFd(config.fileDescriptor()).value_or(""), std::string("name: shop\n"));
        down();
    }

    void itsServicesAreStoppedStartedAndScaled() {
        auto stack = shop();
        QVERIFY(client().up(stack).isDone());
        QVERIFY(
            client().finish("Stop", {kProject, QStringList{QStringLiteral("web")}, QVariantMap()}).isDone());
        QCOMPARE(services(client().ps(kProject)),
                 (QStringList{QStringLiteral("shop-db-1 running"), QStringLiteral("shop-web-1 exited")}));
        QVERIFY(client().finish("Start", {kProject, QStringList(), QVariantMap()}).isDone());
        QVERIFY(
            client().finish("Pause", {kProject, QStringList{QStringLiteral("db")}, QVariantMap()}).isDone());
        QCOMPARE(services(client().ps(kProject)),
                 (QStringList{QStringLiteral("shop-db-1 paused"), QStringLiteral("shop-web-1 running")}));
        QVERIFY(client().finish("Unpause", {kProject, QStringList(), QVariantMap()}).isDone());
        auto scaled = shop();
        const auto more = client().send(
            "Scale", scaled, {QVariant::fromValue(dbus::CountMap{{QStringLiteral("web"), 3}})}, {});
        QVERIFY2(more.isDone(), more.error().c_str());
        QCOMPARE(client().ps(kProject).size(), 4);
        QVERIFY(
            client().finish("Kill", {kProject, QStringList{QStringLiteral("web")}, QVariantMap()}).isDone());
        QTRY_COMPARE(services(client().ps(kProject)).filter(QStringLiteral("exited")).size(), 3);
        QVERIFY(client().finish("Remove", {kProject, QStringList(), option("stop", true)}).isDone());
        QCOMPARE(client().ask("Ps", {kProject}).errorName(), kErrors + QStringLiteral("NotFound"));
        (void)client().finish("Down", {kProject, option("volumes", true)});
    }

    void oneLooksIntoItsContainers() {
        auto stack = shop();
        QVERIFY(client().up(stack).isDone());
        const auto exec = client().ask(
            "Exec", {kProject, QStringLiteral("db"), 0U,
                     QStringList{QStringLiteral("/bin/touch"), QStringLiteral("/data/seen")}, QVariantMap()});
        QVERIFY2(exec.type() == QDBusMessage::ReplyMessage, qPrintable(exec.errorMessage()));
        const auto top = qdbus_cast<dbus::StackProcesses>(
            client().ask("Top", {kProject, QStringList{QStringLiteral("db")}}).arguments().value(0));
        QCOMPARE(top.size(), 1);
        QVERIFY(!top.first().processes.isEmpty());
        const auto events = qdbus_cast<dbus::EventList>(
            client().ask("Events", {kProject, QVariantMap()}).arguments().value(0));
        QVERIFY(std::any_of(events.begin(), events.end(),
                            [](const auto& event) { return event.action == QLatin1String("start"); }));
        QCOMPARE(client()
                     .ask("Exec", {kProject, QStringLiteral("none"), 0U,
                                   QStringList{QStringLiteral("/bin/true")}, QVariantMap()})
                     .errorName(),
                 kErrors + QStringLiteral("NotFound"));
        down();
    }

    void aOneOffRunsBesideItsService() {
        auto stack = shop();
        const auto ran =
            client().send("Run", stack,
                          {QStringLiteral("web"), QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                                                              QStringLiteral("echo $X; cat /greeting")}},
                          option("environment", QStringList{QStringLiteral("X=one-off")}));
        QVERIFY2(ran.isDone(), ran.error().c_str());
        // What it depends on was brought up, the service itself was not
        const auto containers = client().ps(kProject);
        QCOMPARE(containers.size(), 2);
        const auto oneOff = std::find_if(containers.begin(), containers.end(),
                                         [](const auto& container) { return container.isOneOff; });
        QVERIFY(oneOff != containers.end());
        QCOMPARE(oneOff->id.toStdString(), ran.result.at("container").toString());
        QVERIFY(oneOff->name.startsWith(QStringLiteral("shop-web-run-")));
        QTRY_VERIFY(logOf("web").find("one-off") != std::string::npos);
        down();
    }

    // What it depends on may be on its way up or down; without that it disturbs nobody.
    void aOneOffWithDependenciesIsRefusedWhileTheStackChanges() {
        auto stack = shop();
        QVERIFY(client().up(stack).isDone());
        const QStringList db{QStringLiteral("db")}; // it has no ear for SIGTERM
        const auto stop = client().ask("Stop", {kProject, db, option("timeout", 600U)});
        const auto events = stop.arguments().value(1).value<QDBusUnixFileDescriptor>();
        std::string told;
        QTRY_VERIFY((told += readFd(events.fileDescriptor()).value_or("")).find("running") !=
                    std::string::npos);
        const QVariantList words{QStringLiteral("web"), QStringList{QStringLiteral("/bin/true")}};
        auto refused = shop();
        const auto ran = client().send("Run", refused, words, {});
        QCOMPARE(ran.error(), std::string("the stack \"shop\" is being changed already"));
        auto alone = shop();
        const auto without = client().send("Run", alone, words, option("no-deps", true));
        QVERIFY2(without.isDone(), without.error().c_str());
        // Who kills is not refused: nobody else may end what the stop waits for
        QVERIFY(client().finish("Kill", {kProject, db, QVariantMap()}).isDone());
        QCOMPARE(m_machine->ended(kUser, stop.arguments().value(0)).state, QStringLiteral("done"));
        down();
    }

    void anImageIsBuiltInsideAnUp() {
        ContextFolder context;
        context.write("made", "by hand\n");
        TestStack stack("shop");
        StackService& app = stack.add("app", "shop-app", {"/bin/sh", "-c", "cat /made; exec sleep 1000"});
        stack.addBuild(app, "FROM " + image() + "\nCOPY made /made\n", context.path());
        // Another service uses what is built
        stack.add("worker", "shop-app", kRest);
        const auto up = client().up(stack);
        QVERIFY2(up.isDone(), up.error().c_str());
        QTRY_VERIFY(logOf("app").find("by hand") != std::string::npos);
        QVERIFY(std::any_of(up.events.begin(), up.events.end(), [](const Json& event) {
            return event.at("state").toString() == "building" && !event.at("build").toString().empty();
        }));
        QVERIFY(client().finish("Down", {kProject, option("images", QStringLiteral("local"))}).isDone());
        // The image has gone with it
        const auto images = qdbus_cast<dbus::ImageList>(
            call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Images"), QStringLiteral("List"))
                .arguments()
                .value(0));
        QVERIFY(std::none_of(images.begin(), images.end(), [](const auto& one) {
            return one.repository.contains(QLatin1String("shop-app"));
        }));
    }

    void anImageThatIsNeverPulledMustBeHere() {
        TestStack stack("shop");
        stack.add("app", m_machine->registry().host() + "/missing:1", kRest).pullPolicy = PullPolicy::Never;
        const auto up = client().up(stack);
        QVERIFY(!up.isDone());
        QVERIFY(up.error().find("never to be pulled") != std::string::npos);
        QCOMPARE(up.events.back().at("state").toString(), std::string("failed"));
    }

    void imagesArePulled() {
        TestStack stack("shop");
        stack.add("app", image(), kRest);
        const auto pulled = client().finish(
            "Pull", {QVariant::fromValue(stack.toBus()),
                     option("insecure-registries",
                            QStringList{QString::fromStdString(m_machine->registry().host())})});
        QVERIFY2(pulled.isDone(), pulled.error().c_str());
        QVERIFY(pulled.result.at("images").at("app").toString().starts_with("sha256:"));
    }

    void anAccountIsForItsRegistry() {
        // Given a registry that wants to know who asks, with an image that is not here
        const auto guarded = DockerRegistry::start(true).value();
        const QString target = QString::fromStdString(guarded->host() + "/team/app:1");
        const QString user = QLatin1String(DockerRegistry::kUser);
        const QString password = QLatin1String(DockerRegistry::kPassword);
        const auto pushed =
            call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Images"), QStringLiteral("Push"),
                 {m_machine->image(), QVariantMap{{QStringLiteral("target"), target},
                                                  {QStringLiteral("username"), user},
                                                  {QStringLiteral("password"), password}}});
        QCOMPARE(m_machine->ended(kUser, pushed.arguments().value(0)).state, QStringLiteral("done"));
        TestStack stack("shop");
        stack.add("app", target.toStdString(), kRest);
        // When nobody says who it is, the stack does not come up
        const auto refused = client().up(stack);
        QCOMPARE(refused.status.errorName, kErrors + QStringLiteral("AuthenticationNeeded"));
        // With the account it does
        const dbus::RegistryAccounts accounts{
            {QString::fromStdString(guarded->host()), user, password, QString()}};
        const auto up = client().up(stack, option("accounts", QVariant::fromValue(accounts)));
        QVERIFY2(up.isDone(), up.error().c_str());
        // And pushes by the same account
        const auto sent = client().finish(
            "Push", {QVariant::fromValue(stack.toBus()), option("accounts", QVariant::fromValue(accounts))});
        QVERIFY2(sent.isDone(), sent.error().c_str());
        QVERIFY(sent.result.at("images").members().empty()); // nothing of it is built
        down();
    }

    void whatIsWrongIsRefused_data() {
        QTest::addColumn<std::function<void(TestStack&)>>("spoil");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* says, std::function<void(TestStack&)> spoil) {
            QTest::newRow(name) << std::move(spoil) << QString::fromLatin1(says);
        };
        row("an index out of range", "source", [](TestStack& s) { s.find("web").files[0].source = 4096; });
        row("an index twice", "twice", [](TestStack& s) {
            s.find("web").files.push_back(s.find("web").files[0]);
            s.find("web").files[1].path = "/other";
        });
        row("a circle", "circle", [](TestStack& s) {
            s.find("db").dependencies = {{"web", DependsOn::Started, false, true}};
        });
        row("too many services", "services", [](TestStack& s) {
            for (int i = 0; i < 501; ++i)
                s.add("s" + std::to_string(i), "a", {});
        });
        row("another's label", "label",
            [](TestStack& s) { s.find("db").options.labels[stack_labels::kProject] = "other"; });
        row("a project that is none", "project", [](TestStack& s) { s.stack.project = "../etc"; });
        row("a digest that is not the content's", "digest",
            [](TestStack& s) { s.find("web").files[0].contentDigest = "sha256:" + std::string(64, '0'); });
        row("a folder for a file", "neither", [](TestStack& s) {
            s.descriptors[0] = UniqueFd(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        });
        row("a descriptor that nobody needs", "no source",
            [](TestStack& s) { s.pass(UniqueFd(::open("/", O_PATH | O_CLOEXEC))); });
        row("a descriptor that does not come", "not sent", [](TestStack& s) { s.descriptors.clear(); });
    }
    void whatIsWrongIsRefused() {
        QFETCH(std::function<void(TestStack&)>, spoil);
        QFETCH(QString, says);
        auto stack = shop();
        spoil(stack);
        const auto up = client().up(stack);
        QCOMPARE(up.reply.errorName(), kErrors + QStringLiteral("InvalidArgument"));
        QVERIFY2(QString::fromStdString(up.error()).contains(says), up.error().c_str());
        QCOMPARE(client().ask("Ps", {kProject}).errorName(), kErrors + QStringLiteral("NotFound"));
    }

    void aSocketThatIsClosedEarlyEndsTheCall() {
        auto stack = shop();
        const auto up = client().send("Up", stack, {}, {}, kUser, [](UniqueFd) {});
        QCOMPARE(up.reply.errorName(), kErrors + QStringLiteral("InvalidArgument"));
    }

    void onePowerOfOneServiceAsksForAnAdministrator() {
        auto stack = shop();
        stack.find("db").options.privileged = true;
        const auto up = client().up(stack);
        QVERIFY2(up.reply.errorName().endsWith(QLatin1String("PermissionDenied")) ||
                     up.reply.errorName().endsWith(QLatin1String("AuthorizationNeeded")),
                 qPrintable(up.reply.errorName()));
    }
};
ESCALE_TEST(HelperStacksTest)

#include "helper_stacks_test.moc"
