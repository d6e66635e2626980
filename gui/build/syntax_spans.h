// What each part of a Dockerfile is, line by line, from its syntax tree: what the editor colours. Pure.
#pragma once

#include "gui/build/dockerfile_source.h"

#include <cstdint>
#include <vector>

namespace escale::gui {

enum class SyntaxStyle : std::uint8_t {
    Directive,
    Comment,
    Keyword,
    Unknown, // where an instruction should be
    Flag,
    Image,
    Stage,
    Name, // that ARG, ENV and LABEL give a value
    Text, // between quotes
    Variable,
    Operator,     // of the shell
    Document,     // the marks of a here-document
    Continuation, // at a line's end
};

/// UTF-16 units of its line, from 0.
struct StyledSpan {
    int begin = 0;
    int length = 0;
    SyntaxStyle style = SyntaxStyle::Keyword;
    bool operator==(const StyledSpan&) const = default;
};
/// A later one lies over those before it.
using LineSpans = std::vector<StyledSpan>;

/// One for each line.
std::vector<LineSpans> syntaxSpans(const DockerfileSource& source);

} // namespace escale::gui
