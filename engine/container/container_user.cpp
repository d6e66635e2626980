#include "engine/container/container_user.h"

#include "engine/base/file.h"
#include "engine/base/user_namespace.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr std::size_t kLargestFile = 1u << 20;
constexpr std::size_t kMostGroups = 64; // more than anyone uses; NGROUPS_MAX is 65536

std::string_view takeUntil(std::string_view& rest, char separator) {
    const auto end = rest.find(separator);
    const auto part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

// An id that the container's user namespace maps.
std::optional<std::uint32_t> parseId(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value >= kIdRangeSize)
        return std::nullopt;
    return value;
}

bool isNumber(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The fields of the first line that `matches`; a short line has empty ones.
template <std::size_t N, class Matches>
std::optional<std::array<std::string_view, N>> findLine(std::string_view file, const Matches& matches) {
    while (!file.empty()) {
        auto line = takeUntil(file, '\n');
        std::array<std::string_view, N> fields;
        for (auto& field : fields)
            field = takeUntil(line, ':');
        if (matches(fields))
            return fields;
    }
    return std::nullopt;
}

Result<std::uint32_t> idOrFail(std::string_view text, std::string_view what) {
    if (const auto id = parseId(text))
        return *id;
    return fail(ErrorCode::Unsupported,
                "the image's " + std::string(what) + " " + std::string(text.substr(0, 32)) +
                    " is no id below 65536",
                "Containers have the ids 0 to 65535; run it as another user.");
}

Result<std::string> readInRoot(int root, const std::string& path) {
    // Only a regular file is read: O_NONBLOCK keeps a fifo from stopping us.
    auto file = openInRoot(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file && file.error().code == ErrorCode::NotFound)
        return std::string();
    if (!file)
        return fail(std::move(file).error());
    struct stat info {};
    if (::fstat(file->get(), &info) != 0 || !S_ISREG(info.st_mode))
        return fail(ErrorCode::Untrusted, "the image's " + path + " is not a regular file");
    auto content = readFd(file->get(), kLargestFile);
    if (!content)
        return fail(std::move(content).error().prefixed("the image's " + path));
    return content;
}

} // namespace

Result<ContainerUser> resolveUser(std::string_view user, std::string_view passwd, std::string_view group) {
    ContainerUser result;
    const bool namesGroup = user.find(':') != std::string_view::npos;
    std::string_view groupPart = user;
    const std::string_view userPart = takeUntil(groupPart, ':');

    // passwd(5): name:password:uid:gid:comment:home:shell
    const std::string_view wanted = userPart.empty() ? "0" : userPart;
    const auto entry = findLine<6>(passwd, [wanted](const auto& fields) {
        return isNumber(wanted) ? fields[2] == wanted : !fields[0].empty() && fields[0] == wanted;
    });
    if (entry) {
        TRY_ASSIGN(result.uid, idOrFail((*entry)[2], "user id"));
        TRY_ASSIGN(result.gid, idOrFail((*entry)[3], "group id"));
        if ((*entry)[5].starts_with('/'))
            result.home = std::string((*entry)[5].substr(0, 4096));
    } else if (isNumber(wanted)) {
        TRY_ASSIGN(result.uid, idOrFail(wanted, "user id"));
    } else {
        return fail(ErrorCode::NotFound,
                    "the image's /etc/passwd has no user \"" + std::string(wanted) + "\"",
                    "Add the user to the image first, or give a number.");
    }

    // group(5): name:password:gid:members
    if (namesGroup && !groupPart.empty()) {
        if (isNumber(groupPart)) {
            TRY_ASSIGN(result.gid, idOrFail(groupPart, "group id"));
            return result;
        }
        const auto found =
            findLine<3>(group, [groupPart](const auto& fields) { return fields[0] == groupPart; });
        if (!found)
            return fail(ErrorCode::NotFound,
                        "the image's /etc/group has no group \"" + std::string(groupPart) + "\"",
                        "Add the group to the image first, or give a number.");
        TRY_ASSIGN(result.gid, idOrFail((*found)[2], "group id"));
        return result;
    }
    if (!entry)
        return result;
    const std::string_view name = (*entry)[0];
    while (!group.empty() && result.additionalGids.size() < kMostGroups) {
        auto line = takeUntil(group, '\n');
        takeUntil(line, ':');
        takeUntil(line, ':');
        const auto id = parseId(takeUntil(line, ':'));
        while (id && !line.empty()) {
            if (takeUntil(line, ',') == name) {
                result.additionalGids.push_back(*id);
                break;
            }
        }
    }
    return result;
}

Result<std::vector<std::uint32_t>> resolveGroups(const std::vector<std::string>& groups,
                                                 std::string_view group) {
    std::vector<std::uint32_t> ids;
    for (const auto& wanted : groups) {
        const auto found = findLine<3>(group, [&wanted](const auto& fields) { return fields[0] == wanted; });
        if (!found && !isNumber(wanted))
            return fail(ErrorCode::NotFound, "the image's /etc/group has no group \"" + wanted + "\"");
        TRY_ASSIGN(ids.emplace_back(), idOrFail(found ? (*found)[2] : std::string_view(wanted), "group id"));
    }
    return ids;
}

Result<ContainerUser> resolveUserIn(const std::string& rootfs, std::string_view user,
                                    const std::vector<std::string>& groups) {
    TRY_ASSIGN(const UniqueFd root, openFile(rootfs, O_PATH | O_DIRECTORY));
    TRY_ASSIGN(const std::string passwd, readInRoot(root.get(), "/etc/passwd"));
    TRY_ASSIGN(const std::string group, readInRoot(root.get(), "/etc/group"));
    TRY_ASSIGN(ContainerUser result, resolveUser(user, passwd, group));
    TRY_ASSIGN(const auto more, resolveGroups(groups, group));
    result.additionalGids.insert(result.additionalGids.end(), more.begin(), more.end());
    return result;
}

} // namespace escale
