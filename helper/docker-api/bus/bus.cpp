#include "helper/docker-api/bus/bus.h"

#include "helper/docker-api/bus/signals.h"
#include "helper/docker-api/http/exchange.h"

#include <QDBusError>

#include <fcntl.h>
#include <limits>
#include <poll.h>

namespace escale::docker_api {
namespace {

constexpr int kPatience = 120'000;                            // milliseconds; what takes longer is a job
constexpr int kForAPerson = std::numeric_limits<int>::max(); // who may be asked for a password
constexpr auto kJob = "org.escale.Engine1.Job";

QString nameOf(Face face) {
    switch (face) {
    case Face::Engine: return QStringLiteral("org.escale.Engine1");
    case Face::Images: return QStringLiteral("org.escale.Engine1.Images");
    case Face::Containers: return QStringLiteral("org.escale.Engine1.Containers");
    case Face::Networks: return QStringLiteral("org.escale.Engine1.Networks");
    case Face::Volumes: return QStringLiteral("org.escale.Engine1.Volumes");
    case Face::Builds: return QStringLiteral("org.escale.Engine1.Builds");
    }
    return {};
}

// "message\nhint", as helper/dbus/error_text.h writes it.
Error errorFrom(const QString& name, const QString& text) {
    if (!name.startsWith(QLatin1String(dbus::kErrorPrefix)))
        return {ErrorCode::Unreachable, "the engine does not answer: " + text.toStdString(),
                "Is escale-helper installed and may it start?"};
    const QString code = name.mid(qsizetype(std::char_traits<char>::length(dbus::kErrorPrefix)));
    return {errorCodeFromString(code.toStdString()), text.section(u'\n', 0, 0).toStdString(),
            text.section(u'\n', 1).toStdString()};
}

} // namespace

Engine::Engine(QDBusConnection connection, std::unique_ptr<Signals> signalReceiver)
    : m_connection(std::move(connection))
    , m_signals(std::move(signalReceiver)) {}

Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::connect() {
    dbus::registerTypes();
    auto connection = QDBusConnection::connectToBus(QDBusConnection::SystemBus, QStringLiteral("docker-api"));
    if (!connection.isConnected())
        return fail(ErrorCode::Unreachable,
                    "cannot reach the system message bus: " + connection.lastError().message().toStdString(),
                    "Start dbus, or set DBUS_SYSTEM_BUS_ADDRESS.");
    auto signalReceiver = std::make_unique<Signals>();
    if (!signalReceiver->connectTo(connection))
        return fail(ErrorCode::Unreachable, "cannot follow the engine's signals");
    return std::unique_ptr<Engine>(new Engine(connection, std::move(signalReceiver)));
}

Result<QVariantList> Bus::call(Face face, const char* method, const QVariantList& arguments) const {
    auto message = QDBusMessage::createMethodCall(QLatin1String(dbus::kService), QLatin1String(dbus::kObject),
                                                  nameOf(face), QLatin1String(method));
    message.setArguments(arguments);
    message.setInteractiveAuthorizationAllowed(!m_isGuest);
    const QDBusMessage reply =
        m_engine.m_connection.call(message, QDBus::Block, m_isGuest ? kPatience : kForAPerson);
    if (reply.type() != QDBusMessage::ReplyMessage)
        return fail(errorFrom(reply.errorName(), reply.errorMessage()));
    return reply.arguments();
}

Result<QString> Bus::await(const QDBusObjectPath& job, Exchange* exchange, const Progress& progress) const {
    TRY_ASSIGN(const auto watch, JobWatch::create());
    m_engine.m_signals->watch(job.path(), watch);
    // It may have ended before we listened.
    auto question = QDBusMessage::createMethodCall(QLatin1String(dbus::kService), job.path(), QLatin1String(kJob),
                                                   QStringLiteral("Status"));
    const QDBusMessage first = m_engine.m_connection.call(question, QDBus::Block, kPatience);
    if (first.type() != QDBusMessage::ReplyMessage)
        return fail(errorFrom(first.errorName(), first.errorMessage()));
    std::optional status(qdbus_cast<dbus::JobStatus>(first.arguments().value(0)));
    for (;;) {
        if (status) {
            if (progress)
                TRY(progress(*status));
            if (status->state == QLatin1String("done"))
                return status->result;
            if (status->state == QLatin1String("cancelled"))
                return fail(ErrorCode::Cancelled, "it was cancelled");
            if (status->state == QLatin1String("failed"))
                return fail(errorFrom(status->errorName, status->errorMessage + u'\n' + status->hint));
        }
        if (exchange != nullptr) {
            TRY(exchange->waitFor({watch->fd()}));
        } else {
            pollfd news{watch->fd(), POLLIN, 0};
            ::poll(&news, 1, -1);
        }
        TRY_ASSIGN(status, watch->take());
    }
}

Result<QString> Bus::finish(const QDBusObjectPath& job, Exchange& exchange, const Progress& progress) const {
    auto result = await(job, &exchange, progress);
    if (!result)
        cancel(job); // no error when it has ended
    return result;
}

Result<QString> Bus::finish(const QDBusObjectPath& job) const {
    return await(job, nullptr, {});
}

void Bus::cancel(const QDBusObjectPath& job) const {
    m_engine.m_connection.send(QDBusMessage::createMethodCall(QLatin1String(dbus::kService), job.path(),
                                                              QLatin1String(kJob), QStringLiteral("Cancel")));
}

Result<std::shared_ptr<EventSubscription>> Bus::subscribe() const {
    TRY_ASSIGN(auto subscription, EventSubscription::create());
    m_engine.m_signals->subscribe(subscription);
    TRY(ask(Face::Engine, "ListJobs")); // signals come to those who have called
    return subscription;
}

Result<UniqueFd> taken(const QDBusUnixFileDescriptor& descriptor) {
    UniqueFd copy(::fcntl(descriptor.fileDescriptor(), F_DUPFD_CLOEXEC, 3));
    if (!copy)
        return failErrno("cannot take a descriptor of the engine's");
    return copy;
}

QVariant passed(const UniqueFd& file) {
    return QVariant::fromValue(QDBusUnixFileDescriptor(file.get()));
}

QString toQString(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QStringList toStringList(const std::vector<std::string>& texts) {
    QStringList list;
    for (const std::string& text : texts)
        list.append(toQString(text));
    return list;
}

std::vector<std::string> fromStringList(const QStringList& texts) {
    std::vector<std::string> list;
    for (const QString& text : texts)
        list.push_back(text.toStdString());
    return list;
}

} // namespace escale::docker_api
