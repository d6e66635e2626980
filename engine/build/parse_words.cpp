#include "engine/build/parse_words.h"

#include "engine/base/json.h"

namespace escale {
namespace {

// [\t\v\f\r ]: no line feed is left in a logical line.
Span trimmedSpan(const std::string& text, Span span) {
    while (span.begin < span.end && isBlank(text[span.begin]))
        ++span.begin;
    while (span.begin < span.end && isBlank(text[span.end - 1]))
        --span.end;
    return span;
}

// Where the first word ends.
std::size_t wordEnd(const std::string& text, Span span) {
    std::size_t end = span.begin;
    while (end < span.end && !isBlank(text[end]))
        ++end;
    return end;
}

SourceWord wordOf(const LogicalLine& line, Span span) {
    return {line.text().substr(span.begin, span.end - span.begin), line.range(span.begin, span.end)};
}

std::vector<SourceWord> blankSeparated(const LogicalLine& line, Span span) {
    std::vector<SourceWord> words;
    for (span = trimmedSpan(line.text(), span); span.begin < span.end;
         span = trimmedSpan(line.text(), span)) {
        const std::size_t end = wordEnd(line.text(), span);
        words.push_back(wordOf(line, {span.begin, end}));
        span.begin = end;
    }
    return words;
}

// The exec form. What is no JSON array is another form; one of other than strings is an error.
Result<bool> readJson(const LogicalLine& line, Span span, Instruction& instruction) {
    const std::string text = line.text().substr(span.begin, span.end - span.begin);
    if (text.empty() || text.front() != '[')
        return false;
    const auto json = Json::parse(text);
    if (!json || !json->isArray())
        return false;
    std::vector<SourceWord> words;
    for (const Json& item : json->items()) {
        if (!item.isString())
            return fail(ErrorCode::InvalidArgument, "only texts can be in the array of an exec form",
                        "Put each word between double quotes.");
        words.push_back({item.toString(), line.range(span.begin, span.end)});
    }
    instruction.words = std::move(words);
    instruction.isJson = true;
    return true;
}

Result<void> readPairs(const LogicalLine& line, Span span, char escape, Instruction& instruction) {
    const auto words = quotedWords(line, span, escape);
    if (words.empty())
        return {};
    const std::string name(keywordName(instruction.keyword));
    if (words.front().text.find('=') == std::string::npos) {
        const std::size_t end = wordEnd(line.text(), span);
        const Span value = trimmedSpan(line.text(), {end, span.end});
        if (value.begin == value.end)
            return fail(ErrorCode::InvalidArgument, name + " needs a name and a value",
                        "Write " + name + " name=value.");
        instruction.isLegacyPair = true;
        instruction.words = {wordOf(line, {span.begin, end}), wordOf(line, value)};
        return {};
    }
    for (const SourceWord& word : words) {
        const auto equals = word.text.find('=');
        if (equals == std::string::npos)
            return fail(ErrorCode::InvalidArgument, "\"" + word.text + "\" has no \"=\"",
                        "Write name=value; a value with spaces belongs between quotes.");
        if (equals == 0)
            return fail(ErrorCode::InvalidArgument, "a name is missing before \"" + word.text + "\"");
        instruction.words.push_back({word.text.substr(0, equals), word.range});
        instruction.words.push_back({word.text.substr(equals + 1), word.range});
    }
    return {};
}

// "CMD" or "NONE", then a command in either form.
Result<void> readHealthCheck(const LogicalLine& line, Span span, Instruction& instruction) {
    if (span.begin == span.end)
        return {};
    const std::size_t end = wordEnd(line.text(), span);
    const SourceWord kind = wordOf(line, {span.begin, end});
    const Span command = trimmedSpan(line.text(), {end, span.end});
    TRY_ASSIGN(const bool isJson, readJson(line, command, instruction));
    if (!isJson && command.begin < command.end)
        instruction.words.push_back(wordOf(line, command));
    instruction.words.insert(instruction.words.begin(), kind);
    return {};
}

} // namespace

std::vector<SourceWord> quotedWords(const LogicalLine& line, Span span, char escape) {
    const std::string& text = line.text();
    std::vector<SourceWord> words;
    for (std::size_t at = span.begin; at < span.end;) {
        if (isBlank(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        std::string word;
        char quote = 0;
        bool isQuoted = false;
        for (; at < span.end && (quote != 0 || !isBlank(text[at])); ++at) {
            const char c = text[at];
            // In single quotes nothing is escaped.
            if (c == escape && quote != '\'') {
                if (at + 1 == span.end)
                    continue; // nothing is there to be escaped
                word += c;
                word += text[++at];
                continue;
            }
            if (quote != 0 && c == quote)
                quote = 0;
            else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                isQuoted = true;
            }
            word += c;
        }
        if (isQuoted || !word.empty())
            words.push_back({std::move(word), line.range(begin, at)});
    }
    return words;
}

FlagsRead readFlags(const LogicalLine& line, Span span, char escape) {
    const std::string& text = line.text();
    FlagsRead read;
    for (read.rest = trimmedSpan(text, span);
         text.compare(read.rest.begin, 2, "--") == 0 && read.rest.end - read.rest.begin >= 2;
         read.rest = trimmedSpan(text, read.rest)) {
        const std::size_t begin = read.rest.begin;
        std::size_t at = begin;
        std::string word;
        char quote = 0;
        for (; at < span.end && (quote != 0 || !isBlank(text[at])); ++at) {
            const char c = text[at];
            if (c == escape) {
                if (at + 1 < span.end)
                    word += text[++at];
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else {
                word += c;
            }
        }
        read.rest.begin = std::min(at, read.rest.end);
        if (word == "--")
            break;
        const auto equals = word.find('=');
        InstructionFlag flag{
            word.substr(2, equals == std::string::npos ? equals : equals - 2), {}, line.range(begin, at)};
        if (equals != std::string::npos)
            flag.value = word.substr(equals + 1);
        read.flags.push_back(std::move(flag));
    }
    read.rest = trimmedSpan(text, read.rest);
    return read;
}

Result<void> readWords(const LogicalLine& line, Span span, char escape, Instruction& instruction) {
    instruction.text = line.text().substr(span.begin, span.end - span.begin);
    instruction.textRange = line.range(span.begin, span.end);
    instruction.textPlaces = line.from(span.begin);
    switch (instruction.keyword) {
    case Keyword::Env:
    case Keyword::Label:
        return readPairs(line, span, escape, instruction);
    case Keyword::Arg:
        instruction.words = quotedWords(line, span, escape);
        return {};
    case Keyword::Expose:
    case Keyword::From:
        instruction.words = blankSeparated(line, span);
        return {};
    case Keyword::Healthcheck:
        return readHealthCheck(line, span, instruction);
    case Keyword::Add:
    case Keyword::Copy:
    case Keyword::Volume: {
        TRY_ASSIGN(const bool isJson, readJson(line, span, instruction));
        if (!isJson)
            instruction.words = blankSeparated(line, span);
        return {};
    }
    case Keyword::Cmd:
    case Keyword::Entrypoint:
    case Keyword::Run:
    case Keyword::Shell: {
        TRY_ASSIGN(const bool isJson, readJson(line, span, instruction));
        if (isJson)
            return {};
        break;
    }
    case Keyword::Maintainer:
    case Keyword::OnBuild:
    case Keyword::StopSignal:
    case Keyword::User:
    case Keyword::Workdir:
        break;
    }
    if (span.begin < span.end)
        instruction.words = {wordOf(line, span)};
    return {};
}

} // namespace escale
