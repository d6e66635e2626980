#include "gui/app/main_window.h"

#include "gui/app/jobs_drawer.h"
#include "gui/app/navigation_bar.h"
#include "gui/app/settings_dialog.h"
#include "gui/build/build_pane.h"
#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/notifications.h"
#include "gui/common/pane.h"
#include "gui/common/settings.h"
#include "gui/containers/container_notices.h"
#include "gui/containers/containers_pane.h"
#include "gui/images/images_pane.h"
#include "gui/learn/learn_pane.h"
#include "gui/networks/networks_pane.h"
#include "gui/registry/registry_pane.h"
#include "gui/stacks/stacks_pane.h"
#include "gui/volumes/volumes_pane.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QStackedWidget>
#include <QTimer>

namespace escale::gui {

static constexpr QSize kFirstSize(1240, 800);

MainWindow::MainWindow(Theme& theme, QWidget* parent)
    : QMainWindow(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Escale"));
    resize(kFirstSize);
    buildLayout();
    buildMenus();
    buildNotices();
    connect(&m_client, &EngineClient::stateChanged, this, &MainWindow::updateReachability);
    connect(m_navigation, &NavigationBar::chosen, this, &MainWindow::switchTo);
    m_navigation->setCurrent(0);
}

// Whichever pane is shown. A click on a notice leads to its container.
void MainWindow::buildNotices() {
    auto* notices = new ContainerNotices(this);
    auto* desktop = new Notifications(this);
    connect(&m_client, &EngineClient::happened, notices, &ContainerNotices::take);
    connect(notices, &ContainerNotices::notice, desktop,
            [desktop](const QString& id, const QString& title, const QString& text) {
                if (Settings::notifications())
                    desktop->show(id, title, text);
            });
    connect(desktop, &Notifications::activated, this, [this](const QString& id) {
        showContainer(id);
        setWindowState(windowState() & ~Qt::WindowMinimized);
        raise();
        activateWindow();
    });
}

MainWindow::~MainWindow() {
    // Panes and drawer use the client and the accounts, which are members: they go first.
    delete takeCentralWidget();
}

void MainWindow::buildLayout() {
    auto* centre = new QWidget(this);
    m_navigation = new NavigationBar(centre);
    m_navigation->add(QStringLiteral("registry"), tr("Registry"), tr("Ctrl+1"));
    m_navigation->add(QStringLiteral("images"), tr("Images"), tr("Ctrl+2"));
    m_navigation->add(QStringLiteral("containers"), tr("Containers"), tr("Ctrl+3"));
    m_navigation->add(QStringLiteral("networks"), tr("Networks"), tr("Ctrl+4"));
    m_navigation->add(QStringLiteral("volumes"), tr("Volumes"), tr("Ctrl+5"));
    m_navigation->add(QStringLiteral("build"), tr("Build"), tr("Ctrl+6"));
    m_navigation->add(QStringLiteral("stacks"), tr("Stacks"), tr("Ctrl+7"));
    m_navigation->add(QStringLiteral("learn"), tr("Learn"), tr("Ctrl+8"));
    m_stack = new QStackedWidget(centre);
    m_unreachable = new EmptyState(m_stack);
    m_unreachable->setObjectName(QStringLiteral("mainWindow.unreachable"));
    connect(m_unreachable, &EmptyState::actionRequested, this, [this] { m_client.open(); });
    m_stack->addWidget(m_unreachable);
    m_drawer = new JobsDrawer(m_client, centre);

    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(buildHeader());
    right->addWidget(m_stack, 1);
    auto* upper = new QHBoxLayout;
    upper->setContentsMargins(0, 0, 0, 0);
    upper->setSpacing(0);
    upper->addWidget(m_navigation);
    upper->addLayout(right, 1);
    auto* all = new QVBoxLayout(centre);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper, 1);
    all->addWidget(m_drawer);
    setCentralWidget(centre);
}

