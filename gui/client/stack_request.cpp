#include "gui/client/stack_request.h"

#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/message_channel.h"
#include "engine/base/thread.h"
#include "engine/build/context_sender.h"
#include "gui/client/build_files.h"
#include "helper/dbus/stack_map.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <array>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::gui {
namespace {

using compose::BuildRequest;
using compose::StackSource;

constexpr std::size_t kLargestFile = 1U << 20; // of a secret or a config: the engine takes no more
constexpr std::size_t kLargestBuildSecret = 512U << 10;
constexpr std::size_t kLargestDockerfile = 4U << 20;
constexpr std::uint32_t kDescriptor = 1; // the packets of "files"

QString words(const char* text) {
    return QCoreApplication::translate("StackRequest", text);
}

/// A context's ends, and what will be sent on ours.
struct Context {
    UniqueFd ours;
    UniqueFd folder; // invalid: no files
    IgnoreFile ignored;
};

/// What one source has become.
struct Opened {
    UniqueFd descriptor; // the engine's
    std::optional<Context> context;
    std::string digest; // of what it holds, where that counts
};

Result<UniqueFd> openPath(const std::string& path, int flags) {
    UniqueFd file(::open(path.c_str(), flags | O_CLOEXEC));
    if (!file)
        return failErrno(words(QT_TRANSLATE_NOOP("StackRequest", "cannot open %1"))
                             .arg(QString::fromStdString(path))
                             .toStdString());
    return file;
}

/// To its end, and no more than `largest` bytes. A pipe that nobody writes to is none.
Result<std::string> contentOf(const std::string& path, std::size_t largest) {
    TRY_ASSIGN(const UniqueFd file, openPath(path, O_RDONLY | O_NONBLOCK));
    struct stat status {};
    if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(ErrorCode::InvalidArgument, words(QT_TRANSLATE_NOOP("StackRequest", "%1 is no file"))
                                                    .arg(QString::fromStdString(path))
                                                    .toStdString());
    auto content = readFd(file.get(), largest);
    if (!content)
        return fail(std::move(content).error().prefixed(path));
    return content;
}

Result<UniqueFd> openBind(const StackSource& source) {
    if (source.create && ::access(source.path.c_str(), F_OK) != 0 &&
        !QDir().mkpath(QString::fromStdString(source.path)))
        return failErrno(words(QT_TRANSLATE_NOOP("StackRequest", "cannot make the folder %1"))
                             .arg(QString::fromStdString(source.path))
                             .toStdString());
    return openPath(source.path, O_PATH);
}

Result<Opened> openContext(const StackSource& source) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return failErrno("cannot make a socket for the build's files");
    Opened opened{UniqueFd(ends[1]), Context{UniqueFd(ends[0]), {}, {}}, {}};
    if (source.path.find("://") != std::string::npos)
        return opened; // the engine's to fetch
    TRY_ASSIGN(opened.context->folder, openPath(source.path, O_RDONLY | O_DIRECTORY));
    const std::string dockerfile =
        source.dockerfile.starts_with('/') ? source.dockerfile : source.path + '/' + source.dockerfile;
    TRY_ASSIGN(opened.context->ignored, ignoredFiles(dockerfile, source.path));
    return opened;
}

Result<Opened> openContent(const StackSource& source, std::size_t largest) {
    std::string content = source.text;
    if (!source.path.empty()) {
        TRY_ASSIGN(content, contentOf(source.path, largest));
    }
    if (content.size() > largest)
        return fail(ErrorCode::InvalidArgument,
                    words(QT_TRANSLATE_NOOP("StackRequest", "a file of the stack is larger than %1 KiB"))
                        .arg(largest >> 10U)
                        .toStdString());
    Opened opened;
    TRY_ASSIGN(opened.descriptor, sealedFile(content, "a file of the stack"));
    opened.digest = Digest::ofData(content).toString();
    return opened;
}

