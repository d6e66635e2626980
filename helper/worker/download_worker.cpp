#include "helper/worker/download_worker.h"

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/build/web_address.h"
#include "helper/worker/protocol.h"
#include "helper/worker/worker_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace worker {
namespace {

constexpr std::size_t kLongestText = 16 * 1024;

} // namespace

Result<void> sendDownload(const MessageChannel& channel, const DownloadOrder& order) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Download));
    message.text(order.address).text(order.etag).text(order.lastModified).number(order.most);
    message.text(order.proxy.http).text(order.proxy.https).text(order.proxy.noProxy);
    return channel.send(message.fd(order.output.get()));
}

Result<DownloadOrder> readDownload(Message& message) {
    DownloadOrder order;
    TRY_ASSIGN(order.address, message.text(kLongestText));
    TRY_ASSIGN(order.etag, message.text(kLongestText));
    TRY_ASSIGN(order.lastModified, message.text(kLongestText));
    TRY_ASSIGN(order.most, message.number());
    TRY_ASSIGN(order.proxy.http, message.text(kLongestText));
    TRY_ASSIGN(order.proxy.https, message.text(kLongestText));
    TRY_ASSIGN(order.proxy.noProxy, message.text(kLongestText));
    TRY_ASSIGN(order.output, message.fd());
    TRY(message.end());
    return order;
}

Result<void> sendDownloaded(const MessageChannel& channel, const DownloadReport& report) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Downloaded));
    message.number(report.isUnchanged ? 1 : 0).number(report.size).text(report.etag);
    return channel.send(
        message.text(report.lastModified).number(static_cast<std::uint64_t>(report.modified)));
}

Result<DownloadReport> readDownloaded(Message& message) {
    DownloadReport report;
    TRY_ASSIGN(const std::uint64_t isUnchanged, message.number());
    report.isUnchanged = isUnchanged != 0;
    TRY_ASSIGN(report.size, message.number());
    TRY_ASSIGN(report.etag, message.text(kLongestText));
    TRY_ASSIGN(report.lastModified, message.text(kLongestText));
    TRY_ASSIGN(const std::uint64_t modified, message.number());
    if (modified > INT32_MAX * std::uint64_t{8}) // the year 2514
        return fail(ErrorCode::Untrusted, "malformed message: a time far in the future");
    report.modified = static_cast<std::int64_t>(modified);
    TRY(message.end());
    return report;
}

} // namespace worker

namespace {

using worker::Kind;

constexpr std::size_t kBufferSize = 1 << 20;

class Downloading {
public:
    Downloading(const DownloadRequest& request, int spool, const DownloadProgress& progress,
                const Cancellation& cancellation)
        : m_request(request)
        , m_spool(spool)
        , m_progress(progress)
        , m_cancellation(cancellation)
        , m_buffer(new char[kBufferSize]) {}
    Result<Downloaded> run(const std::string& program);

private:
    Result<void> begin(const std::string& program);
    Result<void> follow();
    Result<void> readMessage();
    Result<void> takeBytes();
    Result<Downloaded> finish();
    Result<Downloaded> unchanged();
    Result<void> dressSpool(std::int64_t modified) const;

    const DownloadRequest& m_request;
    const int m_spool;
    const DownloadProgress& m_progress;
    const Cancellation& m_cancellation;
    std::optional<WorkerProcess> m_process;
    UniqueFd m_pipe; // closed at its end
    const std::unique_ptr<char[]> m_buffer;
    DigestHasher m_hasher;
    std::uint64_t m_received = 0, m_total = 0;
    std::optional<worker::DownloadReport> m_report;
};

Result<void> Downloading::begin(const std::string& program) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    m_pipe = UniqueFd(ends[0]);
    worker::DownloadOrder order;
    order.output = UniqueFd(ends[1]);
    (void)::fcntl(m_pipe.get(), F_SETPIPE_SZ, static_cast<int>(kBufferSize)); // a smaller one is only slower
    order.address = m_request.address;
    if (m_request.known && (m_request.checksum.empty() || m_request.known->digest == m_request.checksum)) {
        order.etag = m_request.known->etag;
        order.lastModified = m_request.known->lastModified;
    }
    order.most = m_request.most;
    order.proxy = m_request.proxy;
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(program, "download"));
    m_process.emplace(std::move(process));
    return worker::sendDownload(m_process->channel(), order);
}

