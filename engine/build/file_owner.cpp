#include "engine/build/file_owner.h"

#include "engine/base/user_namespace.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace escale {
namespace {

bool isNumber(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::uint32_t> parseId(std::string_view text, const std::string& owner) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value >= kIdRangeSize)
        return fail(ErrorCode::InvalidArgument, "--chown=" + owner + " leads to the id \"" +
                                                    std::string(text.substr(0, 32)) +
                                                    "\", and containers have 0 to 65535");
    return value;
}

/// The fields of the line whose first one is `name`: passwd(5), group(5).
std::optional<std::vector<std::string_view>> findLine(std::string_view file, std::string_view name) {
    while (!file.empty()) {
        const auto end = std::min(file.find('\n'), file.size());
        std::string_view line = file.substr(0, end);
        file.remove_prefix(std::min(end + 1, file.size()));
        std::vector<std::string_view> fields;
        while (fields.size() < 4) {
            const auto colon = std::min(line.find(':'), line.size());
            fields.push_back(line.substr(0, colon));
            line.remove_prefix(std::min(colon + 1, line.size()));
        }
        if (fields.front() == name)
            return fields;
    }
    return std::nullopt;
}

tl::unexpected<Error> unknown(const char* kind, std::string_view name, const char* file) {
    return fail(ErrorCode::NotFound,
                std::string("the image has no ") + kind + " \"" + std::string(name) + "\" for --chown",
                std::string("Make it before, or give its number: names are those of the image's ") + file +
                    ".");
}

} // namespace

bool namesOwner(const std::string& owner) {
    const auto colon = std::min(owner.find(':'), owner.size());
    const std::string user = owner.substr(0, colon);
    const std::string group = owner.substr(std::min(colon + 1, owner.size()));
    return (!user.empty() && !isNumber(user)) || (!group.empty() && !isNumber(group));
}

Result<std::pair<uid_t, gid_t>> resolveFileOwner(const std::string& owner, std::string_view passwd,
                                                 std::string_view group) {
    const std::string_view text = owner;
    const auto colon = std::min(text.find(':'), text.size());
    const std::string_view userPart = text.substr(0, colon);
    const std::string_view groupPart = text.substr(std::min(colon + 1, text.size()));
    std::pair<uid_t, gid_t> ids;
    if (isNumber(userPart)) {
        TRY_ASSIGN(ids.first, parseId(userPart, owner));
        ids.second = ids.first;
    } else if (!userPart.empty()) {
        const auto line = findLine(passwd, userPart);
        if (!line)
            return unknown("user", userPart, "/etc/passwd");
        TRY_ASSIGN(ids.first, parseId((*line)[2], owner));
        TRY_ASSIGN(ids.second, parseId((*line)[3], owner));
    }
    if (isNumber(groupPart)) {
        TRY_ASSIGN(ids.second, parseId(groupPart, owner));
    } else if (!groupPart.empty()) {
        const auto line = findLine(group, groupPart);
        if (!line)
            return unknown("group", groupPart, "/etc/group");
        TRY_ASSIGN(ids.second, parseId((*line)[2], owner));
    }
    return ids;
}

} // namespace escale
