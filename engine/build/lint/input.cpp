#include "engine/build/expand.h"
#include "engine/build/lint/rules.h"

#include <algorithm>
#include <charconv>

namespace escale::lintrules {
namespace {

std::vector<RunMount> mountsOf(const Instruction& instruction) {
    std::vector<RunMount> mounts;
    for (const auto& flag : instruction.flags) {
        if (flag.name != "mount" || !flag.value)
            continue;
        if (auto mount = parseRunMount(*flag.value))
            mounts.push_back(std::move(*mount));
    }
    return mounts;
}

Step stepOf(const Instruction& instruction, bool isTrigger) {
    Step step;
    step.instruction = &instruction;
    step.isTrigger = isTrigger;
    if (instruction.keyword == Keyword::Run) {
        step.script = readShell(instruction);
        step.mounts = mountsOf(instruction);
    }
    return step;
}

std::optional<std::size_t> stageNumber(const std::vector<Stage>& stages, std::string_view name,
                                       std::size_t below, bool byNumber) {
    below = std::min(below, stages.size());
    for (std::size_t i = below; i-- > 0;) {
        if (!stages[i].name.empty() && lowerCase(stages[i].name) == lowerCase(name))
            return i;
    }
    std::size_t number = 0;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data(), end, number);
    if (!byNumber || name.empty() || read.ec != std::errc() || read.ptr != end || number >= below)
        return std::nullopt;
    return number;
}

// "build-$TARGETARCH": one of the stages with such a name; the last one stands for them all.
std::optional<std::size_t> stageLike(const std::vector<Stage>& stages, std::string_view base) {
    const auto variable = base.find('$');
    if (variable == std::string_view::npos || variable == 0)
        return std::nullopt;
    const std::string prefix = lowerCase(base.substr(0, variable));
    for (std::size_t i = stages.size(); i-- > 0;) {
        if (lowerCase(stages[i].name).starts_with(prefix))
            return i;
    }
    return std::nullopt;
}

Stage stageOf(const Instruction& from, const std::vector<Stage>& stages) {
    Stage stage;
    stage.from = &from;
    stage.base = from.words.front().text;
    if (from.words.size() == 3 && lowerCase(from.words[1].text) == "as")
        stage.name = from.words[2].text;
    stage.image = readImageName(stage.base);
    if (const auto* platform = from.flag("platform"))
        stage.platform = platform->value.value_or(std::string());
    stage.parent = stageNumber(stages, stage.base, stages.size(), false);
    if (!stage.parent)
        stage.parent = stageLike(stages, stage.base);
    if (stage.parent)
        stage.shell = stages[*stage.parent].shell;
    return stage;
}

// "# hadolint shell=powershell" above an instruction, and SHELL.
void noteShell(const Instruction& instruction, Stage& stage) {
    for (const auto& comment : instruction.comments) {
        const auto equals = comment.text.find('=');
        if (comment.text.starts_with("hadolint") && equals != std::string::npos &&
            trimmed(std::string_view(comment.text).substr(8, equals - 8)) == "shell")
            stage.shell = trimmed(std::string_view(comment.text).substr(equals + 1));
    }
    if (instruction.keyword == Keyword::Shell && !instruction.words.empty())
        stage.shell = instruction.words.front().text;
}

} // namespace

bool isForeignShell(std::string_view shell) {
    shell = shell.substr(std::min(shell.size(), shell.find_last_of("/\\") + 1));
    return isAnyOf(lowerCase(shell.substr(0, shell.find('.'))), {"pwsh", "powershell", "cmd"});
}

bool isAnyOf(std::string_view text, WordList texts) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool containsAny(std::string_view text, WordList parts) {
    return std::any_of(parts.begin(), parts.end(), [text](auto part) { return contains(text, part); });
}

bool isCall(const ShellCommand& command, WordList programs, WordList arguments) {
    return command.is(programs) && command.hasArgument(arguments);
}

std::string plainText(std::string_view word) {
    ExpandRules rules;
    rules.keepsUnset = true;
    const auto plain = expandVariables(
        word, [](const std::string&) { return std::nullopt; }, rules);
    if (plain)
        return plain->text;
    // "C:\" has no end by the rules: a path of Windows, perhaps.
    while (!word.empty() && (word.front() == '"' || word.front() == '\''))
        word.remove_prefix(1);
    while (!word.empty() && (word.back() == '"' || word.back() == '\''))
        word.remove_suffix(1);
    return std::string(word);
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string all;
    for (const auto& text : texts)
        all.append(all.empty() ? std::string_view() : between).append(text);
    return all;
}

QuickFix insertion(SourcePosition where, std::string text) {
    return replacement({where, where}, std::move(text));
}

QuickFix replacement(SourceRange range, std::string text) {
    return {{}, {{range, std::move(text)}}};
}