Result<void> Downloading::follow() {
    while (m_pipe || !m_report) {
        // poll(2) passes over negative descriptors.
        std::array<pollfd, 3> ready{{{m_cancellation.fd(), POLLIN, 0},
                                     {m_pipe ? m_pipe.get() : -1, POLLIN, 0},
                                     {m_report ? -1 : m_process->channel().fd(), POLLIN, 0}}};
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            return failErrno("cannot wait for a download");
        TRY(m_cancellation.check());
        if (ready[1].revents != 0) {
            TRY(takeBytes());
        } else if (ready[2].revents != 0) {
            TRY(readMessage());
        }
    }
    return {};
}

Result<void> Downloading::takeBytes() {
    const ssize_t size = ::read(m_pipe.get(), m_buffer.get(), kBufferSize);
    if (size < 0 && errno == EINTR)
        return {};
    if (size < 0)
        return failErrno("cannot read a pipe");
    if (size == 0) {
        m_pipe.reset();
        return {};
    }
    const std::string_view bytes(m_buffer.get(), static_cast<std::size_t>(size));
    if (bytes.size() > m_request.most - m_received)
        return fail(ErrorCode::Untrusted, "the worker brought more than it was asked for");
    m_hasher.update(bytes);
    m_received += bytes.size();
    if (auto written = writeAll(m_spool, bytes, "the downloaded file"); !written) {
        if (written.error().code == ErrorCode::NoSpace)
            return fail(std::move(written).error().withHint("Free some space on the disk of the store."));
        return written;
    }
    if (m_progress)
        m_progress(m_received, std::max(m_total, m_received));
    return {};
}

Result<void> Downloading::readMessage() {
    TRY_ASSIGN(Message message, m_process->receiveNow());
    switch (static_cast<Kind>(message.kind())) {
    case Kind::Failed:
        return fail(worker::readError(message));
    case Kind::DownloadBegun: {
        TRY_ASSIGN(m_total, message.number());
        return message.end();
    }
    case Kind::Downloaded: {
        TRY_ASSIGN(m_report, worker::readDownloaded(message));
        return {};
    }
    default:
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + worker::kindName(message.kind()));
    }
}

Result<Downloaded> Downloading::unchanged() {
    if (!m_request.known || m_received != 0)
        return fail(ErrorCode::Untrusted,
                    "the worker says that nothing has changed, of nothing that is known");
    return Downloaded{*m_request.known, true};
}

/// BuildKit's for what is copied from the web.
Result<void> Downloading::dressSpool(std::int64_t modified) const {
    const std::array<timespec, 2> times{{{modified, 0}, {modified, 0}}};
    if (::fchmod(m_spool, 0600) != 0 || ::futimens(m_spool, times.data()) != 0)
        return failErrno("cannot set the time of a downloaded file");
    return {};
}

Result<Downloaded> Downloading::finish() {
    if (m_report->isUnchanged)
        return unchanged();
    if (m_report->size != m_received)
        return fail(ErrorCode::Untrusted, "the worker has not passed everything on");
    Downloaded done;
    done.record = {m_report->etag, m_report->lastModified, m_hasher.finish().toString(), m_report->modified,
                   m_received};
    if (!m_request.checksum.empty() && done.record.digest != m_request.checksum)
        return fail(ErrorCode::Untrusted,
                    "it has the digest " + done.record.digest + ", not " + m_request.checksum,
                    "Either the file has changed, or it is not what was meant: look at it before you change "
                    "--checksum.");
    TRY(dressSpool(done.record.modified));
    return done;
}

Result<Downloaded> Downloading::run(const std::string& program) {
    if (!m_request.checksum.empty())
        TRY(Digest::parse(m_request.checksum));
    TRY(begin(program));
    TRY(follow());
    return finish();
}

} // namespace

Result<Downloaded> download(const std::string& workerProgram, const DownloadRequest& request, int spool,
                            const DownloadProgress& progress, const Cancellation& cancellation) {
    TRY(cancellation.check());
    auto done = Downloading(request, spool, progress, cancellation).run(workerProgram);
    // A worker that was ended by the cancellation must not hide it behind an error of its own.
    if (!done && cancellation.isCancelled())
        return fail(ErrorCode::Cancelled, "the download was cancelled");
    if (!done)
        return fail(std::move(done).error().prefixed("cannot download " + withoutUserInfo(request.address)));
    return done;
}

} // namespace escale
