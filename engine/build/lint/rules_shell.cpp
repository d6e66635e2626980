// What the shell runs: commands that do not belong in a build, pipes, forms of commands.
#include "engine/build/lint/rules.h"

#include "engine/base/json.h"

#include <algorithm>

namespace escale::lintrules {
namespace {

void checkCommands(const Step& step, const ShellCommand& command, Report& report) {
    if (command.words.empty())
        return;
    const SourceRange name = command.words.front().range;
    if (command.is({"free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim"}))
        report.add("DL3001", name, {std::string(command.name())});
    if (command.is({"cd"}) && !step.isTrigger)
        report.add("DL3003", command.range);
    if (command.is({"sudo"}))
        report.add("DL3004", name);
    if (command.is({"ln"}) && command.hasArgument({"/bin/sh"}))
        report.add("DL4005", command.range);
    const bool isQuiet =
        command.hasFlag({"progress", "q", "quiet", "o", "output-file", "a", "append-output", "no-verbose"}) ||
        command.hasArgument({"-nv"});
    if (command.is({"wget"}) && !isQuiet)
        report.add("DL3047", command.range);
}

void checkApt(const Step& step, const ShellCommand& command, Report& report) {
    if (!command.is({"apt"}))
        return;
    const ShellWord& name = command.words.front();
    const auto plain = command.plainArguments();
    const bool isSame =
        !plain.empty() && isAnyOf(plain.front()->text, {"install", "update", "upgrade", "remove", "purge",
                                                        "autoremove", "clean", "autoclean"});
    const bool isWhole = name.text == "apt" && name.end - name.begin == 3 && !step.script.isForm;
    report.add("DL3027", name.range, {},
               isSame && isWhole ? std::optional(replacement(name.range, "apt-get")) : std::nullopt);
}

// One of two programs that do the same.
void checkDownloaders(const Stage& stage, Report& report) {
    bool hasWget = false, hasCurl = false;
    for (const auto& step : stage.steps) {
        for (const auto& command : step.script.commands) {
            if (!command.is({"wget", "curl"}))
                continue;
            const bool had = hasWget && hasCurl;
            (command.is({"wget"}) ? hasWget : hasCurl) = true;
            if (hasWget && hasCurl && !had)
                report.add("DL4001", command.words.front().range);
        }
    }
}

// "SHELL ["/bin/bash", "-o", "pipefail", "-c"]"
bool setsPipefail(const Instruction& shell) {
    ShellCommand command;
    for (const auto& word : shell.words)
        command.words.push_back({word.text, word.range, 0, 0});
    if (command.words.empty())
        return false;
    const std::string& path = command.words.front().text;
    const std::string name = path.substr(path.rfind('/') + 1);
    return isAnyOf(name, {"bash", "zsh", "ash"}) && command.countFlag("o") > 0 &&
           command.hasArgument({"pipefail"});
}

// "set -o pipefail" at the beginning of the script does it too.
bool beginsWithPipefail(const ShellScript& script) {
    return script.has(
        [](const ShellCommand& command) { return command.is({"set"}) && command.hasArgument({"pipefail"}); });
}

void checkPipes(const Stage& stage, Report& report) {
    bool isSafe = false;
    for (const auto& step : stage.steps) {
        if (step.is(Keyword::Shell))
            isSafe = setsPipefail(*step.instruction);
        if (step.is(Keyword::Run) && !isSafe && !step.script.pipes.empty() &&
            !beginsWithPipefail(step.script))
            report.add("DL4006", step.script.pipes.front());
    }
}

// A shell would make nothing else of these words.
bool isPlainCommand(const ShellScript& script, const std::string& text) {
    return script.commands.size() == 1 && script.commands.front().assignments.empty() &&
           !script.commands.front().words.empty() && !script.endsWithComment &&
           script.commands.front().depth == 0 &&
           text.find_first_of("$`*?[]{}()<>&|;~\\\"'#!") == std::string::npos;
}

void checkForm(const Instruction& instruction, bool hasShell, Report& report) {
    const bool isHealth = instruction.keyword == Keyword::Healthcheck;
    const bool isCommand = instruction.keyword == Keyword::Cmd || instruction.keyword == Keyword::Entrypoint;
    if ((!isHealth && !isCommand) || instruction.isJson || instruction.words.size() < (isHealth ? 2U : 1U))
        return;
    const ShellScript script = readShell(instruction);
    const SourceWord& word = instruction.words.back();
    std::optional<QuickFix> fix;
    if (isPlainCommand(script, word.text)) {
        std::vector<std::string> quoted;
        for (const auto& each : script.commands.front().words)
            quoted.push_back(Json(each.text).dump());
        fix = replacement(word.range, "[" + joined(quoted, ", ") + "]");
    }
    const std::string name(keywordName(instruction.keyword));
    report.add("DL3025", word.range, {name}, fix);
    if (isCommand && !hasShell)
        report.add("JSONArgsRecommended", word.range, {name}, fix);
}

void checkForms(const Input& input, Report& report) {
    for (const Stage& stage : input.stages) {
        const auto lineage = input.lineage(stage);
        bool hasShell = std::any_of(lineage.begin() + 1, lineage.end(), [](const Stage* each) {
            return std::any_of(each->steps.begin(), each->steps.end(),
                               [](const Step& step) { return step.is(Keyword::Shell); });
        });
        for (const auto& step : stage.steps) {
            hasShell = hasShell || step.is(Keyword::Shell);
            if (!step.isTrigger)
                checkForm(*step.instruction, hasShell, report);
        }
    }
}

} // namespace

void checkShell(const Input& input, Report& report) {
    input.forEachCommand([&](const Step& step, const ShellCommand& command) {
        checkCommands(step, command, report);
        checkApt(step, command, report);
    });
    for (const Stage& stage : input.stages) {
        checkDownloaders(stage, report);
        checkPipes(stage, report);
    }
    checkForms(input, report);
}

} // namespace escale::lintrules
