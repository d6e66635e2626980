// Cgroup::freeze and frozen: v1's freezer controller (freezer-subsystem.rst) and v2's cgroup.freeze
// (cgroup-v2.rst, since Linux 5.2).
#include "engine/base/file.h"
#include "engine/cgroup/cgroup.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::chrono::seconds kPatience{10};

Error refuses(const std::string& directory) {
    return Error{ErrorCode::Timeout,
                 "the processes of the cgroup " + directory + " do not stop within ten seconds",
                 "One may wait for a disk or a network file system; try again",
                 {}};
}

bool isFrozenV2(const std::string& events) {
    const auto words = splitWords(events);
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
        if (words[i] == "frozen")
            return words[i + 1] == "1";
    }
    return false;
}

Result<void> writeState(const std::string& file, const char* value) {
    auto written = writeExisting(file, value);
    if (!written && written.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::WrongState, "the cgroup of the container is gone: " + file + " is missing");
    return written;
}

// The kernel tells a change of cgroup.events by POLLPRI.
Result<void> freezeV2(const std::string& directory, bool frozen) {
    TRY_ASSIGN(const auto events, openFile(directory + "/cgroup.events", O_RDONLY));
    TRY(writeState(directory + "/cgroup.freeze", frozen ? "1" : "0"));
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
        if (::lseek(events.get(), 0, SEEK_SET) != 0)
            return failErrno("cannot read " + directory + "/cgroup.events");
        TRY_ASSIGN(const std::string text, readFd(events.get()));
        if (isFrozenV2(text) == frozen)
            return {};
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            return fail(refuses(directory));
        pollfd change{events.get(), POLLPRI, 0};
        if (::poll(&change, 1, static_cast<int>(left.count())) < 0 && errno != EINTR)
            return failErrno("cannot wait for " + directory + "/cgroup.events");
    }
}

// v1 tells nobody: look again. A process that forks at the wrong moment keeps the state at FREEZING until it
// is written once more.
Result<void> freezeV1(const std::string& directory, bool frozen) {
    const std::string file = directory + "/freezer.state";
    const std::string wanted = frozen ? "FROZEN" : "THAWED";
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    for (auto pause = std::chrono::microseconds(100);;
         pause = std::min(pause * 2, std::chrono::microseconds(20000))) {
        TRY(writeState(file, wanted.c_str()));
        TRY_ASSIGN(const std::string state, readFile(file));
        if (state.starts_with(wanted))
            return {};
        if (std::chrono::steady_clock::now() > deadline)
            return fail(refuses(directory));
        std::this_thread::sleep_for(pause);
    }
}

} // namespace

Result<void> Cgroup::freeze(bool frozen) const {
    const auto* hierarchy = m_layout.find("freezer");
    if (hierarchy == nullptr)
        hierarchy = m_layout.unified();
    if (hierarchy == nullptr)
        return fail(ErrorCode::Unsupported, "this machine has no freezer: containers cannot be paused",
                    "Enable the freezer controller, or cgroup v2, in the kernel");
    const auto set = hierarchy->version == 2 ? freezeV2 : freezeV1;
    auto done = set(directory(*hierarchy), frozen);
    if (!done && frozen && done.error().code == ErrorCode::Timeout) {
        // All or none: half of a container's processes stopped is nobody's wish.
        if (const auto thawed = set(directory(*hierarchy), false); !thawed)
            done.error().addCause(thawed.error());
    }
    return done;
}

Result<bool> Cgroup::frozen() const {
    const auto* hierarchy = m_layout.find("freezer");
    if (hierarchy == nullptr)
        hierarchy = m_layout.unified();
    if (hierarchy == nullptr)
        return false;
    const bool unified = hierarchy->version == 2;
    const auto text = readFile(directory(*hierarchy) + (unified ? "/cgroup.events" : "/freezer.state"));
    if (!text)
        return text.error().code == ErrorCode::NotFound ? Result<bool>(false) : fail(text.error());
    return unified ? isFrozenV2(*text) : !text->starts_with("THAWED");
}

} // namespace escale
