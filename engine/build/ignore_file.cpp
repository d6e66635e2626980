#include "engine/build/ignore_file.h"

#include "engine/build/source_text.h"

#include <algorithm>

namespace escale {
namespace {

struct Letter {
    unsigned code = 0;
    std::size_t size = 1;
};

// The character of UTF-8 at `at`; a byte that is none counts for itself.
Letter letterAt(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(at);
    const std::size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (size == 1 || at + size > text.size())
        return {first, 1};
    unsigned code = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80)
            return {first, 1};
        code = code << 6U | (byte(at + i) & 0x3FU);
    }
    return {code, size};
}

Error badPattern(std::string_view text, const char* what) {
    return Error{ErrorCode::InvalidArgument, "the pattern \"" + std::string(text) + "\" " + what, {}, {}};
}

} // namespace

Result<PathPattern::Part> PathPattern::parseSet(std::string_view text, std::size_t& at) {
    Part set{Kind::Set, 0, false, {}};
    const std::size_t begin = ++at;
    if (at < text.size() && text[at] == '^') {
        set.isNegated = true;
        ++at;
    }
    const auto readLetter = [&]() -> Result<unsigned> {
        if (at < text.size() && text[at] == '\\')
            ++at;
        else if (at < text.size() && text[at] == '-')
            return fail(badPattern(text, "has a range without a beginning"));
        if (at >= text.size())
            return fail(badPattern(text, "has a \"[\" without \"]\""));
        const Letter letter = letterAt(text, at);
        at += letter.size;
        return letter.code;
    };
    while (at < text.size() && (text[at] != ']' || set.set.empty())) {
        if (text[at] == ']')
            return fail(badPattern(text, "has an empty \"[]\""));
        TRY_ASSIGN(const unsigned low, readLetter());
        unsigned high = low;
        if (at < text.size() && text[at] == '-') {
            ++at;
            TRY_ASSIGN(high, readLetter());
        }
        set.set.push_back({low, high});
    }
    if (at >= text.size() || at == begin)
        return fail(badPattern(text, "has a \"[\" without \"]\""));
    ++at;
    return set;
}

Result<PathPattern> PathPattern::parse(std::string_view text) {
    PathPattern pattern;
    // Docker's own: before a plain text the first "**" stands for any text, not for folders alone.
    const bool isSuffix = text.substr(0, 2) == "**" && text.substr(2, 1) != "/" &&
                          text.find_first_of("*?[]\\", 2) == std::string_view::npos;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '*') {
            if (text.substr(at, 2) != "**") {
                pattern.m_parts.push_back({Kind::Name, 0, false, {}});
                ++at;
                continue;
            }
            at += 2;
            // "**/" is as many folders as there are, none too; at the end everything.
            const bool folders = at < text.size() && text[at] == '/';
            at += folders ? 1 : 0;
            const Kind kind = at < text.size() && !isSuffix ? Kind::Folders : Kind::Anything;
            pattern.m_parts.push_back({kind, 0, false, {}});
            continue;
        }
        if (c == '[') {
            TRY_ASSIGN(Part set, parseSet(text, at));
            pattern.m_parts.push_back(std::move(set));
            continue;
        }
        if (c == '?') {
            pattern.m_parts.push_back({Kind::One, 0, false, {}});
            ++at;
            continue;
        }
        if (c == '\\' && ++at == text.size())
            return fail(badPattern(text, "ends with \"\\\""));
        const Letter letter = letterAt(text, at);
        pattern.m_parts.push_back({Kind::Letter, letter.code, false, {}});
        at += letter.size;
    }
    return pattern;
}

bool PathPattern::Part::fits(unsigned code) const {
    if (kind == Kind::Letter)
        return code == letter;
    if (kind == Kind::One)
        return code != '/';
    return isNegated != std::any_of(set.begin(), set.end(), [&](const Range& range) {
               return code >= range.low && code <= range.high;
           });
}

