#include "gui/client/job.h"

#include "gui/client/call.h"
#include "job_proxy.h"

#include <algorithm>

namespace escale::gui {

// Ended jobs kept for reading; older ones go.
static constexpr qsizetype kKeptJobs = 200;

Job::Job(const QDBusConnection& connection, const QString& path, QObject* parent)
    : QObject(parent)
    , m_path(path)
    , m_proxy(new OrgEscaleEngine1JobInterface(QString::fromLatin1(dbus::kService), path, connection, this)) {
    m_status.state = QStringLiteral("running");
    connect(m_proxy, &OrgEscaleEngine1JobInterface::Progress, this, &Job::take);
    // Asked after the signal is connected: a job that ends meanwhile is seen either way.
    call<dbus::JobStatus>(m_proxy->Status(), this, [this](const Result<dbus::JobStatus>& status) {
        if (status)
            take(*status);
        else
            abandon(status.error());
    });
}

Job::~Job() = default;

double Job::fraction() const {
    if (m_status.total == 0)
        return isDone() ? 1.0 : -1.0;
    return std::min(1.0, static_cast<double>(m_status.done) / static_cast<double>(m_status.total));
}

Error Job::error() const {
    return errorFrom(m_status.errorName, m_status.errorMessage, m_status.hint);
}

QString Job::title() const {
    const std::pair<const char*, QString> titles[] = {{"pull", tr("Pull %1")},
                                                      {"push", tr("Push %1")},
                                                      {"save", tr("Save %1")},
                                                      {"load", tr("Load %1")},
                                                      {"import", tr("Import %1")},
                                                      {"start", tr("Start %1")},
                                                      {"run", tr("Start %1")},
                                                      {"stop", tr("Stop %1")},
                                                      {"restart", tr("Restart %1")},
                                                      {"remove", tr("Remove %1")},
                                                      {"copy-out", tr("Copy from %1")},
                                                      {"copy-in", tr("Copy into %1")},
                                                      {"read-layers", tr("Look into %1")},
                                                      {"export", tr("Export %1")},
                                                      {"build", tr("Build %1")},
                                                      {"open-failed", tr("Open the failed step of %1")},
                                                      {"export-image", tr("Export %1")},
                                                      {"commit", tr("Make an image of %1")},
                                                      {"stack-up", tr("Bring %1 up")},
                                                      {"stack-down", tr("Take %1 down")},
                                                      {"stack-start", tr("Start %1")},
                                                      {"stack-stop", tr("Stop %1")},
                                                      {"stack-restart", tr("Restart %1")},
                                                      {"stack-kill", tr("Kill %1")},
                                                      {"stack-pause", tr("Pause %1")},
                                                      {"stack-unpause", tr("Let %1 go on")},
                                                      {"stack-remove", tr("Remove what is stopped of %1")},
                                                      {"stack-scale", tr("Scale %1")},
                                                      {"stack-run", tr("Run a command of %1")},
                                                      {"stack-build", tr("Build the images of %1")},
                                                      {"stack-pull", tr("Pull the images of %1")},
                                                      {"stack-push", tr("Push the images of %1")}};
    if (m_status.kind == QLatin1String("verify"))
        return tr("Verify the images");
    if (m_status.kind == QLatin1String("load") && m_status.title == QLatin1String("archive"))
        return tr("Load an archive"); // its names are known when it is read
    for (const auto& [kind, title] : titles) {
        if (m_status.kind == QLatin1String(kind))
            return title.arg(m_status.title);
    }
    return m_status.title;
}

void Job::cancel() {
    call<void>(m_proxy->Cancel(), this, [](const Result<void>&) {
        // Its state says how it ended; an engine that is gone is told by EngineClient.
    });
}

void Job::abandon(const Error& why) {
    if (!m_running)
        return;
    dbus::JobStatus status = m_status;
    status.state = QStringLiteral("failed");
    status.errorName = QString::fromStdString(std::string(errorName(why.code)));
    status.errorMessage = QString::fromStdString(why.message);
    status.hint = QString::fromStdString(why.hint);
    take(status);
}

void Job::take(const dbus::JobStatus& status) {
    if (!m_running)
        return; // a late answer to Status after the last Progress
    m_status = status;
    m_running = status.state == QLatin1String("running");
    Q_EMIT changed();
    if (!m_running)
        Q_EMIT ended();
}

Job* Jobs::follow(const QString& path) {
    if (m_quiet.contains(path))
        return nullptr;
    if (Job* known = m_byPath.value(path))
        return known;
    auto* job = new Job(m_connection, path, this);
    m_jobs.append(job);
    m_byPath.insert(path, job);
    connect(job, &Job::changed, this, &Jobs::changed);
    while (m_jobs.size() > kKeptJobs && !m_jobs.first()->isRunning()) {
        Job* oldest = m_jobs.takeFirst();
        if (m_byPath.value(oldest->path()) == oldest)
            m_byPath.remove(oldest->path());
        Q_EMIT removed(oldest);
        oldest->deleteLater();
    }
    Q_EMIT added(job);
    Q_EMIT changed();
    return job;
}

Job* Jobs::followQuietly(const QString& path, QObject* owner) {
    hide(path);
    return new Job(m_connection, path, owner);
}

int Jobs::runningCount() const {
    return static_cast<int>(
        std::count_if(m_jobs.begin(), m_jobs.end(), [](const Job* job) { return job->isRunning(); }));
}

void Jobs::abandonAll(const Error& why) {
    for (Job* job : std::as_const(m_jobs))
        job->abandon(why);
    m_quiet.clear();
    m_byPath.clear(); // the next engine counts its jobs from one again
}

void Jobs::clearEnded() {
    const QList<Job*> jobs = m_jobs;
    for (Job* job : jobs) {
        if (job->isRunning())
            continue;
        m_jobs.removeOne(job);
        Q_EMIT removed(job);
        job->deleteLater();
    }
    for (auto entry = m_byPath.begin(); entry != m_byPath.end();)
        entry = m_jobs.contains(entry.value()) ? std::next(entry) : m_byPath.erase(entry);
    Q_EMIT changed();
}

} // namespace escale::gui
