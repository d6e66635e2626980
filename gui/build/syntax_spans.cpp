#include "gui/build/syntax_spans.h"

#include "engine/build/lint/shell_commands.h"

#include <algorithm>
#include <cctype>

namespace escale::gui {
namespace {

using S = SyntaxStyle;

bool isNameByte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// The end of the variable that begins with the "$" at `at`; `at` when it is none.
std::size_t variableEnd(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    if (end >= text.size())
        return at;
    if (text[end] != '{') {
        while (end < text.size() && isNameByte(text[end]))
            ++end;
        return end > at + 1 ? end : at;
    }
    int depth = 0;
    for (; end < text.size(); ++end) {
        if (text[end] == '{')
            ++depth;
        else if (text[end] == '}' && --depth == 0)
            return end + 1;
        else if (text[end] == '\n')
            break;
    }
    return at;
}

// Where the text between quotes that begins at `at` ends; `at` when it does not.
std::size_t quoteEnd(std::string_view text, std::size_t at, char escape) {
    const char quote = text[at];
    for (std::size_t end = at + 1; end < text.size(); ++end) {
        if (text[end] == escape && quote == '"')
            ++end;
        else if (text[end] == quote)
            return end + 1;
    }
    return at;
}

class Painter {
public:
    explicit Painter(const DockerfileSource& source)
        : m_source(source)
        , m_escape(source.file().escape)
        , m_lines(static_cast<std::size_t>(source.lineCount())) {}

    std::vector<LineSpans> run() {
        for (const Instruction& instruction : m_source.file().instructions)
            paint(instruction);
        for (const SourceProblem& problem : m_source.file().problems)
            paintUnknown(problem);
        for (const Comment& comment : m_source.file().comments)
            add(comment.range, S::Comment);
        for (const ParserDirective& directive : m_source.file().directives)
            add(directive.range, S::Directive);
        return std::move(m_lines);
    }

private:
    void addUnits(int line, int begin, int end, S style) {
        if (line >= 1 && line <= m_source.lineCount() && end > begin)
            m_lines[static_cast<std::size_t>(line) - 1].push_back(
                {begin, end - begin, static_cast<int>(style)});
    }
    // What lies in several lines is coloured in each.
    void add(SourceRange range, S style) {
        for (int line = range.begin.line; line <= range.end.line; ++line) {
            const int begin = line == range.begin.line ? m_source.column(range.begin) : 0;
            const int end = line == range.end.line ? m_source.column(range.end)
                                                   : static_cast<int>(m_source.line(line).size());
            addUnits(line, begin, end, style);
        }
    }
    // Part of a logical line, whose lines may have a comment between them.
    void add(const LogicalLine& text, std::size_t begin, std::size_t end, S style) {
        while (begin < end) {
            const SourcePosition where = text.position(begin);
            std::size_t next = end;
            if (text.position(end - 1).line != where.line) {
                next = begin + 1;
                while (text.position(next).line == where.line)
                    ++next;
            }
            add(text.range(begin, next), style);
            begin = next;
        }
    }

    void paint(const Instruction& instruction) {
        add(instruction.keywordRange, S::Keyword);
        for (const InstructionFlag& flag : instruction.flags)
            paintFlag(flag);
        if (instruction.trigger)
            paint(*instruction.trigger);
        else
            paintWords(instruction);
        const bool isScript = instruction.keyword == Keyword::Run || instruction.keyword == Keyword::Cmd ||
                              instruction.keyword == Keyword::Entrypoint ||
                              instruction.keyword == Keyword::Healthcheck;
        if (!instruction.trigger)
            paintText(instruction.textPlaces, instruction.text, isScript && !instruction.isJson);
        for (const HereDocument& document : instruction.documents)
            paintDocument(document, instruction.keyword == Keyword::Run);
        paintContinuations(instruction);
    }

    void paintFlag(const InstructionFlag& flag) {
        const QStringView line = m_source.line(flag.range.begin.line);
        const int begin = m_source.column(flag.range.begin);
        const bool isOneLine = flag.range.begin.line == flag.range.end.line;
        const int end = isOneLine ? m_source.column(flag.range.end) : static_cast<int>(line.size());
        const qsizetype equals = line.indexOf(u'=', begin);
        if (equals < 0 || equals >= end) {
            addUnits(flag.range.begin.line, begin, end, S::Flag);
            return;
        }
        const int valueBegin = static_cast<int>(equals) + 1;
        addUnits(flag.range.begin.line, begin, valueBegin, S::Flag);
        if (flag.name == "from")
            addUnits(flag.range.begin.line, valueBegin, end, isStage(*flag.value) ? S::Stage : S::Image);
        if (flag.name == "mount")
            paintMount(flag.range.begin.line, valueBegin, end);
        paintVariables(flag.range.begin.line, line.mid(valueBegin, end - valueBegin), valueBegin);
    }
    // The keys of "type=cache,target=/x".
    void paintMount(int number, int begin, int end) {
        const QStringView line = m_source.line(number);
        for (int at = begin; at < end;) {
            int comma = static_cast<int>(line.indexOf(u',', at));
            comma = comma < 0 || comma > end ? end : comma;
            const int equals = static_cast<int>(line.mid(at, comma - at).indexOf(u'='));
            addUnits(number, at, equals < 0 ? comma : at + equals, S::Name);
            at = comma + 1;
        }
    }
    void paintVariables(int number, QStringView part, int offset) {
        const std::string bytes = part.toUtf8().toStdString();
        if (bytes.size() != static_cast<std::size_t>(part.size()))
            return;
        for (std::size_t at = bytes.find('$'); at != std::string::npos; at = bytes.find('$', at + 1)) {
            const std::size_t end = variableEnd(bytes, at);
            addUnits(number, offset + static_cast<int>(at), offset + static_cast<int>(end), S::Variable);
        }
    }

