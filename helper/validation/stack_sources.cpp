#include "helper/validation/stack_sources.h"

#include "engine/base/digest.h"
#include "engine/base/message_channel.h"
#include "helper/validation/received_fd.h"
#include "helper/validation/secret_contents.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

namespace escale {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kDescriptor = 1;          // the one kind of packet
constexpr std::size_t kMostContents = 64U << 20U; // of all files of a stack together: it is memory of root
constexpr const char* kHint = "Send each number of the stack once, then shut the socket's writing side.";

tl::unexpected<Error> invalid(std::string message, std::string hint = {}) {
    return fail(ErrorCode::InvalidArgument, std::move(message), std::move(hint));
}

std::string sourceText(std::uint32_t index) {
    return "the source " + std::to_string(index) + " of the stack";
}

/// Whether something is to be read: false is the end.
Result<bool> waitForPacket(int socket, Clock::time_point deadline, const Cancellation& cancellation) {
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return fail(ErrorCode::Timeout, "the files of the stack did not come in time", kHint);
        TRY(cancellation.check());
        std::array<pollfd, 2> ready{{{socket, POLLIN, 0}, {cancellation.fd(), POLLIN, 0}}};
        const int count = ::poll(ready.data(), ready.size(), static_cast<int>(left));
        if (count < 0 && errno != EINTR)
            return failErrno("cannot wait for the files of the stack");
        if (count <= 0 || ready[0].revents == 0)
            continue;
        char first = 0;
        const ssize_t size = ::recv(socket, &first, 1, MSG_PEEK | MSG_DONTWAIT);
        if (size < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        return size > 0;
    }
}

Result<UniqueFd> copyOf(const UniqueFd& descriptor) {
    UniqueFd copy(::fcntl(descriptor.get(), F_DUPFD_CLOEXEC, 3));
    if (!copy)
        return failErrno("cannot copy a descriptor of the stack");
    return copy;
}

Result<UniqueFd> looked(StackSourceKind kind, const QDBusUnixFileDescriptor& passed) {
    switch (kind) {
    case StackSourceKind::Path:
        return takePath(passed);
    case StackSourceKind::Agent:
        return takeSocketPath(passed);
    case StackSourceKind::Context:
        return takeSocket(passed);
    case StackSourceKind::Content:
    case StackSourceKind::Dockerfile:
    case StackSourceKind::BuildSecret:
        break;
    }
    return takeReadable(passed);
}

} // namespace

Result<UniqueFd> takePacketSocket(const QDBusUnixFileDescriptor& passed) {
    int type = 0;
    socklen_t size = sizeof type;
    if (!passed.isValid() || ::getsockopt(passed.fileDescriptor(), SOL_SOCKET, SO_TYPE, &type, &size) != 0 ||
        type != SOCK_SEQPACKET)
        return invalid("\"files\" is no socket of packets (SOCK_SEQPACKET)");
    UniqueFd own(::fcntl(passed.fileDescriptor(), F_DUPFD_CLOEXEC, 3));
    if (!own)
        return failErrno("cannot take the socket of the stack's files");
    return own;
}

Result<void> StackSources::receive(UniqueFd socket, uid_t owner, const StackOrder& order,
                                   const Cancellation& cancellation, std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    const MessageChannel channel(std::move(socket));
    std::set<std::uint32_t> missing;
    for (const auto& [index, kind] : order.sources)
        missing.insert(index);
    for (;;) {
        TRY_ASSIGN(const bool more, waitForPacket(channel.fd(), deadline, cancellation));
        if (!more)
            break;
        // The caller may hold this end, too, and have taken what was there.
        auto message = channel.receive(MessageChannel::Waiting::Never);
        if (!message || message->kind() != kDescriptor)
            return invalid("what came for the stack is no packet of a file", kHint);
        const auto index = message->number();
        auto descriptor = message->fd();
        if (!index || !descriptor || !message->end())
            return invalid("what came for the stack is no packet of a file", kHint);
        const auto kind = *index <= UINT32_MAX ? order.sources.find(static_cast<std::uint32_t>(*index))
                                               : order.sources.end();
        if (kind == order.sources.end())
            return invalid("the stack has no source " + std::to_string(*index), kHint);
        if (missing.erase(kind->first) == 0)
            return invalid(sourceText(kind->first) + " came twice", kHint);
        TRY(take(kind->first, kind->second, *std::move(descriptor)));
    }
    if (!missing.empty())
        return invalid(sourceText(*missing.begin()) + " was not sent", kHint);
    return readContents(
        owner, order,
        std::max(std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()),
                 std::chrono::milliseconds(1)));
}

