// Removes folders with all that is in them on a thread of its own, one after the other: for what is nobody's
// any more, and whose removal nobody shall wait for. What is still to be removed when the process ends stays,
// so it must lie where the next start tidies up. Thread-safe.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace escale {

class TreeRemover {
public:
    TreeRemover() = default;
    TreeRemover(const TreeRemover&) = delete;
    TreeRemover& operator=(const TreeRemover&) = delete;
    /// Waits for the one in hand; the others stay.
    ~TreeRemover();
    /// A failure is logged. Where no thread can be had it is removed at once.
    void remove(std::string path);
    /// Until there is nothing to remove.
    void wait();

private:
    void run();
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::string> m_paths; // the first one is in hand
    bool m_ends = false;
    std::thread m_thread; // as long as there are paths; joined by the next one
    bool m_runs = false;
};

} // namespace escale
