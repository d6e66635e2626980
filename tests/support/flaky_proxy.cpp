#include "tests/support/flaky_proxy.h"

#include "engine/base/file.h"

#include <array>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace escale::test {

static constexpr const char* kPython = "/usr/bin/python3";

bool FlakyProxy::isInstalled() {
    return exists(kPython);
}

Result<std::unique_ptr<FlakyProxy>> FlakyProxy::start(const std::string& upstream,
                                                      const std::vector<std::string>& faults) {
    std::unique_ptr<FlakyProxy> proxy(new FlakyProxy);
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
        return failErrno("pipe");
    const UniqueFd itsInput(input[0]);
    const UniqueFd itsOutput(output[1]);
    proxy->m_input = UniqueFd(input[1]);
    proxy->m_output = UniqueFd(output[0]);
    Subprocess::Options options;
    options.arguments = {kPython, FLAKY_PROXY, upstream};
    options.arguments.insert(options.arguments.end(), faults.begin(), faults.end());
    options.environment = {"PATH=/usr/bin:/bin"};
    options.fds = {{itsInput.get(), 0}, {itsOutput.get(), 1}};
    TRY_ASSIGN(Subprocess process, Subprocess::start(options));
    proxy->m_process = std::make_unique<Subprocess>(std::move(process));
    pollfd ready{proxy->m_output.get(), POLLIN, 0};
    if (::poll(&ready, 1, 30'000) != 1)
        return fail(ErrorCode::Timeout, "the proxy does not start");
    const auto first = proxy->requests();
    if (first.size() != 1)
        return fail(ErrorCode::SystemFailure, "the proxy did not tell its port");
    proxy->m_host = "127.0.0.1:" + first.front();
    proxy->m_lines.clear();
    return proxy;
}

std::vector<std::string> FlakyProxy::requests() {
    pollfd ready{m_output.get(), POLLIN, 0};
    std::array<char, 4096> buffer{};
    while (::poll(&ready, 1, 0) == 1) {
        const ssize_t count = ::read(m_output.get(), buffer.data(), buffer.size());
        if (count <= 0)
            break;
        m_unread.append(buffer.data(), static_cast<std::size_t>(count));
    }
    for (std::size_t end = m_unread.find('\n'); end != std::string::npos; end = m_unread.find('\n')) {
        m_lines.push_back(m_unread.substr(0, end));
        m_unread.erase(0, end + 1);
    }
    return m_lines;
}

} // namespace escale::test