Result<Opened> openSource(const StackSource& source) {
    Opened opened;
    switch (source.kind) {
    case StackSource::Kind::Bind: {
        TRY_ASSIGN(opened.descriptor, openBind(source));
        return opened;
    }
    case StackSource::Kind::File:
    case StackSource::Kind::Content:
        return openContent(source, kLargestFile);
    case StackSource::Kind::Dockerfile:
        return openContent(source, kLargestDockerfile);
    case StackSource::Kind::Secret:
        return openContent(source, kLargestBuildSecret);
    case StackSource::Kind::Context:
        return openContext(source);
    case StackSource::Kind::Agent:
        break;
    }
    const std::string path =
        source.path.empty() ? qEnvironmentVariable("SSH_AUTH_SOCK").toStdString() : source.path;
    if (path.empty())
        return fail(ErrorCode::NotFound,
                    words(QT_TRANSLATE_NOOP("StackRequest", "no ssh agent runs")).toStdString(),
                    words(QT_TRANSLATE_NOOP("StackRequest", "Start one, so that SSH_AUTH_SOCK names it."))
                        .toStdString());
    TRY_ASSIGN(opened.descriptor, openPath(path, O_PATH));
    return opened;
}

dbus::TextMap toMap(const std::map<std::string, std::string>& map) {
    dbus::TextMap result;
    for (const auto& [name, value] : map)
        result.insert(QString::fromStdString(name), QString::fromStdString(value));
    return result;
}
QStringList toList(const std::vector<std::string>& texts) {
    QStringList list;
    for (const auto& text : texts)
        list.append(QString::fromStdString(text));
    return list;
}

/// Options of Builds.Build; what is not said is left out.
QVariantMap toOptions(const BuildRequest& build) {
    QVariantMap options{{QStringLiteral("name"), QString::fromStdString(build.context)}};
    const auto text = [&options](const char* key, const std::string& value) {
        if (!value.empty())
            options.insert(QLatin1String(key), QString::fromStdString(value));
    };
    const auto list = [&options](const char* key, const std::vector<std::string>& value) {
        if (!value.empty())
            options.insert(QLatin1String(key), toList(value));
    };
    const auto map = [&options](const char* key, const std::map<std::string, std::string>& value) {
        if (!value.empty())
            options.insert(QLatin1String(key), QVariant::fromValue(toMap(value)));
    };
    text("dockerfile", build.dockerfile);
    text("target", build.target);
    text("network", build.network);
    text("platform", build.platform);
    list("tags", build.tags);
    list("no-cache-filter", build.noCacheFilter);
    list("extra-hosts", build.extraHosts);
    list("allow", build.allow);
    map("arguments", build.arguments);
    map("labels", build.labels);
    if (build.noCache)
        options.insert(QStringLiteral("no-cache"), true);
    if (build.pull)
        options.insert(QStringLiteral("pull"), true);
    if (build.shmSize != 0)
        options.insert(QStringLiteral("shm-size"), QVariant::fromValue(quint64{build.shmSize}));
    return options;
}

QList<dbus::LentSource> toLent(const std::vector<std::pair<std::string, std::uint32_t>>& lent) {
    QList<dbus::LentSource> list;
    for (const auto& [id, source] : lent)
        list.append({QString::fromStdString(id), source});
    return list;
}

void serve(Context context, const std::shared_ptr<Cancellation>& over) {
    // A build that has ended does not want the rest, and any other failure is told to the engine's end.
    (void)sendContext(
        context.ours.get(), context.folder.get(), context.ignored, [](const auto&) {}, *over);
}

} // namespace

dbus::Stack toBus(const compose::MadeStack& made) {
    dbus::Stack sent = stackToBus(made.stack);
    for (const BuildRequest& build : made.builds) {
        for (auto& service : sent.services) {
            if (service.build.isEmpty() || service.name.toStdString() != build.service)
                continue;
            service.build.first().options = toOptions(build);
            service.build.first().secrets = toLent(build.secrets);
            service.build.first().agents = toLent(build.agents);
        }
    }
    return sent;
}

struct StackDelivery::Load {
    std::vector<UniqueFd> descriptors; // the engine's, by their numbers
    std::vector<Context> contexts;
    std::shared_ptr<Cancellation> over = std::make_shared<Cancellation>();
    std::mutex mutex; // guards hasBegun
    bool hasBegun = false;

