#include "helper/service/changes.h"

namespace escale {

Changes::Changes(int milliseconds, QObject* parent)
    : QObject(parent) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(milliseconds);
    connect(&m_timer, &QTimer::timeout, this, &Changes::tell);
}

void Changes::note(uid_t owner, const QString& kind, const QString& id) {
    m_noted[owner][kind].insert(id);
    if (!m_timer.isActive()) // a later change does not put it off: there is news every 50 ms at the latest
        m_timer.start();
}

void Changes::tell() {
    const auto noted = std::exchange(m_noted, {});
    for (auto owner = noted.begin(); owner != noted.end(); ++owner) {
        for (auto kind = owner->begin(); kind != owner->end(); ++kind) {
            QStringList ids(kind->begin(), kind->end());
            ids.sort();
            Q_EMIT changed(owner.key(), kind.key(), ids);
        }
    }
}

} // namespace escale
