#include "engine/image/reference.h"

#include <algorithm>
#include <charconv>

namespace escale {
namespace {

constexpr std::string_view kDefaultRegistry = "docker.io";
constexpr std::string_view kLegacyRegistry = "index.docker.io";
constexpr std::string_view kOfficial = "library/";
constexpr std::size_t kLongestRepository = 255; // RepositoryNameTotalLengthMax
constexpr std::size_t kLongestTag = 128;
constexpr std::size_t kLongestReference = 1024;

// The locale has no say in these, unlike <cctype>.
bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isAlphanumeric(char c) {
    return isLower(c) || isUpper(c) || isDigit(c);
}

// path-component := [a-z0-9]+ ( ( [_.] | "__" | "-"+ ) [a-z0-9]+ )*
bool isPathComponent(std::string_view text) {
    const auto isPlain = [](char c) { return isLower(c) || isDigit(c); };
    if (text.empty() || !isPlain(text.front()) || !isPlain(text.back()))
        return false;
    for (std::size_t i = 0; i < text.size();) {
        if (isPlain(text[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && !isPlain(text[end]))
            ++end;
        const std::string_view separator = text.substr(i, end - i);
        const bool dashes = separator.find_first_not_of('-') == std::string_view::npos;
        if (!dashes && separator != "." && separator != "_" && separator != "__")
            return false;
        i = end;
    }
    return true;
}

// domain-component := [a-zA-Z0-9] | [a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]
bool isDomainComponent(std::string_view text) {
    return !text.empty() && isAlphanumeric(text.front()) && isAlphanumeric(text.back()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return isAlphanumeric(c) || c == '-'; });
}

template <class Check>
bool allParts(std::string_view text, char separator, const Check& check) {
    while (true) {
        const std::size_t end = text.find(separator);
        if (!check(text.substr(0, end)))
            return false;
        if (end == std::string_view::npos)
            return true;
        text.remove_prefix(end + 1);
    }
}

bool isPort(std::string_view text) {
    unsigned port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

// Whether Docker takes what stands before the first slash for a host (splitDockerDomain).
bool looksLikeHost(std::string_view first) {
    return first == "localhost" || first.find_first_of(".:") != std::string_view::npos ||
           std::any_of(first.begin(), first.end(), isUpper);
}

tl::unexpected<Error> invalid(std::string_view text, const std::string& why, std::string hint = {}) {
    std::string shown;
    for (const char c : text.substr(0, 200))
        shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return fail(ErrorCode::InvalidArgument, "\"" + shown + "\" is not an image reference: " + why,
                std::move(hint));
}

Result<Digest> parseDigest(std::string_view whole, std::string_view text) {
    if (!text.starts_with("sha256:") && text.find(':') != std::string_view::npos)
        return fail(ErrorCode::Unsupported,
                    "the digest \"" + std::string(text.substr(0, text.find(':'))) +
                        ":…\" uses an algorithm Escale does not know; only sha256 is used");
    auto digest = Digest::parse(text);
    if (!digest)
        return invalid(whole,
                       "what stands after \"@\" is not \"sha256:\" and 64 lower-case hexadecimal digits");
    return digest;
}

Result<void> checkNames(std::string_view text, const Reference& reference) {
    if (!isRegistryHost(reference.registry))
        return invalid(text, "\"" + reference.registry + "\" is not a host name with an optional port");
    if (std::any_of(reference.repository.begin(), reference.repository.end(), isUpper))
        return invalid(text, "a repository's name must be lower case");
    if (reference.repository.size() > kLongestRepository)
        return invalid(text, "a repository's name has at most 255 characters");
    if (!isRepositoryName(reference.repository))
        return invalid(
            text,
            "a repository's name is made of lower-case letters and digits, joined by single \".\", \"_\", "
            "\"__\", \"-\" or \"/\"");
    return {};
}

} // namespace

bool isRepositoryName(std::string_view text) {
    return text.size() <= kLongestRepository && allParts(text, '/', isPathComponent);
}

// tag := [\w][\w.-]{0,127}
bool isTag(std::string_view text) {
    if (text.empty() || text.size() > kLongestTag || text.front() == '.' || text.front() == '-')
        return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return isAlphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

bool isRegistryHost(std::string_view text) {
    std::string_view host = text;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos)
            return false;
        const std::string_view address = text.substr(1, end - 1);
        if (address.empty() ||
            !std::all_of(address.begin(), address.end(), [](char c) { return isHex(c) || c == ':'; }))
            return false;
        const std::string_view rest = text.substr(end + 1);
        return rest.empty() || (rest.front() == ':' && isPort(rest.substr(1)));
    }
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        if (!isPort(text.substr(colon + 1)))
            return false;
        host = text.substr(0, colon);
    }
    return host.size() <= 253 && allParts(host, '.', isDomainComponent);
}

Result<Reference> Reference::parse(std::string_view text) {
    if (text.empty())
        return fail(ErrorCode::InvalidArgument, "the image reference is empty",
                    "write a name such as debian:12");
    if (text.size() > kLongestReference)
        return invalid(text, "it is too long");
    if (text.find("://") != std::string_view::npos)
        return invalid(text, "it is an address with a scheme",
                       "leave out what stands before the host: host/name:tag");
    if (text.size() == 64 &&
        std::all_of(text.begin(), text.end(), [](char c) { return isHex(c) && !isUpper(c); }))
        return invalid(text, "64 hexadecimal digits are an image's id, not a name");

    Reference reference;
    std::string_view rest = text;
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos && looksLikeHost(text.substr(0, slash))) {
        reference.registry = text.substr(0, slash);
        rest = text.substr(slash + 1);
    }
    if (reference.registry.empty() || reference.registry == kLegacyRegistry)
        reference.registry = kDefaultRegistry;

    if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
        TRY_ASSIGN(reference.digest, parseDigest(text, rest.substr(at + 1)));
        rest = rest.substr(0, at);
    }
    if (const std::size_t colon = rest.find(':'); colon != std::string_view::npos) {
        reference.tag = rest.substr(colon + 1);
        rest = rest.substr(0, colon);
        if (!isTag(reference.tag))
            return invalid(text, "a tag is made of letters, digits, \"_\", \".\" and \"-\", starts with none "
                                 "of \".-\" and has at "
                                 "most 128 characters");
    } else if (!reference.digest) {
        reference.tag = "latest";
    }
    if (rest.empty())
        return invalid(text, "the repository's name is missing");
    if (reference.registry == kDefaultRegistry && rest.find('/') == std::string_view::npos)
        reference.repository = kOfficial;
    reference.repository += rest;
    TRY(checkNames(text, reference));
    return reference;
}

static std::string suffix(const Reference& reference) {
    return (reference.tag.empty() ? "" : ":" + reference.tag) +
           (reference.digest ? "@" + reference.digest->toString() : "");
}

std::string Reference::toString() const {
    return name() + suffix(*this);
}

std::string Reference::familiar() const {
    if (registry != kDefaultRegistry)
        return toString();
    std::string_view shown = repository;
    if (shown.starts_with(kOfficial) && shown.find('/', kOfficial.size()) == std::string_view::npos)
        shown.remove_prefix(kOfficial.size());
    // "docker.io/localhost/x" must not become "localhost/x", which is another registry's.
    const std::size_t slash = shown.find('/');
    if (slash != std::string_view::npos && looksLikeHost(shown.substr(0, slash)))
        return toString();
    return std::string(shown) + suffix(*this);
}

} // namespace escale
