// Volumes on a throw-away store; what copies is cp(1), in the user namespace that it is told.
#pragma once

#include "engine/base/subprocess.h"
#include "engine/volume/volumes.h"
#include "tests/store/store_fixture.h"

#include <QTemporaryDir>
#include <sys/stat.h>

namespace escale::test {

inline Result<void> copyByCp(int source, int target, int userNamespace, const Cancellation&) {
    Subprocess::Options options;
    options.fds = {{source, 3}, {target, 4}};
    if (userNamespace >= 0) {
        options.fds.emplace_back(userNamespace, 5);
        options.arguments = {"/usr/bin/nsenter", "--user=/proc/self/fd/5", "--"};
    }
    for (const char* const word : {"/bin/cp", "-a", "/proc/self/fd/3/.", "/proc/self/fd/4/"})
        options.arguments.emplace_back(word);
    TRY_ASSIGN(auto copy, Subprocess::start(options));
    TRY_ASSIGN(const ExitStatus status, copy.wait());
    return status.success() ? Result<void>() : fail(ErrorCode::NoSpace, "cp failed");
}

/// `Answer`: what the mounter does.
class VolumesMachine {
public:
    explicit VolumesMachine(std::string folder)
        : m_folder(std::move(folder)) {}

    Result<void> open(Mounter mounter = {}) {
        TRY_ASSIGN(store, Store::open(m_folder + "/state"));
        TRY_ASSIGN(volumes, Volumes::open(*store, {m_folder + "/state/volumes", m_folder + "/run/volumes",
                                                   std::move(mounter), copyByCp}));
        TRY_ASSIGN(base, store->idRangeOf(kAlice));
        return {};
    }
    void close() {
        volumes.reset();
        store.reset();
    }
    [[nodiscard]] std::string folderOf(const VolumeRecord& record) const {
        return m_folder + "/state/volumes/" + std::to_string(record.number);
    }
    [[nodiscard]] std::string dataOf(const VolumeRecord& record) const { return folderOf(record) + "/data"; }
    /// A folder as in a container of Alice's: "app" is user 5's and holds "one" and "two"; the folder itself
    /// is user 7's, with mode 0751.
    Result<UniqueFd> source() {
        const std::string path = m_folder + "/source";
        TRY(makeDirectories(path + "/app", 0755));
        TRY(writeFileAtomically(path + "/app/one", "1", 0640));
        TRY(writeFileAtomically(path + "/two", "2", 0600));
        for (const auto& [name, id] : {std::pair{"", 7U}, {"/app", 5U}, {"/app/one", 5U}, {"/two", 0U}}) {
            if (::lchown((path + name).c_str(), base + id, base + id) != 0)
                return failErrno("cannot change an owner");
        }
        if (::chmod(path.c_str(), 0751) != 0)
            return failErrno("cannot change a mode");
        return openFile(path, O_RDONLY | O_DIRECTORY);
    }
    Result<void> fill(const VolumeRecord& record) {
        TRY_ASSIGN(const UniqueFd folder, source());
        return fillFrom(record, folder.get());
    }
    Result<void> fillFrom(const VolumeRecord& record, int folder) {
        TRY_ASSIGN(const UniqueFd space, makeUserNamespace(base));
        const Cancellation never;
        return volumes->fill(record, folder, base, space.get(), never);
    }
    Result<void> writeTo(const VolumeRecord& record, const std::string& name, const std::string& text) const {
        return writeFileAtomically(dataOf(record) + "/" + name, text, 0644);
    }
    Result<void> replaceBy(const VolumeRecord& record, const std::string& name, const std::string& text) {
        return volumes->replace(record, base, [&](int target) { return restore(target, name, text); });
    }
    Result<VolumeRecord> createFilledBy(const std::string& volume, const std::string& name,
                                        const std::string& text) {
        return volumes->createFilled(kAlice, {volume, {}, {}}, base,
                                     [&](int target) { return restore(target, name, text); });
    }

    std::unique_ptr<Store> store;
    std::unique_ptr<Volumes> volumes;
    std::uint32_t base = 0; // Alice's range

private:
    Result<void> restore(int target, const std::string& name, const std::string& text) const {
        TRY_ASSIGN(const UniqueFd space, makeUserNamespace(base));
        const std::string from = m_folder + "/backup";
        TRY(makeDirectories(from, 0755));
        TRY(writeFileAtomically(from + "/" + name, text, 0644));
        if (::chown((from + "/" + name).c_str(), base, base) != 0)
            return failErrno("cannot change an owner");
        TRY_ASSIGN(const UniqueFd source, openFile(from, O_RDONLY | O_DIRECTORY));
        const Cancellation never;
        return copyByCp(source.get(), target, space.get(), never);
    }

    const std::string m_folder;
};

inline struct stat statOf(const std::string& path) {
    struct stat info {};
    ::lstat(path.c_str(), &info);
    return info;
}

inline std::string textOf(const std::string& path) {
    return readFile(path).value_or("?");
}

} // namespace escale::test
