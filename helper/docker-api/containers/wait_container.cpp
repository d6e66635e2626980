#include "helper/docker-api/containers/wait_container.h"

#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/found_container.h"
#include "helper/docker-api/http/exchange.h"

#include <optional>

namespace escale::docker_api {
namespace {

enum class Condition { NotRunning, NextExit, Removed };

Result<Condition> conditionOf(const Exchange& exchange) {
    const std::string text = exchange.query().text("condition");
    if (text.empty() || text == "not-running")
        return Condition::NotRunning;
    if (text == "next-exit")
        return Condition::NextExit;
    if (text == "removed")
        return Condition::Removed;
    return fail(ErrorCode::InvalidArgument, "invalid condition: \"" + text + "\"");
}

/// One container, until its end has come.
class ExitWatch {
public:
    ExitWatch(const Bus& bus, FoundContainer found, Condition condition)
        : m_bus(bus)
        , m_found(std::move(found))
        , m_condition(condition) {}

    [[nodiscard]] bool isOver() const {
        const bool isGoing = m_found.isAlive() || m_found.container.state == QLatin1String("restarting");
        return m_isOver || (m_condition == Condition::NotRunning && !isGoing);
    }
    [[nodiscard]] int exitCode() const { return m_found.container.exitCode; }

    void take(const dbus::EventList& events) {
        for (const dbus::Event& event : events) {
            if (m_isOver || event.id != m_found.container.id || event.type != QLatin1String("container"))
                continue;
            if (event.action == QLatin1String("die")) {
                m_found.container.exitCode = event.attributes.value(QStringLiteral("exitCode")).toInt();
                m_isOver = m_condition != Condition::Removed;
            } else if (event.action == QLatin1String("destroy")) {
                m_isOver = true;
            }
        }
    }
    /// Events were lost: what can be seen of them.
    Result<void> lookAgain() {
        auto now = findContainer(m_bus, m_found.id());
        if (!now && now.error().code == ErrorCode::NotFound) {
            m_isOver = true;
            return {};
        }
        TRY(now);
        const bool hasExited = now->container.finished != m_found.container.finished;
        m_isOver = hasExited && m_condition != Condition::Removed;
        m_found = *std::move(now);
        return {};
    }

private:
    const Bus& m_bus;
    FoundContainer m_found;
    Condition m_condition;
    bool m_isOver = false;
};

} // namespace

Result<void> waitForContainer(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Condition condition, conditionOf(exchange));
    TRY_ASSIGN(const auto events, bus.subscribe());
    TRY_ASSIGN(auto found, findContainer(bus, exchange.parameter("id")));
    ExitWatch watch(bus, std::move(found), condition);
    TRY(exchange.beginStream(200, "application/json"));
    while (!watch.isOver()) {
        TRY(exchange.waitFor({events->fd()}));
        if (const auto happened = events->take())
            watch.take(*happened);
        else
            TRY(watch.lookAgain());
    }
    TRY(exchange.writeLine(Json().set("StatusCode", watch.exitCode())));
    return exchange.endStream();
}

} // namespace escale::docker_api
