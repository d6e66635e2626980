#include "helper/worker/git_program.h"

#include "engine/base/subprocess.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace escale::worker {
namespace {

constexpr std::size_t kMostOutput = 1 << 20;
constexpr std::size_t kMostSaid = 2048;
constexpr std::size_t kLongestProgress = 200;
constexpr auto kGit = "/usr/bin/git";

std::string base64(std::string_view text) {
    static constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string encoded;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = three << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            encoded += i + k > text.size() ? '=' : kLetters[three >> (18 - 6 * k) & 63U];
    }
    return encoded;
}

/// "https://host:port/" of "https://host:port/repository.git".
std::string serverOf(const std::string& remote) {
    return remote.substr(0, remote.find('/', remote.find("://") + 3) + 1);
}

std::vector<std::pair<std::string, std::string>> settingsFor(const GitAddress& address) {
    std::vector<std::pair<std::string, std::string>> settings{
        {"core.hooksPath", "/dev/null"},
        {"core.fsmonitor", "false"},
        {"core.autocrlf", "false"},
        {"core.attributesFile", "/dev/null"},
        {"core.excludesFile", "/dev/null"},
        {"core.logAllRefUpdates", "false"},
        {"credential.helper", ""},
        {"init.defaultBranch", "main"},
        {"gc.auto", "0"},
        {"maintenance.auto", "false"},
        {"advice.detachedHead", "false"},
        {"submodule.recurse", "false"},
        // What falls silent is given up.
        {"http.lowSpeedLimit", "1"},
        {"http.lowSpeedTime", "60"},
    };
    // In the environment, which nobody else reads, and not among the arguments; for this server alone.
    if (!address.user.empty() || !address.password.empty())
        settings.emplace_back("http." + serverOf(address.remote) + ".extraHeader",
                              "Authorization: Basic " + base64(address.user + ":" + address.password));
    return settings;
}

void addProxies(std::vector<std::string>& environment, const ProxySettings& proxy) {
    const auto add = [&environment](const char* name, const std::string& value) {
        if (!value.empty())
            environment.push_back(std::string(name) + "=" + value);
    };
    add("http_proxy", proxy.http);
    add("https_proxy", proxy.https);
    add("no_proxy", proxy.noProxy.empty() ? "" : proxy.noProxy + ",localhost,127.0.0.0/8,::1");
}

std::vector<std::string> environmentFor(const GitAddress& address, const GitFolders& folders,
                                        const ProxySettings& proxy) {
    std::vector<std::string> environment{
        "PATH=/usr/bin:/bin",
        "LC_ALL=C",
        "HOME=/nonexistent",
        "XDG_CONFIG_HOME=/nonexistent",
        "GIT_CONFIG_NOSYSTEM=1",
        "GIT_CONFIG_GLOBAL=/dev/null",
        "GIT_ATTR_NOSYSTEM=1",
        "GIT_TERMINAL_PROMPT=0",
        "GIT_ASKPASS=/bin/false",
        "GIT_ALLOW_PROTOCOL=https:http:git", // no file, no ssh, no ext; of submodules, too
        "GIT_OPTIONAL_LOCKS=0",
    };
    if (!folders.repository.empty()) {
        environment.push_back("GIT_DIR=" + folders.repository);
        environment.push_back("GIT_WORK_TREE=" + folders.files);
    }
    const auto settings = settingsFor(address);
    environment.push_back("GIT_CONFIG_COUNT=" + std::to_string(settings.size()));
    for (std::size_t i = 0; i < settings.size(); ++i) {
        environment.push_back("GIT_CONFIG_KEY_" + std::to_string(i) + "=" + settings[i].first);
        environment.push_back("GIT_CONFIG_VALUE_" + std::to_string(i) + "=" + settings[i].second);
    }
    addProxies(environment, proxy);
    return environment;
}

struct Pipe {
    UniqueFd read, write;
    static Result<Pipe> make() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return failErrno("cannot make a pipe");
        return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
    }
};

/// Reads once; false at the end.
Result<bool> readPiece(const UniqueFd& pipe, std::string& text) {
    std::array<char, 16 * 1024> buffer{};
    const ssize_t size = ::read(pipe.get(), buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR)
        return true;
    if (size < 0)
        return failErrno("cannot read what git says");
    text.append(buffer.data(), static_cast<std::size_t>(size));
    return size > 0;
}

/// The last line, of those that overwrite each other, too.
std::string lastLine(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.remove_suffix(1);
    const std::size_t begin = text.find_last_of("\r\n");
    return std::string(
        text.substr(begin == std::string_view::npos ? 0 : begin + 1).substr(0, kLongestProgress));
}

