#include "helper/docker-api/bus/bus.h"

#include "helper/dbus/limits.h"
#include "helper/docker-api/bus/signals.h"
#include "helper/docker-api/http/exchange.h"

#include <QDBusError>

#include <fcntl.h>
#include <limits>
#include <poll.h>
#include <thread>

namespace escale::docker_api {
namespace {

constexpr int kPatience = 120'000;                           // milliseconds; what takes longer is a job
constexpr int kForAPerson = std::numeric_limits<int>::max(); // who may be asked for a password
constexpr std::chrono::milliseconds kBetweenTries{20};       // for a place of a job
constexpr auto kJob = "org.escale.Engine1.Job";

QString nameOf(Face face) {
    switch (face) {
    case Face::Engine:
        return QStringLiteral("org.escale.Engine1");
    case Face::Images:
        return QStringLiteral("org.escale.Engine1.Images");
    case Face::Containers:
        return QStringLiteral("org.escale.Engine1.Containers");
    case Face::Networks:
        return QStringLiteral("org.escale.Engine1.Networks");
    case Face::Volumes:
        return QStringLiteral("org.escale.Engine1.Volumes");
    case Face::Builds:
        return QStringLiteral("org.escale.Engine1.Builds");
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

bool hasNoPlace(const Error& error) {
    return error.code == ErrorCode::WrongState &&
           error.message.find(dbus::kJobsRunningAlready) != std::string::npos;
}

// The process has ended, or has given up the engine's name and is about to: nobody has acted on the call.
bool hasNotArrived(QDBusError::ErrorType error) {
    return error == QDBusError::ServiceUnknown || error == QDBusError::AccessDenied ||
           error == QDBusError::UnknownObject;
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
    Signals* const receiver = signalReceiver.get();
    std::unique_ptr<Engine> engine(new Engine(connection, std::move(signalReceiver)));
    QObject::connect(receiver, &Signals::engineWentAway,
                     [engine = engine.get()](const QString& name) { engine->forget(name); });
    return engine;
}

QDBusMessage Bus::askWhenThereIsRoom(const QDBusMessage& message, int patience) const {
    if (m_isGuest)
        m_engine.m_placesOfGuests.acquire();
    m_engine.m_places.acquire();
    QDBusMessage reply = m_engine.m_connection.call(message, QDBus::Block, patience);
    m_engine.m_places.release();
    if (m_isGuest)
        m_engine.m_placesOfGuests.release();
    return reply;
}

// A promise holds for the process that gave it. So calls go to that one by its unique name, never to another
// that took the engine's name since.
Result<QString> Engine::name() {
    const std::lock_guard lock(m_mutex);
    if (!m_name.isEmpty())
        return m_name;
    const QDBusMessage reply = m_connection.call(
        QDBusMessage::createMethodCall(QLatin1String(dbus::kService), QLatin1String(dbus::kObject),
                                       nameOf(Face::Engine), QStringLiteral("AskEachTime")),
        QDBus::Block, kPatience);
    if (reply.type() != QDBusMessage::ReplyMessage)
        return fail(errorFrom(reply.errorName(), reply.errorMessage()));
    m_name = reply.service();
    return m_name;
}

void Engine::forget(const QString& name) {
    const std::lock_guard lock(m_mutex);
    if (m_name == name)
        m_name.clear();
}

// The engine does some of a person's jobs at once; dockerd knows no such bound, so the others wait here.
Result<QVariantList> Bus::call(Face face, const char* method, const QVariantList& arguments) const {
    auto answer = callNow(face, method, arguments);
    if (answer || !hasNoPlace(answer.error()))
        return answer;
    const std::lock_guard turn(m_engine.m_jobTurn);
    while (!answer && hasNoPlace(answer.error())) {
        std::this_thread::sleep_for(kBetweenTries);
        answer = callNow(face, method, arguments);
    }
    return answer;
}

Result<QVariantList> Bus::callNow(Face face, const char* method, const QVariantList& arguments) const {
    for (bool isAgain = false;; isAgain = true) {
        TRY_ASSIGN(const QString engine, m_engine.name());
        auto message = QDBusMessage::createMethodCall(engine, QLatin1String(dbus::kObject), nameOf(face),
                                                      QLatin1String(method));
        message.setArguments(arguments);
        message.setInteractiveAuthorizationAllowed(!m_isGuest);
        const QDBusMessage reply = askWhenThereIsRoom(message, m_isGuest ? kPatience : kForAPerson);
        if (reply.type() == QDBusMessage::ReplyMessage)
            return reply.arguments();
        const bool isOurs = reply.errorName().startsWith(QLatin1String(dbus::kErrorPrefix));
        if (!isOurs)
            m_engine.forget(engine);
        if (isOurs || isAgain || !hasNotArrived(QDBusError(reply).type()))
            return fail(errorFrom(reply.errorName(), reply.errorMessage()));
    }
}

Result<QString> Bus::await(const QDBusObjectPath& job, Exchange* exchange, const Progress& progress,
                           std::optional<std::chrono::milliseconds> every) const {
    TRY_ASSIGN(const auto watch, JobWatch::create());
    m_engine.m_signals->watch(job.path(), watch);
    // It may have ended before we listened.
    auto question = QDBusMessage::createMethodCall(QLatin1String(dbus::kService), job.path(),
                                                   QLatin1String(kJob), QStringLiteral("Status"));
    const QDBusMessage first = askWhenThereIsRoom(question, kPatience);
    if (first.type() != QDBusMessage::ReplyMessage)
        return fail(errorFrom(first.errorName(), first.errorMessage()));
    std::optional status(qdbus_cast<dbus::JobStatus>(first.arguments().value(0)));
    dbus::JobStatus last;
    for (;;) {
        if (status)
            last = *status;
        if (progress && (status || every))
            TRY(progress(last));
        if (status) {
            if (status->state == QLatin1String("done"))
                return status->result;
            if (status->state == QLatin1String("cancelled"))
                return fail(ErrorCode::Cancelled, "it was cancelled");
            if (status->state == QLatin1String("failed"))
                return fail(errorFrom(status->errorName, status->errorMessage + u'\n' + status->hint));
        }
        if (exchange != nullptr) {
            TRY(exchange->waitFor({watch->fd()}, every));
        } else {
            pollfd news{watch->fd(), POLLIN, 0};
            ::poll(&news, 1, -1);
        }
        TRY_ASSIGN(status, watch->take());
    }
}

Result<QString> Bus::finish(const QDBusObjectPath& job, Exchange& exchange, const Progress& progress,
                            std::optional<std::chrono::milliseconds> every) const {
    auto result = await(job, &exchange, progress, every);
    if (!result)
        cancel(job); // no error when it has ended
    return result;
}

Result<QString> Bus::finish(const QDBusObjectPath& job) const {
    return await(job, nullptr, {}, {});
}

void Bus::cancel(const QDBusObjectPath& job) const {
    m_engine.m_connection.send(QDBusMessage::createMethodCall(QLatin1String(dbus::kService), job.path(),
                                                              QLatin1String(kJob), QStringLiteral("Cancel")));
}

Result<std::shared_ptr<EventSubscription>> Bus::subscribe() const {
    TRY_ASSIGN(auto subscription, EventSubscription::create());
    m_engine.m_signals->subscribe(subscription);
    TRY(m_engine.name()); // signals come to those who have called
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
