#include "gui/containers/container_shells.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/common/terminal_view.h"
#include "gui/containers/debug_dialog.h"
#include "gui/containers/debug_terminal.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

ContainerShells::ContainerShells(EngineClient& client, const QString& container, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_container(container)
    , m_bar(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_error(new ErrorBanner(this)) {
    build();
    connect(m_new, &QToolButton::clicked, this, &ContainerShells::openShell);
    connect(m_empty, &EmptyState::actionRequested, this, &ContainerShells::openShell);
    connect(m_empty, &EmptyState::secondRequested, this, [this] { askDebug(); });
    connect(m_debug, &QToolButton::clicked, this, [this] { askDebug(); });
    connect(m_attach, &QToolButton::clicked, this, &ContainerShells::attach);
    connect(m_options, &QToolButton::toggled, this, [this](bool on) {
        m_optionRow->setVisible(on);
        if (on)
            m_program->setFocus(Qt::OtherFocusReason);
    });
    connect(m_bar, &QTabBar::currentChanged, this, &ContainerShells::showCurrent);
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) { m_shells.move(from, to); });
    updateButtons();
}

void ContainerShells::build() {
    m_bar->setObjectName(QStringLiteral("shells.bar"));
    m_bar->setAccessibleName(tr("Shells"));
    m_bar->setProperty("role", "shells");
    m_bar->setMovable(true);
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setElideMode(Qt::ElideRight);
    m_empty->set(QStringLiteral("terminal"), tr("No shell is open"),
                 tr("A shell is one more process in the running container: look around in it, try things "
                    "out. Its image has none? A debug terminal brings one along."),
                 tr("New shell"), tr("Debug terminal…"));
    m_stack->addWidget(m_empty);
    m_new = flatButton(QStringLiteral("plus"), tr("New shell (Ctrl+Shift+T)"), this);
    m_new->setObjectName(QStringLiteral("shells.new"));
    m_debug =
        flatButton(QStringLiteral("debug"),
                   tr("Debug terminal: tools of another image, beside this container (Ctrl+Shift+D)"), this);
    m_debug->setObjectName(QStringLiteral("shells.debug"));
    m_attach = flatButton(QStringLiteral("attach"), tr("Attach to the container's own process"), this);
    m_attach->setObjectName(QStringLiteral("shells.attach"));
    m_options = flatButton(QStringLiteral("options"), tr("Options of the next shell"), this);
    m_options->setObjectName(QStringLiteral("shells.options"));
    m_options->setCheckable(true);
    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(8, 4, 12, 4);
    tools->setSpacing(4);
    tools->addWidget(m_bar);
    tools->addWidget(m_new);
    tools->addStretch(1);
    tools->addWidget(m_options);
    tools->addWidget(m_debug);
    tools->addWidget(m_attach);
    auto* banner = new QVBoxLayout;
    banner->setContentsMargins(12, 0, 12, 0);
    banner->addWidget(m_error);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(buildOptions());
    column->addWidget(line(this));
    column->addLayout(banner);
    column->addWidget(m_stack, 1);
    const auto shortcut = [this](const QKeySequence& keys, auto act) {
        auto* action = new QAction(this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        connect(action, &QAction::triggered, this, act);
    };
    shortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T), [this] { openShell(); });
    shortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W), [this] { closeShell(m_bar->currentIndex()); });
    const auto step = [this](int by) {
        if (count() > 1)
            m_bar->setCurrentIndex((m_bar->currentIndex() + by + count()) % count());
    };
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_PageUp), [step] { step(-1); });
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_PageDown), [step] { step(1); });
}

QWidget* ContainerShells::buildOptions() {
    m_optionRow = new QWidget(this);
    auto* row = new QHBoxLayout(m_optionRow);
    row->setContentsMargins(12, 2, 12, 8);
    row->setSpacing(8);
    const auto field = [&](const char* name, const QString& words, const QString& placeholder, int stretch) {
        auto* edit = new QLineEdit(m_optionRow);
        edit->setObjectName(QStringLiteral("shells.") + QString::fromLatin1(name));
        edit->setAccessibleName(words);
        edit->setPlaceholderText(placeholder);
        auto* said = label(words, "muted", m_optionRow);
        said->setBuddy(edit);
        row->addWidget(said);
        row->addWidget(edit, stretch);
        connect(edit, &QLineEdit::returnPressed, this, &ContainerShells::openShell);
        return edit;
    };
    m_program = field("program", tr("Program"), tr("the image's shell"), 3);
    m_user = field("user", tr("User"), tr("the container's"), 2);
    m_folder = field("folder", tr("Folder"), tr("the container's"), 2);
    m_optionRow->hide();
    return m_optionRow;
}

void ContainerShells::setRunning(bool running) {
    if (running == m_running)
        return;
    m_running = running;
    if (running)
        askAttach();
    updateButtons();
}

void ContainerShells::takeEnd() {
    for (Shell* shell : std::as_const(m_shells)) {
        if (shell->request().kind == ShellRequest::Kind::Debug)
            shell->targetStopped();
    }
}

// Attaching makes sense where the container was made with a terminal or an open input.
void ContainerShells::askAttach() {
    m_client.inspect(m_container, this, [this](const Result<ContainerDetails>& details) {
        if (!details)
            return; // the button stays off; opening a shell tells what is wrong
        m_hasTerminal = details->options.value(QStringLiteral("tty")).toBool();
        m_attachable = m_hasTerminal || details->options.value(QStringLiteral("stdin")).toBool();
        updateButtons();
    });
}

