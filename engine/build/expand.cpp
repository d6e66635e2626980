#include "engine/build/expand.h"

#include "engine/build/shell_pattern.h"
#include "engine/build/source_text.h"

namespace escale {
namespace {

// Deeper braces than anybody writes: each is a call.
constexpr int kDeepest = 64;
// A file of a few lines can double a variable until no memory is left.
constexpr std::size_t kLongest = 1U << 20U;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
// Letters beyond ASCII count, all of them.
bool isNameLetter(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}
// $@, $?, …: a shell has them, a Dockerfile never.
bool isSpecialName(char c) {
    return std::string_view("@*#?-$!0").find(c) != std::string_view::npos;
}

std::string inQuotes(char c) {
    std::string text = "\"\"";
    text.insert(1, 1, c);
    return text;
}

class Expansion {
public:
    Expansion(std::string_view text, const VariableLookup& lookup, const ExpandRules& rules)
        : m_text(text)
        , m_lookup(lookup)
        , m_rules(rules) {}

    Result<Expanded> run() {
        TRY_ASSIGN(m_out.text, readUntil(0, m_rules.keepsEscapes, &m_out.words));
        return std::move(m_out);
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }

    // Splits into words while it goes; what comes from quotes belongs to the word, spaces and all.
    class Words {
    public:
        explicit Words(std::vector<std::string>* into)
            : m_into(into) {}
        ~Words() {
            if (m_into != nullptr && !m_word.empty())
                m_into->push_back(std::move(m_word));
        }
        Words(const Words&) = delete;
        Words& operator=(const Words&) = delete;
        void addText(std::string_view text) {
            for (const char c : text)
                addLetter(c);
        }
        void addLetter(char c) {
            if (!isBlank(c)) {
                m_word += c;
            } else if (m_into != nullptr && !m_word.empty()) {
                m_into->push_back(std::move(m_word));
                m_word.clear();
            }
        }
        void addQuoted(std::string_view text) { m_word += text; }

    private:
        std::vector<std::string>* m_into;
        std::string m_word;
    };

    // To the end, or behind `stop` where it is not 0.
    Result<std::string> readUntil(char stop, bool keepsEscapes, std::vector<std::string>* into = nullptr) {
        if (++m_depth > kDeepest)
            return fail(ErrorCode::InvalidArgument, "braces are nested too deeply");
        std::string result;
        Words words(into);
        while (!atEnd()) {
            const char c = peek();
            if (stop != 0 && c == stop) {
                ++m_at;
                --m_depth;
                return result;
            }
            if (c == '$') {
                TRY_ASSIGN(const std::string value, readDollar());
                result += value;
                words.addText(value);
            } else if (m_rules.readsQuotes && (c == '\'' || c == '"')) {
                TRY_ASSIGN(const std::string quoted, c == '"' ? readDouble(keepsEscapes) : readSingle());
                result += quoted;
                words.addQuoted(quoted);
            } else if (c == '<') {
                const std::string_view mark = readPossibleDocument();
                result += mark;
                words.addQuoted(mark);
            } else if (c == m_rules.escape) {
                ++m_at;
                std::string escaped = keepsEscapes ? std::string(1, c) : std::string();
                if (!atEnd())
                    escaped += m_text[m_at++];
                result += escaped;
                words.addQuoted(escaped);
            } else {
                ++m_at;
                result += c;
                words.addLetter(c);
            }
        }
        --m_depth;
        if (stop != 0)
            return fail(ErrorCode::InvalidArgument, "a " + inQuotes(stop) + " is missing");
        return result;
    }

    // "<< EOF": the spaces do not part it from its name.
    std::string_view readPossibleDocument() {
        const std::size_t begin = m_at++;
        if (peek() == '<') {
            ++m_at;
            while (peek() == ' ' || peek() == '\t' || peek() == '\r')
                ++m_at;
        }
        return m_text.substr(begin, m_at - begin);
    }

