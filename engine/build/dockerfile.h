// A Dockerfile's syntax tree, with the place of everything in the file: what the builder, the linter and the
// editor read. Parsing never fails: what is wrong is listed, and the rest is read on, so that an editor can
// show all of it; a builder refuses a file with problems. Pure.
//   parse_dockerfile.cpp   the file: lines, directives, here-documents
//   parse_words.cpp        what follows an instruction, by its own rules
// docs.docker.com/reference/dockerfile; the rules are those of docker/dockerfile:1.
#pragma once

#include "engine/build/source_text.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

enum class Keyword : std::uint8_t {
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Label,
    Maintainer,
    OnBuild,
    Run,
    Shell,
    StopSignal,
    User,
    Volume,
    Workdir,
};
/// "ADD", "ARG", …
std::string_view keywordName(Keyword keyword);
/// Whatever the case.
std::optional<Keyword> findKeyword(std::string_view text);

/// As it is written: quotes, escapes and variables are in it still.
struct SourceWord {
    std::string text;
    SourceRange range;
};

/// "--from=base"; quotes and escapes are taken away.
struct InstructionFlag {
    std::string name;
    std::optional<std::string> value;
    SourceRange range;
};

/// <<EOF and what follows until EOF.
struct HereDocument {
    std::string name;
    unsigned descriptor = 0;
    bool expand = true;     // variables are replaced: no part of its name is quoted
    bool dropsTabs = false; // <<-: tabs at the beginning of its lines are not part of it
    std::string content;    // as it is written
    int firstLine = 0;      // of the content; its end is at firstLine + number of lines
};

struct Instruction {
    Keyword keyword = Keyword::Run;
    std::string spelling; // "run"
    SourceRange keywordRange;
    SourceRange range; // without here-documents
    int lastLine = 0;  // with them
    std::vector<InstructionFlag> flags;
    std::string text; // what follows the flags, lines joined
    SourceRange textRange;
    LogicalLine textPlaces; // of every byte of `text`
    bool isJson = false;    // the exec form
    /// By the instruction's rule: one text in the shell form of RUN, CMD, ENTRYPOINT, SHELL and in
    /// MAINTAINER, STOPSIGNAL, USER, WORKDIR; name and value by turns of ENV and LABEL; "CMD" and so on of
    /// HEALTHCHECK; else words.
    std::vector<SourceWord> words;
    bool isLegacyPair = false; // ENV name value
    std::vector<HereDocument> documents;
    std::vector<Comment> comments;        // directly above
    std::shared_ptr<Instruction> trigger; // ONBUILD's

    [[nodiscard]] const InstructionFlag* flag(std::string_view name) const;
};

/// "# escape=`"
struct ParserDirective {
    std::string name; // "syntax", "escape", "check"
    std::string value;
    SourceRange range;
};

struct SourceProblem {
    SourceRange range;
    std::string message;
    std::string hint;
};

struct Dockerfile {
    std::vector<ParserDirective> directives;
    char escape = '\\';
    std::vector<Instruction> instructions;
    std::vector<SourceProblem> problems;
    std::vector<int> emptyContinuations; // lines that continue one and are empty
    std::vector<Comment> comments;       // all of them, directives not

    [[nodiscard]] const ParserDirective* directive(std::string_view name) const;
};

Dockerfile parseDockerfile(std::string_view text);

/// The nearest of `known` when `text` may be a misspelling of it; else empty.
std::string_view nearestWord(std::string_view text, const std::vector<std::string_view>& known);

} // namespace escale
