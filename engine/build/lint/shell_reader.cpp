#include "engine/build/lint/shell_commands.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

constexpr int kDeepest = 32; // of $( ) in $( )

bool isOneOf(std::string_view text, WordList texts) {
    return texts.holds(text);
}

bool isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool isAssignment(std::string_view word) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos || equals == 0 || (word[0] >= '0' && word[0] <= '9'))
        return false;
    std::string_view name = word.substr(0, equals);
    if (name.size() > 1 && name.back() == '+')
        name.remove_suffix(1);
    return std::all_of(name.begin(), name.end(), isNameCharacter);
}

// Recursive descent over one text. Commands are noted as they begin; nesting is counted, not kept.
class Reader {
public:
    explicit Reader(const LogicalLine& line)
        : m_line(line)
        , m_text(line.text()) {}

    ShellScript run() {
        readList(m_text.size(), 0);
        std::stable_sort(m_script.commands.begin(), m_script.commands.end(),
                         [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
        return std::move(m_script);
    }

private:
    struct Document {
        std::string name;
        bool dropsTabs;
    };

    [[nodiscard]] char at(std::size_t offset) const { return offset < m_end ? m_text[offset] : '\0'; }
    [[nodiscard]] bool startsWith(std::string_view text) const {
        return m_at + text.size() <= m_end && m_text.compare(m_at, text.size(), text) == 0;
    }

    // The commands up to `end`.
    void readList(std::size_t end, int depth) {
        const std::size_t outerEnd = m_end;
        const auto outerCommand = std::move(m_command);
        m_command = {};
        m_end = end;
        const int base = m_depth;
        m_depth = depth;
        while (m_at < m_end)
            readNext();
        finish(ShellSeparator::End);
        m_depth = base;
        m_command = outerCommand;
        m_end = outerEnd;
    }

    void readNext() {
        const char c = m_text[m_at];
        if (c == '\n') {
            ++m_at;
            finish(ShellSeparator::Newline);
            skipDocuments();
        } else if (isBlank(c)) {
            ++m_at;
        } else if (c == '\\' && at(m_at + 1) == '\n') {
            m_at += 2;
        } else if (c == '#') {
            skipComment();
        } else if (!readOperator() && !readRedirect()) {
            readWord();
        }
    }

    void skipComment() {
        const auto end = m_text.find('\n', m_at);
        if (end == std::string::npos && m_depth == 0)
            m_script.endsWithComment = true;
        m_at = std::min(end, m_end);
    }

    bool readOperator() {
        struct Operator {
            std::string_view text;
            ShellSeparator separator;
        };
        static constexpr std::array kOperators{
            Operator{"&&", ShellSeparator::And},       Operator{"||", ShellSeparator::Or},
            Operator{"|&", ShellSeparator::Pipe},      Operator{"|", ShellSeparator::Pipe},
            Operator{";;", ShellSeparator::Semicolon}, Operator{";", ShellSeparator::Semicolon},
            Operator{"&", ShellSeparator::Background}};
        if (m_inTest && !startsWith(";"))
            return false;
        if (m_inPattern && startsWith("|")) {
            ++m_at;
            return true;
        }
        for (const auto& each : kOperators) {
            if (!startsWith(each.text) || (each.text == "&" && at(m_at + 1) == '>'))
                continue;
            if (each.separator == ShellSeparator::Pipe)
                m_script.pipes.push_back(m_line.range(m_at, m_at + each.text.size()));
            m_at += each.text.size();
            finish(each.separator);
            m_inPattern = each.text == ";;" && m_cases > 0;
            return true;
        }
        return readBracket();
    }

    bool readBracket() {
        const char c = m_text[m_at];
        if (c != '(' && c != ')')
            return false;
        ++m_at;
        if (m_inPattern) { // "pattern)" of case
            m_inPattern = c == '(';
            m_command = {};
            return true;
        }
        if (c == '(' && m_command.words.size() == 1 && at(m_at) == ')') { // "name()"
            ++m_at;
            m_command = {};
            return true;
        }
        finish(ShellSeparator::Semicolon);
        m_depth = std::max(0, m_depth + (c == '(' ? 1 : -1));
        return true;
    }

    // "2>&1", "<file", "<<EOF": no words of the command.
    bool readRedirect() {
        std::size_t at = m_at;
        while (at < m_end && m_text[at] >= '0' && m_text[at] <= '9')
            ++at;
        if (at < m_end && at == m_at && m_text[at] == '&')
            ++at;
        if (at >= m_end || (m_text[at] != '<' && m_text[at] != '>') || m_inTest)
            return false;
        if (at + 1 < m_end && m_text[at + 1] == '(') { // <( ) is a word
            if (at != m_at)
                return false;
            readWord();
            return true;
        }
        const std::size_t begin = at;
        while (at < m_end && (m_text[at] == '<' || m_text[at] == '>'))
            ++at;
        const bool isDocument = m_text.compare(begin, at - begin, "<<") == 0;
        const bool dropsTabs = isDocument && at < m_end && m_text[at] == '-';
        if (dropsTabs || (at < m_end && (m_text[at] == '&' || m_text[at] == '|')))
            ++at;
        while (at < m_end && (m_text[at] == ' ' || m_text[at] == '\t'))
            ++at;
        m_at = at;
        if (m_at < m_end && !isBlank(m_text[m_at]) &&
            !isOneOf(m_text.substr(m_at, 1), {";", "&", "|", "(", ")"})) {
            const ShellWord target = takeWord();
            if (isDocument)
                m_documents.push_back({target.text, dropsTabs});
        }
        return true;
    }

    void skipDocuments() {
        for (const auto& document : m_documents) {
            while (m_at < m_end) {
                const auto end = std::min(m_text.find('\n', m_at), m_end);
                std::string_view line(m_text.data() + m_at, end - m_at);
                while (document.dropsTabs && !line.empty() && line.front() == '\t')
                    line.remove_prefix(1);
                m_at = std::min(end + 1, m_end);
                if (withoutLineEnd(line) == document.name)
                    break;
            }
        }
        m_documents.clear();
    }

    void readWord() {
        const std::size_t begin = m_at;
        ShellWord word = takeWord();
        if (m_at == begin) { // a character that makes no sense here
            ++m_at;
            return;
        }
        if (m_inPattern) {
            if (word.text == "esac") {
                m_inPattern = false;
                --m_cases;
            }
            return;
        }
        if (m_command.words.empty() && isReserved(word))
            return;
        if (m_command.words.empty() && isAssignment(m_text.substr(word.begin, word.end - word.begin)))
            m_command.assignments.push_back(std::move(word));
        else
            add(std::move(word));
    }

    void add(ShellWord word) {
        if (m_command.words.empty() && word.text == "[[")
            m_inTest = true;
        if (word.text == "]]")
            m_inTest = false;
        m_command.words.push_back(std::move(word));
        const auto& words = m_command.words;
        if (words.front().text == "case" && words.back().text == "in" && words.size() >= 3) {
            m_command = {};
            m_inPattern = true;
            ++m_cases;
        }
    }

    // Words of the language where a command may begin: they are no commands.
    bool isReserved(const ShellWord& word) {
        if (isOneOf(word.text, {"if", "while", "until", "{"})) {
            ++m_depth;
            return true;
        }
        if (isOneOf(word.text, {"fi", "done", "}"})) {
            m_depth = std::max(0, m_depth - 1);
            return true;
        }
        if (word.text == "esac") {
            m_cases = std::max(0, m_cases - 1);
            return true;
        }
        return isOneOf(word.text, {"then", "else", "elif", "do", "!", "time"});
    }

    void finish(ShellSeparator separator) {
        m_inTest = false;
        ShellCommand command = std::move(m_command);
        m_command = {};
        const bool isLoop = !command.words.empty() && isOneOf(command.words.front().text, {"for", "select"});
        if (isLoop)
            ++m_depth; // "do" and "done" follow
        if (isLoop || (command.words.empty() && command.assignments.empty())) {
            // "(a) | b", "fi && c": what stands there is the last command's.
            if (!isLoop && !m_script.commands.empty() && separator != ShellSeparator::End &&
                separator != ShellSeparator::Newline)
                m_script.commands.back().after = separator;
            return;
        }
        command.after = separator;
        command.depth = m_depth;
        const auto& first = command.assignments.empty() ? command.words.front() : command.assignments.front();
        const auto& last = command.words.empty() ? command.assignments.back() : command.words.back();
        command.range = {first.range.begin, last.range.end};
        m_script.commands.push_back(std::move(command));
    }

    // Up to what ends a word outside of quotes.
    ShellWord takeWord() {
        ShellWord word;
        word.begin = m_at;
        while (m_at < m_end) {
            const char c = m_text[m_at];
            if (isBlank(c) || c == ';' || ((c == '&' || c == '|') && !m_inTest))
                break;
            if ((c == '<' || c == '>') && m_at != word.begin && !m_inTest)
                break;
            if (c == '(' || c == ')') {
                if (m_at > word.begin && c == '(' && isOneOf(m_text.substr(m_at - 1, 1), {"<", ">", "="})) {
                    takeSubstitution(word.text, m_at, m_at + 1);
                    continue;
                }
                if (!m_inTest)
                    break;
            }
            takePart(word.text, false);
        }
        word.end = m_at;
        word.range = m_line.range(word.begin, word.end);
        return word;
    }

    // One character, or quoted text, or a substitution.
    void takePart(std::string& text, bool inDouble) {
        const char c = m_text[m_at];
        if (c == '\\' && m_at + 1 < m_end) {
            if (inDouble && !isOneOf(m_text.substr(m_at + 1, 1), {"$", "`", "\"", "\\", "\n"}))
                text += c;
            if (m_text[m_at + 1] != '\n')
                text += m_text[m_at + 1];
            m_at += 2;
        } else if (c == '\'' && !inDouble) {
            const auto end = std::min(m_text.find('\'', m_at + 1), m_end);
            text.append(m_text, m_at + 1, end - std::min(end, m_at + 1));
            m_at = std::min(end + 1, m_end);
        } else if (c == '"' && !inDouble) {
            ++m_at;
            while (m_at < m_end && m_text[m_at] != '"')
                takePart(text, true);
            m_at = std::min(m_at + 1, m_end);
        } else if (c == '`') {
            takeBackquoted(text);
        } else if (c == '$' && at(m_at + 1) == '(') {
            takeSubstitution(text, m_at, m_at + 2);
        } else if (c == '$' && at(m_at + 1) == '{') {
            takeBraced(text);
        } else {
            text += c;
            ++m_at;
        }
    }

    void takeBackquoted(std::string& text) {
        const std::size_t begin = m_at++;
        std::size_t end = m_at;
        while (end < m_end && m_text[end] != '`')
            end += m_text[end] == '\\' && end + 1 < m_end ? 2 : 1;
        readInner(end);
        m_at = std::min(end + 1, m_end);
        text.append(m_text, begin, m_at - begin);
    }

    // "$(" or "<(" at `begin`, the commands at `inner`.
    void takeSubstitution(std::string& text, std::size_t begin, std::size_t inner) {
        const bool isArithmetic = inner < m_end && m_text[inner] == '(' && m_text[begin] == '$';
        const bool isArray = begin > 0 && m_text[begin] == '(' && m_text[begin - 1] == '=';
        const std::size_t end = closing(inner, '(', ')');
        m_at = inner;
        if (!isArithmetic && !isArray)
            readInner(end);
        m_at = std::min(end + 1, m_end);
        text.append(m_text, begin, m_at - begin);
    }

    void takeBraced(std::string& text) {
        const std::size_t begin = m_at;
        const std::size_t end = closing(m_at + 2, '{', '}');
        m_at = std::min(end + 1, m_end);
        text.append(m_text, begin, m_at - begin);
    }

    void readInner(std::size_t end) {
        if (m_nesting >= kDeepest)
            return;
        ++m_nesting;
        const bool inTest = m_inTest;
        const bool inPattern = m_inPattern;
        const int cases = m_cases;
        m_inTest = m_inPattern = false;
        m_cases = 0;
        readList(end, m_depth + 1);
        m_inTest = inTest;
        m_inPattern = inPattern;
        m_cases = cases;
        --m_nesting;
    }

    // Where the bracket that stands before `from` is closed; the end when it is not.
    [[nodiscard]] std::size_t closing(std::size_t from, char open, char close) const {
        int depth = 1;
        char quote = 0;
        for (std::size_t i = from; i < m_end; ++i) {
            const char c = m_text[i];
            if (c == '\\' && quote != '\'')
                ++i;
            else if (quote != 0)
                quote = c == quote ? '\0' : quote;
            else if (c == '\'' || c == '"')
                quote = c;
            else if (c == open)
                ++depth;
            else if (c == close && --depth == 0)
                return i;
        }
        return m_end;
    }

    const LogicalLine& m_line;
    const std::string& m_text;
    ShellScript m_script;
    ShellCommand m_command;
    std::vector<Document> m_documents;
    std::size_t m_at = 0;
    std::size_t m_end = 0;
    int m_depth = 0;
    int m_nesting = 0;
    int m_cases = 0;
    bool m_inTest = false;    // [[ ]]
    bool m_inPattern = false; // of case
};

} // namespace

ShellScript readShell(const LogicalLine& text) {
    return Reader(text).run();
}

} // namespace escale
