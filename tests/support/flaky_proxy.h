// tests/support/flaky_proxy.py as an object: a bad way to a real registry, or a plain forward proxy.
#pragma once

#include "engine/base/result.h"
#include "engine/base/subprocess.h"
#include "engine/base/unique_fd.h"

#include <memory>
#include <string>
#include <vector>

namespace escale::test {

class FlakyProxy {
public:
    static bool isInstalled();
    /// To the registry at `upstream`, with faults in the script's words; "-" for a forward proxy.
    static Result<std::unique_ptr<FlakyProxy>> start(const std::string& upstream,
                                                     const std::vector<std::string>& faults = {});
    FlakyProxy(const FlakyProxy&) = delete;
    FlakyProxy& operator=(const FlakyProxy&) = delete;
    ~FlakyProxy() = default;

    /// "127.0.0.1:port"
    [[nodiscard]] const std::string& host() const { return m_host; }
    /// The requests until now, as the script tells them.
    [[nodiscard]] std::vector<std::string> requests();

private:
    FlakyProxy() = default;
    std::string m_host;
    UniqueFd m_input; // its life
    UniqueFd m_output;
    std::string m_unread;
    std::vector<std::string> m_lines;
    std::unique_ptr<Subprocess> m_process;
};

} // namespace escale::test
