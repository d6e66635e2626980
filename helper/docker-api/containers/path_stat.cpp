#include "helper/docker-api/containers/path_stat.h"

#include "engine/base/json.h"
#include "helper/docker-api/api/times.h"

#include <QByteArray>

#include <array>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace escale::docker_api {
namespace {

constexpr std::uint32_t bit(unsigned number) {
    return 1U << number;
}

// Where a link leads, as an absolute path inside.
std::string targetOf(const std::string& path, const std::string& target) {
    if (target.empty())
        return {};
    return cleanPath(target.starts_with('/') ? target : path.substr(0, path.rfind('/') + 1) + target);
}

} // namespace

std::uint32_t goFileMode(std::uint32_t mode) {
    constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 6> kKinds{{{S_IFDIR, bit(31)},
                                                                             {S_IFLNK, bit(27)},
                                                                             {S_IFBLK, bit(26)},
                                                                             {S_IFCHR, bit(26) | bit(21)},
                                                                             {S_IFIFO, bit(25)},
                                                                             {S_IFSOCK, bit(24)}}};
    std::uint32_t result = mode & 0777U;
    for (const auto& [kind, bits] : kKinds)
        result |= (mode & S_IFMT) == kind ? bits : 0;
    result |= (mode & S_ISUID) != 0 ? bit(23) : 0;
    result |= (mode & S_ISGID) != 0 ? bit(22) : 0;
    result |= (mode & S_ISVTX) != 0 ? bit(20) : 0;
    return result;
}

std::string cleanPath(std::string_view path) {
    std::string_view end;
    if (path.ends_with("/.") || path == ".")
        end = "/.";
    else if (path.ends_with('/'))
        end = "/";
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, slash);
        path.remove_prefix(std::min(slash + 1, path.size()));
        if (part == "..") {
            if (!parts.empty())
                parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    std::string result;
    for (const std::string_view part : parts)
        result.append("/").append(part);
    if (result.empty())
        return end == "/." ? "/." : "/";
    return result.append(end);
}

std::string baseName(std::string_view path) {
    while (path.size() > 1 && (path.ends_with('/') || path.ends_with("/.")))
        path.remove_suffix(path.ends_with("/.") ? 2 : 1);
    const std::string_view base = path.substr(path.rfind('/') + 1);
    return base.empty() ? "/" : std::string(base);
}

bool isAtOrBelow(std::string_view path, std::string_view folder) {
    while (folder.ends_with('/'))
        folder.remove_suffix(1);
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string pathStat(const std::string& path, const dbus::FileEntry& file) {
    Json stat;
    stat.set("name", baseName(path))
        .set("size", static_cast<std::uint64_t>(file.size))
        .set("mode", goFileMode(file.mode))
        .set("mtime", timeText(file.modified))
        .set("linkTarget", targetOf(path, file.linkTarget.toStdString()));
    return QByteArray::fromStdString(stat.dump()).toBase64().toStdString();
}

} // namespace escale::docker_api
