// COPY and ADD: from where, to where, and what had better stay out.
#include "engine/build/lint/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace escale {
namespace lintrules {
namespace {

bool isCopy(const Instruction& instruction) {
    return instruction.keyword == Keyword::Copy || instruction.keyword == Keyword::Add;
}

// COPY and ADD of the build context, whose sources are files in it.
bool takesContext(const Instruction& instruction) {
    return isCopy(instruction) && instruction.flag("from") == nullptr && instruction.words.size() >= 2;
}

bool isAddress(std::string_view source) {
    return contains(source, "://") || source.starts_with("git@") || source.starts_with("github.com/");
}

bool isArchive(std::string_view path) {
    constexpr std::array<std::string_view, 15> kEndings{".tar",  ".Z",   ".bz2", ".gz",  ".lz",
                                                        ".lzma", ".tZ",  ".tb2", ".tbz", ".tbz2",
                                                        ".tgz",  ".tlz", ".tpz", ".txz", ".xz"};
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [path](auto ending) { return path.ends_with(ending); });
}

std::string baseName(const std::string& path) {
    return path.substr(path.find_last_of("/\\") + 1);
}

// Sources that are files of the context, cleaned; here-documents and addresses are none.
std::vector<std::pair<std::string, SourceRange>> contextSources(const Instruction& instruction) {
    std::vector<std::pair<std::string, SourceRange>> sources;
    if (!takesContext(instruction))
        return sources;
    for (std::size_t i = 0; i + 1 < instruction.words.size(); ++i) {
        const std::string path = plainText(instruction.words[i].text);
        if (path.empty() || contains(path, "$") || path.starts_with("<<") || isAddress(path))
            continue;
        std::string clean = cleanPath(path);
        clean.erase(0, std::min(clean.size(), clean.find_first_not_of('/')));
        while (clean.starts_with("../"))
            clean.erase(0, 3);
        sources.emplace_back(clean.empty() || clean == ".." ? std::string(".") : clean,
                             instruction.words[i].range);
    }
    return sources;
}

void checkAdd(const Instruction& add, Report& report) {
    if (add.keyword != Keyword::Add || add.words.size() < 2)
        return;
    std::vector<std::string> plain;
    for (std::size_t i = 0; i + 1 < add.words.size(); ++i) {
        const std::string source = plainText(add.words[i].text);
        if (!isArchive(source) && !isAddress(source))
            plain.push_back(source);
    }
    if (plain.empty())
        return;
    std::optional<QuickFix> fix;
    const bool isCopyToo =
        plain.size() + 1 == add.words.size() &&
        std::none_of(plain.begin(), plain.end(), [](const auto& source) { return contains(source, "$"); }) &&
        add.flag("checksum") == nullptr && add.flag("keep-git-dir") == nullptr &&
        add.flag("unpack") == nullptr;
    if (isCopyToo)
        fix = replacement(add.keywordRange, add.spelling == lowerCase(add.spelling) ? "copy" : "COPY");
    report.add("DL3020", add.keywordRange, {joined(plain, ", ")}, fix);
}

void checkDestination(bool hasWorkdir, const Instruction& copy, Report& report) {
    if (copy.keyword != Keyword::Copy || copy.words.size() < 2)
        return;
    const SourceWord& word = copy.words.back();
    const std::string target = plainText(word.text);
    if (copy.words.size() > 2 && !target.ends_with("/")) {
        std::optional<QuickFix> fix;
        if (!copy.isJson && word.text.find_first_of("\"'\\") == std::string::npos)
            fix = insertion(word.range.end, "/");
        report.add("DL3021", word.range, {}, fix);
    }
    const bool isAbsolute =
        target.starts_with("/") || target.starts_with("$") ||
        (target.size() > 1 && target[1] == ':' && std::isalpha(static_cast<unsigned char>(target[0])) != 0);
    if (!isAbsolute && !hasWorkdir)
        report.add("DL3045", word.range, {target});
}

void checkFrom(const Input& input, std::size_t number, const Instruction& copy, Report& report) {
    const auto* flag = copy.keyword == Keyword::Copy ? copy.flag("from") : nullptr;
    if (flag == nullptr)
        return;
    const std::string name = flag->value.value_or("");
    const Stage& own = input.stages[number];
    if (!own.name.empty() && lowerCase(own.name) == lowerCase(name))
        report.add("DL3023", flag->range);
    else if (!contains(name, ":") && !contains(name, "@") && !contains(name, "$") &&
             input.findStage(name, number) == nullptr)
        report.add("DL3022", flag->range, {name});
    const bool isWhole = std::any_of(copy.words.begin(), copy.words.end() - (copy.words.empty() ? 0 : 1),
                                     [](const auto& word) { return plainText(word.text) == "/"; });
    if (isWhole && copy.words.size() > 1 && plainText(copy.words.back().text) == "/")
        report.add("DL3067", copy.range);
}

bool unpacks(const ShellCommand& command) {
    if (command.is({"unzip", "gunzip", "bunzip2", "unlzma", "unxz", "zgz", "uncompress", "zcat", "gzcat"}))
        return true;
    if (!command.is({"tar"}))
        return false;
    // "tar xf" has its flags without a dash.
    return command.hasFlag({"x", "extract", "get"}) ||
           (command.words.size() > 1 && !command.words[1].text.starts_with("-") &&
            !contains(command.words[1].text, "/") && !contains(command.words[1].text, ".") &&
            contains(command.words[1].text, "x"));
}

void checkUnpacked(const Stage& stage, Report& report) {
    struct Archive {
        std::string name;
        SourceRange range;
        bool isTold = false;
    };
    std::vector<Archive> archives;
    for (const auto& step : stage.steps) {
        const Instruction& instruction = *step.instruction;
        if (instruction.keyword == Keyword::Copy && takesContext(instruction)) {
            const std::string target = plainText(instruction.words.back().text);
            for (const auto& [source, range] : contextSources(instruction)) {
                if (isArchive(source))
                    archives.push_back({baseName(isArchive(target) ? target : source), range});
            }
        }
        for (const auto& command : step.script.commands) {
            if (!unpacks(command))
                continue;
            for (auto& archive : archives) {
                const bool isNamed =
                    std::any_of(command.words.begin() + 1, command.words.end(),
                                [&](const auto& word) { return baseName(word.text) == archive.name; });
                if (isNamed && !std::exchange(archive.isTold, true))
                    report.add("DL3010", archive.range, {archive.name});
            }
        }
    }
}

// Of the folder itself: whether everything in it is left out.
bool isLeftOut(const IgnoreFile& ignore, const std::string& source) {
    constexpr std::string_view kAnyName = "\x7F"; // that only a wildcard fits
    const bool isWild = source.find_first_of("*?[") != std::string::npos;
    return !ignore.hasExceptions() && !isWild && ignore.ignores(source == "." ? kAnyName : source);
}

void checkIgnored(const Input& input, const Instruction& copy, Report& report) {
    const auto& ignore = input.context.ignoreFile;
    for (const auto& [source, range] : contextSources(copy)) {
        if (ignore && isLeftOut(*ignore, source))
            report.add("CopyIgnoredFile", range, {source});
        else if (input.context.sources && source != "." && input.context.sources->count(source) == 0)
            report.add("ES1011", range, {source});
    }
}

// Told once: of COPY . . rather than of the first file.
void checkIgnoreFile(const Input& input, Report& report) {
    if (!input.context.knowsFolder || input.context.ignoreFile)
        return;
    std::optional<SourceRange> first;
    bool isWhole = false;
    input.forEach([&](const Stage&, const Step& step) {
        for (const auto& [source, range] : contextSources(*step.instruction)) {
            if (!first)
                first = range;
            if (source == "." || source == "*") {
                report.add("ES1002", range);
                isWhole = true;
            }
        }
    });
    if (first && !isWhole)
        report.add("ES1003", *first);
}

bool installsDependencies(const ShellCommand& command) {
    if (command.is({"npm", "pnpm", "yarn", "bun"}))
        return command.hasArgument({"install", "ci", "i"}) && !command.hasFlag({"g", "global"});
    if (command.is({"pip", "pip3"}))
        return command.hasArgument({"install"}) && command.hasFlag({"r", "requirement"});
    if (command.is({"go"}))
        return command.hasArgument({"mod"}) && command.hasArgument({"download"});
    if (command.is({"bundle", "composer", "poetry"}))
        return command.hasArgument({"install"});
    return command.is({"mvn"}) && command.hasArgument({"dependency:go-offline", "dependency:resolve"});
}

void checkOrder(const Stage& stage, Report& report) {
    bool hasAll = false;
    for (const auto& step : stage.steps) {
        if (step.is(Keyword::Copy)) {
            for (const auto& [source, range] : contextSources(*step.instruction))
                hasAll = hasAll || source == ".";
        }
        const auto found = step.script.find(installsDependencies);
        if (hasAll && found < step.script.commands.size()) {
            report.add("ES1007", step.script.commands[found].range);
            return;
        }
    }
}

} // namespace

