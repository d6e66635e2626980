// The linter: what is unwise in a Dockerfile, where, why, and how to mend it. The rules are hadolint's (DL…)
// under its codes, BuildKit's build checks under their names, and good practice that neither has (ES…). Pure:
// what the linter must know of the folder is given to it. What the shell makes of a RUN is shellcheck.h's.
//   rule_table.cpp   every rule: severity, what it says, why
//   rules_….cpp      what finds it
#pragma once

#include "engine/build/ignore_file.h"
#include "engine/build/instructions.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

enum class LintSeverity : std::uint8_t { Error, Warning, Info, Style, Ignore };
/// "error", "warning", "info", "style", "ignore": hadolint's names.
std::string_view lintSeverityName(LintSeverity severity);
std::optional<LintSeverity> lintSeverityFromString(std::string_view name);

struct LintRule {
    std::string_view name;
    LintSeverity severity; // Ignore: told only when the settings give it another one
    std::string_view text; // English, "%1" stands for the finding's first argument
    std::string_view why;
    std::string_view fix;    // the title of its quick fix; empty: it has none
    std::string_view sameAs; // another rule that says the same of the same instruction, in other words
};
/// All of them, in the order of their names.
std::span<const LintRule> lintRules();
const LintRule* findLintRule(std::string_view name);

/// An empty range is a place to insert at.
struct TextEdit {
    SourceRange range;
    std::string text;
};

/// Edits that leave what the build makes as it is, but for what the rule is about.
struct QuickFix {
    std::string title;           // the rule's
    std::vector<TextEdit> edits; // in the order of their places; none overlaps another
};

struct LintFinding {
    std::string rule; // "DL3008", "StageNameCasing", "ES1004", "SC2086"
    LintSeverity severity = LintSeverity::Warning;
    SourceRange range;
    std::string message;                // the rule's text, filled
    std::vector<std::string> arguments; // what fills it: a translation of the text needs them
    std::string why;
    std::optional<QuickFix> fix;
    std::string also; // the name of the rule that says the same here and was left out
};

enum class LabelKind : std::uint8_t { Text, Email, Hash, Rfc3339, SemVer, Spdx, Url };

/// What .hadolint.yaml says (lint_configuration.h reads it).
struct LintSettings {
    std::set<std::string, std::less<>> ignored;
    std::map<std::string, LintSeverity, std::less<>> severities;
    std::vector<std::string> trustedRegistries; // empty: all; "*.example.org" fits many
    std::map<std::string, LabelKind> labels;    // that an image must have, or may
    bool strictLabels = false;                  // and no others
    bool ignoresPragmas = false;                // "# hadolint ignore=" says nothing
    LintSeverity threshold = LintSeverity::Info;
    bool neverFails = false;
    /// Rules that say the same of one instruction are told once.
    bool tellsOnce = true;
};

struct KnownImage {
    std::string platform; // "linux/arm64"
    std::set<std::string> variables;
};

struct LintContext {
    /// False: nothing is known of the folder, and rules about it are silent.
    bool knowsFolder = false;
    std::optional<IgnoreFile> ignoreFile; // nothing: the folder has none
    /// Those of copySources() that the folder has; nothing: nobody looked.
    std::optional<std::set<std::string>> sources;
    /// What is known of base images: "debian:12".
    std::map<std::string, KnownImage> images;
    std::string targetPlatform; // "linux/amd64"; empty: not known
};

/// Sorted by place. Ranges lie in the file.
std::vector<LintFinding> lint(const Dockerfile& file, const BuildFile& build,
                              const LintSettings& settings = {}, const LintContext& context = {});

/// The paths that COPY and ADD take from the build context, cleaned, without variables in them; they may hold
/// wildcards.
std::vector<std::string> copySources(const Dockerfile& file);

/// Whether findings are so many and grave that a check fails: hadolint's failure-threshold.
bool lintFails(const std::vector<LintFinding>& findings, const LintSettings& settings);

/// Takes out what pragmas above instructions, "# check=" and the settings silence, and gives the settings'
/// severities: for findings that did not come from lint() (shellcheck's).
std::vector<LintFinding> withPragmas(std::vector<LintFinding> findings, const Dockerfile& file,
                                     const LintSettings& settings);

/// The text with the edits made.
std::string applyEdits(std::string_view text, const std::vector<TextEdit>& edits);

} // namespace escale
