// Folders of a build's owner, with the ids that they have on the disk, and what COPY makes of them: shown as
// the container would see it, through a real overlay mount.
#pragma once

#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/base/user_namespace.h"
#include "engine/build/context_sender.h"
#include "helper/worker/source_worker.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace escale::test {

inline const std::string kWorker = std::string(ESCALE_BIN) + "/escale-worker";
constexpr std::uint32_t kBase = 2'293'760;

struct SourceFixture {
    QTemporaryDir dir;
    std::string path = dir.path().toStdString();
    UniqueFd ids;
    Cancellation never;

    SourceFixture() {
        if (auto made = makeUserNamespace(kBase))
            ids = *std::move(made);
        for (const char* name : {"sent", "context", "parent", "upper", "work", "merged", "other"})
            makeFolder(name);
    }
    ~SourceFixture() { (void)removeTree(path); }

    void makeFolder(const std::string& name) const {
        (void)makeDirectories(path + '/' + name, 0755);
        (void)::chown((path + '/' + name).c_str(), kBase, kBase);
    }
    /// Runs a shell in one of the folders; what it makes is the owner's root's. "own 5:6 file" gives away.
    [[nodiscard]] std::string shell(const std::string& name, const std::string& script) const {
        const std::string start = "set -e; umask 022; cd '" + path + "/" + name + "'; own() { chown -h $((" +
                                  std::to_string(kBase) + "+${1%:*})):$((" + std::to_string(kBase) +
                                  "+${1#*:})) \"$2\"; }; ";
        const std::string end = "\nfind . -user 0 -exec chown -h " + std::to_string(kBase) + ":" +
                                std::to_string(kBase) + " {} +";
        const auto done = runProgram({"/bin/bash", "-c", start + script + (name == "sent" ? "" : end)});
        return done ? *done : "failed: " + done.error().text();
    }
    [[nodiscard]] UniqueFd open(const std::string& name) const {
        return UniqueFd(::open((path + '/' + name).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    }
    [[nodiscard]] std::unique_ptr<SourceWorker> context() const {
        const UniqueFd folder = open("context");
        auto worker = SourceWorker::forContext(kWorker, folder.get(), ids.get());
        return worker ? *std::move(worker) : nullptr;
    }
    [[nodiscard]] std::unique_ptr<SourceWorker> root(const std::string& name) const {
        const UniqueFd folder = open(name);
        auto worker = SourceWorker::forRoot(kWorker, folder.get(), ids.get());
        return worker ? *std::move(worker) : nullptr;
    }
    /// "sent" to the worker's folder.
    Result<ContextTotals> sync(SourceWorker& worker, const std::string& ignore = {}) {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            return failErrno("no sockets");
        const UniqueFd ours(ends[0]);
        UniqueFd theirs(ends[1]);
        std::thread sender([&] {
            const UniqueFd folder = open("sent");
            sent = sendContext(ours.get(), folder.get(), *IgnoreFile::parse(ignore), {}, never);
        });
        auto received = worker.receive(theirs.get(), {}, never);
        theirs.reset();
        sender.join();
        return received;
    }
    Result<std::uint64_t> copy(SourceWorker& worker, const CopyRequest& request,
                               const std::vector<FetchedSource>& fetched = {}) {
        const UniqueFd parent = open("parent");
        const UniqueFd upper = open("upper");
        return worker.copy(request, {parent.get(), upper.get()}, fetched, never);
    }
    /// What is in the folder, "merged": parent and upper together. "d/ 755; f 644 content; l -> target 5:6".
    [[nodiscard]] std::string shown(const std::string& name = "merged") const {
        const std::string mount =
            "mount -t overlay overlay -o userxattr,lowerdir=parent,upperdir=upper,workdir=work merged; ";
        const std::string list =
            "cd " + name +
            "; find . -mindepth 1 | LC_ALL=C sort | while read -r f; do n=${f#./}; "
            "o=$(stat -c '%u:%g' \"$f\"); u=$((${o%:*}-" +
            std::to_string(kBase) + ")):$((${o#*:}-" + std::to_string(kBase) +
            ")); [ $u = 0:0 ] && u= || u=\" $u\"; "
            "if [ -L \"$f\" ]; then echo -n \"$n -> $(readlink \"$f\")$u; \"; "
            "elif [ -d \"$f\" ]; then echo -n \"$n/ $(stat -c %a \"$f\")$u; \"; "
            "elif [ -p \"$f\" ]; then echo -n \"$n pipe$u; \"; "
            "else echo -n \"$n $(stat -c %a \"$f\") $(head -c 100 \"$f\")$u; \"; fi; done";
        const auto text = runProgram({"/usr/bin/unshare", "-m", "/bin/bash", "-c",
                                      "cd '" + path + "'; " + (name == "merged" ? mount : "") + list});
        if (!text)
            return "failed: " + text.error().text();
        return text->substr(0, text->size() - std::min<std::size_t>(2, text->size()));
    }
    Result<ContextProgress> sent{ContextProgress()};
};

} // namespace escale::test
