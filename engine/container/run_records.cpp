#include "engine/container/run_records.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/json.h"

#include <charconv>
#include <ctime>
#include <fcntl.h>

namespace escale {

Result<std::int64_t> parseTime(std::string_view text) {
    const std::string copy(text);
    std::tm parts{};
    const char* rest = ::strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
    if (rest == nullptr)
        return fail(ErrorCode::InvalidArgument, "\"" + copy + "\" is no RFC 3339 time");
    std::int64_t milliseconds = 0;
    if (*rest == '.') {
        int scale = 100;
        for (++rest; *rest >= '0' && *rest <= '9'; ++rest, scale /= 10)
            milliseconds += (*rest - '0') * scale;
    }
    std::int64_t offset = 0;
    if (*rest == '+' || *rest == '-') {
        std::tm zone{};
        if (const char* end = ::strptime(rest + 1, "%H:%M", &zone); end == nullptr || *end != '\0')
            return fail(ErrorCode::InvalidArgument, "\"" + copy + "\" has no valid time zone");
        offset = (zone.tm_hour * 60 + zone.tm_min) * (*rest == '-' ? -60 : 60);
    } else if (*rest != 'Z' || rest[1] != '\0') {
        return fail(ErrorCode::InvalidArgument, "\"" + copy + "\" has no time zone");
    }
    return (::timegm(&parts) - offset) * 1000 + milliseconds;
}

Result<ContainerExit> readContainerExit(const std::string& path) {
    TRY_ASSIGN(const std::string text, readFile(path, 64 * 1024));
    auto json = Json::parse(text);
    if (!json)
        return fail(std::move(json).error().prefixed(path));
    ContainerExit record;
    TRY_ASSIGN(const auto code, json->getInteger("exitCode"));
    record.exitCode = static_cast<int>(code);
    if (const auto signal = json->at("signal").toInteger(); signal > 0)
        record.exitCode = 128 + static_cast<int>(signal);
    record.oomKilled = json->at("oomKilled").toBool();
    const auto time = parseTime(json->at("finishedAt").toString());
    record.finishedAt = time ? *time : nowMilliseconds();
    return record;
}

Result<void> writeProcessRecord(const std::string& path, const ProcessRecord& record) {
    Json json;
    json.set("pid", record.pid)
        .set("monitorPid", record.monitorPid)
        .set("monitorStartTime", record.monitorStartTime);
    // The run folder is gone after a crash of the machine: no need to sync.
    {
        TRY_ASSIGN(const UniqueFd file, openFile(path + ".new", O_WRONLY | O_CREAT | O_TRUNC, 0600));
        TRY(writeAll(file.get(), json.dump(), path));
    }
    if (::rename((path + ".new").c_str(), path.c_str()) != 0)
        return failErrno("cannot write " + path);
    return {};
}

Result<ProcessRecord> readProcessRecord(const std::string& path) {
    TRY_ASSIGN(const std::string text, readFile(path, 64 * 1024));
    TRY_ASSIGN(const Json json, Json::parse(text));
    TRY_ASSIGN(const auto pid, json.getInteger("pid"));
    TRY_ASSIGN(const auto monitorPid, json.getInteger("monitorPid"));
    TRY_ASSIGN(const auto startTime, json.getInteger("monitorStartTime"));
    return ProcessRecord{static_cast<pid_t>(pid), static_cast<pid_t>(monitorPid),
                         static_cast<std::uint64_t>(startTime)};
}

} // namespace escale
