#include "gui/build/build_page.h"

#include "gui/build/build_delivery.h"
#include "gui/build/build_form.h"
#include "gui/build/build_graph_view.h"
#include "gui/build/build_place.h"
#include "gui/build/current_build.h"
#include "gui/build/dockerfile_editor.h"
#include "gui/build/failed_step.h"
#include "gui/build/failure_note.h"
#include "gui/build/step_panel.h"
#include "gui/build/step_text.h"
#include "gui/build/template_dialog.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/progress.h"
#include "gui/common/transfer_bar.h"
#include "gui/containers/action_notice.h"

#include <QAction>
#include <QDateTime>
#include <QDragEnterEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kPause = 180; // milliseconds between the last key and the graph
static constexpr int kTick = 250;  // milliseconds, of figures that grow

BuildPage::BuildPage(EngineClient& client, RegistryAccounts& accounts, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_current(new CurrentBuild(client, accounts, this))
    , m_delivery(nullptr)
    , m_place(new BuildPlace(this))
    , m_form(new BuildForm(this))
    , m_editor(new DockerfileEditor(this))
    , m_graph(new BuildGraphView(this))
    , m_panel(new StepPanel(client, QStringLiteral("buildPane"), this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_upper(new QSplitter(Qt::Horizontal))
    , m_whole(new QSplitter(Qt::Vertical))
    , m_error(new ErrorBanner(this))
    , m_failure(new FailureNote(this))
    , m_confirmation(new Confirmation(this))
    , m_notice(new ActionNotice(this))
    , m_transfer(new TransferBar(this))
    , m_status(label({}, "field", this))
    , m_sending(label({}, "muted", this))
    , m_progress(progressBar(this))
    , m_image(new QPushButton(icon(QStringLiteral("images")), tr("Show the image"), this)) {
    setObjectName(QStringLiteral("buildPage"));
    setAcceptDrops(true);
    m_delivery = new BuildDelivery(client, accounts, *m_transfer, this);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    m_tick.setInterval(kTick);
    buildActions();
    buildLayout();
    connectParts();
    showStatus();
    updateActions();
}

BuildPage::~BuildPage() = default;

QAction* BuildPage::add(const char* name, const char* iconName, const QString& text, const QKeySequence& key,
                        void (BuildPage::*run)()) {
    auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, this);
    action->setObjectName(QStringLiteral("buildPane.action.") + QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    return action;
}

void BuildPage::buildActions() {
    m_build = add("build", "run", tr("&Build"), QKeySequence(Qt::CTRL | Qt::Key_B), &BuildPage::build);
    m_build->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_B), QKeySequence(Qt::CTRL | Qt::Key_Return)});
    m_build->setIcon(icon(QStringLiteral("run"), QPalette::HighlightedText));
    m_cancel = add("cancel", "stop", tr("&Cancel the build"), QKeySequence(Qt::CTRL | Qt::Key_Period),
                   &BuildPage::cancel);
    m_cancel->setIconText(tr("Cancel"));
    m_save = add("save", "save", tr("&Save the Dockerfile"), QKeySequence::Save, &BuildPage::save);
    m_save->setIconText(tr("Save"));
}

QWidget* BuildPage::buildStatus() {
    auto* bar = new QWidget(this);
    m_status->setObjectName(QStringLiteral("buildPane.status"));
    m_sending->setObjectName(QStringLiteral("buildPane.sending"));
    m_image->setObjectName(QStringLiteral("buildPane.image"));
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(m_status, 1);
    row->addWidget(m_sending);
    row->addWidget(m_image);
    auto* column = new QVBoxLayout(bar);
    column->setContentsMargins(14, 8, 10, 6);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_progress);
    return bar;
}

void BuildPage::buildLayout() {
    m_editor->setObjectName(QStringLiteral("buildPane.editor"));
    m_editor->setAccessibleName(tr("Dockerfile"));
    m_empty->setObjectName(QStringLiteral("buildPane.empty"));
    m_empty->set(QStringLiteral("build"), tr("Build an image"),
                 tr("Choose a folder with a Dockerfile, drop one here, or begin with a template."),
                 tr("Choose a folder…"), tr("New from template…"));
    auto* left = card(this);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(1, 1, 1, 1);
    leftColumn->addWidget(m_editor);
    auto* right = card(this);
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(1, 1, 1, 1);
    rightColumn->setSpacing(0);
    rightColumn->addWidget(buildStatus());
    rightColumn->addWidget(line(right));
    rightColumn->addWidget(m_graph, 1);
    auto* lower = card(this);
    auto* lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(1, 1, 1, 1);
    lowerColumn->addWidget(m_panel);
    for (QSplitter* one : {m_upper, m_whole}) {
        one->setHandleWidth(12);
        one->setChildrenCollapsible(false);
    }
    m_upper->addWidget(left);
    m_upper->addWidget(right);
    m_upper->setSizes({520, 480});
    m_whole->addWidget(m_upper);
    m_whole->addWidget(lower);
    m_whole->setSizes({440, 190});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_whole);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_place);
    column->addWidget(m_form);
    for (QWidget* notice : QList<QWidget*>{m_error, m_failure, m_confirmation, m_notice, m_transfer})
        column->addWidget(notice);
    column->addWidget(m_stack, 1);
    m_form->hide();
    m_place->setVisible(!BuildPlace::recent().isEmpty()); // the empty pane offers the rest
}

