#include "helper/docker-api/builds/build_output.h"

#include "engine/base/json.h"

#include <algorithm>
#include <charconv>

namespace escale::docker_api {
namespace {

bool isRun(std::string_view text) {
    return text.starts_with("RUN ") || text.starts_with("run ") || text.starts_with("Run ");
}

// "RUN --mount=… make" → "/bin/sh -c make", "RUN ["make", "all"]" → "make all"
std::string commandOf(std::string_view text) {
    text.remove_prefix(std::min(text.find(' ') + 1, text.size()));
    while (text.starts_with("--"))
        text.remove_prefix(std::min(text.find(' '), text.size() - 1) + 1);
    if (text.starts_with('[')) {
        if (const auto words = Json::parse(text)) {
            std::string command;
            for (const Json& word : words->items())
                command += (command.empty() ? "" : " ") + word.toString();
            return command;
        }
    }
    return "/bin/sh -c " + std::string(text);
}

// "sha256:0123456789ab…" → "0123456789ab"
std::string shortId(const std::string& digest) {
    const auto colon = digest.find(':');
    return digest.substr(colon == std::string::npos ? 0 : colon + 1, 12);
}

} // namespace

BuildOutput::Number BuildOutput::numberOf(std::string_view text) {
    Number number;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('.'), text.size());
        int part = 0;
        std::from_chars(text.data(), text.data() + end, part);
        number.push_back(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return number;
}

std::vector<std::string> BuildOutput::add(const BuildEvent& event) {
    using Kind = BuildEvent::Kind;
    std::vector<std::string> lines;
    if (event.kind == Kind::Warning)
        m_warnings.push_back("[Warning] " + event.text + "\n");
    if (event.step.empty())
        return lines;
    if (event.kind == Kind::Step) {
        m_steps[numberOf(event.step)].text = event.text;
        return lines;
    }
    const auto found = m_steps.find(numberOf(event.step));
    if (found == m_steps.end())
        return lines;
    Step& step = found->second;
    if (event.kind == Kind::Started)
        step.isStarted = true;
    else if (event.kind == Kind::Log)
        step.waiting.push_back(event.text + "\n");
    else if (event.kind == Kind::Finished) {
        step.hasEnded = true;
        step.end = event;
        if (event.state == BuildEvent::State::Failed && event.exitCode != 0 && isRun(step.text))
            m_failed = FailedCommand{"The command '" + commandOf(step.text) +
                                         "' returned a non-zero code: " + std::to_string(event.exitCode),
                                     event.exitCode};
    }
    tellTurn(lines);
    return lines;
}

void BuildOutput::tellTurn(std::vector<std::string>& lines) {
    for (auto step = m_steps.lower_bound(m_turn); step != m_steps.end() && step->second.isStarted; ++step) {
        m_turn = step->first;
        tell(step->first, step->second, lines);
        if (!step->second.hasEnded)
            return;
    }
}

void BuildOutput::tell(const Number& number, Step& step, std::vector<std::string>& lines) const {
    if (!step.isTold) {
        const auto before = std::distance(m_steps.begin(), m_steps.find(number));
        lines.push_back("Step " + std::to_string(before + 1) + "/" + std::to_string(m_steps.size()) + " : " +
                        step.text + "\n");
        step.isTold = true;
    }
    const bool isCached = step.hasEnded && step.end.state == BuildEvent::State::Cached;
    if (isRun(step.text) && !step.isRunTold && (!step.waiting.empty() || (step.hasEnded && !isCached))) {
        lines.push_back(" ---> Running in " + m_buildId + "\n");
        step.isRunTold = true;
    }
    std::move(step.waiting.begin(), step.waiting.end(), std::back_inserter(lines));
    step.waiting.clear();
    if (!step.hasEnded || step.isEndTold)
        return;
    step.isEndTold = true;
    if (isCached)
        lines.emplace_back(" ---> Using cache\n");
    if (!step.end.layer.empty() && step.end.state != BuildEvent::State::Failed)
        lines.push_back(" ---> " + shortId(step.end.layer) + "\n");
}

std::vector<std::string> BuildOutput::finish() {
    std::vector<std::string> lines;
    for (auto& [number, step] : m_steps) {
        if (step.isStarted)
            tell(number, step, lines);
    }
    std::move(m_warnings.begin(), m_warnings.end(), std::back_inserter(lines));
    m_warnings.clear();
    return lines;
}

} // namespace escale::docker_api
