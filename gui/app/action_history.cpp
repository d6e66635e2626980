#include "gui/app/action_history.h"

#include "gui/client/engine_client.h"
#include "gui/common/progress.h"

#include <algorithm>

namespace escale::gui {

Action::Action(quint64 number, std::optional<ActionTrace> trace, Job* job, QObject* parent)
    : QObject(parent)
    , m_number(number)
    , m_trace(std::move(trace)) {
    if (job != nullptr)
        setJob(job);
}

void Action::setJob(Job* job) {
    m_job = job;
    connect(job, &Job::changed, this, &Action::changed);
    Q_EMIT changed();
}

void Action::take(const BusOutcome& outcome) {
    m_answered = true;
    m_error = outcome.error;
    Q_EMIT changed();
}

QString Action::title() const {
    return m_trace ? m_trace->title : m_job != nullptr ? m_job->title() : QString();
}

bool Action::isRunning() const {
    return m_job != nullptr ? m_job->isRunning() : !m_answered;
}

std::optional<Error> Action::error() const {
    if (m_error)
        return m_error->code == ErrorCode::Cancelled ? std::nullopt : m_error;
    if (m_job == nullptr || m_job->isRunning() || m_job->isDone() || m_job->isCancelled())
        return std::nullopt;
    return m_job->error();
}

QString Action::words() const {
    if (m_job != nullptr)
        return jobWords(*m_job);
    if (!m_answered)
        return tr("asked");
    if (!m_error)
        return tr("done");
    return m_error->code == ErrorCode::Cancelled ? tr("cancelled") : tr("failed");
}

ActionHistory::ActionHistory(EngineClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client) {
    connect(&client, &EngineClient::called, this, &ActionHistory::takeCall);
    connect(&client, &EngineClient::answered, this, &ActionHistory::takeOutcome);
    connect(&client.jobs(), &Jobs::added, this, &ActionHistory::takeJob);
    connect(&client.jobs(), &Jobs::removed, this, [this](Job* job) {
        if (Action* action = ofJob(job))
            drop(action);
    });
}

Action* ActionHistory::ofJob(const Job* job) const {
    const auto found = std::find_if(m_actions.begin(), m_actions.end(),
                                    [job](const Action* action) { return action->job() == job; });
    return found == m_actions.end() ? nullptr : *found;
}

void ActionHistory::takeCall(const BusCall& call) {
    auto trace = traceOf(call, [this](const QString& id) { return m_client.nameOf(id); });
    if (trace)
        add(new Action(call.number, std::move(trace), nullptr, this));
}

void ActionHistory::takeOutcome(const BusOutcome& outcome) {
    const auto found = std::find_if(m_actions.begin(), m_actions.end(), [&outcome](const Action* action) {
        return action->number() == outcome.number;
    });
    if (found == m_actions.end())
        return;
    Action* action = *found;
    if (!outcome.job.isEmpty()) {
        Job* job = m_client.jobs().follow(outcome.job);
        // The news of the job may have been faster than the answer.
        if (Action* stranger = ofJob(job); stranger != nullptr && stranger != action)
            drop(stranger);
        action->setJob(job);
    }
    action->take(outcome);
}

void ActionHistory::takeJob(Job* job) {
    add(new Action(0, std::nullopt, job, this));
}

void ActionHistory::add(Action* action) {
    m_actions.append(action);
    connect(action, &Action::changed, this, &ActionHistory::changed);
    Q_EMIT added(action);
    while (m_actions.size() > kMost) {
        const auto oldest = std::find_if(m_actions.begin(), m_actions.end(),
                                         [](const Action* one) { return !one->isRunning(); });
        drop(oldest == m_actions.end() ? m_actions.first() : *oldest);
    }
    Q_EMIT changed();
}

void ActionHistory::drop(Action* action) {
    m_actions.removeOne(action);
    Q_EMIT removed(action);
    action->deleteLater();
    Q_EMIT changed();
}

int ActionHistory::runningCount() const {
    return static_cast<int>(std::count_if(m_actions.begin(), m_actions.end(),
                                          [](const Action* action) { return action->isRunning(); }));
}

void ActionHistory::clearEnded() {
    m_client.jobs().clearEnded();
    const QList<Action*> actions = m_actions;
    for (Action* action : actions) {
        if (!action->isRunning())
            drop(action);
    }
}

} // namespace escale::gui
