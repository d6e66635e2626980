#include "engine/runtime/lifecycle/time_namespace.h"

#include "engine/base/file.h"
#include "engine/base/procfs.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>

namespace escale {
namespace {

std::string offsetText(const std::vector<spec::TimeOffset>& offsets) {
    std::string text;
    for (const auto& one : offsets)
        text += one.clock + " " + std::to_string(one.seconds) + " " + std::to_string(one.nanoseconds) + "\n";
    return text;
}

Result<void> writeOffsets(const std::vector<spec::TimeOffset>& offsets) {
    if (offsets.empty())
        return {};
    auto written = writeProcfs("self/timens_offsets", offsetText(offsets));
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
    TRY_ASSIGN(m_own, openFile("/proc/self/ns/time", O_RDONLY));
    if (::unshare(CLONE_NEWTIME) != 0)
        return failErrno("cannot make a time namespace");
    return writeOffsets(spec.timeOffsets);
}

TimeNamespace::~TimeNamespace() {
    if (m_own)
        enterNamespace(m_own.get(), CLONE_NEWTIME);
}

} // namespace escale
