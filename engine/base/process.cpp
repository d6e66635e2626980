#include "engine/base/process.h"

#include "engine/base/file.h"

#include <array>
#include <charconv>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {
namespace {

/// -1 when the text is no number from 0 to INT_MAX.
int numberFrom(std::string_view digits) {
    int value = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? value : -1;
}

/// "RTMIN", "RTMIN+3", "RTMAX-1"; -1 when it is none of them.
int realTimeSignal(std::string_view name) {
    const bool fromMin = name.starts_with("RTMIN");
    if (!fromMin && !name.starts_with("RTMAX"))
        return -1;
    const int end = fromMin ? SIGRTMIN : SIGRTMAX;
    if (name.size() == 5)
        return end;
    const int offset = name[5] == (fromMin ? '+' : '-') ? numberFrom(name.substr(6)) : -1;
    if (offset < 0 || offset > SIGRTMAX - SIGRTMIN)
        return -1;
    return fromMin ? end + offset : end - offset;
}

int namedSignal(std::string_view name) {
    for (int number = 1; number < SIGRTMIN; ++number) {
        const char* known = ::sigabbrev_np(number);
        if (known != nullptr && name == known)
            return number;
    }
    return realTimeSignal(name);
}

} // namespace

Result<UniqueFd> openPidFd(pid_t pid) {
    UniqueFd fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (!fd)
        return failErrno("cannot open process " + std::to_string(pid));
    return fd;
}

bool hasProcessEnded(int pidFd) {
    pollfd ended{pidFd, POLLIN, 0};
    return ::poll(&ended, 1, 0) > 0;
}

Result<ProcessStat> parseProcessStat(std::string_view text) {
    const auto malformed = [] { return fail(ErrorCode::Internal, "cannot read the state of a process"); };
    // The second field, the name in parentheses, may hold anything: count from the last parenthesis.
    const auto open = text.find('(');
    const auto close = text.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open ||
        close + 2 >= text.size())
        return malformed();
    ProcessStat stat;
    stat.name = text.substr(open + 1, close - open - 1);
    stat.state = text[close + 2];
    // From field 4 on; the last one that is asked for is 24. One before the start is negative, which is as
    // good as any number that is not used.
    std::array<std::int64_t, 25> fields{};
    std::size_t position = close + 3;
    for (std::size_t field = 4; field < fields.size(); ++field) {
        if (position >= text.size() || text[position] != ' ')
            return malformed();
        const auto [next, error] =
            std::from_chars(text.data() + position + 1, text.data() + text.size(), fields[field]);
        if (error != std::errc())
            return malformed();
        position = static_cast<std::size_t>(next - text.data());
    }
    stat.parent = static_cast<pid_t>(fields[4]);
    stat.terminal = static_cast<std::uint32_t>(fields[7]);
    stat.userTicks = static_cast<std::uint64_t>(fields[14]);
    stat.systemTicks = static_cast<std::uint64_t>(fields[15]);
    stat.startTicks = static_cast<std::uint64_t>(fields[22]);
    stat.residentPages = fields[24];
    return stat;
}

Result<std::uint64_t> processStartTime(pid_t pid) {
    const auto text = readFile("/proc/" + std::to_string(pid) + "/stat", 4096);
    if (!text)
        return fail(ErrorCode::NotFound, "no process " + std::to_string(pid));
    auto stat = parseProcessStat(*text);
    if (!stat)
        return fail(std::move(stat).error().prefixed("process " + std::to_string(pid)));
    if (stat->state == 'Z' || stat->state == 'X')
        return fail(ErrorCode::NotFound, "process " + std::to_string(pid) + " has ended");
    return stat->startTicks;
}

Result<int> parseSignal(std::string_view text) {
    int number = numberFrom(text);
    if (number < 0)
        number = namedSignal(text.starts_with("SIG") ? text.substr(3) : text);
    if (number < 1 || number > SIGRTMAX)
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(text) + "\" is not a signal",
                    "Give a name as SIGTERM or a number between 1 and " + std::to_string(SIGRTMAX) + ".");
    return number;
}

} // namespace escale
