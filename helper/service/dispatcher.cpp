#include "helper/service/dispatcher.h"

#include "engine/base/log.h"
#include "helper/dbus/interfaces.h"
#include "helper/dbus/types.h"

#include <QDBusError>
#include <QDBusVariant>

namespace escale {
namespace {

// Each waits for polkit, and may wait for a thread: one user must not fill either for the others.
constexpr long kMostCallsOfAUser = 256;

const QLatin1String kRoot(dbus::kObject);

bool isJobPath(const QString& path) {
    const QString jobs = kRoot + QLatin1String("/jobs/");
    bool number = false;
    (void)path.mid(jobs.size()).toULongLong(&number);
    return path.startsWith(jobs) && number;
}

enum class Place { Engine, JobFolder, Job, Nowhere };

Place placeOf(const QString& path) {
    if (path == kRoot)
        return Place::Engine;
    if (path == kRoot + QLatin1String("/jobs"))
        return Place::JobFolder;
    return isJobPath(path) ? Place::Job : Place::Nowhere;
}

// Our interfaces are served at their own objects only.
bool servedAt(Place place, const QString& interface) {
    if (place == Place::Nowhere)
        return false;
    if (interface == QLatin1String("org.escale.Engine1.Job"))
        return place == Place::Job;
    if (interface.startsWith(QLatin1String("org.escale.")))
        return place == Place::Engine;
    return true;
}

QString keyOf(const QString& interface, const QString& member) {
    return interface + QLatin1Char('.') + member;
}

} // namespace

Dispatcher::Dispatcher(QDBusConnection bus, Callers& callers, QObject* parent)
    : QDBusVirtualObject(parent)
    , m_bus(bus)
    , m_callers(callers)
    , m_polkit(bus) {
    handleOwn();
}

void Dispatcher::handle(const char* interface, const char* member, Handler handler) {
    m_handlers.insert(keyOf(QLatin1String(interface), QLatin1String(member)), std::move(handler));
}

QStringList Dispatcher::missingHandlers() const {
    QStringList missing;
    for (const MethodRule& rule : methodRules()) {
        const QString key = keyOf(QLatin1String(rule.interface), QLatin1String(rule.member));
        if (!m_handlers.contains(key))
            missing.append(key);
    }
    return missing;
}

bool Dispatcher::handleMessage(const QDBusMessage& message, const QDBusConnection& connection) {
    if (message.type() != QDBusMessage::MethodCallMessage)
        return false;
    Q_EMIT called();
    const auto call = std::make_shared<Call>(connection, message);
    const Place place = placeOf(message.path());
    if (place == Place::Nowhere) {
        call->refuse(QDBusError::errorString(QDBusError::UnknownObject),
                     QStringLiteral("no object ") + message.path());
        return true;
    }
    if (!servedAt(place, message.interface())) {
        call->refuse(QDBusError::errorString(QDBusError::UnknownInterface),
                     QStringLiteral("no interface \"%1\" at %2").arg(message.interface(), message.path()));
        return true;
    }
    auto admitted =
        m_gate.admit(message.interface(), message.member(), message.signature(), message.arguments());
    if (admitted)
        dispatch(call, *admitted);
    else if (admitted.error().code == ErrorCode::NotFound)
        call->refuse(QDBusError::errorString(QDBusError::UnknownMethod),
                     QString::fromStdString(admitted.error().message));
    else
        call->refuse(admitted.error());
    return true;
}

std::shared_ptr<const char> Dispatcher::takePlace(uid_t owner) {
    if (m_places.size() > 64)
        m_places.removeIf([](const auto& entry) { return entry.value().use_count() == 1; });
    auto& places = m_places[owner];
    if (!places)
        places = std::make_shared<const char>();
    return places.use_count() > kMostCallsOfAUser ? nullptr : places;
}

void Dispatcher::dispatch(const CallPointer& call, const Gate::Admitted& admitted) {
    call->admit(admitted.arguments, admitted.options);
    const QString key = keyOf(call->message().interface(), call->message().member());
    const auto handler = m_handlers.constFind(key);
    if (handler == m_handlers.constEnd())
        return; // answered as Internal
    m_callers.resolve(call->message().service(), [this, call, key, action = admitted.action,
                                                  run = *handler](const Result<uid_t>& owner) {
        if (!owner) {
            call->refuse(owner.error());
            return;
        }
        call->setOwner(*owner);
        auto place = takePlace(*owner);
        if (!place) {
            call->refuse(
                QDBusError::errorString(QDBusError::LimitsExceeded),
                QStringLiteral("%1 of your calls wait for their answers already; try again when they "
                               "have come")
                    .arg(kMostCallsOfAUser));
            return;
        }
        call->hold(std::move(place));
        const QString sender = call->message().service();
        const bool once = action == Action::Privileged && m_callers.isAskedEachTime(sender);
        m_polkit.check(sender, *owner, once ? Action::PrivilegedOnce : action,
                       call->message().isInteractiveAuthorizationAllowed(),
                       [call, key, run](const Result<void>& allowed) {
                           if (allowed) {
                               run(call);
                               return;
                           }
                           logWarning("refused " + key.toStdString() + " to uid " +
                                      std::to_string(call->owner()) + ": " + allowed.error().message);
                           call->refuse(allowed.error());
                       });
    });
}

QString Dispatcher::introspect(const QString& path) const {
    switch (placeOf(path)) {
    case Place::Engine:
        return dbus::interfaceElements(dbus::engineXml()) + QStringLiteral("  <node name=\"jobs\"/>\n");
    case Place::Job:
        return dbus::interfaceElements(dbus::jobXml());
    default: // whose jobs exist is told to nobody else
        return {};
    }
}

void Dispatcher::handleOwn() {
    handle("org.freedesktop.DBus.Peer", "Ping", [](const CallPointer& call) { call->reply(); });
    handle("org.freedesktop.DBus.Introspectable", "Introspect", [this](const CallPointer& call) {
        call->reply({QStringLiteral(
                         "<!DOCTYPE node PUBLIC \"-//freedesktop//DTD D-BUS Object Introspection 1.0//EN\"\n"
                         " \"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd\">\n<node>\n") +
                     introspect(call->path()) + QStringLiteral("</node>\n")});
    });
    handle("org.escale.Engine1", "AskEachTime", [this](const CallPointer& call) {
        m_callers.askEachTime(call->message().service());
        call->reply();
    });
    const auto properties = [](const CallPointer& call) -> QVariantMap {
        if (placeOf(call->path()) != Place::Engine ||
            call->arguments().value(0).toString() != QLatin1String("org.escale.Engine1"))
            return {};
        return {{QStringLiteral("Version"), QStringLiteral(ESCALE_VERSION)}};
    };
    handle("org.freedesktop.DBus.Properties", "GetAll",
           [properties](const CallPointer& call) { call->reply({QVariant(properties(call))}); });
    handle("org.freedesktop.DBus.Properties", "Get", [properties](const CallPointer& call) {
        const QVariant value = properties(call).value(call->arguments().value(1).toString());
        if (value.isValid())
            call->reply({QVariant::fromValue(QDBusVariant(value))});
        else
            call->refuse(QDBusError::errorString(QDBusError::UnknownProperty),
                         QStringLiteral("no such property"));
    });
}

} // namespace escale
