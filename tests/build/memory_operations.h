// An honest small model of what holds images and layers, for the builder's tests: a root is the list of what
// was done to it, a layer the digest of the last of that, and what was made under a key is found again.
#pragma once

#include "engine/base/digest.h"
#include "engine/build/builder.h"
#include "engine/build/step_key.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <unistd.h>

namespace escale::test {

/// Where two meet: each waits for the other.
class Meeting {
public:
    /// False: nobody has come for half a minute.
    bool wait() {
        std::unique_lock lock(m_mutex);
        ++m_there;
        m_came.notify_all();
        return m_came.wait_for(lock, std::chrono::seconds(30), [this] { return m_there >= 2; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_came;
    int m_there = 0;
};

class MemoryOperations : public BuildOperations {
public:
    struct Image {
        std::string config = R"({"os":"linux","architecture":"amd64","rootfs":{"type":"layers"}})";
        std::vector<std::string> content;
    };
    /// What a command does: the code it ends with, after it has printed.
    struct Program {
        int exitCode = 0;
        std::string output;
        bool changesNothing = false;
    };

    std::map<std::string, Image> images;
    std::map<std::string, std::string> context; // path → content
    std::map<std::string, Program> programs;    // by the last of its words
    std::function<Result<void>(const RunRequest& request)> whileRunning;

    // What was asked for. Under lock while a build runs.
    std::vector<std::string> calls; // "run make", …
    std::vector<RunRequest> runs;
    std::vector<CopyRequest> copies;
    std::vector<std::string> keys; // of copy, makeFolder and run
    std::optional<BuiltImage> committed;
    bool isCancelled = false;

    Result<ResolvedImage> resolveImage(const std::string& reference, const std::string& platform) override {
        const std::lock_guard lock(m_mutex);
        calls.push_back("resolve " + reference + " " + platform);
        const auto found = images.find(reference);
        if (found == images.end())
            return fail(ErrorCode::NotFound, "there is no image " + reference);
        return ResolvedImage{add(found->second.content), reference, found->second.config,
                             chainOf(found->second.content)};
    }
    Result<std::optional<StepResult>> find(RootId, const std::string& key) override {
        const std::lock_guard lock(m_mutex);
        calls.push_back("find");
        const auto found = m_cache.find(key);
        return found == m_cache.end() ? std::optional<StepResult>() : found->second;
    }
    Result<std::string> digest(const CopyRequest& request) override {
        const std::lock_guard lock(m_mutex);
        std::string all;
        for (const auto& pattern : request.patterns) {
            if (!request.from.isContext) {
                for (const auto& line : m_roots.at(request.from.root))
                    all += line + '\n';
            } else if (pattern == ".") {
                for (const auto& [path, content] : context)
                    all += path + '=' + content + '\n';
            } else if (const auto found = context.find(pattern); found != context.end()) {
                all += pattern + '=' + found->second + '\n';
            } else {
                return fail(ErrorCode::NotFound, "nothing in the context is called \"" + pattern + "\"");
            }
        }
        return Digest::ofData(all).toString();
    }
    Result<StepResult> copy(RootId parent, const CopyRequest& request, const std::string& key,
                            const std::string& text) override {
        TRY_ASSIGN(const std::string content, digest(request));
        const std::lock_guard lock(m_mutex);
        calls.push_back("copy " + text);
        copies.push_back(request);
        return keep(parent, key, "copy " + content + " to " + request.target);
    }
    Result<StepResult> makeFolder(RootId parent, const FolderRequest& request, const std::string& key,
                                  const std::string& text) override {
        const std::lock_guard lock(m_mutex);
        calls.push_back("folder " + text);
        return keep(parent, key, "folder " + request.path);
    }
    Result<RunOutcome> run(RootId parent, const RunRequest& request, int output, const std::string& key,
                           const std::string& text) override {
        Program program;
        {
            const std::lock_guard lock(m_mutex);
            calls.push_back("run " + text);
            runs.push_back(request);
            if (const auto found = programs.find(request.words.back()); found != programs.end())
                program = found->second;
        }
        if (whileRunning)
            TRY(whileRunning(request));
        for (std::string_view rest = program.output; !rest.empty();)
            rest.remove_prefix(static_cast<std::size_t>(::write(output, rest.data(), rest.size())));
        const std::lock_guard lock(m_mutex);
        if (program.exitCode != 0)
            return RunOutcome{program.exitCode, {add({"failed"}), "sha256:failed", 7}};
        if (program.changesNothing) {
            m_cache[key] = {parent, {}, 0};
            return RunOutcome{0, m_cache[key]};
        }
        return RunOutcome{0, keep(parent, key, "run " + request.words.back())};
    }
    Result<CommittedImage> commit(const BuiltImage& image) override {
        const std::lock_guard lock(m_mutex);
        committed = image;
        return CommittedImage{"sha256:image", {"localhost/app:latest"}, 42};
    }
    void cancel() override {
        const std::lock_guard lock(m_mutex);
        isCancelled = true;
        m_cancelled.notify_all();
    }

    /// Until cancel(), as a program that would run for ever.
    Result<void> waitForCancel() {
        std::unique_lock lock(m_mutex);
        m_cancelled.wait(lock, [this] { return isCancelled; });
        return fail(ErrorCode::Cancelled, "cancelled");
    }
    std::vector<std::string> contentOf(RootId root) {
        const std::lock_guard lock(m_mutex);
        return root == 0 ? std::vector<std::string>() : m_roots.at(root);
    }
    unsigned count(const std::string& start) const {
        unsigned number = 0;
        for (const auto& call : calls)
            number += call.compare(0, start.size(), start) == 0 ? 1U : 0U;
        return number;
    }
    void forgetCalls() {
        calls.clear();
        runs.clear();
        copies.clear();
        keys.clear();
    }

private:
    RootId add(std::vector<std::string> content) {
        m_roots[++m_last] = std::move(content);
        return m_last;
    }
    StepResult keep(RootId parent, const std::string& key, const std::string& change) {
        keys.push_back(key);
        auto content = parent == 0 ? std::vector<std::string>() : m_roots.at(parent);
        content.push_back(change);
        return m_cache[key] = {add(std::move(content)), Digest::ofData(change).toString(), change.size()};
    }

    std::mutex m_mutex;
    std::condition_variable m_cancelled;
    RootId m_last = 0;
    std::map<RootId, std::vector<std::string>> m_roots;
    std::map<std::string, StepResult> m_cache;
};

} // namespace escale::test
