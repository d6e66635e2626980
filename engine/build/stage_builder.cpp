#include "engine/build/stage_builder.h"

#include "engine/base/go_duration.h"
#include "engine/build/base_config.h"
#include "engine/build/history_text.h"
#include "engine/build/step_output.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

constexpr const char* kDefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
constexpr std::size_t kLongestShownText = 120;

std::string shown(const std::string& text) {
    const std::string line = text.substr(0, std::min(text.find('\n'), kLongestShownText));
    return line.size() == text.size() ? text : line + "…";
}

/// "linux/arm64/v8"
void readPlatform(const std::string& platform, BuiltStage& into) {
    const auto first = std::min(platform.find('/'), platform.size());
    const auto second = std::min(platform.find('/', first + 1), platform.size());
    into.os = platform.substr(0, first);
    into.architecture = platform.substr(std::min(first + 1, platform.size()), second - first - 1);
    into.variant = platform.substr(std::min(second + 1, platform.size()));
}

bool hasName(const std::vector<NameValue>& pairs, const std::string& name) {
    return std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.name == name; });
}

// A word that means this text, whatever is in it.
std::string literal(const std::string& text) {
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string("'\"'\"'") : std::string(1, c);
    return word + '\'';
}

Result<void> checkDurations(const HealthInstruction& health) {
    for (const auto& text : {health.interval, health.timeout, health.startPeriod, health.startInterval}) {
        if (!text.empty())
            TRY(parseGoDuration(text));
    }
    return {};
}

} // namespace

Result<BuiltStage> StageBuilder::build() {
    TRY(begin());
    const BuildStage& stage = m_run.file().stages[m_planned.stage];
    for (std::size_t i = 0; i < stage.steps.size(); ++i) {
        const Instruction& source = m_run.dockerfile().instructions[stage.steps[i].source];
        const StepLabel label{std::to_string(m_planned.stage) + '.' + std::to_string(i + 1), textOf(source),
                              source.range.begin.line};
        TRY(step(stage.steps[i].instruction, label));
    }
    m_built.config = m_state->config();
    return std::move(m_built);
}

Result<void> StageBuilder::begin() {
    const Instruction& from = m_run.dockerfile().instructions[m_run.file().stages[m_planned.stage].source];
    if (m_planned.baseStage) {
        TRY_ASSIGN(m_built, m_run.stage(*m_planned.baseStage));
    }
    const StepLabel label{std::to_string(m_planned.stage) + ".0", textOf(from), from.range.begin.line};
    TRY(tellStep(label, [this](StepEnd&) { return takeBase(); }));
    const auto triggers = std::move(m_built.config.onBuild);
    m_built.config.onBuild.clear();
    if (!hasName(m_built.config.environment, "PATH"))
        m_built.config.environment.push_back({"PATH", kDefaultPath});
    m_state.emplace(std::move(m_built.config), m_run.graph().arguments, m_run.request().build.arguments,
                    m_run.dockerfile().escape);
    TRY(inheritArguments());
    return runTriggers(triggers);
}

Result<void> StageBuilder::takeBase() {
    if (m_planned.baseStage)
        return {};
    if (lowerCase(m_planned.base) != "scratch")
        return takeImage();
    m_built.config.workingDirectory =
        "/"; // an image's config may say nothing of it, and then nothing is said
    readPlatform(m_run.targetPlatform(), m_built);
    return {};
}

Result<void> StageBuilder::takeImage() {
    const std::string& platform = m_planned.platform.empty() ? m_run.targetPlatform() : m_planned.platform;
    TRY_ASSIGN(const ResolvedImage image, m_run.image(m_planned.base, platform));
    TRY_ASSIGN(BaseConfig base, readBaseConfig(image.config));
    m_built.root = {image.root, image.layers};
    m_built.config = std::move(base.config);
    m_built.os = std::move(base.os);
    m_built.architecture = std::move(base.architecture);
    m_built.variant = std::move(base.variant);
    m_built.history = std::move(base.history);
    return {};
}

// Those of the stage that this one begins with are declared here, too.
Result<void> StageBuilder::inheritArguments() {
    for (const auto& [name, value] : m_built.arguments) {
        if (value && !hasName(m_state->config().environment, name))
            TRY(m_state->apply(ArgInstruction{{{name, literal(*value)}}}));
    }
    return {};
}

Result<void> StageBuilder::runTriggers(const std::vector<std::string>& triggers) {
    std::vector<StepLabel> labels;
    for (std::size_t i = 0; i < triggers.size(); ++i)
        labels.push_back(announceTrigger(i + 1, triggers[i]));
    for (std::size_t i = 0; i < triggers.size(); ++i) {
        const auto instruction = parseInstruction(triggers[i]);
        if (!instruction) {
            TRY(tellStep(labels[i], [&](StepEnd&) -> Result<void> { return fail(instruction.error()); }));
            continue;
        }
        TRY(step(*instruction, labels[i]));
    }
    return {};
}

