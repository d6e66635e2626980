// Variables: used before they are defined, or where they are defined.
#include "engine/build/expand.h"
#include "engine/build/lint/rules.h"

#include <algorithm>
#include <cctype>

namespace escale::lintrules {
namespace {

using Names = std::set<std::string>;

// What a build knows without an ARG in the stage, and what nearly every image sets.
const Names& knownAnyway() {
    static const Names names{"PATH",        "HTTP_PROXY", "http_proxy", "HTTPS_PROXY",
                             "https_proxy", "FTP_PROXY",  "ftp_proxy",  "NO_PROXY",
                             "no_proxy",    "ALL_PROXY",  "all_proxy"};
    return names;
}

// What well-known images set: nobody is told of these when nothing is known of the image.
const Names& setByImages() {
    static const Names names{"CARGO_HOME",     "CATALINA_HOME", "COREPACK_HOME", "GEM_HOME",
                             "GOLANG_VERSION", "GOPATH",        "GOROOT",        "GOTOOLCHAIN",
                             "GRADLE_HOME",    "HOME",          "HOSTNAME",      "JAVA_HOME",
                             "JAVA_VERSION",   "LANG",          "LC_ALL",        "LD_LIBRARY_PATH",
                             "MAVEN_HOME",     "NGINX_VERSION", "NODE_VERSION",  "PGDATA",
                             "PG_MAJOR",       "PHP_INI_DIR",   "PHP_VERSION",   "PYTHONPATH",
                             "PYTHON_VERSION", "RUBY_VERSION",  "RUSTUP_HOME",   "RUST_VERSION",
                             "YARN_VERSION",   "SHELL",         "USER"};
    return names;
}

Names knownAtFirst(const Input& input, const Stage& stage, const std::vector<Names>& ends) {
    if (stage.parent)
        return ends[*stage.parent];
    Names names = knownAnyway();
    const auto image = input.context.images.find(stage.base);
    if (image != input.context.images.end())
        names.insert(image->second.variables.begin(), image->second.variables.end());
    else if (stage.base != "scratch")
        names.insert(setByImages().begin(), setByImages().end());
    return names;
}

// Instructions whose words the builder expands; what RUN, CMD and ENTRYPOINT hold is the shell's.
bool isExpanded(const Instruction& instruction) {
    switch (instruction.keyword) {
    case Keyword::Add:
    case Keyword::Arg:
    case Keyword::Copy:
    case Keyword::Env:
    case Keyword::Expose:
    case Keyword::Label:
    case Keyword::StopSignal:
    case Keyword::User:
    case Keyword::Volume:
    case Keyword::Workdir:
        return true;
    default:
        return false;
    }
}

struct Use {
    std::string name;
    SourceRange range;
};

std::vector<Use> usesOf(const Instruction& instruction, char escape, const Names& defined) {
    std::vector<Use> uses;
    if (!isExpanded(instruction))
        return uses;
    ExpandRules rules;
    rules.escape = escape;
    const auto lookup = [&](const std::string& name) {
        return defined.count(name) != 0 ? std::optional<std::string>("x") : std::nullopt;
    };
    const auto look = [&](const std::string& text, const SourceRange& range) {
        if (const auto expanded = expandVariables(text, lookup, rules)) {
            for (const auto& name : expanded->unset)
                uses.push_back({name, range});
        }
    };
    for (const auto& word : instruction.words)
        look(word.text, word.range);
    for (const auto& flag : instruction.flags)
        look(flag.value.value_or(""), flag.range);
    return uses;
}

// "ARG A=$A" and "ENV A=$A:x" use what may have been there.
bool isOwn(const Instruction& instruction, const std::string& name) {
    const auto names = definedNames(instruction);
    return (instruction.keyword == Keyword::Arg || instruction.keyword == Keyword::Env) &&
           std::find(names.begin(), names.end(), name) != names.end();
}

void checkUndefined(const Input& input, Report& report) {
    std::vector<Names> ends;
    for (const Stage& stage : input.stages) {
        Names defined = knownAtFirst(input, stage, ends);
        for (const auto& step : stage.steps) {
            const Instruction& instruction = *step.instruction;
            if (step.isTrigger)
                continue;
            for (const auto& use : usesOf(instruction, input.file.escape, defined)) {
                if (!isOwn(instruction, use.name))
                    report.add("UndefinedVar", use.range, {use.name});
            }
            if (instruction.keyword == Keyword::Arg || instruction.keyword == Keyword::Env) {
                for (auto& name : definedNames(instruction))
                    defined.insert(std::move(name));
            }
        }
        ends.push_back(std::move(defined));
    }
}

bool endsName(std::string_view rest) {
    return rest.empty() ||
           !(std::isalnum(static_cast<unsigned char>(rest.front())) != 0 || rest.front() == '_');
}

bool refersTo(std::string_view text, const std::string& name) {
    if (contains(text, "${" + name + "}"))
        return true;
    const std::string bare = "$" + name;
    for (auto at = text.find(bare); at != std::string_view::npos; at = text.find(bare, at + 1)) {
        if (endsName(text.substr(at + bare.size())))
            return true;
    }
    return false;
}

// "ENV A=1 B=$A": what was set before keeps its sense.
void checkOwnEnv(const Stage& stage, Report& report) {
    Names defined;
    for (const auto& step : stage.steps) {
        const Instruction& instruction = *step.instruction;
        if (instruction.keyword == Keyword::Env && !step.isTrigger) {
            const auto names = definedNames(instruction);
            for (std::size_t i = 0; i < names.size(); ++i) {
                for (std::size_t j = 0; j < names.size(); ++j) {
                    const std::size_t value = 2 * j + 1;
                    if (i != j && value < instruction.words.size() && defined.count(names[i]) == 0 &&
                        refersTo(instruction.words[value].text, names[i]))
                        report.add("DL3044", instruction.words[value].range, {names[i]});
                }
            }
            defined.insert(names.begin(), names.end());
        } else if (instruction.keyword == Keyword::Arg) {
            for (auto& name : definedNames(instruction))
                defined.insert(std::move(name));
        }
    }
}

} // namespace

void checkVariables(const Input& input, Report& report) {
    checkUndefined(input, report);
    for (const Stage& stage : input.stages)
        checkOwnEnv(stage, report);
}

} // namespace escale::lintrules
