// A file of the web, for ADD: the helper's side of an escale-worker download, which talks to the server and
// writes what comes into a pipe. The digest is the helper's own, of the bytes that are in the spool: what it
// says does not depend on a process that has talked to strangers.
//
//   helper                          escale-worker download (as fetch: nobody, no files)          server
//     |-- Download (pipe) -------------->|  address, what is known of it, proxies                 |
//     |<-- DownloadBegun ----------------|  how much will come                                    |
//     |<== the file's bytes =============|<-- over all tries, each byte once ---------------------|
//     |   (the pipe's end)               |
//     |<-- Downloaded -------------------|  ends
//
// In place of any answer: Failed, as in protocol.h.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/message_channel.h"
#include "engine/registry/proxy.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace escale {

constexpr std::uint64_t kLargestDownload = 16ULL << 30U;

/// What is known of an address once it was downloaded: kept by whoever keeps the file.
struct DownloadRecord {
    std::string etag, lastModified; // as the server has said them; both may be empty
    std::string digest;             // of the content, "sha256:…"
    std::int64_t modified = 0;      // seconds since 1970; 0: not said
    std::uint64_t size = 0;
    bool operator==(const DownloadRecord&) const = default;
};

struct DownloadRequest {
    std::string address;                 // http(s)://…; may hold a user and a password
    std::string checksum;                // "sha256:…"; empty: whatever comes
    std::optional<DownloadRecord> known; // the server is asked whether it is still that
    std::uint64_t most = kLargestDownload;
    ProxySettings proxy; // none set: the environment's
};

struct Downloaded {
    DownloadRecord record;
    bool isUnchanged = false; // it is what was known; nothing was written
};

/// Bytes that have come, and how many there will be (0: the server does not say).
using DownloadProgress = std::function<void(std::uint64_t received, std::uint64_t total)>;

/// Writes to `spool`, an empty file (borrowed), which gets the mode 0600 and the server's time (or 1970), as
/// ADD has it. Blocking; the worker dies with the thread. InvalidArgument (the address), NotFound,
/// PermissionDenied, Unreachable, RemoteFailure, Untrusted (another checksum), NoSpace, Cancelled. Errors
/// name the address without its password.
Result<Downloaded> download(const std::string& workerProgram, const DownloadRequest& request, int spool,
                            const DownloadProgress& progress, const Cancellation& cancellation);

namespace worker {

/// What the worker is told, and says.
struct DownloadOrder {
    std::string address;
    std::string etag, lastModified; // of what is known
    std::uint64_t most = 0;
    ProxySettings proxy;
    UniqueFd output;
};
struct DownloadReport {
    bool isUnchanged = false;
    std::uint64_t size = 0; // bytes that went into the pipe
    std::string etag, lastModified;
    std::int64_t modified = 0;
};
Result<void> sendDownload(const MessageChannel& channel, const DownloadOrder& order);
Result<DownloadOrder> readDownload(Message& message);
Result<void> sendDownloaded(const MessageChannel& channel, const DownloadReport& report);
Result<DownloadReport> readDownloaded(Message& message);

} // namespace worker
} // namespace escale