StepLabel StageBuilder::announceTrigger(std::size_t number, const std::string& text) {
    const std::string stage = std::to_string(m_planned.stage);
    const Instruction& from = m_run.dockerfile().instructions[m_run.file().stages[m_planned.stage].source];
    StepLabel label{stage + ".0." + std::to_string(number), "ONBUILD " + text, from.range.begin.line};
    BuildEvent event;
    event.kind = BuildEvent::Kind::Step;
    event.step = label.id;
    event.stage = stage;
    event.text = label.text;
    event.line = label.line;
    event.inputs.push_back(number == 1 ? stage + ".0" : stage + ".0." + std::to_string(number - 1));
    m_run.tell(std::move(event));
    return label;
}

Result<void> StageBuilder::tellStep(const StepLabel& label,
                                    const std::function<Result<void>(StepEnd& end)>& work) {
    TRY(m_run.checkGoingOn());
    BuildEvent event;
    event.kind = BuildEvent::Kind::Started;
    event.step = label.id;
    m_run.tell(event);
    StepEnd end;
    const auto done = work(end);
    event.kind = BuildEvent::Kind::Finished;
    event.state = end.isCached ? BuildEvent::State::Cached : BuildEvent::State::Done;
    event.layer = end.result.layer;
    event.size = end.result.size;
    event.exitCode = end.exitCode;
    std::optional<Error> error;
    if (!done) {
        const bool isCancelled = done.error().code == ErrorCode::Cancelled;
        event.state = isCancelled ? BuildEvent::State::Cancelled : BuildEvent::State::Failed;
        error = done.error();
    }
    if (event.state == BuildEvent::State::Failed) {
        error->message =
            "line " + std::to_string(label.line) + ": " + shown(label.text) + ": " + error->message;
        event.error = error->message;
        event.hint = error->hint;
    }
    m_run.tell(std::move(event));
    if (error)
        return fail(std::move(*error));
    return {};
}

Result<void> StageBuilder::step(const BuildInstruction& instruction, const StepLabel& label) {
    auto applied = m_state->apply(instruction);
    warnOfUnset(label);
    if (applied)
        TRY(waitForSources(*applied));
    return tellStep(label, [&](StepEnd& end) -> Result<void> {
        TRY(applied);
        TRY(perform(*applied, label, end));
        addHistory(*applied, end);
        return {};
    });
}

void StageBuilder::warnOfUnset(const StepLabel& label) {
    for (const auto& name : m_state->unset()) {
        // One that ARG declares is meant to be empty.
        if (isDeclared(name) || !m_warned.insert(name).second)
            continue;
        BuildEvent event;
        event.kind = BuildEvent::Kind::Warning;
        event.step = label.id;
        event.line = label.line;
        event.text = "UndefinedVar: Usage of undefined variable '$" + name + "'";
        m_run.tell(std::move(event));
    }
}

Result<void> StageBuilder::waitForSources(const BuildInstruction& instruction) {
    const auto wait = [this](const std::string& from) -> Result<void> {
        if (const auto found = m_run.file().findStage(from, m_planned.stage))
            TRY(m_run.stage(*found));
        return {};
    };
    if (const auto* copy = std::get_if<CopyInstruction>(&instruction))
        return wait(copy->from);
    if (const auto* run = std::get_if<RunInstruction>(&instruction)) {
        for (const auto& text : run->mounts) {
            // One that is wrong fails the step.
            if (const auto mount = parseRunMount(text))
                TRY(wait(mount->from));
        }
    }
    return {};
}

Result<StageBuilder::Source> StageBuilder::source(const std::string& from) {
    if (from.empty())
        return Source{{true, 0}, {}};
    if (lowerCase(from) == "scratch")
        return Source{{false, 0}, {}};
    if (const auto found = m_run.file().findStage(from, m_planned.stage)) {
        TRY_ASSIGN(const BuiltStage stage, m_run.stage(*found));
        return Source{{false, stage.root.root}, stage.root.chain};
    }
    TRY_ASSIGN(const ResolvedImage image, m_run.image(from, m_run.targetPlatform()));
    return Source{{false, image.root}, image.layers};
}

