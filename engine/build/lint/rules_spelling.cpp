// How the file is written: capital letters, empty lines, forms of old, comments that silence.
#include "engine/build/lint/pragmas.h"
#include "engine/build/lint/rules.h"

#include <algorithm>

namespace escale::lintrules {
namespace {

bool isLower(std::string_view text) {
    return text == lowerCase(text);
}
bool isUpper(std::string_view text) {
    return text == upperCase(text);
}

void checkKeywordCase(const Input& input, Report& report) {
    const auto& all = input.file.instructions;
    const auto lower =
        std::count_if(all.begin(), all.end(), [](const auto& each) { return isLower(each.spelling); });
    const auto upper =
        std::count_if(all.begin(), all.end(), [](const auto& each) { return isUpper(each.spelling); });
    for (const auto& instruction : all) {
        const std::string wanted =
            lower > upper ? lowerCase(instruction.spelling) : upperCase(instruction.spelling);
        if (instruction.spelling != wanted)
            report.add("ConsistentInstructionCasing", instruction.keywordRange, {instruction.spelling},
                       replacement(instruction.keywordRange, wanted));
    }
}

void checkAsCase(const Instruction& from, Report& report) {
    if (from.words.size() != 3)
        return;
    const SourceWord& as = from.words[1];
    const bool lower = isLower(from.spelling);
    if (!lower && !isUpper(from.spelling))
        return; // ConsistentInstructionCasing tells it
    const std::string wanted = lower ? lowerCase(as.text) : upperCase(as.text);
    if (as.text != wanted)
        report.add("FromAsCasing", as.range, {from.spelling, as.text}, replacement(as.range, wanted));
}

// "ENV name some value": the value may hold quotes and escapes that mean something else behind "=".
void checkLegacyPair(const Instruction& instruction, Report& report) {
    if (!instruction.isLegacyPair || instruction.words.size() != 2)
        return;
    const SourceWord& name = instruction.words[0];
    const SourceWord& value = instruction.words[1];
    std::optional<QuickFix> fix;
    if (value.range.begin.line == value.range.end.line && name.range.end.line == value.range.begin.line &&
        value.text.find_first_of("\"'\\`") == std::string::npos) {
        const bool needsQuotes = std::any_of(value.text.begin(), value.text.end(), isBlank);
        const std::string quote = needsQuotes ? "\"" : "";
        fix = replacement({name.range.end, value.range.end}, "=" + quote + value.text + quote);
    }
    report.add("LegacyKeyValueFormat", {name.range.begin, value.range.end},
               {std::string(keywordName(instruction.keyword))}, fix);
}

} // namespace

void checkSpelling(const Input& input, Report& report) {
    checkKeywordCase(input, report);
    for (const auto& instruction : input.file.instructions) {
        if (instruction.keyword == Keyword::From)
            checkAsCase(instruction, report);
        checkLegacyPair(instruction, report);
    }
    for (const int line : input.file.emptyContinuations)
        report.add("NoEmptyContinuation", {{line, 1}, {line, 1}}, {},
                   replacement({{line, 1}, {line + 1, 1}}, ""));
    for (const auto& comment : input.file.comments) {
        if (const auto pragma = readPragma(comment.text); pragma && pragma->scope.empty())
            report.add("DL1001", comment.range);
    }
}

} // namespace escale::lintrules
