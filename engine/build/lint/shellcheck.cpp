#include "engine/build/lint/shellcheck.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/subprocess.h"
#include "engine/build/lint/rules.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <sys/mman.h>
#include <tuple>

namespace escale {
namespace {

using lintrules::Stage;
using lintrules::Step;
using Names = std::set<std::string>;

// A shebang that ShellCheck does not know makes it refuse the script.
bool isKnownShell(std::string_view shell) {
    const std::string_view name = shell.substr(std::min(shell.size(), shell.rfind('/') + 1));
    return lintrules::isAnyOf(name, {"sh", "bash", "dash", "ksh", "ash"});
}

bool isVariable(const std::string& name) {
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

std::optional<ShellcheckScript> scriptOf(const Step& step, const Names& variables) {
    const Instruction& run = *step.instruction;
    if (run.keyword != Keyword::Run || run.isJson || run.text.empty() ||
        lintrules::isForeignShell(step.shell))
        return std::nullopt;
    std::string shell = step.shell;
    const HereDocument* document = scriptDocument(run);
    if (document == nullptr && !run.documents.empty())
        return std::nullopt; // the text of the document is not in the line
    ShellcheckScript script;
    script.places = document != nullptr ? documentText(*document) : run.textPlaces;
    const std::string& text = script.places.text();
    if (text.starts_with("#!")) {
        std::string_view line = trimmed(std::string_view(text).substr(2, text.find('\n') - 2));
        if (line.starts_with("/usr/bin/env "))
            line.remove_prefix(13);
        shell = line.substr(0, line.find(' '));
    }
    if (!isKnownShell(shell))
        return std::nullopt;
    script.text = "#!" + shell + "\n";
    for (const auto& name : variables) {
        if (isVariable(name))
            script.text += "export " + name + "=1\n";
    }
    script.linesBefore = static_cast<int>(std::count(script.text.begin(), script.text.end(), '\n'));
    script.text += text + "\n";
    return script;
}

LintSeverity severityOf(const std::string& level) {
    return lintSeverityFromString(level).value_or(LintSeverity::Error);
}

// The byte of a line and a column, which count from one; columns are characters.
std::size_t offsetOf(std::string_view text, std::int64_t line, std::int64_t column) {
    std::size_t at = 0;
    for (; line > 1 && at < text.size(); --line)
        at = std::min(text.find('\n', at), text.size() - 1) + 1;
    for (; column > 1 && at < text.size() && text[at] != '\n'; --column) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
            ++at;
    }
    return at;
}

std::optional<std::size_t> numberOf(const std::string& file, int firstNumber) {
    const std::string digits = file.substr(file.rfind('/') + 1);
    int number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc() || number < firstNumber)
        return std::nullopt;
    return static_cast<std::size_t>(number - firstNumber);
}

std::optional<LintFinding> findingOf(const Json& comment, const ShellcheckScript& script) {
    const std::int64_t line = comment.at("line").toInteger() - script.linesBefore;
    const std::int64_t endLine = comment.at("endLine").toInteger() - script.linesBefore;
    const std::string& text = script.places.text();
    if (line < 1 || endLine < line || text.empty())
        return std::nullopt; // of the lines before the script
    const std::size_t begin =
        std::min(offsetOf(text, line, comment.at("column").toInteger()), text.size() - 1);
    const std::size_t end =
        std::min(offsetOf(text, endLine, comment.at("endColumn").toInteger()), text.size());
    LintFinding finding;
    finding.rule = "SC" + std::to_string(comment.at("code").toInteger());
    finding.severity = severityOf(comment.at("level").toString());
    finding.range = script.places.range(begin, std::max(end, begin + 1));
    finding.message = comment.at("message").toString();
    return finding;
}

constexpr int kFirstFile = 10; // descriptors that the program uses itself are below

Result<std::string> askShellcheck(const std::string& program, const std::vector<ShellcheckScript>& scripts,
                                  std::chrono::milliseconds limit) {
    const UniqueFd answer(::memfd_create("shellcheck-answer", MFD_CLOEXEC));
    const UniqueFd errors(::memfd_create("shellcheck-errors", MFD_CLOEXEC));
    if (!answer || !errors)
        return fail(systemError("cannot make a memory file for ShellCheck"));
    Subprocess::Options options;
    options.arguments = {program, "--format=json1", "--norc", "--exclude=SC1090,SC1091,SC2187"};
    options.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"};
    options.fds = {{answer.get(), 1}, {errors.get(), 2}};
    std::vector<UniqueFd> files;
    for (const auto& script : scripts) {
        const UniqueFd& file = files.emplace_back(::memfd_create("script", MFD_CLOEXEC));
        if (!file)
            return fail(systemError("cannot make a memory file for a script"));
        TRY(writeAll(file.get(), script.text, "a script"));
        const int number = kFirstFile + static_cast<int>(files.size()) - 1;
        options.fds.emplace_back(file.get(), number);
        options.arguments.push_back("/dev/fd/" + std::to_string(number));
    }
    TRY_ASSIGN(auto process, Subprocess::start(options));
    TRY_ASSIGN(const ExitStatus status, process.waitFor(limit));
    const int read = status.code <= 1 ? answer.get() : errors.get(); // 1: it found something
    ::lseek(read, 0, SEEK_SET);
    TRY_ASSIGN(std::string text, readFd(read));
    if (status.code > 1)
        return fail(ErrorCode::SystemFailure, "ShellCheck failed: " + text.substr(0, 300));
    return text;
}

} // namespace

