// Counters of interfaces become rates a second. Pure.
#pragma once

#include "helper/dbus/types.h"

#include <QHash>
#include <QString>

namespace escale::gui {

/// Per second. "in" is what the container, or this machine, receives.
struct TrafficRate {
    double inPackets = 0, inBytes = 0, outPackets = 0, outBytes = 0, dropped = 0;
    [[nodiscard]] double packets() const { return inPackets + outPackets; }
};

class TrafficRates {
public:
    /// `time`: milliseconds, of any clock that only goes forward.
    void take(const dbus::HostInterfaces& interfaces, qint64 time);
    void take(const dbus::EndpointStatistics& statistics, qint64 time);
    /// Nothing is known any longer, as after a while without asking.
    void clear();
    [[nodiscard]] TrafficRate rate(const QString& key) const { return m_rates.value(key); }

    static QString interfaceKey(const QString& name) { return QStringLiteral("i:") + name; }
    static QString endpointKey(const QString& network, const QString& container) {
        return QStringLiteral("e:") + network + u':' + container;
    }

private:
    struct Counters {
        qint64 time = 0;
        quint64 inPackets = 0, inBytes = 0, outPackets = 0, outBytes = 0, dropped = 0;
    };
    void take(const QString& key, const Counters& now);

    QHash<QString, Counters> m_before;
    QHash<QString, TrafficRate> m_rates;
};

} // namespace escale::gui