void ContainerShells::updateButtons() {
    m_new->setEnabled(m_running);
    m_options->setEnabled(m_running);
    m_debug->setEnabled(m_running);
    m_attach->setEnabled(m_running && m_attachable);
    m_attach->setToolTip(
        m_attachable || !m_running
            ? tr("Attach to the container's own process")
            : tr("Nothing to attach to: the container was made without a terminal and without "
                 "input. Its output is in the log."));
    m_bar->setVisible(count() > 0);
    m_new->setVisible(count() > 0 || m_optionRow->isVisibleTo(this));
}

void ContainerShells::openShell() {
    if (!m_running)
        return;
    open({ShellRequest::Kind::Exec, m_program->text().trimmed(), m_user->text().trimmed(),
          m_folder->text().trimmed()});
}

// Once is enough: a second one would show the same.
void ContainerShells::attach() {
    ShellRequest request;
    request.kind = ShellRequest::Kind::Attach;
    request.terminal = m_hasTerminal;
    for (int index = 0; index < count(); ++index) {
        if (m_shells[index]->request().kind == ShellRequest::Kind::Attach) {
            m_bar->setCurrentIndex(index);
            m_shells[index]->start();
            return m_shells[index]->setFocus(Qt::OtherFocusReason);
        }
    }
    open(request);
}

void ContainerShells::askDebug(Shell* replaced) {
    if (!m_running || m_dialog != nullptr)
        return;
    m_replaced = replaced;
    m_error->dismiss();
    m_client.inspect(m_container, this, [this](const Result<ContainerDetails>& details) {
        if (!details)
            return showDebugError(details.error());
        m_client.listImages(this, [this, target = *details](const Result<dbus::ImageList>& images) {
            if (!images)
                return showDebugError(images.error());
            if (m_dialog != nullptr)
                return;
            m_dialog = new DebugDialog(target, *images, DebugDialog::callsOf(m_client), window());
            m_dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(
                m_dialog, &DebugDialog::started, this,
                [this, target](const QString& id, const QString& image) { openDebug(target, id, image); });
            m_dialog->open();
        });
    });
}

void ContainerShells::showDebugError(const Error& error) {
    m_error->show(error, tr("Open the debug terminal"), tr("Try again"), [this] { askDebug(); });
}

void ContainerShells::openDebug(const ContainerDetails& target, const QString& debugger,
                                const QString& image) {
    ShellRequest request;
    request.kind = ShellRequest::Kind::Debug;
    request.debugger = debugger;
    request.target = target.container.name;
    Shell* shell = open(request);
    if (m_replaced != nullptr && !m_replaced->isRunning())
        closeShell(static_cast<int>(m_shells.indexOf(m_replaced)));
    shell->view().screen().feed("\x1b[2m" + debugHint(request.target, image).toUtf8() + "\x1b[22m\r\n");
}

Shell* ContainerShells::open(const ShellRequest& request) {
    auto* shell = new Shell(m_client, m_container, request, m_stack);
    using Kind = ShellRequest::Kind;
    m_shells.append(shell);
    m_stack->addWidget(shell);
    const QString name = request.kind == Kind::Exec    ? tr("Shell %1").arg(++m_opened)
                         : request.kind == Kind::Debug ? tr("debug: %1").arg(request.target)
                                                       : tr("Main process");
    const char* sign = request.kind == Kind::Exec    ? "terminal"
                       : request.kind == Kind::Debug ? "debug"
                                                     : "attach";
    shell->setProperty("name", name);
    shell->view().setAccessibleName(name);
    const int index = m_bar->addTab(icon(QString::fromLatin1(sign)), name);
    QToolButton* close = flatButton(QStringLiteral("close"), tr("Close %1 (Ctrl+Shift+W)").arg(name), m_bar);
    close->setIconSize(QSize(12, 12));
    close->setFocusPolicy(Qt::NoFocus); // the keyboard has its shortcut
    m_bar->setTabButton(index, QTabBar::RightSide, close);
    connect(close, &QToolButton::clicked, this,
            [this, shell] { closeShell(static_cast<int>(m_shells.indexOf(shell))); });
    connect(shell, &Shell::titleChanged, this,
            [this, shell](const QString& title) { retitle(shell, title); });
    connect(shell, &Shell::debugRequested, this, [this, shell] { askDebug(shell); });
    m_bar->setCurrentIndex(index);
    showCurrent(index);
    updateButtons();
    shell->start();
    shell->setFocus(Qt::OtherFocusReason);
    return shell;
}

void ContainerShells::retitle(Shell* shell, const QString& title) {
    const auto index = m_shells.indexOf(shell);
    if (index < 0)
        return;
    const QString name = shell->property("name").toString();
    m_bar->setTabToolTip(static_cast<int>(index),
                         title.isEmpty() ? name : name + QStringLiteral(": ") + title);
}

void ContainerShells::closeShell(int index) {
    if (index < 0 || index >= count())
        return;
    Shell* shell = m_shells.takeAt(index);
    const bool hadFocus = shell->isAncestorOf(window()->focusWidget());
    m_stack->removeWidget(shell);
    m_bar->removeTab(index);
    shell->deleteLater();
    showCurrent(m_bar->currentIndex());
    updateButtons();
    if (hadFocus)
        focusContent();
}

Shell* ContainerShells::current() const {
    return m_shells.value(m_bar->currentIndex());
}

void ContainerShells::showCurrent(int) {
    if (Shell* shell = current())
        m_stack->setCurrentWidget(shell);
    else
        m_stack->setCurrentWidget(m_empty);
}

void ContainerShells::focusContent() {
    if (Shell* shell = current())
        shell->setFocus(Qt::OtherFocusReason);
    else
        m_empty->setFocus(Qt::OtherFocusReason);
}

} // namespace escale::gui
