// Stages: their names, their order, what may stand in them once.
#include "engine/build/lint/rules.h"

#include <algorithm>

namespace escale::lintrules {
namespace {

void checkNames(const Input& input, Report& report) {
    std::set<std::string> seen;
    for (const Stage& stage : input.stages) {
        if (stage.name.empty())
            continue;
        const std::string name = lowerCase(stage.name);
        const SourceRange range = stage.from->words[2].range;
        if (!seen.insert(name).second) {
            for (const auto rule : {"DL3024", "DuplicateStageName"})
                report.add(rule, range, {stage.name});
        }
        if (name == "scratch" || name == "context") {
            for (const auto rule : {"DL3063", "ReservedStageName"})
                report.add(rule, range, {stage.name});
        }
        if (name != stage.name)
            report.add("StageNameCasing", range, {stage.name}, replacement(range, name));
    }
}

// From the instruction's beginning to its end, with the line end: nothing else stands there.
QuickFix removal(const Instruction& instruction) {
    return replacement({{instruction.range.begin.line, 1}, {instruction.lastLine + 1, 1}}, "");
}

void checkOnce(const Stage& stage, Keyword keyword, std::string_view rule, Report& report) {
    const Instruction* previous = nullptr;
    for (const auto& step : stage.steps) {
        if (!step.is(keyword) || step.isTrigger)
            continue;
        if (previous != nullptr) {
            const std::string name(keywordName(keyword));
            report.add(rule, step.instruction->keywordRange);
            report.add("MultipleInstructionsDisallowed", previous->keywordRange, {name}, removal(*previous));
        }
        previous = step.instruction;
    }
}

// FROM, ARG and comments may begin a file.
void checkOrder(const Input& input, Report& report) {
    for (const Instruction* instruction : input.before) {
        if (instruction->keyword != Keyword::Arg)
            report.add("DL3061", instruction->keywordRange, {std::string(keywordName(instruction->keyword))});
    }
}

void checkTriggers(const Input& input, Report& report) {
    for (const auto& instruction : input.file.instructions) {
        if (instruction.keyword != Keyword::OnBuild)
            continue;
        const auto end = instruction.text.find_first_of(" \t");
        const std::string word = upperCase(std::string_view(instruction.text).substr(0, end));
        if (isAnyOf(word, {"ONBUILD", "FROM", "MAINTAINER"}))
            report.add("DL3043", instruction.range, {word});
    }
}

// The image that is made has one, or is made on a stage that has.
void checkHealth(const Input& input, Report& report) {
    if (input.last() == nullptr)
        return;
    for (const Stage* stage : input.lineage(*input.last())) {
        if (std::any_of(stage->steps.begin(), stage->steps.end(),
                        [](const Step& step) { return step.is(Keyword::Healthcheck) && !step.isTrigger; }))
            return;
    }
    report.add("DL3057", input.last()->range());
}

} // namespace

void checkStages(const Input& input, Report& report) {
    checkNames(input, report);
    checkOrder(input, report);
    checkTriggers(input, report);
    checkHealth(input, report);
    for (const Stage& stage : input.stages) {
        checkOnce(stage, Keyword::Healthcheck, "DL3012", report);
        checkOnce(stage, Keyword::Cmd, "DL4003", report);
        checkOnce(stage, Keyword::Entrypoint, "DL4004", report);
    }
}

} // namespace escale::lintrules
