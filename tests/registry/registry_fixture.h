// What the tests of the registry client share: a client with short waits for a scripted server, and test
// blobs.
#pragma once

#include "engine/registry/client.h"
#include "tests/support/scripted_http_server.h"
#include "tests/support/test_registry.h"

#include <QTest>

namespace escale::test {

inline RegistryOptions quickOptions() {
    RegistryOptions options;
    options.firstWait = std::chrono::milliseconds(1);
    options.longestWait = std::chrono::milliseconds(1500);
    options.stallTimeout = std::chrono::milliseconds(10'000);
    options.attempts = 4;
    return options;
}

inline std::unique_ptr<RegistryClient> clientOf(const std::string& host,
                                                RegistryOptions options = quickOptions()) {
    return RegistryClient::create(host, std::move(options)).value();
}

/// Bytes that differ everywhere, so that a part in the wrong place shows.
inline std::string blobOf(std::size_t size) {
    std::string blob;
    blob.reserve(size + 24);
    for (std::size_t i = 0; blob.size() < size; ++i)
        blob += std::to_string(i * 2654435761u) + "\n";
    blob.resize(size);
    return blob;
}

inline std::string blobPath(const std::string& blob, const std::string& repository = "demo") {
    return "/v2/" + repository + "/blobs/" + Digest::ofData(blob).toString();
}

/// Everything fetched into a string; `received` is what the sink saw even when it failed.
inline Result<void> fetch(RegistryClient& client, const std::string& blob, std::string& received,
                          const Cancellation& cancellation = {}) {
    const BlobSink sink = [&received](std::string_view bytes) -> Result<void> {
        received += bytes;
        return {};
    };
    return client.fetchBlob("demo", Digest::ofData(blob), blob.size(), sink, {}, cancellation);
}

} // namespace escale::test

#define VERIFY_ERROR(result, expected)                                                                       \
    do {                                                                                                     \
        const auto& failed_ = (result);                                                                      \
        QVERIFY(!failed_);                                                                                   \
        if (failed_.error().code != (expected))                                                              \
            QFAIL((std::string(errorName(failed_.error().code)) + ": " + failed_.error().text()).c_str());   \
    } while (false)
