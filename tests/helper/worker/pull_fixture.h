// What the tests of pulls share: a store of their own, the real escale-worker, and what is left of both
// afterwards.
#pragma once

#include "engine/base/file.h"
#include "engine/store/store.h"
#include "helper/worker/pull.h"
#include "tests/helper/worker/image_fixture.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

namespace escale::test {

inline constexpr uid_t kOwner = 1000;
inline const std::string kWorker = std::string(ESCALE_BIN) + "/escale-worker";

/// Bytes that do not compress.
inline std::string noise(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint64_t state = 88172645463325252ULL;
    for (char& byte : bytes) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        byte = static_cast<char>(state);
    }
    return bytes;
}

/// Pids of the escale-worker processes that this test program has started, by their argument.
inline std::vector<pid_t> workers(const std::string& mode) {
    std::vector<pid_t> found;
    const auto names = listDirectory("/proc");
    for (const auto& name : names ? *names : std::vector<std::string>()) {
        auto command = readFile("/proc/" + name + "/cmdline");
        const auto status = readFile("/proc/" + name + "/status");
        if (!command || !status)
            continue;
        command->erase(command->find_last_not_of('\0') + 1); // more than one, when it has waited for its mode
        if (command->starts_with(kWorker) && command->ends_with('\0' + mode) &&
            status->find("\nPPid:\t" + std::to_string(::getpid()) + "\n") != std::string::npos)
            found.push_back(static_cast<pid_t>(std::stol(name)));
    }
    return found;
}

class PullFixture {
public:
    PullFixture() {
        auto opened = Store::open(m_folder.path().toStdString());
        if (!opened)
            qFatal("%s", opened.error().text().c_str());
        store = std::move(*opened);
    }
    Result<Pulled> pull(const std::string& reference) {
        request.owner = kOwner;
        request.reference = reference;
        return pullImage(
            *store, kWorker, request,
            [this](const auto& layers) {
                progress = layers;
                ++reports;
                if (onProgress)
                    onProgress(layers);
            },
            cancellation);
    }
    [[nodiscard]] std::string folder() const { return m_folder.path().toStdString(); }
    [[nodiscard]] bool isEmpty() const {
        return listDirectory(folder() + "/staging").value().empty() &&
               listDirectory(folder() + "/layers").value().empty() &&
               listDirectory(folder() + "/blobs/sha256").value().empty() && store->images(kOwner)->empty();
    }
    [[nodiscard]] static bool noWorkerRuns() {
        return workers("fetch").empty() && workers("unpack").empty() && workers("describe").empty();
    }

    PullRequest request;
    Cancellation cancellation;
    std::vector<LayerProgress> progress;
    int reports = 0;
    std::function<void(const std::vector<LayerProgress>&)> onProgress;
    std::unique_ptr<Store> store;

private:
    QTemporaryDir m_folder;
};

} // namespace escale::test
