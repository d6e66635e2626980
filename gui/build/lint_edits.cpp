#include "gui/build/lint_edits.h"

#include "engine/build/lint/pragmas.h"

#include <algorithm>
#include <tuple>

namespace escale::gui {
namespace {

bool isBefore(const LintFinding& a, const LintFinding& b) {
    return std::tie(a.range.begin, a.rule) < std::tie(b.range.begin, b.rule);
}

LintFinding findingOf(const SourceProblem& problem) {
    LintFinding finding;
    finding.severity = LintSeverity::Error;
    finding.range = problem.range;
    finding.message = problem.message;
    finding.why = problem.hint;
    return finding;
}

// The edits of all fixes that do not touch those of one before.
std::vector<TextEdit> allEdits(const std::vector<LintFinding>& findings) {
    std::vector<TextEdit> taken;
    const auto touches = [&](const TextEdit& edit) {
        return std::any_of(taken.begin(), taken.end(), [&](const TextEdit& each) {
            return edit.range.begin <= each.range.end && each.range.begin <= edit.range.end;
        });
    };
    for (const LintFinding& finding : findings) {
        if (finding.fix && std::none_of(finding.fix->edits.begin(), finding.fix->edits.end(), touches))
            taken.insert(taken.end(), finding.fix->edits.begin(), finding.fix->edits.end());
    }
    std::stable_sort(taken.begin(), taken.end(),
                     [](const TextEdit& a, const TextEdit& b) { return a.range.begin < b.range.begin; });
    return taken;
}

std::size_t countFixes(const std::vector<LintFinding>& findings) {
    return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(),
                                                  [](const auto& each) { return each.fix.has_value(); }));
}

} // namespace

std::vector<LintFinding> findingsOf(const DockerfileSource& source, const LintSettings& settings,
                                    const LintContext& context) {
    const BuildFile build = readBuildFile(source.file());
    std::vector<LintFinding> findings;
    for (const SourceProblem& problem : build.problems)
        findings.push_back(findingOf(problem));
    auto found = lint(source.file(), build, settings, context);
    findings.insert(findings.end(), std::make_move_iterator(found.begin()),
                    std::make_move_iterator(found.end()));
    std::erase_if(findings,
                  [](const LintFinding& finding) { return finding.severity == LintSeverity::Ignore; });
    std::stable_sort(findings.begin(), findings.end(), isBefore);
    return findings;
}

QString withAllFixes(const QString& text, const LintSettings& settings, const LintContext& context) {
    constexpr int kMostTurns = 8; // what one fix makes possible the next turn mends
    QString fixed = text;
    auto findings = findingsOf(DockerfileSource(fixed), settings, context);
    for (int turn = 0; turn < kMostTurns && countFixes(findings) > 0; ++turn) {
        const QString next = QString::fromStdString(applyEdits(fixed.toStdString(), allEdits(findings)));
        auto left = findingsOf(DockerfileSource(next), settings, context);
        if (left.size() >= findings.size())
            break; // a fix that mends nothing is not repeated
        fixed = next;
        findings = std::move(left);
    }
    return fixed;
}

QString withIgnoreComment(const DockerfileSource& source, const LintFinding& finding) {
    const auto number = lintrules::instructionAt(source.file(), finding.range.begin.line);
    const auto& instructions = source.file().instructions;
    TextEdit edit;
    if (number) {
        const Instruction& instruction = instructions[*number];
        const SourcePosition at{instruction.range.begin.line, 1};
        edit = {{at, at}, "# hadolint ignore=" + finding.rule + "\n"};
        for (const Comment& comment : instruction.comments) {
            const auto pragma = lintrules::readPragma(comment.text);
            if (!pragma || !pragma->scope.empty() || pragma->rules.empty())
                continue;
            // Behind the rules that it names already.
            const std::string_view line = std::string_view(comment.text);
            const auto equals = line.find('=');
            auto end = std::min(line.find_first_of(" #", equals), line.size());
            const auto inFile = source.line(comment.range.begin.line).indexOf(QLatin1Char('='));
            SourcePosition behind = comment.range.begin;
            behind.column = static_cast<int>(inFile + 1) + static_cast<int>(end - equals);
            edit = {{behind, behind}, "," + finding.rule};
        }
    } else {
        const int line = instructions.empty() ? source.lineCount() : instructions.front().range.begin.line;
        edit = {{{line, 1}, {line, 1}}, "# hadolint global ignore=" + finding.rule + "\n"};
    }
    return QString::fromStdString(applyEdits(source.utf8(), {edit}));
}

} // namespace escale::gui
