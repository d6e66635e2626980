#include "engine/image/layer_walk.h"

#include "engine/base/digest.h"
#include "engine/base/user_namespace.h"
#include "engine/image/entry_path.h"
#include "engine/image/overlay_marks.h"
#include "engine/image/secret_signs.h"
#include "engine/image/tree_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <unordered_map>

namespace escale {
namespace {

// Of the files in which doubles are looked for, and of all that is read for it.
constexpr std::uint64_t kMostHashed = std::uint64_t{4} << 30;
constexpr std::uint32_t kNobody = 65534;
constexpr int kDeepest = 4096; // folders in folders, each one an open descriptor

/// A file that another layer has by the same name and size, perhaps.
struct Hashable {
    std::uint32_t layer, entry;
    std::uint64_t size;
};

// What is kept of each entry to find it again, and of each file to find its like.
struct Kept {
    std::uint32_t parent;
    std::string name;
};

class Walk {
public:
    Walk(const std::vector<UniqueFd>& layers, int output, std::uint32_t idBase)
        : m_layers(layers)
        , m_output(output)
        , m_idBase(idBase)
        , m_writer(output) {}
    Result<void> run();

private:
    Result<void> folder(const UniqueFd& open, std::uint32_t number, const std::string& name, int depth);
    Result<void> entry(const UniqueFd& open, std::uint32_t parent, const std::string& folder,
                       const std::string& name, int depth);
    Result<void> add(LayerEntry entry);
    [[nodiscard]] std::uint32_t idInside(std::uint32_t id) const;
    Result<void> hash();
    [[nodiscard]] Result<void> checkReader() const;
    Result<void> hashFile(const Hashable& file);
    [[nodiscard]] std::string pathOf(const Hashable& file) const;

