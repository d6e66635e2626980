// Long actions of the engine, followed by their Progress signals. A Job keeps its last status after the
// engine has forgotten it, so that its outcome stays readable. GUI thread.
#pragma once

#include "engine/base/result.h"
#include "helper/dbus/types.h"

#include <QDBusConnection>
#include <QHash>
#include <QObject>
#include <QSet>

class OrgEscaleEngine1JobInterface;

namespace escale::gui {

class Job : public QObject {
    Q_OBJECT
public:
    Job(const QDBusConnection& connection, const QString& path, QObject* parent);
    ~Job() override;

    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] const dbus::JobStatus& status() const { return m_status; }
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] bool isDone() const { return m_status.state == QLatin1String("done"); }
    [[nodiscard]] bool isCancelled() const { return m_status.state == QLatin1String("cancelled"); }
    /// 0…1, or -1 when the total is unknown.
    [[nodiscard]] double fraction() const;
    /// Why it failed; meaningful once it has ended and is neither done nor cancelled.
    [[nodiscard]] Error error() const;
    /// "Pull escale/demo:gzip" in the person's language.
    [[nodiscard]] QString title() const;

    void cancel();
    /// The engine is gone: a running job is over.
    void abandon(const Error& why);

Q_SIGNALS:
    void changed();
    void ended();

private:
    void take(const dbus::JobStatus& status);

    QString m_path;
    dbus::JobStatus m_status;
    OrgEscaleEngine1JobInterface* m_proxy;
    bool m_running = true;
};

/// The jobs of this session, newest last.
class Jobs : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    void setConnection(const QDBusConnection& connection) { m_connection = connection; }
    /// The job at that path; made when it is new. Null when it is followed quietly.
    Job* follow(const QString& path);
    /// That job is no work of its own to a person (a file is looked at): it is not listed.
    void hide(const QString& path) { m_quiet.insert(path); }
    /// The same, followed as long as `owner` lives.
    Job* followQuietly(const QString& path, QObject* owner);
    [[nodiscard]] const QList<Job*>& all() const { return m_jobs; }
    [[nodiscard]] int runningCount() const;
    void abandonAll(const Error& why);
    /// Forgets those that ended.
    void clearEnded();

Q_SIGNALS:
    void added(Job* job);
    void removed(Job* job);
    void changed();

private:
    QDBusConnection m_connection{QString()};
    QList<Job*> m_jobs;
    QHash<QString, Job*> m_byPath;
    QSet<QString> m_quiet;
};

} // namespace escale::gui
