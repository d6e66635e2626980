// What was done in this session, newest last and at most 200: every action of this window with what it is
// (ActionTrace), and jobs that another one began. GUI thread.
#pragma once

#include "gui/client/bus_call.h"
#include "gui/client/job.h"
#include "gui/containers/action_trace.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>

#include <optional>

namespace escale::gui {

class EngineClient;

class Action : public QObject {
    Q_OBJECT
public:
    Action(quint64 number, std::optional<ActionTrace> trace, Job* job, QObject* parent);

    [[nodiscard]] quint64 number() const { return m_number; }
    [[nodiscard]] const QDateTime& time() const { return m_time; }
    /// Not for another window's jobs.
    [[nodiscard]] const std::optional<ActionTrace>& trace() const { return m_trace; }
    /// Null when it is no job, or not known yet.
    [[nodiscard]] Job* job() const { return m_job.data(); }
    [[nodiscard]] QString title() const;
    /// "done", or how far it is.
    [[nodiscard]] QString words() const;
    [[nodiscard]] bool isRunning() const;
    /// Why it failed, if it did.
    [[nodiscard]] std::optional<Error> error() const;

    void setJob(Job* job);
    void take(const BusOutcome& outcome);

Q_SIGNALS:
    void changed();

private:
    quint64 m_number;
    QDateTime m_time = QDateTime::currentDateTime();
    std::optional<ActionTrace> m_trace;
    QPointer<Job> m_job;
    bool m_answered = false;
    std::optional<Error> m_error;
};

class ActionHistory : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype kMost = 200;

    explicit ActionHistory(EngineClient& client, QObject* parent = nullptr);
    [[nodiscard]] const QList<Action*>& all() const { return m_actions; }
    [[nodiscard]] int runningCount() const;
    /// Forgets those that are over.
    void clearEnded();

Q_SIGNALS:
    void added(Action* action);
    /// It is deleted when control returns to the event loop.
    void removed(Action* action);
    void changed();

private:
    void takeCall(const BusCall& call);
    void takeOutcome(const BusOutcome& outcome);
    void takeJob(Job* job);
    void add(Action* action);
    void drop(Action* action);
    [[nodiscard]] Action* ofJob(const Job* job) const;

    EngineClient& m_client;
    QList<Action*> m_actions;
};

} // namespace escale::gui
