// One terminal in a container: a process of its own (exec), the container's first process (attach), or that
// of a container beside it (debug_terminal.h). Says in words how it ended, and begins again when Enter is
// pressed. Closing it hangs up.
#pragma once

#include "engine/base/error.h"
#include "gui/common/line_input.h"

#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;

namespace escale::gui {

class EngineClient;
class ErrorBanner;
class Session;
class TerminalView;

/// What is to run. Empty texts: the image's shell, the image's user and folder.
struct ShellRequest {
    enum class Kind { Exec, Attach, Debug };
    Kind kind = Kind::Exec;
    QString program, user, folder;
    QString debugger;     // Debug: the container that is attached to
    QString target;       // Debug: the container's name, for the words
    bool terminal = true; // an attached container may have none
    bool operator==(const ShellRequest&) const = default;
};

class Shell : public QWidget {
    Q_OBJECT
public:
    Shell(EngineClient& client, const QString& container, const ShellRequest& request,
          QWidget* parent = nullptr);
    ~Shell() override;

    /// Also begins again one that has ended.
    void start();
    /// Takes an open session as if the engine had just given it.
    void use(std::unique_ptr<Session> session);
    [[nodiscard]] bool isRunning() const { return m_session != nullptr; }
    [[nodiscard]] const ShellRequest& request() const { return m_request; }
    [[nodiscard]] TerminalView& view() { return *m_view; }
    /// Of a debug terminal: its target runs no more, which ends it, too.
    void targetStopped();
    /// How it ended, in words; empty while it runs.
    [[nodiscard]] QString outcome() const;

Q_SIGNALS:
    void titleChanged(const QString& title);
    void stateChanged();
    /// A debug terminal is wanted in its place: the image has no shell, or one has ended, of which nothing is
    /// left to begin again.
    void debugRequested();

private:
    void exec();
    void attach();
    void take(int descriptor);
    void takeFailure(const Error& error);
    void end(const QString& words);
    void endDebug();
    void again();
    void typed(const QByteArray& bytes);

    EngineClient& m_client;
    QString m_container;
    ShellRequest m_request;
    TerminalView* m_view;
    ErrorBanner* m_error;
    QWidget* m_outcomeRow;
    QLabel* m_outcome;
    QPushButton* m_again;
    std::unique_ptr<Session> m_session;
    LineInput m_line; // where there is no terminal
    bool m_starting = false;
    bool m_targetStopped = false;
    bool m_killed = false; // Debug: as the end of its target does
};

/// A script that becomes the best shell of the image, for `sh -c`.
QString bestShell();
/// "The shell has ended.", "The shell was killed by SIGKILL (137)."
QString shellOutcome(int exitCode);
/// What to say when the engine could not execute it: an image without a shell gets a sentence of its own.
Error shellError(const Error& error, const ShellRequest& request);

} // namespace escale::gui
