// Takes every method call under /org/escale/Engine1 and leads it, without waiting, through
//
//   gate (known? signature? options?) → whose connection? → polkit → handler
//
// There is no other way to a handler.
#pragma once

#include "helper/authorization/callers.h"
#include "helper/authorization/gate.h"
#include "helper/authorization/polkit.h"
#include "helper/service/call.h"

#include <QDBusVirtualObject>
#include <QHash>

namespace escale {

/// Lives on the D-Bus thread.
class Dispatcher : public QDBusVirtualObject {
    Q_OBJECT
public:
    using Handler = std::function<void(const CallPointer&)>;

    Dispatcher(QDBusConnection bus, Callers& callers, QObject* parent = nullptr);
    /// Handlers run on the D-Bus thread and must not block.
    void handle(const char* interface, const char* member, Handler handler);
    /// Methods of the gate's table without a handler: a defect.
    [[nodiscard]] QStringList missingHandlers() const;

    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override;
    [[nodiscard]] QString introspect(const QString& path) const override;

Q_SIGNALS:
    void called();

private:
    /// A place among the user's calls that wait for an answer, or null when all are taken.
    std::shared_ptr<const char> takePlace(uid_t owner);
    void dispatch(const CallPointer& call, const Gate::Admitted& admitted);
    void handleOwn(); // the standard interfaces, and what concerns the way to all handlers

    QDBusConnection m_bus;
    Callers& m_callers;
    Gate m_gate;
    Polkit m_polkit;
    QHash<uid_t, std::shared_ptr<const char>> m_places; // one reference is ours, the others are calls
    QHash<QString, Handler> m_handlers;                 // "interface.member"
};

} // namespace escale
