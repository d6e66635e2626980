#include "helper/docker-api/containers/change_container.h"

#include "engine/base/process.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/found_container.h"
#include "helper/docker-api/containers/start_error.h"
#include "helper/docker-api/http/exchange.h"

#include <algorithm>
#include <chrono>
#include <csignal>

namespace escale::docker_api {
namespace {

constexpr auto kFace = Face::Containers;
constexpr unsigned kForever = 24 * 3600; // the engine's longest grace period

constexpr std::chrono::seconds kLongestDying{10};

// Clients attach before the start, or do not: nothing waits for them.
QVariantMap startOptions() {
    return {{QStringLiteral("wait-for-client"), false}};
}

std::string idOf(const Exchange& exchange) {
    return exchange.parameter("id");
}

// A method that answers with a job, to its end: it goes on when its client does not wait.
Result<void> toItsEnd(const Bus& bus, const char* method, const std::string& name,
                      const QVariantMap& options) {
    auto job = bus.ask<QDBusObjectPath>(kFace, method, toQString(name), options);
    if (!job)
        return fail(aboutContainer(std::move(job).error(), name));
    TRY(bus.finish(*job));
    return {};
}

// dockerd's words for what the engine calls WrongState.
Result<void> orInWords(const Bus& bus, const std::string& name, Result<void> outcome,
                       const std::string& before) {
    if (outcome)
        return {};
    if (outcome.error().code != ErrorCode::WrongState)
        return fail(aboutContainer(std::move(outcome).error(), name));
    TRY_ASSIGN(const auto found, findContainer(bus, name));
    const std::string state = found.container.state.toStdString();
    const std::string words =
        found.isAlive() ? (state == "paused" ? "already paused" : "not paused") : "not running";
    return fail(ErrorCode::WrongState, before + "Container " + found.id() + " is " + words);
}

} // namespace

Result<void> startContainer(Exchange& exchange, const Bus& bus) {
    if (exchange.query().has("checkpoint"))
        return fail(ErrorCode::Unsupported,
                    "checkpoints are not supported: a container starts from its beginning");
    const std::string name = idOf(exchange);
    const auto started = toItsEnd(bus, "Start", name, startOptions());
    if (started)
        return exchange.replyEmpty(204);
    TRY_ASSIGN(const auto found, findContainer(bus, name));
    if (started.error().code == ErrorCode::WrongState && found.isAlive()) {
        if (found.container.state == QLatin1String("paused"))
            return fail(ErrorCode::WrongState, "cannot start a paused container, try unpause instead");
        return exchange.replyEmpty(304);
    }
    // As after a run that has ended: nobody would remove it any more.
    if (found.container.removeWhenStopped && !found.isAlive())
        TRY(toItsEnd(bus, "Remove", found.id(),
                     {{QStringLiteral("force"), true}, {QStringLiteral("volumes"), true}}));
    return fail(startError(started.error()));
}

namespace {

struct StopRequest {
    unsigned seconds = 0;
    std::string signal; // empty: the container's own
};

Result<StopRequest> stopRequest(const Exchange& exchange, const FoundContainer& found) {
    StopRequest request;
    request.seconds = found.options.value(QStringLiteral("stop-timeout"), 10u).toUInt();
    if (exchange.query().has("t")) {
        const auto seconds = exchange.query().number("t");
        if (!seconds)
            return fail(ErrorCode::InvalidArgument,
                        "t: \"" + exchange.query().text("t") + "\" is no number of seconds");
        request.seconds = *seconds < 0 ? kForever : unsigned(std::min<std::int64_t>(*seconds, kForever));
    }
    request.signal = exchange.query().text("signal");
    if (!request.signal.empty())
        TRY(parseSignal(request.signal));
    return request;
}

// Until the container has ended, or for so long. One that is removed then has its end with that: whoever asks
// next may want its name.
Result<void> awaitEnd(Exchange& exchange, EventSubscription& events, const dbus::Container& container,
                      std::chrono::seconds longest) {
    const QLatin1String last(container.removeWhenStopped ? "destroy" : "die");
    const auto end = std::chrono::steady_clock::now() + longest;
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            return {};
        TRY(exchange.waitFor({events.fd()}, left));
        const auto happened = events.take();
        if (!happened)
            return {};
        const bool isOver = std::any_of(happened->begin(), happened->end(), [&](const dbus::Event& event) {
            return event.id == container.id && event.action == last;
        });
        if (isOver)
            return {};
    }
}

// The engine stops with the container's own signal only. Another one: it is sent first and waited for; what
// is left then is killed, and the restart policy has nothing more to say.
Result<void> signalAndWait(Exchange& exchange, const Bus& bus, const FoundContainer& found,
                           const StopRequest& request) {
    TRY_ASSIGN(const auto events, bus.subscribe());
    TRY(bus.ask(kFace, "Kill", found.container.id, toQString(request.signal)));
    return awaitEnd(exchange, *events, found.container, std::chrono::seconds(request.seconds));
}

Result<void> stop(Exchange& exchange, const Bus& bus, const FoundContainer& found,
                  const StopRequest& request) {
    unsigned seconds = request.seconds;
    if (!request.signal.empty() && found.isAlive()) {
        TRY(signalAndWait(exchange, bus, found, request));
        seconds = 0;
    }
    const auto stopped = toItsEnd(bus, "Stop", found.id(), {{QStringLiteral("timeout"), seconds}});
    if (!stopped && stopped.error().code == ErrorCode::NotFound && found.container.removeWhenStopped)
        return {}; // it has ended by itself, and is gone
    return stopped;
}

} // namespace