Result<void> StageBuilder::perform(const BuildInstruction& instruction, const StepLabel& label,
                                   StepEnd& end) {
    if (const auto* arg = std::get_if<ArgInstruction>(&instruction)) {
        m_built.arguments.insert(m_built.arguments.end(), arg->values.begin(), arg->values.end());
        return {};
    }
    if (const auto* health = std::get_if<HealthInstruction>(&instruction))
        return checkDurations(*health);
    if (const auto* folder = std::get_if<WorkdirInstruction>(&instruction))
        return folder->path == "/" ? Result<void>() : makeFolder(folder->path, label, end);
    if (const auto* files = std::get_if<CopyInstruction>(&instruction))
        return copy(*files, label, end);
    if (const auto* run = std::get_if<RunInstruction>(&instruction))
        return runProgram(*run, label, end);
    return {}; // the configuration alone
}

// The result becomes what the next instruction begins with.
Result<void> StageBuilder::keep(const std::string& key, const std::function<Result<StepResult>()>& make,
                                StepEnd& end) {
    TRY_ASSIGN(KeyedResult kept, m_run.resultOf(m_built.root.root, key, usesCache(), make));
    end.isCached = kept.isCached;
    end.result = std::move(kept.result);
    m_built.root = {end.result.root, chainAfter(m_built.root.chain, end.result.layer)};
    return {};
}

Result<void> StageBuilder::copy(const CopyInstruction& copy, const StepLabel& label, StepEnd& end) {
    TRY_ASSIGN(const Source from, source(copy.from));
    TRY_ASSIGN(const CopyRequest request, copyRequest(copy, from.folder, place()));
    std::string content;
    if (!request.patterns.empty() || !request.addresses.empty()) {
        TRY_ASSIGN(content, m_run.operations().digest(request));
    }
    const std::string key = copyKey(m_built.root.chain, request, content);
    const auto make = [&] { return m_run.operations().copy(m_built.root.root, request, key, label.text); };
    return keep(key, make, end);
}

Result<void> StageBuilder::makeFolder(const std::string& path, const StepLabel& label, StepEnd& end) {
    const FolderRequest request{path, m_state->config().user, m_run.latestTime()};
    const std::string key = folderKey(m_built.root.chain, request);
    const auto make = [&] {
        return m_run.operations().makeFolder(m_built.root.root, request, key, label.text);
    };
    return keep(key, make, end);
}

Result<void> StageBuilder::runProgram(const RunInstruction& run, const StepLabel& label, StepEnd& end) {
    RunCommand command = runCommand(run);
    TRY_ASSIGN(Mounts mounts, mountsOf(run));
    RunRequest request;
    request.words = m_state->wordsOf(command.command);
    request.environment = environmentOfKey();
    request.workingDirectory = place().workingDirectory;
    request.user = m_state->config().user;
    request.mounts = std::move(mounts.present);
    request.files = std::move(command.files);
    request.network = run.network == "default" ? m_run.request().network : run.network;
    request.isInsecure = run.isInsecure;
    request.latestTime = m_run.latestTime();
    TRY(checkAllowed(request));
    const std::string key = runKey(m_built.root.chain, request, mounts.declared, m_run.request().extraHosts);
    request.environment = m_state->runEnvironment();
    if (!mounts.agentSocket.empty())
        request.environment.push_back("SSH_AUTH_SOCK=" + mounts.agentSocket);
    return keep(
        key, [&] { return runOnce(request, key, label, end); }, end);
}

Result<StepResult> StageBuilder::runOnce(const RunRequest& request, const std::string& key,
                                         const StepLabel& label, StepEnd& end) {
    const auto tellLine = [this, &label](const std::string& line) {
        BuildEvent event;
        event.kind = BuildEvent::Kind::Log;
        event.step = label.id;
        event.text = line;
        m_run.tell(std::move(event));
    };
    TRY_ASSIGN(const auto output, StepOutput::start(tellLine));
    auto outcome = m_run.operations().run(m_built.root.root, request, output->writeEnd(), key, label.text);
    output->finish();
    TRY(outcome);
    if (outcome->exitCode == 0)
        return std::move(outcome->result);
    end.exitCode = outcome->exitCode;
    end.result = outcome->result;
    return fail(ErrorCode::SystemFailure, "exit code " + std::to_string(outcome->exitCode),
                "The step's output says why; its files are kept to look into.");
}

Result<StageBuilder::Mounts> StageBuilder::mountsOf(const RunInstruction& run) {
    Mounts mounts;
    for (const auto& text : run.mounts) {
        TRY_ASSIGN(RunMount mount, parseRunMount(text));
        const auto agents =
            std::count_if(mounts.declared.begin(), mounts.declared.end(),
                          [](const auto& declared) { return declared.mount.kind == RunMount::Kind::Ssh; });
        TRY_ASSIGN(mount, placedMount(std::move(mount), place(), static_cast<std::size_t>(agents)));
        TRY(addMount(std::move(mount), mounts));
    }
    return mounts;
}