    static void sendAll(const std::vector<UniqueFd>& descriptors, UniqueFd socket);
    static void serveWhenAsked(std::vector<Context> contexts, const std::shared_ptr<Cancellation>& over);
};

void StackDelivery::Load::sendAll(const std::vector<UniqueFd>& descriptors, UniqueFd socket) {
    const MessageChannel channel(std::move(socket));
    for (std::size_t i = 0; i < descriptors.size(); ++i) {
        if (!channel.send(MessageWriter(kDescriptor).number(i).fd(descriptors[i].get())))
            return; // the engine has refused the call, and says why there
    }
    ::shutdown(channel.fd(), SHUT_WR); // what was sent stays there to be read
}

// The engine asks by one byte, and closes what it does not want.
void StackDelivery::Load::serveWhenAsked(std::vector<Context> contexts,
                                         const std::shared_ptr<Cancellation>& over) {
    std::vector<std::thread> serving;
    while (!contexts.empty() && !over->isCancelled()) {
        std::vector<pollfd> ready;
        for (const Context& context : contexts)
            ready.push_back({context.ours.get(), POLLIN, 0});
        ready.push_back({over->fd(), POLLIN, 0});
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            break;
        for (std::size_t i = contexts.size(); i-- > 0;) {
            if (ready[i].revents == 0)
                continue;
            Context asked = std::move(contexts[i]);
            contexts.erase(contexts.begin() + static_cast<std::ptrdiff_t>(i));
            char byte = 0;
            if (::recv(asked.ours.get(), &byte, 1, 0) != 1)
                continue;
            auto shared = std::make_shared<Context>(std::move(asked));
            auto thread = startThread([shared, over] { serve(std::move(*shared), over); });
            if (thread)
                serving.push_back(*std::move(thread));
        }
    }
    for (std::thread& thread : serving)
        thread.join();
}

StackDelivery::StackDelivery(std::unique_ptr<Load> load)
    : m_load(std::move(load)) {}

// What has begun ends by itself when the engine is done with it; its threads own what they need.
StackDelivery::~StackDelivery() = default;

QDBusUnixFileDescriptor StackDelivery::begin() {
    const std::lock_guard lock(m_load->mutex);
    std::array<int, 2> ends{};
    if (std::exchange(m_load->hasBegun, true) ||
        ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return {};
    QDBusUnixFileDescriptor engines;
    engines.giveFileDescriptor(ends[1]);
    const auto socket = std::make_shared<UniqueFd>(ends[0]);
    const auto descriptors = std::make_shared<std::vector<UniqueFd>>(std::move(m_load->descriptors));
    const auto contexts = std::make_shared<std::vector<Context>>(std::move(m_load->contexts));
    // A thread that cannot be had leaves the socket closed: the engine says what it lacks.
    auto thread = startThread([socket, descriptors, contexts, over = m_load->over] {
        Load::sendAll(*descriptors, std::move(*socket));
        descriptors->clear(); // our copies of the engine's ends
        Load::serveWhenAsked(std::move(*contexts), over);
    });
    if (thread)
        thread->detach();
    return engines;
}

tl::expected<OpenedStack, compose::Problem> openStack(const compose::MadeStack& made) {
    OpenedStack opened{toBus(made), nullptr};
    auto load = std::make_unique<StackDelivery::Load>();
    std::vector<QString> digests;
    for (const StackSource& source : made.sources) {
        auto one = openSource(source);
        if (!one)
            return tl::unexpected(compose::Problem{
                compose::Problem::Severity::Error, source.place, {}, one.error().message, one.error().hint});
        load->descriptors.push_back(std::move(one->descriptor));
        if (one->context)
            load->contexts.push_back(*std::move(one->context));
        digests.push_back(QString::fromStdString(one->digest));
    }
    for (auto& service : opened.stack.services) {
        for (auto& file : service.files) {
            if (file.source < digests.size())
                file.digest = digests[file.source];
        }
    }
    opened.delivery = std::shared_ptr<StackDelivery>(new StackDelivery(std::move(load)));
    return opened;
}

} // namespace escale::gui
