#include "engine/build/build_run.h"

#include "engine/base/clock.h"
#include "engine/base/csv.h"
#include "engine/base/thread.h"
#include "engine/build/stage_builder.h"

#include <algorithm>
#include <charconv>

namespace escale {
namespace {

constexpr std::size_t kMostThreads = 8;
constexpr const char* kLatestTimeArgument = "SOURCE_DATE_EPOCH";

std::string lastStepOf(const BuildFile& file, std::size_t stage) {
    return std::to_string(stage) + '.' + std::to_string(file.stages[stage].steps.size());
}

bool declares(const std::vector<ArgDefinition>& arguments, const std::string& name) {
    return std::any_of(arguments.begin(), arguments.end(),
                       [&](const auto& each) { return each.name == name; });
}

bool declares(const BuildFile& file, const std::string& name) {
    const auto inStep = [&](const BuildStep& step) {
        const auto* arg = std::get_if<ArgInstruction>(&step.instruction);
        return arg != nullptr && declares(arg->values, name);
    };
    return declares(file.arguments, name) ||
           std::any_of(file.stages.begin(), file.stages.end(), [&](const BuildStage& stage) {
               return std::any_of(stage.steps.begin(), stage.steps.end(), inStep);
           });
}

/// The stages that an instruction takes files from, as far as its words say.
std::vector<std::string> sourcesOf(const BuildInstruction& instruction) {
    std::vector<std::string> sources;
    if (const auto* copy = std::get_if<CopyInstruction>(&instruction))
        sources.push_back(copy->from);
    if (const auto* run = std::get_if<RunInstruction>(&instruction)) {
        for (const auto& mount : run->mounts) {
            const auto fields = csvFields(mount);
            for (const auto& field : fields ? *fields : std::vector<std::string>()) {
                if (lowerCase(field.substr(0, 5)) == "from=")
                    sources.push_back(field.substr(5));
            }
        }
    }
    return sources;
}

} // namespace

std::string textOf(const Instruction& instruction) {
    std::string text(keywordName(instruction.keyword));
    for (const auto& flag : instruction.flags)
        text += " --" + flag.name + (flag.value ? '=' + *flag.value : std::string());
    return instruction.text.empty() ? text : text + ' ' + instruction.text;
}

std::int64_t BuildRun::created() const {
    return m_latestTime ? *m_latestTime * 1000 : 0;
}

const std::string& BuildRun::targetPlatform() const {
    const BuildRequest& build = m_request.build;
    return build.targetPlatform.empty() ? build.buildPlatform : build.targetPlatform;
}

void BuildRun::tell(BuildEvent event) {
    const std::lock_guard lock(m_eventMutex);
    using Kind = BuildEvent::Kind;
    const bool hasTime = event.kind != Kind::Stage && event.kind != Kind::Step && event.kind != Kind::Warning;
    if (hasTime && event.time == 0)
        event.time = nowMilliseconds();
    if (event.kind == Kind::Warning) {
        const std::lock_guard counts(m_mutex);
        ++m_result.warnings;
    }
    m_events(event);
}

Result<BuilderResult> BuildRun::run() {
    tell(
        {BuildEvent::Kind::Build, 0, {}, {}, m_request.name, m_request.text, {}, {}, m_request.build.target});
    auto image = build();
    tellEnd(image);
    TRY(image);
    m_result.image = std::move(*image);
    return m_result;
}

void BuildRun::tellEnd(const Result<CommittedImage>& image) {
    BuildEvent ended;
    ended.kind = BuildEvent::Kind::Ended;
    ended.state = BuildEvent::State::Done;
    if (!image) {
        const bool isCancelled = image.error().code == ErrorCode::Cancelled;
        ended.state = isCancelled ? BuildEvent::State::Cancelled : BuildEvent::State::Failed;
        ended.error = image.error().message;
        ended.hint = image.error().hint;
    }
    tell(std::move(ended));
}

Result<CommittedImage> BuildRun::build() {
    TRY(plan());
    for (const auto& planned : m_graph.stages)
        announce(planned);
    warnOfWhatIsIgnored();
    TRY(buildStages());
    TRY_ASSIGN(const BuiltStage target, stage(m_graph.target));
    return commit(target);
}

Result<void> BuildRun::plan() {
    m_dockerfile = parseDockerfile(m_request.text);
    m_file = readBuildFile(m_dockerfile);
    TRY_ASSIGN(m_graph, planBuild(m_file, m_request.build, m_dockerfile.escape));
    std::sort(m_graph.stages.begin(), m_graph.stages.end(),
              [](const auto& a, const auto& b) { return a.stage < b.stage; });
    m_stages.resize(m_file.stages.size());
    for (const auto& planned : m_graph.stages)
        m_stages[planned.stage].isTaken = true;
    return readLatestTime();
}

Result<void> BuildRun::readLatestTime() {
    const std::string name = kLatestTimeArgument;
    const auto given = m_request.build.arguments.find(name);
    const auto declared = m_graph.arguments.find(name);
    const std::string text = given != m_request.build.arguments.end() ? given->second
                             : declared != m_graph.arguments.end()    ? declared->second
                                                                      : std::string();
    if (text.empty())
        return {};
    std::int64_t seconds = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, seconds);
    if (read.ec != std::errc() || read.ptr != end || seconds < 0 || seconds > 253'402'300'799)
        return fail(ErrorCode::InvalidArgument, "\"" + text + "\" is no SOURCE_DATE_EPOCH",
                    "It is a time in seconds since 1970.");
    m_latestTime = seconds;
    return {};
}

void BuildRun::announce(const PlannedStage& planned) {
    const BuildStage& stage = m_file.stages[planned.stage];
    const std::string number = std::to_string(planned.stage);
    BuildEvent event;
    event.kind = BuildEvent::Kind::Stage;
    event.stage = number;
    event.name = stage.name;
    event.base = planned.baseStage ? stage.base : planned.base;
    event.platform = planned.platform.empty() ? targetPlatform() : planned.platform;
    tell(event);
    for (std::size_t i = 0; i <= stage.steps.size(); ++i) {
        const Instruction& source =
            m_dockerfile.instructions[i == 0 ? stage.source : stage.steps[i - 1].source];
        BuildEvent step;
        step.kind = BuildEvent::Kind::Step;
        step.stage = number;
        step.step = number + '.' + std::to_string(i);
        step.text = textOf(source);
        step.line = source.range.begin.line;
        if (i > 0)
            step.inputs.push_back(number + '.' + std::to_string(i - 1));
        else if (planned.baseStage)
            step.inputs.push_back(lastStepOf(m_file, *planned.baseStage));
        for (const auto& from :
             i == 0 ? std::vector<std::string>() : sourcesOf(stage.steps[i - 1].instruction)) {
            if (const auto found = m_file.findStage(from, planned.stage))
                step.inputs.push_back(lastStepOf(m_file, *found));
        }
        tell(std::move(step));
    }
}

void BuildRun::warnOfWhatIsIgnored() {
    BuildEvent warning;
    warning.kind = BuildEvent::Kind::Warning;
    const ParserDirective* syntax = m_dockerfile.directive("syntax");
    const std::string own = "docker/dockerfile";
    if (syntax != nullptr && syntax->value.compare(0, own.size(), own) != 0 &&
        syntax->value.compare(0, own.size() + 10, "docker.io/" + own) != 0) {
        warning.line = syntax->range.begin.line;
        warning.text = "the file is read as docker/dockerfile:1, not by \"" + syntax->value + "\"";
        tell(warning);
    }
    warning.line = 0;
    for (const auto& [name, value] : m_request.build.arguments) {
        // Those of platforms and times have a meaning of their own.
        if (declares(m_file, name) || isPredefinedArgument(name) || m_graph.arguments.contains(name) ||
            name == kLatestTimeArgument || name.compare(0, 9, "BUILDKIT_") == 0)
            continue;
        warning.text = "no ARG declares the build argument " + name + ": it was not used";
        tell(warning);
    }
}

Result<void> BuildRun::buildStages() {
    std::vector<std::thread> threads;
    // This thread is one of them; where the machine has no room for more, it does.
    while (threads.size() + 1 < std::min(kMostThreads, m_graph.stages.size())) {
        auto thread = startThread([this] { takeStages(); });
        if (!thread)
            break;
        threads.push_back(std::move(*thread));
    }
    takeStages();
    for (auto& thread : threads)
        thread.join();
    if (m_failure)
        return fail(*m_failure);
    return {};
}

void BuildRun::takeStages() {
    while (true) {
        const PlannedStage* planned = nullptr;
        {
            const std::lock_guard lock(m_mutex);
            if (m_failure || m_next == m_graph.stages.size())
                return;
            planned = &m_graph.stages[m_next++];
        }
        buildStage(*planned);
    }
}

void BuildRun::buildStage(const PlannedStage& planned) {
    auto built = StageBuilder(*this, planned).build();
    if (!built)
        stop(built.error());
    {
        const std::lock_guard lock(m_mutex);
        m_stages[planned.stage].outcome.emplace(std::move(built));
    }
    m_stageEnded.notify_all();
}

void BuildRun::stop(const Error& error) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_failure)
            return;
        m_failure = error;
    }
    m_stageEnded.notify_all();
    m_operations.cancel();
}

