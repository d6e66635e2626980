#include "engine/container/secret_files.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/mount.h"
#include "engine/base/revert.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {

Result<void> checkSecrets(const std::vector<Secret>& secrets) {
    if (secrets.size() > kMostSecrets)
        return fail(ErrorCode::InvalidArgument,
                    "a container can have " + std::to_string(kMostSecrets) + " secrets at most");
    std::set<std::string_view> targets;
    std::size_t total = 0;
    for (const auto& secret : secrets) {
        const std::string& target = secret.target;
        const bool isPath =
            target.starts_with('/') && target.size() < 4096 && !target.ends_with('/') &&
            target.find('\0') == std::string::npos && (target + "/").find("/../") == std::string::npos &&
            (target + "/").find("/./") == std::string::npos && target.find("//") == std::string::npos;
        if (!isPath)
            return fail(ErrorCode::InvalidArgument,
                        "secrets: \"" + target.substr(0, 200) + "\" is no absolute path of a file");
        if (!targets.insert(target).second)
            return fail(ErrorCode::InvalidArgument, "two secrets belong at \"" + target.substr(0, 200) + '"');
        if (secret.user > 65535 || secret.group > 65535 || secret.mode > 0777)
            return fail(ErrorCode::InvalidArgument,
                        "secrets: the owner or the mode of \"" + target.substr(0, 200) + "\" is impossible",
                        "Ids are below 65536, modes at most 0777.");
        if (secret.content.size() > kLargestSecret)
            return fail(ErrorCode::InvalidArgument,
                        "the secret at \"" + target.substr(0, 200) + "\" is larger than 1 MiB");
        total += secret.content.size();
    }
    if (total > kMostSecretBytes)
        return fail(ErrorCode::InvalidArgument, "the secrets are larger than 8 MiB together");
    return {};
}

// Under m_mutex.
Result<void> SecretFiles::mountFolder() {
    TRY(makeDirectories(m_folder, 0700));
    TRY_ASSIGN(const bool isMounted, isMountPoint(m_folder));
    if (isMounted)
        return {};
    const unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    const char* const options = "mode=0700,size=1g,noswap";
    if (::mount("secrets", m_folder.c_str(), "tmpfs", flags, options) != 0 &&
        ::mount("secrets", m_folder.c_str(), "ramfs", flags, "mode=0700") != 0)
        return failErrno("cannot mount a file system in memory for secrets");
    return {};
}

// Under m_mutex.
Result<void> SecretFiles::unmountWhenEmpty() {
    TRY_ASSIGN(const auto names, listDirectory(m_folder));
    if (!names.empty())
        return {};
    TRY_ASSIGN(const bool isMounted, isMountPoint(m_folder));
    if (isMounted && ::umount2(m_folder.c_str(), UMOUNT_NOFOLLOW) != 0 &&
        ::umount2(m_folder.c_str(), UMOUNT_NOFOLLOW | MNT_DETACH) != 0)
        return failErrno("cannot unmount " + m_folder);
    ::rmdir(m_folder.c_str());
    return {};
}

Result<void> SecretFiles::store(const std::string& container, const std::vector<Secret>& secrets,
                                std::uint32_t idBase) {
    const std::lock_guard lock(m_mutex);
    TRY(mountFolder());
    const std::string folder = m_folder + "/" + container;
    Revert revert;
    revert.add([this] { return unmountWhenEmpty(); });
    revert.add([folder] { return removeTree(folder); });
    TRY(makeDirectories(folder, 0700));
    Json targets = Json::Array();
    for (const auto& secret : secrets) {
        const std::string path = folder + "/" + std::to_string(targets.items().size());
        TRY_ASSIGN(const UniqueFd file, openFile(path, O_WRONLY | O_CREAT | O_EXCL, 0600));
        TRY(writeAll(file.get(), secret.content, path));
        if (::fchown(file.get(), idBase + secret.user, idBase + secret.group) != 0 ||
            ::fchmod(file.get(), secret.mode) != 0)
            return failErrno("cannot hand " + path + " to the container");
        targets.append(secret.target);
    }
    TRY_ASSIGN(const UniqueFd file, openFile(folder + "/targets", O_WRONLY | O_CREAT | O_EXCL, 0600));
    TRY(writeAll(file.get(), targets.dump(), folder + "/targets"));
    revert.commit();
    return {};
}

Result<std::vector<SecretFiles::File>> SecretFiles::filesOf(const std::string& container) {
    const std::string folder = m_folder + "/" + container;
    TRY_ASSIGN(const std::string text, readFile(folder + "/targets"));
    TRY_ASSIGN(const Json targets, Json::parse(text));
    std::vector<File> files;
    for (const Json& target : targets.items())
        files.push_back({folder + "/" + std::to_string(files.size()), target.toString()});
    return files;
}

Result<void> SecretFiles::remove(const std::string& container) {
    const std::lock_guard lock(m_mutex);
    if (!exists(m_folder))
        return {};
    TRY(removeTree(m_folder + "/" + container));
    return unmountWhenEmpty();
}

Result<void> SecretFiles::removeUnknown(const std::set<std::string>& known) {
    const std::lock_guard lock(m_mutex);
    if (!exists(m_folder))
        return {};
    TRY_ASSIGN(const auto names, listDirectory(m_folder));
    Result<void> outcome;
    for (const auto& name : names) {
        auto removed = known.contains(name) ? Result<void>() : removeTree(m_folder + "/" + name);
        if (!removed && outcome)
            outcome = std::move(removed);
    }
    TRY(outcome);
    return unmountWhenEmpty();
}

} // namespace escale