Result<void> StageBuilder::addMount(RunMount mount, Mounts& mounts) {
    using Kind = RunMount::Kind;
    StepMount present;
    KeyedMount declared{mount, {}};
    if (mount.kind == Kind::Secret || mount.kind == Kind::Ssh) {
        const bool isSecret = mount.kind == Kind::Secret;
        const auto& lent = isSecret ? m_run.request().secrets : m_run.request().agents;
        mounts.declared.push_back(std::move(declared));
        if (!lent.contains(mount.id)) {
            if (!mount.isRequired)
                return {};
            return fail(ErrorCode::NotFound, (isSecret ? "secret " : "ssh agent ") + mount.id + ": not found",
                        isSecret ? "Lend the build a secret of this name." : "Lend the build an ssh agent.");
        }
        if (!isSecret && mounts.agentSocket.empty())
            mounts.agentSocket = mount.target;
    } else if (mount.kind == Kind::Tmpfs || (mount.kind == Kind::Cache && mount.from.empty())) {
        present.isEmpty = true;
        mounts.declared.push_back(std::move(declared));
    } else {
        TRY_ASSIGN(const Source from, source(mount.from));
        present.from = from.folder;
        TRY_ASSIGN(declared.content, mountedContent(mount, from));
        mounts.declared.push_back(std::move(declared));
    }
    present.mount = std::move(mount);
    mounts.present.push_back(std::move(present));
    return {};
}

// All of a root is its layers: nothing needs to be read.
Result<std::string> StageBuilder::mountedContent(const RunMount& mount, const Source& from) {
    const bool isWhole = mount.source.empty() || mount.source == "/" || mount.source == ".";
    if (isWhole && !from.folder.isContext)
        return from.chain;
    CopyRequest request;
    request.from = from.folder;
    request.patterns.push_back(isWhole ? "." : mount.source);
    request.target = "/";
    return m_run.operations().digest(request);
}

Result<void> StageBuilder::checkAllowed(const RunRequest& request) const {
    const auto& allowed = m_run.request().allowed;
    if (request.network == "host" && !allowed.contains("network.host"))
        return fail(ErrorCode::PermissionDenied, "this build may not use the machine's own network",
                    "Allow network.host in the build's options, or leave --network=host out.");
    if (request.isInsecure && !allowed.contains("security.insecure"))
        return fail(ErrorCode::PermissionDenied, "this build may not run a step without its sandbox",
                    "Allow security.insecure in the build's options, or leave --security=insecure out.");
    return {};
}

void StageBuilder::addHistory(const BuildInstruction& instruction, const StepEnd& end) {
    HistoryContext context;
    if (const auto* run = std::get_if<RunInstruction>(&instruction)) {
        context.words = m_state->wordsOf(runCommand(*run).command);
        context.arguments = argumentsOfHistory();
    }
    const std::string text = historyText(instruction, context);
    if (!text.empty())
        m_built.history.push_back({m_run.created(), text, {}, {}, end.result.layer.empty()});
}

bool StageBuilder::usesCache() const {
    const BuilderRequest& request = m_run.request();
    const auto& without = request.stagesWithoutCache;
    const std::string& name = m_run.file().stages[m_planned.stage].name;
    return request.usesCache && !without.contains(std::to_string(m_planned.stage)) &&
           (name.empty() || !without.contains(name));
}

StepPlace StageBuilder::place() const {
    const std::string& folder = m_state->config().workingDirectory;
    return {folder.empty() ? "/" : folder, m_run.latestTime()};
}

bool StageBuilder::isDeclared(const std::string& argument) const {
    return std::any_of(m_built.arguments.begin(), m_built.arguments.end(),
                       [&](const auto& each) { return each.name == argument; });
}

// Proxies that nobody declared are how a program reaches the network, not what it makes.
std::vector<std::string> StageBuilder::environmentOfKey() const {
    auto lines = m_state->runEnvironment();
    std::erase_if(lines, [this](const std::string& line) {
        const std::string name = line.substr(0, line.find('='));
        return isPredefinedArgument(name) && !isDeclared(name) &&
               !hasName(m_state->config().environment, name);
    });
    return lines;
}

// Each once, where it was declared first, with the value that it has now.
std::vector<std::string> StageBuilder::argumentsOfHistory() const {
    std::vector<std::string> lines;
    std::set<std::string> told;
    const auto environment = m_state->runEnvironment();
    for (const auto& [name, value] : m_built.arguments) {
        if (!told.insert(name).second)
            continue;
        const std::string start = name + '=';
        const auto found = std::find_if(environment.begin(), environment.end(), [&](const auto& line) {
            return line.compare(0, start.size(), start) == 0;
        });
        lines.push_back(found == environment.end() ? start : *found);
    }
    return lines;
}

} // namespace escale
