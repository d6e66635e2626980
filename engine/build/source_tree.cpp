#include "engine/build/source_tree.h"

#include "engine/base/file.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

namespace escale {

SourceEntry ContextTree::describe(const ContextEntry& entry) {
    return {entry.path, entry.mode, 0, 0, entry.size, entry.modified, entry.target, std::nullopt};
}

Result<std::optional<SourceEntry>> ContextTree::find(const std::string& path) {
    if (path.empty())
        return SourceEntry{{}, S_IFDIR | 0755, 0, 0, 0, 0, {}, std::nullopt};
    const std::size_t at = findContextEntry(m_index.entries, path);
    if (at == m_index.entries.size())
        return std::nullopt;
    return describe(m_index.entries[at]);
}

Result<std::vector<SourceEntry>> ContextTree::list(const std::string& folder) {
    const auto& entries = m_index.entries;
    const std::string start = folder.empty() ? std::string() : folder + '/';
    std::size_t at = 0;
    if (!folder.empty()) {
        at = findContextEntry(entries, folder);
        if (at == entries.size() || !S_ISDIR(entries[at].mode))
            return fail(ErrorCode::NotFound, "the build's files have no folder " + folder);
        ++at;
    }
    std::vector<SourceEntry> found;
    while (at < entries.size() && entries[at].path.starts_with(start)) {
        found.push_back(describe(entries[at]));
        const std::string below = entries[at].path + '/';
        ++at;
        // Past what is in it, which follows it.
        if (at < entries.size() && entries[at].path.starts_with(below))
            at = static_cast<std::size_t>(
                std::partition_point(
                    entries.begin() + static_cast<std::ptrdiff_t>(at), entries.end(),
                    [&](const ContextEntry& entry) { return entry.path.starts_with(below); }) -
                entries.begin());
    }
    return found;
}

Result<ContentHash> ContextTree::hash(const SourceEntry& file) {
    const std::size_t at = findContextEntry(m_index.entries, file.path);
    if (at == m_index.entries.size())
        return fail(ErrorCode::NotFound, "the build's files have no " + file.path);
    return m_index.hashes[at];
}

Result<UniqueFd> ContextTree::open(const SourceEntry& entry) {
    return openBeneath(m_files, entry.path.empty() ? "." : entry.path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
}

} // namespace escale
