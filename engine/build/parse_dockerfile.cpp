#include "engine/build/dockerfile.h"
#include "engine/build/expand.h"
#include "engine/build/parse_words.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace escale {
namespace {

struct KeywordEntry {
    Keyword keyword;
    std::string_view name;
};
constexpr std::array kKeywords{
    KeywordEntry{Keyword::Add, "ADD"},
    KeywordEntry{Keyword::Arg, "ARG"},
    KeywordEntry{Keyword::Cmd, "CMD"},
    KeywordEntry{Keyword::Copy, "COPY"},
    KeywordEntry{Keyword::Entrypoint, "ENTRYPOINT"},
    KeywordEntry{Keyword::Env, "ENV"},
    KeywordEntry{Keyword::Expose, "EXPOSE"},
    KeywordEntry{Keyword::From, "FROM"},
    KeywordEntry{Keyword::Healthcheck, "HEALTHCHECK"},
    KeywordEntry{Keyword::Label, "LABEL"},
    KeywordEntry{Keyword::Maintainer, "MAINTAINER"},
    KeywordEntry{Keyword::OnBuild, "ONBUILD"},
    KeywordEntry{Keyword::Run, "RUN"},
    KeywordEntry{Keyword::Shell, "SHELL"},
    KeywordEntry{Keyword::StopSignal, "STOPSIGNAL"},
    KeywordEntry{Keyword::User, "USER"},
    KeywordEntry{Keyword::Volume, "VOLUME"},
    KeywordEntry{Keyword::Workdir, "WORKDIR"},
};

bool isComment(std::string_view line) {
    line = trimmedLeft(line);
    return !line.empty() && line.front() == '#';
}

std::size_t indentOf(std::string_view line) {
    return line.size() - trimmedLeft(line).size();
}

// "name = value" of a comment that may be a directive.
std::optional<std::pair<std::string, std::string>> readDirective(std::string_view comment) {
    const std::string_view text = trimmed(comment.substr(1));
    const auto equals = text.find('=');
    if (equals == std::string_view::npos)
        return std::nullopt;
    const std::string_view name = trimmed(text.substr(0, equals));
    const std::string_view value = trimmed(text.substr(equals + 1));
    const auto isLetterOrDigit = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    if (name.empty() || value.empty() || std::isalpha(static_cast<unsigned char>(name.front())) == 0 ||
        !std::all_of(name.begin(), name.end(), isLetterOrDigit))
        return std::nullopt;
    const std::string key = lowerCase(name);
    if (key != "syntax" && key != "escape" && key != "check")
        return std::nullopt;
    return std::pair(key, std::string(value));
}

// "3<<-'EOF'" as a word of an instruction.
std::optional<HereDocument> readDocumentMark(std::string_view word) {
    HereDocument document;
    std::size_t at = 0;
    for (; at < word.size() && word[at] >= '0' && word[at] <= '9'; ++at)
        document.descriptor = document.descriptor * 10 + static_cast<unsigned>(word[at] - '0');
    if (at > 4 || word.substr(at, 2) != "<<")
        return std::nullopt;
    at += 2;
    if (at < word.size() && word[at] == '-') {
        document.dropsTabs = true;
        ++at;
    }
    const std::string_view name = trimmedLeft(word.substr(at));
    if (name.empty() || name.find('<') != std::string_view::npos)
        return std::nullopt;
    ExpandRules rules;
    rules.keepsUnset = true;
    const auto plain = expandVariables(name, {}, rules);
    if (!plain || plain->words.size() != 1)
        return std::nullopt;
    document.name = plain->words.front();
    const auto quotesIn = [](std::string_view text) {
        return std::count(text.begin(), text.end(), '\'') + std::count(text.begin(), text.end(), '"');
    };
    document.expand = quotesIn(name) == quotesIn(document.name);
    return document;
}

class Parser {
public:
    explicit Parser(std::string_view text)
        : m_reader(text) {}

    Dockerfile run() {
        while (!m_reader.atEnd()) {
            LogicalLine line;
            if (readLogicalLine(line))
                readInstruction(line);
        }
        if (m_file.instructions.empty() && m_file.problems.empty())
            m_file.problems.push_back({{{1, 1}, {1, 1}},
                                       "the file holds no instruction",
                                       "A Dockerfile begins with FROM and the name of an image."});
        return std::move(m_file);
    }

private:
    void addProblem(SourceRange range, std::string message, std::string hint = {}) {
        m_file.problems.push_back({range, std::move(message), std::move(hint)});
    }