void BuildPage::connectParts() {
    connect(m_place, &BuildPlace::chosen, this, &BuildPage::openPlace);
    connect(m_place, &BuildPlace::vanished, this, [this](const QString& folder) {
        m_error->show(
            {ErrorCode::NotFound, tr("there is no folder %1 any more").arg(folder).toStdString(), {}, {}},
            tr("Open another folder"));
    });
    connect(m_place, &BuildPlace::templateRequested, this, &BuildPage::offerTemplate);
    connect(m_empty, &EmptyState::actionRequested, m_place, &BuildPlace::browse);
    connect(m_empty, &EmptyState::secondRequested, this, &BuildPage::offerTemplate);
    connect(m_editor, &DockerfileEditor::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_editor, &DockerfileEditor::modifiedChanged, this, &BuildPage::updateActions);
    connect(m_editor, &DockerfileEditor::saved, this, &BuildPage::updateActions);
    connect(m_form, &BuildForm::planEdited, this, &BuildPage::replan);
    connect(m_form, &BuildForm::edited, this, &BuildPage::updateActions);
    // Who fills in options looks at no log.
    connect(m_form, &BuildForm::optionsToggled, m_whole->widget(1), &QWidget::setHidden);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        m_form->setDockerfile(m_editor->text().toStdString());
        replan();
    });
    connect(&m_tick, &QTimer::timeout, this, [this] {
        showStatus();
        showStep(m_graph->current());
    });
    connect(m_current, &CurrentBuild::changed, this, &BuildPage::takeChange);
    connect(m_current, &CurrentBuild::ended, this, &BuildPage::takeEnd);
    connect(m_current, &CurrentBuild::progressed, m_sending, &QLabel::setText);
    connect(m_current, &CurrentBuild::failed, this,
            [this](const Error& error) { m_error->show(error, tr("Build the image")); });
    connect(m_graph, &BuildGraphView::currentChanged, this, &BuildPage::showStep);
    connect(m_graph, &BuildGraphView::activated, this, &BuildPage::showLine);
    connect(m_panel, &StepPanel::stepRequested, m_graph, &BuildGraphView::setCurrent);
    connect(m_failure, &FailureNote::lineRequested, this, [this] {
        if (const ShownStep* step = m_current->model().failedStep())
            showLine(step->id);
    });
    connect(m_failure, &FailureNote::terminalRequested, this, [this] { openFailedStep(m_current->id()); });
    connect(m_delivery, &BuildDelivery::delivered, m_notice, &ActionNotice::showOutcome);
    connect(m_delivery, &BuildDelivery::failed, this,
            [this](const Error& error, const QString& what) { m_error->show(error, what); });
    connect(m_image, &QPushButton::clicked, this, [this] {
        const BuildModel& model = m_current->model();
        Q_EMIT imageRequested(builtImageId(model.names().value(0), model.image()));
    });
    connect(m_graph, &BuildGraphView::menuRequested, this, [this](const QString& step, const QPoint& place) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Go to its line"), this, [this, step] { showLine(step); });
        menu->addAction(tr("Show its log"), m_panel, &StepPanel::showLog);
        menu->popup(place);
    });
}

void BuildPage::openPlace(const QString& folder, const QString& dockerfile) {
    if (!isModified() || dockerfile == m_dockerfile)
        return takePlace(folder, dockerfile);
    m_confirmation->ask(tr("%1 is not saved. Open another one without saving it?").arg(m_dockerfile),
                        tr("Do not save"), [this, folder, dockerfile] { takePlace(folder, dockerfile); });
}

