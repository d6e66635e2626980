// What ends in which layer: RUNs side by side, what is removed too late, tools that only build.
#include "engine/build/lint/rules.h"

#include <algorithm>

namespace escale::lintrules {
namespace {

bool hasSameFlags(const Instruction& a, const Instruction& b) {
    return std::equal(a.flags.begin(), a.flags.end(), b.flags.begin(), b.flags.end(),
                      [](const auto& one, const auto& other) {
                          return one.name == other.name && one.value == other.value;
                      });
}

// What the shell knows ends with its RUN: joined, the second would see it.
bool leavesTraces(const ShellScript& script) {
    return script.has([](const ShellCommand& command) {
        return command.words.empty() || command.depth > 0 || command.after == ShellSeparator::Background ||
               command.is({"cd", "pushd", "export", "set", "shopt", "umask", "ulimit", ".", "source", "alias",
                           "trap", "exit", "exec", "unset", "declare", "readonly", "return", "eval"});
    });
}

std::optional<QuickFix> joinFix(const Input& input, const Step& first, const Step& second) {
    const Instruction& a = *first.instruction;
    const Instruction& b = *second.instruction;
    if (a.isJson || b.isJson || !a.documents.empty() || !b.documents.empty() || !b.comments.empty() ||
        first.isTrigger || second.isTrigger || leavesTraces(first.script) || !appended(first, "true") ||
        second.script.has([](const auto& each) { return each.after == ShellSeparator::Or; }) ||
        b.text.empty() || contains("!({", b.text.substr(0, 1)))
        return std::nullopt;
    const bool hasCommentBetween =
        std::any_of(input.file.comments.begin(), input.file.comments.end(), [&](const Comment& comment) {
            return comment.range.begin >= a.range.end && comment.range.begin < b.range.begin;
        });
    if (hasCommentBetween)
        return std::nullopt;
    return replacement({a.textRange.end, b.textRange.begin},
                       std::string(" ") + input.file.escape + "\n    && ");
}

// RUNs of one command that follow each other: who has chained some, chose to.
void checkJoins(const Input& input, const Stage& stage, Report& report) {
    const Step* previous = nullptr;
    for (const auto& step : stage.steps) {
        if (!step.is(Keyword::Run) || step.isTrigger || step.script.commands.empty()) {
            previous = nullptr;
            continue;
        }
        if (previous != nullptr && hasSameFlags(*previous->instruction, *step.instruction) &&
            previous->script.commands.size() == 1 && step.script.commands.size() == 1)
            report.add("DL3059", step.instruction->keywordRange, {}, joinFix(input, *previous, step));
        previous = &step;
    }
}

struct Leftover {
    std::string_view path;                  // that is removed
    std::vector<std::string_view> programs; // that leave it
};

bool isRun(const Step& step, WordList programs) {
    return step.script.has([&](const ShellCommand& command) { return command.is(programs); });
}

// "rm -rf /var/lib/apt/lists/*" in a RUN that did not make them.
void checkLateRemoval(const Stage& stage, Report& report) {
    static const Leftover kLeftovers[] = {
        {"/var/lib/apt/lists", {"apt", "apt-get", "aptitude"}},
        {"/var/cache/apt", {"apt", "apt-get", "aptitude"}},
        {"/var/cache/apk", {"apk"}},
        {"/var/cache/yum", {"yum"}},
        {"/var/cache/dnf", {"dnf", "microdnf"}},
        {"/root/.cache", {"pip", "pip3"}},
        {"/root/.npm", {"npm"}},
    };
    for (std::size_t i = 0; i < stage.steps.size(); ++i) {
        const Step& step = stage.steps[i];
        for (const auto& command : step.script.commands) {
            if (!command.is({"rm"}))
                continue;
            for (const auto& leftover : kLeftovers) {
                const auto word =
                    std::find_if(command.words.begin() + 1, command.words.end(),
                                 [&](const auto& each) { return each.text.starts_with(leftover.path); });
                const bool wasMade =
                    std::any_of(stage.steps.begin(), stage.steps.begin() + static_cast<std::ptrdiff_t>(i),
                                [&](const Step& each) { return isRun(each, leftover.programs); });
                if (word != command.words.end() && wasMade && !isRun(step, leftover.programs))
                    report.add("ES1006", word->range, {word->text});
            }
        }
    }
}

// "apt-get update" alone.
void checkLoneUpdate(const Step& step, Report& report) {
    const auto isUpdate = [](const ShellCommand& command) {
        return (command.is({"apt-get", "apt", "aptitude", "apk"}) && command.hasArgument({"update"})) ||
               (command.is({"yum", "dnf"}) && command.hasArgument({"makecache"}));
    };
    const auto isInstall = [](const ShellCommand& command) {
        return command.is({"apt-get", "apt", "aptitude", "apk", "yum", "dnf"}) &&
               command.hasArgument(
                   {"install", "add", "upgrade", "dist-upgrade", "full-upgrade", "build-dep"});
    };
    const auto found = step.script.find(isUpdate);
    if (found < step.script.commands.size() && !step.script.has(isInstall) &&
        !step.mountsOver("/var/lib/apt") && !step.mountsOver("/var/cache"))
        report.add("ES1010", step.script.commands[found].range);
}

bool isBuildTool(std::string_view package) {
    package = package.substr(0, package.find_first_of("=~<>"));
    return isAnyOf(package, {"build-essential",
                             "build-base",
                             "gcc",
                             "g++",
                             "gcc-c++",
                             "clang",
                             "make",
                             "cmake",
                             "ninja-build",
                             "autoconf",
                             "automake",
                             "golang",
                             "golang-go",
                             "go",
                             "rustc",
                             "cargo",
                             "maven",
                             "gradle",
                             "default-jdk",
                             "default-jdk-headless",
                             "nasm",
                             "bison",
                             "flex",
                             "pkg-config",
                             "pkgconf"}) ||
           ((package.starts_with("openjdk-") || package.starts_with("openjdk")) && contains(package, "-jdk"));
}

bool isInstallation(const ShellCommand& command) {
    return command.is({"apt-get", "apt", "apk", "yum", "dnf", "microdnf", "zypper"}) &&
           command.hasArgument({"install", "add", "in"});
}

bool removesAgain(const ShellScript& script) {
    return script.has([](const ShellCommand& command) {
        return command.is({"apt-get", "apt", "apk", "yum", "dnf", "microdnf", "zypper"}) &&
               command.hasArgument({"purge", "remove", "del", "autoremove", "erase", "rm"});
    });
}

// Only of the image that is made: a stage before it may hold what it wants.
void checkBuildTools(const Input& input, Report& report) {
    if (input.last() == nullptr)
        return;
    for (const Stage* stage : input.lineage(*input.last())) {
        for (const auto& step : stage->steps) {
            if (removesAgain(step.script))
                continue;
            for (const auto& command : step.script.commands) {
                if (!isInstallation(command))
                    continue;
                std::vector<std::string> tools;
                SourceRange range;
                for (const ShellWord* word : command.plainArguments()) {
                    if (!isBuildTool(word->text))
                        continue;
                    if (tools.empty())
                        range = word->range;
                    tools.push_back(word->text);
                }
                if (!tools.empty())
                    report.add("ES1005", range, {joined(tools, ", ")});
            }
        }
    }
}

} // namespace

void checkLayers(const Input& input, Report& report) {
    for (const Stage& stage : input.stages) {
        checkJoins(input, stage, report);
        checkLateRemoval(stage, report);
        for (const auto& step : stage.steps)
            checkLoneUpdate(step, report);
    }
    checkBuildTools(input, report);
}

} // namespace escale::lintrules
