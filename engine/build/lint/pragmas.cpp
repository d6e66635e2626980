#include "engine/build/lint/pragmas.h"

#include <algorithm>
#include <cctype>

namespace escale {
namespace lintrules {
namespace {

using Names = std::set<std::string, std::less<>>;

std::string_view takeWord(std::string_view& text) {
    text = trimmedLeft(text);
    std::size_t end = 0;
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0))
        ++end;
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

Names readNames(std::string_view text) {
    Names names;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (const auto name = trimmed(text.substr(0, comma)); !name.empty())
            names.emplace(name);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return names;
}

// A rule, and the one that says the same.
bool holds(const Names& names, std::string_view rule) {
    if (names.find(rule) != names.end())
        return true;
    const auto rules = lintRules();
    return std::any_of(rules.begin(), rules.end(), [&](const LintRule& each) {
        return !each.sameAs.empty() && ((each.name == rule && names.find(each.sameAs) != names.end()) ||
                                        (each.sameAs == rule && names.find(each.name) != names.end()));
    });
}

// What is silent where, of one file.
class Silence {
public:
    Silence(const Dockerfile& file, const LintSettings& settings)
        : m_file(file)
        , m_settings(settings) {
        if (const auto* directive = file.directive("check"))
            m_check = readCheckOptions(directive->value);
        if (settings.ignoresPragmas)
            return;
        for (const auto& comment : file.comments) {
            const auto pragma = readPragma(comment.text);
            if (pragma && pragma->scope == "global")
                m_global.insert(pragma->rules.begin(), pragma->rules.end());
        }
    }

    [[nodiscard]] bool covers(const LintFinding& finding) const {
        if (holds(m_settings.ignored, finding.rule) || holds(m_global, finding.rule) ||
            isSkipped(m_check, finding.rule))
            return true;
        const auto number = instructionAt(m_file, finding.range.begin.line);
        if (!number)
            return false;
        if (isSilentAbove(m_file.instructions[*number], "", finding.rule))
            return true;
        for (std::size_t i = *number + 1; i-- > 0;) {
            if (m_file.instructions[i].keyword == Keyword::From)
                return isSilentAbove(m_file.instructions[i], "stage", finding.rule);
        }
        return false;
    }

    [[nodiscard]] LintSeverity severity(const LintFinding& finding) const {
        if (const auto found = m_settings.severities.find(finding.rule); found != m_settings.severities.end())
            return found->second;
        if (!isBuildCheck(finding.rule))
            return finding.severity;
        if (finding.severity == LintSeverity::Ignore && !m_check.experimentalAll &&
            m_check.experimental.find(finding.rule) == m_check.experimental.end())
            return LintSeverity::Ignore;
        return m_check.isError ? LintSeverity::Error : LintSeverity::Warning;
    }

private:
    static bool isSkipped(const CheckOptions& check, std::string_view rule) {
        return (check.skipsAll && isBuildCheck(rule)) || holds(check.skipped, rule);
    }
    [[nodiscard]] bool isSilentAbove(const Instruction& instruction, std::string_view scope,
                                     std::string_view rule) const {
        return std::any_of(
            instruction.comments.begin(), instruction.comments.end(), [&](const Comment& comment) {
                const auto pragma = m_settings.ignoresPragmas ? std::nullopt : readPragma(comment.text);
                if (pragma && pragma->scope == scope && holds(pragma->rules, rule))
                    return true;
                const std::string_view text = comment.text;
                return scope.empty() && text.substr(0, 6) == "check=" &&
                       isSkipped(readCheckOptions(text.substr(6, text.find(' ') - 6)), rule);
            });
    }

    const Dockerfile& m_file;
    const LintSettings& m_settings;
    CheckOptions m_check;
    Names m_global;
};

} // namespace

std::optional<Pragma> readPragma(std::string_view comment) {
    if (takeWord(comment) != "hadolint")
        return std::nullopt;
    Pragma pragma;
    std::string_view word = takeWord(comment);
    if (word == "stage" || word == "global") {
        pragma.scope = word;
        word = takeWord(comment);
    }
    comment = trimmedLeft(comment);
    if (word != "ignore" || comment.empty() || comment.front() != '=')
        return std::nullopt;
    comment.remove_prefix(1);
    pragma.rules = readNames(comment.substr(0, comment.find('#')));
    return pragma;
}

CheckOptions readCheckOptions(std::string_view text) {
    CheckOptions options;
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        const std::string_view part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto equals = part.find('=');
        if (equals == std::string_view::npos)
            continue;
        const std::string_view key = trimmed(part.substr(0, equals));
        const std::string_view value = trimmed(part.substr(equals + 1));
        if (key == "skip") {
            options.skipsAll = value == "all";
            options.skipped = readNames(value);
        } else if (key == "experimental") {
            options.experimentalAll = value == "all";
            options.experimental = readNames(value);
        } else if (key == "error") {
            options.isError = value == "1" || value == "t" || lowerCase(value) == "true";
        }
    }
    return options;
}

std::optional<std::size_t> instructionAt(const Dockerfile& file, int line) {
    const auto after =
        std::upper_bound(file.instructions.begin(), file.instructions.end(), line,
                         [](int wanted, const Instruction& each) { return wanted < each.range.begin.line; });
    if (after == file.instructions.begin())
        return std::nullopt;
    return static_cast<std::size_t>(after - file.instructions.begin()) - 1;
}

bool isBuildCheck(std::string_view rule) {
    return rule.size() < 3 || std::isdigit(static_cast<unsigned char>(rule[2])) == 0;
}

} // namespace lintrules

std::vector<LintFinding> withPragmas(std::vector<LintFinding> findings, const Dockerfile& file,
                                     const LintSettings& settings) {
    const lintrules::Silence silence(file, settings);
    std::erase_if(findings, [&](LintFinding& finding) {
        finding.severity = silence.severity(finding);
        return finding.severity == LintSeverity::Ignore || silence.covers(finding);
    });
    return findings;
}

} // namespace escale
