#include "engine/network/nft_commands.h"

#include "engine/base/making.h"
#include "engine/base/thread.h"
#include "engine/network/kept_in_namespace.h"

#include <nftables/libnftables.h>

#include <linux/close_range.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace escale::nft {
namespace {

struct FreeContext {
    void operator()(nft_ctx* context) const { ::nft_ctx_free(context); }
};
using Context = std::unique_ptr<nft_ctx, FreeContext>;

using Clock = std::chrono::steady_clock;
/// Ports are used again by other processes: an old one says nothing.
constexpr auto kRemembered = std::chrono::seconds(10);

std::mutex ownPortsMutex;
std::map<std::uint32_t, Clock::time_point> ownPorts; // until when

/// None: it is no netlink socket. One that has sent nothing yet gets its port here, to be known before its
/// first change.
std::optional<std::uint32_t> portOf(int fd) {
    sockaddr_nl address{};
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (::getsockname(fd, any, &size) != 0 || address.nl_family != AF_NETLINK)
        return std::nullopt;
    if (address.nl_pid == 0)
        (void)(::bind(fd, any, sizeof address) == 0 && ::getsockname(fd, any, &size) == 0);
    return address.nl_pid;
}

/// The netlink ports of this thread's descriptors, which are libnftables' alone.
void rememberPorts() {
    constexpr int kFirst = 3;
    constexpr int kMost = 8; // libnftables has one
    const std::lock_guard lock(ownPortsMutex);
    const auto now = Clock::now();
    std::erase_if(ownPorts, [now](const auto& entry) { return entry.second < now; });
    for (int fd = kFirst; fd < kFirst + kMost; ++fd) {
        if (const auto port = portOf(fd))
            ownPorts[*port] = now + kRemembered;
    }
}

std::string firstLine(std::string text) {
    // The first line says it; the others repeat the command with a marker below.
    text.erase(std::find(text.begin(), text.end(), '\n'), text.end());
    return text;
}

struct Question {
    unsigned outputFlags;
    const std::string& commands;
};
struct Answer {
    bool isGood = false;
    std::string output, error;
};

/// A thread that has libnftables' context, and no descriptors but its own: libnftables waits with select(2),
/// which a descriptor above 1023 ends the whole process in, and an engine with many containers has no lower
/// ones left. The context is of the network namespace in which the thread was started.
class Runner {
public:
    static Result<std::unique_ptr<Runner>> start() {
        std::unique_ptr<Runner> runner(new Runner);
        TRY_ASSIGN(runner->m_thread, startThread([self = runner.get()] { self->work(); }));
        return runner;
    }
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;
    ~Runner() {
        if (!m_thread.joinable())
            return;
        hand(nullptr);
        m_thread.join();
    }

    /// One caller at a time.
    Answer run(const Question& question) {
        hand(&question);
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_answer.has_value(); });
        return std::exchange(m_answer, std::nullopt).value();
    }

private:
    Runner() = default;
    void hand(const Question* question) {
        const std::lock_guard lock(m_mutex);
        m_question = question;
        m_changed.notify_all();
    }
    void work();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<const Question*> m_question; // a null pointer: it ends
    std::optional<Answer> m_answer;
    std::thread m_thread;
};

Answer answer(nft_ctx* context, const Question& question) {
    if (context == nullptr)
        return {false, {}, "libnftables cannot be set up"};
    ::nft_ctx_output_set_flags(context, question.outputFlags);
    rememberPorts();
    const int outcome = ::nft_run_cmd_from_buffer(context, question.commands.c_str());
    rememberPorts();
    // To read the buffers is to empty them.
    return {outcome == 0, ::nft_ctx_get_output_buffer(context),
            firstLine(::nft_ctx_get_error_buffer(context))};
}

void Runner::work() {
    const bool isApart = ::close_range(3, ~0U, CLOSE_RANGE_UNSHARE) == 0;
    const Context context(isApart ? ::nft_ctx_new(NFT_CTX_DEFAULT) : nullptr);
    if (context) {
        ::nft_ctx_buffer_output(context.get());
        ::nft_ctx_buffer_error(context.get());
    }
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_question.has_value(); });
        const Question* const question = *std::exchange(m_question, std::nullopt);
        if (question == nullptr)
            return;
        m_answer = answer(context.get(), *question);
        m_changed.notify_all();
    }
}

Result<std::string> runWith(unsigned outputFlags, const std::string& commands, const std::string& what) {
    // libnftables keeps global tables (interface names among them) without a lock.
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    static KeptInNamespace<Runner> kept;
    TRY_ASSIGN(Runner* const runner, kept.get(Runner::start));
    Answer given = runner->run({outputFlags, commands});
    if (given.isGood)
        return std::move(given.output);
    kept.drop();
    if (given.error.find("No such file or directory") != std::string::npos)
        return fail(ErrorCode::NotFound, what + ": " + given.error);
    const bool lacks = given.error.find("not supported") != std::string::npos;
    return fail(lacks ? ErrorCode::Unsupported : ErrorCode::SystemFailure, what + ": " + given.error,
                "Escale needs nftables with NAT in the kernel (nf_tables, nft_masq, nft_ct).");
}

/// Whole lines, as many as fit; a line that fits in none (the ports of a range) is cut.
std::vector<std::string> piecesOf(const std::string& commands) {
    constexpr std::size_t kLongest = 4096;
    std::vector<std::string> pieces;
    for (std::size_t start = 0; start < commands.size();) {
        const std::size_t end = std::min(commands.find('\n', start), commands.size() - 1) + 1;
        const std::size_t size = std::min(end - start, kLongest);
        if (pieces.empty() || pieces.back().size() + size > kLongest)
            pieces.emplace_back();
        pieces.back().append(commands, start, size);
        start = end;
    }
    return pieces;
}

std::vector<Making::Details> detailsOf(const std::string& commands, const char* where) {
    std::vector<Making::Details> all;
    if (!Making::isRecording())
        return all;
    for (auto& piece : piecesOf(commands))
        all.push_back({{"commands", std::move(piece)}, {"namespace", where}});
    return all;
}

} // namespace

Result<void> change(const std::string& commands, const std::string& what, const char* where) {
    MadeNow step;
    TRY(run(commands, what));
    for (const auto& details : detailsOf(commands, where)) {
        step.done("nft-run", details);
        step = MadeNow(); // the others were the same transaction: its time is told once
    }
    return {};
}

void reuse(const std::string& commands) {
    for (const auto& details : detailsOf(commands, "host"))
        Making::reuse("nft-run", details);
}

Result<std::string> run(const std::string& commands, const std::string& what) {
    return runWith(0, commands, what);
}

Result<Json> list(const std::string& command, const std::string& what, Elements elements) {
    unsigned flags = NFT_CTX_OUTPUT_JSON | NFT_CTX_OUTPUT_NUMERIC_PRIO;
    if (elements == Elements::LeftOut)
        flags |= NFT_CTX_OUTPUT_TERSE;
    TRY_ASSIGN(const std::string text, runWith(flags, command, what));
    TRY_ASSIGN(const Json document, Json::parse(text));
    return document.at("nftables");
}

std::unique_lock<std::mutex> lockTable() {
    static std::mutex mutex;
    return std::unique_lock(mutex);
}

bool isOwnPort(std::uint32_t port) {
    const std::lock_guard lock(ownPortsMutex);
    const auto found = ownPorts.find(port);
    return found != ownPorts.end() && found->second >= Clock::now();
}

} // namespace escale::nft