bool says(const std::string& text, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&text](auto part) { return text.find(part) != std::string::npos; });
}

/// The lines that tell why: "fatal: …", "error: …", "remote: …"; the last few.
std::string reasonOf(const std::string& said) {
    std::string reason;
    std::size_t begin = 0;
    while (begin < said.size()) {
        const std::size_t end = std::min(said.find_first_of("\r\n", begin), said.size());
        const std::string line = said.substr(begin, end - begin);
        if (line.starts_with("fatal: ") || line.starts_with("error: ") || line.starts_with("remote: "))
            reason += (reason.empty() ? "" : "; ") + line.substr(line.find(' ') + 1);
        begin = end + 1;
    }
    return reason.empty() ? lastLine(said) : reason;
}

} // namespace

GitProgram::GitProgram(const GitAddress& address, const GitFolders& folders, const ProxySettings& proxy,
                       std::function<void(const std::string&)> progress)
    : m_files(folders.files)
    , m_environment(environmentFor(address, folders, proxy))
    , m_progress(std::move(progress)) {}

Result<GitProgram::Outcome> GitProgram::run(std::vector<std::string> arguments) const {
    if (::access(kGit, X_OK) != 0)
        return fail(ErrorCode::Unsupported, "this machine has no git",
                    "Install the package git (apt install git).");
    arguments.insert(arguments.begin(), kGit);
    TRY_ASSIGN(Pipe output, Pipe::make());
    TRY_ASSIGN(Pipe errors, Pipe::make());
    TRY_ASSIGN(Subprocess process,
               Subprocess::start({.arguments = std::move(arguments),
                                  .environment = m_environment,
                                  .fds = {{output.write.get(), 1}, {errors.write.get(), 2}},
                                  .workingDirectory = m_files.empty() ? "/" : m_files}));
    output.write.reset();
    errors.write.reset();
    Outcome outcome;
    while (output.read || errors.read) {
        std::array<pollfd, 2> ready{{{output.read ? output.read.get() : -1, POLLIN, 0},
                                     {errors.read ? errors.read.get() : -1, POLLIN, 0}}};
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            return failErrno("cannot wait for git");
        if (ready[0].revents != 0) {
            TRY_ASSIGN(const bool more, readPiece(output.read, outcome.output));
            if (!more)
                output.read.reset();
            if (outcome.output.size() > kMostOutput)
                return fail(ErrorCode::RemoteFailure, "git says more than any repository needs");
        }
        if (ready[1].revents != 0) {
            TRY_ASSIGN(const bool more, readPiece(errors.read, outcome.said));
            if (!more)
                errors.read.reset();
            else if (m_progress)
                m_progress(lastLine(outcome.said));
            if (outcome.said.size() > kMostSaid)
                outcome.said.erase(0, outcome.said.size() - kMostSaid);
        }
    }
    TRY_ASSIGN(const ExitStatus status, process.wait());
    outcome.code = status.code;
    return outcome;
}

Error GitProgram::errorOf(const Outcome& outcome) const {
    const std::string& said = outcome.said;
    const std::string why = reasonOf(said);
    if (says(said, {"could not read Username", "could not read Password", "Authentication failed",
                    "terminal prompts disabled", "error: 401", "unable to read askpass"}))
        return {ErrorCode::AuthenticationNeeded,
                "the server wants a user and a password, or there is no such repository: " + why,
                "Check the address. For a private repository write a user and a token before the host "
                "(https://user:token@host/…).",
                {}};
    if (says(said, {"not found", "does not exist", "error: 404", "repository not exported"}))
        return {ErrorCode::NotFound, why, "Check the address, and the branch or tag.", {}};
    if (says(said, {"Could not resolve", "unable to look up", "Failed to connect", "Couldn't connect",
                    "unable to connect", "timed out", "Operation too slow", "Connection refused"}))
        return {ErrorCode::Unreachable, why, "Check the address and the network.", {}};
    if (says(said, {"No space left"}))
        return {ErrorCode::NoSpace, why, "Free some space on the disk of the store.", {}};
    return {ErrorCode::RemoteFailure,
            why.empty() ? "git ends with " + std::to_string(outcome.code) : why,
            {},
            {}};
}

Result<std::string> GitProgram::expect(std::vector<std::string> arguments) const {
    TRY_ASSIGN(Outcome outcome, run(std::move(arguments)));
    if (outcome.code != 0)
        return fail(errorOf(outcome));
    return std::move(outcome.output);
}

} // namespace escale::worker
