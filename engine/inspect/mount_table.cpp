#include "engine/inspect/mount_table.h"

#include "engine/base/process_folder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_map>

namespace escale {
namespace {

constexpr std::size_t kMostMounts = 10'000;
// Bytes that are no UTF-8 become three on the bus, which throws a sender out who sends more than 32 MiB.
constexpr std::size_t kMostBytes = 8U << 20U;

/// proc_pid_mountinfo(5): blanks, backslashes and the like are written as \ and three octal digits. Elsewhere
/// a backslash stands for itself, as in the options of some file systems.
std::string unescape(std::string_view text) {
    const auto isOctal = [](char letter, char last) { return letter >= '0' && letter <= last; };
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 3 < text.size() && isOctal(text[i + 1], '3') &&
            isOctal(text[i + 2], '7') && isOctal(text[i + 3], '7')) {
            plain +=
                static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
            i += 3;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

/// The fields of one line, from its start on.
class Fields {
public:
    explicit Fields(std::string_view line)
        : m_rest(line) {}
    /// Up to the next blank, which is taken away, too. Two blanks have an empty field between them: a source
    /// may be empty. None behind the last one.
    std::optional<std::string_view> next() {
        if (m_isAtEnd)
            return std::nullopt;
        const auto blank = m_rest.find(' ');
        const std::string_view field = m_rest.substr(0, blank);
        m_isAtEnd = blank == std::string_view::npos;
        m_rest.remove_prefix(m_isAtEnd ? m_rest.size() : blank + 1);
        return field;
    }
    [[nodiscard]] std::string_view rest() const { return m_rest; }
    [[nodiscard]] bool isAtEnd() const { return m_isAtEnd; }

private:
    std::string_view m_rest;
    bool m_isAtEnd = false;
};

bool readNumber(std::optional<std::string_view> field, std::uint32_t& number) {
    if (!field)
        return false;
    const char* const end = field->data() + field->size();
    const auto [stop, error] = std::from_chars(field->data(), end, number);
    return error == std::errc() && stop == end;
}

bool isDevice(std::optional<std::string_view> field) { // "98:0"
    std::uint32_t number = 0;
    const auto colon = field ? field->find(':') : std::string_view::npos;
    return colon != std::string_view::npos && readNumber(field->substr(0, colon), number) &&
           readNumber(field->substr(colon + 1), number);
}

std::optional<MountFacts> parseLine(std::string_view line) {
    Fields fields(line);
    MountFacts mount;
    if (!readNumber(fields.next(), mount.id) || !readNumber(fields.next(), mount.parent) ||
        !isDevice(fields.next()))
        return std::nullopt;
    const auto root = fields.next();
    const auto target = fields.next();
    const auto options = fields.next();
    if (!options || root->empty() || !target->starts_with('/') || options->empty())
        return std::nullopt;
    auto tag = fields.next();
    for (; tag && *tag != "-"; tag = fields.next())
        mount.propagation += (mount.propagation.empty() ? "" : " ") + std::string(*tag);
    const auto type = fields.next();
    const auto source = fields.next();
    if (!tag || !source || type->empty() || fields.isAtEnd() || fields.rest().empty())
        return std::nullopt;
    mount.root = unescape(*root);
    mount.target = unescape(*target);
    mount.options = *options;
    mount.type = unescape(*type);
    mount.source = unescape(*source);
    mount.superOptions = unescape(fields.rest());
    return mount;
}

/// Walking a path, the kernel looks at each name whether something is mounted there *on the mount that it has
/// come along*, again and again, and goes on from the last one. So what hides a mount is one that has the
/// same parent and lies at its place or above, or whatever hides that parent; and one that is mounted on its
/// own root.
class HiddenMounts {
public:
    explicit HiddenMounts(std::vector<MountFacts>& mounts)
        : m_mounts(mounts) {}
    void mark() {
        for (std::size_t i = 0; i < m_mounts.size(); ++i)
            m_places.emplace(m_mounts[i].id, i);
        for (std::size_t i = 0; i < m_mounts.size(); ++i)
            m_children[parentOf(i)].push_back(i);
        // From the root inward. Loops, which no kernel tells of, are never reached.
        std::vector<Parent> open{{kNone, 0}};
        while (!open.empty()) {
            const Parent parent = open.back();
            open.pop_back();
            const auto children = m_children.find(parent.place);
            if (children != m_children.end())
                markChildren(parent, children->second, open);
        }
    }

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    struct Parent {
        std::size_t place;      // kNone: what the first mounts lie on
        std::uint32_t hiddenBy; // with all that is mounted on it; 0: nobody
    };

    [[nodiscard]] std::size_t parentOf(std::size_t place) const {
        const auto found = m_places.find(m_mounts[place].parent);
        return found == m_places.end() || found->second == place ? kNone : found->second;
    }
    /// As a path before others: "/a" → "/a", "/" → "".
    [[nodiscard]] std::string_view pathOf(std::size_t place) const {
        const std::string_view target = m_mounts[place].target;
        return target == "/" ? std::string_view() : target;
    }
    static bool isAtOrAbove(std::string_view above, std::string_view path) {
        return path.starts_with(above) && (path.size() == above.size() || path[above.size()] == '/');
    }

    void hide(std::size_t place, std::uint32_t by) {
        m_mounts[place].isHidden = by != 0;
        m_mounts[place].hiddenBy = by;
    }
    /// `children` of one parent: a path comes directly before those below it, and the last one on a path is
    /// what lies on top there.
    void markChildren(const Parent& parent, std::vector<std::size_t>& children, std::vector<Parent>& open) {
        const auto isBefore = [](char a, char b) { return a != b && (a == '/' || (b != '/' && a < b)); };
        std::stable_sort(children.begin(), children.end(), [&](std::size_t a, std::size_t b) {
            const auto one = pathOf(a);
            const auto other = pathOf(b);
            return std::lexicographical_compare(one.begin(), one.end(), other.begin(), other.end(), isBefore);
        });
        std::size_t outermost = kNone; // the mount that hides what is below its path
        for (std::size_t i = 0; i < children.size(); ++i) {
            const std::size_t child = children[i];
            if (outermost != kNone && !isAtOrAbove(pathOf(outermost), pathOf(child)))
                outermost = kNone;
            std::uint32_t by = parent.hiddenBy;
            if (by == 0 && outermost != kNone)
                by = m_mounts[outermost].id;
            const bool isCovered = i + 1 < children.size() && pathOf(children[i + 1]) == pathOf(child);
            if (by == 0 && isCovered)
                by = m_mounts[topOf(children, i)].id;
            if (outermost == kNone && !isCovered)
                outermost = child;
            hide(child, by);
            open.push_back({child, by});
            // What lies on the mount's own root hides the mount, but not what is mounted there.
            if (by == 0)
                hide(child, coverOf(child));
        }
    }
    [[nodiscard]] std::size_t topOf(const std::vector<std::size_t>& children, std::size_t i) const {
        while (i + 1 < children.size() && pathOf(children[i + 1]) == pathOf(children[i]))
            ++i;
        return children[i];
    }
    [[nodiscard]] std::uint32_t coverOf(std::size_t place) const {
        std::uint32_t cover = 0;
        const auto children = m_children.find(place);
        if (children == m_children.end())
            return cover;
        for (const std::size_t child : children->second) {
            if (m_mounts[child].target == m_mounts[place].target)
                cover = m_mounts[child].id;
        }
        return cover;
    }

    std::vector<MountFacts>& m_mounts;
    std::unordered_map<std::uint32_t, std::size_t> m_places; // by id
    std::unordered_map<std::size_t, std::vector<std::size_t>> m_children;
};

} // namespace

Result<std::vector<MountFacts>> parseMountInfo(std::string_view text) {
    std::vector<MountFacts> mounts;
    while (!text.empty() && mounts.size() < kMostMounts) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        auto mount = parseLine(line);
        if (!mount)
            return fail(ErrorCode::Untrusted,
                        "line " + std::to_string(mounts.size() + 1) + " of a mountinfo is malformed");
        mounts.push_back(*std::move(mount));
    }
    return mounts;
}

void markHidden(std::vector<MountFacts>& mounts) {
    HiddenMounts(mounts).mark();
}

Result<std::vector<MountFacts>> readMounts(pid_t pid) {
    TRY_ASSIGN(const auto folder, ProcessFolder::open(pid));
    auto text = folder.read("mountinfo", kMostBytes);
    // A zombie has no mounts any more, which the kernel calls EINVAL.
    if (!text && folder.stat().value_or(ProcessStat{.state = 'X'}).state != 'Z')
        return fail(std::move(text).error());
    if (!text)
        return fail(ErrorCode::NotFound, "process " + std::to_string(pid) + " has ended");
    // What does not fit ends in the middle of a line.
    text->resize(std::min(text->size(), text->rfind('\n') + 1));
    TRY_ASSIGN(auto mounts, parseMountInfo(*text));
    markHidden(mounts);
    return mounts;
}

} // namespace escale
