#include "helper/docker-api/builds/build.h"

#include "engine/base/cancellation.h"
#include "engine/base/thread.h"
#include "engine/build/context_sender.h"
#include "engine/image/reference.h"
#include "helper/docker-api/builds/build_events_file.h"
#include "helper/docker-api/builds/build_folder.h"
#include "helper/docker-api/builds/build_output.h"
#include "helper/docker-api/builds/build_request.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"

#include <array>
#include <sys/socket.h>
#include <thread>

namespace escale::docker_api {
namespace {

constexpr std::chrono::milliseconds kLookAtEvents(100);
constexpr std::chrono::milliseconds kWaitForAPlace(250);
constexpr std::size_t kMostUnsaid = 1u << 20;

QDBusUnixFileDescriptor given(UniqueFd file) {
    QDBusUnixFileDescriptor descriptor;
    descriptor.giveFileDescriptor(file.release());
    return descriptor;
}

// Sends the folder to the engine while the build goes on. Ends with its object.
class ContextDelivery {
public:
    static Result<std::unique_ptr<ContextDelivery>> start(UniqueFd socket, int folder) {
        std::unique_ptr<ContextDelivery> delivery(new ContextDelivery(std::move(socket)));
        TRY_ASSIGN(delivery->m_thread, startThread([self = delivery.get(), folder] {
                       // What is wrong goes to the engine, too, and the build ends with it.
                       (void)sendContext(self->m_socket.get(), folder, IgnoreFile(), {},
                                         self->m_cancellation);
                       ::shutdown(self->m_socket.get(), SHUT_RDWR);
                   }));
        return delivery;
    }
    ~ContextDelivery() {
        m_cancellation.cancel();
        if (m_thread.joinable())
            m_thread.join();
    }
    ContextDelivery(const ContextDelivery&) = delete;
    ContextDelivery& operator=(const ContextDelivery&) = delete;

private:
    explicit ContextDelivery(UniqueFd socket)
        : m_socket(std::move(socket)) {}
    UniqueFd m_socket;
    Cancellation m_cancellation;
    std::thread m_thread;
};

// One build, from what its client has sent to the last line of its answer.
class ToldBuild {
public:
    ToldBuild(Exchange& exchange, const Bus& bus, const BuildRequest& request)
        : m_exchange(exchange)
        , m_bus(bus)
        , m_request(request) {}

    Result<void> run(UniqueFd dockerfile, int folder) {
        TRY(begin(std::move(dockerfile)));
        TRY_ASSIGN(const auto delivery, ContextDelivery::start(std::move(m_socket), folder));
        TRY_ASSIGN(const auto file, m_bus.ask<QDBusUnixFileDescriptor>(Face::Builds, "OpenEvents", m_id));
        TRY_ASSIGN(auto events, taken(file));
        m_events.emplace(std::move(events));
        m_output.emplace(m_id.toStdString());
        const auto result = m_bus.finish(
            m_job, m_exchange, [this](const auto&) { return tellNews(); }, kLookAtEvents);
        TRY(tellNews());
        TRY(tell(m_output->finish()));
        return result ? succeed(*result) : tellFailure(result.error());
    }

private:
    // The engine runs a few builds of a person's at once; dockerd knows no such bound, so the others wait
    // here.
    Result<void> begin(UniqueFd dockerfile) {
        const QDBusUnixFileDescriptor text = given(std::move(dockerfile));
        for (;;) {
            std::array<int, 2> ends{-1, -1};
            if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
                return failErrno("cannot make a socket for the build's files");
            m_socket.reset(ends[0]);
            const auto begun = m_bus.ask<QString, QDBusObjectPath>(
                Face::Builds, "Build", text, given(UniqueFd(ends[1])), m_request.options);
            if (begun) {
                std::tie(m_id, m_job) = *begun;
                return {};
            }
            if (begun.error().code != ErrorCode::WrongState || m_request.mayAskAPerson())
                return fail(begun.error()); // nobody is asked for a password again and again
            TRY(m_exchange.waitFor({}, kWaitForAPlace));
        }
    }

