#include "engine/image/secret_signs.h"

#include <algorithm>
#include <array>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr std::uint64_t kLargestKey = 1u << 20;
constexpr std::uint64_t kLargestHidden = 32 * 1024; // of files that only their modes speak for

bool isTokenLetter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

/// `prefix` at a word's beginning, and `length` letters of a token after it.
bool holdsToken(std::string_view content, std::string_view prefix, std::size_t length) {
    for (auto at = content.find(prefix); at != std::string_view::npos; at = content.find(prefix, at + 1)) {
        const std::string_view rest = content.substr(at + prefix.size(), length);
        if ((at == 0 || !isTokenLetter(content[at - 1])) && rest.size() == length &&
            std::all_of(rest.begin(), rest.end(), isTokenLetter))
            return true;
    }
    return false;
}

} // namespace

bool isSecretName(std::string_view folder, std::string_view name) {
    static constexpr std::array<std::string_view, 12> kNames = {
        "id_rsa",  "id_dsa",           "id_ecdsa", "id_ed25519", ".env",      ".netrc",
        ".pgpass", ".git-credentials", ".npmrc",   ".pypirc",    ".htpasswd", ".vault-token"};
    if (std::find(kNames.begin(), kNames.end(), name) != kNames.end())
        return true;
    if (name.starts_with(".env."))
        return name != ".env.example" && name != ".env.sample" && name != ".env.template" &&
               name != ".env.dist" && name != ".env.defaults";
    return (folder == ".aws" && name == "credentials") || (folder == ".docker" && name == "config.json") ||
           (folder == ".kube" && name == "config") || name.ends_with(".key") || name.ends_with(".p12") ||
           name.ends_with(".pfx") || name.ends_with(".jks") || name.ends_with(".kdbx");
}

bool isWorthReading(std::string_view folder, std::string_view name, std::uint32_t mode, std::uint64_t size) {
    if (!S_ISREG(mode) || size < 16)
        return false;
    if (isSecretName(folder, name) || name.ends_with(".pem"))
        return size <= kLargestKey;
    return (mode & 0077U) == 0 && size <= kLargestHidden;
}

SecretSign secretIn(std::string_view content) {
    for (auto at = content.find("-----BEGIN "); at != std::string_view::npos;
         at = content.find("-----BEGIN ", at + 1)) {
        const std::string_view kind = content.substr(at + 11, 40);
        // A text that only mentions one has no key after it.
        if (const auto end = kind.find("PRIVATE KEY-----");
            end != std::string_view::npos && kind.find('\n') > end)
            return SecretSign::PrivateKey;
    }
    struct Form {
        std::string_view prefix;
        std::size_t length;
    };
    static constexpr std::array<Form, 11> kForms = {{{"AKIA", 16},
                                                     {"ASIA", 16},
                                                     {"ghp_", 36},
                                                     {"gho_", 36},
                                                     {"ghs_", 36},
                                                     {"github_pat_", 40},
                                                     {"glpat-", 20},
                                                     {"xoxb-", 20},
                                                     {"xoxp-", 20},
                                                     {"npm_", 36},
                                                     {"dckr_pat_", 20}}};
    const bool any = std::any_of(kForms.begin(), kForms.end(), [content](const Form& form) {
        return holdsToken(content, form.prefix, form.length);
    });
    return any ? SecretSign::Token : SecretSign::None;
}

} // namespace escale
