// All jobs of the helper: numbered, limited per user, kept for a while after their end.
#pragma once

#include "helper/jobs/job.h"

#include <QHash>
#include <QThreadPool>

#include <optional>

namespace escale {

/// Lives on the D-Bus thread. Its destructor cancels what runs and waits for it.
class Jobs : public QObject {
    Q_OBJECT
public:
    struct Limits {
        int mostRunning = 16; // of one user
        int mostEnded = 64;   // kept of one user
        int keepMilliseconds = 60'000;
        int tickMilliseconds = 100;
    };

    explicit Jobs(QObject* parent = nullptr)
        : Jobs(Limits(), parent) {}
    Jobs(Limits limits, QObject* parent);
    ~Jobs() override;

    /// WrongState when the user has too many running already. `work` must not touch this object.
    Result<Job*> start(const Job::Description& description, Job::Work work);
    [[nodiscard]] Result<void> checkLimit(uid_t owner) const;
    /// NotFound for a job of somebody else, too.
    [[nodiscard]] Result<Job*> find(uid_t owner, const QString& path) const;
    /// Oldest first.
    [[nodiscard]] QList<Job*> of(uid_t owner) const;
    [[nodiscard]] bool anyRunning() const;
    /// How many of a kind run; of everybody unless an owner is named.
    [[nodiscard]] qsizetype running(const QString& kind, std::optional<uid_t> owner = std::nullopt) const;
    /// Cancels all and waits for the end of their work.
    void stop();

Q_SIGNALS:
    /// It began, ended or was forgotten.
    void changed(uid_t owner, const QString& path);
    void progressed(escale::Job* job);

private:
    void ended(Job* job);
    void forget(Job* job);

    Limits m_limits;
    QThreadPool m_pool;
    QList<Job*> m_jobs; // oldest first
    quint64 m_last = 0;
};

} // namespace escale
