#include "engine/base/tree_remover.h"

#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/base/thread.h"

namespace escale {

TreeRemover::~TreeRemover() {
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    if (m_thread.joinable())
        m_thread.join();
}

void TreeRemover::remove(std::string path) {
    std::unique_lock lock(m_mutex);
    m_paths.push_back(std::move(path));
    if (m_runs)
        return;
    if (m_thread.joinable())
        m_thread.join(); // it has ended, or is about to
    auto started = startThread([this] { run(); });
    if (!started) {
        m_runs = true;
        lock.unlock();
        run();
        return;
    }
    m_runs = true;
    m_thread = *std::move(started);
}

void TreeRemover::run() {
    std::unique_lock lock(m_mutex);
    while (!m_paths.empty() && !m_ends) {
        const std::string path = m_paths.front();
        lock.unlock();
        if (const auto removed = removeTree(path); !removed)
            logWarning(removed.error().text());
        lock.lock();
        m_paths.pop_front();
    }
    m_runs = false;
    m_changed.notify_all();
}

void TreeRemover::wait() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_runs; });
}

} // namespace escale
