// What went through the interfaces of a network namespace: proc_net(5), /proc/net/dev. One read tells of all,
// several times faster than asking for each.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace escale {

/// Since the interface was made.
struct InterfaceCounters {
    std::uint64_t receivedBytes = 0, receivedPackets = 0, receiveErrors = 0, receiveDrops = 0;
    std::uint64_t sentBytes = 0, sentPackets = 0, sendErrors = 0, sendDrops = 0;

    /// As the other end of a veth pair counts.
    [[nodiscard]] InterfaceCounters reversed() const;
};

class InterfaceCountersFile {
public:
    /// The process's own namespace: what its bridges' endpoints count, from the other side.
    static Result<InterfaceCountersFile> open();
    /// A container's, where the endpoints of macvlan and ipvlan are. The file keeps that namespace alive.
    static Result<InterfaceCountersFile> openIn(int netns);
    using Taker = std::function<void(std::string_view name, const InterfaceCounters& counters)>;
    Result<void> read(const Taker& take);

private:
    UniqueFd m_file;
    std::string m_text; // kept for the next time
};

/// What `text`, the content of that file, tells. Lines that are none are passed over.
void parseInterfaceCounters(std::string_view text, const InterfaceCountersFile::Taker& take);

} // namespace escale
