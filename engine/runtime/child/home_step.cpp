// HOME from the container's /etc/passwd (passwd(5)). The file is the container's: it may be anything, as long
// as it likes, and say anything.
#include "engine/runtime/child/context.h"

#include <csignal>
#include <linux/limits.h>
#include <linux/prctl.h>

namespace escale::child {
namespace {

using sys::call;

constexpr long kMostBytes = 1 << 20; // what lies behind is not looked at

// The line's part between the colons `index` and `index + 1`; null when there are not so many.
const char* field(const char* line, const char* end, int index, const char*& fieldEnd) {
    const char* begin = line;
    for (; index > 0; --index) {
        while (begin != end && *begin != ':')
            ++begin;
        if (begin == end)
            return nullptr;
        ++begin;
    }
    fieldEnd = begin;
    while (fieldEnd != end && *fieldEnd != ':')
        ++fieldEnd;
    return begin;
}

bool isNumber(const char* begin, const char* end, std::uint32_t wanted) {
    std::uint64_t value = 0;
    for (const char* digit = begin; digit != end; ++digit) {
        if (*digit < '0' || *digit > '9' || value > UINT32_MAX)
            return false;
        value = value * 10 + static_cast<std::uint64_t>(*digit - '0');
    }
    return begin != end && value == wanted;
}

// Copies an absolute path behind the "HOME=" that the buffer begins with.
void takeHome(const char* home, const char* end, char* buffer) {
    if (home == end || *home != '/' || end - home >= PATH_MAX)
        return;
    char* out = buffer + 5;
    while (home != end && *home != '\0')
        *out++ = *home++;
    *out = '\0';
}

// True when it is the user's line.
bool readLine(const char* line, const char* end, std::uint32_t uid, char* buffer) {
    const char* partEnd = nullptr;
    const char* part = field(line, end, 2, partEnd);
    if (part == nullptr || !isNumber(part, partEnd, uid))
        return false;
    part = field(line, end, 5, partEnd);
    if (part != nullptr)
        takeHome(part, partEnd, buffer);
    return true;
}

void scan(int fd, std::uint32_t uid, char* buffer) {
    char text[8192];
    long held = 0;
    bool tooLong = false; // in a line that did not fit: its rest is skipped
    for (long total = 0; total < kMostBytes;) {
        const long got = call(SYS_read, fd, text + held, sizeof text - static_cast<unsigned long>(held));
        if (got <= 0) {
            if (!tooLong)
                readLine(text, text + held, uid, buffer); // a last line without its end
            return;
        }
        total += got;
        held += got;
        long begin = 0;
        for (long i = held - got; i < held; ++i) {
            if (text[i] != '\n')
                continue;
            if (!tooLong && readLine(text + begin, text + i, uid, buffer))
                return;
            tooLong = false;
            begin = i + 1;
        }
        if (begin == 0 && held == static_cast<long>(sizeof text)) {
            tooLong = true;
            begin = held;
        }
        for (long i = begin; i < held; ++i)
            text[i - begin] = text[i];
        held -= begin;
    }
}

} // namespace

int findHome(const Step& step) {
    // The file may be served by a process of the container that never answers: we end with our parent then.
    call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    // Without O_NONBLOCK a FIFO would hold us here.
    const int fd =
        sys::openAt2(AT_FDCWD, "/etc/passwd", O_RDONLY | O_NONBLOCK | O_NOCTTY, RESOLVE_NO_MAGICLINKS);
    if (fd >= 0) {
        struct stat info {};
        if (call(SYS_fstat, fd, &info) >= 0 && S_ISREG(info.st_mode))
            scan(fd, step.uid, step.buffer);
        call(SYS_close, fd);
    }
    call(SYS_prctl, PR_SET_PDEATHSIG, 0, 0, 0, 0);
    return 0;
}

} // namespace escale::child
