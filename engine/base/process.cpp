#include "engine/base/process.h"

#include "engine/base/file.h"

#include <charconv>
#include <csignal>
#include <cstring>
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

Result<std::uint64_t> processStartTime(pid_t pid) {
    const auto stat = readFile("/proc/" + std::to_string(pid) + "/stat", 4096);
    if (!stat)
        return fail(ErrorCode::NotFound, "no process " + std::to_string(pid));
    // The second field, the name in parentheses, may hold anything: count from the last parenthesis.
    std::size_t position = stat->rfind(')');
    if (position == std::string::npos || position + 2 >= stat->size())
        return fail(ErrorCode::Internal, "cannot read the state of process " + std::to_string(pid));
    if (const char state = (*stat)[position + 2]; state == 'Z' || state == 'X')
        return fail(ErrorCode::NotFound, "process " + std::to_string(pid) + " has ended");
    for (int field = 2; field < 22 && position != std::string::npos; ++field)
        position = stat->find(' ', position + 1);
    std::uint64_t value = 0;
    if (position == std::string::npos ||
        std::from_chars(stat->data() + position + 1, stat->data() + stat->size(), value).ec != std::errc())
        return fail(ErrorCode::Internal, "cannot read the start time of process " + std::to_string(pid));
    return value;
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