    const std::vector<UniqueFd>& m_layers;
    int m_output;
    std::uint32_t m_idBase;
    LayerRecordWriter m_writer;
    std::vector<std::vector<Kept>> m_kept;
    std::unordered_map<std::string, std::vector<Hashable>> m_alike; // by name and size
};

LayerEntry described(std::uint32_t parent, std::string name, const struct stat& info) {
    LayerEntry entry;
    entry.parent = parent;
    entry.name = std::move(name);
    entry.mode = info.st_mode;
    entry.owner = info.st_uid;
    entry.group = info.st_gid;
    entry.size =
        S_ISREG(info.st_mode) || S_ISLNK(info.st_mode) ? static_cast<std::uint64_t>(info.st_size) : 0;
    entry.modified = info.st_mtim.tv_sec;
    entry.whiteout = isWhiteoutFile(info); // the kernel makes all of an upper folder's one file
    entry.link = !S_ISDIR(info.st_mode) && !entry.whiteout && info.st_nlink > 1 ? info.st_ino : 0;
    return entry;
}

SecretSign lookInside(int folder, const std::string& name) {
    const UniqueFd file = openStep(folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file)
        return SecretSign::None;
    std::string content(kReadForSecrets, '\0');
    const ssize_t size = ::read(file.get(), content.data(), content.size());
    return size <= 0 ? SecretSign::None
                     : secretIn(std::string_view(content).substr(0, static_cast<std::size_t>(size)));
}

std::uint32_t Walk::idInside(std::uint32_t id) const {
    const bool isShifted = m_idBase != 0 && m_kept.size() == m_layers.size();
    if (!isShifted)
        return id;
    return id >= m_idBase && id - m_idBase < kIdRangeSize ? id - m_idBase : kNobody;
}

Result<void> Walk::add(LayerEntry entry) {
    entry.owner = idInside(entry.owner);
    entry.group = idInside(entry.group);
    if (m_kept.back().size() >= kMostLayerEntries)
        return fail(ErrorCode::Unsupported, "a layer has too many files to list them");
    if (S_ISREG(entry.mode) && entry.size > 0) {
        std::string key = entry.name + '/' + std::to_string(entry.size);
        m_alike[std::move(key)].push_back({static_cast<std::uint32_t>(m_kept.size() - 1),
                                           static_cast<std::uint32_t>(m_kept.back().size()), entry.size});
    }
    TRY(m_writer.entry(entry));
    m_kept.back().push_back({entry.parent, std::move(entry.name)});
    return {};
}

Result<void> Walk::entry(const UniqueFd& open, std::uint32_t parent, const std::string& folderName,
                         const std::string& name, int depth) {
    struct stat info {};
    if (::fstatat(open.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno("cannot look at " + quotedName(name));
    LayerEntry found = described(parent, name, info);
    if (S_ISLNK(info.st_mode)) {
        TRY_ASSIGN(found.target, readLinkAt(open.get(), name));
    }
    if (isWorthReading(folderName, name, found.mode, found.size))
        found.secret = lookInside(open.get(), name);
    if (!S_ISDIR(info.st_mode))
        return add(std::move(found));
    const UniqueFd inner = openStep(open.get(), name, O_RDONLY | O_DIRECTORY);
    if (!inner)
        return failErrno("cannot open the folder " + quotedName(name));
    found.opaque = isOpaqueFolder(inner.get());
    const auto number = static_cast<std::uint32_t>(m_kept.back().size());
    TRY(add(std::move(found)));
    return folder(inner, number, name, depth + 1);
}

Result<void> Walk::folder(const UniqueFd& open, std::uint32_t number, const std::string& folderName,
                          int depth) {
    if (depth > kDeepest)
        return fail(ErrorCode::Unsupported, "the image has folders more than 4096 deep");
    TRY_ASSIGN(const auto names, namesIn(open.get()));
    for (const std::string& name : names)
        TRY(entry(open, number, folderName, name, depth));
    return {};
}

std::string Walk::pathOf(const Hashable& file) const {
    const std::vector<Kept>& layer = m_kept[file.layer];
    std::string path = layer[file.entry].name;
    for (std::uint32_t at = layer[file.entry].parent; at != 0; at = layer[at].parent)
        path = layer[at].name + '/' + path;
    return path;
}

// The writer's buffer hides for long that nobody reads any more.
Result<void> Walk::checkReader() const {
    pollfd reader{m_output, 0, 0};
    if (::poll(&reader, 1, 0) > 0 && (reader.revents & POLLERR) != 0)
        return fail(ErrorCode::Unreachable, "nobody reads the list of the image's files any more");
    return {};
}

Result<void> Walk::hashFile(const Hashable& file) {
    const UniqueFd open =
        openStep(m_layers[file.layer].get(), pathOf(file), O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!open)
        return {}; // too long a path: it stays unknown whether there are two of it
    DigestHasher hasher;
    std::string block(256 * 1024, '\0');
    for (;;) {
        const ssize_t size = ::read(open.get(), block.data(), block.size());
        if (size < 0)
            return failErrno("cannot read a file of a layer");
        if (size == 0)
            break;
        hasher.update(block.data(), static_cast<std::size_t>(size));
    }
    const Digest digest = hasher.finish();
    ContentMark mark{};
    for (std::size_t i = 0; i < mark.size(); ++i)
        std::from_chars(&digest.hex()[2 * i], &digest.hex()[2 * i] + 2, mark.at(i), 16);
    return m_writer.content(file.layer, file.entry, mark);
}

// The largest first: they matter most when there is an end to what is read.
Result<void> Walk::hash() {
    std::vector<Hashable> files;
    for (const auto& [key, alike] : m_alike) {
        const bool overLayers =
            std::any_of(alike.begin(), alike.end(),
                        [&first = alike.front()](const auto& each) { return each.layer != first.layer; });
        if (overLayers)
            files.insert(files.end(), alike.begin(), alike.end());
    }
    std::sort(files.begin(), files.end(), [](const Hashable& one, const Hashable& other) {
        return std::tie(other.size, one.layer, one.entry) < std::tie(one.size, other.layer, other.entry);
    });
    std::uint64_t read = 0;
    for (const Hashable& file : files) {
        read += file.size;
        if (read > kMostHashed)
            break;
        TRY(checkReader());
        TRY(hashFile(file));
    }
    return {};
}

Result<void> Walk::run() {
    for (const UniqueFd& layer : m_layers) {
        struct stat info {};
        if (::fstat(layer.get(), &info) != 0)
            return failErrno("cannot look at a layer");
        TRY(m_writer.beginLayer());
        m_kept.emplace_back();
        LayerEntry root = described(0, {}, info);
        root.opaque = false;
        TRY(add(std::move(root)));
        TRY(folder(layer, 0, {}, 0));
    }
    TRY(m_writer.listed());
    TRY(hash());
    return m_writer.end();
}

} // namespace

Result<void> writeLayerRecords(const std::vector<UniqueFd>& layers, int output, std::uint32_t idBase) {
    return Walk(layers, output, idBase).run();
}

} // namespace escale
