#include "engine/container/runtime_program.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/subprocess.h"
#include "engine/runtime/lifecycle/operations.h"
#include "engine/runtime/lifecycle/pause.h"
#include "engine/runtime/lifecycle/update.h"

#include <chrono>
#include <sys/mman.h>

namespace escale {
namespace {

constexpr std::chrono::minutes kLongest(1);
constexpr std::size_t kLongestOutput = 1u << 20;

// The last line of standard error as the runtime's error object, or the text as it is.
Error errorOf(const std::string& text, const ExitStatus& status, const std::string& action) {
    std::string line = text;
    while (!line.empty() && line.back() == '\n')
        line.pop_back();
    if (const auto start = line.rfind('\n'); start != std::string::npos)
        line = line.substr(start + 1);
    if (const auto json = Json::parse(line); json && json->isObject())
        return {errorCodeFromString(json->at("code").toString()),
                json->at("msg").toString(),
                json->at("hint").toString(),
                {}};
    return {ErrorCode::SystemFailure,
            "the runtime's \"" + action + "\" ended with status " + std::to_string(status.code) +
                (line.empty() ? "" : ": " + line),
            {},
            {}};
}

Result<UniqueFd> memoryFile(const char* name) {
    UniqueFd file(::memfd_create(name, MFD_CLOEXEC));
    if (!file)
        return failErrno("cannot make a memory file");
    return file;
}

Result<std::string> contentOf(const UniqueFd& file) {
    // By a path of its own: the runtime's monitor may still share the offset.
    return readFile("/proc/self/fd/" + std::to_string(file.get()), kLongestOutput);
}

} // namespace

Result<std::string> RuntimeProgram::run(std::vector<std::string> arguments,
                                        const std::vector<int>& passed) const {
    const std::string action = arguments.front();
    if (!passed.empty())
        arguments.insert(arguments.begin() + 1, {"--preserve-fds", std::to_string(passed.size())});
    std::vector<std::string> all = {m_program, "--root", m_root, "--log-format", "json"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    // Files, not pipes: a monitor in the background that kept an end could otherwise hold us for ever.
    TRY_ASSIGN(const UniqueFd output, memoryFile("runtime-output"));
    TRY_ASSIGN(const UniqueFd errors, memoryFile("runtime-errors"));
    std::vector<std::pair<int, int>> fds = {{output.get(), 1}, {errors.get(), 2}};
    for (std::size_t i = 0; i < passed.size(); ++i)
        fds.emplace_back(passed[i], 3 + static_cast<int>(i));
    TRY_ASSIGN(auto child,
               Subprocess::start({.arguments = std::move(all),
                                  .environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"},
                                  .fds = std::move(fds),
                                  .workingDirectory = "/"}));
    TRY_ASSIGN(const ExitStatus status, child.waitFor(kLongest));
    if (!status.success()) {
        TRY_ASSIGN(const std::string text, contentOf(errors));
        return fail(errorOf(text, status, action));
    }
    return contentOf(output);
}

namespace {

Result<RuntimeProgram::Started> startedOf(const std::string& text) {
    TRY_ASSIGN(const Json json, Json::parse(text));
    TRY_ASSIGN(const auto pid, json.getInteger("pid"));
    TRY_ASSIGN(const auto monitorPid, json.getInteger("monitorPid"));
    return RuntimeProgram::Started{static_cast<pid_t>(pid), static_cast<pid_t>(monitorPid)};
}

} // namespace

Result<RuntimeProgram::Started> RuntimeProgram::monitor(const Monitored& what) const {
    std::vector<std::string> words = {"monitor",     "--bundle",        what.bundle,      "--exit-file",
                                      what.exitFile, "--attach-socket", what.attachSocket};
    if (!what.logPath.empty()) {
        words.insert(words.end(), {"--log-path", what.logPath});
        words.insert(words.end(), what.logOptions.begin(), what.logOptions.end());
    }
    if (what.openInput)
        words.emplace_back("--stdin");
    if (what.inputOnce)
        words.emplace_back("--stdin-once");
    if (what.awaitsClient)
        words.emplace_back("--await-client");
    std::vector<int> passed = what.sessions;
    if (!passed.empty())
        words.emplace_back("--sessions");
    else if (what.output >= 0)
        passed = {what.output};
    if (!what.making.empty())
        words.insert(words.end(), {"--making", what.making});
    words.push_back(what.id);
    TRY_ASSIGN(const std::string text, run(std::move(words), passed));
    return startedOf(text);
}

Result<RuntimeProgram::Started> RuntimeProgram::exec(const Executed& what) const {
    std::vector<std::string> words = {"exec-monitor", "--process", what.processFile, "--exit-file",
                                      what.exitFile};
    if (what.openInput)
        words.emplace_back("--stdin");
    words.push_back(what.id);
    TRY_ASSIGN(const std::string text,
               run(std::move(words), what.session >= 0 ? std::vector{what.session} : std::vector<int>()));
    return startedOf(text);
}

Result<void> RuntimeProgram::pause(const std::string& id) const {
    return pauseContainer(m_root, id);
}

Result<void> RuntimeProgram::resume(const std::string& id) const {
    return resumeContainer(m_root, id);
}

Result<void> RuntimeProgram::update(const std::string& id, const Json& resources) const {
    return updateContainer(m_root, id, resources);
}

Result<void> RuntimeProgram::start(const std::string& id) const {
    return startContainer(m_root, id);
}

Result<void> RuntimeProgram::kill(const std::string& id, int signal) const {
    return killContainer(m_root, id, signal, false);
}

Result<void> RuntimeProgram::removeForced(const std::string& id) const {
    return deleteContainer(m_root, id, true);
}

} // namespace escale
