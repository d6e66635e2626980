#include "helper/worker/worker_process.h"

#include "helper/worker/protocol.h"
#include "helper/worker/spare_worker.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <poll.h>

namespace escale {
namespace {

constexpr std::chrono::milliseconds kGrace{2000};

/// The modes of escale-worker-network, which lies beside escale-worker.
bool usesNetwork(const std::string& mode) {
    return mode == "fetch" || mode == "push" || mode == "download";
}

std::vector<std::string> environmentFor(const std::string& mode) {
    std::vector<std::string> environment{"LC_ALL=C"};
    if (!usesNetwork(mode) && mode != "git")
        return environment;
    for (const char* name : {"http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
                             "all_proxy", "ALL_PROXY"}) {
        if (const char* value = std::getenv(name); value != nullptr)
            environment.push_back(std::string(name) + "=" + value);
    }
    return environment;
}

} // namespace

Result<WorkerProcess> WorkerProcess::start(const std::string& program, const std::string& mode) {
    auto environment = environmentFor(mode);
    if (environment.size() == 1 && !usesNetwork(mode)) {
        if (auto spare = takeSpareWorker(program, mode))
            return WorkerProcess(mode, std::move(spare->process), std::move(spare->channel));
    }
    TRY_ASSIGN(StartedWorker started,
               startWorker(usesNetwork(mode) ? program + "-network" : program, mode, std::move(environment)));
    return WorkerProcess(mode, std::move(started.process), std::move(started.channel));
}

WorkerProcess::~WorkerProcess() {
    if (m_process.pidFd() < 0)
        return; // reaped or moved from
    m_channel.close();
    (void)m_process.signal(SIGTERM); // fails when it has ended: then there is nothing to do
    (void)m_process.waitFor(kGrace); // else the Subprocess kills it
}

void WorkerProcess::kill() {
    (void)m_process.signal(SIGKILL); // fails when it has ended
}

Result<Message> WorkerProcess::receive(const Cancellation& cancellation) {
    std::array<pollfd, 2> ready{{{m_channel.fd(), POLLIN, 0}, {cancellation.fd(), POLLIN, 0}}};
    while (ready[0].revents == 0) {
        TRY(cancellation.check());
        const int count = ::poll(ready.data(), ready.size(), static_cast<int>(m_patience.count()));
        if (count < 0 && errno != EINTR)
            return failErrno("cannot wait for a worker");
        if (count == 0)
            return fail(ErrorCode::Timeout, "the file system does not answer",
                        "Its server may be gone, or its disk is very busy: try again later.");
    }
    TRY(cancellation.check());
    return receiveNow();
}

Result<Message> WorkerProcess::receiveNow() {
    auto message = m_channel.receive();
    if (message || message.error().code != ErrorCode::Unreachable)
        return message;
    const auto status = m_process.waitFor(kGrace);
    std::string how = "closed its channel";
    if (status && status->signal != 0)
        how = std::string("was ended by signal ") + std::to_string(status->signal) + " (" +
              ::strsignal(status->signal) + ")";
    else if (status)
        how = "ended with status " + std::to_string(status->code);
    return fail(ErrorCode::SystemFailure,
                "the worker for \"" + m_mode + "\" " + how + " before its work was done",
                "Try again. When it happens again, the system's log may say why (too little memory?).");
}

} // namespace escale
