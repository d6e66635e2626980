#include "engine/registry/credential_helper.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/subprocess.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace escale {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLongestAnswer = 64 * 1024;
constexpr std::string_view kNoAccount = "credentials not found"; // in native keychain: its fixed words

Result<std::string> findProgram(const std::string& name) {
    const std::string program = "docker-credential-" + name;
    const char* path = std::getenv("PATH");
    std::string_view rest = path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
    // A name with a slash would be a path to anything.
    const bool isName = !name.empty() && name.find('/') == std::string::npos;
    while (isName && !rest.empty()) {
        const std::string_view folder = rest.substr(0, rest.find(':'));
        rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
        const std::string candidate = std::string(folder) + "/" + program;
        if (folder.starts_with('/') && ::access(candidate.c_str(), X_OK) == 0)
            return candidate;
    }
    return fail(ErrorCode::NotFound,
                "Docker's configuration names the program " + program + ", which is not in PATH",
                "install it, or take it out of ~/.docker/config.json");
}

std::vector<std::string> ownEnvironment() {
    std::vector<std::string> all;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
        all.emplace_back(*entry);
    return all;
}

/// Until its end of the pipe closes.
Result<std::string> readAnswer(const UniqueFd& output, const std::string& program, Clock::time_point end,
                               const Cancellation& cancellation) {
    std::string answer;
    std::array<char, 4096> buffer{};
    while (true) {
        TRY(cancellation.check());
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
        if (left.count() <= 0)
            return fail(ErrorCode::Timeout, program + " does not answer",
                        "it may wait for a person to unlock what it keeps");
        std::array<pollfd, 2> ready{{{output.get(), POLLIN, 0}, {cancellation.fd(), POLLIN, 0}}};
        const auto most = cancellation.fd() >= 0 ? left : std::min(left, std::chrono::milliseconds(50));
        if (::poll(ready.data(), ready.size(), static_cast<int>(most.count())) < 0 && errno != EINTR)
            return failErrno("cannot wait for " + program);
        if (ready[0].revents == 0)
            continue;
        const ssize_t count = ::read(output.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failErrno("cannot read from " + program);
        if (count == 0)
            return answer;
        answer.append(buffer.data(), static_cast<std::size_t>(count));
        if (answer.size() > kLongestAnswer)
            return fail(ErrorCode::RemoteFailure, program + " answers without end");
    }
}

} // namespace

Result<std::optional<Credentials>> askCredentialHelper(const std::string& name, const std::string& server,
                                                       std::chrono::milliseconds longest,
                                                       const Cancellation& cancellation) {
    const auto end = Clock::now() + longest;
    TRY_ASSIGN(const std::string program, findProgram(name));
    // A socket, not a pipe: a program that does not read its input must not end us by SIGPIPE.
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input.data()) != 0)
        return failErrno("cannot make a socket");
    const UniqueFd ourInput(input[0]);
    UniqueFd itsInput(input[1]);
    if (::pipe2(output.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    const UniqueFd ourOutput(output[0]);
    UniqueFd itsOutput(output[1]);
    TRY_ASSIGN(const UniqueFd nowhere, openFile("/dev/null", O_WRONLY));
    TRY_ASSIGN(Subprocess process,
               Subprocess::start({.arguments = {program, "get"},
                                  .environment = ownEnvironment(),
                                  .fds = {{itsInput.get(), 0}, {itsOutput.get(), 1}, {nowhere.get(), 2}}}));
    itsInput.reset();
    itsOutput.reset();
    (void)::send(ourInput.get(), server.data(), server.size(), MSG_NOSIGNAL); // less than a socket's buffer
    (void)::shutdown(ourInput.get(), SHUT_WR);
    TRY_ASSIGN(const std::string answer, readAnswer(ourOutput, program, end, cancellation));
    TRY_ASSIGN(const ExitStatus status,
               process.waitFor(std::max(std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()),
                                        std::chrono::milliseconds(100))));
    if (!status.success()) {
        if (answer.find(kNoAccount) != std::string::npos)
            return std::optional<Credentials>();
        return fail(ErrorCode::RemoteFailure, program + " failed with status " + std::to_string(status.code),
                    "run it by hand to see why: echo " + server + " | " + program + " get");
    }
    const auto json = Json::parse(answer);
    Credentials found;
    if (json) {
        found.username = json->at("Username").toString();
        (found.username == "<token>" ? found.identityToken : found.password) = json->at("Secret").toString();
    }
    if (found.username.empty() || (found.password.empty() && found.identityToken.empty()))
        return fail(ErrorCode::RemoteFailure, program + " answers without an account");
    return std::optional(std::move(found));
}

} // namespace escale
