// What a file that should not be in an image looks like: by its name, and by what is in it.
#pragma once

#include "engine/image/layer_records.h"

#include <string_view>

namespace escale {

/// A file that people keep keys or passwords in, by its name and its folder's: "id_rsa", ".env",
/// ".aws/credentials", "server.key". Templates and public halves are none.
bool isSecretName(std::string_view folder, std::string_view name);

/// Worth a look inside: its name says so, or nobody but its owner may read it. `size` in bytes.
bool isWorthReading(std::string_view folder, std::string_view name, std::uint32_t mode, std::uint64_t size);

/// How much of a file's beginning is looked at, in bytes.
constexpr std::size_t kReadForSecrets = 64 * 1024;

/// A private key in PEM or OpenSSH form, or a token by which GitHub, GitLab, AWS, Slack … are entered.
SecretSign secretIn(std::string_view content);

} // namespace escale