void checkCopies(const Input& input, Report& report) {
    for (std::size_t i = 0; i < input.stages.size(); ++i) {
        const Stage& stage = input.stages[i];
        const auto lineage = input.lineage(stage);
        bool hasWorkdir = std::any_of(lineage.begin() + 1, lineage.end(), [](const Stage* each) {
            return std::any_of(each->steps.begin(), each->steps.end(),
                               [](const Step& step) { return step.is(Keyword::Workdir) && !step.isTrigger; });
        });
        bool triggersHave = false; // those of ONBUILD, which run later
        for (const auto& step : stage.steps) {
            const Instruction& instruction = *step.instruction;
            if (step.is(Keyword::Workdir))
                (step.isTrigger ? triggersHave : hasWorkdir) = true;
            checkAdd(instruction, report);
            checkDestination(hasWorkdir || (step.isTrigger && triggersHave), instruction, report);
            checkFrom(input, i, instruction, report);
            if (!step.isTrigger)
                checkIgnored(input, instruction, report);
        }
        checkUnpacked(stage, report);
        checkOrder(stage, report);
    }
    checkIgnoreFile(input, report);
}

} // namespace lintrules

std::vector<std::string> copySources(const Dockerfile& file) {
    std::set<std::string> all;
    for (const auto& instruction : file.instructions) {
        for (const auto& [source, range] : lintrules::contextSources(instruction))
            all.insert(source);
    }
    return {all.begin(), all.end()};
}

} // namespace escale
