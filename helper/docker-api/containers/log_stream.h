// One client that reads a container's log: from the engine's files into the connection, to their end or as
// they grow.
#pragma once

#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/log_request.h"
#include "helper/docker-api/http/exchange.h"

#include <QString>

#include <memory>
#include <optional>
#include <string>

namespace escale::docker_api {

class LogFollower;

class LogStream {
public:
    LogStream(Exchange& exchange, const Bus& bus, QString container, const LogRequest& request)
        : m_exchange(exchange)
        , m_bus(bus)
        , m_container(std::move(container))
        , m_request(request)
        , m_decoder(request.form) {}

    /// What is there. False: the container has never run, and there is no log.
    Result<bool> open();
    /// Sends what has come since the last time.
    Result<void> send();
    /// Sends what comes, until the container ends. `events`: since before it was known to run.
    Result<void> follow(std::shared_ptr<EventSubscription> events);

private:
    Result<std::vector<UniqueFd>> openFiles() const;
    Result<void> takeRotation();
    Result<bool> hasEnded(std::shared_ptr<EventSubscription>& events) const;
    Result<bool> isRunning() const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> untilEnd() const;

    Exchange& m_exchange;
    const Bus& m_bus;
    QString m_container; // its whole id
    LogRequest m_request;
    LogDecoder m_decoder;
    std::optional<LogBlocks> m_blocks;
    std::shared_ptr<LogFollower> m_follower;
};

} // namespace escale::docker_api