    // False: an empty line, or a comment.
    bool readLogicalLine(LogicalLine& line) {
        std::string_view text = withoutLineEnd(m_reader.next());
        const std::size_t indent = indentOf(text);
        text.remove_prefix(indent);
        if (isComment(text)) {
            takeComment(text, indent);
            return false;
        }
        m_mayBeDirective = false;
        if (text.empty()) {
            m_comments.clear();
            return false;
        }
        bool goesOn = appendPiece(line, text, indent);
        while (goesOn && !m_reader.atEnd()) {
            text = withoutLineEnd(m_reader.next());
            if (isComment(text))
                noteComment(text.substr(indentOf(text)), indentOf(text));
            else if (trimmedLeft(text).empty())
                m_file.emptyContinuations.push_back(m_reader.line());
            else
                goesOn = appendPiece(line, text, 0);
        }
        return !trimmed(line.text()).empty();
    }

    // Without the escape at its end; true when the line goes on. An escape before it takes its meaning away.
    bool appendPiece(LogicalLine& line, std::string_view text, std::size_t indent) {
        const SourcePosition where{m_reader.line(), static_cast<int>(indent) + 1};
        std::string_view end = text;
        while (!end.empty() && (end.back() == ' ' || end.back() == '\t'))
            end.remove_suffix(1);
        const bool goesOn = !end.empty() && end.back() == m_file.escape &&
                            (end.size() == 1 || end[end.size() - 2] != m_file.escape);
        if (goesOn)
            end.remove_suffix(1);
        line.append(goesOn ? end : text, where);
        return goesOn;
    }

    Comment noteComment(std::string_view text, std::size_t indent) {
        const int line = m_reader.line();
        const int column = static_cast<int>(indent) + 1;
        Comment comment{std::string(trimmed(text.substr(1))),
                        {{line, column}, {line, column + static_cast<int>(text.size())}}};
        m_file.comments.push_back(comment);
        return comment;
    }

    void takeComment(std::string_view text, std::size_t indent) {
        if (m_mayBeDirective) {
            if (const auto directive = readDirective(text)) {
                takeDirective(*directive, text, indent);
                return;
            }
            m_mayBeDirective = false;
        }
        Comment comment = noteComment(text, indent);
        if (comment.text.empty())
            m_comments.clear();
        else
            m_comments.push_back(std::move(comment));
    }

    void takeDirective(const std::pair<std::string, std::string>& found, std::string_view text,
                       std::size_t indent) {
        const int line = m_reader.line();
        const int column = static_cast<int>(indent) + 1;
        const SourceRange range{{line, column}, {line, column + static_cast<int>(text.size())}};
        if (m_file.directive(found.first) != nullptr)
            addProblem(range, "the directive " + found.first + " is given twice");
        else if (found.first == "escape" && found.second != "\\" && found.second != "`")
            addProblem(range, "\"" + found.second + "\" cannot be the escape", "It is \\ or `.");
        else if (found.first == "escape")
            m_file.escape = found.second.front();
        m_file.directives.push_back({found.first, found.second, range});
    }

    void readInstruction(const LogicalLine& line) {
        auto instruction = parseInstruction(line, {0, line.text().size()});
        if (!instruction) {
            m_comments.clear();
            return;
        }
        instruction->comments = std::move(m_comments);
        m_comments.clear();
        readDocuments(*instruction, line);
        instruction->lastLine = m_reader.line();
        m_file.instructions.push_back(std::move(*instruction));
    }

    std::optional<Instruction> parseInstruction(const LogicalLine& line, Span span) {
        const std::string& text = line.text();
        while (span.begin < span.end && isBlank(text[span.begin]))
            ++span.begin;
        while (span.end > span.begin && isBlank(text[span.end - 1]))
            --span.end;
        std::size_t end = span.begin;
        while (end < span.end && !isBlank(text[end]))
            ++end;
        Instruction instruction;
        instruction.spelling = text.substr(span.begin, end - span.begin);
        instruction.keywordRange = line.range(span.begin, end);
        instruction.range = line.range(span.begin, span.end);
        const auto keyword = findKeyword(instruction.spelling);
        if (!keyword) {
            addUnknown(instruction);
            return std::nullopt;
        }
        instruction.keyword = *keyword;
        FlagsRead read = readFlags(line, {end, span.end}, m_file.escape);
        instruction.flags = std::move(read.flags);
        if (const auto words = readWords(line, read.rest, m_file.escape, instruction); !words)
            addProblem(instruction.range, words.error().message, words.error().hint);
        if (instruction.keyword == Keyword::OnBuild)
            readTrigger(line, read.rest, instruction);
        return instruction;
    }

