// What follows an instruction's keyword, split by the instruction's own rule. Part of parseDockerfile().
#pragma once

#include "engine/base/result.h"
#include "engine/build/dockerfile.h"

namespace escale {

/// Part of a logical line: [begin, end).
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct FlagsRead {
    std::vector<InstructionFlag> flags;
    Span rest; // without spaces around it
};
/// "--name=value" words at the beginning of `span`; "--" ends them.
FlagsRead readFlags(const LogicalLine& line, Span span, char escape);

/// Fills text, words and form of an instruction whose keyword is known. InvalidArgument: words that do not
/// fit.
Result<void> readWords(const LogicalLine& line, Span span, char escape, Instruction& instruction);

/// The words of a shell's line: quotes hold spaces together, and stay.
std::vector<SourceWord> quotedWords(const LogicalLine& line, Span span, char escape);

} // namespace escale
