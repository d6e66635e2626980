#include "engine/build/source_selection.h"

#include "engine/base/relative_path.h"
#include "engine/build/ignore_file.h"

#include <algorithm>
#include <optional>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr int kMostLinks = 255;
constexpr std::size_t kDeepest = 1000; // folders; each is a call in a call

/// From the top, "." and ".." removed; empty: the top.
std::string cleanSource(const std::string& path) {
    return cleanPath('/' + path).substr(1);
}

bool hasWildcards(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '*' || text[i] == '?' || text[i] == '[')
            return true;
    }
    return false;
}

/// Go's filepath.Match knows no "**": two stars say what one says.
Result<PathPattern> parseWildcards(const std::string& text) {
    std::string plain;
    for (const char c : text) {
        if (c != '*' || plain.empty() || plain.back() != '*')
            plain += c;
    }
    return PathPattern::parse(plain);
}

class Selection {
public:
    Selection(SourceTree& tree, const SelectionOptions& options)
        : m_tree(tree)
        , m_options(options) {}

    Result<std::vector<SelectedSource>> run(const std::string& pattern) {
        TRY_ASSIGN(m_excluded, IgnoreFile::fromPatterns(m_options.excludes));
        std::string source = pattern;
        if (m_options.keepsParents) {
            const auto pivot = pattern.find("/./");
            source = pivot == std::string::npos ? std::string() : pattern.substr(0, pivot);
            const std::string wanted =
                cleanSource(pivot == std::string::npos ? pattern : pattern.substr(pivot + 3));
            if (!wanted.empty()) {
                TRY_ASSIGN(m_included, IgnoreFile::fromPatterns({wanted}));
                for (const auto& name : splitPath(wanted)) {
                    if (hasWildcards(name))
                        break;
                    m_fixedNames.push_back(name);
                }
            }
            if (!hasWildcards(source) && !hasWildcards(wanted))
                TRY(require(joinPath(cleanSource(source), wanted)));
        }
        source = cleanSource(source);
        if (!hasWildcards(source)) {
            TRY(take(source, false));
        } else {
            TRY(takeMatches(source));
        }
        return std::move(m_sources);
    }

private:
    Result<void> require(const std::string& path) {
        TRY_ASSIGN(const std::string place, followLinks(m_tree, path));
        TRY_ASSIGN(const auto found, m_tree.find(place));
        return found ? Result<void>() : notFound(path);
    }

    [[nodiscard]] tl::unexpected<Error> notFound(const std::string& path) const {
        return fail(ErrorCode::NotFound,
                    m_tree.isContext() ? "the build's files have no \"" + path + "\""
                                       : "there is no \"/" + path + "\" in what is copied from",
                    m_tree.isContext()
                        ? "Is it in the folder that is built, and not left out by .dockerignore?"
                        : "Look at the path: the image, or the stage, has no such file.");
    }

