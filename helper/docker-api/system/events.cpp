#include "helper/docker-api/system/events.h"

#include "engine/base/clock.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/system/event_json.h"

#include <algorithm>
#include <optional>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
constexpr std::chrono::milliseconds kPause{500}; // before an engine that went away is started again

struct Asked {
    std::optional<std::int64_t> since, until; // Unix milliseconds
    Filters filters;
};

Result<std::optional<std::int64_t>> readBound(const Query& query, std::string_view name) {
    const std::string text = query.text(name);
    if (text.empty() || text == "0")
        return std::optional<std::int64_t>();
    TRY_ASSIGN(const std::int64_t time, readTime(text));
    return std::optional(time / kNanosecondsPerMillisecond);
}

Result<Asked> read(const Query& query) {
    Asked asked;
    TRY_ASSIGN(asked.since, readBound(query, "since"));
    TRY_ASSIGN(asked.until, readBound(query, "until"));
    if (asked.since && asked.until && *asked.since > *asked.until)
        return fail(ErrorCode::InvalidArgument, "`since` time (" + query.text("since") +
                                                    ") cannot be after `until` time (" + query.text("until") +
                                                    ")");
    TRY_ASSIGN(asked.filters,
               Filters::parse(query, {"config", "container", "daemon", "event", "image", "label", "network",
                                      "node", "plugin", "scope", "secret", "service", "type", "volume"}));
    return asked;
}

/// Tells each event once, in their order, over the engine's absence, too.
class EventStream {
public:
    EventStream(Exchange& exchange, const Bus& bus, const Asked& asked)
        : m_exchange(exchange)
        , m_bus(bus)
        , m_asked(asked) {}

    Result<void> run() {
        TRY_ASSIGN(m_events, m_bus.subscribe());
        TRY(m_exchange.beginStream(200, "application/json"));
        if (m_asked.since || m_asked.until)
            TRY(tellSince(m_asked.since.value_or(0)));
        while (!isOver()) {
            TRY_ASSIGN(const auto ready, m_exchange.waitFor({m_events->fd()}, left()));
            if (!ready)
                break;
            TRY(takeNews());
        }
        return m_exchange.endStream();
    }

private:
    [[nodiscard]] bool isOver() const { return m_asked.until && *m_asked.until <= nowMilliseconds(); }
    [[nodiscard]] std::optional<std::chrono::milliseconds> left() const {
        if (!m_asked.until)
            return std::nullopt;
        return std::chrono::milliseconds(
            std::clamp<std::int64_t>(*m_asked.until - nowMilliseconds(), 0, 1 << 30));
    }

    Result<void> takeNews() {
        const auto news = m_events->take();
        if (news)
            return tell(*news);
        if (news.error().code != ErrorCode::Unreachable && news.error().code != ErrorCode::NoSpace)
            return fail(news.error());
        // The engine has gone, or we were too slow: what we missed, it has kept.
        TRY(m_exchange.waitFor({}, kPause));
        TRY_ASSIGN(m_events, m_bus.subscribe());
        return tellSince(m_lastTime != 0 ? m_lastTime : m_began);
    }

    Result<void> tellSince(std::int64_t time) {
        TRY_ASSIGN(const auto kept,
                   m_bus.ask<dbus::EventList>(
                       Face::Engine, "ListEvents",
                       QVariantMap{{QStringLiteral("since"), QVariant::fromValue<qlonglong>(time)}}));
        return tell(kept);
    }

    Result<void> tell(const dbus::EventList& events) {
        for (const dbus::Event& event : events) {
            if (event.sequence <= m_last)
                continue;
            m_last = event.sequence;
            m_lastTime = event.time;
            const bool isInTime =
                event.time >= m_asked.since.value_or(0) && event.time <= m_asked.until.value_or(INT64_MAX);
            if (isInTime && isWanted(event, m_asked.filters))
                TRY(m_exchange.write(eventJson(event).dump() + "\n"));
        }
        return {};
    }

    Exchange& m_exchange;
    const Bus& m_bus;
    const Asked& m_asked;
    std::shared_ptr<EventSubscription> m_events;
    quint64 m_last = 0; // sequence of the last event that we know
    std::int64_t m_lastTime = 0;
    std::int64_t m_began = nowMilliseconds();
};

} // namespace

Result<void> events(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Asked asked, read(exchange.query()));
    return EventStream(exchange, bus, asked).run();
}

} // namespace escale::docker_api
