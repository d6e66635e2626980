#include "helper/service/stack_hooks.h"

#include "engine/base/session_frame.h"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kKeptOutput = 2048; // of the end

/// What the command has said and how it ended, by its session.
class HookSession {
public:
    explicit HookSession(UniqueFd session)
        : m_session(std::move(session)) {}

    Result<int> awaitExit(const Cancellation& cancellation) {
        std::string bytes;
        for (;;) {
            while (const auto code = takeFrame(bytes))
                if (*code >= 0)
                    return *code;
            TRY(awaitBytes(cancellation));
            char buffer[16384];
            const ssize_t count = ::read(m_session.get(), buffer, sizeof buffer);
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                return fail(ErrorCode::SystemFailure, "the container has ended meanwhile");
            bytes.append(buffer, static_cast<std::size_t>(count));
        }
    }
    [[nodiscard]] const std::string& output() const { return m_output; }

private:
    Result<void> awaitBytes(const Cancellation& cancellation) {
        pollfd ready[] = {{m_session.get(), POLLIN, 0}, {cancellation.fd(), POLLIN, 0}};
        while (::poll(ready, 2, -1) < 0) {
            if (errno != EINTR)
                return failErrno("cannot wait for a hook");
        }
        return cancellation.check();
    }
    /// Nothing: more bytes are needed. Negative: it was no end.
    std::optional<int> takeFrame(std::string& bytes) {
        if (bytes.size() < kFrameHeaderSize)
            return std::nullopt;
        FrameHeaderBytes head{};
        std::copy_n(bytes.begin(), head.size(), head.begin());
        const auto header = parseFrameHeader(head);
        if (!header)
            return 255; // the monitor is ours: that is a defect, and no reason to wait for ever
        if (bytes.size() < kFrameHeaderSize + header->length)
            return std::nullopt;
        const std::string payload = bytes.substr(kFrameHeaderSize, header->length);
        bytes.erase(0, kFrameHeaderSize + header->length);
        if (header->type == FrameType::Exited)
            return static_cast<int>(parseNumber(payload));
        if (header->type == FrameType::Output || header->type == FrameType::Error) {
            m_output += payload;
            if (m_output.size() > kKeptOutput)
                m_output.erase(0, m_output.size() - kKeptOutput);
        }
        return -1;
    }

    UniqueFd m_session;
    std::string m_output;
};

Result<void> runHook(Containers& containers, uid_t owner, const std::string& container, const StackHook& hook,
                     const Cancellation& cancellation) {
    ExecOptions options;
    options.command = hook.command;
    options.user = hook.user;
    options.workingDirectory = hook.workingDirectory;
    options.environment = hook.environment;
    options.privileged = hook.privileged;
    TRY_ASSIGN(auto started, containers.exec(owner, container, options));
    HookSession session(std::move(started.session));
    TRY_ASSIGN(const int code, session.awaitExit(cancellation));
    if (code == 0)
        return {};
    return fail(ErrorCode::WrongState, "it ended with exit code " + std::to_string(code),
                session.output().empty() ? std::string() : "It said: " + session.output());
}

} // namespace

Result<void> runHooks(Containers& containers, uid_t owner, const std::string& container,
                      const std::vector<StackHook>& hooks, const Cancellation& cancellation) {
    for (const auto& hook : hooks) {
        auto ran = runHook(containers, owner, container, hook, cancellation);
        if (!ran)
            return fail(std::move(ran).error().prefixed(
                "the hook " + (hook.command.empty() ? std::string() : hook.command.front())));
    }
    return {};
}

} // namespace escale
