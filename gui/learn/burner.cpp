#include "gui/learn/burner.h"

#include "gui/client/engine_client.h"
#include "gui/client/session.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace escale::gui {

static constexpr auto kProgram = "/bin/burn";

Burner::Burner(EngineClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client) {}

Burner::~Burner() = default;

static QString wordOf(PressKind kind) {
    switch (kind) {
    case PressKind::Cpu:
        return QStringLiteral("cpu");
    case PressKind::Memory:
        return QStringLiteral("memory");
    case PressKind::Processes:
        return QStringLiteral("pids");
    case PressKind::Disk:
        break;
    }
    return QStringLiteral("io");
}

void Burner::look(const QString& container, QObject* guard, const std::function<void(bool)>& answer) {
    m_client.statFile({FilesPlace::Kind::Container, container}, QString::fromLatin1(kProgram), {}, guard,
                      [answer](const Result<dbus::FileEntry>& file) {
                          answer(file && S_ISREG(file->mode) && (file->mode & S_IXOTH) != 0);
                      });
}

void Burner::start(const QString& container, PressKind kind) {
    if (m_isRunning)
        return;
    m_isRunning = true;
    m_client.exec(container, {QString::fromLatin1(kProgram), wordOf(kind)}, {{QStringLiteral("tty"), true}},
                  this, [this, number = ++m_number](const Result<ExecSession>& begun) {
                      if (number != m_number)
                          return; // its socket closes, which hangs up
                      if (!begun) {
                          Q_EMIT failed(begun.error());
                          return finish();
                      }
                      m_session = std::make_unique<Session>(
                          UniqueFd(::fcntl(begun->socket.fileDescriptor(), F_DUPFD_CLOEXEC, 0)));
                      connect(m_session.get(), &Session::exited, this, &Burner::finish);
                      connect(m_session.get(), &Session::lost, this, &Burner::finish);
                  });
}

void Burner::stop() {
    ++m_number;
    if (m_isRunning)
        finish();
}

void Burner::finish() {
    if (m_session) {
        m_session->disconnect(this);
        m_session->close();
        m_session.release()->deleteLater(); // it may be what calls
    }
    m_isRunning = false;
    Q_EMIT ended();
}

} // namespace escale::gui
