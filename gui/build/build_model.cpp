#include "gui/build/build_model.h"

#include "engine/build/build_graph.h"

#include <QCoreApplication>

#include <algorithm>

namespace escale::gui {
namespace {

QString qt(const std::string& text) {
    return QString::fromStdString(text);
}

QString keywordOf(const QString& text) {
    return text.section(u' ', 0, 0).section(u'\n', 0, 0).toUpper();
}

// What a step copies or mounts from, by stages' names and numbers.
void addSources(const BuildStep& step, std::vector<std::string>& names) {
    if (const auto* copy = std::get_if<CopyInstruction>(&step.instruction)) {
        names.push_back(copy->from);
    } else if (const auto* run = std::get_if<RunInstruction>(&step.instruction)) {
        for (const std::string& text : run->mounts) {
            if (const auto mount = parseRunMount(text))
                names.push_back(mount->from);
        }
    }
}

// Those of them that are no stage.
QStringList imagesOf(const BuildFile& file, std::size_t stage, const BuildStep& step) {
    std::vector<std::string> names;
    addSources(step, names);
    QStringList images;
    for (const std::string& name : names) {
        if (!name.empty() && !file.findStage(lowerCase(name), stage))
            images.append(qt(name));
    }
    return images;
}

QString lastStepOf(const BuildFile& file, std::size_t stage) {
    return QStringLiteral("%1.%2").arg(stage).arg(file.stages[stage].steps.size());
}

QStringList inputsOf(const BuildFile& file, std::size_t stage, std::size_t step) {
    QStringList inputs;
    if (step == 0) {
        if (const auto base = file.findStage(file.stages[stage].base, stage))
            inputs.append(lastStepOf(file, *base));
        return inputs;
    }
    inputs.append(QStringLiteral("%1.%2").arg(stage).arg(step - 1));
    std::vector<std::string> names;
    addSources(file.stages[stage].steps[step - 1], names);
    for (const std::string& name : names) {
        if (const auto from = name.empty() ? std::nullopt : file.findStage(lowerCase(name), stage))
            inputs.append(lastStepOf(file, *from));
    }
    return inputs;
}

QString instructionText(const Instruction& instruction) {
    QString text = qt(std::string(keywordName(instruction.keyword)));
    for (const InstructionFlag& flag : instruction.flags)
        text += QStringLiteral(" --") + qt(flag.name) + (flag.value ? u'=' + qt(*flag.value) : QString());
    text += u' ' + qt(instruction.text).trimmed();
    return text.simplified();
}

ShownStep plannedStep(const Dockerfile& source, const BuildFile& file, std::size_t stage, std::size_t step) {
    const std::size_t at = step == 0 ? file.stages[stage].source : file.stages[stage].steps[step - 1].source;
    const Instruction& instruction = source.instructions[at];
    ShownStep shown;
    shown.id = QStringLiteral("%1.%2").arg(stage).arg(step);
    shown.stage = QString::number(stage);
    shown.text = instructionText(instruction);
    shown.keyword = keywordOf(shown.text);
    shown.line = instruction.range.begin.line;
    shown.inputs = inputsOf(file, stage, step);
    return shown;
}

} // namespace

bool ShownStep::makesFiles() const {
    static const QStringList kMakers{QStringLiteral("RUN"), QStringLiteral("COPY"), QStringLiteral("ADD"),
                                     QStringLiteral("FROM"), QStringLiteral("WORKDIR")};
    return kMakers.contains(keyword);
}

qint64 ShownStep::duration(qint64 now) const {
    if (started == 0)
        return 0;
    return std::max<qint64>(0, (finished != 0 ? finished : now) - started);
}

QString ShownStage::title() const {
    return name.isEmpty() ? QCoreApplication::translate("BuildModel", "stage %1").arg(id) : name;
}

BuildModel BuildModel::plan(const std::string& text, const PlanRequest& request) {
    const Dockerfile source = parseDockerfile(text);
    const BuildFile file = readBuildFile(source);
    escale::BuildRequest wanted;
    wanted.target = request.target;
    wanted.arguments = request.arguments;
    wanted.targetPlatform = request.platform;
    const auto graph = planBuild(file, wanted, source.escape);
    BuildModel model;
    model.m_text = qt(text);
    model.m_target = qt(request.target);
    for (std::size_t stage = 0; stage < file.stages.size(); ++stage) {
        const BuildStage& read = file.stages[stage];
        ShownStage shown{QString::number(stage), qt(read.name), qt(read.base), qt(read.platform), true, {}};
        if (graph) {
            const auto planned =
                std::find_if(graph->stages.begin(), graph->stages.end(),
                             [stage](const PlannedStage& one) { return one.stage == stage; });
            shown.isNeeded = planned != graph->stages.end();
            if (shown.isNeeded && !planned->base.empty())
                shown.base = qt(planned->base);
        }
        for (const BuildStep& step : read.steps)
            shown.images += imagesOf(file, stage, step);
        for (std::size_t step = 0; step <= read.steps.size(); ++step) {
            shown.steps.append(plannedStep(source, file, stage, step));
            model.m_places.insert(shown.steps.last().id, {model.m_stages.size(), step});
        }
        model.m_stages.append(shown);
    }
    return model;
}

void BuildModel::apply(const BuildEvent& event) {
    using Kind = BuildEvent::Kind;
    ShownStep* step = find(qt(event.step));
    switch (event.kind) {
    case Kind::Build:
        return begin(event);
    case Kind::Stage:
        m_stages.append({qt(event.stage), qt(event.name), qt(event.base), qt(event.platform), true, {}});
        return;
    case Kind::Step:
        return addStep(event);
    case Kind::Started:
        if (step != nullptr) {
            step->state = StepState::Running;
            step->started = event.time;
        }
        return;
    case Kind::Log:
        return addLog(qt(event.step), event.time, qt(event.text));
    case Kind::Warning:
        ++m_warnings;
        if (step != nullptr)
            ++step->warnings;
        return;
    case Kind::Finished:
        if (step != nullptr)
            finish(*step, event);
        return;
    case Kind::Image:
        m_image = qt(event.digest);
        m_size = event.size;
        m_names.clear();
        for (const std::string& name : event.names)
            m_names.append(qt(name));
        return;
    case Kind::Ended:
        return end(event);
    }
}

void BuildModel::begin(const BuildEvent& event) {
    *this = {};
    m_state = State::Running;
    m_started = event.time;
    m_text = qt(event.text);
    m_target = qt(event.target);
}

void BuildModel::addStep(const BuildEvent& event) {
    ShownStage* stage = findStage(qt(event.stage));
    if (stage == nullptr) // it would be an event of its own; what is torn is shown as far as it goes
        m_stages.append({qt(event.stage), {}, {}, {}, true, {}}), stage = &m_stages.last();
    ShownStep step;
    step.id = qt(event.step);
    step.stage = stage->id;
    step.text = qt(event.text).simplified();
    step.keyword = keywordOf(step.text);
    step.line = event.line;
    for (const std::string& input : event.inputs)
        step.inputs.append(qt(input));
    m_places.insert(step.id, {stage - m_stages.data(), stage->steps.size()});
    stage->steps.append(step);
}

void BuildModel::finish(ShownStep& step, const BuildEvent& event) {
    switch (event.state) {
    case BuildEvent::State::Cached:
        step.state = StepState::Cached;
        break;
    case BuildEvent::State::Failed:
        step.state = StepState::Failed;
        break;
    case BuildEvent::State::Cancelled:
        step.state = StepState::Cancelled;
        break;
    default:
        step.state = StepState::Done;
    }
    step.finished = event.time;
    step.size = event.size;
    step.layer = qt(event.layer);
    step.exitCode = event.exitCode;
    step.error = qt(event.error);
}

void BuildModel::end(const BuildEvent& event) {
    m_ended = event.time;
    m_error = qt(event.error);
    m_hint = qt(event.hint);
    m_state = event.state == BuildEvent::State::Failed      ? State::Failed
              : event.state == BuildEvent::State::Cancelled ? State::Cancelled
                                                            : State::Done;
    for (ShownStage& stage : m_stages) {
        for (ShownStep& step : stage.steps) {
            if (step.state != StepState::Running)
                continue;
            step.state = StepState::Cancelled;
            step.finished = event.time;
        }
    }
}

ShownStep* BuildModel::find(const QString& id) {
    const auto place = m_places.constFind(id);
    return place == m_places.constEnd() ? nullptr : &m_stages[place->first].steps[place->second];
}

const ShownStep* BuildModel::step(const QString& id) const {
    const auto place = m_places.constFind(id);
    return place == m_places.constEnd() ? nullptr : &m_stages[place->first].steps[place->second];
}

ShownStage* BuildModel::findStage(const QString& id) {
    const auto found =
        std::find_if(m_stages.begin(), m_stages.end(), [&id](const ShownStage& one) { return one.id == id; });
    return found == m_stages.end() ? nullptr : &*found;
}

QList<const ShownStep*> BuildModel::steps() const {
    QList<const ShownStep*> all;
    for (const ShownStage& stage : m_stages) {
        for (const ShownStep& step : stage.steps)
            all.append(&step);
    }
    return all;
}

const ShownStep* BuildModel::failedStep() const {
    for (const ShownStep* step : steps()) {
        if (step->state == StepState::Failed)
            return step;
    }
    return nullptr;
}

const ShownStep* BuildModel::stepAtLine(int line) const {
    const ShownStep* best = nullptr;
    for (const ShownStep* step : steps()) {
        if (step->line <= line && (best == nullptr || step->line > best->line))
            best = step;
    }
    return best;
}

qint64 BuildModel::duration(qint64 now) const {
    return m_started == 0 ? 0 : std::max<qint64>(0, (m_ended != 0 ? m_ended : now) - m_started);
}

int BuildModel::stepCount() const {
    int count = 0;
    for (const ShownStage& stage : m_stages)
        count += stage.isNeeded ? static_cast<int>(stage.steps.size()) : 0;
    return count;
}

int BuildModel::keptCount() const {
    int count = 0;
    for (const ShownStage& stage : m_stages) {
        if (stage.isNeeded)
            count += static_cast<int>(
                std::count_if(stage.steps.begin(), stage.steps.end(), [](const ShownStep& step) {
                    return step.makesFiles() && step.keyword != u"FROM";
                }));
    }
    return count;
}

int BuildModel::endedCount() const {
    const auto all = steps();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [](const ShownStep* step) {
        return step->state != StepState::Waiting && step->state != StepState::Running;
    }));
}

