// Builds an image: reads the Dockerfile, decides, and has the helper do what is to be done.
#include "engine/base/cancellation.h"
#include "engine/base/file.h"
#include "engine/base/thread.h"
#include "helper/worker/build_fields.h"
#include "helper/worker/build_protocol.h"
#include "helper/worker/jobs.h"
#include "helper/worker/protocol.h"

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <poll.h>
#include <thread>

namespace escale::worker {
namespace {

/// Asks the helper, from several threads at once.
class RemoteOperations : public BuildOperations {
public:
    explicit RemoteOperations(const MessageChannel& channel)
        : m_channel(channel) {}
    ~RemoteOperations() override {
        m_stop.cancel();
        if (m_listener.joinable())
            m_listener.join();
    }
    Result<void> listen() {
        TRY_ASSIGN(m_listener, startThread([this] { readAnswers(); }));
        return {};
    }

    Result<ResolvedImage> resolveImage(const std::string& reference, const std::string& platform) override {
        return ask<ResolvedImage>(BuildWord::Resolve, {}, reference, platform);
    }
    Result<std::optional<StepResult>> find(RootId parent, const std::string& key) override {
        return ask<std::optional<StepResult>>(BuildWord::Find, {}, parent, key);
    }
    Result<std::string> digest(const CopyRequest& request) override {
        return ask<std::string>(BuildWord::Digest, {}, request);
    }
    Result<StepResult> copy(RootId parent, const CopyRequest& request, const std::string& key,
                            const std::string& text) override {
        return ask<StepResult>(BuildWord::Copy, {}, parent, request, key, text);
    }
    Result<StepResult> makeFolder(RootId parent, const FolderRequest& request, const std::string& key,
                                  const std::string& text) override {
        return ask<StepResult>(BuildWord::MakeFolder, {}, parent, request, key, text);
    }
    Result<RunOutcome> run(RootId parent, const RunRequest& request, int output, const std::string& key,
                           const std::string& text) override {
        return ask<RunOutcome>(BuildWord::Run, {output}, parent, request, key, text);
    }
    Result<CommittedImage> commit(const BuiltImage& image) override {
        return ask<CommittedImage>(BuildWord::Commit, {}, image);
    }
    void cancel() override {
        // Unsent when the helper has gone, and then nothing is under way.
        (void)sendParcel(m_channel, BuildWord::Cancel, 0, {});
    }

private:
    struct Waiting {
        std::condition_variable answered;
        std::optional<std::string> answer;
    };

    template <class Answer, class... Values>
    Result<Answer> ask(BuildWord word, const std::vector<int>& fds, const Values&... values) {
        Waiting waiting;
        std::unique_lock lock(m_mutex);
        const std::uint64_t number = ++m_last;
        m_waiting[number] = &waiting;
        lock.unlock();
        const auto sent = sendParcel(m_channel, word, number, packFields(values...), fds);
        lock.lock();
        if (sent)
            waiting.answered.wait(lock, [&] { return waiting.answer || m_end; });
        m_waiting.erase(number);
        if (!waiting.answer)
            return fail(!sent ? sent.error() : *m_end);
        lock.unlock();
        Result<Answer> answer;
        TRY(readResult(*waiting.answer, answer));
        return answer;
    }
    void readAnswers() {
        std::array<pollfd, 2> ready{{{m_channel.fd(), POLLIN, 0}, {m_stop.fd(), POLLIN, 0}}};
        Result<void> going;
        while (going && !m_stop.isCancelled()) {
            if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
                going = failErrno("cannot wait for the helper");
            else if (ready[0].revents != 0)
                going = takeAnswer();
        }
        const std::lock_guard lock(m_mutex);
        m_end = going ? Error{ErrorCode::Cancelled, "the build has ended", {}, {}} : going.error();
        for (const auto& [number, waiting] : m_waiting)
            waiting->answered.notify_one();
    }
    Result<void> takeAnswer() {
        TRY_ASSIGN(Message message, m_channel.receive());
        TRY_ASSIGN(auto parcel, m_reader.take(message));
        if (!parcel)
            return {};
        const std::lock_guard lock(m_mutex);
        const auto found = m_waiting.find(parcel->number);
        if (parcel->word != BuildWord::Answer || found == m_waiting.end())
            return fail(ErrorCode::Internal, "the helper has answered what nobody has asked");
        found->second->answer = std::move(parcel->fields);
        found->second->answered.notify_one();
        return {};
    }

    const MessageChannel& m_channel;
    Cancellation m_stop;
    std::thread m_listener;
    ParcelReader m_reader; // the listener's
    std::mutex m_mutex;
    std::uint64_t m_last = 0;
    std::map<std::uint64_t, Waiting*> m_waiting;
    std::optional<Error> m_end; // why nothing more is answered
};

Result<BuildParcel> receiveStart(const MessageChannel& channel) {
    ParcelReader reader;
    while (true) {
        TRY_ASSIGN(Message message, channel.receive());
        TRY_ASSIGN(auto parcel, reader.take(message));
        if (!parcel)
            continue;
        if (parcel->word != BuildWord::Start || parcel->fds.size() != 2)
            return fail(ErrorCode::Internal, "a build begins with its request and two files");
        return std::move(*parcel);
    }
}

} // namespace

Result<void> build(const MessageChannel& channel) {
    ::signal(SIGXFSZ, SIG_IGN); // events beyond the limit are not written
    TRY_ASSIGN(const BuildParcel start, receiveStart(channel));
    BuilderRequest request;
    TRY(readFields(start.fields, request));
    auto text = readFd(start.fds[0].get(), kLongestDockerfile);
    if (!text)
        return fail(std::move(text).error().prefixed("cannot read the Dockerfile"));
    request.text = std::move(*text);
    const int events = start.fds[1].get();
    const auto write = [events](const BuildEvent& event) {
        // A full disk costs the events; the build tells of it where it needs the disk itself.
        (void)writeAll(events, writeBuildEvent(event), "the build's events");
    };
    RemoteOperations operations(channel);
    TRY(operations.listen());
    // Also an error: that the last event tells of it, too, is what Failed does not say.
    const auto result = buildImage(request, operations, write);
    return sendParcel(channel, BuildWord::Done, 0, packResult(result));
}

} // namespace escale::worker
