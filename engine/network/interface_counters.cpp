#include "engine/network/interface_counters.h"

#include "engine/base/file.h"
#include "engine/network/network_namespace.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <unistd.h>

namespace escale {

InterfaceCounters InterfaceCounters::reversed() const {
    return {sentBytes,     sentPackets,     sendErrors,    sendDrops,
            receivedBytes, receivedPackets, receiveErrors, receiveDrops};
}

static bool takeNumber(std::string_view& text, std::uint64_t& value) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc();
}

// "  eth0: bytes packets errs drop fifo frame compressed multicast bytes packets errs drop …" a line.
void parseInterfaceCounters(std::string_view text, const InterfaceCountersFile::Taker& take) {
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos)
            continue; // the head
        const std::string_view name = line.substr(0, colon);
        line.remove_prefix(colon + 1);
        std::array<std::uint64_t, 12> numbers{};
        bool whole = true;
        for (std::uint64_t& number : numbers)
            whole = whole && takeNumber(line, number);
        if (whole)
            take(name, {numbers[0], numbers[1], numbers[2], numbers[3], numbers[8], numbers[9], numbers[10],
                        numbers[11]});
    }
}

Result<InterfaceCountersFile> InterfaceCountersFile::open() {
    InterfaceCountersFile counters;
    TRY_ASSIGN(counters.m_file, openFile("/proc/self/net/dev", O_RDONLY));
    return counters;
}

Result<InterfaceCountersFile> InterfaceCountersFile::openIn(int netns) {
    InterfaceCountersFile counters;
    // The file stays with the namespace of the thread that has opened it.
    TRY(runInNetworkNamespace(netns, [&]() -> Result<void> {
        TRY_ASSIGN(counters.m_file, openFile("/proc/thread-self/net/dev", O_RDONLY));
        return {};
    }));
    return counters;
}

// In pieces: the kernel hands out a page at a time, and may begin the next one behind a line that has come or
// gone.
Result<void> InterfaceCountersFile::read(const Taker& take) {
    constexpr std::size_t kPiece = 64 * 1024;
    std::size_t used = 0;
    for (;;) {
        if (m_text.size() < used + kPiece)
            m_text.resize(used + kPiece);
        const auto got = ::pread(m_file.get(), m_text.data() + used, kPiece, static_cast<off_t>(used));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failErrno("cannot read the interfaces' counters");
        if (got == 0)
            break;
        used += static_cast<std::size_t>(got);
    }
    parseInterfaceCounters(std::string_view(m_text).substr(0, used), take);
    return {};
}

} // namespace escale
