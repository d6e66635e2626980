#include "engine/build/shell_pattern.h"

namespace escale {

Result<ShellPattern> ShellPattern::parse(std::string_view text) {
    ShellPattern pattern;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char c = text[at];
        if (c == '*') {
            // Two say no more than one.
            if (pattern.m_parts.empty() || pattern.m_parts.back().kind != Kind::Any)
                pattern.m_parts.push_back({Kind::Any, 0});
            continue;
        }
        if (c == '?') {
            pattern.m_parts.push_back({Kind::One, 0});
            continue;
        }
        if (c == '\\') {
            constexpr std::string_view kEscaped = "*?\\}/";
            if (at + 1 == text.size() || kEscaped.find(text[at + 1]) == std::string_view::npos)
                return fail(ErrorCode::InvalidArgument,
                            "the pattern \"" + std::string(text) +
                                "\" escapes what has no meaning of its own",
                            "Only * ? \\ } and / can be escaped.");
            c = text[++at];
        }
        pattern.m_parts.push_back({Kind::Letter, c});
    }
    return pattern;
}

// A character of UTF-8 is one "?".
static std::size_t characterSize(std::string_view text, std::size_t at) {
    std::size_t size = 1;
    while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80)
        ++size;
    return size;
}

// Every place that the parts so far can lead to, part by part: no backtracking, so no pattern takes for ever.
std::vector<std::size_t> ShellPattern::matches(std::string_view value, std::size_t begin) const {
    const std::size_t size = value.size() - begin;
    std::vector<bool> places(size + 1);
    places[0] = true;
    for (const Part& part : m_parts) {
        std::vector<bool> next(size + 1);
        for (std::size_t at = 0; at <= size; ++at) {
            if (part.kind == Kind::Any && at > 0 && next[at - 1])
                next[at] = true;
            if (!places[at])
                continue;
            if (part.kind == Kind::Any)
                next[at] = true;
            else if (at < size && part.kind == Kind::One)
                next[at + characterSize(value, begin + at)] = true;
            else if (at < size && value[begin + at] == part.letter)
                next[at + 1] = true;
        }
        places = std::move(next);
    }
    std::vector<std::size_t> lengths;
    for (std::size_t at = 0; at <= size; ++at) {
        if (places[at])
            lengths.push_back(at);
    }
    return lengths;
}

std::string ShellPattern::withoutPrefix(const std::string& value, bool longest) const {
    const auto lengths = matches(value, 0);
    if (lengths.empty())
        return value;
    return value.substr(longest ? lengths.back() : lengths.front());
}

std::string ShellPattern::withoutSuffix(const std::string& value, bool longest) const {
    for (std::size_t step = 0; step <= value.size(); ++step) {
        const std::size_t begin = longest ? step : value.size() - step;
        const auto lengths = matches(value, begin);
        if (!lengths.empty() && lengths.back() == value.size() - begin)
            return value.substr(0, begin);
    }
    return value;
}

std::string ShellPattern::replaced(const std::string& value, const std::string& by, bool all) const {
    std::string result;
    bool mayBeEmpty = true; // no empty match right behind another one
    for (std::size_t at = 0; at <= value.size();) {
        const auto lengths = matches(value, at);
        const bool isMatch = !lengths.empty() && (lengths.back() > 0 || mayBeEmpty);
        if (isMatch) {
            result += by;
            at += lengths.back();
            if (!all)
                return result + value.substr(at);
            mayBeEmpty = lengths.back() == 0;
            if (lengths.back() > 0)
                continue;
        }
        mayBeEmpty = true;
        if (at < value.size())
            result += value[at];
        ++at;
    }
    return result;
}

} // namespace escale