// Every place that the parts so far lead to, part by part: no pattern takes for ever.
bool PathPattern::matches(std::string_view path) const {
    std::vector<bool> places(path.size() + 1);
    places[0] = true;
    for (const Part& part : m_parts) {
        std::vector<bool> next(path.size() + 1);
        bool isReached = false; // some place before this one
        for (std::size_t at = 0; at <= path.size(); ++at) {
            const bool behindSlash = at > 0 && path[at - 1] == '/';
            if (part.kind == Kind::Name && at > 0 && next[at - 1] && !behindSlash)
                next[at] = true;
            if (isReached && (part.kind == Kind::Anything || (part.kind == Kind::Folders && behindSlash)))
                next[at] = true;
            if (!places[at])
                continue;
            isReached = true;
            if (part.kind == Kind::Name || part.kind == Kind::Anything || part.kind == Kind::Folders)
                next[at] = true;
            else if (at < path.size() && part.fits(letterAt(path, at).code))
                next[at + letterAt(path, at).size] = true;
        }
        places = std::move(next);
    }
    return places[path.size()];
}

std::string cleanPath(std::string_view path) {
    const bool isAbsolute = !path.empty() && path.front() == '/';
    std::vector<std::string_view> names;
    for (std::size_t at = 0; at < path.size();) {
        const auto end = std::min(path.find('/', at), path.size());
        const auto name = path.substr(at, end - at);
        at = end + 1;
        if (name.empty() || name == ".")
            continue;
        if (name != "..")
            names.push_back(name);
        else if (!names.empty() && names.back() != "..")
            names.pop_back();
        else if (!isAbsolute)
            names.push_back(name);
    }
    std::string clean = isAbsolute ? "/" : "";
    for (const auto name : names) {
        if (!clean.empty() && clean.back() != '/')
            clean += '/';
        clean += name;
    }
    return clean.empty() ? "." : clean;
}

Result<void> IgnoreFile::add(std::string_view text) {
    const std::string_view all = trimmed(text);
    if (all.empty())
        return {};
    Rule rule;
    rule.isException = all.front() == '!';
    const std::string_view path = trimmed(all.substr(rule.isException ? 1 : 0));
    if (path.empty())
        return fail(badPattern(all, "brings nothing back"));
    rule.text = cleanPath(path);
    if (rule.text.size() > 1 && rule.text.front() == '/')
        rule.text.erase(0, 1);
    TRY_ASSIGN(rule.pattern, PathPattern::parse(rule.text));
    m_rules.push_back(std::move(rule));
    return {};
}

Result<IgnoreFile> IgnoreFile::parse(std::string_view text) {
    IgnoreFile file;
    SourceReader reader(text);
    while (!reader.atEnd()) {
        const std::string_view line = withoutLineEnd(reader.next());
        if (!line.empty() && line.front() == '#')
            continue;
        if (auto added = file.add(line); !added) {
            Error error = std::move(added).error();
            error.message = "line " + std::to_string(reader.line()) + ": " + error.message;
            return fail(std::move(error));
        }
    }
    return file;
}

Result<IgnoreFile> IgnoreFile::fromPatterns(const std::vector<std::string>& patterns) {
    IgnoreFile file;
    for (const auto& pattern : patterns)
        TRY(file.add(pattern));
    return file;
}

bool IgnoreFile::hasExceptions() const {
    return std::any_of(m_rules.begin(), m_rules.end(), [](const Rule& rule) { return rule.isException; });
}

bool IgnoreFile::ignores(std::string_view path) const {
    bool ignored = false;
    for (const Rule& rule : m_rules) {
        if (rule.isException != ignored)
            continue; // it would change nothing
        // What holds for a folder holds for what is in it.
        bool matches = rule.pattern.matches(path);
        for (auto slash = path.find('/'); !matches && slash != std::string_view::npos;
             slash = path.find('/', slash + 1))
            matches = rule.pattern.matches(path.substr(0, slash));
        if (matches)
            ignored = !rule.isException;
    }
    return ignored;
}

bool IgnoreFile::ignoresAllIn(std::string_view folder) const {
    if (!ignores(folder))
        return false;
    // An exception may name something below: by its beginning, or by a pattern, of which nobody knows.
    const std::string below = std::string(folder) + '/';
    return std::none_of(m_rules.begin(), m_rules.end(), [&](const Rule& rule) {
        if (!rule.isException)
            return false;
        const auto wild = rule.text.find_first_of("*?[\\");
        const std::string plain = rule.text.substr(0, wild);
        return plain.compare(0, below.size(), below) == 0 ||
               (wild != std::string::npos && below.compare(0, plain.size(), plain) == 0);
    });
}

} // namespace escale