    void addUnknown(const Instruction& instruction) {
        std::vector<std::string_view> names;
        for (const auto& each : kKeywords)
            names.push_back(each.name);
        const std::string_view nearest = nearestWord(upperCase(instruction.spelling), names);
        addProblem(instruction.keywordRange, "there is no instruction " + instruction.spelling,
                   nearest.empty() ? std::string() : "Did you mean " + std::string(nearest) + "?");
    }

    void readTrigger(const LogicalLine& line, Span span, Instruction& instruction) {
        if (span.begin >= span.end)
            return;
        const LogicalLine rest = line.from(span.begin);
        auto trigger = parseInstruction(rest, {0, span.end - span.begin});
        if (!trigger)
            return;
        if (trigger->keyword == Keyword::OnBuild || trigger->keyword == Keyword::From ||
            trigger->keyword == Keyword::Maintainer)
            return addProblem(trigger->keywordRange,
                              std::string(keywordName(trigger->keyword)) + " cannot follow ONBUILD");
        instruction.trigger = std::make_shared<Instruction>(std::move(*trigger));
    }

    void readDocuments(Instruction& instruction, const LogicalLine& line) {
        Instruction& holder = instruction.trigger ? *instruction.trigger : instruction;
        const bool mayHold = holder.keyword == Keyword::Run || holder.keyword == Keyword::Add ||
                             holder.keyword == Keyword::Copy;
        if (!mayHold || holder.isJson || line.text().find("<<") == std::string::npos)
            return;
        ExpandRules rules;
        rules.keepsQuotes = rules.keepsEscapes = rules.keepsUnset = true;
        const auto words = expandVariables(line.text(), {}, rules);
        if (!words)
            return; // a shell may make sense of it
        for (const std::string& word : words->words) {
            if (auto document = readDocumentMark(word)) {
                if (!readDocument(*document))
                    addProblem(instruction.range, "the here-document " + document->name + " has no end",
                               "A line with nothing but " + document->name + " ends it.");
                holder.documents.push_back(std::move(*document));
            }
        }
        holder.lastLine = m_reader.line();
    }

    bool readDocument(HereDocument& document) {
        document.firstLine = m_reader.line() + 1;
        while (!m_reader.atEnd()) {
            const std::string_view line = m_reader.next();
            std::string_view end = withoutLineEnd(line);
            while (document.dropsTabs && !end.empty() && end.front() == '\t')
                end.remove_prefix(1);
            if (end == document.name)
                return true;
            document.content += line;
        }
        return false;
    }

    SourceReader m_reader;
    Dockerfile m_file;
    std::vector<Comment> m_comments; // above the next instruction
    bool m_mayBeDirective = true;
};

// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t i = 0; i <= b.size(); ++i)
        row[i] = i;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

} // namespace

std::string_view keywordName(Keyword keyword) {
    const auto* found = std::find_if(kKeywords.begin(), kKeywords.end(),
                                     [&](const auto& each) { return each.keyword == keyword; });
    return found->name;
}

std::optional<Keyword> findKeyword(std::string_view text) {
    const std::string name = upperCase(text);
    const auto* found =
        std::find_if(kKeywords.begin(), kKeywords.end(), [&](const auto& each) { return each.name == name; });
    return found == kKeywords.end() ? std::nullopt : std::optional(found->keyword);
}

const InstructionFlag* Instruction::flag(std::string_view name) const {
    const auto found =
        std::find_if(flags.begin(), flags.end(), [&](const auto& flag) { return flag.name == name; });
    return found == flags.end() ? nullptr : &*found;
}

const ParserDirective* Dockerfile::directive(std::string_view name) const {
    const auto found = std::find_if(directives.begin(), directives.end(),
                                    [&](const auto& directive) { return directive.name == name; });
    return found == directives.end() ? nullptr : &*found;
}

std::string_view nearestWord(std::string_view text, const std::vector<std::string_view>& known) {
    constexpr std::size_t kLongest = 64;
    std::string_view nearest;
    // More changes than two, or than half of the word, are no slip of the finger.
    std::size_t best = std::min<std::size_t>(3, text.size() / 2 + 1);
    for (const std::string_view word : known) {
        if (text.size() > kLongest)
            break;
        if (const std::size_t found = distance(text, word); found < best && found < word.size()) {
            best = found;
            nearest = word;
        }
    }
    return nearest;
}

Dockerfile parseDockerfile(std::string_view text) {
    return Parser(text).run();
}

} // namespace escale
