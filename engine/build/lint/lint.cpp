#include "engine/build/lint/lint.h"

#include "engine/build/lint/pragmas.h"
#include "engine/build/lint/rules.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace escale {
namespace lintrules {
namespace {

// "%1 and %2" with its arguments.
std::string filled(std::string_view text, const std::vector<std::string>& arguments) {
    std::string message;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t number = text[i] == '%' && i + 1 < text.size()
                                       ? static_cast<std::size_t>(text[i + 1] - '1')
                                       : arguments.size();
        if (number < arguments.size()) {
            message += arguments[number];
            ++i;
        } else {
            message += text[i];
        }
    }
    return message;
}

// Of two rules that say the same of one instruction the first stays.
void tellOnce(std::vector<LintFinding>& findings, const Dockerfile& file) {
    std::set<std::size_t> told;
    for (auto& finding : findings) {
        const LintRule* rule = findLintRule(finding.rule);
        if (rule == nullptr || rule->sameAs.empty())
            continue;
        for (std::size_t i = 0; i < findings.size(); ++i) {
            if (findings[i].rule != rule->sameAs ||
                instructionAt(file, findings[i].range.begin.line) !=
                    instructionAt(file, finding.range.begin.line) ||
                !told.insert(i).second)
                continue;
            finding.also = rule->sameAs;
            if (!finding.fix)
                finding.fix = findings[i].fix;
            break;
        }
    }
    std::size_t number = 0;
    std::erase_if(findings, [&](const LintFinding&) { return told.count(number++) != 0; });
}

} // namespace

void Report::add(std::string_view name, SourceRange range, std::vector<std::string> arguments,
                 std::optional<QuickFix> fix) {
    const LintRule* rule = findLintRule(name);
    if (rule == nullptr)
        return;
    if (fix)
        fix->title = rule->fix;
    LintFinding finding;
    finding.rule = name;
    finding.severity = rule->severity;
    finding.range = range;
    finding.message = filled(rule->text, arguments);
    finding.arguments = std::move(arguments);
    finding.why = rule->why;
    finding.fix = std::move(fix);
    m_findings.push_back(std::move(finding));
}

} // namespace lintrules

std::vector<LintFinding> lint(const Dockerfile& file, const BuildFile& build, const LintSettings& settings,
                              const LintContext& context) {
    using namespace lintrules;
    constexpr std::array kGroups{checkBaseImages,      checkStages,  checkMetadata, checkSpelling,
                                 checkVariables,       checkSecrets, checkCopies,   checkLabels,
                                 checkUsers,           checkShell,   checkLayers,   checkSystemPackages,
                                 checkLanguagePackages};
    const Input input = prepare(file, build, settings, context);
    Report report;
    for (const auto check : kGroups)
        check(input, report);
    std::vector<LintFinding> findings = withPragmas(report.take(), file, settings);
    if (settings.tellsOnce)
        tellOnce(findings, file);
    std::stable_sort(findings.begin(), findings.end(), [](const LintFinding& a, const LintFinding& b) {
        return std::tie(a.range.begin, a.rule) < std::tie(b.range.begin, b.rule);
    });
    return findings;
}

bool lintFails(const std::vector<LintFinding>& findings, const LintSettings& settings) {
    return !settings.neverFails &&
           std::any_of(findings.begin(), findings.end(),
                       [&](const LintFinding& finding) { return finding.severity <= settings.threshold; });
}

std::string applyEdits(std::string_view text, const std::vector<TextEdit>& edits) {
    std::vector<std::size_t> lines{text.substr(0, 3) == "\xEF\xBB\xBF" ? std::size_t(3) : 0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n')
            lines.push_back(i + 1);
    }
    const auto offset = [&](SourcePosition where) {
        const auto line = static_cast<std::size_t>(std::max(where.line, 1)) - 1;
        if (line >= lines.size())
            return text.size();
        return std::min(lines[line] + static_cast<std::size_t>(std::max(where.column, 1)) - 1, text.size());
    };
    std::string result(text);
    for (std::size_t i = edits.size(); i-- > 0;) { // from the end on: places before stay
        const std::size_t begin = offset(edits[i].range.begin);
        result.replace(begin, std::max(offset(edits[i].range.end), begin) - begin, edits[i].text);
    }
    return result;
}

} // namespace escale
