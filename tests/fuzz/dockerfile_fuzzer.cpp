// Dockerfiles, which people download: whatever they hold, every place lies in the file, and every instruction
// that became a step is there.
#include "engine/build/instructions.h"
#include "tests/fuzz/promise.h"

#include <algorithm>

using namespace escale;
using fuzz::require;

namespace {

void checkRange(const SourceRange& range, int lines) {
    require(range.begin.line >= 1 && range.begin.column >= 1, "places count from one");
    require(range.begin <= range.end, "a range ends behind its beginning");
    require(range.end.line <= lines, "a range lies in the file");
}

void check(const Instruction& instruction, int lines) {
    checkRange(instruction.range, lines);
    checkRange(instruction.keywordRange, lines);
    require(instruction.lastLine <= lines, "an instruction ends in the file");
    for (const auto& word : instruction.words)
        checkRange(word.range, lines);
    for (const auto& flag : instruction.flags)
        checkRange(flag.range, lines);
    if (instruction.trigger)
        check(*instruction.trigger, lines);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
    const Dockerfile file = parseDockerfile(text);
    for (const auto& instruction : file.instructions)
        check(instruction, lines);
    for (const auto& problem : file.problems)
        require(!problem.message.empty(), "a problem says what it is");
    const BuildFile build = readBuildFile(file);
    require(!build.stages.empty() || !build.problems.empty(), "a file without a stage has a problem");
    for (const auto& stage : build.stages) {
        for (const auto& step : stage.steps)
            require(step.source < file.instructions.size(), "a step comes from an instruction");
    }
    return 0;
}
