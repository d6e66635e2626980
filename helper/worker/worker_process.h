// The helper's hold on one escale-worker. Ended with this object: asked first, then killed.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/message_channel.h"
#include "engine/base/subprocess.h"

#include <chrono>
#include <string>

namespace escale {

class WorkerProcess {
public:
    /// `mode` as in helper/worker/main.cpp. Proxy settings of our environment go along to those that talk to
    /// the network.
    static Result<WorkerProcess> start(const std::string& program, const std::string& mode);
    WorkerProcess(WorkerProcess&&) noexcept = default;
    WorkerProcess& operator=(WorkerProcess&&) = delete;
    ~WorkerProcess();

    [[nodiscard]] const MessageChannel& channel() const { return m_channel; }
    [[nodiscard]] pid_t pid() const { return m_process.pid(); }
    /// How long receive() waits for one message; otherwise without end.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }
    /// Waits for a message. Cancelled when told so meanwhile; when the worker has ended without a word, the
    /// error says how (its exit code or signal). Timeout: a file system does not answer it.
    Result<Message> receive(const Cancellation& cancellation);
    /// As receive(), once the channel is readable.
    Result<Message> receiveNow();
    /// At once. Whoever sends it something on another thread gets Unreachable.
    void kill();

private:
    WorkerProcess(std::string mode, Subprocess process, MessageChannel channel)
        : m_mode(std::move(mode))
        , m_process(std::move(process))
        , m_channel(std::move(channel)) {}
    std::string m_mode;
    Subprocess m_process;
    MessageChannel m_channel;
    std::chrono::milliseconds m_patience{-1}; // poll(2)'s
};

} // namespace escale
