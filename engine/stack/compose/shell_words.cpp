#include "engine/stack/compose/short_forms.h"

namespace escale::compose {

std::optional<ShellWords> shellWords(std::string_view text) {
    ShellWords result;
    std::string word;
    bool hasWord = false;
    char quote = 0;
    const auto finish = [&] {
        if (hasWord)
            result.words.push_back(std::move(word));
        word.clear();
        hasWord = false;
    };
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && quote != '\'') {
            if (++i == text.size())
                return std::nullopt;
            word += text[i];
            hasWord = true;
        } else if (quote != 0) {
            if (c == quote)
                quote = 0;
            else
                word += c;
        } else if (c == '\'' || c == '"') {
            quote = c;
            hasWord = true; // also when nothing is in it
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            finish();
        } else if (std::string_view(";&|<>").find(c) != std::string_view::npos) {
            break;
        } else {
            word += c;
            hasWord = true;
        }
    }
    if (quote != 0)
        return std::nullopt;
    finish();
    result.end = i;
    return result;
}

} // namespace escale::compose
