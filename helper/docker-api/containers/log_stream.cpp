#include "helper/docker-api/containers/log_stream.h"

#include "engine/base/clock.h"
#include "helper/docker-api/containers/log_watch.h"
#include "helper/docker-api/containers/status_text.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

constexpr std::size_t kWrite = 128 * 1024; // bytes that are sent together
constexpr std::chrono::milliseconds kMoment{50};
constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;

} // namespace

Result<std::vector<UniqueFd>> LogStream::openFiles() const {
    TRY_ASSIGN(const auto list,
               m_bus.ask<dbus::FileList>(Face::Containers, "OpenLog", m_container, QVariantMap()));
    std::vector<UniqueFd> files;
    for (const auto& descriptor : list) {
        TRY_ASSIGN(files.emplace_back(), taken(descriptor));
    }
    return files;
}

Result<bool> LogStream::open() {
    auto files = openFiles();
    if (!files && files.error().code == ErrorCode::NotFound)
        return false;
    if (!files)
        return fail(std::move(files).error());
    TRY_ASSIGN(m_blocks, LogBlocks::open(*std::move(files), m_request.begin));
    return true;
}

Result<void> LogStream::send() {
    std::string out;
    while (!m_decoder.isOver()) {
        TRY_ASSIGN(const std::string_view records, m_blocks->next());
        if (records.empty())
            break;
        m_decoder.decode(records, out);
        if (out.size() >= kWrite) {
            TRY(m_exchange.write(out));
            out.clear();
        }
    }
    return m_exchange.write(out);
}

// The file was put aside: what it got until then, and on in the new one.
Result<void> LogStream::takeRotation() {
    TRY(send());
    TRY_ASSIGN(auto files, openFiles());
    TRY_ASSIGN(const bool goesOn, m_blocks->continueIn(std::move(files)));
    if (!goesOn) // the new one is not there yet
        TRY(m_exchange.waitFor({}, kMoment));
    TRY_ASSIGN(m_follower, LogWatch::follow(m_blocks->newestFile()));
    return {};
}

Result<bool> LogStream::isRunning() const {
    const auto inspected =
        m_bus.ask<dbus::Container, QVariantMap, QVariantMap>(Face::Containers, "Inspect", m_container);
    if (!inspected && inspected.error().code == ErrorCode::NotFound)
        return false;
    if (!inspected)
        return fail(inspected.error());
    return std::get<0>(*inspected).pid != 0;
}

Result<bool> LogStream::hasEnded(std::shared_ptr<EventSubscription>& events) const {
    const auto news = events->take();
    if (!news && news.error().code != ErrorCode::Unreachable && news.error().code != ErrorCode::NoSpace)
        return fail(news.error());
    if (!news) {
        // The engine was gone, or more has happened than we could hold: what is true now?
        TRY_ASSIGN(events, m_bus.subscribe());
        TRY_ASSIGN(const bool runs, isRunning());
        return !runs;
    }
    return std::any_of(news->begin(), news->end(), [this](const dbus::Event& event) {
        return event.id == m_container &&
               (event.action == QLatin1String("die") || event.action == QLatin1String("destroy"));
    });
}

std::optional<std::chrono::milliseconds> LogStream::untilEnd() const {
    if (m_request.form.until == INT64_MAX)
        return std::nullopt;
    const std::int64_t left = m_request.form.until / kNanosecondsPerMillisecond - nowMilliseconds();
    return std::chrono::milliseconds(std::clamp<std::int64_t>(left, 0, 1 << 30));
}

Result<void> LogStream::follow(std::shared_ptr<EventSubscription> events) {
    TRY_ASSIGN(m_follower, LogWatch::follow(m_blocks->newestFile()));
    for (;;) {
        TRY(send()); // also what was written before we watched
        if (m_decoder.isOver())
            return {};
        TRY_ASSIGN(const auto ready, m_exchange.waitFor({m_follower->fd(), events->fd()}, untilEnd()));
        if (!ready)
            return send();
        if (*ready == 0 && m_follower->takeNews()) {
            if (const auto taken = takeRotation(); !taken && taken.error().code != ErrorCode::NotFound)
                return taken; // NotFound: it is gone, and its last event comes
        }
        if (*ready != 1)
            continue;
        TRY_ASSIGN(const bool ended, hasEnded(events));
        if (!ended)
            continue;
        // All is written; perhaps into a file of which we have not heard.
        if (m_follower->takeNews()) {
            if (const auto taken = takeRotation(); !taken && taken.error().code != ErrorCode::NotFound)
                return taken;
        }
        return send();
    }
}

} // namespace escale::docker_api