int BuildModel::cachedCount() const {
    const auto all = steps();
    return static_cast<int>(std::count_if(
        all.begin(), all.end(), [](const ShownStep* step) { return step->state == StepState::Cached; }));
}

void BuildModel::addLog(const QString& step, qint64 time, const QString& text) {
    Log& log = m_logs[step];
    QString rest = text;
    if (rest.endsWith(u'\n'))
        rest.chop(1);
    const QStringList lines = rest.split(u'\n');
    for (const QString& line : lines) {
        const qsizetype bytes = line.size() * static_cast<qsizetype>(sizeof(QChar)) + 64;
        log.lines.push_back({line, time * 1'000'000, false});
        log.bytes += bytes;
        m_logBytes += bytes;
    }
    while (log.bytes > kMostOfStep && log.lines.size() > 1)
        dropFirst(log);
    while (m_logBytes > kMostOfAll) {
        Log& largest = *std::max_element(m_logs.begin(), m_logs.end(), [](const Log& one, const Log& other) {
            return one.bytes < other.bytes;
        });
        if (largest.lines.size() < 2)
            return;
        dropFirst(largest);
    }
}

void BuildModel::dropFirst(Log& log) {
    const qsizetype bytes = log.lines.front().text.size() * static_cast<qsizetype>(sizeof(QChar)) + 64;
    log.lines.pop_front();
    log.bytes -= bytes;
    m_logBytes -= bytes;
    ++log.dropped;
}

QList<LogLine> BuildModel::log(const QString& step) const {
    return logFrom(step, 0);
}

QList<LogLine> BuildModel::logFrom(const QString& step, qint64 first) const {
    const auto log = m_logs.constFind(step);
    if (log == m_logs.constEnd())
        return {};
    const qint64 skipped =
        std::clamp<qint64>(first - log->dropped, 0, static_cast<qint64>(log->lines.size()));
    return {log->lines.begin() + skipped, log->lines.end()};
}

qint64 BuildModel::logEnd(const QString& step) const {
    const auto log = m_logs.constFind(step);
    return log == m_logs.constEnd() ? 0 : log->dropped + static_cast<qint64>(log->lines.size());
}

bool BuildModel::isLogCut(const QString& step) const {
    const auto log = m_logs.constFind(step);
    return log != m_logs.constEnd() && log->dropped > 0;
}

QStringList BuildModel::lastLines(const QString& step, int count) const {
    QStringList texts;
    for (const LogLine& line : logFrom(step, std::max<qint64>(0, logEnd(step) - count)))
        texts.append(line.text);
    return texts;
}

} // namespace escale::gui
