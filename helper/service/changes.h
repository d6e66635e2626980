// Collects what changed and tells it once, a little later: one signal for many changes of one owner and kind.
#pragma once

#include <QHash>
#include <QMap>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <sys/types.h>

namespace escale {

/// Lives on the D-Bus thread.
class Changes : public QObject {
    Q_OBJECT
public:
    explicit Changes(int milliseconds = 50, QObject* parent = nullptr);
    /// kind: "images", "containers", "jobs".
    void note(uid_t owner, const QString& kind, const QString& id);

Q_SIGNALS:
    /// Ids in order of their text, each once.
    void changed(uid_t owner, const QString& kind, const QStringList& ids);

private:
    void tell();
    QTimer m_timer;
    QHash<uid_t, QMap<QString, QSet<QString>>> m_noted;
};

} // namespace escale