QWidget* MainWindow::buildHeader() {
    auto* header = new QWidget(this);
    m_header = new QHBoxLayout(header);
    m_header->setContentsMargins(20, 16, 20, 14);
    m_header->setSpacing(12);
    m_title = label({}, "paneTitle", header);
    m_title->setObjectName(QStringLiteral("mainWindow.title"));
    m_summary = label({}, "muted", header);
    m_summary->setObjectName(QStringLiteral("mainWindow.summary"));
    m_search = searchField(QStringLiteral("mainWindow.search"), header);
    m_search->setMinimumWidth(160); // long words of another language take the rest
    m_search->setMaximumWidth(260);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (m_current != nullptr)
            m_current->setFilter(text);
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (m_current != nullptr)
            m_current->focusContent();
    });
    m_header->addWidget(m_title);
    m_header->addWidget(m_summary, 0, Qt::AlignVCenter);
    m_header->addStretch();
    m_header->addWidget(m_search, 1);
    return header;
}

void MainWindow::buildMenus() {
    const auto add = [this](QMenu* menu, const QString& text, const QKeySequence& key, auto act) {
        QAction* action = menu->addAction(text);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    QMenu* file = menuBar()->addMenu(tr("&Escale"));
    add(file, tr("&Settings…"), QKeySequence::Preferences, &MainWindow::showSettings);
    file->addSeparator();
    add(file, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), &QWidget::close);
    QMenu* view = menuBar()->addMenu(tr("&View"));
    const QString names[kPaneCount] = {tr("&Registry"), tr("&Images"), tr("&Containers"), tr("&Networks"),
                                       tr("V&olumes"),  tr("&Build"),  tr("S&tacks")};
    for (int pane = 0; pane < kPaneCount; ++pane) {
        add(view, names[pane], QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + pane)),
            [this, pane] { m_navigation->setCurrent(pane); });
    }
    view->addSeparator();
    add(view, tr("&Filter"), QKeySequence::Find, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    QAction* jobs = add(view, tr("&Jobs"), QKeySequence(Qt::CTRL | Qt::Key_J),
                        [this] { m_drawer->setOpen(!m_drawer->isOpen()); });
    jobs->setCheckable(true);
    connect(m_drawer, &JobsDrawer::openChanged, jobs, &QAction::setChecked);
    add(view, tr("&Reach the engine again"), QKeySequence(Qt::Key_F5), [this] { m_client.open(); });
    m_actions = menuBar()->addMenu(tr("&Actions"));
}

// The same actions as the header's buttons and the list's context menu.
void MainWindow::updateActionsMenu() {
    m_actions->clear();
    if (m_current != nullptr)
        m_actions->addActions(m_current->actions());
    m_actions->menuAction()->setVisible(!m_actions->isEmpty());
}

void MainWindow::showPane(PaneId pane) {
    m_navigation->setCurrent(static_cast<int>(pane));
}

