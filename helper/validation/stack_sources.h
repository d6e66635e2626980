// The descriptors of a stack: received over a socket of their own, looked at, and contents read.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/container/containers.h"
#include "helper/validation/stack_options.h"

#include <QDBusUnixFileDescriptor>

#include <chrono>
#include <map>
#include <mutex>

namespace escale {

/// Thread-safe.
class StackSources {
public:
    static constexpr std::chrono::seconds kPatience{30};

    /// None: of a stack that names no sources.
    StackSources() = default;
    StackSources(const StackSources&) = delete;
    StackSources& operator=(const StackSources&) = delete;

    /// Reads until the caller has shut its side; not on the bus's thread. Every source of `order` must have
    /// come, and nothing else. InvalidArgument names the number; Timeout. After `patience` it ends, whatever
    /// the caller does.
    Result<void> receive(UniqueFd socket, uid_t owner, const StackOrder& order,
                         const Cancellation& cancellation, std::chrono::milliseconds patience = kPatience);

    /// What a container of the service is made with; as often as it is made.
    Result<MountSources> mountSources(const StackService& service) const;
    /// The order of a service's build with its secrets' and agents' descriptors.
    Result<BuildOrder> buildOrder(const StackBuildOrder& build) const;
    /// Of a build; each once.
    Result<UniqueFd> takeDockerfile(const StackBuild& build);
    /// The caller is told that its files are wanted.
    Result<UniqueFd> takeContext(const StackBuild& build);
    /// Contexts that nobody has taken are closed: their senders need wait no longer.
    void closeContexts();

private:
    Result<void> take(std::uint32_t index, StackSourceKind kind, UniqueFd descriptor);
    Result<void> readContents(uid_t owner, const StackOrder& order, std::chrono::milliseconds patience);
    Result<UniqueFd> takeOne(std::map<std::uint32_t, UniqueFd>& from, std::uint32_t index);

    std::map<std::uint32_t, UniqueFd> m_paths;                            // binds, and agents
    std::map<std::uint32_t, std::shared_ptr<const UniqueFd>> m_readables; // files, and secrets of builds
    std::map<std::uint32_t, std::string> m_contents;                      // of files
    std::mutex m_mutex;                                                   // guards these
    std::map<std::uint32_t, UniqueFd> m_dockerfiles, m_contexts;
};

/// A copy of a SOCK_SEQPACKET socket, on the bus's thread. InvalidArgument.
Result<UniqueFd> takePacketSocket(const QDBusUnixFileDescriptor& passed);

} // namespace escale