    [[nodiscard]] bool isStage(const std::string& name) const {
        return std::find(m_stages.begin(), m_stages.end(), lowerCase(name)) != m_stages.end();
    }

    void paintWords(const Instruction& instruction) {
        const auto& words = instruction.words;
        switch (instruction.keyword) {
        case Keyword::From:
            if (!words.empty())
                add(words[0].range, isStage(words[0].text) ? S::Stage : S::Image);
            if (words.size() > 1 && lowerCase(words[1].text) == "as")
                add(words[1].range, S::Keyword);
            if (words.size() > 2) {
                add(words[2].range, S::Stage);
                m_stages.push_back(lowerCase(words[2].text));
            }
            break;
        case Keyword::Arg:
            for (const SourceWord& word : words)
                paintName(word.range, word.text.substr(0, word.text.find('=')));
            break;
        case Keyword::Env:
        case Keyword::Label:
            for (std::size_t i = 0; i + 1 < words.size(); i += 2)
                paintName(words[i].range, words[i].text);
            break;
        case Keyword::Healthcheck:
            if (!words.empty())
                add(words[0].range, S::Keyword);
            break;
        default:
            break;
        }
    }
    // A pair's words have the pair's place.
    void paintName(SourceRange range, const std::string& name) {
        SourcePosition end = range.begin;
        end.column += static_cast<int>(name.size());
        add({range.begin, end}, S::Name);
    }

    // Quotes, variables and, in a script, what joins commands.
    void paintText(const LogicalLine& places, std::string_view text, bool isScript) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            const char c = text[at];
            if (c == m_escape) {
                ++at;
            } else if (c == '"' || c == '\'') {
                const std::size_t end = quoteEnd(text, at, m_escape);
                if (end == at)
                    continue;
                add(places, at, end, S::Text);
                if (c == '"')
                    paintVariablesIn(places, text, at, end);
                at = end - 1;
            } else if (c == '$') {
                const std::size_t end = variableEnd(text, at);
                add(places, at, end, S::Variable);
                at = std::max(end, at + 1) - 1;
            } else if (c == '<' && text.substr(at, 2) == "<<") {
                std::size_t end = at + 2;
                while (end < text.size() && !isBlank(text[end]))
                    ++end;
                add(places, at, end, S::Document);
                at = end - 1;
            } else if (isScript && (c == '&' || c == '|' || c == ';')) {
                add(places, at, at + 1, S::Operator);
            }
        }
    }
    void paintVariablesIn(const LogicalLine& places, std::string_view text, std::size_t begin,
                          std::size_t end) {
        for (std::size_t at = begin; at < end; ++at) {
            if (text[at] == m_escape)
                ++at;
            else if (text[at] == '$')
                add(places, at, std::min(variableEnd(text, at), end), S::Variable);
        }
    }

    void paintDocument(const HereDocument& document, bool isScript) {
        const LogicalLine places = documentText(document);
        const std::string_view text = places.text();
        if (isScript) {
            paintText(places, text, true);
        } else {
            add(places, 0, text.size(), S::Text);
            if (document.expand)
                paintVariablesIn(places, text, 0, text.size());
        }
        const auto lines = std::count(document.content.begin(), document.content.end(), '\n');
        const int last = document.firstLine + static_cast<int>(lines);
        addUnits(last, 0, static_cast<int>(m_source.line(last).size()), S::Document);
    }

    void paintContinuations(const Instruction& instruction) {
        for (int line = instruction.range.begin.line; line < instruction.range.end.line; ++line) {
            qsizetype end = m_source.line(line).size();
            while (end > 0 && m_source.line(line)[end - 1].isSpace())
                --end;
            if (end > 0 && m_source.line(line)[end - 1] == QLatin1Char(m_escape))
                addUnits(line, static_cast<int>(end) - 1, static_cast<int>(end), S::Continuation);
        }
    }

    // A problem where no instruction begins: its first word is none.
    void paintUnknown(const SourceProblem& problem) {
        const Instruction* instruction = m_source.instructionAt(problem.range.begin.line);
        if (instruction == nullptr || (instruction->keyword == Keyword::OnBuild && !instruction->trigger))
            add(problem.range, S::Unknown);
    }

    const DockerfileSource& m_source;
    char m_escape;
    std::vector<LineSpans> m_lines;
    std::vector<std::string> m_stages; // so far, in lower case
};

} // namespace

std::vector<LineSpans> syntaxSpans(const DockerfileSource& source) {
    return Painter(source).run();
}

} // namespace escale::gui
