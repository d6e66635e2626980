// RUN --mount: docs.docker.com/reference/dockerfile (RUN --mount).
#include "engine/build/instructions.h"

#include "engine/base/byte_size.h"
#include "engine/base/csv.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace escale {
namespace {

using Kind = RunMount::Kind;
using Sharing = RunMount::Sharing;

constexpr std::array kKinds{std::pair(Kind::Bind, "bind"), std::pair(Kind::Cache, "cache"),
                            std::pair(Kind::Tmpfs, "tmpfs"), std::pair(Kind::Secret, "secret"),
                            std::pair(Kind::Ssh, "ssh")};
constexpr std::array kSharings{std::pair(Sharing::Shared, "shared"), std::pair(Sharing::Private, "private"),
                               std::pair(Sharing::Locked, "locked")};

template <class Table, class Value>
Result<void> readName(const Table& table, const std::string& text, const char* what, Value& into) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const auto& entry) { return lowerCase(text) == entry.second; });
    if (found == table.end())
        return fail(ErrorCode::InvalidArgument, "\"" + text + "\" is no " + what + " of a mount");
    into = found->first;
    return {};
}

Result<bool> readBoolean(const std::string& key, const std::string& value) {
    const std::string text = lowerCase(value);
    if (text == "1" || text == "t" || text == "true")
        return true;
    if (text == "0" || text == "f" || text == "false")
        return false;
    return fail(ErrorCode::InvalidArgument,
                "\"" + value + "\" is neither true nor false, as " + key + " must be");
}

Result<std::uint32_t> readNumber(const std::string& key, const std::string& value, int base) {
    std::uint32_t number = 0;
    const char* end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, number, base);
    if (value.empty() || read.ec != std::errc() || read.ptr != end)
        return fail(ErrorCode::InvalidArgument, "\"" + value + "\" is no " + key + " of a mount");
    return number;
}

struct Reading {
    RunMount mount;
    bool hasAccess = false; // read-only or not was said
    bool hasSharing = false;
};

Result<void> readField(const std::string& field, Reading& reading) {
    RunMount& mount = reading.mount;
    const auto equals = field.find('=');
    const std::string key = lowerCase(field.substr(0, equals));
    const bool hasValue = equals != std::string::npos;
    const std::string value = hasValue ? field.substr(equals + 1) : "true";
    const bool isFlag =
        key == "ro" || key == "readonly" || key == "rw" || key == "readwrite" || key == "required";
    if (!hasValue && !isFlag)
        return fail(ErrorCode::InvalidArgument, "\"" + field + "\" of a mount has no value",
                    "Write " + key + "=…");
    if (isFlag) {
        TRY_ASSIGN(const bool isTrue, readBoolean(key, value));
        if (key == "required") {
            mount.isRequired = isTrue;
            return {};
        }
        mount.readOnly = isTrue == (key == "ro" || key == "readonly");
        reading.hasAccess = true;
        return {};
    }
    if (key == "type")
        return readName(kKinds, value, "type", mount.kind);
    if (key == "sharing") {
        reading.hasSharing = true;
        return readName(kSharings, value, "sharing", mount.sharing);
    }
    if (key == "from")
        mount.from = value;
    else if (key == "source" || key == "src")
        mount.source = value;
    else if (key == "target" || key == "dst" || key == "destination")
        mount.target = value;
    else if (key == "id")
        mount.id = value;
    else if (key == "env")
        mount.environment = value;
    else if (key == "size") {
        TRY_ASSIGN(mount.size, parseByteSize(value));
    } else if (key == "mode") {
        TRY_ASSIGN(mount.mode, readNumber(key, value, 8));
    } else if (key == "uid") {
        TRY_ASSIGN(mount.user, readNumber(key, value, 10));
    } else if (key == "gid") {
        TRY_ASSIGN(mount.group, readNumber(key, value, 10));
    } else {
        const auto nearest =
            nearestWord(key, {"type", "from", "source", "target", "readonly", "id", "sharing", "required",
                              "size", "mode", "uid", "gid", "destination", "readwrite", "env"});
        return fail(ErrorCode::InvalidArgument, "a mount has no key \"" + key + "\"",
                    nearest.empty() ? std::string() : "Did you mean " + std::string(nearest) + "?");
    }
    return {};
}

Result<void> check(const Reading& reading) {
    const RunMount& mount = reading.mount;
    const std::string kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& entry) {
                                 return entry.first == mount.kind;
                             })->second;
    const auto refuse = [&](const char* key) {
        return fail(ErrorCode::InvalidArgument, std::string("a mount of type ") + kind + " has no " + key);
    };
    const bool isSecret = mount.kind == Kind::Secret;
    const bool mayHaveOwner = isSecret || mount.kind == Kind::Ssh || mount.kind == Kind::Cache;
    if (!mayHaveOwner && (mount.mode || mount.user || mount.group))
        return refuse("mode, uid and gid");
    if (mount.isRequired && !isSecret && mount.kind != Kind::Ssh)
        return refuse("\"required\"");
    if (mount.size != 0 && mount.kind != Kind::Tmpfs)
        return refuse("size");
    if (reading.hasSharing && mount.kind != Kind::Cache)
        return refuse("sharing");
    if (!isSecret)
        return {};
    if (!mount.from.empty())
        return refuse("\"from\"");
    if (mount.source.empty() && mount.target.empty() && mount.id.empty())
        return fail(ErrorCode::InvalidArgument, "a secret's mount needs its id or its target");
    if (!mount.source.empty() && !mount.id.empty())
        return fail(ErrorCode::InvalidArgument, "a secret's mount has both an id and a source");
    return {};
}

} // namespace

Result<RunMount> parseRunMount(const std::string& text) {
    TRY_ASSIGN(const auto fields, csvFields(text));
    Reading reading;
    for (const auto& field : fields)
        TRY(readField(field, reading));
    TRY(check(reading));
    RunMount& mount = reading.mount;
    if (!reading.hasAccess)
        mount.readOnly = mount.kind != Kind::Cache && mount.kind != Kind::Tmpfs;
    return mount;
}

} // namespace escale
