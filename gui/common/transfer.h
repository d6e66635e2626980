// Long work on files on a thread of its own, so that the window never waits: it counts bytes, can be
// cancelled, and its outcome arrives on the GUI thread. GUI thread but for Control.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace escale::gui {

class Transfer : public QObject {
    Q_OBJECT
public:
    /// What the work and its owner share.
    struct Control {
        Cancellation cancellation;
        std::atomic<quint64> bytes = 0;
        std::atomic<quint64> total = 0; // 0: unknown
    };
    using Work = std::function<Result<void>(Control& control)>;
    using Done = std::function<void(const Result<void>& outcome)>;

    using QObject::QObject;
    /// Cancels and waits for the work's end; `done` is not called then.
    ~Transfer() override;
    /// One at a time. `done` is called exactly once, when the work has ended; it may start the next one.
    void start(Work work, Done done);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_done != nullptr; }
    [[nodiscard]] quint64 bytes() const { return m_control ? m_control->bytes.load() : 0; }
    [[nodiscard]] quint64 total() const { return m_control ? m_control->total.load() : 0; }

private:
    void finish(const Result<void>& outcome);

    std::shared_ptr<Control> m_control;
    std::thread m_thread;
    Done m_done;
};

} // namespace escale::gui
