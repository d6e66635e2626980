#include "engine/image/image_findings.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return result;
}

/// "DB_PASSWORD"; a name that only says where the secret lies ("…_FILE") is none.
bool isSecretVariable(std::string_view name) {
    const std::string text = upper(name);
    if (text.ends_with("_FILE") || text.ends_with("_PATH") || text.ends_with("_DIR"))
        return false;
    static constexpr std::array<std::string_view, 8> kWords = {
        "PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY", "ACCESS_KEY"};
    return std::any_of(kWords.begin(), kWords.end(),
                       [&text](std::string_view word) { return text.find(word) != std::string::npos; });
}

bool isRoot(const std::string& user) {
    const std::string name = user.substr(0, user.find(':'));
    return name.empty() || name == "root" || name == "0";
}

bool isShell(const std::vector<std::string>& command) {
    return command.size() >= 3 &&
           (command[0] == "/bin/sh" || command[0] == "sh" || command[0] == "/bin/bash") &&
           command[1] == "-c" && !command[2].starts_with("exec ");
}

class Search {
public:
    std::vector<Finding> run(const ImageConfig& config, const std::vector<HistoryStep>& history,
                             const std::string& tag);

private:
    Finding& note(FindingCode code, Severity severity, std::vector<std::string> about = {});
    void lookAtConfig(const ImageConfig& config);
    void lookAtStep(const HistoryStep& step);
    std::vector<Finding> m_found;
};

Finding& Search::note(FindingCode code, Severity severity, std::vector<std::string> about) {
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.count = about.size();
    finding.paths = std::move(about);
    return m_found.emplace_back(std::move(finding));
}

void Search::lookAtConfig(const ImageConfig& config) {
    std::vector<std::string> secrets;
    for (const std::string& variable : config.environment) {
        const auto equals = variable.find('=');
        const std::string name = variable.substr(0, equals);
        if (isSecretVariable(name) && equals != std::string::npos && equals + 1 < variable.size())
            secrets.push_back(name); // never the value
    }
    if (!secrets.empty())
        note(FindingCode::SecretInEnvironment, Severity::Serious, std::move(secrets));
    if (isRoot(config.user))
        note(FindingCode::RunsAsRoot, Severity::Warning);
    if (config.health.command.empty() || config.health.command.front() == "NONE")
        note(FindingCode::NoHealthCheck, Severity::Warning);
    if (isShell(config.entrypoint) || (config.entrypoint.empty() && isShell(config.command)))
        note(FindingCode::ShellCommand, Severity::Notice,
             {config.entrypoint.empty() ? config.command[2] : config.entrypoint[2]});
    if (std::find(config.exposedPorts.begin(), config.exposedPorts.end(), "22/tcp") !=
        config.exposedPorts.end())
        note(FindingCode::SshPort, Severity::Warning);
    if (!config.workingDir.empty() && !config.workingDir.starts_with('/'))
        note(FindingCode::RelativeWorkdir, Severity::Notice, {config.workingDir});
    if (config.labels.empty())
        note(FindingCode::NoLabels, Severity::Notice);
}

void Search::lookAtStep(const HistoryStep& step) {
    const std::string& text = step.instruction;
    const auto has = [&text](std::string_view part) { return text.find(part) != std::string::npos; };
    const auto tell = [&](FindingCode code, Severity severity) {
        note(code, severity, {text.substr(0, 400)}).layer = step.layer;
    };
    if (text.starts_with("ADD http://") || text.starts_with("ADD https://"))
        tell(FindingCode::AddFromNetwork, Severity::Notice);
    // "ENV A=b", "ENV A b", "ARG A=b": the name ends at the sign or the blank.
    if (text.starts_with("ENV ") || text.starts_with("ARG ")) {
        const auto end = text.find_first_of("= ", 4);
        if (text.starts_with("ARG ") && end != std::string::npos && isSecretVariable(text.substr(4, end - 4)))
            note(FindingCode::SecretInHistory, Severity::Serious, {text.substr(0, end)}).layer = step.layer;
    }
    if (!text.starts_with("RUN "))
        return;
    if ((has("apt-get update") || has("apt update")) && !has("install") && !has("upgrade"))
        tell(FindingCode::UpdateAlone, Severity::Warning);
    if ((has("curl ") || has("wget ")) && (has("| sh") || has("| bash") || has("|sh") || has("|bash")))
        tell(FindingCode::PipeToShell, Severity::Warning);
    if (has("chmod 777") || has("chmod -R 777") || has("chmod a+rwx"))
        tell(FindingCode::OpenPermissions, Severity::Warning);
}

std::vector<Finding> Search::run(const ImageConfig& config, const std::vector<HistoryStep>& history,
                                 const std::string& tag) {
    lookAtConfig(config);
    if (tag == "latest")
        note(FindingCode::LatestTag, Severity::Warning);
    for (const HistoryStep& step : history)
        lookAtStep(step);
    std::stable_sort(m_found.begin(), m_found.end(),
                     [](const Finding& one, const Finding& other) { return one.severity > other.severity; });
    return std::move(m_found);
}

} // namespace

std::vector<Finding> configFindings(const ImageConfig& config, const std::vector<HistoryStep>& history,
                                    const std::string& tag) {
    return Search().run(config, history, tag);
}

} // namespace escale
