// The machine's git, run so that nothing but what is said here decides what it does.
#pragma once

#include "engine/base/result.h"
#include "engine/build/git_address.h"
#include "engine/registry/proxy.h"

#include <functional>
#include <string>
#include <vector>

namespace escale::worker {

struct GitFolders {
    std::string repository; // absolute; empty: git works in none
    std::string files;
};

class GitProgram {
public:
    GitProgram(const GitAddress& address, const GitFolders& folders, const ProxySettings& proxy,
               std::function<void(const std::string&)> progress);

    struct Outcome {
        int code = 0;
        std::string output; // at most 1 MiB
        std::string said;   // the end of standard error
    };
    /// Waits for its end. Unsupported: there is no git. RemoteFailure: more output than that.
    Result<Outcome> run(std::vector<std::string> arguments) const;
    /// The same; a failure is an error that says in which way.
    Result<std::string> expect(std::vector<std::string> arguments) const;
    [[nodiscard]] Error errorOf(const Outcome& outcome) const;

private:
    std::string m_files;
    std::vector<std::string> m_environment;
    std::function<void(const std::string&)> m_progress;
};

} // namespace escale::worker
