// `ps`: the processes of a container, as ps(1) shows them (with its own arguments when some are given) or, as
// JSON, their numbers on the host.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/subprocess.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/found_container.h"

#include <algorithm>
#include <charconv>

namespace escale {
namespace {

// ps's own table, without the lines of other processes: the column named PID tells.
Result<std::string> linesOf(const std::string& table, const std::vector<pid_t>& pids) {
    const std::string_view all = table;
    const auto headerEnd = all.find('\n');
    const auto header = splitWords(all.substr(0, headerEnd), " ");
    const auto column = std::find(header.begin(), header.end(), "PID");
    if (column == header.end())
        return fail(ErrorCode::InvalidArgument, "ps shows no PID column with these arguments",
                    "Add one, as in: -o pid,comm");
    const auto index = static_cast<std::size_t>(column - header.begin());
    std::string text(all.substr(0, headerEnd + 1));
    for (std::size_t begin = headerEnd + 1; begin < all.size();) {
        const auto end = all.find('\n', begin);
        const auto line = all.substr(begin, end - begin);
        const auto words = splitWords(line, " ");
        pid_t pid = 0;
        if (words.size() > index)
            std::from_chars(words[index].data(), words[index].data() + words[index].size(), pid);
        if (std::find(pids.begin(), pids.end(), pid) != pids.end())
            text += std::string(line) + "\n";
        begin = end == std::string_view::npos ? all.size() : end + 1;
    }
    return text;
}

} // namespace

Result<int> psCommand(const Arguments& arguments) {
    if (arguments.operands.empty())
        return fail(ErrorCode::InvalidArgument, "ps takes a container id");
    const std::string format = arguments.option("--format", "table");
    if (format != "table" && format != "json")
        return fail(ErrorCode::InvalidArgument, "--format is table or json, not \"" + format + "\"");
    TRY_ASSIGN(const auto found, findContainer(arguments.root, arguments.operands.front()));
    TRY_ASSIGN(const auto cgroup, cgroupOf(found));
    TRY_ASSIGN(const auto pids, cgroup.processes());
    std::string text;
    if (format == "json") {
        Json list{Json::Array{}};
        for (const pid_t pid : pids)
            list.append(static_cast<std::int64_t>(pid));
        text = list.dump() + "\n";
    } else {
        std::vector<std::string> command{"/usr/bin/env", "ps"}; // wherever the machine has it
        command.insert(command.end(), arguments.operands.begin() + 1, arguments.operands.end());
        if (command.size() == 2)
            command.emplace_back("-ef");
        TRY_ASSIGN(const std::string table, runProgram(command));
        TRY_ASSIGN(text, linesOf(table, pids));
    }
    TRY(writeAll(STDOUT_FILENO, text, "standard output"));
    return 0;
}

} // namespace escale
