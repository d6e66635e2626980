// Instructions that only describe the image: EXPOSE, WORKDIR, MAINTAINER, and comments that describe.
#include "engine/build/lint/rules.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace escale::lintrules {
namespace {

bool isPort(std::string_view text) {
    unsigned number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && number <= 65535;
}

// "[ip:][host:]8000-9000/tcp"
void checkPort(const SourceWord& word, Report& report) {
    const std::string text = plainText(word.text);
    if (contains(text, "$"))
        return;
    const auto colon = text.rfind(':');
    const std::string container = colon == std::string::npos ? text : text.substr(colon + 1);
    const auto slash = container.find('/');
    const std::string protocol = slash == std::string::npos ? std::string() : container.substr(slash + 1);
    const std::string ports = container.substr(0, slash);
    const auto dash = ports.find('-');
    if (!isPort(ports.substr(0, dash)) || (dash != std::string::npos && !isPort(ports.substr(dash + 1))))
        report.add("DL3011", word.range, {text});
    if (protocol != lowerCase(protocol))
        report.add("ExposeProtoCasing", word.range, {text}, replacement(word.range, lowerCase(text)));
    if (colon != std::string::npos)
        report.add("ExposeInvalidFormat", word.range, {text}, replacement(word.range, container));
}

bool isAbsolute(std::string_view path) {
    return !path.empty() &&
           (path.front() == '/' || path.front() == '$' ||
            (path.size() > 1 && std::isalpha(static_cast<unsigned char>(path[0])) != 0 && path[1] == ':'));
}

bool hasWorkdir(const Stage* stage) {
    return std::any_of(stage->steps.begin(), stage->steps.end(),
                       [](const Step& step) { return step.is(Keyword::Workdir) && !step.isTrigger; });
}

void checkWorkdirs(const Input& input, const Stage& stage, Report& report) {
    const auto lineage = input.lineage(stage);
    bool isSet = std::any_of(lineage.begin() + 1, lineage.end(), hasWorkdir);
    for (const auto& step : stage.steps) {
        if (!step.is(Keyword::Workdir) || step.instruction->words.empty())
            continue;
        const SourceWord& word = step.instruction->words.front();
        const std::string path = plainText(word.text);
        if (!isAbsolute(path)) {
            if (!step.isTrigger)
                report.add("DL3000", word.range, {path});
            if (!isSet && !step.isTrigger)
                report.add("WorkdirRelativePath", word.range, {path});
        }
        isSet = isSet || !step.isTrigger;
    }
}

void checkMaintainer(const Instruction& instruction, Report& report) {
    if (instruction.keyword != Keyword::Maintainer)
        return;
    std::optional<QuickFix> fix;
    const std::string name = plainText(instruction.text);
    if (instruction.range.begin.line == instruction.range.end.line &&
        name.find_first_of("\"\\$") == std::string::npos)
        fix = replacement(instruction.range, "LABEL org.opencontainers.image.authors=\"" + name + "\"");
    for (const auto rule : {"DL4000", "MaintainerDeprecated"})
        report.add(rule, instruction.keywordRange, {}, fix);
}

// The comment right above FROM … AS name and ARG name.
void checkDescription(const Instruction& instruction, Report& report) {
    std::vector<std::string> names;
    if (instruction.keyword == Keyword::Arg)
        names = definedNames(instruction);
    else if (instruction.keyword == Keyword::From && instruction.words.size() == 3)
        names = {lowerCase(instruction.words[2].text)};
    if (names.empty() || instruction.comments.empty())
        return;
    const Comment& comment = instruction.comments.back();
    const std::string first = comment.text.substr(0, comment.text.find(' '));
    if (std::find(names.begin(), names.end(), first) == names.end())
        report.add("InvalidDefinitionDescription", comment.range, {names.front()},
                   insertion({instruction.range.begin.line, 1}, "\n"));
}

} // namespace

void checkMetadata(const Input& input, Report& report) {
    for (const auto& instruction : input.file.instructions) {
        checkMaintainer(instruction, report);
        checkDescription(instruction, report);
        if (instruction.keyword == Keyword::Expose) {
            for (const auto& word : instruction.words)
                checkPort(word, report);
        }
    }
    for (const auto& stage : input.stages)
        checkWorkdirs(input, stage, report);
}

} // namespace escale::lintrules
