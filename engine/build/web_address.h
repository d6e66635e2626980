// Addresses of files on the web that ADD copies: "https://host/path/file". Pure.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace escale {

/// Begins with "http://" or "https://", as Docker has it; a git repository's may, too (git_address.h).
bool isWebAddress(std::string_view source);

/// InvalidArgument: another scheme (file:, unix:), no host, spaces or control characters, too long.
Result<void> checkWebAddress(std::string_view address);

/// "https://user:password@host/x" → "https://host/x": for messages. What is no address is left as it is.
std::string withoutUserInfo(std::string_view address);

/// What a file that was copied into a folder is called there: the last part of the address' path, "%20" and
/// the like replaced. "__unnamed__" (BuildKit's) where there is none that could be a file's name.
std::string fileNameOf(std::string_view address);

/// "%41" → "A"; what is no such sequence stays.
std::string percentDecoded(std::string_view text);

} // namespace escale
