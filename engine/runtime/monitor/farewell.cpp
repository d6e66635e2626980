#include "engine/runtime/monitor/farewell.h"

#include "engine/base/making.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/monitor/container_input.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace escale {
namespace {

std::int64_t nowMilliseconds() {
    return monotonicNanoseconds() / 1'000'000;
}

bool isAnybodyThere(const Sessions& sessions) {
    return std::any_of(sessions.begin(), sessions.end(), [](const Session& one) { return one.isOpen(); });
}

// Neither the container's pipes, terminal and log stay open, nor the socket where more clients connect.
void keepSocketsOnly(const Sessions& sessions) {
    constexpr auto kNone = ~0U; // also the number of a session that is closed
    for (unsigned first = STDERR_FILENO + 1;;) {
        unsigned kept = kNone;
        for (const Session& session : sessions) {
            const auto fd = static_cast<unsigned>(session.fd());
            kept = fd >= first ? std::min(kept, fd) : kept;
        }
        if (kept != first)
            sys::closeRange(first, kept == kNone ? kNone : kept - 1, 0);
        if (kept == kNone)
            return;
        first = kept + 1;
    }
}

// Until something happens, or the first of them has waited too long.
void pollSessions(const Farewell& farewell, std::array<pollfd, kMostSessions>& polled) {
    const auto now = nowMilliseconds();
    std::int64_t left = farewell.patience;
    polled.fill({-1, 0, 0});
    for (std::size_t i = 0; i < kMostSessions; ++i) {
        const Session& session = farewell.sessions.at(i);
        if (!session.isOpen())
            continue;
        polled.at(i) = {session.fd(), POLLIN | POLLOUT, 0};
        left = std::min(left, farewell.patience - session.stalledFor(now));
    }
    if (::poll(polled.data(), polled.size(), static_cast<int>(std::max<std::int64_t>(left, 0) + 1)) < 0)
        polled.fill({-1, 0, 0}); // interrupted
}

void awaitClients(const Farewell& farewell) {
    while (isAnybodyThere(farewell.sessions)) {
        std::array<pollfd, kMostSessions> polled{};
        pollSessions(farewell, polled);
        const auto now = nowMilliseconds();
        for (std::size_t i = 0; i < kMostSessions; ++i) {
            Session& session = farewell.sessions.at(i);
            if ((polled.at(i).revents & POLLOUT) != 0)
                session.flush(now);
            if (session.isOpen() && (polled.at(i).revents & ~POLLOUT) != 0)
                session.receive(farewell.input, now);
            if (session.isOpen() && session.stalledFor(now) > farewell.patience)
                session.close();
        }
        farewell.backlog.pass(farewell.sessions, now);
    }
}

} // namespace

void sayGoodbye(const Farewell& farewell, int exitCode) {
    const auto number = makeNumber(static_cast<std::uint32_t>(exitCode));
    farewell.backlog.add(FrameType::Exited, {number.data(), number.size()});
    farewell.backlog.pass(farewell.sessions, nowMilliseconds());
    if (!isAnybodyThere(farewell.sessions))
        return;
    const pid_t child = ::fork();
    if (child > 0)
        return;
    // Where no child can be had we wait ourselves, rather than lose what is left.
    if (child == 0) {
        keepSocketsOnly(farewell.sessions);
        ::signal(SIGTERM, SIG_DFL); // the machine may go down before a client has taken all
        ::prctl(PR_SET_NAME, "escale-farewell", 0, 0, 0);
    }
    awaitClients(farewell);
    if (child == 0)
        ::_exit(0);
}

} // namespace escale
