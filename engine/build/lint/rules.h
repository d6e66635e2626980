// What the rules look at, and where they tell what they found. Part of lint().
#pragma once

#include "engine/build/lint/lint.h"
#include "engine/build/lint/shell_commands.h"

#include <functional>

namespace escale::lintrules {

/// An instruction, or what ONBUILD triggers.
struct Step {
    const Instruction* instruction = nullptr;
    bool isTrigger = false;
    ShellScript script; // of RUN, when a shell of Unix runs it
    std::string shell;  // the program that SHELL names
    std::vector<RunMount> mounts;

    [[nodiscard]] bool is(Keyword keyword) const { return instruction->keyword == keyword; }
    /// Whether a cache or tmpfs is mounted at a path with `part` in it.
    [[nodiscard]] bool mountsOver(std::string_view part) const;
};

/// PowerShell and cmd: nothing here reads them.
bool isForeignShell(std::string_view shell);

/// "registry:5000/name:tag@digest" as it is written; variables are in it still.
struct ImageName {
    std::string registry; // empty: docker.io
    std::string name;     // with the registry
    std::string tag;
    std::string digest;
};
ImageName readImageName(std::string_view text);

struct Stage {
    const Instruction* from = nullptr;
    std::string base; // as it is written
    std::string name; // as it is written; empty: none
    ImageName image;  // of `base`
    std::string platform;
    std::optional<std::size_t> parent; // the stage that `base` names
    std::vector<Step> steps;
    std::string shell = "/bin/sh"; // at its end

    [[nodiscard]] const SourceWord& baseWord() const { return from->words.front(); }
    /// The place to name when there is no better one.
    [[nodiscard]] SourceRange range() const { return from->range; }
};

struct Input {
    const Dockerfile& file;
    const BuildFile& build;
    const LintSettings& settings;
    const LintContext& context;
    std::vector<const Instruction*> before; // the first FROM
    std::vector<Stage> stages;

    [[nodiscard]] const Stage* last() const { return stages.empty() ? nullptr : &stages.back(); }
    /// The stages the last one is made on, itself first.
    [[nodiscard]] std::vector<const Stage*> lineage(const Stage& stage) const;
    /// Whether what lies in its layers lies in an image: of the last stage, and of those that others are made
    /// on.
    [[nodiscard]] bool isKept(const Stage& stage) const;
    /// By name or number, below the one with number `below`.
    [[nodiscard]] const Stage* findStage(std::string_view name, std::size_t below) const;
    /// Each instruction of each stage, and what ONBUILD triggers in its place.
    void forEach(const std::function<void(const Stage&, const Step&)>& visit) const;
    /// Each RUN of the shell form or the exec form that no foreign shell runs.
    void forEachRun(const std::function<void(const Stage&, const Step&)>& visit) const;
    void forEachCommand(const std::function<void(const Step&, const ShellCommand&)>& visit) const;
};
Input prepare(const Dockerfile& file, const BuildFile& build, const LintSettings& settings,
              const LintContext& context);

class Report {
public:
    void add(std::string_view name, SourceRange range, std::vector<std::string> arguments = {},
             std::optional<QuickFix> fix = {});
    [[nodiscard]] std::vector<LintFinding> take() { return std::move(m_findings); }

private:
    std::vector<LintFinding> m_findings;
};

// Each finds what one group of rules is about.
void checkBaseImages(const Input& input, Report& report);
void checkStages(const Input& input, Report& report);
void checkMetadata(const Input& input, Report& report);
void checkSpelling(const Input& input, Report& report);
void checkVariables(const Input& input, Report& report);
void checkSecrets(const Input& input, Report& report);
void checkCopies(const Input& input, Report& report);
void checkLabels(const Input& input, Report& report);
void checkUsers(const Input& input, Report& report);
void checkShell(const Input& input, Report& report);
void checkLayers(const Input& input, Report& report);
void checkSystemPackages(const Input& input, Report& report);
void checkLanguagePackages(const Input& input, Report& report);

// Small words.
bool isAnyOf(std::string_view text, WordList texts);
bool contains(std::string_view text, std::string_view part);
bool containsAny(std::string_view text, WordList parts);
/// One of the programs with one of these arguments.
bool isCall(const ShellCommand& command, WordList programs, WordList arguments);
/// Without quotes and escapes; variables stay as they are.
std::string plainText(std::string_view word);
std::string joined(const std::vector<std::string>& texts, std::string_view between);
// Their titles are the rules'.
QuickFix insertion(SourcePosition where, std::string text);
QuickFix replacement(SourceRange range, std::string text);
/// `command` behind the script of a RUN, when that can be done without looking into it.
std::optional<QuickFix> appended(const Step& step, std::string_view command);
/// What ARG, ENV and LABEL define.
std::vector<std::string> definedNames(const Instruction& instruction);

} // namespace escale::lintrules
