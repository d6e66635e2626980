#include "engine/build/instructions.h"

#include <algorithm>
#include <charconv>

namespace escale {
namespace {

std::string nameOf(const Instruction& instruction) {
    return std::string(keywordName(instruction.keyword));
}

// Flags of one instruction, taken one by one: what nobody took is unknown.
class Flags {
public:
    explicit Flags(const Instruction& instruction)
        : m_instruction(instruction) {}

    Result<std::string> text(std::string_view name, std::string fallback = {}) {
        TRY_ASSIGN(const InstructionFlag* flag, only(name));
        if (flag == nullptr)
            return fallback;
        TRY(needValue(*flag));
        return *flag->value;
    }
    std::vector<std::string> texts(std::string_view name) {
        m_known.push_back(name);
        std::vector<std::string> values;
        for (const auto& flag : m_instruction.flags) {
            if (flag.name == name)
                values.push_back(flag.value.value_or(std::string()));
        }
        return values;
    }
    Result<std::optional<bool>> boolean(std::string_view name) {
        TRY_ASSIGN(const InstructionFlag* flag, only(name));
        if (flag == nullptr)
            return std::optional<bool>();
        const std::string value = lowerCase(flag->value.value_or("true"));
        if (value != "true" && value != "false")
            return fail(ErrorCode::InvalidArgument,
                        "the flag --" + flag->name + " is true or false, not \"" + value + "\"");
        return std::optional(value == "true");
    }
    Result<void> checkAll() {
        for (const auto& flag : m_instruction.flags) {
            if (std::find(m_known.begin(), m_known.end(), flag.name) == m_known.end()) {
                const auto nearest = nearestWord(flag.name, m_known);
                return fail(ErrorCode::InvalidArgument, nameOf(m_instruction) + " has no flag --" + flag.name,
                            nearest.empty() ? std::string() : "Did you mean --" + std::string(nearest) + "?");
            }
        }
        return {};
    }

private:
    static Result<void> needValue(const InstructionFlag& flag) {
        if (!flag.value)
            return fail(ErrorCode::InvalidArgument, "the flag --" + flag.name + " needs a value",
                        "Write --" + flag.name + "=…");
        return {};
    }
    Result<const InstructionFlag*> only(std::string_view name) {
        m_known.push_back(name);
        const auto count = std::count_if(m_instruction.flags.begin(), m_instruction.flags.end(),
                                         [&](const auto& flag) { return flag.name == name; });
        if (count > 1)
            return fail(ErrorCode::InvalidArgument, "the flag --" + std::string(name) + " is given twice");
        return m_instruction.flag(name);
    }
    const Instruction& m_instruction;
    std::vector<std::string_view> m_known;
};

std::vector<std::string> textsOf(const std::vector<SourceWord>& words) {
    std::vector<std::string> texts;
    for (const auto& word : words)
        texts.push_back(word.text);
    return texts;
}

Result<std::string> onlyWord(const Instruction& instruction) {
    if (instruction.words.size() != 1)
        return fail(ErrorCode::InvalidArgument, nameOf(instruction) + " needs one word");
    return instruction.words.front().text;
}

Result<void> needWords(const Instruction& instruction) {
    if (instruction.words.empty())
        return fail(ErrorCode::InvalidArgument, nameOf(instruction) + " needs a word at least");
    return {};
}

CommandLine commandOf(const Instruction& instruction) {
    return {!instruction.isJson, textsOf(instruction.words)};
}

Result<BuildInstruction> readArg(const Instruction& instruction) {
    TRY(needWords(instruction));
    ArgInstruction arg;
    for (const auto& word : instruction.words) {
        const auto equals = word.text.find('=');
        if (equals == 0)
            return fail(ErrorCode::InvalidArgument, "a name is missing before \"" + word.text + "\"");
        ArgDefinition definition{word.text.substr(0, equals), {}};
        if (equals != std::string::npos)
            definition.value = word.text.substr(equals + 1);
        arg.values.push_back(std::move(definition));
    }
    return arg;
}

Result<std::vector<NameValue>> pairsOf(const Instruction& instruction) {
    TRY(needWords(instruction));
    std::vector<NameValue> values;
    for (std::size_t i = 0; i + 1 < instruction.words.size(); i += 2)
        values.push_back({instruction.words[i].text, instruction.words[i + 1].text});
    return values;
}

// "<<EOF" as a word: which of the instruction's documents it is.
const HereDocument* documentOf(const Instruction& instruction, const std::string& word) {
    if (word.find("<<") == std::string::npos)
        return nullptr;
    std::string name = word.substr(word.find("<<") + 2);
    if (!name.empty() && name.front() == '-')
        name.erase(0, 1);
    std::erase_if(name, [](char c) { return c == '"' || c == '\''; });
    const auto found = std::find_if(instruction.documents.begin(), instruction.documents.end(),
                                    [&](const auto& document) { return document.name == name; });
    return found == instruction.documents.end() ? nullptr : &*found;
}

Result<void> readSources(const Instruction& instruction, CopyInstruction& copy) {
    if (instruction.words.size() < 2)
        return fail(ErrorCode::InvalidArgument, nameOf(instruction) + " needs a source and a destination");
    copy.target = instruction.words.back().text;
    if (documentOf(instruction, copy.target) != nullptr)
        return fail(ErrorCode::InvalidArgument,
                    "the destination of " + nameOf(instruction) + " cannot be a here-document");
    for (std::size_t i = 0; i + 1 < instruction.words.size(); ++i) {
        if (const HereDocument* document = documentOf(instruction, instruction.words[i].text))
            copy.documents.push_back(*document);
        else
            copy.sources.push_back(instruction.words[i].text);
    }
    return {};
}

Result<BuildInstruction> readCopy(const Instruction& instruction) {
    CopyInstruction copy;
    copy.isAdd = instruction.keyword == Keyword::Add;
    Flags flags(instruction);
    TRY_ASSIGN(copy.owner, flags.text("chown"));
    TRY_ASSIGN(copy.mode, flags.text("chmod"));
    TRY_ASSIGN(const auto link, flags.boolean("link"));
    copy.isLink = link.value_or(false);
    copy.excludes = flags.texts("exclude");
    if (copy.isAdd) {
        TRY_ASSIGN(copy.checksum, flags.text("checksum"));
        TRY_ASSIGN(copy.keepGitDir, flags.boolean("keep-git-dir"));
        TRY_ASSIGN(copy.unpack, flags.boolean("unpack"));
    } else {
        TRY_ASSIGN(copy.from, flags.text("from"));
        TRY_ASSIGN(const auto parents, flags.boolean("parents"));
        copy.keepsParents = parents.value_or(false);
    }
    TRY(flags.checkAll());
    TRY(readSources(instruction, copy));
    return copy;
}

Result<BuildInstruction> readRun(const Instruction& instruction) {
    RunInstruction run;
    Flags flags(instruction);
    run.mounts = flags.texts("mount");
    TRY_ASSIGN(run.network, flags.text("network", "default"));
    if (run.network != "default" && run.network != "none" && run.network != "host")
        return fail(ErrorCode::InvalidArgument, "\"" + run.network + "\" is no network of RUN",
                    "It is default, none or host.");
    TRY_ASSIGN(const std::string security, flags.text("security", "sandbox"));
    if (security != "sandbox" && security != "insecure")
        return fail(ErrorCode::InvalidArgument, "\"" + security + "\" is no security of RUN",
                    "It is sandbox or insecure.");
    run.isInsecure = security == "insecure";
    TRY(flags.checkAll());
    for (const auto& mount : run.mounts) {
        // One with a variable is looked at when that has its value.
        if (mount.find('$') == std::string::npos)
            TRY(parseRunMount(mount));
    }
    TRY(needWords(instruction));
    run.command = commandOf(instruction);
    run.documents = instruction.documents;
    return run;
}

Result<BuildInstruction> readHealth(const Instruction& instruction) {
    TRY(needWords(instruction));
    HealthInstruction health;
    const std::string kind = upperCase(instruction.words.front().text);
    health.isNone = kind == "NONE";
    if (!health.isNone && kind != "CMD")
        return fail(ErrorCode::InvalidArgument,
                    "\"" + instruction.words.front().text + "\" is no kind of health check",
                    "It is CMD and a command, or NONE.");
    health.command = commandOf(instruction);
    health.command.words.erase(health.command.words.begin());
    if (health.isNone && !health.command.words.empty())
        return fail(ErrorCode::InvalidArgument, "nothing follows HEALTHCHECK NONE");
    if (!health.isNone && health.command.words.empty())
        return fail(ErrorCode::InvalidArgument, "a command is missing after HEALTHCHECK CMD");
    Flags flags(instruction);
    TRY_ASSIGN(health.interval, flags.text("interval"));
    TRY_ASSIGN(health.timeout, flags.text("timeout"));
    TRY_ASSIGN(health.startPeriod, flags.text("start-period"));
    TRY_ASSIGN(health.startInterval, flags.text("start-interval"));
    TRY_ASSIGN(const std::string retries, flags.text("retries"));
    TRY(flags.checkAll());
    const char* end = retries.data() + retries.size();
    if (!retries.empty() && std::from_chars(retries.data(), end, health.retries).ptr != end)
        return fail(ErrorCode::InvalidArgument, "\"" + retries + "\" is no number of retries");
    return health;
}

Result<BuildInstruction> readShell(const Instruction& instruction) {
    if (!instruction.isJson)
        return fail(ErrorCode::InvalidArgument, "SHELL needs the exec form",
                    R"(Write SHELL ["/bin/bash", "-c"].)");
    TRY(needWords(instruction));
    return ShellInstruction{textsOf(instruction.words)};
}

Result<BuildInstruction> readVolume(const Instruction& instruction) {
    TRY(needWords(instruction));
    VolumeInstruction volume;
    for (const auto& word : instruction.words) {
        volume.paths.emplace_back(trimmed(word.text));
        if (volume.paths.back().empty())
            return fail(ErrorCode::InvalidArgument, "a path of VOLUME is empty");
    }
    return volume;
}

Result<BuildInstruction> readOnBuild(const Instruction& instruction) {
    if (!instruction.trigger)
        return fail(ErrorCode::InvalidArgument, "an instruction is missing after ONBUILD");
    std::string text = instruction.text;
    for (const auto& document : instruction.trigger->documents)
        text += "\n" + document.content + document.name;
    return OnBuildInstruction{std::move(text)};
}

Result<void> refuseFlags(const Instruction& instruction) {
    return Flags(instruction).checkAll();
}

Result<BuildInstruction> readOne(const Instruction& instruction) {
    const auto hasFlags = [](Keyword keyword) {
        return keyword == Keyword::Add || keyword == Keyword::Copy || keyword == Keyword::Run ||
               keyword == Keyword::Healthcheck || keyword == Keyword::From || keyword == Keyword::OnBuild;
    };
    if (!hasFlags(instruction.keyword))
        TRY(refuseFlags(instruction));
    switch (instruction.keyword) {
    case Keyword::Add:
    case Keyword::Copy:
        return readCopy(instruction);
    case Keyword::Arg:
        return readArg(instruction);
    case Keyword::Cmd:
        return CmdInstruction{commandOf(instruction)};
    case Keyword::Entrypoint:
        return EntrypointInstruction{commandOf(instruction)};
    case Keyword::Env: {
        TRY_ASSIGN(auto values, pairsOf(instruction));
        return EnvInstruction{std::move(values)};
    }
    case Keyword::Label: {
        TRY_ASSIGN(auto values, pairsOf(instruction));
        return LabelInstruction{std::move(values)};
    }
    case Keyword::Expose:
        TRY(needWords(instruction));
        return ExposeInstruction{textsOf(instruction.words)};
    case Keyword::Healthcheck:
        return readHealth(instruction);
    case Keyword::Maintainer: {
        TRY_ASSIGN(auto name, onlyWord(instruction));
        return MaintainerInstruction{std::move(name)};
    }
    case Keyword::OnBuild:
        return readOnBuild(instruction);
    case Keyword::Run:
        return readRun(instruction);
    case Keyword::Shell:
        return readShell(instruction);
    case Keyword::StopSignal: {
        TRY_ASSIGN(auto signal, onlyWord(instruction));
        return StopSignalInstruction{std::move(signal)};
    }
    case Keyword::User: {
        TRY_ASSIGN(auto user, onlyWord(instruction));
        return UserInstruction{std::move(user)};
    }
    case Keyword::Volume:
        return readVolume(instruction);
    case Keyword::Workdir: {
        TRY_ASSIGN(auto path, onlyWord(instruction));
        return WorkdirInstruction{std::move(path)};
    }
    case Keyword::From:
        break;
    }
    return fail(ErrorCode::InvalidArgument, "FROM begins a stage");
}

bool isStageName(const std::string& name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    };
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
           std::all_of(name.begin(), name.end(), fits);
}

Result<BuildStage> readStage(const Instruction& instruction) {
    BuildStage stage;
    Flags flags(instruction);
    TRY_ASSIGN(stage.platform, flags.text("platform"));
    TRY(flags.checkAll());
    const auto& words = instruction.words;
    const bool isNamed = words.size() == 3 && lowerCase(words[1].text) == "as";
    if (words.size() != 1 && !isNamed)
        return fail(ErrorCode::InvalidArgument, "FROM needs an image, or an image, AS and a name",
                    "Write FROM debian:12 AS build.");
    stage.base = words.front().text;
    if (isNamed) {
        stage.name = lowerCase(words[2].text);
        if (!isStageName(stage.name))
            return fail(ErrorCode::InvalidArgument, "\"" + words[2].text + "\" cannot name a stage",
                        "A name begins with a letter, and has letters, digits, \"-\", \"_\" and \".\".");
    }
    return stage;
}

} // namespace

