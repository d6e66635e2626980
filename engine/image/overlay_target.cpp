#include "engine/image/overlay_target.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/relative_path.h"
#include "engine/image/entry_path.h"
#include "engine/image/tree_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <fcntl.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr int kMostLinks = 255;

bool isBelow(const std::string& path, const std::string& folder) {
    return folder.empty() || path == folder ||
           (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

tl::unexpected<Error> noFolder(const std::string& path) {
    return fail(ErrorCode::InvalidArgument,
                quotedName('/' + path) + " is there already and is no folder: nothing can be put into it");
}

/// Nothing: it is not there in this one of the two, or hidden by a file in the place of a folder above.
Result<std::optional<struct stat>> look(int root, const std::string& path, bool& isHidden) {
    const UniqueFd found = openStep(root, path.empty() ? "." : path, O_PATH);
    struct stat info {};
    if (found && ::fstat(found.get(), &info) == 0)
        return info;
    if (errno == ENOTDIR || errno == ELOOP)
        isHidden = true;
    else if (errno != ENOENT)
        return failErrno("cannot look at " + quotedName('/' + path));
    return std::nullopt;
}

} // namespace

timespec OverlayTarget::clamped(timespec time) const {
    return m_latest && time.tv_sec >= *m_latest ? timespec{*m_latest, 0} : time;
}

Result<EntryAttributes> OverlayTarget::attributesOf(int folder, const std::string& path) {
    struct stat info {};
    if (::fstat(folder, &info) != 0)
        return failErrno("cannot look at " + quotedName('/' + path));
    EntryAttributes attributes;
    attributes.owner = info.st_uid;
    attributes.group = info.st_gid;
    attributes.mode = info.st_mode & 07777;
    attributes.modified = info.st_mtim;
    attributes.accessed = info.st_atim;
    attributes.xattrs = readXattrs(folder);
    return attributes;
}

Result<void> OverlayTarget::begin() {
    Open root;
    root.upper = openStep(m_upper, ".", O_RDONLY | O_DIRECTORY);
    if (!root.upper)
        return failErrno("cannot open the new layer's folder");
    Folder& folder = m_folders[{}];
    folder.attributes.modified = nowTimespec();
    if (m_parent >= 0) {
        root.parent = openStep(m_parent, ".", O_RDONLY | O_DIRECTORY);
        if (!root.parent)
            return failErrno("cannot open the image's root");
        TRY_ASSIGN(folder.attributes, attributesOf(root.parent.get(), {}));
        folder.isInParent = true;
    }
    m_way.push_back(std::move(root));
    return {};
}

Result<std::optional<struct stat>> OverlayTarget::find(const std::string& path) {
    bool isHidden = false;
    TRY_ASSIGN(auto info, look(m_upper, path, isHidden));
    if (!info && !isHidden && m_parent >= 0) {
        TRY_ASSIGN(info, look(m_parent, path, isHidden));
    }
    return info;
}

Result<std::string> OverlayTarget::follow(const std::string& path) {
    return followLinks(path,
                       [this](const std::string& place, int links) -> Result<std::optional<std::string>> {
                           TRY_ASSIGN(const auto info, find(place));
                           if (!info || !S_ISLNK(info->st_mode))
                               return std::optional<std::string>();
                           if (links >= kMostLinks)
                               return fail(ErrorCode::InvalidArgument,
                                           "the link " + quotedName('/' + place) + " leads in a circle");
                           bool isHidden = false;
                           TRY_ASSIGN(const auto inUpper, look(m_upper, place, isHidden));
                           TRY_ASSIGN(const UniqueFd link,
                                      openBeneath(inUpper ? m_upper : m_parent, place, O_PATH | O_NOFOLLOW));
                           TRY_ASSIGN(std::string target, readLinkAt(link.get(), ""));
                           return std::optional(std::move(target));
                       });
}

/// The folder of the parent `name` in `above` comes up, if there is one.
Result<bool> OverlayTarget::bringUp(Open& above, const std::string& path, const std::string& name) {
    if (!above.parent)
        return false;
    Open here{path, {}, openStep(above.parent.get(), name, O_RDONLY | O_DIRECTORY)};
    if (!here.parent && errno == ENOENT)
        return false;
    if (!here.parent && (errno == ENOTDIR || errno == ELOOP))
        return noFolder(path);
    if (!here.parent)
        return failErrno("cannot open the folder " + quotedName('/' + path));
    TRY_ASSIGN(EntryAttributes attributes, attributesOf(here.parent.get(), path));
    if (::mkdirat(above.upper.get(), name.c_str(), 0700) != 0)
        return failErrno("cannot make the folder " + quotedName('/' + path));
    here.upper = openStep(above.upper.get(), name, O_RDONLY | O_DIRECTORY);
    if (!here.upper)
        return failErrno("cannot open the folder " + quotedName('/' + path));
    m_folders[path] = {std::move(attributes), true, false, false};
    m_way.push_back(std::move(here));
    return true;
}

Result<void> OverlayTarget::goDown(const std::string& name, const EntryAttributes* made, bool* isMade) {
    Open& above = m_way.back();
    const std::string path = joinPath(above.path, name);
    Open here{path, openStep(above.upper.get(), name, O_RDONLY | O_DIRECTORY), {}};
    if (here.upper) {
        auto known = m_folders.find(path);
        if (above.parent && (known == m_folders.end() || known->second.isInParent))
            here.parent = openStep(above.parent.get(), name, O_RDONLY | O_DIRECTORY); // it may lack it
        if (known == m_folders.end()) {
            TRY_ASSIGN(EntryAttributes attributes, attributesOf(here.upper.get(), path));
            m_folders[path] = {std::move(attributes), here.parent.valid(), false, false};
        }
        m_way.push_back(std::move(here));
        return {};
    }
    if (errno == ENOTDIR || errno == ELOOP)
        return noFolder(path);
    if (errno != ENOENT)
        return failErrno("cannot open the folder " + quotedName('/' + path));
    TRY_ASSIGN(const bool isThere, bringUp(above, path, name));
    if (isThere)
        return {};
    if (made == nullptr)
        return fail(ErrorCode::NotFound, "there is no folder " + quotedName('/' + path));
    if (::mkdirat(above.upper.get(), name.c_str(), 0700) != 0)
        return failErrno("cannot make the folder " + quotedName('/' + path));
    here.upper = openStep(above.upper.get(), name, O_RDONLY | O_DIRECTORY);
    if (!here.upper)
        return failErrno("cannot open the folder " + quotedName('/' + path));
    m_folders[above.path].isTouched = true;
    m_folders[path] = {*made, false, false, false};
    if (isMade != nullptr)
        *isMade = true;
    m_way.push_back(std::move(here));
    return {};
}

Result<OverlayTarget::Open*> OverlayTarget::open(const std::string& path, const EntryAttributes* made,
                                                 bool* isMade) {
    while (!isBelow(path, m_way.back().path))
        m_way.pop_back();
    while (m_way.back().path.size() < path.size()) {
        const std::size_t start = m_way.back().path.empty() ? 0 : m_way.back().path.size() + 1;
        TRY(goDown(path.substr(start, path.find('/', start) - start), made, isMade));
    }
    return &m_way.back();
}

Result<bool> OverlayTarget::makeFolders(const std::string& path, const EntryAttributes& attributes) {
    bool isMade = false;
    TRY(open(path, &attributes, &isMade));
    return isMade;
}

Result<void> OverlayTarget::putFolder(const std::string& path, const EntryAttributes& attributes) {
    TRY(open(path, &attributes));
    EntryAttributes& own = m_folders[path].attributes;
    Xattrs xattrs = attributes.xattrs;
    for (auto& each : own.xattrs) {
        if (std::none_of(xattrs.begin(), xattrs.end(), [&](const auto& x) { return x.first == each.first; }))
            xattrs.push_back(std::move(each));
    }
    own = attributes;
    own.xattrs = std::move(xattrs);
    m_folders[path].keepsTimes = true;
    return {};
}

Result<void> OverlayTarget::putFolderOnWay(const std::string& path, const EntryAttributes& attributes) {
    bool isMade = false;
    TRY(open(path, &attributes, &isMade));
    if (!isMade)
        m_folders[path].attributes.mode = attributes.mode;
    return {};
}

Result<void> OverlayTarget::setTimes(const std::string& path, const EntryAttributes& from) {
    TRY(open(path, nullptr));
    m_folders[path].attributes.modified = from.modified;
    m_folders[path].attributes.accessed = from.accessed;
    m_folders[path].keepsTimes = true;
    return {};
}

Result<int> OverlayTarget::enter(const std::string& folder) {
    TRY_ASSIGN(const Open* here, open(folder, nullptr));
    return here->parent ? -1 : here->upper.get();
}

Result<int> OverlayTarget::opened(const std::string& folder) {
    TRY_ASSIGN(const Open* here, open(folder, nullptr));
    return here->upper.get();
}

Result<int> OverlayTarget::makeRoom(const std::string& folder, const std::string& name) {
    TRY_ASSIGN(const Open* here, open(folder, nullptr));
    struct stat info {};
    const auto isThere = [&](int in) {
        return in >= 0 && ::fstatat(in, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0;
    };
    const bool isInUpper = isThere(here->upper.get());
    if ((isInUpper || isThere(here->parent.get())) && S_ISDIR(info.st_mode))
        return fail(ErrorCode::InvalidArgument,
                    quotedName('/' + joinPath(folder, name)) + " is a folder: no file can take its place");
    if (isInUpper && ::unlinkat(here->upper.get(), name.c_str(), 0) != 0)
        return failErrno("cannot replace " + quotedName('/' + joinPath(folder, name)));
    m_folders[folder].isTouched = true;
    return here->upper.get();
}

Result<void> OverlayTarget::bringUpLink(const std::string& path, const struct stat& info) {
    bool isHidden = false;
    TRY_ASSIGN(const auto inUpper, look(m_upper, path, isHidden));
    if (inUpper || isHidden)
        return {};
    const std::string folder = parentPath(path);
    const std::string name = path.substr(folder.empty() ? 0 : folder.size() + 1);
    TRY_ASSIGN(const Open* here, open(folder, nullptr));
    TRY_ASSIGN(const std::string target, readLinkAt(here->parent.get(), name));
    const int to = here->upper.get();
    const std::array<timespec, 2> times{info.st_atim, info.st_mtim};
    if (::symlinkat(target.c_str(), to, name.c_str()) != 0 ||
        ::fchownat(to, name.c_str(), info.st_uid, info.st_gid, AT_SYMLINK_NOFOLLOW) != 0 ||
        ::utimensat(to, name.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno("cannot make the link " + quotedName('/' + path));
    return {};
}

Result<void> OverlayTarget::prepareEntry(const std::string& path, const std::string& name) {
    const auto names = splitPath(name);
    std::deque<std::string> todo(names.begin(), names.end());
    std::string place = path;
    int links = 0;
    while (!todo.empty()) {
        const std::string next = std::move(todo.front());
        todo.pop_front();
        if (next == ".")
            continue;
        if (next == "..") {
            if (place == path)
                return {}; // it leads out, and whoever extracts it says so
            place = parentPath(place);
            continue;
        }
        const std::string here = joinPath(place, next);
        TRY_ASSIGN(const auto info, find(here));
        if (info && S_ISDIR(info->st_mode)) {
            TRY(open(here, nullptr));
            place = here;
        } else if (info && S_ISLNK(info->st_mode) && !todo.empty() && ++links <= kMostLinks) {
            TRY(bringUpLink(here, *info));
            TRY_ASSIGN(const Open* folder, open(place, nullptr));
            TRY_ASSIGN(const std::string target, readLinkAt(folder->upper.get(), next));
            if (target.starts_with('/'))
                return {};
            const auto more = splitPath(target);
            todo.insert(todo.begin(), more.begin(), more.end());
        } else {
            return {}; // made, or replaced
        }
    }
    return {};
}

Result<void> OverlayTarget::adopt(const std::string& path) {
    m_way.resize(1);
    std::vector<std::string> known;
    for (const auto& [folder, about] : m_folders) {
        if (folder != path && isBelow(folder, path))
            known.push_back(folder);
    }
    for (const std::string& folder : known) {
        const auto here = openBeneath(m_upper, folder, O_RDONLY | O_DIRECTORY);
        if (!here) {
            m_folders.erase(folder); // something else has taken its place
            continue;
        }
        TRY_ASSIGN(m_folders[folder].attributes, attributesOf(here->get(), folder));
    }
    m_folders[path].isTouched = true;
    return {};
}

Result<void> OverlayTarget::finish() {
    m_way.resize(1);
    std::vector<const std::pair<const std::string, Folder>*> order;
    for (const auto& each : m_folders)
        order.push_back(&each);
    // What is in a folder before it.
    std::sort(order.begin(), order.end(), [](auto one, auto other) { return one->first > other->first; });
    const timespec present = nowTimespec();
    for (const auto* each : order) {
        const auto& [path, folder] = *each;
        TRY_ASSIGN(const UniqueFd here,
                   openBeneath(m_upper, path.empty() ? "." : path, O_RDONLY | O_DIRECTORY));
        EntryAttributes attributes = folder.attributes;
        if (folder.isTouched && !folder.keepsTimes)
            attributes.modified = present;
        attributes.modified = clamped(attributes.modified);
        TRY(applyAttributes(here.get(), path, attributes, true));
    }
    return {};
}

} // namespace escale
