#include "engine/network/dns_server.h"

#include "engine/base/file.h"
#include "engine/base/thread.h"
#include "engine/network/resolv_conf.h"
#include "engine/network/resolv_conf_watch.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fcntl.h>
#include <mutex>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace escale {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr auto kResolvConf = "/etc/resolv.conf";
constexpr milliseconds kShortestPause(100);
constexpr milliseconds kLongestPause(30'000);
constexpr milliseconds kStable(60'000); // so long a life makes an earlier death forgotten

} // namespace

class DnsServer::State {
public:
    explicit State(Settings settings)
        : m_settings(std::move(settings)) {}
    ~State();

    Result<void> open();
    Result<void> serve(const std::vector<DnsNetwork>& networks);
    Result<void> reload();
    pid_t pid() const;

private:
    static Result<DnsTable> tableOf(const std::vector<DnsNetwork>& networks);
    Result<void> tell(const DnsTable& table);
    Result<void> tellAgain();
    Result<void> hear(const DnsTable& table);
    Result<void> start();
    Result<void> end();
    bool isAlive() const { return m_process && !hasEnded(*m_process); }
    void wake() const { ::eventfd_write(m_wake.get(), 1); }
    void watch();
    std::string afterDeath();
    std::string afterChange();

    Settings m_settings;
    DnsProgram m_program;
    ResolvConfWatch m_resolvConf;
    mutable std::mutex m_mutex; // all below
    std::vector<DnsNetwork> m_networks;
    std::string m_told; // the table that the process answers from, at each gateway
    std::optional<DnsProcess> m_process;
    Clock::time_point m_startedAt;
    std::optional<Clock::time_point> m_restartAt;
    milliseconds m_pause{0};
    std::string m_badNews; // not told twice in a row
    bool m_isClosing = false;
    UniqueFd m_wake;
    std::thread m_watcher;
};

DnsServer::State::~State() {
    {
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
    }
    if (m_watcher.joinable()) {
        wake();
        m_watcher.join();
    }
}

Result<void> DnsServer::State::open() {
    m_program = {m_settings.program, m_settings.folder};
    TRY(makeDirectories(m_program.folder, 0700));
    if (::chmod(m_program.folder.c_str(), 0700) != 0)
        return failErrno("cannot prepare " + m_program.folder);
    m_wake = UniqueFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!m_wake)
        return failErrno("cannot make an event");
    TRY_ASSIGN(m_resolvConf, ResolvConfWatch::open(kResolvConf));
    m_process = findDnsProcess(m_program);
    m_startedAt = Clock::now();
    TRY_ASSIGN(m_watcher, startThread([this] { watch(); }));
    return {};
}

Result<void> DnsServer::State::serve(const std::vector<DnsNetwork>& networks) {
    const std::lock_guard lock(m_mutex);
    TRY_ASSIGN(const DnsTable table, tableOf(networks));
    m_networks = networks;
    m_restartAt.reset();
    m_pause = milliseconds(0);
    return tell(table);
}

Result<void> DnsServer::State::reload() {
    const std::lock_guard lock(m_mutex);
    return tellAgain();
}

Result<DnsTable> DnsServer::State::tableOf(const std::vector<DnsNetwork>& networks) {
    const auto resolvConf = readFile(kResolvConf, 64 * 1024); // there need be none
    return dnsTable(networks, nameServersOf(resolvConf.value_or(std::string())));
}

Result<void> DnsServer::State::tellAgain() {
    TRY_ASSIGN(const DnsTable table, tableOf(m_networks));
    return tell(table);
}

Result<void> DnsServer::State::tell(const DnsTable& table) {
    if (table.gateways.empty())
        return end();
    if (isAlive() && table.bytes == m_told)
        return {};
    m_told.clear();
    if (isAlive()) {
        auto heard = hear(table);
        if (heard || heard.error().code == ErrorCode::InUse)
            return heard;
        // It hangs, or has just ended.
        TRY(endDnsProcess(*m_process));
    }
    TRY(start());
    return hear(table);
}

