// The process that `exec` is given: it must end in a Process that keeps what exec relies on, or an error.
#include "engine/runtime/spec/document.h"
#include "engine/runtime/spec/parse_process.h"
#include "tests/fuzz/fuzz_target.h"

using namespace escale;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto json = spec::parseDocument({reinterpret_cast<const char*>(bytes), size}, "process.json");
    if (!json)
        return 0;
    const auto process = spec::parseProcess(*json);
    if (!process || !spec::validateProcess(*process))
        return 0;
    require(!process->args.empty() && !process->args.front().empty(), "there is a program");
    require(process->cwd.starts_with('/'), "process.cwd is absolute");
    for (const auto& entry : process->env)
        require(entry.find('=') != std::string::npos && entry.front() != '=', "process.env is NAME=value");
    for (const auto& limit : process->rlimits)
        require(limit.soft <= limit.hard, "process.rlimits");
    require(process->umask.value_or(0) <= 0777, "process.user.umask");
    return 0;
}
