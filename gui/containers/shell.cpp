#include "gui/containers/shell.h"

#include "gui/client/engine_client.h"
#include "gui/client/session.h"
#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/terminal_view.h"
#include "gui/containers/state_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QVBoxLayout>

#include <csignal>
#include <fcntl.h>

namespace escale::gui {
namespace {

constexpr int kKilled = 128 + SIGKILL;
const QString kShell = QStringLiteral("/bin/sh");
// Docker's keys to detach begin with Ctrl+P, which shells use for what was typed before. Nobody types these.
const QString kNoDetachKeys = QStringList(16, QStringLiteral("ctrl-@")).join(QLatin1Char(','));

QStringList commandOf(const ShellRequest& request) {
    if (request.program.isEmpty())
        return {kShell, QStringLiteral("-c"), bestShell()};
    return QProcess::splitCommand(request.program);
}

} // namespace

QString bestShell() {
    return QStringLiteral("exec $(command -v bash || command -v ash || echo sh)");
}

QString shellOutcome(int exitCode) {
    if (exitCode == 0)
        return Shell::tr("The program has ended.");
    dbus::Container like;
    like.state = QStringLiteral("exited");
    like.exitCode = exitCode;
    return Shell::tr("The program has ended: %1.").arg(stateText(like));
}

Error shellError(const Error& error, const ShellRequest& request) {
    if (error.code != ErrorCode::NotFound || !request.program.isEmpty() ||
        error.message.find("/bin/sh") == std::string::npos)
        return error;
    return {
        ErrorCode::NotFound,
        Shell::tr("This image has no shell: there is no /bin/sh in it.").toStdString(),
        Shell::tr(
            "A debug terminal brings a shell and tools along, in a container beside this one, which stays "
            "as it is. Or name another program of the image under Options.")
            .toStdString(),
        {}};
}

Shell::Shell(EngineClient& client, const QString& container, const ShellRequest& request, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_container(container)
    , m_request(request)
    , m_view(new TerminalView(this))
    , m_error(new ErrorBanner(this))
    , m_outcomeRow(new QWidget(this))
    , m_outcome(label({}, "muted", m_outcomeRow))
    , m_again(new QPushButton(tr("Start again"), m_outcomeRow)) {
    m_view->setObjectName(QStringLiteral("shell.view"));
    m_outcome->setObjectName(QStringLiteral("shell.outcome"));
    m_again->setObjectName(QStringLiteral("shell.again"));
    auto* row = new QHBoxLayout(m_outcomeRow);
    row->setContentsMargins(12, 6, 12, 8);
    row->addWidget(m_outcome, 1);
    row->addWidget(m_again);
    m_outcomeRow->hide();
    connect(m_again, &QPushButton::clicked, this, [this] {
        m_view->setFocus(Qt::OtherFocusReason);
        again();
    });
    m_view->setAlive(false);
    setFocusProxy(m_view);
    auto* margin = new QVBoxLayout;
    margin->setContentsMargins(12, 8, 12, 0);
    margin->addWidget(m_error);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(margin);
    column->addWidget(m_view, 1);
    column->addWidget(m_outcomeRow);
    connect(&m_view->screen(), &TerminalScreen::output, this, &Shell::typed);
    connect(&m_view->screen(), &TerminalScreen::titleChanged, this, &Shell::titleChanged);
    connect(m_view, &TerminalView::sizeChanged, this, [this](const QSize& size) {
        if (m_session != nullptr && m_request.terminal)
            m_session->resize(size);
    });
    connect(m_view, &TerminalView::pressedWhileDead, this, [this](int key) {
        if (key == Qt::Key_Return || key == Qt::Key_Enter)
            again();
    });
}

Shell::~Shell() {
    // The session's last words have nobody to hear them any more.
    if (m_session != nullptr)
        m_session->disconnect(this);
}

QString Shell::outcome() const {
    return m_outcomeRow->isHidden() ? QString() : m_outcome->text();
}

void Shell::again() {
    if (m_request.kind != ShellRequest::Kind::Debug)
        start();
    else if (m_session == nullptr && !m_targetStopped)
        Q_EMIT debugRequested();
}

void Shell::start() {
    if (m_session != nullptr || m_starting)
        return;
    m_starting = true;
    m_error->dismiss();
    m_outcomeRow->hide();
    if (m_request.kind == ShellRequest::Kind::Exec)
        exec();
    else
        attach();
}

void Shell::exec() {
    const QSize size = m_view->screen().size();
    QVariantMap options{{QStringLiteral("tty"), true},
                        {QStringLiteral("stdin"), true},
                        {QStringLiteral("detach-keys"), kNoDetachKeys},
                        {QStringLiteral("environment"), QStringList{QStringLiteral("COLORTERM=truecolor")}},
                        {QStringLiteral("rows"), QVariant::fromValue(static_cast<ushort>(size.height()))},
                        {QStringLiteral("columns"), QVariant::fromValue(static_cast<ushort>(size.width()))}};
    if (!m_request.user.isEmpty())
        options.insert(QStringLiteral("user"), m_request.user);
    if (!m_request.folder.isEmpty())
        options.insert(QStringLiteral("workdir"), m_request.folder);
    m_client.exec(m_container, commandOf(m_request), options, this,
                  [this](const Result<ExecSession>& started) {
                      if (!started)
                          return takeFailure(started.error());
                      take(started->socket.fileDescriptor());
                  });
}

void Shell::attach() {
    const bool debug = m_request.kind == ShellRequest::Kind::Debug;
    const QVariantMap options =
        debug ? QVariantMap{{QStringLiteral("detach-keys"), kNoDetachKeys}} : QVariantMap();
    m_client.attach(debug ? m_request.debugger : m_container, options, this,
                    [this](const Result<QDBusUnixFileDescriptor>& socket) {
                        if (!socket)
                            return takeFailure(socket.error());
                        take(socket->fileDescriptor());
                    });
}

void Shell::take(int descriptor) {
    // QDBusUnixFileDescriptor closes its own.
    UniqueFd socket(::fcntl(descriptor, F_DUPFD_CLOEXEC, 3));
    if (!socket)
        return takeFailure(systemError("cannot keep the session open"));
    use(std::make_unique<Session>(std::move(socket)));
}

void Shell::takeFailure(const Error& error) {
    m_starting = false;
    const Error told = shellError(error, m_request);
    if (m_request.kind == ShellRequest::Kind::Debug)
        m_error->show(told, tr("Open the debug terminal"), tr("Open another"), [this] { again(); });
    else if (m_request.kind == ShellRequest::Kind::Exec && told.message != error.message)
        m_error->show(told, tr("Open a shell"), tr("Debug terminal…"), [this] { Q_EMIT debugRequested(); });
    else
        m_error->show(told, m_request.kind == ShellRequest::Kind::Attach ? tr("Attach") : tr("Open a shell"),
                      tr("Try again"), [this] { start(); });
    Q_EMIT stateChanged();
}

void Shell::use(std::unique_ptr<Session> session) {
    m_starting = false;
    m_session = std::move(session);
    m_line = {};
    connect(m_session.get(), &Session::output, this, [this](const QByteArray& bytes) {
        m_view->screen().feed(m_request.terminal ? bytes : LineInput::shown(bytes));
    });
    connect(m_session.get(), &Session::errors, this, [this](const QByteArray& bytes) {
        m_view->screen().feed("\x1b[31m" + LineInput::shown(bytes) + "\x1b[39m");
    });
    connect(m_session.get(), &Session::exited, this, [this](int code) {
        m_killed = code == kKilled;
        if (m_request.kind == ShellRequest::Kind::Debug)
            return endDebug();
        end(m_request.kind == ShellRequest::Kind::Attach
                ? tr("The container's process has ended.")
                : shellOutcome(code) + QLatin1Char(' ') + tr("Enter starts it again."));
    });
    connect(m_session.get(), &Session::detached, this,
            [this] { end(tr("Detached: the process goes on. Enter attaches again.")); });
    connect(m_session.get(), &Session::lost, this, [this] {
        if (m_request.kind == ShellRequest::Kind::Debug)
            return endDebug();
        end(tr("The connection to the container was lost. Enter tries again."));
    });
    if (m_request.terminal)
        m_session->resize(m_view->screen().size());
    m_view->setAlive(true);
    Q_EMIT stateChanged();
}

// Its container is removed with it. The end of the target, whose process namespace it is in, kills it.
void Shell::endDebug() {
    if (m_targetStopped)
        return end(tr("“%1” has stopped, and the debug terminal with it.").arg(m_request.target));
    end(tr("The debug terminal has ended, and its container is removed. Enter opens another one."));
}

// The list tells it before or after the session.
void Shell::targetStopped() {
    if (m_session == nullptr && !m_killed)
        return;
    m_targetStopped = true;
    if (m_session == nullptr) {
        m_outcome->setText(tr("“%1” has stopped, and the debug terminal with it.").arg(m_request.target));
        m_again->hide();
    }
}

void Shell::end(const QString& words) {
    // It is the sender of what brought us here.
    m_session.release()->deleteLater();
    m_view->setAlive(false);
    m_view->screen().recover();
    m_outcome->setText(words);
    m_again->setVisible(!m_targetStopped);
    m_outcomeRow->show();
    Q_EMIT stateChanged();
}

void Shell::typed(const QByteArray& bytes) {
    if (m_session == nullptr)
        return;
    if (m_request.terminal)
        return m_session->send(bytes);
    const LineInput::Step step = m_line.type(bytes);
    m_view->screen().feed(step.echo);
    m_session->send(step.line);
    if (step.ended)
        m_session->endInput();
}

} // namespace escale::gui
