// What each part of a Dockerfile is, line by line, from its syntax tree: what the editor colours. Pure.
#pragma once

#include "gui/build/dockerfile_source.h"
#include "gui/common/code_highlighter.h"

#include <cstdint>

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

/// One for each line.
std::vector<LineSpans> syntaxSpans(const DockerfileSource& source);

} // namespace escale::gui