void BuildPage::takePlace(const QString& folder, const QString& dockerfile) {
    const bool isOther = folder != m_folder;
    if (m_current->isBusy() && isOther) {
        m_error->show({ErrorCode::InUse,
                       tr("a build is under way").toStdString(),
                       tr("Wait for its end, or cancel it.").toStdString(),
                       {}},
                      tr("Open another folder"));
        return;
    }
    m_folder = folder;
    m_dockerfile = dockerfile;
    m_isOpen = true;
    m_error->dismiss();
    m_failure->dismiss();
    m_place->setPlace(folder, dockerfile);
    m_place->show();
    m_form->setPlace(folder, dockerfile);
    if (isOther) {
        BuildSettings fresh;
        fresh.folder = folder;
        fresh.dockerfile = dockerfile;
        fresh.tags = {proposedTag(folder)};
        m_form->setSettings(fresh);
    }
    m_editor->setContextFolder(folder);
    m_editor->open(dockerfile);
    m_panel->reset();
    m_form->show();
    m_stack->setCurrentWidget(m_whole);
    m_client.listImages(this, [this](const Result<dbus::ImageList>& images) {
        QStringList names;
        for (const dbus::Image& image : images.value_or(dbus::ImageList())) {
            if (!image.tag.isEmpty())
                names.append(image.repository + u':' + image.tag);
        }
        m_editor->setImageNames(names);
    });
    m_pause.stop();
    m_form->setDockerfile(m_editor->text().toStdString());
    replan();
    updateActions();
}

void BuildPage::setSettings(const BuildSettings& settings) {
    openPlace(settings.folder, settings.dockerfile);
    if (m_dockerfile != settings.dockerfile)
        return; // what is not saved is asked about first
    m_form->setSettings(settings);
    m_form->setDockerfile(m_editor->text().toStdString());
    if (!settings.secrets.isEmpty())
        m_form->setOptionsShown(true);
    replan();
    updateActions();
}

void BuildPage::offerTemplate() {
    auto* dialog = new TemplateDialog(m_folder, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TemplateDialog::written, this, [this](const QString& dockerfile) {
        const BuildSettings place = settingsForPath(dockerfile);
        openPlace(place.folder, place.dockerfile);
    });
    dialog->open();
}

bool BuildPage::isModified() const {
    return m_isOpen && m_editor->isModified();
}

void BuildPage::setFilter(const QString& text) {
    m_graph->setFilter(text);
}

void BuildPage::focusContent() {
    if (m_isOpen)
        m_graph->setFocus(Qt::OtherFocusReason);
    else
        m_empty->setFocus(Qt::OtherFocusReason);
}

void BuildPage::replan() {
    if (!m_isOpen || m_current->isBusy())
        return;
    const BuildSettings settings = m_form->settings();
    PlanRequest request{settings.target.toStdString(), {}, settings.platform.toStdString()};
    for (auto one = settings.arguments.begin(); one != settings.arguments.end(); ++one)
        request.arguments[one.key().toStdString()] = one.value().toStdString();
    const std::string text = m_editor->text().toStdString();
    // What a build has shown stays until the text is another one.
    const BuildModel& shown = m_current->model();
    if (shown.state() != BuildModel::State::Planned && shown.text() == m_editor->text() &&
        m_current->settings().target == settings.target)
        return;
    m_failure->dismiss();
    m_current->plan(text, request);
}

void BuildPage::build() {
    if (m_current->isBusy() || !m_isOpen)
        return;
    const BuildSettings settings = m_form->settings();
    if (const QString problem = m_form->problem(); !problem.isEmpty()) {
        m_form->showProblems();
        return m_error->show({ErrorCode::InvalidArgument, problem.toStdString(), {}, {}},
                             tr("Build the image"));
    }
    m_pause.stop();
    m_form->setOptionsShown(false);
    m_error->dismiss();
    m_failure->dismiss();
    m_graph->setCurrent({});
    m_panel->reset();
    m_panel->showLog();
    m_editor->clearSteps();
    m_current->start(settings, m_editor->text());
    updateActions();
}

void BuildPage::cancel() {
    m_current->cancel();
}

void BuildPage::save() {
    if (const Result<void> saved = m_editor->save(); !saved)
        m_error->show(saved.error(), tr("Save the Dockerfile"));
    updateActions();
}

void BuildPage::takeChange() {
    const BuildModel& model = m_current->model();
    m_graph->setStages(model.stages());
    if (const QString step = StepPanel::interestingStep(model); model.isRunning() && !step.isEmpty())
        m_graph->follow(step);
    showStep(m_graph->current());
    markLines();
    showStatus();
    updateActions();
}

