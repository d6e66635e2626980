// What happens to containers and images, in one order for everybody: Docker's events (Engine API, "Monitor
// events"). The last ones are kept in a file, so that a new helper still knows them. Thread-safe.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/container/container.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

struct Event {
    std::uint64_t sequence = 0; // grows by one; a gap says that some were missed
    std::int64_t time = 0;      // Unix, milliseconds
    uid_t owner = 0;
    std::string type;   // "container", "image", "network", "volume"
    std::string action; // "create", "start", "die", "exec_start", "health_status: healthy" …
    std::string id;     // of what it happened to
    TextMap attributes; // "name", "image", "exitCode" …, and the container's labels
};

struct EventFilter {
    std::int64_t since = 0; // 0: from the oldest that is kept
    std::int64_t until = 0; // 0: to the newest
    /// Docker's: "type=container", "event=die", "container=NAME or id", "image=NAME", "label=k" or
    /// "label=k=v". Several of one key: any; several keys: all.
    std::vector<std::string> terms;
};
/// InvalidArgument names a key that there is not.
Result<void> checkEventFilter(const EventFilter& filter);
bool matches(const Event& event, const EventFilter& filter);

class EventLog {
public:
    static constexpr std::size_t kKept = 10'000;

    /// Reads what an earlier one kept in `path`, made when missing. Lines that cannot be read are skipped.
    static Result<std::unique_ptr<EventLog>> open(const std::string& path);

    /// Called with each new event, in their order, from any thread; must be quick. Set before use.
    void onEvent(std::function<void(const Event&)> listener);
    /// A disk that is full loses nothing but the copy for the next helper.
    void add(uid_t owner, std::string type, std::string action, std::string id, TextMap attributes);
    /// The owner's, oldest first.
    std::vector<Event> list(uid_t owner, const EventFilter& filter);

private:
    EventLog() = default;
    Result<void> load(const std::string& path);
    void append(const Event& event);

    std::mutex m_mutex;
    std::deque<Event> m_events;
    std::uint64_t m_lastSequence = 0;
    UniqueFd m_file;
    std::function<void(const Event&)> m_listener;
};

} // namespace escale
