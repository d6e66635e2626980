#include "gui/common/transfer.h"

#include "engine/base/thread.h"

#include <csignal>

namespace escale::gui {

// A pipe whose reader has gone is an error of the write here, not the end of the program. The signal is one
// of the thread's own and goes with it.
static void ignoreBrokenPipes() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

Transfer::~Transfer() {
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void Transfer::start(Work work, Done done) {
    Q_ASSERT(!isRunning());
    if (m_thread.joinable())
        m_thread.join();
    m_control = std::make_shared<Control>();
    m_done = std::move(done);
    Result<std::thread> thread = startThread([this, control = m_control, work = std::move(work)] {
        ignoreBrokenPipes();
        const Result<void> outcome = work(*control);
        // Dropped when this object is gone: the destructor has waited for the thread.
        QMetaObject::invokeMethod(
            this, [this, outcome] { finish(outcome); }, Qt::QueuedConnection);
    });
    if (thread)
        m_thread = std::move(*thread);
    else
        QMetaObject::invokeMethod(
            this, [this, error = thread.error()] { finish(fail(error)); }, Qt::QueuedConnection);
}

void Transfer::cancel() {
    if (m_control)
        m_control->cancellation.cancel();
}

void Transfer::finish(const Result<void>& outcome) {
    if (m_thread.joinable())
        m_thread.join();
    if (const Done done = std::exchange(m_done, nullptr))
        done(outcome);
}

} // namespace escale::gui
