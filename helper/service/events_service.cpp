#include "helper/service/events_service.h"

#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"

#include <QThreadPool>

namespace escale {

constexpr int kTogether = 20; // milliseconds

EventsService::EventsService(QDBusConnection bus, Dispatcher& dispatcher, Callers& callers, EventLog& events,
                             QThreadPool& pool, QObject* parent)
    : QObject(parent)
    , m_bus(bus)
    , m_callers(callers)
    , m_events(events)
    , m_pool(pool) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(kTogether);
    connect(&m_timer, &QTimer::timeout, this, &EventsService::tell);
    dispatcher.handle("org.escale.Engine1", "ListEvents", [this](const CallPointer& call) { list(call); });
    // From any thread; queued calls keep their order.
    m_events.onEvent([this](const Event& event) {
        QMetaObject::invokeMethod(
            this, [this, owner = event.owner, told = toBus(event)] { take(owner, told); },
            Qt::QueuedConnection);
    });
}

EventsService::~EventsService() {
    m_events.onEvent({});
}

void EventsService::list(const CallPointer& call) {
    EventFilter filter;
    filter.since = call->options().value(QStringLiteral("since")).toLongLong();
    filter.until = call->options().value(QStringLiteral("until")).toLongLong();
    auto terms = boundedWords(call->options().value(QStringLiteral("filters")).toStringList(), "the filters");
    if (!terms) {
        call->refuse(terms.error());
        return;
    }
    filter.terms = *std::move(terms);
    answerFrom(m_pool, call, [this, owner = call->owner(), filter]() -> Result<QVariantList> {
        TRY(checkEventFilter(filter));
        dbus::EventList events;
        for (const auto& event : m_events.list(owner, filter))
            events.append(toBus(event));
        return QVariantList{QVariant::fromValue(events)};
    });
}

void EventsService::take(uid_t owner, const dbus::Event& event) {
    Q_EMIT happened(owner, event);
    m_noted[owner].append(event);
    if (!m_timer.isActive())
        m_timer.start();
}

void EventsService::tell() {
    const auto noted = std::exchange(m_noted, {});
    for (auto entry = noted.begin(); entry != noted.end(); ++entry) {
        for (const QString& connection : m_callers.connectionsOf(entry.key())) {
            auto signal = QDBusMessage::createTargetedSignal(connection, QLatin1String(dbus::kObject),
                                                             QStringLiteral("org.escale.Engine1"),
                                                             QStringLiteral("Happened"));
            signal << QVariant::fromValue(entry.value());
            m_bus.send(signal);
        }
    }
}

} // namespace escale
