#include "helper/docker-api/containers/process_table.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace escale::docker_api {
namespace {

// At most `most` words; the last one is all that is left.
std::vector<std::string> words(std::string_view line, std::size_t most) {
    std::vector<std::string> result;
    while (result.size() < most) {
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (line.empty())
            break;
        const bool isLast = result.size() + 1 == most;
        const std::size_t end = isLast ? line.size() : std::min(line.find_first_of(" \t"), line.size());
        result.emplace_back(line.substr(0, end));
        line.remove_prefix(end);
    }
    if (!result.empty())
        result.back().resize(result.back().find_last_not_of(" \t\r") + 1);
    return result;
}

std::string_view takeLine(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

} // namespace

Result<Json> processTable(std::string_view output, const std::set<unsigned>& pids) {
    const auto titles = words(takeLine(output), output.size() + 1);
    const auto found = std::find(titles.begin(), titles.end(), "PID");
    if (found == titles.end())
        return fail(ErrorCode::InvalidArgument, "Couldn't find PID field in ps output",
                    "Let ps print the column PID.");
    const auto column = static_cast<std::size_t>(std::distance(titles.begin(), found));
    Json rows = Json::Array();
    bool isOurs = false;
    while (!output.empty()) {
        const auto row = words(takeLine(output), titles.size());
        if (row.size() <= column)
            continue;
        unsigned pid = 0;
        if (row[column] != "-") {
            std::from_chars(row[column].data(), row[column].data() + row[column].size(), pid);
            isOurs = pids.contains(pid);
        }
        if (isOurs)
            rows.append(Json::strings(row));
    }
    return Json().set("Titles", Json::strings(titles)).set("Processes", rows);
}

} // namespace escale::docker_api
