#include "helper/worker/build_worker.h"

#include "engine/base/clock.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/thread.h"
#include "helper/worker/build_fields.h"
#include "helper/worker/protocol.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <poll.h>

namespace escale {

using worker::BuildParcel;
using worker::BuildWord;

namespace {

// A builder has a thread a stage, and as many requests: a few more than it ever has.
constexpr std::size_t kMostRequests = 32;
// For the worker to write how a cancelled build has ended.
constexpr std::chrono::milliseconds kGrace{5000};
constexpr std::size_t kMostMounts = 128;

tl::unexpected<Error> wrong(const char* what) {
    return fail(ErrorCode::Untrusted, std::string("the builder has asked for something impossible: ") + what);
}

Result<void> checkKey(const std::string& key) {
    if (!Digest::parse(key))
        return wrong("a key that is none");
    return {};
}

bool isAbsolute(const std::string& path) {
    return !path.empty() && path.front() == '/';
}

Result<void> checkFiles(const std::vector<InlineFile>& files) {
    for (const auto& file : files) {
        if (file.name.empty() || file.name == "." || file.name == ".." || file.name.size() > 255 ||
            file.name.find('/') != std::string::npos || file.mode > 07777)
            return wrong("a file whose name is none");
    }
    return {};
}

Result<void> check(const CopyRequest& request) {
    if (!isAbsolute(request.target))
        return wrong("a copy to no place");
    return checkFiles(request.files);
}

Result<void> check(const RunRequest& request) {
    if (request.words.empty() || !isAbsolute(request.workingDirectory))
        return wrong("a program without words or folder");
    if (request.network != "default" && request.network != "none" && request.network != "host")
        return wrong("an unknown network");
    if (request.mounts.size() > kMostMounts)
        return wrong("too many mounts");
    for (const auto& variable : request.environment) {
        if (variable.find('=') == 0 || variable.find('=') == std::string::npos)
            return wrong("a variable without a name");
    }
    for (const auto& [mount, from, isEmpty] : request.mounts) {
        const bool isVariable = mount.kind == RunMount::Kind::Secret && mount.environment;
        if (!isAbsolute(mount.target) && !(isVariable && mount.target.empty()))
            return wrong("a mount without a place");
        if (mount.mode.value_or(0) > 07777)
            return wrong("a mount with an impossible mode");
    }
    return checkFiles(request.files);
}

Result<void> check(const BuiltImage& image) {
    for (const auto& [name, value] : image.config.environment) {
        if (name.empty() || name.find('=') != std::string::npos)
            return wrong("a variable without a name");
    }
    return {};
}

} // namespace

/// Work is done at once, each on a thread that has nothing else to do; threads are kept for the next work.
class RequestThreads {
public:
    ~RequestThreads() {
        {
            const std::lock_guard lock(m_mutex);
            m_isEnding = true;
        }
        m_work.notify_all();
        for (auto& thread : m_threads)
            thread.join();
    }
    Result<void> start(std::function<void()> work) {
        const std::lock_guard lock(m_mutex);
        if (m_pending == kMostRequests)
            return wrong("too much at once");
        if (m_pending == m_threads.size()) {
            TRY_ASSIGN(std::thread thread, startThread([this] { run(); }));
            m_threads.push_back(std::move(thread));
        }
        ++m_pending;
        m_queue.push_back(std::move(work));
        m_work.notify_one();
        return {};
    }
    [[nodiscard]] bool isBusy() {
        const std::lock_guard lock(m_mutex);
        return m_pending > 0;
    }

private:
    void run() {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_work.wait(lock, [this] { return m_isEnding || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            auto work = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            work();
            work = nullptr; // with what it owns
            lock.lock();
            --m_pending;
        }
    }
    std::mutex m_mutex;
    std::condition_variable m_work;
    std::deque<std::function<void()>> m_queue;
    std::vector<std::thread> m_threads;
    std::size_t m_pending = 0; // in the queue or being done
    bool m_isEnding = false;
};

Result<BuilderResult> BuildConversation::run(const std::string& program, const BuilderRequest& request,
                                             const BuildFiles& files) {
    auto result = [&]() -> Result<BuilderResult> {
        TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(program, "build"));
        TRY(worker::sendParcel(process.channel(), BuildWord::Start, 0, worker::packFields(request),
                               {files.dockerfile, files.events}));
        RequestThreads threads;
        auto listened = listen(process, threads);
        if (!m_hasEnded || threads.isBusy())
            process.kill(); // so that no answer waits for its reading
        if (!listened || threads.isBusy())
            m_operations.cancel();
        return listened;
    }();
    if (m_hasEnded || result)
        return result;
    BuildEvent ended;
    ended.kind = BuildEvent::Kind::Ended;
    ended.time = nowMilliseconds();
    ended.state = result.error().code == ErrorCode::Cancelled ? BuildEvent::State::Cancelled
                                                              : BuildEvent::State::Failed;
    ended.error = result.error().message;
    ended.hint = result.error().hint;
    // On a line of its own, whatever the worker has left half-written.
    if (const auto written = writeAll(files.events, '\n' + writeBuildEvent(ended), "the build's events");
        !written)
        result.error().addCause(written.error());
    return result;
}

Result<BuilderResult> BuildConversation::listen(WorkerProcess& process, RequestThreads& threads) {
    std::optional<std::int64_t> deadline;
    while (true) {
        const bool isCancelled = m_cancellation.isCancelled();
        if (isCancelled && !deadline)
            deadline = nowMilliseconds() + kGrace.count();
        std::array<pollfd, 2> ready{
            {{process.channel().fd(), POLLIN, 0}, {isCancelled ? -1 : m_cancellation.fd(), POLLIN, 0}}};
        const auto patience = deadline ? std::max<std::int64_t>(*deadline - nowMilliseconds(), 0) : -1;
        if (::poll(ready.data(), ready.size(), static_cast<int>(patience)) < 0 && errno != EINTR)
            return failErrno("cannot wait for the builder");
        if (ready[0].revents != 0) {
            TRY_ASSIGN(Message message, process.receiveNow());
            TRY_ASSIGN(auto result, take(message, process.channel(), threads));
            if (result)
                return std::move(*result);
        } else if (deadline && nowMilliseconds() >= *deadline) {
            return fail(ErrorCode::Cancelled, "the build was cancelled");
        }
    }
}

Result<std::optional<BuilderResult>> BuildConversation::take(Message& message, const MessageChannel& channel,
                                                             RequestThreads& threads) {
    if (message.kind() == static_cast<std::uint32_t>(worker::Kind::Failed))
        return fail(worker::readError(message));
    TRY_ASSIGN(auto parcel, m_reader.take(message));
    if (!parcel)
        return std::nullopt;
    if (parcel->word == BuildWord::Done) {
        Result<BuilderResult> result;
        TRY(worker::readResult(parcel->fields, result));
        m_hasEnded = true;
        if (!result)
            return fail(worker::printable(std::move(result).error()));
        return std::optional(std::move(*result));
    }
    if (parcel->word == BuildWord::Cancel) {
        m_operations.cancel();
        return std::nullopt;
    }
    if (parcel->word == BuildWord::Start || parcel->word == BuildWord::Answer ||
        parcel->fds.size() != (parcel->word == BuildWord::Run ? 1U : 0U))
        return wrong("an unknown word");
    // A std::function is copied, a descriptor is not.
    const auto shared = std::make_shared<BuildParcel>(std::move(*parcel));
    TRY(threads.start([this, shared, &channel] { serve(*shared, channel); }));
    return std::nullopt;
}

void BuildConversation::serve(const BuildParcel& parcel, const MessageChannel& channel) {
    auto packed = [&]() -> Result<std::string> {
        TRY(m_cancellation.check());
        return answer(parcel);
    }();
    if (!packed)
        packed = worker::packResult(Result<bool>(fail(packed.error())));
    // Unsent when the worker has gone: then nobody waits for it.
    (void)worker::sendParcel(channel, BuildWord::Answer, parcel.number, *packed);
}

Result<std::string> BuildConversation::answer(const BuildParcel& parcel) {
    RootId parent = 0;
    std::string key, text;
    switch (parcel.word) {
    case BuildWord::Resolve: {
        std::string reference, platform;
        TRY(worker::readFields(parcel.fields, reference, platform));
        return worker::packResult(m_operations.resolveImage(reference, platform));
    }
    case BuildWord::Find:
        TRY(worker::readFields(parcel.fields, parent, key));
        TRY(checkKey(key));
        return worker::packResult(m_operations.find(parent, key));
    case BuildWord::Digest: {
        CopyRequest request;
        TRY(worker::readFields(parcel.fields, request));
        TRY(check(request));
        return worker::packResult(m_operations.digest(request));
    }
    case BuildWord::Copy: {
        CopyRequest request;
        TRY(worker::readFields(parcel.fields, parent, request, key, text));
        TRY(checkKey(key));
        TRY(check(request));
        return worker::packResult(m_operations.copy(parent, request, key, text));
    }
    case BuildWord::MakeFolder: {
        FolderRequest request;
        TRY(worker::readFields(parcel.fields, parent, request, key, text));
        TRY(checkKey(key));
        if (!isAbsolute(request.path))
            return wrong("a folder at no place");
        return worker::packResult(m_operations.makeFolder(parent, request, key, text));
    }
    case BuildWord::Run: {
        RunRequest request;
        TRY(worker::readFields(parcel.fields, parent, request, key, text));
        TRY(checkKey(key));
        TRY(check(request));
        return worker::packResult(m_operations.run(parent, request, parcel.fds.front().get(), key, text));
    }
    case BuildWord::Commit: {
        BuiltImage image;
        TRY(worker::readFields(parcel.fields, image));
        TRY(check(image));
        return worker::packResult(m_operations.commit(image));
    }
    default:
        return wrong("an unknown word");
    }
}

} // namespace escale
