// Packages of distributions: apt, apk, yum, dnf, zypper. What they all are asked for is in tables: a version,
// an answer nobody can give, a cache that is cleaned.
#include "engine/build/lint/rules.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace escale::lintrules {
namespace {

using Texts = std::vector<std::string_view>;

bool isFile(std::string_view package, std::string_view ending) {
    return package.ends_with(ending) || contains(package, "/");
}

bool isAptPinned(std::string_view package) {
    return contains(package, "=") || isFile(package, ".deb");
}
bool isApkPinned(std::string_view package) {
    return containsAny(package, {"=", "~", ">", "<"}) || package.ends_with(".apk");
}
bool isZypperPinned(std::string_view package) {
    return containsAny(package, {"=", ">", "<"}) || package.ends_with(".rpm");
}

// "httpd-2.4.24": all behind the first dash looks like a version, and a part of it begins with a digit.
bool isRpmPinned(std::string_view package) {
    if (package.ends_with(".rpm") || contains(package, "$"))
        return true;
    const auto dash = package.find('-');
    if (dash == std::string_view::npos)
        return false;
    const std::string_view version = package.substr(dash);
    bool hasDigit = false;
    for (std::size_t i = 0; i < version.size(); ++i) {
        const auto c = static_cast<unsigned char>(version[i]);
        if (std::isalnum(c) == 0 && !contains(".~^_:+-", version.substr(i, 1)))
            return false;
        hasDigit = hasDigit || (i > 0 && version[i - 1] == '-' && std::isdigit(c) != 0);
    }
    return hasDigit;
}
bool isModulePinned(std::string_view module) {
    return contains(module, ":");
}

struct PinRule {
    std::string_view rule;
    Texts programs;
    Texts install;
    bool (*isPinned)(std::string_view);
    std::vector<std::string_view> flagsWithValue;
};
const std::array kPins{
    PinRule{"DL3008",
            {"apt-get"},
            {"install"},
            isAptPinned,
            {"t", "target-release", "o", "option", "c", "config-file"}},
    PinRule{
        "DL3018", {"apk"}, {"add"}, isApkPinned, {"t", "virtual", "repository", "X", "p", "root", "arch"}},
    PinRule{"DL3033", {"yum"}, {"install"}, isRpmPinned, {"c", "enablerepo", "disablerepo"}},
    PinRule{"DL3037", {"zypper"}, {"install", "in"}, isZypperPinned, {"r", "repo", "from", "t", "type"}},
    PinRule{
        "DL3041", {"dnf", "microdnf"}, {"install"}, isRpmPinned, {"c", "enablerepo", "disablerepo", "repo"}},
};

void checkPins(const PinRule& rule, const ShellCommand& command, Report& report) {
    if (!isCall(command, rule.programs, rule.install) || command.hasArgument({"group"}))
        return;
    const bool isModule = rule.isPinned == isRpmPinned && command.hasArgument({"module"});
    std::vector<std::string> loose;
    SourceRange range;
    bool isBehind = false; // the word that says to install
    for (const ShellWord* word : command.plainArguments(rule.flagsWithValue)) {
        if (!isBehind || word->text == "--") {
            isBehind = isBehind ||
                       std::find(rule.install.begin(), rule.install.end(), word->text) != rule.install.end();
            continue;
        }
        // What a variable holds nobody knows here.
        if (word->text.starts_with("$") || (isModule ? isModulePinned : rule.isPinned)(word->text))
            continue;
        if (loose.empty())
            range = word->range;
        loose.push_back(word->text);
    }
    if (!loose.empty())
        report.add(rule.rule, range, {joined(loose, ", ")});
}

struct AnswerRule {
    std::string_view rule;
    Texts programs;
    Texts actions;
    Texts flags;
    std::string_view flag;
};
const std::array kAnswers{
    AnswerRule{"DL3014", {"apt-get"}, {"install"}, {"y", "yes", "assume-yes"}, "-y"},
    AnswerRule{"DL3030", {"yum"}, {"install", "groupinstall", "localinstall"}, {"y", "assumeyes"}, "-y"},
    AnswerRule{"DL3034",
               {"zypper"},
               {"install", "in", "remove", "rm", "source-install", "si", "patch"},
               {"non-interactive", "n", "no-confirm", "y"},
               "--non-interactive"},
    AnswerRule{
        "DL3038", {"dnf", "microdnf"}, {"install", "groupinstall", "localinstall"}, {"y", "assumeyes"}, "-y"},
};

std::optional<QuickFix> insertedFlag(const Step& step, const ShellWord& before, std::string_view flag) {
    if (step.script.isForm)
        return std::nullopt;
    return insertion(before.range.end, " " + std::string(flag));
}

void checkAnswers(const Step& step, const ShellCommand& command, Report& report) {
    for (const auto& rule : kAnswers) {
        if (!isCall(command, rule.programs, rule.actions) || command.hasFlag(rule.flags))
            continue;
        const bool isQuiet =
            command.countFlag("q") >= 2 || command.countFlag("quiet") >= 2 || command.hasArgument({"-q=2"});
        if (rule.rule == "DL3014" && isQuiet)
            continue;
        report.add(rule.rule, command.range, {std::string(command.name())},
                   insertedFlag(step, command.words.front(), rule.flag));
    }
}

struct CacheRule {
    std::string_view rule;
    std::string_view program;
    Texts fill;
    Texts clean;           // arguments of the program
    std::string_view path; // or this is removed
    Texts mounts;          // or something is mounted over it
    std::string_view fix;
};
const std::array kCaches{
    CacheRule{"DL3032", "yum", {"install"}, {"clean"}, "/var/cache/yum", {"/var/cache/yum"}, "yum clean all"},
    CacheRule{"DL3036",
              "zypper",
              {"install", "in"},
              {"clean", "cc"},
              "/var/cache/zypp",
              {"/var/cache/zypp"},
              "zypper clean"},
    CacheRule{"DL3040",
              "dnf",
              {"install", "in", "upgrade", "up", "upgrade-minimal", "up-min", "reinstall", "rei"},
              {"clean"},
              "/var/cache/",
              {"/var/cache/libdnf5", ".cache/libdnf5", "/var/cache/dnf"},
              "dnf clean all"},
    CacheRule{"DL3040",
              "microdnf",
              {"install", "in", "upgrade", "up", "upgrade-minimal", "up-min", "reinstall", "rei"},
              {"clean"},
              "/var/cache/",
              {"/var/cache/libdnf5", ".cache/libdnf5", "/var/cache/dnf"},
              "microdnf clean all"},
};

bool removes(const ShellCommand& command, std::string_view path) {
    return command.is({"rm", "find"}) &&
           std::any_of(command.words.begin() + 1, command.words.end(),
                       [&](const auto& word) { return word.text.starts_with(path); });
}

void checkCaches(const Step& step, Report& report) {
    for (const auto& rule : kCaches) {
        const auto filled =
            step.script.find([&](const auto& command) { return isCall(command, {rule.program}, rule.fill); });
        if (filled == step.script.commands.size())
            continue;
        const auto isCleaned = [&](const ShellCommand& command) {
            return isCall(command, {rule.program}, rule.clean) || removes(command, rule.path);
        };
        const bool isMounted = std::any_of(rule.mounts.begin(), rule.mounts.end(),
                                           [&](auto path) { return step.mountsOver(path); });
        if (!isMounted && step.script.find(isCleaned, filled + 1) == step.script.commands.size())
            report.add(rule.rule, step.script.commands[filled].range, {std::string(rule.program)},
                       appended(step, rule.fix));
    }
}

bool fetchesLists(const ShellCommand& command) {
    return isCall(command, {"apt", "apt-get", "aptitude"}, {"update"});
}

bool usesApt(const Step& step) {
    return step.script.has([](const ShellCommand& command) {
        return command.is({"apt", "apt-get", "aptitude"});
    });
}

void checkLists(const Input& input, const Stage& stage, Report& report) {
    if (!input.isKept(stage))
        return;
    for (std::size_t i = 0; i < stage.steps.size(); ++i) {
        const Step& step = stage.steps[i];
        const auto found = step.script.find(fetchesLists);
        const bool isCleaned = step.script.has([](const ShellCommand& command) {
            return removes(command, "/var/lib/apt/lists") ||
                   isCall(command, {"apt-get", "apt"}, {"distclean", "dist-clean"});
        });
        const bool isMounted = step.mountsOver("/var/lib/apt/lists") ||
                               (step.mountsOver("/var/lib/apt") && step.mountsOver("/var/cache/apt"));
        if (found == step.script.commands.size() || isCleaned || isMounted)
            continue;
        // A later install may live on these lists.
        const bool isLast = std::none_of(stage.steps.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                         stage.steps.end(), usesApt) &&
                            &stage == input.last();
        report.add("DL3009", step.script.commands[found].range, {},
                   isLast ? appended(step, "rm -rf /var/lib/apt/lists/*") : std::nullopt);
    }
}

void checkOthers(const Step& step, const ShellCommand& command, Report& report) {
    if (isCall(command, {"apt-get"}, {"install"}) && !command.hasFlag({"no-install-recommends"}) &&
        !command.hasArgument({"APT::Install-Recommends=false", "APT::Install-Recommends=0"}))
        report.add("DL3015", command.range);
    const ShellWord* add = command.is({"apk"}) ? command.findArgument({"add"}) : nullptr;
    if (add != nullptr && !command.hasFlag({"no-cache"}) && !step.mountsOver("/var/cache/apk"))
        report.add("DL3019", command.range, {}, insertedFlag(step, *add, "--no-cache"));
    if (isCall(command, {"zypper"}, {"dist-upgrade", "dup"}))
        report.add("DL3035", command.range);
}

} // namespace

void checkSystemPackages(const Input& input, Report& report) {
    input.forEachCommand([&](const Step& step, const ShellCommand& command) {
        for (const auto& rule : kPins)
            checkPins(rule, command, report);
        checkAnswers(step, command, report);
        checkOthers(step, command, report);
    });
    input.forEachRun([&](const Stage&, const Step& step) { checkCaches(step, report); });
    for (const Stage& stage : input.stages)
        checkLists(input, stage, report);
}

} // namespace escale::lintrules
