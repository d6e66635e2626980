// The linter, on what is typed into an editor: whatever that is, findings lie in the file, each is one of the
// table's rules, and an edit that is offered can be made. The first line chooses what is known of the folder.
#include "engine/build/lint/lint.h"
#include "engine/build/lint/lint_configuration.h"
#include "engine/build/lint/shellcheck.h"
#include "tests/fuzz/promise.h"

#include <algorithm>

using namespace escale;
using fuzz::require;

namespace {

void checkRange(const SourceRange& range, const std::vector<std::size_t>& lengths) {
    require(range.begin.line >= 1 && range.begin.column >= 1, "places count from one");
    require(range.begin <= range.end, "a range ends behind its beginning");
    const auto fits = [&](SourcePosition where) {
        const auto line = static_cast<std::size_t>(where.line) - 1;
        // The line behind the last one: where a removed line ends.
        return line < lengths.size() ? static_cast<std::size_t>(where.column) <= lengths[line] + 1
                                     : line == lengths.size() && where.column == 1;
    };
    require(fits(range.begin) && fits(range.end), "a range lies in the file");
}

std::vector<std::size_t> lineLengths(std::string_view text) {
    std::vector<std::size_t> lengths{0};
    for (const char c : text) {
        if (c == '\n')
            lengths.push_back(0);
        else
            ++lengths.back();
    }
    return lengths;
}

LintSettings settingsFor(const std::string& first) {
    LintSettings settings;
    if (auto read = readLintConfiguration(first))
        settings = std::move(*read);
    settings.tellsOnce = first.size() % 2 == 0;
    for (const auto& rule : lintRules())
        settings.severities.try_emplace(std::string(rule.name), LintSeverity::Warning);
    return settings;
}

LintContext contextFor(const std::string& first) {
    LintContext context;
    context.knowsFolder = !first.empty();
    if (auto ignore = IgnoreFile::parse(first); ignore && first.size() > 3)
        context.ignoreFile = std::move(*ignore);
    context.sources = std::set<std::string>{first};
    context.targetPlatform = "linux/amd64";
    context.images[first] = {"linux/arm64", {first}};
    return context;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(bytes), size);
    const auto end = std::min(all.find('\n'), all.size());
    const std::string first(all.substr(0, end));
    const std::string_view text = all.substr(std::min(end + 1, all.size()));
    const auto lengths = lineLengths(text);
    const Dockerfile file = parseDockerfile(text);
    const BuildFile build = readBuildFile(file);
    for (const auto& finding : lint(file, build, settingsFor(first), contextFor(first))) {
        checkRange(finding.range, lengths);
        require(findLintRule(finding.rule) != nullptr, "a finding has a rule");
        require(!finding.message.empty() && !finding.why.empty(), "a finding says what and why");
        if (!finding.fix)
            continue;
        require(!finding.fix->title.empty(), "a fix says what it does");
        for (const auto& edit : finding.fix->edits)
            checkRange(edit.range, lengths);
        parseDockerfile(applyEdits(text, finding.fix->edits));
    }
    for (const auto& script : shellcheckScripts(file, build))
        require(script.linesBefore > 0, "a script names its shell");
    return 0;
}