    /// Wildcards are looked for below the folder before the first of them. A folder that matches is not
    /// entered to look for more.
    Result<void> takeMatches(const std::string& source) {
        std::string before, rest;
        for (const auto& name : splitPath(source)) {
            if (rest.empty() && !hasWildcards(name))
                before = joinPath(before, name);
            else
                rest = joinPath(rest, name);
        }
        TRY_ASSIGN(const PathPattern pattern, parseWildcards(rest));
        TRY_ASSIGN(const std::string folder, followLinks(m_tree, before));
        TRY_ASSIGN(const auto top, m_tree.find(folder));
        if (!top)
            return notFound(before);
        if (!S_ISDIR(top->mode))
            return {};
        const auto depth = static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '/'));
        std::vector<std::string> matches;
        TRY(findMatches(pattern, folder, {}, depth, matches));
        for (const auto& match : matches)
            TRY(take(joinPath(folder, match), true));
        return {};
    }

    Result<void> findMatches(const PathPattern& pattern, const std::string& base, const std::string& below,
                             std::size_t depth, std::vector<std::string>& matches) {
        TRY_ASSIGN(const auto entries, m_tree.list(joinPath(base, below)));
        for (const SourceEntry& entry : entries) {
            const std::string path = joinPath(below, entry.path.substr(entry.path.rfind('/') + 1));
            if (depth == 0) {
                if (pattern.matches(path))
                    matches.push_back(path);
            } else if (S_ISDIR(entry.mode)) {
                TRY(findMatches(pattern, base, path, depth - 1, matches));
            }
        }
        return {};
    }

    Result<void> take(const std::string& path, bool isMatch) {
        TRY_ASSIGN(const std::string place, followLinks(m_tree, path));
        TRY_ASSIGN(auto top, m_tree.find(place));
        if (!top)
            return notFound(path);
        const std::string name = path.substr(path.rfind('/') + 1);
        const bool isFolder = S_ISDIR(top->mode);
        if (isMatch && !isFolder && m_excluded.ignores(name))
            return {};
        if (!isFolder && !isTaken(*top))
            return fail(ErrorCode::InvalidArgument, "\"" + path + "\" is no file that could be copied");
        SelectedSource source{name, {}};
        source.entries.push_back({*std::move(top), {}, false});
        if (isFolder) {
            m_way.clear();
            const std::string folder = source.entries.front().entry.path;
            TRY(takeFolder(folder, {}, 0, source.entries));
        }
        m_sources.push_back(std::move(source));
        return {};
    }

    static bool isTaken(const SourceEntry& entry) {
        return S_ISREG(entry.mode) || S_ISLNK(entry.mode) || S_ISFIFO(entry.mode) || S_ISDIR(entry.mode);
    }

    Result<void> takeFolder(const std::string& folder, const std::string& below, std::size_t depth,
                            std::vector<SelectedEntry>& selected) {
        if (depth == kDeepest)
            return fail(ErrorCode::Unsupported, "\"" + folder + "\" lies too deep to be copied");
        TRY_ASSIGN(auto entries, m_tree.list(folder));
        for (SourceEntry& entry : entries) {
            const std::string relative = joinPath(below, entry.path.substr(entry.path.rfind('/') + 1));
            const bool isFolder = S_ISDIR(entry.mode);
            const bool isExcluded = !m_excluded.isEmpty() && m_excluded.ignores(relative);
            const bool isWanted = !isExcluded && (!m_included || m_included->ignores(relative));
            if (!isTaken(entry) || (!isFolder && !isWanted))
                continue;
            if (!isFolder) {
                addWay(selected);
                selected.push_back({std::move(entry), relative, false});
                continue;
            }
            if (isExcluded && m_excluded.ignoresAllIn(relative))
                continue;
            if (!isWanted && !mayHoldWanted(relative))
                continue;
            const std::string path = entry.path;
            const std::size_t way = m_way.size();
            if (isWanted) {
                addWay(selected);
                selected.push_back({std::move(entry), relative, false});
            } else {
                m_way.push_back({std::move(entry), relative, true});
            }
            TRY(takeFolder(path, relative, depth + 1, selected));
            m_way.resize(std::min(way, m_way.size()));
        }
        return {};
    }

    /// Something in them is wanted: the folders that wait for that.
    void addWay(std::vector<SelectedEntry>& selected) {
        for (SelectedEntry& folder : m_way) {
            if (!folder.relative.empty())
                selected.push_back(std::exchange(folder, SelectedEntry()));
        }
    }

    /// By the names with which the pattern begins; an image has many folders.
    [[nodiscard]] bool mayHoldWanted(const std::string& folder) const {
        const auto names = splitPath(folder);
        const std::size_t count = std::min(names.size(), m_fixedNames.size());
        return std::equal(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(count),
                          m_fixedNames.begin());
    }

    SourceTree& m_tree;
    const SelectionOptions& m_options;
    IgnoreFile m_excluded;
    std::optional<IgnoreFile> m_included; // "ignores" what is wanted
    std::vector<std::string> m_fixedNames;
    std::vector<SelectedEntry> m_way; // not yet selected
    std::vector<SelectedSource> m_sources;
};

} // namespace

bool SelectedSource::isFolder() const {
    return S_ISDIR(top().mode);
}

Result<std::string> followLinks(SourceTree& tree, const std::string& path) {
    return followLinks(
        path, [&tree](const std::string& place, int links) -> Result<std::optional<std::string>> {
            TRY_ASSIGN(const auto found, tree.find(place));
            if (!found || !S_ISLNK(found->mode))
                return std::optional<std::string>();
            if (tree.isContext() && leadsOut({place, found->mode, 0, 0, found->target}))
                return fail(ErrorCode::InvalidArgument,
                            "the link " + place + " leads out of the folder that is built, to " +
                                found->target,
                            "Copy what it names into the folder, or build a folder that holds both.");
            if (links >= kMostLinks)
                return fail(ErrorCode::InvalidArgument, "the link " + place + " leads in a circle");
            return std::optional(found->target);
        });
}

Result<std::vector<SelectedSource>> selectSources(SourceTree& tree, const std::string& pattern,
                                                  const SelectionOptions& options) {
    return Selection(tree, options).run(pattern);
}

} // namespace escale
