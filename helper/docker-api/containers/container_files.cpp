#include "helper/docker-api/containers/container_files.h"

#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/containers/file_place.h"
#include "helper/docker-api/containers/path_stat.h"
#include "helper/docker-api/http/exchange.h"

#include <array>
#include <charconv>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

constexpr auto kStatHeader = "X-Docker-Container-Path-Stat";

Result<std::string> askedPath(const Exchange& exchange) {
    const std::string path = exchange.query().text("path");
    if (path.empty())
        return fail(ErrorCode::InvalidArgument, "bad parameter: path is empty");
    return cleanPath(path);
}

// The engine's about that file, with NotFound in dockerd's words.
Error aboutFile(Error error, const std::string& path, const std::string& container) {
    if (error.code == ErrorCode::NotFound)
        return {
            ErrorCode::NotFound, "Could not find the file " + path + " in container " + container, {}, {}};
    return error;
}

bool followsLink(const std::string& path) {
    return path.ends_with('/') || path.ends_with("/.");
}

Result<dbus::FileEntry> statAt(const Bus& bus, const FilePlace& place, bool follows) {
    return bus.ask<dbus::FileEntry>(place.face, "StatFile", place.name, toQString(place.path),
                                    QVariantMap{{QStringLiteral("follow-link"), follows}});
}

// What a job sends through a pipe, as the answer. An archive without its end is cut, so that the client
// knows.
Result<void> sendArchive(Exchange& exchange, const Bus& bus, const QDBusObjectPath& job,
                         const UniqueFd& archive, std::string_view type, const Headers& headers) {
    const auto sent = [&]() -> Result<void> {
        TRY(exchange.beginStream(200, type, headers));
        return exchange.copyFrom(archive.get());
    }();
    if (!sent) {
        bus.cancel(job);
        return sent;
    }
    TRY(bus.finish(job, exchange));
    return exchange.endStream();
}

std::optional<quint32> numberOf(std::string_view text) {
    quint32 number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

// docker cp --archive: what is copied belongs to the container's user.
Result<void> addOwner(const std::string& user, QVariantMap& options) {
    if (user.empty() || user == "root" || user == "0")
        return {};
    const std::size_t colon = std::min(user.find(':'), user.size());
    const auto id = numberOf(std::string_view(user).substr(0, colon));
    const auto group = colon == user.size() ? id : numberOf(std::string_view(user).substr(colon + 1));
    if (!id || !group)
        return fail(ErrorCode::Unsupported,
                    "copyUIDGID: the container's user \"" + user + "\" is no number here",
                    "Copy without --archive, or change the owner with docker exec.");
    options.insert(QStringLiteral("user"), QVariant::fromValue(*id));
    options.insert(QStringLiteral("group"), QVariant::fromValue(*group));
    return {};
}

Result<void> checkWritable(const Bus& bus, const FilePlace& place, const std::string& path) {
    if (place.isReadOnly)
        return fail(ErrorCode::PermissionDenied, place.face == Face::Volumes
                                                     ? "mounted volume is marked read-only"
                                                     : "container rootfs is marked read-only");
    const auto folder = statAt(bus, place, true);
    if (!folder)
        return fail(aboutFile(folder.error(), path, place.container));
    if (!S_ISDIR(folder->mode))
        return fail(ErrorCode::InvalidArgument, "extraction point is not a directory");
    return {};
}

} // namespace

Result<void> statArchive(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const std::string path, askedPath(exchange));
    TRY_ASSIGN(const FilePlace place, findFilePlace(bus, exchange.parameter("id"), path));
    const auto file = statAt(bus, place, followsLink(path));
    if (!file)
        return fail(aboutFile(file.error(), path, place.container));
    return exchange.replyEmpty(200, {{kStatHeader, pathStat(path, *file)}});
}

Result<void> getArchive(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const std::string path, askedPath(exchange));
    TRY_ASSIGN(const FilePlace place, findFilePlace(bus, exchange.parameter("id"), path));
    QVariantMap options{{QStringLiteral("follow-link"), followsLink(path)}};
    if (place.face == Face::Volumes && !path.ends_with("/.")) // whose top has another name here
        options.insert(QStringLiteral("name"), toQString(baseName(path)));
    const auto found = bus.ask<QDBusObjectPath, QDBusUnixFileDescriptor, dbus::FileEntry>(
        place.face, "CopyOut", place.name, toQString(place.path), options);
    if (!found)
        return fail(aboutFile(found.error(), path, place.container));
    const auto& [job, passedArchive, file] = *found;
    TRY_ASSIGN(const UniqueFd archive, taken(passedArchive));
    return sendArchive(exchange, bus, job, archive, "application/x-tar",
                       {{kStatHeader, pathStat(path, file)}});
}

Result<void> putArchive(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const std::string path, askedPath(exchange));
    TRY_ASSIGN(const FilePlace place, findFilePlace(bus, exchange.parameter("id"), path));
    TRY(checkWritable(bus, place, path));
    const Query& query = exchange.query();
    QVariantMap options{{QStringLiteral("no-overwrite-dir-non-dir"), query.flag("noOverwriteDirNonDir")}};
    if (query.flag("copyUIDGID"))
        TRY(addOwner(place.user, options));
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    UniqueFd reading(ends[0]), writing(ends[1]);
    const auto job = bus.ask<QDBusObjectPath>(place.face, "CopyIn", place.name, toQString(place.path),
                                              passed(reading), options);
    if (!job)
        return fail(aboutFile(job.error(), path, place.container));
    reading.reset(); // the engine's is the last: when it ends early, we are told
    if (auto copied = exchange.copyBodyTo(writing.get()); !copied) {
        bus.cancel(*job);
        return copied;
    }
    writing.reset();
    TRY(bus.finish(*job, exchange));
    return exchange.replyEmpty(200);
}

Result<void> exportContainer(Exchange& exchange, const Bus& bus) {
    const std::string name = exchange.parameter("id");
    const auto begun =
        bus.ask<QDBusObjectPath, QDBusUnixFileDescriptor>(Face::Containers, "Export", toQString(name));
    if (!begun)
        return fail(aboutContainer(begun.error(), name));
    const auto& [job, passedArchive] = *begun;
    TRY_ASSIGN(const UniqueFd archive, taken(passedArchive));
    return sendArchive(exchange, bus, job, archive, "application/octet-stream", {});
}

} // namespace escale::docker_api
