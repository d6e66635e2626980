// Somebody who shares a folder with a container and exchanges two of its entries as fast as the kernel can,
// while the runtime works with their paths.
#pragma once

#include <atomic>
#include <string>
#include <thread>

namespace escale::test {

/// From the first moment until the end of the object; renameat2(2) with RENAME_EXCHANGE, so that there is
/// always one of the two.
class Exchanger {
public:
    Exchanger(std::string one, std::string other);
    Exchanger(const Exchanger&) = delete;
    Exchanger& operator=(const Exchanger&) = delete;
    ~Exchanger();

    /// How often it has happened, always an even number of times once it is over.
    [[nodiscard]] long count() const { return m_count; }
    /// Both have their own names again.
    void stop();

private:
    std::atomic<long> m_count = 0;
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

} // namespace escale::test
