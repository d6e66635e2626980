#include "engine/build/stage_state.h"

#include "engine/build/build_graph.h"
#include "engine/build/ignore_file.h"

#include <algorithm>
#include <charconv>

namespace escale {
namespace {

void setPair(std::vector<NameValue>& pairs, const std::string& name, const std::string& value) {
    const auto found =
        std::find_if(pairs.begin(), pairs.end(), [&](const NameValue& pair) { return pair.name == name; });
    if (found == pairs.end())
        pairs.push_back({name, value});
    else
        found->value = value;
}

Result<unsigned> readPort(const std::string& text, const std::string& all) {
    unsigned port = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, port);
    if (text.empty() || read.ec != std::errc() || read.ptr != end || port > 65535)
        return fail(ErrorCode::InvalidArgument, "\"" + all + "\" is no port that EXPOSE knows",
                    "Write 80, 80/udp or 8000-8010/tcp; a port of this machine is chosen when it runs.");
    return port;
}

// "80", "80/UDP", "8000-8002".
Result<void> addPorts(const std::string& text, std::set<std::string>& ports) {
    const auto slash = text.find('/');
    const std::string protocol = slash == std::string::npos ? "tcp" : lowerCase(text.substr(slash + 1));
    if (protocol != "tcp" && protocol != "udp" && protocol != "sctp")
        return fail(ErrorCode::InvalidArgument, "\"" + text + "\": the protocol is tcp, udp or sctp");
    const std::string range = text.substr(0, slash);
    const auto dash = range.find('-');
    TRY_ASSIGN(const unsigned first, readPort(range.substr(0, dash), text));
    unsigned last = first;
    if (dash != std::string::npos) {
        TRY_ASSIGN(last, readPort(range.substr(dash + 1), text));
    }
    if (last < first)
        return fail(ErrorCode::InvalidArgument, "\"" + text + "\": the range ends before it begins");
    for (unsigned port = first; port <= last; ++port)
        ports.insert(std::to_string(port) + '/' + protocol);
    return {};
}

} // namespace

StageState::StageState(StageConfig base, const std::map<std::string, std::string>& globals,
                       const std::map<std::string, std::string>& given, char escape)
    : m_config(std::move(base))
    , m_globals(globals)
    , m_given(given) {
    m_rules.escape = escape;
    m_variables = m_config.environment;
}

Result<BuildInstruction> StageState::apply(BuildInstruction instruction) {
    TRY(std::visit([this](auto& each) { return applyTo(each); }, instruction));
    return instruction;
}

std::vector<std::string> StageState::runEnvironment() const {
    std::vector<std::string> lines;
    for (const auto& variable : m_variables)
        lines.push_back(variable.name + '=' + variable.value);
    // The proxies' are there without ARG.
    for (const auto& [name, value] : m_given) {
        const bool isThere =
            std::any_of(m_variables.begin(), m_variables.end(),
                        [&name = name](const auto& variable) { return variable.name == name; });
        if (isPredefinedArgument(name) && !isThere)
            lines.push_back(name + '=' + value);
    }
    return lines;
}

std::vector<NameValue> StageState::arguments() const {
    return m_arguments;
}

std::vector<std::string> StageState::wordsOf(const CommandLine& command) const {
    if (!command.isShell || command.words.empty())
        return command.words;
    std::vector<std::string> words =
        m_config.shell.empty() ? std::vector<std::string>{"/bin/sh", "-c"} : m_config.shell;
    words.insert(words.end(), command.words.begin(), command.words.end());
    return words;
}

Result<std::string> StageState::expand(const std::string& text) {
    const VariableLookup lookup = [this](const std::string& name) -> std::optional<std::string> {
        const auto found = std::find_if(m_variables.begin(), m_variables.end(),
                                        [&](const auto& variable) { return variable.name == name; });
        return found == m_variables.end() ? std::nullopt : std::optional(found->value);
    };
    TRY_ASSIGN(Expanded expanded, expandVariables(text, lookup, m_rules));
    m_unset.merge(expanded.unset);
    return std::move(expanded.text);
}

Result<std::vector<std::string>> StageState::expandWords(const std::string& text) {
    TRY_ASSIGN(const std::string expanded, expand(text));
    std::vector<std::string> words;
    for (std::string_view rest = trimmed(expanded); !rest.empty(); rest = trimmedLeft(rest)) {
        const auto end = std::find_if(rest.begin(), rest.end(), isBlank) - rest.begin();
        words.emplace_back(rest.substr(0, static_cast<std::size_t>(end)));
        rest.remove_prefix(static_cast<std::size_t>(end));
    }
    return words;
}

Result<void> StageState::expandAll(std::vector<std::string>& texts) {
    for (auto& text : texts) {
        TRY_ASSIGN(text, expand(text));
    }
    return {};
}

// All of one instruction see the variables as they were before it.
Result<void> StageState::expandPairs(std::vector<NameValue>& pairs) {
    for (auto& [name, value] : pairs) {
        TRY_ASSIGN(name, expand(name));
        TRY_ASSIGN(value, expand(value));
        if (name.empty())
            return fail(ErrorCode::InvalidArgument, "the name before \"=" + value + "\" is empty");
    }
    return {};
}

