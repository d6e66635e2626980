#include "engine/runtime/lifecycle/state_folder.h"

#include "engine/base/file.h"
#include "engine/base/process.h"
#include "engine/cgroup/layout.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace escale {
namespace {

constexpr const char* kStateFile = "state.json";
constexpr const char* kConfigFile = "config.json";
constexpr const char* kStartSocket = "start.sock";

// A socket's path holds 107 bytes at most; the folder's own path may be longer.
sockaddr_un socketAddress(int directory) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", directory, kStartSocket);
    return address;
}

} // namespace

std::string_view statusName(ContainerStatus status) {
    static constexpr std::array<std::string_view, 5> kNames{"creating", "created", "running", "stopped",
                                                            "paused"};
    return kNames.at(static_cast<std::size_t>(status));
}

Json stateDocument(const SavedState& state, ContainerStatus status, std::int64_t pid) {
    Json json;
    json.set("ociVersion", "1.2.0").set("id", state.id).set("status", statusName(status));
    json.set("pid", pid).set("bundle", state.bundle).set("created", state.createdAt);
    Json annotations{Json::Object{}};
    for (const auto& [name, value] : state.annotations)
        annotations.set(name, value);
    json.set("annotations", std::move(annotations));
    return json;
}

Result<StateFolder> StateFolder::create(const std::string& root, const std::string& id) {
    TRY(validateContainerId(id));
    TRY(makeDirectories(root, 0700));
    const std::string path = root + "/" + id;
    if (::mkdir(path.c_str(), 0700) != 0) {
        if (errno == EEXIST)
            return fail(ErrorCode::AlreadyExists, "a container \"" + id + "\" exists already",
                        "Choose another id, or delete it first");
        return failErrno("cannot make " + path);
    }
    return open(root, id);
}

Result<StateFolder> StateFolder::open(const std::string& root, const std::string& id) {
    TRY(validateContainerId(id));
    const std::string path = root + "/" + id;
    auto directory = openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!directory && directory.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "no container \"" + id + "\" in " + root);
    TRY_ASSIGN(auto opened, std::move(directory));
    return StateFolder(path, std::move(opened));
}

Result<void> StateFolder::save(const SavedState& state) const {
    Json json;
    json.set("id", state.id).set("bundle", state.bundle).set("cgroupPath", state.cgroupPath);
    json.set("created", state.createdAt).set("pid", static_cast<std::int64_t>(state.pid));
    json.set("pidStartTime", state.pidStartTime);
    if (state.hooks)
        json.set("hooks", true);
    if (!state.systemdUnit.empty())
        json.set("systemdUnit", state.systemdUnit);
    Json annotations{Json::Object{}};
    for (const auto& [name, value] : state.annotations)
        annotations.set(name, value);
    json.set("annotations", std::move(annotations));
    const std::string temporary = std::string(kStateFile) + ".new";
    {
        TRY_ASSIGN(const UniqueFd file,
                   openFileAt(m_directory.get(), temporary, O_WRONLY | O_CREAT | O_TRUNC, 0600));
        TRY(writeAll(file.get(), json.dump(), m_path + "/" + temporary));
    }
    if (::renameat(m_directory.get(), temporary.c_str(), m_directory.get(), kStateFile) != 0)
        return failErrno("cannot rename " + m_path + "/" + temporary);
    return {};
}

