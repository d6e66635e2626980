#include "gui/stacks/stack_page.h"

#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/containers/action_notice.h"
#include "gui/stacks/environment_tab.h"
#include "gui/stacks/profiles_bar.h"
#include "gui/stacks/service_panel.h"
#include "gui/stacks/stack_changes_tab.h"
#include "gui/stacks/stack_graph_paint.h"
#include "gui/stacks/stack_graph_view.h"
#include "gui/stacks/stack_log_tab.h"
#include "gui/stacks/timeline_tab.h"

#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kTick = 100; // milliseconds, of bars that grow
static constexpr qreal kZoomStep = 1.25;

StackPage::StackPage(EngineClient& client, RegistryAccounts& accounts, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_current(new CurrentStack(client, accounts, this))
    , m_editor(new ComposeEditor(this))
    , m_graph(new StackGraphView(this))
    , m_service(new ServicePanel(client, *m_current, this))
    , m_log(new StackLogTab(client, this))
    , m_timeline(new TimelineTab(this))
    , m_environment(new EnvironmentTab(this))
    , m_changes(new StackChangesTab(*m_current, this))
    , m_profiles(new ProfilesBar(this))
    , m_tabs(new QTabWidget(this))
    , m_upper(new QSplitter(Qt::Horizontal))
    , m_whole(new QSplitter(Qt::Vertical))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_notice(new ActionNotice(this))
    , m_name(label({}, "heading", this))
    , m_state(label({}, "muted", this))
    , m_badge(new QPushButton(this)) {
    setObjectName(QStringLiteral("stackPage"));
    m_tick.setInterval(kTick);
    buildActions();
    buildLayout();
    connectParts();
    updateHead();
    updateActions();
}

StackPage::~StackPage() = default;

void StackPage::add(ActionId id, const char* name, const char* iconName, const QString& text,
                    const QKeySequence& key, void (StackPage::*run)()) {
    auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, this);
    action->setObjectName(QStringLiteral("stacksPane.action.") + QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    m_actions[id] = action;
}

void StackPage::buildActions() {
    add(Up, "up", "run", tr("Bring &up"), QKeySequence(Qt::CTRL | Qt::Key_Return), &StackPage::up);
    m_actions[Up]->setIcon(icon(QStringLiteral("run"), QPalette::HighlightedText));
    add(Stop, "stop", "stop", tr("&Stop"), {}, &StackPage::stop);
    add(Start, "start", "run", tr("S&tart what is there"), {}, &StackPage::start);
    add(Restart, "restart", "restart", tr("&Restart"), {}, &StackPage::restart);
    add(Down, "down", "trash", tr("Take &down…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace),
        &StackPage::down);
    m_actions[Down]->setIconText(tr("Down…"));
    add(Pause, "pause", "pause", tr("&Pause"), {}, &StackPage::pause);
    add(Unpause, "unpause", "run", tr("Let &go on"), {}, &StackPage::unpause);
    add(Pull, "pull", "download", tr("Pull its &images"), {}, &StackPage::pull);
    add(Build, "build", "build", tr("&Build its images"), {}, &StackPage::build);
    add(Save, "save", "save", tr("Sa&ve the files"), QKeySequence::Save, &StackPage::save);
    m_actions[Save]->setIconText(tr("Save"));
    add(Export, "export", "upload", tr("Save the dra&wing…"), {}, &StackPage::askExport);
}

QList<QAction*> StackPage::actions() const {
    return {std::begin(m_actions), std::end(m_actions)};
}

QWidget* StackPage::buildHead() {
    auto* head = new QWidget(this);
    m_name->setObjectName(QStringLiteral("stacksPane.name"));
    m_state->setObjectName(QStringLiteral("stacksPane.state"));
    m_badge->setObjectName(QStringLiteral("stacksPane.badge"));
    m_badge->setProperty("look", "badge");
    m_badge->setToolTip(tr("Shows what is in the file and not in what runs"));
    m_badge->hide();
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(2, 0, 2, 0);
    row->setSpacing(12);
    row->addWidget(m_name);
    row->addWidget(m_state);
    row->addWidget(m_badge);
    row->addStretch();
    row->addWidget(m_profiles);
    return head;
}

QWidget* StackPage::buildGraph() {
    auto* frame = card(this);
    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(8, 6, 8, 6);
    tools->setSpacing(4);
    const auto button = [&](const char* iconName, const QString& words, const char* name, auto act) {
        QToolButton* made = flatButton(QString::fromLatin1(iconName), words, frame);
        made->setObjectName(QStringLiteral("stacksPane.graph.") + QLatin1String(name));
        connect(made, &QToolButton::clicked, this, act);
        tools->addWidget(made);
    };
    button("fit", tr("Show all of it (0)"), "fit", [this] { m_graph->zoomBy(0); });
    button("plus", tr("Nearer (+)"), "nearer", [this] { m_graph->zoomBy(kZoomStep); });
    button("minus", tr("Farther (−)"), "farther", [this] { m_graph->zoomBy(1 / kZoomStep); });
    tools->addStretch();
    button("save", tr("Save the drawing as SVG or PNG…"), "export", [this] { askExport(); });
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(line(frame));
    column->addWidget(m_graph, 1);
    return frame;
}

void StackPage::buildLayout() {
    m_editor->setObjectName(QStringLiteral("stacksPane.editor"));
    m_left = card(this);
    auto* leftColumn = new QVBoxLayout(m_left);
    leftColumn->setContentsMargins(1, 1, 1, 1);
    leftColumn->addWidget(m_editor);
    m_tabs->setObjectName(QStringLiteral("stacksPane.tabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_service, tr("Service"));
    m_tabs->addTab(m_log, tr("Log"));
    m_tabs->addTab(m_timeline, tr("Time line"));
    m_tabs->addTab(m_environment, tr("Environment"));
    m_tabs->addTab(m_changes, tr("Not applied"));
    auto* lower = card(this);
    auto* lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(1, 1, 1, 1);
    lowerColumn->addWidget(m_tabs);
    for (QSplitter* one : {m_upper, m_whole}) {
        one->setHandleWidth(12);
        one->setChildrenCollapsible(false);
    }
    m_upper->addWidget(m_left);
    m_upper->addWidget(buildGraph());
    m_upper->setSizes({440, 480});
    m_whole->addWidget(m_upper);
    m_whole->addWidget(lower);
    m_whole->setSizes({470, 230});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(buildHead());
    for (QWidget* notice : QList<QWidget*>{m_error, m_confirmation, m_notice})
        column->addWidget(notice);
    column->addWidget(m_whole, 1);
}

void StackPage::connectParts() {
    connect(m_editor, &ComposeEditor::loaded, this, &StackPage::takeLoaded);
    connect(m_editor, &ComposeEditor::modifiedChanged, this, [this] {
        updateActions();
        Q_EMIT stateChanged();
    });
    connect(m_editor, &ComposeEditor::saved, this, [this] { Q_EMIT saved(m_editor->files()); });
    connect(m_current, &CurrentStack::changed, this, &StackPage::takeChange);
    connect(m_current, &CurrentStack::progressed, this, &StackPage::takeProgress);
    connect(m_current, &CurrentStack::ended, this, &StackPage::takeEnd);
    connect(m_current, &CurrentStack::failed, this, [this](Error error, const QString& what) {
        if (error.hint.empty())
            error.hint = stackFailureHint(QString::fromStdString(error.message)).toStdString();
        const QString service = failedService();
        if (service.isEmpty())
            return m_error->show(error, what);
        m_error->show(error, what, tr("Log of %1").arg(service), [this, service] {
            m_log->showOnly(service);
            m_tabs->setCurrentWidget(m_log);
        });
    });
    connect(m_current, &CurrentStack::misplaced, this,
            [this](const compose::Problem& problem) { m_editor->goTo(problem.place); });
    connect(m_notice, &ActionNotice::cancelled, m_current, &CurrentStack::cancel);
    connect(m_graph, &StackGraphView::currentChanged, this, &StackPage::selectNode);
    connect(m_graph, &StackGraphView::activated, this, &StackPage::goToNode);
    connect(m_graph, &StackGraphView::menuRequested, this, &StackPage::showMenu);
    connect(m_service, &ServicePanel::actionRequested, this,
            [this](StackAction action, const QString& service) { m_current->act(action, {service}); });
    connect(m_service, &ServicePanel::scaleRequested, this, [this](const QString& service, int replicas) {
        m_current->scale(service, static_cast<quint32>(replicas));
    });
    connect(m_service, &ServicePanel::containerRequested, this, &StackPage::containerRequested);
    connect(m_timeline, &TimelineTab::serviceRequested, this,
            [this](const QString& service) { m_graph->setCurrent(serviceNode(service)); });
    connect(m_environment, &EnvironmentTab::placeRequested, this,
            [this](const compose::Place& place) { m_editor->goTo(place); });
    connect(m_changes, &StackChangesTab::applyRequested, this, &StackPage::up);
    connect(m_changes, &StackChangesTab::pathRequested, this, &StackPage::goToPath);
    connect(m_badge, &QPushButton::clicked, this, [this] { m_tabs->setCurrentWidget(m_changes); });
    connect(m_profiles, &ProfilesBar::chosenChanged, m_editor, &ComposeEditor::setProfiles);
    connect(&m_tick, &QTimer::timeout, this, &StackPage::takeProgress);
}

void StackPage::open(const ListedStack& stack) {
    m_error->dismiss();
    m_confirmation->hide();
    m_notice->hide();
    m_stack = stack;
    m_profiles->clear();
    m_current->open(stack);
    m_editor->setProfiles({});
    m_editor->setProjectName(stack.project); // as it was brought up, whatever the files say now
    m_editor->setFiles(stack.place.files, stack.place.folder);
    m_left->setVisible(stack.place.isValid());
    m_graph->setPlaceholder(stack.place.isValid() ? tr("Write a service: it is drawn here.")
                                                  : tr("Its files are not on this machine."));
    m_tabs->setCurrentWidget(stack.isHere ? static_cast<QWidget*>(m_log) : m_service);
    takeChange();
}

void StackPage::openNew(const QString& path, const QString& text) {
    ListedStack stack;
    stack.place = {QFileInfo(path).absolutePath(), {path}};
    stack.name = stack.place.name();
    open(stack);
    m_editor->setNewFile(path, text);
    updateActions();
}

void StackPage::setFilter(const QString& text) {
    m_graph->setFilter(text);
}

void StackPage::focusContent() {
    m_graph->setFocus(Qt::OtherFocusReason);
}

bool StackPage::isModified() const {
    return m_editor->isModified();
}

void StackPage::takeLoaded(const LoadedPtr& loaded, const MadeStackPtr& made) {
    m_current->take(loaded, made);
    QStringList profiles, active;
    if (loaded != nullptr) {
        for (const std::string& profile : loaded->project.allProfiles)
            profiles << QString::fromStdString(profile);
        for (const std::string& profile : loaded->project.profiles)
            active << QString::fromStdString(profile);
    }
    m_profiles->setProfiles(profiles, active);
    m_environment->setLoaded(loaded);
}

void StackPage::takeChange() {
    // The button that has begun it is about to be disabled: the keyboard goes on here, not to whatever is
    // next.
    const QWidget* focus = QApplication::focusWidget();
    if (m_current->isBusy() && (focus == nullptr || !isAncestorOf(focus)))
        focusContent();
    m_graph->setGraph(m_current->graph());
    m_log->setContainers(m_current->project(), m_current->containers());
    m_changes->renew();
    const int unapplied = m_current->unappliedCount();
    m_tabs->setTabText(m_tabs->indexOf(m_changes),
                       unapplied == 0 ? tr("Not applied") : tr("Not applied (%1)").arg(unapplied));
    updateHead();
    updateActions();
    Q_EMIT stateChanged();
}

void StackPage::takeProgress() {
    const StackProgress& progress = m_current->progress();
    m_graph->setGraph(m_current->graph());
    m_timeline->setProgress(progress, QDateTime::currentMSecsSinceEpoch());
    if (m_current->isBusy() != m_tick.isActive())
        m_current->isBusy() ? m_tick.start() : m_tick.stop();
    if (!m_current->isBusy())
        return;
    QString words = stackActionText(m_current->action(), m_current->project());
    if (!progress.steps().isEmpty())
        words +=
            QStringLiteral(" · ") + tr("%1 of %n step(s)", nullptr, static_cast<int>(progress.steps().size()))
                                        .arg(progress.doneCount());
    m_notice->showWork(words, true);
}

void StackPage::takeEnd() {
    m_tick.stop();
    takeProgress();
    m_notice->hide();
    const StackProgress& progress = m_current->progress();
    if (progress.state() == StackProgress::State::Cancelled)
        m_notice->showOutcome(
            tr("Cancelled. What was made is kept: bring the stack up to go on, or take it down."));
    else if (progress.state() == StackProgress::State::Done && !progress.warnings().isEmpty())
        m_notice->showOutcome(progress.warnings().join(u'\n'));
    if (const QString service = failedService(); !service.isEmpty())
        m_graph->setCurrent(serviceNode(service)); // where it failed
}

// The first that something went wrong with; empty: nothing did.
QString StackPage::failedService() const {
    const StackProgress& progress = m_current->progress();
    if (progress.state() != StackProgress::State::Failed)
        return {};
    for (const StackNode& node : m_graph->graph().nodes) {
        if (node.kind == StackNode::Kind::Service && !progress.errorOf(node.name).isEmpty())
            return node.name;
    }
    return {};
}

void StackPage::selectNode(const QString& node) {
    const StackNode* chosen = m_graph->graph().node(node);
    if (chosen == nullptr || chosen->kind != StackNode::Kind::Service)
        return;
    m_service->setService(chosen->name);
    if (m_graph->hasFocus() && m_tabs->currentWidget() != m_log && m_tabs->currentWidget() != m_timeline)
        m_tabs->setCurrentWidget(m_service);
}

void StackPage::goToNode(const QString& node) {
    if (const StackNode* chosen = m_graph->graph().node(node))
        m_editor->goTo(chosen->place);
}

// "services.web.environment.DEBUG": as far as the file has it.
void StackPage::goToPath(const QString& path) {
    if (m_current->loaded() == nullptr)
        return;
    const compose::Node* node = &m_current->loaded()->project.root;
    compose::Place place;
    for (const QString& key : path.split(u'.')) {
        node = node->find(key.section(u'[', 0, 0).toStdString());
        if (node == nullptr)
            break;
        place = node->place;
    }
    m_editor->goTo(place);
}

void StackPage::showMenu(const QString& id, const QPoint& place) {
    const StackNode* node = m_graph->graph().node(id);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (node != nullptr && node->kind == StackNode::Kind::Service) {
        const QString service = node->name;
        const auto entry = [&](const char* iconName, const QString& words, bool enabled, auto act) {
            QAction* action = menu->addAction(icon(QString::fromLatin1(iconName)), words);
            action->setEnabled(enabled && !m_current->isBusy());
            connect(action, &QAction::triggered, this, act);
        };
        const auto verb = [this, service](StackAction action) {
            return [this, service, action] { m_current->act(action, {service}); };
        };
        entry("run", tr("Bring %1 up").arg(service), m_current->canBeBroughtUp(), verb(StackAction::Up));
        entry("restart", tr("Restart %1").arg(service), node->running > 0, verb(StackAction::Restart));
        entry("stop", tr("Stop %1").arg(service), node->running > 0, verb(StackAction::Stop));
        entry("pause", tr("Pause %1").arg(service), node->running > 0, verb(StackAction::Pause));
        entry("run", tr("Let %1 go on").arg(service), node->state == StackNode::State::Paused,
              verb(StackAction::Unpause));
        menu->addSeparator();
        entry("file", tr("Log of %1").arg(service), node->running > 0, [this, service] {
            m_log->showOnly(service);
            m_tabs->setCurrentWidget(m_log);
        });
        entry("terminal", tr("Terminal in %1").arg(service), node->running > 0, [this, service] {
            m_service->setService(service);
            m_service->showTerminal();
            m_tabs->setCurrentWidget(m_service);
        });
        entry("options", tr("Environment of %1").arg(service), true, [this, service] {
            m_environment->showOnly(service);
            m_tabs->setCurrentWidget(m_environment);
        });
        menu->addSeparator();
    }
    if (node != nullptr) {
        QAction* line = menu->addAction(icon(QStringLiteral("edit")), tr("Its line in the file"));
        line->setEnabled(node->place.line > 0);
        connect(line, &QAction::triggered, this, [this, id] { goToNode(id); });
    }
    menu->addAction(m_actions[Export]);
    menu->popup(place);
}

// "4 run, 1 ended well, 1 does not run"
static QString containersText(const dbus::StackContainers& containers) {
    int running = 0, ended = 0;
    for (const dbus::StackContainer& container : containers) {
        running += container.state == u"running" ? 1 : 0;
        ended += container.state == u"exited" && container.exitCode == 0 ? 1 : 0;
    }
    const int others = static_cast<int>(containers.size()) - running - ended;
    QStringList parts;
    if (running > 0)
        parts << StackPage::tr("%n container(s) run", nullptr, running);
    if (ended > 0)
        parts << StackPage::tr("%n ended well", nullptr, ended);
    if (others > 0)
        parts << StackPage::tr("%n do(es) not run", nullptr, others);
    return parts.join(QStringLiteral(", "));
}

void StackPage::updateHead() {
    const QString project = m_current->project();
    m_name->setText(project.isEmpty() ? m_stack.name : project);
    QString words;
    if (m_current->isHere())
        words = containersText(m_current->containers());
    else if (m_current->loaded() != nullptr && hasErrors(m_current->loaded()->problems))
        words = tr("the file has errors");
    else
        words = tr("not brought up");
    m_state->setText(words);
    const int unapplied = m_current->unappliedCount();
    m_badge->setText(tr("%n change(s) not applied", nullptr, unapplied));
    m_badge->setVisible(unapplied > 0);
}

void StackPage::updateActions() {
    const bool isBusy = m_current->isBusy();
    const int there = static_cast<int>(m_current->containers().size()), running = m_current->runningCount();
    const auto paused =
        std::count_if(m_current->containers().begin(), m_current->containers().end(),
                      [](const dbus::StackContainer& each) { return each.state == u"paused"; });
    const bool canUp = m_current->canBeBroughtUp();
    bool builds = false;
    if (m_current->loaded() != nullptr) {
        for (const std::string& service : compose::serviceNames(m_current->loaded()->project)) {
            const compose::Node* node = compose::serviceOf(m_current->loaded()->project, service);
            builds = builds || (node != nullptr && node->find("build") != nullptr);
        }
    }
    m_actions[Up]->setEnabled(!isBusy && canUp);
    m_actions[Up]->setText(m_current->unappliedCount() > 0 ? tr("&Apply") : tr("Bring &up"));
    m_actions[Start]->setEnabled(!isBusy && there > running);
    m_actions[Stop]->setEnabled(!isBusy && running > 0);
    m_actions[Restart]->setEnabled(!isBusy && there > 0);
    m_actions[Down]->setEnabled(!isBusy && there > 0);
    m_actions[Pause]->setEnabled(!isBusy && running > 0);
    m_actions[Unpause]->setEnabled(!isBusy && paused > 0);
    m_actions[Pull]->setEnabled(!isBusy && canUp);
    m_actions[Build]->setEnabled(!isBusy && canUp && builds);
    m_actions[Save]->setEnabled(m_editor->isModified());
    m_actions[Export]->setEnabled(!m_graph->graph().nodes.isEmpty());
}

void StackPage::up() {
    m_error->dismiss();
    m_notice->hide();
    m_current->act(StackAction::Up, {}, {{QStringLiteral("remove-orphans"), false}});
    if (m_tabs->currentWidget() == m_service || m_tabs->currentWidget() == m_changes)
        m_tabs->setCurrentWidget(m_timeline);
}

void StackPage::down() {
    m_error->dismiss();
    const int count = static_cast<int>(m_current->containers().size());
    const QStringList volumes = m_current->volumes();
    QString question =
        tr("Take %1 down? %n container(s) and the stack's networks are removed.", nullptr, count)
            .arg(m_current->project());
    if (!volumes.isEmpty())
        question += u' ' + tr("Its volumes stay.");
    const quint64 number = m_confirmation->ask(question, tr("Take it down"), [this] {
        const bool withVolumes = m_confirmation->isTaken();
        m_current->act(StackAction::Down, {}, {{QStringLiteral("volumes"), withVolumes}});
    });
    if (!volumes.isEmpty())
        m_confirmation->offer(
            number,
            tr("Remove its volumes, too: what is in %1 is lost").arg(volumes.join(QStringLiteral(", "))));
}

void StackPage::start() {
    m_current->act(StackAction::Start);
}
void StackPage::stop() {
    m_current->act(StackAction::Stop);
}
void StackPage::restart() {
    m_current->act(StackAction::Restart);
}
void StackPage::pause() {
    m_current->act(StackAction::Pause);
}
void StackPage::unpause() {
    m_current->act(StackAction::Unpause);
}
void StackPage::pull() {
    m_current->act(StackAction::Pull);
}
void StackPage::build() {
    m_current->act(StackAction::Build);
}

void StackPage::save() {
    // Somebody else's change is asked about in the editor.
    if (const Result<void> done = m_editor->save(); !done && done.error().code != ErrorCode::WrongState)
        m_error->show(done.error(), tr("Save the files"));
}

void StackPage::askExport() {
    auto* dialog = new QFileDialog(this, tr("Save the drawing"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Drawing (*.svg)"), tr("Picture (*.png)")});
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    dialog->selectFile(m_name->text() + QStringLiteral(".svg"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        if (const Result<> done = exportStack(m_graph->graph(), m_name->text(), file); !done)
            m_error->show(done.error(), tr("Save the drawing"));
    });
    dialog->open();
}

} // namespace escale::gui