Result<void> stopContainer(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto found, findContainer(bus, idOf(exchange)));
    TRY_ASSIGN(const auto request, stopRequest(exchange, found));
    if (!found.isAlive() && found.container.state != QLatin1String("restarting"))
        return exchange.replyEmpty(304);
    TRY(stop(exchange, bus, found, request));
    return exchange.replyEmpty(204);
}

Result<void> restartContainer(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto found, findContainer(bus, idOf(exchange)));
    TRY_ASSIGN(const auto request, stopRequest(exchange, found));
    Result<void> started;
    if (request.signal.empty()) {
        QVariantMap options = startOptions();
        options.insert(QStringLiteral("timeout"), request.seconds);
        started = toItsEnd(bus, "Restart", found.id(), options);
    } else {
        TRY(stop(exchange, bus, found, request));
        started = toItsEnd(bus, "Start", found.id(), startOptions());
    }
    if (!started)
        return fail(startError(started.error()));
    return exchange.replyEmpty(204);
}

Result<void> killContainer(Exchange& exchange, const Bus& bus) {
    const std::string name = idOf(exchange);
    std::string signal = exchange.query().text("signal");
    if (signal.empty())
        signal = "KILL";
    const auto number = parseSignal(signal);
    if (!number)
        return fail(ErrorCode::InvalidArgument, "Invalid signal: " + signal);
    TRY_ASSIGN(const auto found, findContainer(bus, name));
    TRY_ASSIGN(const auto events, bus.subscribe());
    TRY(orInWords(bus, name, bus.ask(kFace, "Kill", found.container.id, toQString(signal)),
                  "Cannot kill container: " + name + ": "));
    if (*number == SIGKILL) { // nothing survives it: whoever asks next finds that it has ended
        TRY(awaitEnd(exchange, *events, found.container, kLongestDying));
    }
    return exchange.replyEmpty(204);
}

Result<void> pauseContainer(Exchange& exchange, const Bus& bus) {
    const std::string name = idOf(exchange);
    TRY(orInWords(bus, name, bus.ask(kFace, "Pause", toQString(name)), ""));
    return exchange.replyEmpty(204);
}

Result<void> unpauseContainer(Exchange& exchange, const Bus& bus) {
    const std::string name = idOf(exchange);
    TRY(orInWords(bus, name, bus.ask(kFace, "Unpause", toQString(name)), ""));
    return exchange.replyEmpty(204);
}

Result<void> renameContainer(Exchange& exchange, const Bus& bus) {
    const std::string name = idOf(exchange);
    std::string to = exchange.query().text("name");
    to.erase(0, to.starts_with('/') ? 1 : 0);
    if (to.empty())
        return fail(ErrorCode::InvalidArgument, "Neither old nor new names may be empty");
    const auto renamed = bus.ask(kFace, "Rename", toQString(name), toQString(to));
    if (!renamed && renamed.error().code == ErrorCode::AlreadyExists)
        return fail(nameConflict(bus, to).prefixed("Error when allocating new name"));
    if (!renamed)
        return fail(aboutContainer(renamed.error(), name));
    return exchange.replyEmpty(204);
}

Result<void> removeContainer(Exchange& exchange, const Bus& bus) {
    const std::string name = idOf(exchange);
    if (exchange.query().flag("link"))
        return fail(ErrorCode::Unsupported,
                    "there are no links between containers here, so none can be removed",
                    "Containers find each other by name in a network of their own.");
    const auto removed = toItsEnd(bus, "Remove", name,
                                  {{QStringLiteral("force"), exchange.query().flag("force")},
                                   {QStringLiteral("volumes"), exchange.query().flag("v")}});
    if (removed)
        return exchange.replyEmpty(204);
    if (removed.error().code != ErrorCode::WrongState)
        return fail(aboutContainer(removed.error(), name));
    TRY_ASSIGN(const auto found, findContainer(bus, name));
    const bool isPaused = found.container.state == QLatin1String("paused");
    return fail(ErrorCode::WrongState, "cannot remove container \"/" + found.container.name.toStdString() +
                                           "\": container is " + found.container.state.toStdString() + ": " +
                                           (isPaused ? "unpause and then " : "") +
                                           "stop the container before removing or force remove");
}

} // namespace escale::docker_api