Result<void> StackSources::take(std::uint32_t index, StackSourceKind kind, UniqueFd descriptor) {
    QDBusUnixFileDescriptor passed;
    passed.giveFileDescriptor(descriptor.release());
    auto own = looked(kind, passed);
    if (!own)
        return fail(std::move(own).error().prefixed(sourceText(index)));
    switch (kind) {
    case StackSourceKind::Path:
    case StackSourceKind::Agent:
        m_paths.emplace(index, *std::move(own));
        break;
    case StackSourceKind::Content:
    case StackSourceKind::BuildSecret:
        m_readables.emplace(index, std::make_shared<const UniqueFd>(*std::move(own)));
        break;
    case StackSourceKind::Dockerfile:
        m_dockerfiles.emplace(index, *std::move(own));
        break;
    case StackSourceKind::Context:
        m_contexts.emplace(index, *std::move(own));
        break;
    }
    return {};
}

Result<void> StackSources::readContents(uid_t owner, const StackOrder& order,
                                        std::chrono::milliseconds patience) {
    std::vector<NamedContent> contents;
    std::vector<const StackFile*> files;
    for (const StackService& service : order.stack.services) {
        for (const StackFile& file : service.files) {
            contents.push_back({"the file at " + file.path + " of the service \"" + service.name + '"',
                                m_readables.at(file.source)});
            files.push_back(&file);
        }
    }
    TRY_ASSIGN(auto texts,
               readSecretContents(owner, std::move(contents), kLargestSecret, kMostContents, patience));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        // The hash of a service counts on it.
        if (Digest::ofData(texts[i]).toString() != files[i]->contentDigest)
            return invalid("the file at " + files[i]->path + " is not what its digest says",
                           "It was changed meanwhile: try again.");
        m_contents.emplace(files[i]->source, std::move(texts[i]));
        m_readables.erase(files[i]->source);
    }
    return {};
}

Result<MountSources> StackSources::mountSources(const StackService& service) const {
    MountSources sources;
    for (const std::uint32_t index : service.binds) {
        TRY_ASSIGN(UniqueFd copy, copyOf(m_paths.at(index)));
        sources.binds.push_back(std::move(copy));
    }
    for (const StackFile& file : service.files)
        sources.secrets.push_back({file.path, file.user, file.group, file.mode, m_contents.at(file.source)});
    return sources;
}

Result<BuildOrder> StackSources::buildOrder(const StackBuildOrder& build) const {
    BuildOrder order = build.order;
    for (const auto& [id, index] : build.secrets)
        order.secrets.push_back({id, m_readables.at(index)});
    for (const auto& [id, index] : build.agents) {
        TRY_ASSIGN(UniqueFd copy, copyOf(m_paths.at(index)));
        order.agents.push_back({id, std::make_shared<const UniqueFd>(std::move(copy))});
    }
    return order;
}

Result<UniqueFd> StackSources::takeOne(std::map<std::uint32_t, UniqueFd>& from, std::uint32_t index) {
    const std::lock_guard lock(m_mutex);
    const auto one = from.find(index);
    if (one == from.end() || !one->second)
        return fail(ErrorCode::WrongState, sourceText(index) + " was used already");
    return std::move(one->second);
}

Result<UniqueFd> StackSources::takeDockerfile(const StackBuild& build) {
    return takeOne(m_dockerfiles, build.dockerfile);
}

Result<UniqueFd> StackSources::takeContext(const StackBuild& build) {
    TRY_ASSIGN(UniqueFd context, takeOne(m_contexts, build.context));
    const char wanted = 1;
    if (::send(context.get(), &wanted, 1, MSG_NOSIGNAL | MSG_DONTWAIT) != 1)
        return fail(ErrorCode::Unreachable,
                    "the files of a build cannot be asked for: their sender has gone");
    return context;
}

void StackSources::closeContexts() {
    const std::lock_guard lock(m_mutex);
    m_contexts.clear();
    m_dockerfiles.clear();
}

} // namespace escale
