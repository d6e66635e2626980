#include "engine/container/event_log.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/labels.h"
#include "engine/container/run_records.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <set>
#include <sstream>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kLargestFile = 64U << 20;

Json toJson(const Event& event) {
    Json attributes = Json::Object();
    for (const auto& [name, value] : event.attributes)
        attributes.set(name, value);
    return Json::Object{{"sequence", event.sequence},
                        {"time", event.time},
                        {"owner", std::int64_t(event.owner)},
                        {"type", event.type},
                        {"action", event.action},
                        {"id", event.id},
                        {"attributes", std::move(attributes)}};
}

Event fromJson(const Json& json) {
    Event event;
    event.sequence = json.at("sequence").toUnsigned().value_or(0);
    event.time = json.at("time").toInteger();
    event.owner = static_cast<uid_t>(json.at("owner").toInteger());
    event.type = json.at("type").toString();
    event.action = json.at("action").toString();
    event.id = json.at("id").toString();
    for (const auto& [name, value] : json.at("attributes").members())
        event.attributes[name] = value.toString();
    return event;
}

std::string attributeOf(const Event& event, const std::string& name) {
    const auto found = event.attributes.find(name);
    return found == event.attributes.end() ? std::string() : found->second;
}

bool fits(const Event& event, std::string_view key, const std::string& value) {
    if (key == "type")
        return event.type == value;
    // "health_status" asks for all of them.
    if (key == "event")
        return event.action == value || event.action.starts_with(value + ":");
    if (key == "container")
        return event.type == "container" &&
               (attributeOf(event, "name") == value || (!value.empty() && event.id.starts_with(value)));
    if (key == "network")
        return event.type == "network" && (event.id == value || attributeOf(event, "name") == value);
    if (key == "volume")
        return event.type == "volume" && event.id == value;
    if (key == "image")
        return (event.type == "image" && (event.id == value || attributeOf(event, "name") == value)) ||
               attributeOf(event, "image") == value;
    return hasLabel(event.attributes, value);
}

} // namespace

Result<void> checkEventFilter(const EventFilter& filter) {
    static constexpr std::array<std::string_view, 7> kKeys{"type",    "event",  "container", "image",
                                                           "network", "volume", "label"};
    for (const auto& term : filter.terms) {
        const auto equals = term.find('=');
        if (equals == std::string::npos ||
            std::find(kKeys.begin(), kKeys.end(), term.substr(0, equals)) == kKeys.end())
            return fail(ErrorCode::InvalidArgument, "\"" + term.substr(0, 80) + "\" is no filter of events",
                        "Write type=, event=, container=, image=, network=, volume= or label= with a value "
                        "behind it.");
    }
    return {};
}

bool matches(const Event& event, const EventFilter& filter) {
    if (event.time < filter.since || (filter.until != 0 && event.time > filter.until))
        return false;
    std::set<std::string> asked;
    std::set<std::string> met;
    for (const auto& term : filter.terms) {
        const std::string key = term.substr(0, term.find('='));
        asked.insert(key);
        if (fits(event, key, term.substr(key.size() + 1)))
            met.insert(key);
    }
    return asked == met;
}

Result<std::unique_ptr<EventLog>> EventLog::open(const std::string& path) {
    std::unique_ptr<EventLog> log(new EventLog);
    TRY(log->load(path));
    return log;
}

Result<void> EventLog::load(const std::string& path) {
    const auto text = readFile(path, kLargestFile);
    if (!text && text.error().code != ErrorCode::NotFound && text.error().code != ErrorCode::InvalidArgument)
        return fail(text.error());
    std::istringstream lines(text.value_or(""));
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const auto json = Json::parse(line);
        if (!json || !json->isObject())
            continue;
        m_events.push_back(fromJson(*json));
        m_lastSequence = std::max(m_lastSequence, m_events.back().sequence);
        if (m_events.size() > kKept)
            m_events.pop_front();
    }
    if (count > 2 * kKept || !text) { // written anew: it holds more old ones than it need
        std::string kept;
        for (const auto& event : m_events)
            kept += toJson(event).dump() + "\n";
        TRY(writeFileAtomically(path, kept, 0600));
    }
    TRY_ASSIGN(m_file, openFile(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0600));
    return {};
}

void EventLog::onEvent(std::function<void(const Event&)> listener) {
    const std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

void EventLog::append(const Event& event) {
    const std::string line = toJson(event).dump() + "\n";
    const off_t before = ::lseek(m_file.get(), 0, SEEK_END);
    const auto written = ::write(m_file.get(), line.data(), line.size());
    if (written > 0 && static_cast<std::size_t>(written) < line.size() &&
        ::ftruncate(m_file.get(), before) != 0)
        return; // half a line: the reader skips it
}

void EventLog::add(uid_t owner, std::string type, std::string action, std::string id, TextMap attributes) {
    // The listener is called under the lock: that is what keeps the order.
    const std::lock_guard lock(m_mutex);
    m_events.push_back({++m_lastSequence, nowMilliseconds(), owner, std::move(type), std::move(action),
                        std::move(id), std::move(attributes)});
    append(m_events.back());
    if (m_listener)
        m_listener(m_events.back());
    if (m_events.size() > kKept)
        m_events.pop_front();
}

std::vector<Event> EventLog::list(uid_t owner, const EventFilter& filter) {
    const std::lock_guard lock(m_mutex);
    std::vector<Event> found;
    for (const auto& event : m_events) {
        if (event.owner == owner && matches(event, filter))
            found.push_back(event);
    }
    return found;
}

} // namespace escale