Result<SavedState> StateFolder::load() const {
    TRY_ASSIGN(const UniqueFd file, openFileAt(m_directory.get(), kStateFile, O_RDONLY));
    TRY_ASSIGN(const std::string text, readFd(file.get()));
    auto json = Json::parse(text);
    if (!json)
        return fail(std::move(json).error().prefixed(m_path + "/" + kStateFile));
    SavedState state;
    TRY_ASSIGN(state.id, json->getString("id"));
    TRY_ASSIGN(state.bundle, json->getString("bundle"));
    TRY_ASSIGN(state.cgroupPath, json->getString("cgroupPath"));
    TRY_ASSIGN(state.createdAt, json->getString("created"));
    TRY_ASSIGN(const auto pid, json->getInteger("pid"));
    state.pid = static_cast<pid_t>(pid);
    state.pidStartTime = static_cast<std::uint64_t>(json->at("pidStartTime").toInteger());
    state.hooks = json->at("hooks").toBool();
    TRY_ASSIGN(state.systemdUnit, json->getOptionalString("systemdUnit"));
    for (const auto& [name, value] : json->at("annotations").members())
        state.annotations.emplace_back(name, value.toString());
    return state;
}

Result<void> StateFolder::saveConfig(std::string_view text) const {
    TRY_ASSIGN(const UniqueFd file,
               openFileAt(m_directory.get(), kConfigFile, O_WRONLY | O_CREAT | O_EXCL, 0600));
    return writeAll(file.get(), text, m_path + "/" + kConfigFile);
}

Result<std::string> StateFolder::loadConfig() const {
    TRY_ASSIGN(const UniqueFd file, openFileAt(m_directory.get(), kConfigFile, O_RDONLY));
    return readFd(file.get());
}

ContainerStatus StateFolder::status(const SavedState& state) const {
    if (state.pid == 0)
        return ContainerStatus::Creating;
    const auto startTime = processStartTime(state.pid);
    if (!startTime || *startTime != state.pidStartTime)
        return ContainerStatus::Stopped;
    const bool waits = ::faccessat(m_directory.get(), kStartSocket, F_OK, 0) == 0;
    return waits ? ContainerStatus::Created : ContainerStatus::Running;
}

Result<void> StateFolder::remove() const {
    return removeTree(m_path);
}

Result<UniqueFd> StateFolder::listen() const {
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return failErrno("cannot make a socket");
    const auto address = socketAddress(m_directory.get());
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(socket.get(), 4) != 0)
        return failErrno("cannot listen on " + m_path + "/" + kStartSocket);
    return socket;
}

Result<UniqueFd> StateFolder::connect() const {
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return failErrno("cannot make a socket");
    const auto address = socketAddress(m_directory.get());
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return socket;
    if (errno == ENOENT || errno == ECONNREFUSED)
        return fail(ErrorCode::WrongState,
                    "the container does not wait to be started: it runs already, or has ended");
    return failErrno("cannot connect to " + m_path + "/" + kStartSocket);
}

Result<void> StateFolder::removeSocket() const {
    if (::unlinkat(m_directory.get(), kStartSocket, 0) != 0 && errno != ENOENT)
        return failErrno("cannot remove " + m_path + "/" + kStartSocket);
    return {};
}

Result<void> validateContainerId(std::string_view id) {
    static constexpr std::string_view kAllowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-";
    if (!id.empty() && id.size() <= 255 && id.find_first_not_of(kAllowed) == std::string_view::npos &&
        id[0] != '.' && id[0] != '-')
        return {};
    return fail(ErrorCode::InvalidArgument,
                "empty, too long or an invalid character in the container ID \"" + std::string(id) + "\"",
                "Use 1 to 255 letters, digits, and _ . + -");
}

// With <chrono>'s arithmetic, not gmtime and strftime: they read the machine's time zone first.
std::string rfc3339Now() {
    namespace chrono = std::chrono;
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const chrono::sys_seconds seconds{chrono::seconds(now.tv_sec)};
    const auto midnight = chrono::floor<chrono::days>(seconds);
    const chrono::year_month_day date{midnight};
    const chrono::hh_mm_ss time{seconds - midnight};
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%09ldZ", int(date.year()),
                  unsigned(date.month()), unsigned(date.day()), int(time.hours().count()),
                  int(time.minutes().count()), int(time.seconds().count()), now.tv_nsec);
    return text.data();
}

} // namespace escale
