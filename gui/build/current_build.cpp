#include "gui/build/current_build.h"

#include "gui/build/build_accounts.h"

#include <fcntl.h>

namespace escale::gui {

static constexpr int kPatience = 1500; // milliseconds

CurrentBuild::CurrentBuild(EngineClient& client, RegistryAccounts& accounts, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_accounts(accounts)
    , m_start(new BuildStart(client, this))
    , m_reader(new BuildEventsReader(this)) {
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, &CurrentBuild::finish);
    connect(m_start, &BuildStart::begun, this, &CurrentBuild::follow);
    connect(m_start, &BuildStart::progressed, this, [this](const ContextProgress& progress) {
        if (m_isBusy)
            Q_EMIT progressed(progressText(progress));
    });
    connect(m_start, &BuildStart::sent, this, [this] { Q_EMIT progressed({}); });
    connect(m_start, &BuildStart::failed, this, [this](const Error& error) {
        if (!m_isBusy)
            return;
        m_sendError = error;
        if (m_job == nullptr)
            return finish();
        m_job->cancel(); // its end is told
    });
    connect(m_reader, &BuildEventsReader::events, this, &CurrentBuild::takeEvents);
    connect(m_reader, &BuildEventsReader::failed, this, [this](const Error& error) { Q_EMIT failed(error); });
}

void CurrentBuild::plan(const std::string& text, const PlanRequest& request) {
    if (m_isBusy)
        return;
    m_reader->close();
    m_id.clear();
    m_model = BuildModel::plan(text, request);
    Q_EMIT changed();
}

void CurrentBuild::start(const BuildSettings& settings, const QString& text) {
    if (m_isBusy)
        return;
    m_isBusy = true;
    m_settings = settings;
    m_sendError.reset();
    m_id.clear();
    m_reader->close();
    PlanRequest request{settings.target.toStdString(), {}, settings.platform.toStdString()};
    for (auto one = settings.arguments.begin(); one != settings.arguments.end(); ++one)
        request.arguments[one.key().toStdString()] = one.value().toStdString();
    m_model = BuildModel::plan(text.toStdString(), request);
    Q_EMIT changed();
    Q_EMIT progressed(tr("Beginning…"));
    findBuildAccounts(m_accounts, registriesOf(m_model.stages()), this,
                      [this, text, number = ++m_number](const QVariantMap& more) {
                          if (m_isBusy && number == m_number)
                              m_start->start(m_settings, text.toUtf8(), more);
                      });
}

void CurrentBuild::cancel() {
    if (!m_isBusy)
        return;
    // Its files are sent until it has ended: a stream that breaks off first would be a failure.
    if (m_job != nullptr)
        return m_job->cancel();
    m_start->cancel();
    finish();
}

void CurrentBuild::follow(const BegunBuild& build) {
    m_id = build.id;
    m_job = build.job;
    Q_EMIT begun(build.job);
    readEvents();
    if (m_job == nullptr)
        return;
    connect(m_job, &Job::ended, this, &CurrentBuild::takeJobEnd);
    if (!m_job->isRunning())
        takeJobEnd();
}

void CurrentBuild::readEvents() {
    m_client.openBuildEvents(m_id, this, [this, id = m_id](const Result<QDBusUnixFileDescriptor>& file) {
        if (id != m_id)
            return;
        if (!file)
            return Q_EMIT failed(file.error());
        m_reader->open(UniqueFd(::fcntl(file->fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
    });
}

void CurrentBuild::takeEvents(const QList<BuildEvent>& events) {
    for (const BuildEvent& event : events)
        m_model.apply(event);
    Q_EMIT changed();
    if (!m_model.isRunning() && m_model.state() != BuildModel::State::Planned && m_isBusy &&
        (m_job == nullptr || !m_job->isRunning()))
        finish();
}

// Events come through a file, the job's end through the bus: the last events may be a moment later.
void CurrentBuild::takeJobEnd() {
    const bool hasEnded = !m_model.isRunning() && m_model.state() != BuildModel::State::Planned;
    if (hasEnded)
        return finish();
    m_patience.start();
}

void CurrentBuild::finish() {
    m_patience.stop();
    if (!std::exchange(m_isBusy, false))
        return;
    m_start->cancel(); // what ends early wants no more files
    Q_EMIT progressed({});
    const QPointer<Job> job = std::exchange(m_job, nullptr);
    if (m_sendError)
        Q_EMIT failed(*m_sendError);
    else if (job != nullptr && !job->isDone() && !job->isCancelled() && m_model.failedStep() == nullptr)
        Q_EMIT failed(job->error());
    Q_EMIT ended();
}

} // namespace escale::gui
