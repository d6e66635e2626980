#include "engine/registry/pagination.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::size_t kLongestQuery = 4096;

std::string encodedName(std::string_view name) {
    std::string result;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_';
        constexpr std::string_view kHex = "0123456789ABCDEF";
        if (plain)
            result += c;
        else
            result.append(
                {'%', kHex[static_cast<unsigned char>(c) >> 4], kHex[static_cast<unsigned char>(c) & 15]});
    }
    return result;
}

bool isQuery(std::string_view text) {
    return text.size() > 1 && text.size() <= kLongestQuery &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '"'; });
}

} // namespace

std::string pageQuery(const std::string& last, int count) {
    if (last.starts_with('?') && isQuery(last))
        return last;
    return "?n=" + std::to_string(std::clamp(count, 1, 10'000)) +
           (last.empty() ? "" : "&last=" + encodedName(last));
}

std::string nextPage(std::string_view linkHeader) {
    while (true) {
        const std::size_t open = linkHeader.find('<');
        const std::size_t close = linkHeader.find('>', open);
        if (open == std::string_view::npos || close == std::string_view::npos)
            return {};
        const std::string_view address = linkHeader.substr(open + 1, close - open - 1);
        linkHeader.remove_prefix(close + 1);
        const std::string_view parameters = linkHeader.substr(0, linkHeader.find('<'));
        const bool isNext = parameters.find("rel=\"next\"") != std::string_view::npos ||
                            parameters.find("rel=next") != std::string_view::npos;
        const std::size_t query = address.find('?');
        if (isNext && query != std::string_view::npos && isQuery(address.substr(query)))
            return std::string(address.substr(query));
    }
}

} // namespace escale