    Result<std::string> readSingle() {
        const auto end = m_text.find('\'', m_at + 1);
        if (end == std::string_view::npos)
            return fail(ErrorCode::InvalidArgument, "a single quote is missing");
        const auto quoted = m_rules.keepsQuotes ? m_text.substr(m_at, end + 1 - m_at)
                                                : m_text.substr(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        return std::string(quoted);
    }

    Result<std::string> readDouble(bool keepsEscapes) {
        std::string result;
        const auto addQuote = [&] {
            if (m_rules.keepsQuotes)
                result += '"';
        };
        addQuote();
        ++m_at;
        while (!atEnd()) {
            const char c = peek();
            if (c == '"') {
                ++m_at;
                addQuote();
                return result;
            }
            if (c == '$') {
                TRY_ASSIGN(const std::string value, readDollar());
                result += value;
                continue;
            }
            ++m_at;
            if (c != m_rules.escape) {
                result += c;
                continue;
            }
            if (keepsEscapes)
                result += c;
            const char next = peek();
            if (atEnd())
                continue;
            // Of all others the escape stays.
            if (next == '"' || next == '$' || next == m_rules.escape) {
                result += next;
                ++m_at;
            } else {
                result += c;
            }
        }
        return fail(ErrorCode::InvalidArgument, "a double quote is missing");
    }

    std::string readName() {
        const std::size_t begin = m_at;
        if (isDigit(peek())) {
            while (isDigit(peek()))
                ++m_at;
        } else if (isSpecialName(peek())) {
            ++m_at;
        } else {
            while (!atEnd() && isNameLetter(peek()))
                ++m_at;
        }
        return std::string(m_text.substr(begin, m_at - begin));
    }

    std::optional<std::string> valueOf(const std::string& name) {
        auto value = m_lookup ? m_lookup(name) : std::nullopt;
        (value ? m_out.used : m_out.unset).insert(name);
        return value;
    }

    Result<std::string> readDollar() {
        TRY_ASSIGN(std::string value, readVariable());
        m_grown += value.size();
        if (m_grown > kLongest)
            return tooLong();
        return value;
    }

    static tl::unexpected<Error> tooLong() {
        return fail(ErrorCode::InvalidArgument, "the variables' values are longer than 1 MiB");
    }

    Result<std::string> readVariable() {
        const std::size_t begin = m_at++;
        if (peek() != '{') {
            const std::string name = readName();
            if (name.empty())
                return std::string("$");
            const auto value = valueOf(name);
            return value ? *value : m_rules.keepsUnset ? "$" + name : std::string();
        }
        ++m_at;
        if (atEnd())
            return fail(ErrorCode::InvalidArgument, "a \"}\" is missing");
        if (peek() == '{' || peek() == '}' || peek() == ':')
            return fail(ErrorCode::InvalidArgument, "\"${" + std::string(1, peek()) + "\" names no variable");
        const std::string name = readName();
        const std::size_t behindName = m_at;
        TRY_ASSIGN(std::string value, readModifier(name));
        if (m_keepThis) {
            m_keepThis = false;
            return std::string(m_text.substr(begin, behindName - begin)) + value;
        }
        return value;
    }

    // Where an unset variable stays as it is: the answer is what follows its name.
    std::string keep(std::string rest) {
        m_keepThis = true;
        return rest;
    }

    Result<std::string> readModifier(const std::string& name) {
        if (atEnd())
            return fail(ErrorCode::InvalidArgument, "a \"}\" is missing");
        char modifier = m_text[m_at++];
        if (modifier == '}') {
            const auto value = valueOf(name);
            return value ? *value : m_rules.keepsUnset ? keep("}") : std::string();
        }
        if (modifier == '/')
            return readReplacement(name);
        const bool emptyIsUnset = modifier == ':';
        if (emptyIsUnset)
            modifier = atEnd() ? '\0' : m_text[m_at++];
        const std::string shown = (emptyIsUnset ? ":" : "") + (modifier != 0 ? std::string(1, modifier) : "");
        const bool isPattern = modifier == '#' || modifier == '%';
        if (std::string_view("+-?#%").find(modifier) == std::string_view::npos || modifier == 0 ||
            (emptyIsUnset && isPattern))
            return fail(ErrorCode::InvalidArgument,
                        "\"${" + name + shown + "\": there is no modifier \"" + shown + "\"");
        TRY_ASSIGN(const std::string word, readUntil('}', isPattern));
        const auto value = valueOf(name);
        if (!value && m_rules.keepsUnset)
            return keep(shown + word + "}");
        const bool isUnset = !value || (emptyIsUnset && value->empty());
        switch (modifier) {
        case '-':
            return isUnset ? word : *value;
        case '+':
            return isUnset ? std::string() : word;
        case '?':
            if (isUnset)
                return fail(ErrorCode::InvalidArgument, name + ": " +
                                                            (!word.empty() ? word
                                                             : value       ? "must not be empty"
                                                                           : "must be set"));
            return *value;
        default:
            return cut(modifier, word, value.value_or(std::string()));
        }
    }

    static Result<std::string> cut(char modifier, std::string word, const std::string& value) {
        const bool longest = !word.empty() && word.front() == modifier;
        if (longest)
            word.erase(0, 1);
        TRY_ASSIGN(const ShellPattern pattern, ShellPattern::parse(word));
        return modifier == '#' ? pattern.withoutPrefix(value, longest)
                               : pattern.withoutSuffix(value, longest);
    }

    Result<std::string> readReplacement(const std::string& name) {
        const bool all = peek() == '/';
        if (all)
            ++m_at;
        TRY_ASSIGN(const std::string word, readUntil('/', true));
        TRY_ASSIGN(const std::string by, readUntil('}', true));
        const auto value = valueOf(name);
        if (!value && m_rules.keepsUnset)
            return keep((all ? "//" : "/") + word + "/" + by + "}");
        if (value && value->size() * (by.size() + 1) > 8 * kLongest)
            return tooLong();
        TRY_ASSIGN(const ShellPattern pattern, ShellPattern::parse(word));
        return pattern.replaced(value.value_or(std::string()), by, all);
    }

    std::string_view m_text;
    const VariableLookup& m_lookup;
    const ExpandRules& m_rules;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::size_t m_grown = 0; // bytes that have come of variables
    bool m_keepThis = false;
    Expanded m_out;
};

} // namespace

Result<Expanded> expandVariables(std::string_view text, const VariableLookup& lookup,
                                 const ExpandRules& rules) {
    return Expansion(text, lookup, rules).run();
}

} // namespace escale
