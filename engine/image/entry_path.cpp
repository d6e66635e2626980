#include "engine/image/entry_path.h"

#include <climits>
#include <vector>

namespace escale {
namespace {

constexpr std::string_view kPrefix = ".wh.";
constexpr std::string_view kMetaPrefix = ".wh..wh.";
constexpr std::string_view kOpaque = ".wh..wh..opq";
// Removing a tree keeps two descriptors open a level; this stays far below the usual limit of 1024.
constexpr std::size_t kDeepest = 200;

tl::unexpected<Error> hostile(std::string_view raw, const char* why) {
    return fail(ErrorCode::Untrusted, "the layer's entry " + quotedName(raw) + " " + why,
                "The image was made to harm or by a broken tool. Do not use it.");
}

} // namespace

std::string quotedName(std::string_view raw) {
    constexpr std::size_t kLongest = 160;
    std::string text = "\"";
    for (const char c : raw.substr(0, kLongest))
        text += static_cast<unsigned char>(c) < ' ' || c == 0x7f || c == '"' ? '?' : c;
    text += raw.size() > kLongest ? "…\"" : "\"";
    return text;
}

Result<EntryPath> parseEntryPath(std::string_view raw) {
    if (raw.size() >= PATH_MAX)
        return hostile(raw, "has too long a name");
    EntryPath path;
    std::size_t depth = 0;
    for (std::size_t start = 0; start < raw.size();) {
        const std::size_t end = std::min(raw.find('/', start), raw.size());
        const std::string_view component = raw.substr(start, end - start);
        start = end + 1;
        if (component.empty() || component == ".")
            continue;
        if (component == "..")
            return hostile(raw, "has \"..\" in its path");
        if (component.size() > NAME_MAX)
            return hostile(raw, "has too long a name");
        if (++depth > kDeepest)
            return hostile(raw, "is nested too deep");
        if (!path.name.empty()) {
            if (!path.parent.empty())
                path.parent += '/';
            path.parent += path.name;
        }
        path.name = component;
    }
    return path;
}

Result<WhiteoutName> parseWhiteout(const EntryPath& path) {
    if (path.parent.starts_with(kMetaPrefix))
        return WhiteoutName{Whiteout::Ignored, {}};
    if (path.parent.starts_with(kPrefix) || path.parent.find("/.wh.") != std::string::npos)
        return hostile(path.text(), "lies below a whiteout");
    if (!path.name.starts_with(kPrefix))
        return WhiteoutName{};
    if (path.name == kOpaque)
        return WhiteoutName{Whiteout::Opaque, {}};
    if (path.name.starts_with(kMetaPrefix))
        return WhiteoutName{Whiteout::Ignored, {}};
    std::string name = path.name.substr(kPrefix.size());
    if (name.empty() || name == "." || name == "..")
        return hostile(path.text(), "is a whiteout of nothing that can be hidden");
    return WhiteoutName{Whiteout::Name, std::move(name)};
}

} // namespace escale