Pane* MainWindow::make(PaneId pane) {
    switch (pane) {
    case PaneId::Registry: {
        auto* made = new RegistryPane(m_client, m_accounts, m_stack);
        return made;
    }
    case PaneId::Images: {
        auto* made = new ImagesPane(m_client, m_accounts, m_stack);
        connect(made, &ImagesPane::registryRequested, this, [this] { showPane(PaneId::Registry); });
        connect(made, &ImagesPane::started, this, &MainWindow::showContainer);
        connect(made, &ImagesPane::containerRequested, this, &MainWindow::showContainer);
        return made;
    }
    case PaneId::Containers: {
        auto* made = new ContainersPane(m_client, m_stack);
        connect(made, &ContainersPane::imagesRequested, this, [this] { showPane(PaneId::Images); });
        connect(made, &ContainersPane::composeRequested, this, [this](const QStringList& ids) {
            showPane(PaneId::Stacks);
            static_cast<StacksPane*>(m_panes[static_cast<int>(PaneId::Stacks)])->convert(ids);
        });
        connect(made, &ContainersPane::learnRequested, this, [this](const QString& id) {
            showPane(PaneId::Learn);
            static_cast<LearnPane*>(m_panes[static_cast<int>(PaneId::Learn)])->select(id);
        });
        return made;
    }
    case PaneId::Networks: {
        auto* made = new NetworksPane(m_client, m_stack);
        connect(made, &NetworksPane::containerRequested, this, &MainWindow::showContainer);
        return made;
    }
    case PaneId::Volumes: {
        auto* made = new VolumesPane(m_client, m_stack);
        connect(made, &VolumesPane::containerRequested, this, &MainWindow::showContainer);
        return made;
    }
    case PaneId::Build: {
        auto* made = new BuildPane(m_client, m_accounts, m_stack);
        connect(made, &BuildPane::imageRequested, this, [this](const QString& image) {
            showPane(PaneId::Images);
            static_cast<ImagesPane*>(m_panes[static_cast<int>(PaneId::Images)])->select(image);
        });
        return made;
    }
    case PaneId::Stacks: {
        auto* made = new StacksPane(m_client, m_accounts, m_stack);
        connect(made, &StacksPane::containerRequested, this, &MainWindow::showContainer);
        return made;
    }
    case PaneId::Learn: {
        auto* made = new LearnPane(m_client, m_stack);
        connect(made, &LearnPane::imagesRequested, this, [this] { showPane(PaneId::Images); });
        return made;
    }
    }
    return nullptr;
}

void MainWindow::showContainer(const QString& id) {
    showPane(PaneId::Containers);
    static_cast<ContainersPane*>(m_panes[static_cast<int>(PaneId::Containers)])->select(id);
}

void MainWindow::switchTo(int index) {
    if (index < 0 || index >= kPaneCount)
        return;
    if (m_current != nullptr && m_current->tools() != nullptr)
        m_current->tools()->hide();
    Pane*& pane = m_panes[index];
    if (pane == nullptr) {
        pane = make(static_cast<PaneId>(index));
        m_stack->addWidget(pane);
        connect(pane, &Pane::summaryChanged, this, &MainWindow::updateHeader);
        connect(pane, &Pane::closeRequested, this, &QWidget::close);
        if (QWidget* tools = pane->tools())
            m_header->addWidget(tools);
    }
    m_current = pane;
    if (QWidget* tools = pane->tools())
        tools->show();
    m_search->setPlaceholderText(pane->filterHint());
    m_search->setAccessibleName(pane->filterHint());
    m_search->clear();
    updateHeader();
    updateActionsMenu();
    updateReachability();
}

void MainWindow::updateHeader() {
    m_title->setText(m_current->title());
    m_summary->setText(m_current->summary());
}

void MainWindow::updateReachability() {
    if (m_current == nullptr)
        return;
    const bool missing = m_client.state() == EngineClient::State::Unreachable && m_current->needsEngine();
    if (missing) {
        const Error& problem = m_client.problem();
        m_unreachable->set(QStringLiteral("engine"), tr("The engine is not reachable"),
                           QString::fromStdString(problem.message + "\n" + problem.hint), tr("Try again"));
        m_stack->setCurrentWidget(m_unreachable);
    } else {
        m_stack->setCurrentWidget(m_current);
    }
    if (QWidget* tools = m_current->tools())
        tools->setEnabled(!missing);
}

void MainWindow::showSettings() {
    auto* dialog = new SettingsDialog(m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    for (int pane = 0; pane < kPaneCount; ++pane) {
        if (m_panes[pane] == nullptr || m_panes[pane]->mayClose())
            continue;
        showPane(static_cast<PaneId>(pane));
        return event->ignore();
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::paintEvent(QPaintEvent* event) {
    QMainWindow::paintEvent(event);
    if (m_painted)
        return;
    m_painted = true;
    // After this frame is on the screen: reaching the bus may block for a moment.
    QTimer::singleShot(0, this, [this] {
        Q_EMIT painted();
        m_client.open();
    });
}

} // namespace escale::gui
