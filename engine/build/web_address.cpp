#include "engine/build/web_address.h"

#include <algorithm>
#include <optional>

namespace escale {
namespace {

constexpr std::size_t kLongestAddress = 8192;
constexpr std::size_t kLongestFileName = 255;

bool isControlOrSpace(char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

std::optional<int> hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return std::nullopt;
}

/// "user:password@host:port" of "scheme://user:password@host:port/path?query#fragment": where it is.
struct Authority {
    std::size_t begin = 0, end = 0;
};

std::optional<Authority> authorityOf(std::string_view address) {
    const std::size_t scheme = address.find("://");
    if (scheme == std::string_view::npos)
        return std::nullopt;
    const std::size_t begin = scheme + 3;
    return Authority{begin, std::min(address.find_first_of("/?#", begin), address.size())};
}

} // namespace

bool isWebAddress(std::string_view source) {
    return source.starts_with("http://") || source.starts_with("https://");
}

Result<void> checkWebAddress(std::string_view address) {
    const std::string shown = withoutUserInfo(address.substr(0, 200));
    const auto wrong = [&shown](const std::string& why) {
        return fail(ErrorCode::InvalidArgument, "cannot download \"" + shown + "\": " + why,
                    "Give an address such as https://example.org/file.tar.gz.");
    };
    if (std::any_of(address.begin(), address.end(), isControlOrSpace))
        return fail(ErrorCode::InvalidArgument, "an address to download holds spaces or control characters",
                    "Write a space as %20.");
    if (!isWebAddress(address))
        return wrong("only http:// and https:// are downloaded");
    if (address.size() > kLongestAddress)
        return wrong("it is longer than " + std::to_string(kLongestAddress) + " characters");
    const auto authority = authorityOf(address);
    const std::string_view host = address.substr(authority->begin, authority->end - authority->begin);
    if (host.empty() || host.ends_with('@'))
        return wrong("it names no host");
    return {};
}

std::string withoutUserInfo(std::string_view address) {
    const auto authority = authorityOf(address);
    if (!authority)
        return std::string(address);
    const std::string_view whole = address.substr(authority->begin, authority->end - authority->begin);
    const std::size_t at = whole.rfind('@');
    if (at == std::string_view::npos)
        return std::string(address);
    return std::string(address.substr(0, authority->begin)) +
           std::string(address.substr(authority->begin + at + 1));
}

std::string percentDecoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto high = i + 2 < text.size() && text[i] == '%' ? hexValue(text[i + 1]) : std::nullopt;
        const auto low = high ? hexValue(text[i + 2]) : std::nullopt;
        if (low) {
            decoded += static_cast<char>(*high * 16 + *low);
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::string fileNameOf(std::string_view address) {
    static const std::string kUnnamed = "__unnamed__";
    const auto authority = authorityOf(address);
    if (!authority)
        return kUnnamed;
    const std::string_view rest = address.substr(authority->end);
    std::string path = percentDecoded(rest.substr(0, rest.find_first_of("?#")));
    while (path.ends_with('/'))
        path.pop_back();
    std::string name = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
    const bool isUsable = !name.empty() && name != "." && name != ".." && name.size() <= kLongestFileName &&
                          std::none_of(name.begin(), name.end(), isControl);
    return isUsable ? name : kUnnamed;
}

} // namespace escale
