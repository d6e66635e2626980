#include "tests/helper/service/helper_machine.h"

#include "engine/base/file.h"
#include "tests/helper/worker/image_fixture.h"
#include "tests/support/test_registry.h"

namespace escale::test {
namespace {

const int kPatience = qEnvironmentVariableIsSet("ESCALE_EMULATED") ? 250'000 : 30'000;
constexpr auto kJob = "org.escale.Engine1.Job";

TestImage busyboxImage() {
    TarBuilder base;
    base.folder("bin").folder("proc").folder("dev").folder("sys").folder("etc").folder("tmp", 01777);
    base.add({.name = "bin/busybox",
              .content = readFile("/bin/busybox").value_or(""),
              .mode = 0755,
              .owner = 0,
              .group = 0});
    for (const char* name : {"sh", "sleep", "cat", "true", "touch", "stty", "id"})
        base.add(
            {.name = std::string("bin/") + name, .type = '2', .link = "busybox", .owner = 0, .group = 0});
    return TestImage({gzipLayer(base.finish())});
}

} // namespace

Result<void> HelperMachine::pushImage() {
    TRY_ASSIGN(m_registry, DockerRegistry::start());
    TRY(busyboxImage().push(*m_registry, "demo", "1"));
    m_image = QString::fromStdString(m_registry->host() + "/demo:1");
    return {};
}

Result<void> HelperMachine::pull(uid_t user) {
    const auto reply = call(as(user), QStringLiteral("org.escale.Engine1.Images"), QStringLiteral("Pull"),
                            {m_image, QVariantMap{{QStringLiteral("insecure"), true}}});
    if (const auto status = ended(user, reply.arguments().value(0)); status.state != QLatin1String("done"))
        return fail(ErrorCode::Internal,
                    "cannot pull: " + reply.errorMessage().toStdString() + status.errorMessage.toStdString());
    return {};
}

Result<std::unique_ptr<HelperMachine>> HelperMachine::start() {
    std::unique_ptr<HelperMachine> machine(new HelperMachine);
    TRY(machine->pushImage());
    TRY_ASSIGN(machine->m_bus, PrivateBus::start({"--idle-seconds", "0"}));
    TRY(machine->m_bus->setRules(
        "polkit.addRule(function(action, subject) {\n"
        "    if (action.id == 'org.escale.engine.manage' && subject.user == 'nobody')\n"
        "        return polkit.Result.YES;\n});\n"));
    TRY(machine->pull(0));
    TRY(machine->pull(PrivateBus::kNobody));
    return machine;
}

Result<std::unique_ptr<HelperMachine>> HelperMachine::installed() {
    dbus::registerTypes();
    std::unique_ptr<HelperMachine> machine(new HelperMachine);
    TRY(machine->pushImage());
    TRY(machine->pull(0));
    return machine;
}

HelperMachine::~HelperMachine() = default;

QDBusConnection HelperMachine::as(uid_t user) {
    if (!m_connections.contains(user)) {
        m_connections.insert(
            user, m_bus ? m_bus->connectAs(user)
                        : connectToBusAs(user, QStringLiteral("unix:path=/run/dbus/system_bus_socket"),
                                         QStringLiteral("system-%1").arg(user)));
    }
    return *m_connections.find(user);
}

QDBusMessage HelperMachine::ask(uid_t user, const char* member, const QVariantList& arguments) {
    return call(as(user), QStringLiteral("org.escale.Engine1.Containers"), QLatin1String(member), arguments);
}

dbus::JobStatus HelperMachine::ended(uid_t user, const QVariant& job) {
    dbus::JobStatus status;
    const QString path = job.value<QDBusObjectPath>().path();
    (void)QTest::qWaitFor(
        [&] {
            status = qdbus_cast<dbus::JobStatus>(
                call(as(user), QLatin1String(kJob), QStringLiteral("Status"), {}, path).arguments().value(0));
            return status.state != QLatin1String("running");
        },
        kPatience);
    return status;
}

QString HelperMachine::run(uid_t user, const QStringList& command, const QVariantMap& options) {
    const auto reply = ask(user, "Run", {m_image, command, options});
    if (reply.type() != QDBusMessage::ReplyMessage) {
        qWarning("%s", qPrintable(reply.errorMessage()));
        return {};
    }
    const auto status = ended(user, reply.arguments().value(1));
    if (status.state == QLatin1String("done"))
        return reply.arguments().value(0).toString();
    qWarning("%s", qPrintable(status.errorMessage));
    return {};
}

void HelperMachine::remove(uid_t user, const QString& id) {
    const auto reply = ask(user, "Remove", {id, QVariantMap{{QStringLiteral("force"), true}}});
    QCOMPARE(ended(user, reply.arguments().value(0)).state, QStringLiteral("done"));
}

dbus::Container HelperMachine::container(uid_t user, const QString& id) {
    const auto reply = ask(user, "List", {});
    for (const auto& container : qdbus_cast<dbus::ContainerList>(reply.arguments().value(0))) {
        if (container.id == id)
            return container;
    }
    return {};
}

void HelperTest::startMachine() {
    const std::string reason = enterOwnNetwork();
    SKIP_UNLESS(reason.empty(), reason.c_str());
    SKIP_UNLESS(DockerRegistry::isInstalled(), "needs docker-registry");
    SKIP_UNLESS(exists("/bin/busybox"), "needs busybox-static");
    auto machine = HelperMachine::start();
    VERIFY_RESULT(machine);
    m_machine = std::move(*machine);
}

void HelperTest::cleanup() {
    if (QTest::currentTestFailed() && m_machine)
        qWarning("%s", m_machine->bus().log().c_str());
}

} // namespace escale::test
