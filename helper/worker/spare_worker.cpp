#include "helper/worker/spare_worker.h"

#include "engine/base/thread.h"
#include "helper/worker/protocol.h"

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace escale {
namespace {

constexpr std::chrono::seconds kDemandLasts{3};
constexpr std::size_t kMostSpares = 2;    // what a layer is made with: one reads the folder, one the archive
constexpr std::uint32_t kModeMessage = 0; // of no Kind
constexpr std::size_t kLongestMode = 64;

const std::vector<std::string>& plainEnvironment() {
    static const std::vector<std::string> environment{"LC_ALL=C"};
    return environment;
}

/// Never destroyed: a worker is killed when the thread ends that has started it (PR_SET_PDEATHSIG), so this
/// one's lasts as long as the process.
class Spares {
public:
    static Spares& get() {
        static Spares* const spares = new Spares;
        return *spares;
    }

    std::optional<StartedWorker> take(const std::string& program) {
        const std::lock_guard lock(m_mutex);
        m_isWanted = true;
        m_wanted.notify_one();
        if (program != m_program) {
            m_program = program;
            m_ready.clear();
        }
        if (!m_hasThread) {
            // Without it every worker is started when it is needed.
            if (auto thread = startThread([this] { run(); })) {
                thread->detach();
                m_hasThread = true;
            }
        }
        if (m_ready.empty())
            return std::nullopt;
        StartedWorker spare = std::move(m_ready.back());
        m_ready.pop_back();
        return spare;
    }

private:
    void run() {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_wanted.wait(lock, [this] { return m_isWanted; });
            m_isWanted = false;
            while (m_ready.size() < kMostSpares) {
                const std::string program = m_program;
                lock.unlock();
                auto started = startWorker(program, std::string(kSpareMode), plainEnvironment());
                lock.lock();
                if (!started)
                    break; // whoever needs one gets the error
                if (program == m_program)
                    m_ready.push_back(*std::move(started));
            }
            if (m_wanted.wait_for(lock, kDemandLasts, [this] { return m_isWanted; }))
                continue;
            auto unwanted = std::exchange(m_ready, {});
            lock.unlock();
            unwanted.clear();
            lock.lock();
        }
    }

    std::mutex m_mutex; // guards the rest
    std::condition_variable m_wanted;
    bool m_isWanted = false;
    bool m_hasThread = false;
    std::string m_program;
    std::vector<StartedWorker> m_ready;
};

} // namespace

std::optional<StartedWorker> takeSpareWorker(const std::string& program, const std::string& mode) {
    auto spare = Spares::get().take(program);
    if (spare && !spare->channel.send(MessageWriter(kModeMessage).text(mode)))
        spare.reset(); // it has ended
    return spare;
}

Result<StartedWorker> startWorker(const std::string& program, const std::string& mode,
                                  std::vector<std::string> environment) {
    TRY_ASSIGN(auto channels, MessageChannel::pair());
    TRY_ASSIGN(Subprocess process, Subprocess::start({.arguments = {program, mode},
                                                      .environment = std::move(environment),
                                                      .fds = {{channels.second.fd(), worker::kChannelFd}},
                                                      .workingDirectory = "/"}));
    return StartedWorker{std::move(process), std::move(channels.first)};
}

Result<std::string> worker::waitForMode(const MessageChannel& channel) {
    TRY_ASSIGN(Message message, channel.receive());
    TRY_ASSIGN(std::string mode, message.text(kLongestMode));
    TRY(message.end());
    return mode;
}

} // namespace escale