    // Piece by piece: a client that was slow for long may have much to hear.
    Result<void> tellNews() {
        for (;;) {
            TRY_ASSIGN(const auto events, m_events->read());
            if (events.empty())
                return {};
            std::vector<std::string> lines;
            for (const BuildEvent& event : events) {
                auto more = m_output->add(event);
                std::move(more.begin(), more.end(), std::back_inserter(lines));
            }
            TRY(tell(lines));
        }
    }

    // As one piece: a write for each line would cost a build with much output its time.
    Result<void> tell(const std::vector<std::string>& lines) {
        std::string text;
        for (const std::string& line : lines)
            text += Json().set("stream", line).dump() + "\r\n";
        if (m_request.isQuiet) {
            m_unsaid += text; // told when the build fails: its end, where that is long
            if (m_unsaid.size() > kMostUnsaid)
                m_unsaid.erase(0, m_unsaid.find('\n', m_unsaid.size() - kMostUnsaid / 2) + 1);
            return {};
        }
        return write(text);
    }

    Result<void> write(const std::string& text) {
        if (text.empty())
            return {};
        if (!m_exchange.hasAnswered())
            TRY(m_exchange.beginStream(200, "application/json"));
        return m_exchange.write(text);
    }

    Result<void> succeed(const QString& result) {
        TRY_ASSIGN(const Json built, Json::parse(result.toStdString()));
        const std::string image = built.at("image").toString();
        std::string text = Json().set("aux", Json().set("ID", image)).dump() + "\r\n";
        const auto say = [&text](const std::string& line) {
            text += Json().set("stream", line).dump() + "\r\n";
        };
        if (m_request.isQuiet) {
            say(image + "\n");
        } else {
            say("Successfully built " + image.substr(image.find(':') + 1, 12) + "\n");
            for (const std::string& tag : m_request.tags) {
                const auto reference = Reference::parse(tag);
                say("Successfully tagged " + (reference ? taggedName(*reference) : tag) + "\n");
            }
        }
        TRY(write(text));
        return m_exchange.endStream();
    }

    // "demo:latest", also where nobody wrote the tag.
    static std::string taggedName(const Reference& reference) {
        const std::string familiar = reference.familiar();
        return familiar.ends_with(":" + reference.tag) ? familiar : familiar + ":" + reference.tag;
    }

    Result<void> tellFailure(const Error& error) {
        const auto& command = m_output->failedCommand();
        const std::string message = command ? command->message : error.text();
        if (!m_exchange.hasAnswered() && m_unsaid.empty())
            return fail(error); // of the Dockerfile, say
        const Json detail = Json().set("code", command ? command->exitCode : 1).set("message", message);
        TRY(write(m_unsaid + Json().set("errorDetail", detail).set("error", message).dump() + "\r\n"));
        return m_exchange.endStream();
    }

    Exchange& m_exchange;
    const Bus& m_bus;
    const BuildRequest& m_request;
    UniqueFd m_socket;
    QString m_id;
    QDBusObjectPath m_job;
    std::optional<BuildEventsFile> m_events;
    std::optional<BuildOutput> m_output;
    std::string m_unsaid;
};

} // namespace

Result<void> build(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(auto request, buildRequest(exchange.query()));
    TRY_ASSIGN(const auto accounts, accountOptions(exchange.request().header("x-registry-config")));
    request.options.insert(accounts);
    if (!exchange.hasBody())
        return fail(ErrorCode::InvalidArgument, "the build has no files: the request's body is empty",
                    "Send a tar archive with the Dockerfile.");
    TRY_ASSIGN(const auto folder, BuildFolder::receive(exchange));
    TRY_ASSIGN(auto dockerfile, folder->takeDockerfile(request.dockerfile));
    return ToldBuild(exchange, bus, request).run(std::move(dockerfile), folder->fd());
}

} // namespace escale::docker_api
