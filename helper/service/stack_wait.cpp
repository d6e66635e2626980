#include "helper/service/stack_wait.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace escale {
namespace {

/// Readable once one of the owner's containers has changed.
class ChangeSignal {
public:
    Result<void> open(Containers& containers, uid_t owner) {
        m_event = std::make_shared<UniqueFd>(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        if (!*m_event)
            return failErrno("cannot wait for containers");
        m_watch = containers.watch([event = m_event, owner](uid_t changed, const std::string&) {
            if (changed == owner)
                ::eventfd_write(event->get(), 1);
        });
        return {};
    }
    Result<void> wait(const Deadline& deadline, const Cancellation& cancellation) {
        for (;;) {
            TRY(cancellation.check());
            int time = -1;
            if (deadline) {
                const auto left = std::chrono::ceil<std::chrono::milliseconds>(
                    *deadline - std::chrono::steady_clock::now());
                if (left.count() <= 0)
                    return fail(ErrorCode::Timeout, "the time is up");
                time = static_cast<int>(std::min<std::int64_t>(left.count(), 1'000'000));
            }
            pollfd ready[] = {{m_event->get(), POLLIN, 0}, {cancellation.fd(), POLLIN, 0}};
            if (::poll(ready, 2, time) < 0 && errno != EINTR)
                return failErrno("cannot wait for containers");
            eventfd_t count = 0;
            if (::eventfd_read(m_event->get(), &count) == 0)
                return {};
        }
    }

private:
    std::shared_ptr<UniqueFd> m_event; // a last call may still use it
    std::shared_ptr<void> m_watch;
};

tl::unexpected<Error> cannotBe(const Container& container, const std::string& what, std::string hint = {}) {
    return fail(ErrorCode::WrongState, container.options.name + ' ' + what, std::move(hint));
}

tl::unexpected<Error> hasEnded(const Container& container) {
    if (!container.error.empty() && container.startedAt == 0)
        return cannotBe(container, "could not be started: " + container.error);
    return cannotBe(container,
                    "has ended with exit code " + std::to_string(container.exitCode) +
                        (container.oomKilled ? ", out of memory" : ""),
                    "Its log may say why.");
}

bool hasCheck(Containers& containers, const Container& container) {
    const auto image = containers.imageConfig(container);
    return image && healthConfigOf(container.options, image->health).has_value();
}

std::string lastProbe(Containers& containers, const Container& container) {
    constexpr std::size_t kLongest = 300;
    const auto probes = containers.health(container.owner, container.id);
    if (!probes || probes->empty() || probes->back().output.empty())
        return "Its log may say why.";
    return "Its last check said: " + probes->back().output.substr(0, kLongest);
}

Result<bool> isHealthy(Containers& containers, const Container& container, bool needsCheck) {
    if (container.state == ContainerState::Exited || container.state == ContainerState::Dead)
        return hasEnded(container);
    if (container.health == "unhealthy")
        return cannotBe(container, "is unhealthy", lastProbe(containers, container));
    if (!isAlive(container.state))
        return false;
    if (container.health == "healthy")
        return true;
    if (!container.health.empty() || hasCheck(containers, container))
        return false;
    if (needsCheck)
        return cannotBe(container, "has no health check to wait for",
                        "Give it one, or wait for service_started.");
    return true;
}

/// False: not yet.
Result<bool> isSo(Containers& containers, const Container& container, Wanted wanted) {
    switch (wanted) {
    case Wanted::Started:
        return container.state != ContainerState::Created;
    case Wanted::Healthy:
        return isHealthy(containers, container, true);
    case Wanted::Ready:
        return isHealthy(containers, container, false);
    case Wanted::Completed:
        break;
    }
    if (container.state != ContainerState::Exited && container.state != ContainerState::Dead)
        return false;
    if (container.exitCode != 0)
        return hasEnded(container);
    return true;
}

} // namespace

Result<void> waitUntil(Containers& containers, uid_t owner, const std::vector<std::string>& ids,
                       Wanted wanted, const Deadline& deadline, const Cancellation& cancellation) {
    ChangeSignal signal;
    TRY(signal.open(containers, owner));
    for (;;) {
        std::string missing;
        for (const auto& id : ids) {
            TRY_ASSIGN(const Container container, containers.find(owner, id));
            TRY_ASSIGN(const bool so, isSo(containers, container, wanted));
            if (!so)
                missing += (missing.empty() ? "" : ", ") + container.options.name;
        }
        if (missing.empty())
            return {};
        auto changed = signal.wait(deadline, cancellation);
        if (!changed && changed.error().code == ErrorCode::Timeout)
            return fail(ErrorCode::Timeout, "not ready in time: " + missing, "Its log may say why.");
        TRY(changed);
    }
}

} // namespace escale