Result<void> DnsServer::State::hear(const DnsTable& table) {
    TRY_ASSIGN(auto failures, tellDnsProcess(m_program, table.gateways, table.bytes));
    if (failures.empty()) {
        m_told = table.bytes;
        return {};
    }
    Error error = std::move(failures.front());
    for (std::size_t i = 1; i < failures.size(); ++i)
        error.addCause(failures[i]);
    return fail(std::move(error));
}

Result<void> DnsServer::State::start() {
    m_process.reset();
    TRY_ASSIGN(m_process, startDnsProcess(m_program));
    m_startedAt = Clock::now();
    wake();
    return {};
}

Result<void> DnsServer::State::end() {
    m_told.clear();
    if (!m_process)
        return {};
    TRY(endDnsProcess(*m_process));
    m_process.reset();
    wake();
    ::unlink((m_program.folder + "/control").c_str());
    return {};
}

pid_t DnsServer::State::pid() const {
    const std::lock_guard lock(m_mutex);
    return isAlive() ? m_process->pid : -1;
}

// Waits for the process's end, and for the time to start it anew.
void DnsServer::State::watch() {
    for (;;) {
        UniqueFd process;
        int time = -1;
        {
            const std::lock_guard lock(m_mutex);
            if (m_isClosing)
                return;
            if (m_process)
                process.reset(::fcntl(m_process->pidFd.get(), F_DUPFD_CLOEXEC, 3));
            if (m_restartAt)
                time = static_cast<int>(std::max<std::int64_t>(
                    0, std::chrono::ceil<milliseconds>(*m_restartAt - Clock::now()).count()));
        }
        std::array<pollfd, 3> entries{
            {{m_wake.get(), POLLIN, 0}, {m_resolvConf.fd(), POLLIN, 0}, {process.get(), POLLIN, 0}}};
        ::poll(entries.data(), process ? 3 : 2, time);
        eventfd_t ignored = 0;
        ::eventfd_read(m_wake.get(), &ignored);
        for (const std::string& news : {afterChange(), afterDeath()}) {
            if (!news.empty())
                m_settings.tell(news);
        }
    }
}

std::string DnsServer::State::afterChange() {
    if (!m_resolvConf.takeChange())
        return {};
    const std::lock_guard lock(m_mutex);
    if (m_isClosing || !isAlive())
        return {};
    const auto told = tellAgain();
    return told || told.error().code == ErrorCode::InUse // which serve() has told
               ? std::string()
               : "The name server of the networks does not hear of the host's name servers: " +
                     told.error().text();
}

// What there is to tell, or nothing.
std::string DnsServer::State::afterDeath() {
    const std::lock_guard lock(m_mutex);
    if (m_isClosing || m_networks.empty())
        return {};
    if (m_process && hasEnded(*m_process)) {
        m_process.reset();
        if (Clock::now() - m_startedAt > kStable)
            m_pause = milliseconds(0);
        m_restartAt = Clock::now() + m_pause;
    }
    if (m_process || !m_restartAt || Clock::now() < *m_restartAt)
        return {};
    m_restartAt.reset();
    m_pause = std::clamp(m_pause * 2, kShortestPause, kLongestPause);
    const auto heard = tellAgain();
    if (heard) {
        m_badNews.clear();
        return "The name server of the networks had ended; it was started anew.";
    }
    if (!isAlive())
        m_restartAt = Clock::now() + m_pause;
    std::string news = "The name server of the networks had ended. " + heard.error().text();
    return news == m_badNews ? std::string() : m_badNews = std::move(news);
}

DnsServer::DnsServer(std::unique_ptr<State> state)
    : m_state(std::move(state)) {}
DnsServer::~DnsServer() = default;

Result<std::unique_ptr<DnsServer>> DnsServer::open(Settings settings) {
    auto state = std::make_unique<State>(std::move(settings));
    TRY(state->open());
    return std::unique_ptr<DnsServer>(new DnsServer(std::move(state)));
}
Result<void> DnsServer::serve(const std::vector<DnsNetwork>& networks) {
    return m_state->serve(networks);
}
Result<void> DnsServer::reload() {
    return m_state->reload();
}
pid_t DnsServer::pid() const {
    return m_state->pid();
}

} // namespace escale