void StageState::setVariable(const std::string& name, const std::string& value) {
    setPair(m_variables, name, value);
}

Result<void> StageState::applyTo(ArgInstruction& arg) {
    for (auto& [name, value] : arg.values) {
        TRY_ASSIGN(name, expand(name));
        const auto given = m_given.find(name);
        const auto global = m_globals.find(name);
        if (given != m_given.end()) {
            value = given->second;
        } else if (value) {
            TRY_ASSIGN(value, expand(*value));
        } else if (global != m_globals.end()) {
            value = global->second;
        }
        if (!value)
            continue;
        setVariable(name, *value);
        setPair(m_arguments, name, *value);
    }
    return {};
}

Result<void> StageState::applyTo(EnvInstruction& env) {
    TRY(expandPairs(env.values));
    for (const auto& [name, value] : env.values) {
        setVariable(name, value);
        setPair(m_config.environment, name, value);
    }
    return {};
}

Result<void> StageState::applyTo(LabelInstruction& label) {
    TRY(expandPairs(label.values));
    for (const auto& [name, value] : label.values)
        m_config.labels[name] = value;
    return {};
}

Result<void> StageState::applyTo(CmdInstruction& cmd) {
    cmd.command = {false, wordsOf(cmd.command)};
    m_config.command = cmd.command.words;
    m_hasCommand = true;
    return {};
}

// A base's CMD was for the base's entry point.
Result<void> StageState::applyTo(EntrypointInstruction& entrypoint) {
    entrypoint.command = {false, wordsOf(entrypoint.command)};
    m_config.entrypoint = entrypoint.command.words;
    if (entrypoint.command.words.empty())
        m_config.entrypoint.reset();
    if (!m_hasCommand)
        m_config.command.reset();
    return {};
}

Result<void> StageState::applyTo(CopyInstruction& copy) {
    for (std::string* text : {&copy.owner, &copy.mode, &copy.checksum, &copy.target}) {
        TRY_ASSIGN(*text, expand(*text));
    }
    TRY(expandAll(copy.sources));
    for (HereDocument& document : copy.documents) {
        if (!document.expand)
            continue;
        // Quotes of a file's content are the content's.
        ExpandRules rules = m_rules;
        rules.readsQuotes = false;
        std::swap(m_rules, rules);
        auto content = expand(document.content);
        std::swap(m_rules, rules);
        TRY_ASSIGN(document.content, std::move(content));
    }
    return {};
}

Result<void> StageState::applyTo(RunInstruction& run) {
    return expandAll(run.mounts);
}

Result<void> StageState::applyTo(ExposeInstruction& expose) {
    std::set<std::string> ports;
    for (const auto& text : expose.ports) {
        TRY_ASSIGN(const auto words, expandWords(text));
        for (const auto& word : words)
            TRY(addPorts(word, ports));
    }
    expose.ports.assign(ports.begin(), ports.end());
    m_config.exposedPorts.merge(ports);
    return {};
}

Result<void> StageState::applyTo(HealthInstruction& health) {
    std::vector<std::string> words{health.isNone ? "NONE" : health.command.isShell ? "CMD-SHELL" : "CMD"};
    words.insert(words.end(), health.command.words.begin(), health.command.words.end());
    health.command = {false, std::move(words)};
    m_config.health = health;
    return {};
}

Result<void> StageState::applyTo(MaintainerInstruction& maintainer) {
    m_config.author = maintainer.name;
    return {};
}

Result<void> StageState::applyTo(OnBuildInstruction& onBuild) {
    m_config.onBuild.push_back(onBuild.text);
    return {};
}

Result<void> StageState::applyTo(ShellInstruction& shell) {
    m_config.shell = shell.words;
    return {};
}

Result<void> StageState::applyTo(StopSignalInstruction& stopSignal) {
    TRY_ASSIGN(stopSignal.signal, expand(stopSignal.signal));
    m_config.stopSignal = stopSignal.signal;
    return {};
}

Result<void> StageState::applyTo(UserInstruction& user) {
    TRY_ASSIGN(user.user, expand(user.user));
    m_config.user = user.user;
    return {};
}

Result<void> StageState::applyTo(VolumeInstruction& volume) {
    TRY(expandAll(volume.paths));
    for (const auto& path : volume.paths) {
        if (path.empty())
            return fail(ErrorCode::InvalidArgument, "a path of VOLUME is empty");
        m_config.volumes.insert(path);
    }
    return {};
}

Result<void> StageState::applyTo(WorkdirInstruction& workdir) {
    TRY_ASSIGN(const std::string path, expand(workdir.path));
    const bool isAbsolute = !path.empty() && path.front() == '/';
    workdir.path = cleanPath(isAbsolute ? path : m_config.workingDirectory + '/' + path);
    if (workdir.path.front() != '/')
        workdir.path.insert(0, "/");
    m_config.workingDirectory = workdir.path;
    return {};
}

} // namespace escale
