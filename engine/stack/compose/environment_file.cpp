#include "engine/stack/compose/environment_file.h"

#include "engine/stack/compose/text_places.h"

#include <algorithm>

namespace escale::compose {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr int kTold = 200;                     // problems, of each severity: more than anybody reads
constexpr std::size_t kValueBytes = 16U << 20; // of all values together: lines can double each other

/// Blanks within a line. A carriage return is one: lines of Windows end with it.
bool isBlank(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\v' || letter == '\f' || letter == '\r';
}

std::string_view trimmedRight(std::string_view text) {
    while (!text.empty() && (isBlank(text.back()) || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

bool isInName(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || std::string_view("_.-[]").find(letter) != npos ||
           static_cast<unsigned char>(letter) >= 0x80;
}

/// "\0123": three digits behind the zero, a character up to U+00FF.
std::optional<unsigned> octalOf(std::string_view text) {
    const auto digits = text.substr(0, 5);
    if (digits.size() < 5 || !digits.starts_with("\\0") || digits.find_first_not_of("01234567", 1) != npos ||
        digits[2] > '3')
        return std::nullopt;
    return (digits[2] - '0') * 64U + (digits[3] - '0') * 8U + (digits[4] - '0');
}

std::string utf8Of(unsigned code) {
    if (code < 0x80)
        return {static_cast<char>(code)};
    return {static_cast<char>(0xC0U | code >> 6U), static_cast<char>(0x80U | (code & 0x3FU))};
}

/// \a \b \f \n \r \t \v \\ and \0ooo, as echo knows them; "\$" becomes "$$", which interpolation leaves
/// alone.
std::string withoutEscapes(std::string_view text) {
    constexpr std::string_view kLetters = "abfnrtv\\";
    constexpr std::string_view kMeant = "\a\b\f\n\r\t\v\\";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (text[i] != '\\' || next == '\0') {
            out += text[i];
        } else if (const auto letter = kLetters.find(next); letter != npos) {
            out += kMeant[letter];
            ++i;
        } else if (next == '$') {
            out += "$$";
            ++i;
        } else if (const auto code = octalOf(text.substr(i)); code) {
            out += utf8Of(*code);
            i += 4;
        } else {
            out += text[i];
        }
    }
    return out;
}

class EnvironmentReader {
public:
    EnvironmentReader(std::string_view text, std::uint32_t file, const Variables& variables,
                      const Variables& earlier, Problems& problems)
        : m_text(text)
        , m_places(text, file)
        , m_variables(variables)
        , m_problems(problems) {
        m_known.insert(earlier.begin(), earlier.end());
    }

    std::vector<EnvironmentLine> lines;

    void readRaw() {
        while (m_position < m_text.size()) {
            const std::size_t end = lineEnd();
            auto line = m_text.substr(m_position, end - m_position);
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            const auto begin = std::min(line.find_first_not_of(" \t\v\f"), line.size());
            if (begin < line.size() && line[begin] != '#')
                readRawLine(m_position + begin, line.substr(begin));
            m_position = end + 1;
        }
    }

    void read() {
        while (nextStatement() && statement()) {
        }
    }

private:
    /// Sought once a line: a line can hold many values in quotes.
    std::size_t lineEnd() {
        if (m_position > m_lineEnd)
            m_lineEnd = std::min(m_text.find('\n', m_position), m_text.size());
        return m_lineEnd;
    }
    [[nodiscard]] char here() const { return m_position < m_text.size() ? m_text[m_position] : '\n'; }

    void tell(std::size_t position, std::size_t length, std::string what, std::string hint,
              Problem::Severity severity = Problem::Severity::Error) {
        int& told = severity == Problem::Severity::Error ? m_errors : m_others;
        if (told++ < kTold)
            m_problems.push_back(
                {severity, m_places.at(position, length), {}, std::move(what), std::move(hint)});
    }

    void readRawLine(std::size_t position, std::string_view line) {
        const auto equals = line.find('=');
        const auto name = line.substr(0, equals);
        if (name.empty())
            tell(position, line.size(), "a name is missing before the =", "write NAME=value");
        else if (name.find_first_of(" \t\v\f\r") != npos)
            tell(position, name.size(), "the name \"" + std::string(name) + "\" holds a space",
                 "write NAME=value");
        else
            lines.push_back(
                {std::string(name),
                 equals == npos ? std::nullopt : std::optional(std::string(line.substr(equals + 1))),
                 m_places.at(position, name.size())});
    }

    void skipBlanks() {
        while (m_position < m_text.size() && isBlank(m_text[m_position]))
            ++m_position;
    }

    /// To the next line that says something.
    bool nextStatement() {
        while (m_position < m_text.size()) {
            const char letter = m_text[m_position];
            if (letter == '#')
                m_position = lineEnd();
            else if (letter == '\n' || isBlank(letter))
                ++m_position;
            else
                return true;
        }
        return false;
    }

    /// False when nothing behind it can be read.
    bool statement() {
        constexpr std::string_view kExport = "export";
        if (m_text.substr(m_position).starts_with(kExport) && m_position + kExport.size() < m_text.size() &&
            isBlank(m_text[m_position + kExport.size()])) {
            m_position += kExport.size();
            skipBlanks();
        }
        const std::size_t begin = m_position;
        while (isInName(here()) || isBlank(here()))
            ++m_position;
        const auto name = trimmedRight(m_text.substr(begin, m_position - begin));
        if (!isName(begin, name)) {
            m_position = lineEnd();
            return true;
        }
        EnvironmentLine line{std::string(name), std::nullopt, m_places.at(begin, name.size())};
        if (here() != '\n') {
            ++m_position; // = or :
            skipBlanks();
            if (!value(line))
                return false;
        }
        lines.push_back(std::move(line));
        return true;
    }

    bool isName(std::size_t begin, std::string_view name) {
        const char letter = here();
        const std::size_t length = lineEnd() - begin;
        if (letter != '=' && letter != ':' && letter != '\n') {
            tell(begin, length, "\"" + std::string(1, letter) + "\" cannot be in a variable's name",
                 "write NAME=value, or # before a comment");
            return false;
        }
        if (name.empty()) {
            tell(begin, length, "a name is missing before the =", "write NAME=value");
            return false;
        }
        if (name.find_first_of(" \t\v\f\r") != npos) {
            tell(begin, name.size(), "the name \"" + std::string(name.substr(0, 60)) + "\" holds a space",
                 "write NAME=value, or # before a comment");
            return false;
        }
        return true;
    }

    bool value(EnvironmentLine& line) {
        const char quote = here();
        if (quote == '"' || quote == '\'')
            return quoted(quote, line);
        const std::size_t begin = m_position;
        auto text = m_text.substr(begin, lineEnd() - begin);
        if (text.starts_with('#'))
            tell(begin, text.size(), "this is the value of " + line.name + ", and no comment",
                 "put it into quotes, or the comment on a line of its own", Problem::Severity::Note);
        m_position = lineEnd();
        text = trimmedRight(text.substr(0, text.find(" #")));
        return set(line, text, begin, text.size());
    }

    bool quoted(char quote, EnvironmentLine& line) {
        const std::size_t begin = m_position++;
        std::string text;
        while (m_position < m_text.size() && m_text[m_position] != quote) {
            if (m_text[m_position] == '\\' && m_position + 1 < m_text.size()) {
                ++m_position;
                if (m_text[m_position] != quote)
                    text += '\\';
            }
            text += m_text[m_position++];
        }
        if (m_position >= m_text.size()) {
            tell(begin, m_text.size() - begin, "the quote that opens here is never closed",
                 "close it where the value ends");
            return false;
        }
        ++m_position;
        const std::size_t end = m_position;
        skipBlanks();
        if (here() != '\n' && here() != '#')
            tell(m_position, lineEnd() - m_position,
                 "text follows the closing quote: it counts as a line of its own",
                 "put it into the quotes, or write # before a comment", Problem::Severity::Warning);
        if (quote == '"')
            return set(line, withoutEscapes(text), begin, end - begin);
        line.value = std::move(text);
        return keep(line, begin);
    }

    bool set(EnvironmentLine& line, std::string_view text, std::size_t position, std::size_t length) {
        auto interpolated = interpolateText(text, m_known);
        if (!interpolated) {
            tell(position, length, interpolated.error().message, interpolated.error().hint);
            return true;
        }
        for (const auto& name : interpolated->unset) {
            if (m_warned.insert(name).second)
                tell(position, length, "the variable " + name + " is not set: an empty text takes its place",
                     "set it in a line above or in the environment, or put the value into single quotes",
                     Problem::Severity::Warning);
        }
        line.value = std::move(interpolated->text);
        return keep(line, position);
    }

    bool keep(const EnvironmentLine& line, std::size_t position) {
        m_bytes += line.value->size();
        if (m_bytes > kValueBytes) {
            tell(position, 1, "the values become larger than 16 MiB when their variables are replaced",
                 "use shorter values");
            return false;
        }
        if (!m_variables.contains(line.name))
            m_known[line.name] = {*line.value, Variable::Source::File, line.place};
        return true;
    }

    std::string_view m_text;
    TextPlaces m_places;
    const Variables& m_variables;
    Problems& m_problems;
    Variables m_known = m_variables; // and the lines above, and the files before
    std::set<std::string> m_warned;
    std::size_t m_position = 0;
    std::size_t m_lineEnd = std::min(m_text.find('\n'), m_text.size());
    std::size_t m_bytes = 0;
    int m_errors = 0;
    int m_others = 0;
};

} // namespace

std::vector<EnvironmentLine> parseEnvironmentFile(std::string_view text, std::uint32_t file,
                                                  const Variables& variables, bool raw, Problems& problems,
                                                  const Variables& earlier) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    if (const auto position = std::min(invalidUtf8(text), text.find('\0')); position != npos) {
        problems.push_back({Problem::Severity::Error,
                            TextPlaces(text, file).at(position),
                            {},
                            "this is no text in UTF-8",
                            "save the file as UTF-8"});
        return {};
    }
    EnvironmentReader reader(text, file, variables, earlier, problems);
    if (raw)
        reader.readRaw();
    else
        reader.read();
    return std::move(reader.lines);
}

} // namespace escale::compose
