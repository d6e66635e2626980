#include "engine/runtime/plan/program.h"

#include "engine/cgroup/layout.h"

#include <cerrno>

namespace escale {
namespace {

constexpr const char* kDefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

std::string pathOf(const spec::Process& process) {
    for (const auto& entry : process.env) {
        if (entry.starts_with("PATH="))
            return entry.substr(5);
    }
    return kDefaultPath;
}

} // namespace

std::vector<std::string> programCandidates(const spec::Process& process) {
    const auto& program = process.args.front();
    if (program.find('/') != std::string::npos)
        return {program};
    std::vector<std::string> candidates;
    for (const auto& folder : splitWords(pathOf(process), ":"))
        candidates.push_back(folder + "/" + program);
    return candidates;
}

Error programNotFound(const spec::Process& process, int number) {
    const auto& program = process.args.front();
    if (number == ENOENT || number == ENOTDIR) {
        // The words after the colon are what podman and Docker look for to return 127.
        std::string message = "no program \"" + program + "\" in the image: ";
        if (program.find('/') == std::string::npos)
            message += "executable file not found in PATH " + pathOf(process);
        else
            message += "no such file or directory";
        return Error{ErrorCode::NotFound,
                     std::move(message),
                     "Check the spelling of the command, or choose an image that holds it",
                     {}};
    }
    return systemError(number, "the program \"" + program + "\" in the image cannot be executed by user " +
                                   std::to_string(process.uid))
        .withHint("It must be a file, executable for the container's user");
}

Error programNotExecuted(const std::string& program, int number) {
    auto error = systemError(number, "cannot run \"" + program + "\"");
    if (number == ENOENT)
        return Error{ErrorCode::NotFound,
                     "cannot run \"" + program + "\": the interpreter that it names is not in the image",
                     "Check its first line (#!), or its dynamic loader: is it made for this image?",
                     {}};
    if (number == ENOEXEC)
        return Error{ErrorCode::Unsupported,
                     "cannot run \"" + program + "\": it is no program for this machine",
                     "It may be for another architecture, or a script without a #! line",
                     {}};
    return error;
}

} // namespace escale
