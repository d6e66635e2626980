#include "engine/stack/compose/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace escale::compose {
namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// Null, booleans and the like, of YAML 1.1, too: others read by it.
bool isWord(std::string_view text) {
    static constexpr std::array<std::string_view, 35> kWords{
        "",    "~",   "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "y",
        "Y",   "yes", "Yes",  "YES",  "on",   "On",   "ON",   "n",    "N",     "no",    "No",    "NO",
        "off", "Off", "OFF",  ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF",  "=",     "<<"};
    if (text.size() > 4 && (text.front() == '+' || text.front() == '-') && text[1] == '.')
        text.remove_prefix(1); // -.inf
    return std::find(kWords.begin(), kWords.end(), text) != kWords.end();
}

std::size_t digitsAt(std::string_view text, std::size_t at) {
    std::size_t count = 0;
    while (at + count < text.size() && isDigit(text[at + count]))
        ++count;
    return count;
}

bool isDecimal(std::string_view text) {
    std::size_t at = 0;
    const std::size_t whole = digitsAt(text, at);
    at += whole;
    std::size_t fraction = 0;
    if (at < text.size() && text[at] == '.') {
        fraction = digitsAt(text, ++at);
        at += fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const std::size_t power = digitsAt(text, at);
        if (power == 0)
            return false;
        at += power;
    }
    return at == text.size();
}

/// To the base of 60: 1:30, 190:20:30.5.
bool isSexagesimal(std::string_view text) {
    std::size_t at = digitsAt(text, 0);
    bool good = at > 0;
    while (good && at < text.size() && text[at] == ':') {
        const std::size_t digits = digitsAt(text, at + 1);
        good = digits == 1 || (digits == 2 && text[at + 1] < '6');
        at += digits + 1;
    }
    return good && (at == text.size() || (text[at] == '.' && digitsAt(text, at + 1) + at + 1 == text.size()));
}

/// Numbers of YAML 1.1 and 1.2: 0x1f, 0o17, 0b11, 1_000, 1:30, 1e3, .5.
bool isNumber(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c != '_'; });
    std::string_view rest = digits;
    if (!rest.empty() && (rest.front() == '+' || rest.front() == '-'))
        rest.remove_prefix(1);
    if (rest.size() > 2 && rest.front() == '0' && std::isalpha(static_cast<unsigned char>(rest[1])) != 0) {
        const char base = static_cast<char>(std::tolower(static_cast<unsigned char>(rest[1])));
        const std::string_view of = base == 'x'   ? "0123456789abcdefABCDEF"
                                    : base == 'o' ? "01234567"
                                    : base == 'b' ? "01"
                                                  : "";
        return rest.substr(2).find_first_not_of(of) == std::string_view::npos;
    }
    if (rest.find(':') != std::string_view::npos)
        return isSexagesimal(rest);
    return isDecimal(rest);
}

/// 2001-01-31, with or without a time.
bool isDate(std::string_view text) {
    const std::size_t year = digitsAt(text, 0);
    const std::size_t month = year == 4 && text.substr(4).starts_with('-') ? digitsAt(text, 5) : 0;
    if (month == 0 || month > 2 || !text.substr(5 + month).starts_with('-'))
        return false;
    const std::size_t day = digitsAt(text, 6 + month);
    const std::string_view rest = text.substr(6 + month + day);
    return day > 0 && day <= 2 &&
           (rest.empty() || std::string_view("Tt ").find(rest.front()) != std::string_view::npos);
}

bool isControl(unsigned char c) {
    return c < 0x20 || c == 0x7f;
}

/// What cannot stand in a text that is not in double quotes: control characters, line breaks of Unicode, a
/// byte order mark.
bool hasSpecial(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isControl(static_cast<unsigned char>(text[i])))
            return true;
        const std::string_view rest = text.substr(i);
        if (rest.starts_with("\xc2") && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xa0)
            return true;
        if (rest.starts_with("\xe2\x80\xa8") || rest.starts_with("\xe2\x80\xa9") ||
            rest.starts_with("\xef\xbb\xbf"))
            return true;
    }
    return false;
}

/// What YAML would take for a mark of its own.
bool hasIndicators(std::string_view text) {
    if (text.starts_with("---") || text.starts_with("..."))
        return true;
    if (std::string_view("#,[]{}&*!|>'\"%@`").find(text.front()) != std::string_view::npos)
        return true;
    const auto isAlone = [&](std::size_t at) { return at + 1 == text.size() || text[at + 1] == ' '; };
    if (std::string_view("?-").find(text.front()) != std::string_view::npos && isAlone(0))
        return true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((text[i] == ':' && isAlone(i)) || (text[i] == '#' && i > 0 && text[i - 1] == ' '))
            return true;
    }
    return false;
}

std::string doubleQuoted(std::string_view text) {
    static constexpr std::string_view kLetters = "\a\b\t\n\v\f\r\x1b";
    static constexpr std::string_view kEscapes = "abtnvfre";
    std::string quoted = "\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const std::string_view rest = text.substr(i);
        if (c == '"' || c == '\\') {
            quoted += {'\\', static_cast<char>(c)};
        } else if (const auto escape = kLetters.find(text[i]); escape != std::string_view::npos) {
            quoted += {'\\', kEscapes[escape]};
        } else if (isControl(c)) {
            static constexpr std::string_view kDigits = "0123456789ABCDEF";
            quoted += {'\\', 'x', kDigits[c / 16], kDigits[c % 16]};
        } else if (rest.starts_with("\xc2") && rest.size() > 1 &&
                   static_cast<unsigned char>(rest[1]) < 0xa0) {
            static constexpr std::string_view kDigits = "0123456789ABCDEF";
            const auto low = static_cast<unsigned char>(rest[1]);
            quoted += {'\\', 'x', kDigits[low / 16], kDigits[low % 16]};
            ++i;
        } else if (rest.starts_with("\xe2\x80\xa8") || rest.starts_with("\xe2\x80\xa9")) {
            quoted += rest[2] == '\xa8' ? "\\L" : "\\P";
            i += 2;
        } else if (rest.starts_with("\xef\xbb\xbf")) {
            quoted += "\\uFEFF";
            i += 2;
        } else {
            quoted +=
                text[i]; // signs beyond the first plane as well, which go-yaml escapes: they stay readable
        }
    }
    return quoted + '"';
}

std::string singleQuoted(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? "''" : std::string(1, c);
    return quoted + '\'';
}

} // namespace

std::string yamlText(std::string_view text) {
    if (hasSpecial(text) || isWord(text) || isNumber(text) || isDate(text))
        return doubleQuoted(text);
    if (text.front() == ' ' || text.back() == ' ' || hasIndicators(text))
        return singleQuoted(text);
    return std::string(text);
}

bool fitsBlock(std::string_view text) {
    if (text.find('\n') == std::string_view::npos || text.front() == '\n' || text.front() == '\t')
        return false;
    if (text.back() == ' ' || text.find(" \n") != std::string_view::npos ||
        text.find("\t\n") != std::string_view::npos)
        return false;
    std::string one(text); // line breaks and tabs are fine in a block
    std::erase_if(one, [](char c) { return c == '\n' || c == '\t'; });
    return !hasSpecial(one);
}

std::string yamlBlock(std::string_view text, std::size_t indent) {
    std::string block = "|";
    if (text.front() == ' ')
        block += '2'; // how far the lines are indented: it cannot be seen
    if (!text.ends_with('\n'))
        block += '-';
    else if (text.ends_with("\n\n"))
        block += '+';
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        block += '\n';
        if (end > begin)
            block.append(indent, ' ').append(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return block;
}

} // namespace escale::compose
