#include "engine/image/name_pattern.h"

#include <clocale>
#include <cwctype>

namespace escale {
namespace {

locale_t letters() {
    static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
}

char32_t folded(char32_t character) {
    static const locale_t locale = letters();
    if (locale == nullptr)
        return character < 128 ? static_cast<char32_t>(std::towlower(static_cast<std::wint_t>(character)))
                               : character;
    return static_cast<char32_t>(::towlower_l(static_cast<std::wint_t>(character), locale));
}

/// Bytes that are no UTF-8 stand for themselves, beyond Unicode.
std::u32string foldedText(std::string_view text) {
    std::u32string result;
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80    ? 1
                                   : first >= 0xf0 ? 4
                                   : first >= 0xe0 ? 3
                                   : first >= 0xc0 ? 2
                                                   : 0;
        char32_t character = length > 1 ? first & (0x7fU >> length) : first;
        bool isWhole = length > 0 && i + length <= text.size();
        for (std::size_t more = 1; isWhole && more < length; ++more) {
            const auto byte = static_cast<unsigned char>(text[i + more]);
            isWhole = (byte & 0xc0U) == 0x80;
            character = character << 6U | (byte & 0x3fU);
        }
        result += isWhole ? folded(character) : 0x110000U + first;
        i += isWhole ? length : 1;
    }
    return result;
}

} // namespace

void loadLetterCases() {
    (void)letters();
}

NamePattern::NamePattern(std::string_view text)
    : m_pattern(U'*' + foldedText(text) + U'*') {}

/// Goes back to the last "*" alone: linear in practice, and never worse than the product of the lengths.
bool NamePattern::matches(std::string_view name) const {
    const std::u32string text = foldedText(name);
    std::size_t at = 0;
    std::size_t in = 0;
    std::size_t star = 0;
    std::size_t starAt = 0;
    while (at < text.size()) {
        if (in < m_pattern.size() && m_pattern[in] == U'*') {
            star = in++;
            starAt = at;
        } else if (in < m_pattern.size() && (m_pattern[in] == U'?' || m_pattern[in] == text[at])) {
            ++in;
            ++at;
        } else { // the first pattern character is a star: there is always one
            in = star + 1;
            at = ++starAt;
        }
    }
    return m_pattern.find_first_not_of(U'*', in) == std::u32string::npos;
}

} // namespace escale
