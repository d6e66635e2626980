#include "gui/containers/bulk_action.h"

#include "gui/client/job.h"

#include <algorithm>

namespace escale::gui {

static constexpr int kAtOnce = 8; // the engine limits the jobs of one person
static constexpr qsizetype kToldFailures = 5;

QStringList idsOf(const QList<BulkTarget>& targets) {
    QStringList ids;
    for (const BulkTarget& target : targets)
        ids.append(target.id);
    return ids;
}

Error BulkOutcome::error() const {
    if (failures.isEmpty())
        return {};
    if (asked == 1)
        return failures.first().error;
    Error error = failures.first().error; // its code and hint: most often they fail alike
    QStringList lines;
    for (const BulkFailure& failure : failures.first(std::min(failures.size(), kToldFailures)))
        lines.append(failure.name + QStringLiteral(": ") + QString::fromStdString(failure.error.message));
    if (failures.size() > kToldFailures)
        lines.append(QStringLiteral("…"));
    error.message = lines.join(QLatin1String("; ")).toStdString();
    return error;
}

void BulkAction::run(const QList<BulkTarget>& targets, QObject* owner, Act act, Done done) {
    (new BulkAction(targets, owner, std::move(act), std::move(done)))->next();
}

BulkAction::BulkAction(const QList<BulkTarget>& targets, QObject* owner, Act act, Done done)
    : QObject(owner)
    , m_waiting(targets.begin(), targets.end())
    , m_act(std::move(act))
    , m_done(std::move(done)) {
    m_outcome.asked = static_cast<int>(targets.size());
}

// An answer may come at once, inside the call: only the outer one goes on.
void BulkAction::next() {
    if (m_starting)
        return;
    m_starting = true;
    while (m_running < kAtOnce && !m_waiting.empty()) {
        const BulkTarget target = m_waiting.front();
        m_waiting.pop_front();
        ++m_running;
        m_act(target, this, [this, target](const Result<void>& result) { take(target, result); });
    }
    m_starting = false;
    if (m_running > 0 || !m_waiting.empty())
        return;
    m_done(m_outcome);
    deleteLater();
}

void BulkAction::take(const BulkTarget& target, const Result<void>& result) {
    --m_running;
    if (result) {
        m_outcome.done.append(target);
    } else if (result.error().code == ErrorCode::Cancelled) {
        m_outcome.cancelled = true;
        m_waiting.clear();
    } else {
        m_outcome.failures.append({target.name, result.error()});
    }
    next();
}

void whenEnded(const Result<Job*>& job, QObject* guard, const Answer<>& answer) {
    if (!job)
        return answer(fail(job.error()));
    Job* running = *job;
    const auto end = [running, answer] {
        if (running->isDone())
            answer({});
        else
            answer(fail(running->isCancelled() ? Error{ErrorCode::Cancelled, {}, {}, {}} : running->error()));
    };
    if (!running->isRunning())
        return end();
    QObject::connect(running, &Job::ended, guard, end);
}

} // namespace escale::gui
