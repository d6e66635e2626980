// Presses against a limit inside a container: runs the demo image's burn (resources/demo/burn.sh) by exec,
// and hangs up when that is to end. GUI thread.
#pragma once

#include "gui/client/call.h"
#include "gui/learn/press_story.h"

#include <memory>

namespace escale::gui {

class EngineClient;
class Session;

class Burner : public QObject {
    Q_OBJECT
public:
    explicit Burner(EngineClient& client, QObject* parent = nullptr);
    ~Burner() override;

    /// Whether the container has the program.
    void look(const QString& container, QObject* guard, const std::function<void(bool)>& answer);
    /// Ends by itself after half a minute. One at a time.
    void start(const QString& container, PressKind kind);
    /// The processes in the container are ended by the hang-up of their terminal.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    /// It has ended, by itself or by stop().
    void ended();
    void failed(const escale::Error& error);

private:
    void finish();

    EngineClient& m_client;
    std::unique_ptr<Session> m_session;
    bool m_isRunning = false;
    int m_number = 0; // answers of earlier starts are stale
};

} // namespace escale::gui
