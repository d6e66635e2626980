#include "engine/base/shell_word.h"

#include <algorithm>

namespace escale {
namespace {

// Letters and digits of ASCII alone: what a shell takes for a letter depends on its locale.
bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./:,+@%=").find(c) != std::string_view::npos;
}

constexpr std::string_view kBlanks = " \t\n";
// With a meaning of their own outside of quotes.
constexpr std::string_view kOperators = "|&;<>()$`*?[]#~{}!^";

/// Reads one line's words; false where quotes alone do not say what the shell would do.
class WordReader {
public:
    explicit WordReader(std::string_view line)
        : m_left(line) {}

    bool read(std::vector<std::string>& words) {
        while (skipBlanks()) {
            words.emplace_back();
            while (!m_left.empty() && kBlanks.find(m_left.front()) == std::string_view::npos) {
                if (!readPart(words.back()))
                    return false;
            }
        }
        return true;
    }

private:
    bool skipBlanks() {
        m_left.remove_prefix(std::min(m_left.find_first_not_of(kBlanks), m_left.size()));
        return !m_left.empty();
    }
    char take() {
        const char c = m_left.front();
        m_left.remove_prefix(1);
        return c;
    }
    bool readPart(std::string& word) {
        const char c = take();
        if (c == '\'')
            return readSingle(word);
        if (c == '"')
            return readDouble(word);
        if (c == '\\')
            return readEscaped(word);
        word += c;
        return kOperators.find(c) == std::string_view::npos;
    }
    bool readSingle(std::string& word) {
        const auto end = m_left.find('\'');
        if (end == std::string_view::npos)
            return false;
        word += m_left.substr(0, end);
        m_left.remove_prefix(end + 1);
        return true;
    }
    bool readDouble(std::string& word) {
        while (!m_left.empty()) {
            const char c = take();
            if (c == '"')
                return true;
            if (c == '$' || c == '`')
                return false;
            const bool isEscape = c == '\\' && !m_left.empty() &&
                                  std::string_view("$`\"\\\n").find(m_left.front()) != std::string_view::npos;
            if (!isEscape)
                word += c;
            else if (const char escaped = take(); escaped != '\n')
                word += escaped;
        }
        return false;
    }
    bool readEscaped(std::string& word) {
        if (m_left.empty())
            return false;
        if (const char c = take(); c != '\n')
            word += c;
        return true;
    }

    std::string_view m_left;
};

} // namespace

std::string shellWord(std::string_view text) {
    if (!text.empty() && std::all_of(text.begin(), text.end(), isPlain))
        return std::string(text);
    std::string word = "'";
    for (const char c : text) {
        if (c == '\'')
            word += "'\\''";
        else if (c != '\0')
            word += c;
    }
    return word + '\'';
}

std::string shellPath(std::string_view path) {
    return shellWord(path.starts_with('-') ? "./" + std::string(path) : std::string(path));
}

std::string shellWords(const std::vector<std::string>& words) {
    std::string line;
    for (const auto& word : words)
        line += (line.empty() ? "" : " ") + shellWord(word);
    return line;
}

std::optional<std::vector<std::string>> readShellWords(std::string_view line) {
    std::vector<std::string> words;
    if (!WordReader(line).read(words))
        return std::nullopt;
    return words;
}

} // namespace escale
