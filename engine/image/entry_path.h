// The name of an entry of a layer, made safe or refused. Pure.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace escale {

/// Relative to the layer's root, without ".", ".." or empty components.
struct EntryPath {
    std::string parent; // "usr/share"; empty: the root
    std::string name;   // empty: the root itself
    [[nodiscard]] std::string text() const { return parent.empty() ? name : parent + "/" + name; }
    bool operator==(const EntryPath&) const = default;
};

/// Leading slashes and "." components are dropped as every tar reader does. Untrusted: a ".." component, a
/// component of over 255 bytes, a path of over 4095, or one nested deeper than 200 folders.
Result<EntryPath> parseEntryPath(std::string_view raw);

/// image-spec layer.md#whiteouts.
enum class Whiteout : std::uint8_t {
    None,
    Name,   // ".wh.<name>": <name> of the layers below is hidden
    Opaque, // ".wh..wh..opq": all of the folder's content in the layers below is hidden
    Ignored // another ".wh..wh." name: AUFS' own bookkeeping
};
struct WhiteoutName {
    Whiteout kind = Whiteout::None;
    std::string name; // for Whiteout::Name
};
/// Untrusted for a whiteout of "", "." or "..", and for anything below a whiteout.
Result<WhiteoutName> parseWhiteout(const EntryPath& path);

/// A name from a layer as it may stand in a message: quoted, one line, shortened.
std::string quotedName(std::string_view raw);

} // namespace escale