Result<void> BuildRun::checkGoingOn() {
    const std::lock_guard lock(m_mutex);
    if (m_failure)
        return fail(ErrorCode::Cancelled, "the build has ended");
    return {};
}

Result<BuiltStage> BuildRun::stage(std::size_t index) {
    std::unique_lock lock(m_mutex);
    if (!m_stages.at(index).isTaken) {
        BuildRequest request = m_request.build;
        request.target = std::to_string(index);
        TRY_ASSIGN(BuildGraph unforeseen, planBuild(m_file, request, m_dockerfile.escape));
        std::erase_if(unforeseen.stages, [this](const auto& each) { return m_stages[each.stage].isTaken; });
        for (const auto& planned : unforeseen.stages)
            m_stages[planned.stage].isTaken = true;
        lock.unlock();
        for (const auto& planned : unforeseen.stages)
            announce(planned);
        for (const auto& planned : unforeseen.stages)
            buildStage(planned);
        lock.lock();
    }
    m_stageEnded.wait(lock, [&] { return m_failure || m_stages[index].outcome; });
    if (m_failure)
        return fail(ErrorCode::Cancelled, "the build has ended");
    return *m_stages[index].outcome;
}

Result<ResolvedImage> BuildRun::image(const std::string& reference, const std::string& platform) {
    std::shared_ptr<Image> image;
    {
        const std::lock_guard lock(m_mutex);
        auto& known = m_images[platform + ' ' + reference];
        if (!known)
            known = std::make_shared<Image>();
        image = known;
    }
    const std::lock_guard lock(image->mutex);
    TRY(checkGoingOn());
    if (!image->resolved) {
        TRY_ASSIGN(image->resolved, m_operations.resolveImage(reference, platform));
    }
    return *image->resolved;
}

