#include "gui/stacks/stacks_pane.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/stacks/convert_dialog.h"
#include "gui/stacks/gallery_dialog.h"
#include "gui/stacks/stack_graph_view.h"
#include "gui/stacks/stack_page.h"
#include "gui/stacks/stacks_list.h"
#include "gui/stacks/stacks_model.h"

#include <QAction>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kListWidth = 214;

StacksPane::StacksPane(EngineClient& client, RegistryAccounts& accounts, QWidget* parent)
    : Pane(parent)
    , m_client(client)
    , m_model(new StacksModel(this))
    , m_reader(
          this,
          [this](QObject* guard, Answer<dbus::StackSummaries> answer) {
              m_client.listStacks(guard, std::move(answer));
          },
          [this](const Result<dbus::StackSummaries>& stacks) { takeStacks(stacks); })
    , m_list(new StacksList(m_model, this))
    , m_page(new StackPage(client, accounts, this))
    , m_empty(new EmptyState(this))
    , m_stack(new QStackedWidget(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_error(new ErrorBanner(this)) {
    setObjectName(QStringLiteral("stacksPane"));
    setAcceptDrops(true);
    buildActions();
    buildLayout();
    m_model->setRecent(recentStacks());
    const auto refresh = [this] {
        if (m_client.state() == EngineClient::State::Ready)
            m_reader.refresh();
    };
    connect(&m_client, &EngineClient::stateChanged, this, refresh);
    connect(&m_client, &EngineClient::stacksChanged, this, refresh);
    connect(&m_client, &EngineClient::containersChanged, this, refresh);
    connect(m_list, &StacksList::currentIdChanged, this, &StacksPane::select);
    connect(m_list, &QWidget::customContextMenuRequested, this, &StacksPane::showMenu);
    connect(m_page, &StackPage::stateChanged, this, &Pane::summaryChanged);
    connect(m_page, &StackPage::containerRequested, this, &StacksPane::containerRequested);
    connect(m_page, &StackPage::saved, this, [this](const QStringList& files) {
        if (files.isEmpty())
            return;
        rememberStack({QFileInfo(files.first()).absolutePath(), files});
        m_model->setRecent(recentStacks());
    });
    connect(m_empty, &EmptyState::actionRequested, this, &StacksPane::browse);
    connect(m_empty, &EmptyState::secondRequested, this, &StacksPane::showGallery);
    refresh();
    showPage(false);
}

StacksPane::~StacksPane() = default;

void StacksPane::buildActions() {
    addPaneAction("open", tr("&Open…"), QKeySequence::Open, [this] { browse(); });
    addPaneAction("plus", tr("New from a &sample…"), QKeySequence::New, [this] { showGallery(); });
    addPaneAction("containers", tr("New from &containers…"), {}, [this] { showConversion(false); });
    addPaneAction("terminal", tr("New from a docker &run line…"), {}, [this] { showConversion(true); });
    addActions(m_page->actions());
    auto* more = flatButton(QStringLiteral("more"), tr("More actions"), this);
    more->setObjectName(QStringLiteral("stacksPane.more"));
    auto* menu = new QMenu(more);
    using Id = StackPage::ActionId;
    for (const Id id : {Id::Start, Id::Pause, Id::Unpause, Id::Pull, Id::Build, Id::Export})
        menu->addAction(m_page->action(id));
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    m_tools =
        toolRow({actionButton(m_page->action(Id::Save), QStringLiteral("stacksPane.save"), this),
                 actionButton(m_page->action(Id::Stop), QStringLiteral("stacksPane.stop"), this),
                 actionButton(m_page->action(Id::Restart), QStringLiteral("stacksPane.restart"), this),
                 actionButton(m_page->action(Id::Down), QStringLiteral("stacksPane.down"), this),
                 actionButton(m_page->action(Id::Up), QStringLiteral("stacksPane.up"), this, true), more},
                this);
}

QWidget* StacksPane::buildList() {
    auto* side = card(this);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(8, 6, 8, 6);
    row->setSpacing(4);
    const QList<QAction*> own = actions();
    auto* open = flatButton(QStringLiteral("folder"), tr("Open a folder or a Compose file…"), side);
    open->setObjectName(QStringLiteral("stacksPane.open"));
    connect(open, &QToolButton::clicked, this, &StacksPane::browse);
    auto* made = flatButton(QStringLiteral("plus"), tr("New stack"), side);
    made->setObjectName(QStringLiteral("stacksPane.new"));
    auto* menu = new QMenu(made);
    menu->addActions(own.mid(1, 3));
    made->setMenu(menu);
    made->setPopupMode(QToolButton::InstantPopup);
    row->addWidget(open);
    row->addStretch();
    row->addWidget(made);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(line(side));
    column->addWidget(m_list, 1);
    return side;
}

void StacksPane::buildLayout() {
    m_empty->setObjectName(QStringLiteral("stacksPane.empty"));
    m_empty->set(
        QStringLiteral("stacks"), tr("Run several containers as one"),
        tr("Open a folder with a compose.yaml, drop one here, or begin with a sample that runs without a "
           "network."),
        tr("Open a folder…"), tr("Take a sample…"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_page);
    m_side = buildList();
    m_splitter->setHandleWidth(12);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_side);
    m_splitter->addWidget(m_stack);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({kListWidth, 900});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 0, 20, 16);
    column->setSpacing(8);
    column->addWidget(m_error);
    column->addWidget(m_splitter, 1);
}

QString StacksPane::title() const {
    return tr("Stacks");
}

QString StacksPane::summary() const {
    const int running = m_model->runningCount();
    return running == 0 ? QString() : tr("%n stack(s) run", nullptr, running);
}

QString StacksPane::filterHint() const {
    return tr("Filter stacks and services");
}

void StacksPane::setFilter(const QString& text) {
    m_page->setFilter(text);
}

void StacksPane::focusContent() {
    if (m_stack->currentWidget() == m_page)
        m_page->focusContent();
    else
        m_list->setFocus(Qt::OtherFocusReason);
}

bool StacksPane::mayClose() {
    if (m_mayClose || !m_page->isModified())
        return true;
    m_page->confirmation().ask(tr("The files of the stack are not saved. Close without saving them?"),
                               tr("Do not save"), [this] {
                                   m_mayClose = true;
                                   Q_EMIT closeRequested();
                               });
    return false;
}

void StacksPane::takeStacks(const Result<dbus::StackSummaries>& stacks) {
    if (!stacks)
        return m_error->show(stacks.error(), tr("Read the list of stacks"), tr("Try again"),
                             [this] { m_reader.refresh(); });
    m_error->dismiss();
    m_model->setStacks(*stacks);
    // A file that was brought up is a stack of the engine's now, and the other way round.
    const QString id = m_model->idOf(m_page->current().project(), {{}, m_page->editor().files()});
    if (!m_shown.isEmpty() && !id.isEmpty()) {
        m_shown = id;
        m_list->selectId(id);
    }
    showPage(m_stack->currentWidget() == m_page);
    // Whoever comes here wants to see what runs.
    if (m_shown.isEmpty() && !m_model->stacks().isEmpty() && m_model->stacks().first().isHere)
        select(m_model->stacks().first().id);
    Q_EMIT summaryChanged();
}

void StacksPane::showPage(bool shown) {
    m_stack->setCurrentWidget(shown ? static_cast<QWidget*>(m_page) : m_empty);
    m_side->setVisible(m_model->rowCount() > 0);
    if (!shown && m_model->rowCount() > 0)
        m_empty->set(QStringLiteral("stacks"), tr("No stack selected"),
                     tr("Select one at the left, open a folder with a compose.yaml, or drop one here."),
                     tr("Open a folder…"), tr("Take a sample…"));
    if (m_tools != nullptr) {
        for (QToolButton* button : m_tools->findChildren<QToolButton*>())
            button->setVisible(shown);
    }
}

// In the page, where the question is seen.
void StacksPane::leave(std::function<void()> then) {
    if (!m_page->isModified())
        return then();
    m_page->confirmation().ask(tr("The files of the stack are not saved. Leave without saving them?"),
                               tr("Do not save"), std::move(then));
    const QSignalBlocker blocker(m_list);
    m_list->selectId(m_shown);
}

void StacksPane::select(const QString& id) {
    if (id == m_shown)
        return;
    leave([this, id] {
        const ListedStack* stack = m_model->find(id);
        if (stack == nullptr)
            return;
        m_shown = id;
        const ListedStack chosen = *stack;
        m_page->open(chosen);
        showPage(true);
        const QSignalBlocker blocker(m_list);
        m_list->selectId(id);
        Q_EMIT summaryChanged();
    });
}

void StacksPane::openPath(const QString& path) {
    const StackPlace place = stackPlaceAt(path);
    if (!place.isValid())
        return m_error->show(
            {ErrorCode::NotFound,
             tr("there is no Compose file at %1").arg(path).toStdString(),
             tr("A Compose file is called compose.yaml. The gallery has samples to begin with.")
                 .toStdString(),
             {}},
            tr("Open a stack"));
    leave([this, place] {
        m_error->dismiss();
        rememberStack(place);
        m_model->setRecent(recentStacks());
        // What runs of these files is that stack.
        QString id = QStringLiteral("file:") + place.files.first();
        for (const ListedStack& stack : m_model->stacks()) {
            if (stack.place.files == place.files)
                id = stack.id;
        }
        m_shown.clear();
        select(id);
        m_page->focusContent();
    });
}

void StacksPane::browse() {
    auto* dialog = new QFileDialog(this, tr("Open a stack: its Compose file"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Compose files (*.yaml *.yml)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &StacksPane::openPath);
    dialog->open();
}

void StacksPane::showGallery() {
    auto* dialog = new GalleryDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &GalleryDialog::written, this, &StacksPane::openPath);
    dialog->open();
}

void StacksPane::showConversion(bool line, const QStringList& containers) {
    auto* dialog = new ConvertDialog(m_client, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (line)
        dialog->showRunLine();
    dialog->choose(containers);
    connect(dialog, &ConvertDialog::made, this, [this](const QString& path, const QString& text) {
        leave([this, path, text] {
            m_shown = QStringLiteral("file:") + path;
            m_page->openNew(path, text);
            showPage(true);
        });
    });
    dialog->open();
}

void StacksPane::convert(const QStringList& containers) {
    showConversion(false, containers);
}

void StacksPane::showMenu(const QPoint& place) {
    const ListedStack* stack = m_model->find(m_list->indexAt(place).data(kIdRole).toString());
    if (stack == nullptr || stack->isHere)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* forget = menu->addAction(icon(QStringLiteral("close")), tr("Take off the list"));
    connect(forget, &QAction::triggered, this, [this, gone = stack->place] {
        forgetStack(gone);
        m_model->setRecent(recentStacks());
        showPage(m_stack->currentWidget() == m_page);
    });
    menu->popup(m_list->viewport()->mapToGlobal(place));
}

void StacksPane::dragEnterEvent(QDragEnterEvent* event) {
    if (droppedStack(*event->mimeData()).isValid())
        event->acceptProposedAction();
}

void StacksPane::dropEvent(QDropEvent* event) {
    const StackPlace place = droppedStack(*event->mimeData());
    if (!place.isValid())
        return;
    event->acceptProposedAction();
    openPath(place.files.first());
}

} // namespace escale::gui
