#include "engine/base/subprocess.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/container_views.h"
#include "helper/docker-api/containers/process_table.h"
#include "helper/docker-api/http/exchange.h"

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

constexpr std::size_t kMostOutput = 8u << 20; // bytes
constexpr std::size_t kMostWords = 64;

Result<std::vector<std::string>> psCommand(const std::string& arguments) {
    std::vector<std::string> command{"/usr/bin/ps"};
    const QStringList words = toQString(arguments.empty() ? "-ef" : arguments).simplified().split(u' ');
    for (const std::string& word : fromStringList(words))
        command.push_back(word);
    if (command.size() > kMostWords)
        return fail(ErrorCode::InvalidArgument, "ps_args has too many words");
    return command;
}

Result<std::string> readAll(Exchange& exchange, int pipe) {
    std::string output;
    std::array<char, 16 * 1024> piece; // NOLINT(cppcoreguidelines-pro-type-member-init): read into
    for (;;) {
        TRY(exchange.waitFor({pipe}));
        const ssize_t size = ::read(pipe, piece.data(), piece.size());
        if (size < 0)
            return failErrno("cannot read what ps says");
        if (size == 0)
            return output;
        output.append(piece.data(), static_cast<std::size_t>(size));
        if (output.size() > kMostOutput)
            return fail(ErrorCode::InvalidArgument, "ps says too much");
    }
}

// As the user, who sees of this machine's processes what they may.
Result<std::string> runPs(Exchange& exchange, std::vector<std::string> command) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    const UniqueFd output(ends[0]);
    UniqueFd input(ends[1]);
    TRY_ASSIGN(auto ps,
               Subprocess::start({.arguments = std::move(command),
                                  .environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "COLUMNS=4096"},
                                  .fds = {{input.get(), 1}, {input.get(), 2}}}));
    input.reset();
    TRY_ASSIGN(std::string text, readAll(exchange, output.get()));
    TRY_ASSIGN(const auto status, ps.wait());
    if (!status.success())
        return fail(ErrorCode::InvalidArgument, "error running ps: " + text.substr(0, 500));
    return text;
}

std::string numberList(const std::set<unsigned>& pids) {
    std::string text;
    for (const unsigned pid : pids)
        text += (text.empty() ? "" : ",") + std::to_string(pid);
    return text;
}

// Some options go with the list of processes and some without: "-o" alone would show the user's own, "f"
// takes no list.
Result<std::string> psOutput(Exchange& exchange, const std::string& arguments,
                             const std::set<unsigned>& pids) {
    TRY_ASSIGN(const auto command, psCommand(arguments));
    auto withPids = command;
    withPids.push_back("-q" + numberList(pids));
    auto output = runPs(exchange, std::move(withPids));
    if (output || output.error().code != ErrorCode::InvalidArgument)
        return output;
    return runPs(exchange, command);
}

} // namespace

Result<void> containerTop(Exchange& exchange, const Bus& bus) {
    const std::string id = exchange.parameter("id");
    const auto processes = bus.ask<dbus::ProcessList>(Face::Containers, "Top", toQString(id));
    if (!processes)
        return fail(aboutContainer(processes.error(), id));
    std::set<unsigned> pids;
    for (const auto& process : *processes)
        pids.insert(process.pid);
    TRY_ASSIGN(const std::string output, psOutput(exchange, exchange.query().text("ps_args"), pids));
    TRY_ASSIGN(const Json table, processTable(output, pids));
    return exchange.reply(200, table);
}

Result<void> containerChanges(Exchange& exchange, const Bus& bus) {
    const std::string id = exchange.parameter("id");
    const auto changes = bus.ask<dbus::FileChanges>(Face::Containers, "Changes", toQString(id));
    if (!changes)
        return fail(aboutContainer(changes.error(), id));
    Json list = Json::Array();
    for (const auto& change : *changes)
        list.append(Json().set("Path", change.path.toStdString()).set("Kind", unsigned(change.kind)));
    return exchange.reply(200, list);
}

} // namespace escale::docker_api