Result<KeyedResult> BuildRun::resultOf(RootId parent, const std::string& key, bool usesCache,
                                       const std::function<Result<StepResult>()>& make) {
    std::shared_ptr<KeyedStep> step;
    {
        const std::lock_guard lock(m_mutex);
        auto& known = m_keyed[key];
        if (!known)
            known = std::make_shared<KeyedStep>();
        step = known;
        ++m_result.steps;
    }
    // Whoever comes second waits here for the first.
    const std::lock_guard lock(step->mutex);
    TRY(checkGoingOn());
    bool isCached = step->result.has_value();
    if (!isCached && usesCache) {
        TRY_ASSIGN(step->result, m_operations.find(parent, key));
        isCached = step->result.has_value();
    }
    if (!isCached) {
        TRY_ASSIGN(step->result, make());
    } else {
        const std::lock_guard counts(m_mutex);
        ++m_result.cached;
    }
    return KeyedResult{*step->result, isCached};
}

Result<CommittedImage> BuildRun::commit(const BuiltStage& stage) {
    BuiltImage image;
    image.root = stage.root.root;
    image.config = stage.config;
    for (const auto& [name, value] : m_request.labels)
        image.config.labels[name] = value;
    image.os = stage.os;
    image.architecture = stage.architecture;
    image.variant = stage.variant;
    image.created = created();
    image.history = stage.history;
    TRY_ASSIGN(CommittedImage committed, m_operations.commit(image));
    BuildEvent event;
    event.kind = BuildEvent::Kind::Image;
    event.digest = committed.digest;
    event.names = committed.names;
    event.size = committed.size;
    tell(std::move(event));
    return committed;
}

} // namespace escale
