#include "gui/stacks/current_stack.h"

#include "engine/base/file.h"
#include "engine/image/reference.h"
#include "engine/stack/compose/parse_yaml.h"
#include "gui/build/build_accounts.h"
#include "gui/common/growing_lines.h"
#include "gui/images/demo_image.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QThreadPool>

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace escale::gui {

static constexpr int kPatience = 1500; // milliseconds
static constexpr int kPause = 400;     // milliseconds between the last change and the question for a plan
static constexpr qint64 kMostConfig = 4 << 20;

static qint64 now() {
    return QDateTime::currentMSecsSinceEpoch();
}

CurrentStack::CurrentStack(EngineClient& client, RegistryAccounts& accounts, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_accounts(accounts)
    , m_reader(
          this,
          [this](QObject* guard, Answer<dbus::StackContainers> answer) {
              m_client.listStackContainers(
                  m_project, guard,
                  [this, asked = m_project, answer](const Result<dbus::StackContainers>& list) {
                      // An answer about another one is none; the reader asks again.
                      answer(asked == m_project ? list : Result<dbus::StackContainers>(m_containers));
                  });
          },
          [this](const Result<dbus::StackContainers>& list) {
              if (!list && list.error().code != ErrorCode::NotFound)
                  return; // the list of stacks tells that the engine cannot be reached
              m_containers = list ? *list : dbus::StackContainers();
              askPlan();
              Q_EMIT changed();
          })
    , m_events(new GrowingLines(this)) {
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_patience, &QTimer::timeout, this, &CurrentStack::finish);
    connect(&m_pause, &QTimer::timeout, this, &CurrentStack::askPlan);
    connect(m_events, &GrowingLines::lines, this, [this](const QList<QByteArray>& lines) {
        for (const QByteArray& line : lines)
            m_progress.apply(line);
        Q_EMIT progressed();
        if (!m_progress.isRunning() && (m_job == nullptr || !m_job->isRunning()))
            finish();
    });
    connect(&m_client, &EngineClient::containersChanged, this, [this] {
        if (!m_project.isEmpty())
            m_reader.refresh();
    });
    connect(&m_client, &EngineClient::stacksChanged, this, [this](const QStringList& projects) {
        if (!m_project.isEmpty() && (projects.isEmpty() || projects.contains(m_project)))
            refresh();
    });
}

CurrentStack::~CurrentStack() = default;

void CurrentStack::open(const ListedStack& stack) {
    ++m_number; // what is done goes on in the engine; the jobs' drawer tells of it
    m_events->close();
    m_patience.stop();
    m_job = nullptr;
    m_isBusy = false;
    m_listed = stack;
    m_loaded.reset();
    m_made.reset();
    m_progress = {};
    m_project.clear();
    setProject(stack.project);
    Q_EMIT changed();
    Q_EMIT progressed();
}

void CurrentStack::setProject(const QString& project) {
    if (project == m_project)
        return;
    m_project = project;
    m_containers.clear();
    m_running.reset();
    m_changes.clear();
    m_plan.clear();
    if (!project.isEmpty() && m_client.state() == EngineClient::State::Ready)
        refresh();
}

void CurrentStack::take(const LoadedPtr& loaded, const MadePtr& made) {
    m_loaded = loaded;
    m_made = made;
    if (loaded != nullptr)
        setProject(QString::fromStdString(loaded->project.name));
    compare();
    m_pause.start();
    Q_EMIT changed();
}

bool CurrentStack::canBeBroughtUp() const {
    return m_loaded != nullptr && m_made != nullptr && !hasErrors(m_loaded->problems) &&
           !hasErrors(m_made->problems) && !m_made->stack.services.empty();
}

int CurrentStack::runningCount() const {
    return static_cast<int>(
        std::count_if(m_containers.begin(), m_containers.end(),
                      [](const dbus::StackContainer& container) { return container.state == u"running"; }));
}

StackGraph CurrentStack::graph() const {
    static const compose::Project kNone;
    return makeStackGraph(m_loaded == nullptr ? kNone : m_loaded->project, m_containers, m_progress);
}

int CurrentStack::unappliedCount() const {
    if (!isHere() || m_loaded == nullptr || hasErrors(m_loaded->problems))
        return 0;
    if (!m_changes.isEmpty())
        return static_cast<int>(m_changes.size());
    if (m_running)
        return 0;
    return static_cast<int>(std::count_if(m_plan.begin(), m_plan.end(), [](const dbus::StackStep& step) {
        return step.kind == u"recreate" || step.kind == u"create" || step.kind == u"remove";
    }));
}

QStringList CurrentStack::volumes() const {
    QStringList names;
    if (m_made == nullptr)
        return names;
    for (const StackVolume& volume : m_made->stack.volumes) {
        if (!volume.external)
            names << QString::fromStdString(volume.name);
    }
    return names;
}

void CurrentStack::refresh() {
    m_reader.refresh();
    readConfig();
}

void CurrentStack::readConfig() {
    m_client.openStackConfig(
        m_project, this, [this, project = m_project](const Result<QDBusUnixFileDescriptor>& file) {
            if (project != m_project)
                return;
            if (!file) { // brought up by somebody else's program, or not at all
                m_running.reset();
                return compare();
            }
            QFile config;
            const int own = ::fcntl(file->fileDescriptor(), F_DUPFD_CLOEXEC, 3);
            if (own >= 0 && config.open(own, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
                takeConfig(config.read(kMostConfig));
        });
}

void CurrentStack::takeConfig(const QByteArray& text) {
    compose::Problems problems;
    auto documents =
        compose::parseYaml({text.constData(), static_cast<std::size_t>(text.size())}, 0, problems);
    m_running.reset();
    if (documents && !documents->empty())
        m_running = std::move(documents->front());
    if (!m_listed.place.isValid())
        loadConfig(text.toStdString());
    compare();
}

// Its files are not here any more: what they said then can be looked at.
void CurrentStack::loadConfig(const std::string& text) {
    compose::LoadRequest request;
    request.files = {"/compose.yaml"};
    request.projectName = m_project.toStdString();
    request.read = [text](const std::string& path) -> Result<std::string> {
        if (path != "/compose.yaml")
            return fail(ErrorCode::NotFound, "there is no file " + path);
        return text;
    };
    QThreadPool::globalInstance()->start(
        [request, owner = QPointer<CurrentStack>(this), project = m_project] {
            auto loaded = std::make_shared<compose::Loaded>(compose::loadProject(request));
            loaded->files.clear(); // there is nothing to go to
            QMetaObject::invokeMethod(qApp, [owner, project, loaded] {
                if (owner == nullptr || owner->m_project != project || owner->m_listed.place.isValid())
                    return;
                owner->m_loaded = loaded;
                Q_EMIT owner->changed();
            });
        });
}

void CurrentStack::compare() {
    m_changes.clear();
    if (m_running && m_loaded != nullptr && !hasErrors(m_loaded->problems)) {
        compose::Problems problems;
        const auto wanted = compose::parseYaml(compose::configText(m_loaded->project), 0, problems);
        if (wanted && !wanted->empty())
            m_changes = changesBetween(*m_running, wanted->front());
    }
    Q_EMIT changed();
}

void CurrentStack::askPlan() {
    if (m_isBusy || !isHere() || !canBeBroughtUp()) {
        m_plan.clear();
        return;
    }
    m_client.planStack(toBus(*m_made), {}, this,
                       [this, project = m_project](const Result<StackPreview>& preview) {
                           if (project != m_project || m_isBusy)
                               return;
                           m_plan = preview ? preview->steps : dbus::StackSteps();
                           Q_EMIT changed();
                       });
}

void CurrentStack::begin(StackAction action) {
    ++m_number;
    m_action = action;
    m_isBusy = true;
    m_isCancelled = false;
    m_isAsked = false;
    m_job = nullptr;
    m_events->close();
    m_progress.begin(now());
    m_plan.clear();
    Q_EMIT changed();
    Q_EMIT progressed();
}

// Opens what the stack names, and finds out who one is at its registries.
void CurrentStack::withStack(
    std::function<void(const OpenedStack& stack, const QVariantMap& accounts)> then) {
    QStringList registries;
    for (const StackService& service : m_made->stack.services) {
        if (const auto reference = Reference::parse(service.image))
            registries << QString::fromStdString(reference->registry);
    }
    registries.removeDuplicates();
    findBuildAccounts(
        m_accounts, registries, this,
        [this, then = std::move(then), number = m_number](const QVariantMap& accounts) {
            if (number != m_number || m_made == nullptr)
                return;
            m_client.openStack(
                *m_made, this,
                [this, then, accounts, number](const tl::expected<OpenedStack, compose::Problem>& opened) {
                    if (number != m_number || !m_isBusy)
                        return;
                    if (opened)
                        return withDemoImage([then, opened = *opened, accounts] { then(opened, accounts); });
                    Q_EMIT misplaced(opened.error());
                    taker()(fail(ErrorCode::NotFound, opened.error().what, opened.error().hint));
                });
        });
}

// For samples that run without a network.
void CurrentStack::withDemoImage(std::function<void()> then) {
    const std::vector<StackService>& services = m_made->stack.services;
    if (std::none_of(services.begin(), services.end(), [](const StackService& service) {
            return !service.build && isDemoImage(service.image);
        }))
        return then();
    provideDemoImage(m_client, this,
                     [this, then = std::move(then), number = m_number](const Result<void>& provided) {
                         if (number != m_number || !m_isBusy)
                             return;
                         if (provided)
                             return then();
                         taker()(fail(provided.error()));
                     });
}

Answer<StackWork> CurrentStack::taker() {
    m_isAsked = true;
    return [this, number = m_number](const Result<StackWork>& work) {
        if (number != m_number)
            return;
        if (work)
            return follow(*work);
        m_progress.end(work.error().code == ErrorCode::Cancelled ? StackProgress::State::Cancelled
                                                                 : StackProgress::State::Failed,
                       now());
        m_isBusy = false;
        Q_EMIT failed(work.error(), stackActionText(m_action, m_project));
        Q_EMIT progressed();
        Q_EMIT changed();
        Q_EMIT ended();
    };
}

void CurrentStack::act(StackAction action, const QStringList& services, const QVariantMap& options) {
    const bool needsFiles =
        action == StackAction::Up || action == StackAction::Pull || action == StackAction::Build;
    if (m_isBusy || m_project.isEmpty() || (needsFiles && !canBeBroughtUp()))
        return;
    begin(action);
    QVariantMap all = options;
    if (!services.isEmpty())
        all.insert(QStringLiteral("services"), services);
    switch (action) {
    case StackAction::Up:
    case StackAction::Pull:
    case StackAction::Build:
        return withStack([this, action, all](const OpenedStack& stack, const QVariantMap& accounts) {
            QVariantMap given = all;
            given.insert(accounts);
            if (action == StackAction::Up)
                m_client.upStack(stack, given, this, taker());
            else if (action == StackAction::Build)
                m_client.buildStack(stack, given, this, taker());
            else
                m_client.pullStack(stack.stack, given, this, taker());
        });
    case StackAction::Down:
        return m_client.downStack(m_project, all, this, taker());
    case StackAction::Start:
        return m_client.startServices(m_project, services, this, taker());
    case StackAction::Stop:
        return m_client.stopServices(m_project, services, options, this, taker());
    case StackAction::Restart:
        return m_client.restartServices(m_project, services, options, this, taker());
    case StackAction::Pause:
        return m_client.pauseServices(m_project, services, this, taker());
    case StackAction::Unpause:
        return m_client.unpauseServices(m_project, services, this, taker());
    case StackAction::Scale:
        return;
    }
}

void CurrentStack::scale(const QString& service, quint32 replicas) {
    if (m_isBusy || !canBeBroughtUp())
        return;
    begin(StackAction::Scale);
    withStack([this, service, replicas](const OpenedStack& stack, const QVariantMap& accounts) {
        m_client.scaleStack(stack, dbus::CountMap{{service, replicas}}, accounts, this, taker());
    });
}

void CurrentStack::cancel() {
    if (!m_isBusy)
        return;
    m_isCancelled = true;
    if (m_job != nullptr)
        return m_job->cancel();
    if (m_isAsked)
        return; // follow() does it when the engine has answered
    ++m_number;
    m_progress.end(StackProgress::State::Cancelled, now());
    finish();
}

void CurrentStack::follow(const StackWork& work) {
    m_job = work.job;
    UniqueFd events(::fcntl(work.events.fileDescriptor(), F_DUPFD_CLOEXEC, 3));
    if (events)
        m_events->open(std::move(events));
    if (m_job == nullptr)
        return;
    if (m_isCancelled)
        m_job->cancel();
    connect(m_job, &Job::ended, this, &CurrentStack::takeJobEnd);
    if (!m_job->isRunning())
        takeJobEnd();
}

// Events come through a file, the job's end through the bus: the last events may be a moment later.
void CurrentStack::takeJobEnd() {
    if (!m_progress.isRunning())
        return finish();
    m_patience.start();
}

void CurrentStack::finish() {
    m_patience.stop();
    if (!std::exchange(m_isBusy, false))
        return;
    const QPointer<Job> job = std::exchange(m_job, nullptr);
    if (job != nullptr) {
        m_progress.end(job->isDone()        ? StackProgress::State::Done
                       : job->isCancelled() ? StackProgress::State::Cancelled
                                            : StackProgress::State::Failed,
                       now());
        if (!job->isDone() && !job->isCancelled())
            Q_EMIT failed(job->error(), stackActionText(m_action, m_project));
    }
    refresh();
    Q_EMIT progressed();
    Q_EMIT changed();
    Q_EMIT ended();
}

QString stackActionText(StackAction action, const QString& name) {
    switch (action) {
    case StackAction::Up:
        return CurrentStack::tr("Bring %1 up").arg(name);
    case StackAction::Down:
        return CurrentStack::tr("Take %1 down").arg(name);
    case StackAction::Start:
        return CurrentStack::tr("Start %1").arg(name);
    case StackAction::Stop:
        return CurrentStack::tr("Stop %1").arg(name);
    case StackAction::Restart:
        return CurrentStack::tr("Restart %1").arg(name);
    case StackAction::Pause:
        return CurrentStack::tr("Pause %1").arg(name);
    case StackAction::Unpause:
        return CurrentStack::tr("Let %1 go on").arg(name);
    case StackAction::Pull:
        return CurrentStack::tr("Pull the images of %1").arg(name);
    case StackAction::Build:
        return CurrentStack::tr("Build the images of %1").arg(name);
    case StackAction::Scale:
        return CurrentStack::tr("Scale %1").arg(name);
    }
    return {};
}

} // namespace escale::gui
