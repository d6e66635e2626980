// The engine over D-Bus, for threads that wait: the second client of the interface beside gui/client, and
// nothing more. One connection for all; everything here may be used by any thread.
//
//   TRY_ASSIGN(const auto containers, bus.ask<dbus::ContainerList>(Face::Containers, "List"));
//   TRY_ASSIGN(const auto [id, job], (bus.ask<QString, QDBusObjectPath>(Face::Containers, "Run", image,
//   command, options))); TRY_ASSIGN(const QString result, bus.finish(job, exchange));
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "helper/dbus/types.h"
#include "helper/docker-api/bus/event_subscription.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>
#include <QVariantList>
#include <QVariantMap>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <tuple>
#include <type_traits>
#include <utility>

namespace escale::docker_api {

class Exchange;
class Signals;

/// An interface of the engine.
enum class Face { Engine, Images, Containers, Networks, Volumes, Builds };

/// The connection; lives on the main thread, whose event loop must run.
class Engine {
public:
    /// Opens the system bus (DBUS_SYSTEM_BUS_ADDRESS). Does not start the engine. Unreachable: there is no
    /// bus.
    static Result<std::unique_ptr<Engine>> connect();
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

private:
    friend class Bus;
    Engine(QDBusConnection connection, std::unique_ptr<Signals> signalReceiver);
    /// The engine's unique name, once it has promised this very process to ask each time (AskEachTime).
    /// Starts it.
    Result<QString> name();
    /// Nobody has that name any more.
    void forget(const QString& name);
    // The system bus takes 128 calls of a connection that wait for their answer and refuses what comes on
    // top, of whoever it is. So the others wait here; a crowd of guests leaves places for their owner.
    static constexpr int kMostCalls = 100, kMostOfGuests = 50;

    QDBusConnection m_connection;
    std::mutex m_jobTurn; // of those whom the engine has no place for another job for: one asks at a time
    std::mutex m_mutex;
    QString m_name; // guarded; empty: not known
    std::unique_ptr<Signals> m_signals;
    std::counting_semaphore<kMostCalls> m_places{kMostCalls};
    std::counting_semaphore<kMostOfGuests> m_placesOfGuests{kMostOfGuests};
};

/// What one request may do of it. A guest (Request::isGuest) never makes a dialog of polkit appear.
class Bus {
public:
    Bus(Engine& engine, bool isGuest)
        : m_engine(engine)
        , m_isGuest(isGuest) {}

    /// Blocks until the answer is there. Outs: the types of the method's answer; none: Result<>, one:
    /// Result<Out>, more: Result<std::tuple<Outs…>>. Errors are the engine's; Unreachable when it cannot be
    /// started.
    template <class... Outs, class... Arguments>
    auto ask(Face face, const char* method, const Arguments&... arguments) const;

    using Progress = std::function<Result<void>(const dbus::JobStatus&)>;
    /// Waits for a job's end; its result. `progress` is called on this thread, with the newest status only,
    /// and each time `every` has gone by without news. When the client goes, or `progress` fails, the job is
    /// cancelled.
    Result<QString> finish(const QDBusObjectPath& job, Exchange& exchange, const Progress& progress = {},
                           std::optional<std::chrono::milliseconds> every = {}) const;
    /// The same for what goes on without its client.
    Result<QString> finish(const QDBusObjectPath& job) const;
    void cancel(const QDBusObjectPath& job) const;

    /// Events from now on, in their order.
    [[nodiscard]] Result<std::shared_ptr<EventSubscription>> subscribe() const;

private:
    [[nodiscard]] QDBusMessage askWhenThereIsRoom(const QDBusMessage& message, int patience) const;
    [[nodiscard]] Result<QVariantList> call(Face face, const char* method,
                                            const QVariantList& arguments) const;
    [[nodiscard]] Result<QVariantList> callNow(Face face, const char* method,
                                               const QVariantList& arguments) const;
    [[nodiscard]] Result<QString> await(const QDBusObjectPath& job, Exchange* exchange,
                                        const Progress& progress,
                                        std::optional<std::chrono::milliseconds> every) const;

    Engine& m_engine;
    bool m_isGuest;
};

/// A copy of what came over the bus.
Result<UniqueFd> taken(const QDBusUnixFileDescriptor& descriptor);
/// For an argument: a copy of ours.
QVariant passed(const UniqueFd& file);

QString toQString(std::string_view text);
QStringList toStringList(const std::vector<std::string>& texts);
std::vector<std::string> fromStringList(const QStringList& texts);

template <class... Outs, class... Arguments>
auto Bus::ask(Face face, const char* method, const Arguments&... arguments) const {
    using Answer =
        std::conditional_t<sizeof...(Outs) == 1, std::tuple_element_t<0, std::tuple<Outs..., void>>,
                           std::conditional_t<sizeof...(Outs) == 0, void, std::tuple<Outs...>>>;
    const auto asked = [&]() -> Result<Answer> {
        TRY_ASSIGN(const QVariantList values, call(face, method, {QVariant::fromValue(arguments)...}));
        if constexpr (sizeof...(Outs) == 0) {
            return {};
        } else {
            if (values.size() < qsizetype(sizeof...(Outs)))
                return fail(ErrorCode::Internal,
                            std::string("the engine's answer to ") + method + " is too short");
            return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
                return Answer(qdbus_cast<Outs>(values.at(Index))...);
            }
            (std::index_sequence_for<Outs...>());
        }
    };
    return asked();
}

} // namespace escale::docker_api
