#include "helper/jobs/jobs.h"

#include "helper/dbus/limits.h"

#include <algorithm>

namespace escale {
namespace {

// Jobs wait for the disk, the network and containers, not for the processor.
constexpr int kMostThreads = 64;

} // namespace

Jobs::Jobs(Limits limits, QObject* parent)
    : QObject(parent)
    , m_limits(limits) {
    m_pool.setMaxThreadCount(kMostThreads);
    m_pool.setExpiryTimeout(5000);
}

Jobs::~Jobs() {
    stop();
}

Result<void> Jobs::checkLimit(uid_t owner) const {
    const auto running = std::count_if(m_jobs.begin(), m_jobs.end(), [owner](const Job* job) {
        return job->owner() == owner && job->isRunning();
    });
    if (running >= m_limits.mostRunning)
        return fail(ErrorCode::WrongState,
                    "you have " + std::to_string(running) + " " + std::string(dbus::kJobsRunningAlready),
                    "Wait for one to end, or cancel one.");
    return {};
}

Result<Job*> Jobs::start(const Job::Description& description, Job::Work work) {
    TRY(checkLimit(description.owner));
    auto* job = new Job(QStringLiteral("%1/jobs/%2").arg(QLatin1String(dbus::kObject)).arg(++m_last),
                        description, m_limits.tickMilliseconds, this);
    m_jobs.append(job);
    connect(job, &Job::progressed, this, [this, job] { Q_EMIT progressed(job); });
    connect(job, &Job::ended, this, [this, job] { ended(job); });
    job->start(m_pool, std::move(work));
    Q_EMIT changed(job->owner(), job->path());
    return job;
}

Result<Job*> Jobs::find(uid_t owner, const QString& path) const {
    const auto job = std::find_if(m_jobs.begin(), m_jobs.end(), [&](const Job* each) {
        return each->owner() == owner && each->path() == path;
    });
    if (job == m_jobs.end())
        return fail(ErrorCode::NotFound, "no job " + path.left(200).toStdString(),
                    "A job is forgotten a minute after its end.");
    return *job;
}

QList<Job*> Jobs::of(uid_t owner) const {
    QList<Job*> jobs;
    std::copy_if(m_jobs.begin(), m_jobs.end(), std::back_inserter(jobs),
                 [owner](const Job* job) { return job->owner() == owner; });
    return jobs;
}

bool Jobs::anyRunning() const {
    return std::any_of(m_jobs.begin(), m_jobs.end(), [](const Job* job) { return job->isRunning(); });
}

qsizetype Jobs::running(const QString& kind, std::optional<uid_t> owner) const {
    return std::count_if(m_jobs.begin(), m_jobs.end(), [&](const Job* job) {
        return job->isRunning() && job->kind() == kind && job->owner() == owner.value_or(job->owner());
    });
}

void Jobs::stop() {
    for (Job* job : m_jobs)
        job->cancel();
    m_pool.waitForDone();
}

void Jobs::ended(Job* job) {
    QTimer::singleShot(m_limits.keepMilliseconds, job, [this, job] { forget(job); });
    QList<Job*> over = of(job->owner());
    over.removeIf([](const Job* each) { return each->isRunning(); });
    while (over.size() > m_limits.mostEnded)
        forget(over.takeFirst());
    Q_EMIT changed(job->owner(), job->path());
}

void Jobs::forget(Job* job) {
    m_jobs.removeOne(job);
    job->deleteLater();
    Q_EMIT changed(job->owner(), job->path());
}

} // namespace escale
