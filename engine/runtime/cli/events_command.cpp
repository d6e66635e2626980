#include "engine/base/file.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/events.h"

#include <charconv>
#include <unistd.h>

namespace escale {
namespace {

// "5s", "500ms", "1m"; a bare number counts seconds.
Result<std::chrono::milliseconds> intervalOf(const std::string& text) {
    int value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    const std::string_view unit(read.ptr, static_cast<std::size_t>(end - read.ptr));
    const int factor = unit == "ms" ? 1 : unit == "s" || unit.empty() ? 1000 : unit == "m" ? 60000 : 0;
    if (read.ec != std::errc() || value <= 0 || value > 30000 || factor == 0)
        return fail(ErrorCode::InvalidArgument,
                    "--interval takes a time like 5s or 500ms, not \"" + text + "\"");
    return std::chrono::milliseconds(std::int64_t(value) * factor);
}

Result<void> print(const Json& json) {
    return writeAll(STDOUT_FILENO, json.dump() + "\n", "standard output");
}

} // namespace

Result<int> eventsCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY_ASSIGN(const auto interval, intervalOf(arguments.option("--interval", "5s")));
    if (!arguments.has("--stats")) {
        TRY(watchContainer(arguments.root, id, interval, print));
        return 0;
    }
    TRY_ASSIGN(const auto statistics, containerStatistics(arguments.root, id));
    TRY(print(statistics));
    return 0;
}

} // namespace escale
