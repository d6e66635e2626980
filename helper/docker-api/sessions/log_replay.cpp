#include "helper/docker-api/sessions/log_replay.h"

#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"

#include <chrono>

namespace escale::docker_api {
namespace {

constexpr std::size_t kPiece = 32 * 1024;

std::int64_t nowNanoseconds() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

Result<LogReader> openLogUntilNow(const Bus& bus, const std::string& container,
                                  SessionFrames::Wanted wanted) {
    LogQuery query;
    query.until = nowNanoseconds();
    query.output = wanted.output;
    query.errors = wanted.errors;
    const auto passedFiles =
        bus.ask<dbus::FileList>(Face::Containers, "OpenLog", toQString(container), QVariantMap());
    if (!passedFiles)
        return fail(aboutContainer(passedFiles.error(), container));
    std::vector<UniqueFd> files;
    for (const auto& file : *passedFiles) {
        TRY_ASSIGN(UniqueFd copy, taken(file));
        files.push_back(std::move(copy));
    }
    return LogReader::open(std::move(files), query);
}

Result<void> replayLog(Exchange& exchange, LogReader& log, bool isFramed) {
    std::string waiting;
    for (;;) {
        TRY_ASSIGN(auto line, log.next());
        if (line)
            waiting +=
                outputFor(line->isError ? FrameType::Error : FrameType::Output, line->text + '\n', isFramed);
        if (!waiting.empty() && (!line || waiting.size() >= kPiece)) {
            TRY(exchange.writeRaw(waiting));
            waiting.clear();
        }
        if (!line)
            return {};
    }
}

} // namespace escale::docker_api