std::optional<QuickFix> appended(const Step& step, std::string_view command) {
    const Instruction& run = *step.instruction;
    const auto& commands = step.script.commands;
    if (run.isJson || !run.documents.empty() || step.script.endsWithComment || commands.empty())
        return std::nullopt;
    const auto bound = [](const ShellCommand& each) {
        return each.depth > 0 || each.after == ShellSeparator::Or || each.after == ShellSeparator::Background;
    };
    const char end = run.text.empty() ? '\0' : run.text.back();
    if (std::any_of(commands.begin(), commands.end(), bound) ||
        commands.back().after != ShellSeparator::End ||
        isAnyOf(std::string_view(&end, 1), {";", "&", "\\", ")", "}"}))
        return std::nullopt;
    return insertion(run.textRange.end, " && " + std::string(command));
}

std::vector<std::string> definedNames(const Instruction& instruction) {
    std::vector<std::string> names;
    const std::size_t step = instruction.keyword == Keyword::Arg ? 1 : 2;
    for (std::size_t i = 0; i < instruction.words.size(); i += step) {
        const std::string& text = instruction.words[i].text;
        names.push_back(plainText(step == 1 ? text.substr(0, text.find('=')) : text));
    }
    return names;
}

bool Step::mountsOver(std::string_view part) const {
    return std::any_of(mounts.begin(), mounts.end(), [part](const RunMount& mount) {
        return (mount.kind == RunMount::Kind::Cache || mount.kind == RunMount::Kind::Tmpfs) &&
               contains(mount.target, part);
    });
}

ImageName readImageName(std::string_view text) {
    ImageName image;
    constexpr std::size_t kNone = std::string_view::npos;
    std::size_t colon = kNone, at = kNone, firstSlash = kNone;
    int braces = 0; // "${A:-b}" holds a colon that begins no tag
    for (std::size_t i = 0; i < text.size() && at == kNone; ++i) {
        const char c = text[i];
        braces += c == '{' ? 1 : c == '}' && braces > 0 ? -1 : 0;
        if (braces > 0)
            continue;
        if (c == '/') {
            firstSlash = std::min(firstSlash, i);
            colon = kNone;
        } else if (c == ':') {
            colon = i;
        } else if (c == '@') {
            at = i;
        }
    }
    const std::size_t nameEnd = std::min({colon, at, text.size()});
    image.name = text.substr(0, nameEnd);
    if (colon != kNone)
        image.tag = text.substr(colon + 1, at == kNone ? at : at - colon - 1);
    if (at != kNone)
        image.digest = text.substr(at + 1);
    if (firstSlash != kNone) {
        const std::string_view first = text.substr(0, firstSlash);
        if (contains(first, ".") || contains(first, ":") || first == "localhost")
            image.registry = first;
    }
    return image;
}

std::vector<const Stage*> Input::lineage(const Stage& stage) const {
    std::vector<const Stage*> all{&stage};
    while (all.back()->parent)
        all.push_back(&stages[*all.back()->parent]);
    return all;
}

bool Input::isKept(const Stage& stage) const {
    return &stage == last() || std::any_of(stages.begin(), stages.end(), [&](const Stage& each) {
        return each.parent && &stages[*each.parent] == &stage;
    });
}

const Stage* Input::findStage(std::string_view name, std::size_t below) const {
    const auto number = stageNumber(stages, name, below, true);
    return number ? &stages[*number] : nullptr;
}

void Input::forEach(const std::function<void(const Stage&, const Step&)>& visit) const {
    for (const auto& stage : stages) {
        for (const auto& step : stage.steps)
            visit(stage, step);
    }
}

void Input::forEachRun(const std::function<void(const Stage&, const Step&)>& visit) const {
    forEach([&](const Stage& stage, const Step& step) {
        if (step.is(Keyword::Run) && !step.script.commands.empty())
            visit(stage, step);
    });
}

void Input::forEachCommand(const std::function<void(const Step&, const ShellCommand&)>& visit) const {
    forEachRun([&](const Stage&, const Step& step) {
        for (const auto& command : step.script.commands)
            visit(step, command);
    });
}

Input prepare(const Dockerfile& file, const BuildFile& build, const LintSettings& settings,
              const LintContext& context) {
    Input input{file, build, settings, context, {}, {}};
    for (const auto& instruction : file.instructions) {
        if (instruction.keyword == Keyword::From) {
            if (!instruction.words.empty())
                input.stages.push_back(stageOf(instruction, input.stages));
            continue;
        }
        if (input.stages.empty()) {
            input.before.push_back(&instruction);
            continue;
        }
        Stage& stage = input.stages.back();
        noteShell(instruction, stage);
        Step step = instruction.trigger ? stepOf(*instruction.trigger, true) : stepOf(instruction, false);
        step.shell = stage.shell;
        if (isForeignShell(stage.shell) && !step.instruction->isJson)
            step.script = {};
        stage.steps.push_back(std::move(step));
    }
    return input;
}

} // namespace escale::lintrules
