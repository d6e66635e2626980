// Who runs what is in the image.
#include "engine/build/lint/rules.h"

#include <algorithm>
#include <cctype>

namespace escale::lintrules {
namespace {

std::string userOf(const Instruction& instruction) {
    std::string text = instruction.words.empty() ? std::string() : plainText(instruction.words.front().text);
    int braces = 0; // "${USER:-1000}"
    for (std::size_t i = 0; i < text.size(); ++i) {
        braces += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
        if (text[i] == ':' && braces == 0)
            return text.substr(0, i);
    }
    return text;
}

const Step* lastUser(const Stage& stage) {
    const auto found = std::find_if(stage.steps.rbegin(), stage.steps.rend(), [](const Step& step) {
        return step.is(Keyword::User) && !step.isTrigger && !step.instruction->words.empty();
    });
    return found == stage.steps.rend() ? nullptr : &*found;
}

void checkRoot(const Stage& stage, Report& report) {
    const Step* last = lastUser(stage);
    if (last == nullptr)
        return;
    const std::string user = userOf(*last->instruction);
    if (user == "root" || user == "0")
        report.add("DL3002", last->instruction->words.front().range);
}

// The image that is made, when no stage of it says who runs it; some images are known to say it themselves.
void checkMissing(const Input& input, Report& report) {
    const Stage* last = input.last();
    if (last == nullptr || last->steps.empty())
        return;
    const auto lineage = input.lineage(*last);
    const bool isSet = std::any_of(lineage.begin(), lineage.end(),
                                   [](const Stage* stage) { return lastUser(*stage) != nullptr; });
    const std::string base = lowerCase(lineage.back()->base);
    if (!isSet && !contains(base, "nonroot") && !contains(base, "rootless") &&
        !contains(base, "unprivileged") && !contains(base, "chainguard"))
        report.add("ES1004", last->range());
}

void checkNumbers(const Input& input, Report& report) {
    std::set<std::string> arguments;
    const auto isArgument = [&](const std::string& user) {
        return std::any_of(arguments.begin(), arguments.end(), [&](const auto& name) {
            return contains(user, "${" + name) || contains(user, "$" + name);
        });
    };
    input.forEach([&](const Stage&, const Step& step) {
        if (step.is(Keyword::Arg)) {
            for (auto& name : definedNames(*step.instruction))
                arguments.insert(std::move(name));
        }
        if (!step.is(Keyword::User) || step.instruction->words.empty() || step.isTrigger)
            return;
        const std::string user = userOf(*step.instruction);
        const bool isNumber =
            std::all_of(user.begin(), user.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
        if (!isNumber && !isArgument(user))
            report.add("DL3066", step.instruction->words.front().range, {user});
    });
}

void checkUseradd(const ShellCommand& command, Report& report) {
    if (!command.is({"useradd"}) || command.hasFlag({"l", "no-log-init"}) ||
        command.flagValue({"u", "uid"}).size() <= 5)
        return;
    const ShellWord& name = command.words.front();
    const bool isPlain = name.end > name.begin;
    report.add("DL3046", command.range, {},
               isPlain ? std::optional(insertion(name.range.end, " --no-log-init")) : std::nullopt);
}

} // namespace

void checkUsers(const Input& input, Report& report) {
    for (const Stage& stage : input.stages)
        checkRoot(stage, report);
    checkMissing(input, report);
    checkNumbers(input, report);
    input.forEachCommand([&](const Step&, const ShellCommand& command) { checkUseradd(command, report); });
}

} // namespace escale::lintrules
