#include "engine/runtime/lifecycle/time_namespace.h"

#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/base/procfs.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>

namespace escale {
namespace {

std::string offsetText(const std::vector<spec::TimeOffset>& offsets) {
    std::string text;
    for (const auto& one : offsets)
        text += (text.empty() ? "" : "\n") + one.clock + " " + std::to_string(one.seconds) + " " +
                std::to_string(one.nanoseconds);
    return text;
}

Result<void> writeOffsets(const std::vector<spec::TimeOffset>& offsets) {
    if (offsets.empty())
        return {};
    auto written = writeProcfs("self/timens_offsets", offsetText(offsets) + "\n");
    if (written)
        return {};
    auto error = std::move(written).error().prefixed("linux.timeOffsets");
    if (error.code == ErrorCode::PermissionDenied)
        error.hint = "Setting a clock takes the capability CAP_SYS_TIME, which this process has not";
    else
        error.hint = "A clock can neither be set before the machine's start nor some hundred years ahead";
    return fail(std::move(error));
}

} // namespace

Result<std::int64_t> childrensClock() {
    TRY_ASSIGN(const std::string text, readFile("/proc/self/timens_offsets"));
    long long seconds = 0;
    long long nanoseconds = 0;
    if (std::sscanf(text.c_str(), "monotonic %lld %lld", &seconds, &nanoseconds) != 2)
        return fail(ErrorCode::SystemFailure,
                    "/proc/self/timens_offsets does not begin with the monotonic clock");
    return std::int64_t{1'000'000'000} * seconds + nanoseconds;
}

int enterNamespace(int file, int flag) {
    int result = -1;
    for (int attempt = 0; attempt < 1000; ++attempt) {
        result = ::setns(file, flag);
        if (result == 0 || errno != EUSERS)
            break;
        ::sched_yield();
    }
    return result;
}

Result<void> TimeNamespace::make(const spec::Spec& spec) {
    if (!spec.makesNamespace(CLONE_NEWTIME))
        return {};
    MadeNow step;
    TRY_ASSIGN(m_own, openFile("/proc/self/ns/time", O_RDONLY));
    if (::unshare(CLONE_NEWTIME) != 0)
        return failErrno("cannot make a time namespace");
    TRY(writeOffsets(spec.timeOffsets));
    step.done("timens-create", {{"offsets", offsetText(spec.timeOffsets)}});
    return {};
}

TimeNamespace::~TimeNamespace() {
    if (m_own)
        enterNamespace(m_own.get(), CLONE_NEWTIME);
}

} // namespace escale
