// Packages of languages: pip, npm, gem, go, yarn.
#include "engine/build/lint/rules.h"

#include <algorithm>

namespace escale::lintrules {
namespace {

/// The words behind the one that says to install.
std::vector<const ShellWord*> packagesOf(const ShellCommand& command, WordList actions,
                                         const std::vector<std::string_view>& flagsWithValue) {
    std::vector<const ShellWord*> packages = command.plainArguments(flagsWithValue);
    const auto action = std::find_if(packages.begin(), packages.end(), [&](const ShellWord* word) {
        return std::find(actions.begin(), actions.end(), word->text) != actions.end();
    });
    packages.erase(packages.begin(), action == packages.end() ? action : action + 1);
    return packages;
}

// What a variable holds nobody knows here.
template <typename IsPinned>
void tellLoose(std::string_view rule, const std::vector<const ShellWord*>& packages, IsPinned isPinned,
               Report& report) {
    std::vector<std::string> loose;
    SourceRange range;
    for (const ShellWord* word : packages) {
        if (word->text.empty() || word->text.starts_with("$") || isPinned(word->text))
            continue;
        if (loose.empty())
            range = word->range;
        loose.push_back(word->text);
    }
    if (!loose.empty())
        report.add(rule, range, {joined(loose, ", ")});
}

bool isPipInstall(const ShellCommand& command) {
    const std::string_view name = command.name();
    if (name.starts_with("pip"))
        return !name.starts_with("pipenv") && command.hasArgument({"install"});
    if (!name.starts_with("python") || command.words.size() < 4)
        return false;
    const auto& words = command.words;
    for (std::size_t i = 1; i + 2 < words.size(); ++i) {
        if (words[i].text == "-m" && words[i + 1].text == "pip")
            return command.hasArgument({"install"});
    }
    return false;
}

bool isPipPinned(std::string_view package) {
    const bool isRepository =
        std::any_of(package.begin(), package.end(), [](char c) { return c == ':' || c == '+'; }) &&
        (package.starts_with("git") || package.starts_with("hg") || package.starts_with("svn") ||
         package.starts_with("bzr"));
    if (isRepository)
        return contains(package, "@");
    return containsAny(package, {"==", ">=", "<=", ">", "<", "!=", "~="}) || package.ends_with(".whl") ||
           package.ends_with(".tar.gz") || contains(package, "/");
}

void checkPipPins(const ShellCommand& command, Report& report) {
    if (!isPipInstall(command) || command.hasFlag({"c", "constraint", "r", "requirement"}) ||
        command.hasArgument({"."}))
        return;
    static const std::vector<std::string_view> kWithValue{"abi",
                                                          "b",
                                                          "build",
                                                          "e",
                                                          "editable",
                                                          "extra-index-url",
                                                          "f",
                                                          "find-links",
                                                          "i",
                                                          "index-url",
                                                          "implementation",
                                                          "m",
                                                          "no-binary",
                                                          "only-binary",
                                                          "platform",
                                                          "prefix",
                                                          "progress-bar",
                                                          "proxy",
                                                          "python",
                                                          "python-version",
                                                          "root",
                                                          "root-user-action",
                                                          "src",
                                                          "t",
                                                          "target",
                                                          "trusted-host",
                                                          "upgrade-strategy"};
    tellLoose("DL3013", packagesOf(command, {"install"}, kWithValue), isPipPinned, report);
}

bool isTrue(std::string_view text) {
    return isAnyOf(lowerCase(text), {"1", "true", "on", "yes"});
}

bool setsNoCache(const Instruction& env) {
    for (std::size_t i = 0; i + 1 < env.words.size(); i += 2) {
        if (env.words[i].text == "PIP_NO_CACHE_DIR" && isTrue(plainText(env.words[i + 1].text)))
            return true;
    }
    return false;
}

// "PIP_NO_CACHE_DIR=1 pip install", "export PIP_NO_CACHE_DIR=1 && …"
bool setsNoCache(const ShellScript& script) {
    const auto isSetting = [](const ShellWord& word) {
        return word.text.starts_with("PIP_NO_CACHE_DIR=") && isTrue(std::string_view(word.text).substr(17));
    };
    return script.has([&](const ShellCommand& command) {
        return std::any_of(command.assignments.begin(), command.assignments.end(), isSetting) ||
               (command.is({"export", "env"}) &&
                std::any_of(command.words.begin(), command.words.end(), isSetting));
    });
}

void checkPipCache(const Input& input, const Stage& stage, Report& report) {
    const auto lineage = input.lineage(stage);
    const auto sets = [](const Step& step) {
        return step.is(Keyword::Env) && setsNoCache(*step.instruction);
    };
    bool isSet = std::any_of(lineage.begin() + 1, lineage.end(), [&](const Stage* each) {
        return std::any_of(each->steps.begin(), each->steps.end(), sets);
    });
    for (const auto& step : stage.steps) {
        isSet = isSet || sets(step);
        if (isSet || setsNoCache(step.script) || step.mountsOver(".cache/pip"))
            continue;
        for (const auto& command : step.script.commands) {
            if (!isPipInstall(command) || command.hasFlag({"no-cache-dir"}) ||
                contains(command.name(), "pipx"))
                continue;
            const ShellWord* install = command.findArgument({"install"});
            report.add("DL3042", command.range, {},
                       step.script.isForm ? std::nullopt
                                          : std::optional(insertion(install->range.end, " --no-cache-dir")));
        }
    }
}

bool isNpmPinned(std::string_view package) {
    if (package.starts_with("git://") || package.starts_with("git+"))
        return contains(package, "#");
    if (package.ends_with(".tar") || package.ends_with(".tar.gz") || package.ends_with(".tgz"))
        return true;
    if (package.starts_with("/") || package.starts_with(".") || package.starts_with("~/"))
        return true;
    return package.find('@', 1) != std::string_view::npos;
}

void checkNpm(const ShellCommand& command, Report& report) {
    static const std::vector<std::string_view> kWithValue{"loglevel", "registry", "prefix", "C"};
    const auto plain =
        command.is({"npm"}) ? command.plainArguments(kWithValue) : std::vector<const ShellWord*>();
    if (!plain.empty() && isAnyOf(plain.front()->text, {"install", "i", "add"}))
        tellLoose("DL3016", {plain.begin() + 1, plain.end()}, isNpmPinned, report);
}

void checkGem(const ShellCommand& command, Report& report) {
    static const std::vector<std::string_view> kWithValue{
        "s", "source",       "i",        "install-dir", "n",          "bindir",
        "P", "trust-policy", "platform", "p",           "http-proxy", "use-system-libraries"};
    if (!isCall(command, {"gem"}, {"install", "i"}) || command.hasArgument({"-v", "--version"}) ||
        command.hasFlag({"version"}))
        return;
    auto gems = packagesOf(command, {"install", "i"}, kWithValue);
    // Behind "--" options for the compiler follow.
    if (const ShellWord* dashes = command.findArgument({"--"}))
        std::erase_if(gems, [dashes](const ShellWord* word) { return word > dashes; });
    tellLoose(
        "DL3028", gems, [](std::string_view gem) { return contains(gem, ":") || gem.ends_with(".gem"); },
        report);
}

bool isGoPinned(std::string_view package) {
    if (package.starts_with(".") || package.starts_with("/") || package.ends_with(".go"))
        return true;
    return contains(package, "@") && !package.ends_with("@latest") && !package.ends_with("@none");
}

// Flags of go have one dash and many letters.
void checkGo(const ShellCommand& command, Report& report) {
    if (!command.is({"go"}) || command.words.size() < 3 ||
        !isAnyOf(command.words[1].text, {"install", "get", "run"}))
        return;
    std::vector<const ShellWord*> packages;
    for (std::size_t i = 2; i < command.words.size(); ++i) {
        const std::string& word = command.words[i].text;
        if (isAnyOf(word, {"-ldflags", "-tags", "-o", "-mod", "-gcflags", "-C", "-p", "-exec", "-asmflags"}))
            ++i;
        else if (!word.starts_with("-"))
            packages.push_back(&command.words[i]);
    }
    // What follows the package is for the program that runs.
    if (command.words[1].text == "run" && packages.size() > 1)
        packages.resize(1);
    tellLoose("DL3062", packages, isGoPinned, report);
}

void checkYarn(const Input& input, const Stage& stage, Report& report) {
    if (!input.isKept(stage))
        return;
    for (const auto& step : stage.steps) {
        const auto& script = step.script;
        const auto installed =
            script.find([](const auto& command) { return isCall(command, {"yarn"}, {"install"}); });
        if (installed == script.commands.size() || step.mountsOver(".cache/yarn"))
            continue;
        const auto cleaned = script.find(
            [](const auto& command) {
                return isCall(command, {"yarn"}, {"cache"}) && command.hasArgument({"clean"});
            },
            installed + 1);
        if (cleaned == script.commands.size())
            report.add("DL3060", script.commands[installed].range, {}, appended(step, "yarn cache clean"));
    }
}

} // namespace

void checkLanguagePackages(const Input& input, Report& report) {
    input.forEachCommand([&](const Step&, const ShellCommand& command) {
        checkPipPins(command, report);
        checkNpm(command, report);
        checkGem(command, report);
        checkGo(command, report);
    });
    for (const Stage& stage : input.stages) {
        checkPipCache(input, stage, report);
        checkYarn(input, stage, report);
    }
}

} // namespace escale::lintrules
