#include "gui/networks/traffic_rates.h"

#include <QSet>

namespace escale::gui {

// A counter that went back belongs to another interface of the same name.
static double perSecond(quint64 before, quint64 now, double seconds) {
    return now < before ? 0 : static_cast<double>(now - before) / seconds;
}

void TrafficRates::take(const QString& key, const Counters& now) {
    const auto before = m_before.constFind(key);
    if (before != m_before.constEnd() && now.time > before->time) {
        const double seconds = static_cast<double>(now.time - before->time) / 1000;
        m_rates.insert(key, {perSecond(before->inPackets, now.inPackets, seconds),
                             perSecond(before->inBytes, now.inBytes, seconds),
                             perSecond(before->outPackets, now.outPackets, seconds),
                             perSecond(before->outBytes, now.outBytes, seconds),
                             perSecond(before->dropped, now.dropped, seconds)});
    }
    m_before.insert(key, now);
}

void TrafficRates::take(const dbus::HostInterfaces& interfaces, qint64 time) {
    for (const dbus::HostInterface& one : interfaces)
        take(interfaceKey(one.name),
             {time, one.receivedPackets, one.receivedBytes, one.sentPackets, one.sentBytes, one.dropped});
}

void TrafficRates::take(const dbus::EndpointStatistics& statistics, qint64 time) {
    for (const dbus::EndpointStatistic& one : statistics)
        take(endpointKey(one.network, one.container),
             {time, one.receivedPackets, one.receivedBytes, one.sentPackets, one.sentBytes, one.dropped});
}

void TrafficRates::clear() {
    m_before.clear();
    m_rates.clear();
}

} // namespace escale::gui