std::optional<std::size_t> BuildFile::findStage(std::string_view name, std::size_t below) const {
    const std::string wanted = lowerCase(name);
    for (std::size_t i = std::min(below, stages.size()); i-- > 0;) {
        if (!stages[i].name.empty() && stages[i].name == wanted)
            return i;
    }
    std::size_t number = 0;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data(), end, number);
    if (name.empty() || read.ec != std::errc() || read.ptr != end || number >= std::min(below, stages.size()))
        return std::nullopt;
    return number;
}

BuildFile readBuildFile(const Dockerfile& file) {
    BuildFile build;
    build.problems = file.problems;
    const auto addProblem = [&](const Instruction& instruction, const Error& error) {
        build.problems.push_back({instruction.range, error.message, error.hint});
    };
    for (std::size_t i = 0; i < file.instructions.size(); ++i) {
        const Instruction& instruction = file.instructions[i];
        if (instruction.keyword == Keyword::From) {
            if (auto stage = readStage(instruction)) {
                stage->source = i;
                build.stages.push_back(std::move(*stage));
            } else {
                addProblem(instruction, stage.error());
                build.stages.push_back({{}, "scratch", {}, i, {}}); // what follows belongs to it
            }
            continue;
        }
        auto read = readOne(instruction);
        if (!read) {
            addProblem(instruction, read.error());
        } else if (!build.stages.empty()) {
            build.stages.back().steps.push_back({std::move(*read), i});
        } else if (auto* arg = std::get_if<ArgInstruction>(&*read)) {
            for (auto& value : arg->values)
                build.arguments.push_back(std::move(value));
        } else {
            build.problems.push_back({instruction.range,
                                      "there is no stage for " + nameOf(instruction) + " yet",
                                      "A stage begins with FROM; only ARG may stand before the first one."});
        }
    }
    if (build.stages.empty() && build.problems.empty())
        build.problems.push_back(
            {{{1, 1}, {1, 1}}, "the file has no FROM", "FROM names the image to begin with."});
    return build;
}

Result<BuildInstruction> parseInstruction(const std::string& text) {
    const Dockerfile file = parseDockerfile(text);
    if (!file.problems.empty())
        return fail(ErrorCode::InvalidArgument, file.problems.front().message, file.problems.front().hint);
    if (file.instructions.size() != 1)
        return fail(ErrorCode::InvalidArgument, "\"" + text.substr(0, 80) + "\" is not one instruction");
    return readOne(file.instructions.front());
}

} // namespace escale