void BuildPage::takeEnd() {
    const BuildModel& model = m_current->model();
    markLines();
    if (const ShownStep* step = model.failedStep()) {
        m_graph->setCurrent(step->id);
        m_failure->show(model, !m_current->id().isEmpty());
        // Once there is as much room as the words leave.
        QTimer::singleShot(0, this, [this, id = step->id] {
            m_graph->setCurrent(id);
            showLine(id);
        });
    }
    if (model.state() == BuildModel::State::Done && !model.steps().isEmpty())
        m_graph->follow(model.steps().first()->id);
    if (model.state() == BuildModel::State::Done)
        m_delivery->deliver(m_current->settings(), model.image());
    showStatus();
    updateActions();
}

static DockerfileText::StepState markOf(StepState state) {
    switch (state) {
    case StepState::Cached:
        return DockerfileText::StepCached;
    case StepState::Running:
        return DockerfileText::StepRunning;
    case StepState::Done:
        return DockerfileText::StepDone;
    case StepState::Failed:
        return DockerfileText::StepFailed;
    default:
        return DockerfileText::StepNone;
    }
}

// The editor shows at each line what its step is at, as long as it is the text that is built.
void BuildPage::markLines() {
    const BuildModel& model = m_current->model();
    if (model.state() == BuildModel::State::Planned || model.text() != m_editor->text())
        return;
    for (const ShownStep* step : model.steps()) {
        if (step->line > 0)
            m_editor->markStep(step->line, markOf(step->state));
    }
}

void BuildPage::showStep(const QString& step) {
    m_panel->show(m_current->model(), step);
}

void BuildPage::showLine(const QString& id) {
    const ShownStep* step = m_current->model().step(id);
    if (step != nullptr && step->line > 0)
        m_editor->showLine(step->line);
}

static QString doneText(const BuildModel& model) {
    const int kept = model.keptCount(), cached = model.cachedCount();
    QStringList parts{BuildPage::tr("Built in %1").arg(formatDuration(model.duration(0)))};
    if (kept > 0 && cached == kept)
        parts.append(BuildPage::tr("all from the cache"));
    else if (cached > 0)
        parts.append(BuildPage::tr("%1 of %2 from the cache").arg(cached).arg(kept));
    parts.append(formatBytes(model.size()));
    return parts.join(QStringLiteral(" · "));
}

void BuildPage::showStatus() {
    const BuildModel& model = m_current->model();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const bool runs = m_current->isBusy();
    QString words;
    if (runs && !model.isRunning())
        words = tr("Beginning…");
    else if (runs)
        words = tr("Step %1 of %2 · %3")
                    .arg(std::min(model.endedCount() + 1, model.stepCount()))
                    .arg(model.stepCount())
                    .arg(formatDuration(model.duration(now)));
    else if (model.state() == BuildModel::State::Done)
        words = doneText(model);
    else if (model.state() == BuildModel::State::Failed)
        words = tr("Failed after %1").arg(formatDuration(model.duration(now)));
    else if (model.state() == BuildModel::State::Cancelled)
        words = tr("Cancelled after %1").arg(formatDuration(model.duration(now)));
    else
        words = tr("%n step(s)", nullptr, model.stepCount());
    m_status->setText(words);
    m_status->setToolTip(words);
    m_image->setVisible(model.state() == BuildModel::State::Done && !model.image().isEmpty());
    m_progress->setVisible(runs);
    if (runs)
        showFraction(*m_progress,
                     model.stepCount() == 0 || !model.isRunning()
                         ? -1
                         : static_cast<double>(model.endedCount()) / model.stepCount(),
                     "");
    if (runs && !m_tick.isActive())
        m_tick.start();
    else if (!runs)
        m_tick.stop();
}

void BuildPage::updateActions() {
    const bool runs = m_current->isBusy();
    m_build->setEnabled(m_isOpen && !runs);
    m_cancel->setEnabled(runs);
    m_save->setEnabled(isModified());
    Q_EMIT stateChanged();
}

void BuildPage::openFailedStep(const QString& build) {
    m_notice->showWork(tr("Opening the failed step…"), false);
    escale::gui::openFailedStep(m_client, build, this, [this](const Result<OpenedStep>& opened) {
        m_notice->hide();
        if (!opened)
            return m_error->show(opened.error(), tr("Open a terminal in the failed step"));
        m_isOpen = true;
        m_stack->setCurrentWidget(m_whole);
        m_panel->openTerminal(opened->container, opened->words);
    });
}

void BuildPage::dragEnterEvent(QDragEnterEvent* event) {
    if (!droppedPlace(*event->mimeData()).folder.isEmpty())
        event->acceptProposedAction();
}

void BuildPage::dropEvent(QDropEvent* event) {
    const BuildSettings place = droppedPlace(*event->mimeData());
    if (place.folder.isEmpty())
        return;
    event->acceptProposedAction();
    openPlace(place.folder, place.dockerfile);
}

} // namespace escale::gui