std::vector<ShellcheckScript> shellcheckScripts(const Dockerfile& file, const BuildFile& build) {
    const LintSettings settings;
    const LintContext context;
    const auto input = lintrules::prepare(file, build, settings, context);
    std::vector<ShellcheckScript> scripts;
    std::vector<Names> ends;
    for (const Stage& stage : input.stages) {
        Names variables = stage.parent ? ends[*stage.parent]
                                       : Names{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy",
                                               "FTP_PROXY",  "ftp_proxy",  "NO_PROXY",    "no_proxy"};
        for (const Step& step : stage.steps) {
            if (auto script = scriptOf(step, variables))
                scripts.push_back(std::move(*script));
            if (step.is(Keyword::Arg) || step.is(Keyword::Env)) {
                for (auto& name : lintrules::definedNames(*step.instruction))
                    variables.insert(std::move(name));
            }
        }
        ends.push_back(std::move(variables));
    }
    return scripts;
}

Result<std::vector<LintFinding>>
readShellcheckAnswer(std::string_view json, const std::vector<ShellcheckScript>& scripts, int firstNumber) {
    TRY_ASSIGN(const Json answer, Json::parse(json));
    if (!answer.at("comments").isArray())
        return fail(ErrorCode::InvalidArgument, "ShellCheck's answer has no comments");
    std::vector<LintFinding> findings;
    for (const Json& comment : answer.at("comments").items()) {
        const auto number = numberOf(comment.at("file").toString(), firstNumber);
        if (!number || *number >= scripts.size())
            continue;
        if (auto finding = findingOf(comment, scripts[*number]))
            findings.push_back(std::move(*finding));
    }
    return findings;
}

std::optional<std::string> findShellcheck() {
    for (const char* path : {"/usr/local/bin/shellcheck", "/usr/bin/shellcheck"}) {
        if (::access(path, X_OK) == 0)
            return path;
    }
    return std::nullopt;
}

ShellcheckOutcome runShellcheck(const Dockerfile& file, const BuildFile& build, const LintSettings& settings,
                                const std::optional<std::string>& program, std::chrono::milliseconds limit) {
    constexpr std::size_t kMost = 200; // a descriptor each
    ShellcheckOutcome outcome;
    if (!program) {
        outcome.note = "ShellCheck is not installed: what RUN gives to the shell is not looked at";
        return outcome;
    }
    auto scripts = shellcheckScripts(file, build);
    if (scripts.empty())
        return outcome;
    if (scripts.size() > kMost) {
        scripts.resize(kMost);
        outcome.note = "ShellCheck looked at the first " + std::to_string(kMost) + " RUNs only";
    }
    const auto answer = askShellcheck(*program, scripts, limit);
    auto findings = answer ? readShellcheckAnswer(*answer, scripts, kFirstFile)
                           : Result<std::vector<LintFinding>>(tl::unexpected<Error>(answer.error()));
    if (!findings) {
        outcome.note = findings.error().message;
        return outcome;
    }
    outcome.findings = withPragmas(std::move(*findings), file, settings);
    std::stable_sort(outcome.findings.begin(), outcome.findings.end(), [](const auto& a, const auto& b) {
        return std::tie(a.range.begin, a.rule) < std::tie(b.range.begin, b.rule);
    });
    return outcome;
}

} // namespace escale
