#include "helper/jobs/job.h"

#include "helper/dbus/error_text.h"

#include <QThreadPool>

namespace escale {
namespace {

QString stateName(Job::State state) {
    switch (state) {
    case Job::State::Running:
        return QStringLiteral("running");
    case Job::State::Done:
        return QStringLiteral("done");
    case Job::State::Failed:
        return QStringLiteral("failed");
    case Job::State::Cancelled:
        break;
    }
    return QStringLiteral("cancelled");
}

} // namespace

void JobProgress::report(Report report) {
    const std::lock_guard lock(m_mutex);
    m_report = std::move(report);
    m_new = true;
}

bool JobProgress::takeNew(Report& into) {
    const std::lock_guard lock(m_mutex);
    if (m_new)
        into = m_report;
    return std::exchange(m_new, false);
}

Job::Job(QString path, Description description, int tickMilliseconds, QObject* parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_description(std::move(description))
    , m_shared(std::make_shared<Shared>()) {
    m_clock.start();
    m_tick.setInterval(tickMilliseconds);
    connect(&m_tick, &QTimer::timeout, this, &Job::tick);
}

dbus::JobStatus Job::status() const {
    return {m_description.kind,
            m_description.title,
            stateName(m_state),
            m_report.done,
            m_report.total,
            m_rate.perSecond(),
            m_report.steps,
            m_errorName,
            m_errorMessage,
            m_hint,
            m_result};
}

dbus::JobSummary Job::summary() const {
    return {QDBusObjectPath(m_path), m_description.kind, m_description.title, stateName(m_state)};
}

void Job::start(QThreadPool& pool, Work work) {
    m_tick.start();
    pool.start([this, shared = m_shared, work = std::move(work)]() mutable {
        Result<QString> result = QString();
        if (const auto cancelled = shared->cancellation.check(); cancelled)
            result = work(shared->progress, shared->cancellation);
        else
            result = fail(cancelled.error());
        work = {}; // what it captured (credentials) goes with it, not when a minute has passed
        QMetaObject::invokeMethod(
            this, [this, result = std::move(result)] { finish(result); }, Qt::QueuedConnection);
    });
}

void Job::cancel() {
    m_shared->cancellation.cancel();
}

void Job::tick() {
    if (!m_shared->progress.takeNew(m_report))
        return;
    m_rate.add(m_clock.elapsed(), m_report.done);
    Q_EMIT progressed();
}

void Job::finish(const Result<QString>& result) {
    m_tick.stop();
    (void)m_shared->progress.takeNew(m_report);
    m_rate = Rate();
    if (result) {
        m_state = State::Done;
        m_result = *result;
    } else {
        m_state = result.error().code == ErrorCode::Cancelled ? State::Cancelled : State::Failed;
        const auto text = dbus::errorText(result.error());
        m_errorName = text.name;
        m_errorMessage = text.message;
        m_hint = text.hint;
    }
    Q_EMIT progressed();
    Q_EMIT ended();
}

} // namespace escale
