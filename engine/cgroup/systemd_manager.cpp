#include "engine/cgroup/systemd_manager.h"

#include "engine/base/file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::chrono::seconds kPatience(30); // for one request, its job included

constexpr const char* kWithoutSystemd = "Where systemd is not the init system, leave --systemd-cgroup out "
                                        "(podman --cgroup-manager cgroupfs; dockerd "
                                        "--exec-opt native.cgroupdriver=cgroupfs)";
constexpr const char* kJobRemoved =
    "type='signal',sender='org.freedesktop.systemd1',path='/org/freedesktop/systemd1',"
    "interface='org.freedesktop.systemd1.Manager',member='JobRemoved'";

// "unix:path=/a/b,guid=…;…" (D-Bus Specification, "Server Addresses"): the first one.
Result<std::string> busPath(const std::string& address) {
    static constexpr std::string_view kBegin = "unix:path=";
    if (!address.starts_with(kBegin))
        return fail(ErrorCode::Unsupported,
                    "DBUS_SYSTEM_BUS_ADDRESS=" + address + " is of a form not supported",
                    "Write unix:path=/PATH, or leave it out");
    return address.substr(kBegin.size(), address.find_first_of(",;") - kBegin.size());
}

std::string hexadecimal(std::string_view text) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const char letter : text) {
        out += kDigits[static_cast<unsigned char>(letter) >> 4U];
        out += kDigits[static_cast<unsigned char>(letter) & 0xFU];
    }
    return out;
}

} // namespace

Result<SystemdManager> SystemdManager::connect() {
    static constexpr const char* kOwnSocket = "/run/systemd/private";
    if (const char* named = std::getenv("DBUS_SYSTEM_BUS_ADDRESS"); named != nullptr && *named != '\0') {
        TRY_ASSIGN(const std::string path, busPath(named));
        return connectBus(path);
    }
    if (!exists("/run/systemd/system"))
        return fail(ErrorCode::Unsupported,
                    "systemd was asked for as the cgroup manager, but is not the init system here: "
                    "/run/systemd/system is missing",
                    kWithoutSystemd);
    if (exists(kOwnSocket))
        return connectSocket(kOwnSocket);
    return connectBus("/run/dbus/system_bus_socket");
}

Result<SystemdManager> SystemdManager::connectBus(const std::string& path) {
    TRY_ASSIGN(auto manager, connectSocket(path));
    TRY(manager.joinBus());
    return manager;
}

Result<SystemdManager> SystemdManager::connectSocket(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return fail(ErrorCode::InvalidArgument, "the socket's path is too long: " + path);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket)
        return failErrno("cannot make a socket");
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        auto error =
            systemError("systemd was asked for as the cgroup manager, but cannot be reached at " + path);
        if (errno == ENOENT || errno == ECONNREFUSED)
            error.code = ErrorCode::Unsupported;
        error.hint = kWithoutSystemd;
        return fail(std::move(error));
    }
    SystemdManager manager(std::move(socket));
    manager.m_deadline = std::chrono::steady_clock::now() + kPatience;
    TRY(manager.authenticate());
    return manager;
}

// SASL's EXTERNAL: the kernel tells the other side who we are ("Authentication Protocol"). All of it in one
// piece, as systemd's own clients do: were the first call to arrive in one read with BEGIN, systemd would
// leave it lying until something else arrives.
Result<void> SystemdManager::authenticate() {
    TRY(sendAll(std::string("\0AUTH EXTERNAL ", 15) + hexadecimal(std::to_string(::geteuid())) +
                "\r\nBEGIN\r\n"));
    TRY_ASSIGN(const std::string answer, receiveLine());
    if (!answer.starts_with("OK"))
        return fail(ErrorCode::PermissionDenied, "systemd does not let us in: " + answer);
    return {};
}

Result<void> SystemdManager::joinBus() {
    std::string refusal;
    TRY(call("Hello", DbusWriter(), refusal, kBusObject));
    TRY(call("AddMatch", DbusWriter().text(kJobRemoved), refusal, kBusObject));
    TRY(call("Subscribe", DbusWriter(), refusal));
    return {};
}

Result<void> SystemdManager::waitFor(short events) const {
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            m_deadline - std::chrono::steady_clock::now());
        pollfd watched{m_socket.get(), events, 0};
        const int ready = ::poll(&watched, 1, left.count() > 0 ? static_cast<int>(left.count()) : 0);
        if (ready > 0)
            return {};
        if (ready == 0)
            return fail(ErrorCode::Timeout, "systemd has not answered within 30 seconds",
                        "systemctl list-jobs shows what it is busy with");
        if (errno != EINTR)
            return failErrno("cannot wait for systemd");
    }
}

Result<void> SystemdManager::sendAll(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto sent = ::send(m_socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno == EAGAIN)
            TRY(waitFor(POLLOUT));
        else if (errno != EINTR)
            return failErrno("cannot ask systemd");
    }
    return {};
}

Result<std::string> SystemdManager::receiveBytes(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t done = 0; done < size;) {
        const auto got = ::recv(m_socket.get(), bytes.data() + done, size - done, 0);
        if (got > 0)
            done += static_cast<std::size_t>(got);
        else if (got == 0)
            return fail(ErrorCode::Unreachable, "systemd has closed the connection");
        else if (errno == EAGAIN)
            TRY(waitFor(POLLIN));
        else if (errno != EINTR)
            return failErrno("cannot hear from systemd");
    }
    return bytes;
}

Result<std::string> SystemdManager::receiveLine() {
    std::string line;
    while (!line.ends_with("\r\n")) {
        TRY_ASSIGN(const std::string byte, receiveBytes(1));
        line += byte;
        if (line.size() > 1000)
            return fail(ErrorCode::Untrusted, "systemd's greeting is too long");
    }
    return line.substr(0, line.size() - 2);
}

Result<DbusMessage> SystemdManager::receive() {
    TRY_ASSIGN(std::string bytes, receiveBytes(kDbusHeader));
    TRY_ASSIGN(const std::size_t size, dbusMessageSize(bytes));
    TRY_ASSIGN(const std::string rest, receiveBytes(size - bytes.size()));
    bytes += rest;
    TRY_ASSIGN(auto message, parseDbusMessage(bytes));
    // u, then job, unit and result
    if (message.kind == DbusMessage::Kind::Signal && message.member == "JobRemoved" &&
        message.texts.size() == 3 && message.sender == m_sender)
        m_jobs[message.texts[0]] = message.texts[2];
    return message;
}

Result<std::vector<std::string>> SystemdManager::call(std::string_view member, const DbusWriter& body,
                                                      std::string& refusal, const DbusObject& object) {
    m_deadline = std::chrono::steady_clock::now() + kPatience;
    const std::uint32_t serial = ++m_serial;
    TRY(sendAll(dbusCall(serial, member, body, object)));
    for (;;) {
        TRY_ASSIGN(auto message, receive());
        if (message.replyTo != serial)
            continue;
        if (message.kind == DbusMessage::Kind::Return) {
            if (object.destination == kSystemdObject.destination)
                m_sender = message.sender;
            return std::move(message.texts);
        }
        refusal = message.errorName;
        return fail(ErrorCode::SystemFailure,
                    "systemd refuses " + std::string(member) + ": " +
                        (message.texts.empty() ? message.errorName : message.texts.front()));
    }
}

Result<void> SystemdManager::waitForJob(const std::string& job, const std::string& what) {
    while (!m_jobs.contains(job))
        TRY(receive());
    if (const auto& result = m_jobs[job]; result != "done")
        return fail(ErrorCode::SystemFailure, "systemd could not " + what + ": the job ended as " + result,
                    "journalctl -b may say more");
    return {};
}

Result<void> SystemdManager::startTransientUnit(const std::string& unit, const UnitProperties& properties) {
    DbusWriter body;
    body.text(unit).text("fail").properties(properties).noAuxiliaryUnits();
    std::string refusal;
    auto started = call("StartTransientUnit", body, refusal);
    if (!started && refusal == "org.freedesktop.systemd1.UnitExists") {
        // Of a container of that name whose scope has failed: systemd keeps it to be looked at.
        std::string ignored;
        if (const auto reset = call("ResetFailedUnit", DbusWriter().text(unit), ignored); !reset)
            return fail(std::move(started).error());
        started = call("StartTransientUnit", body, refusal);
    }
    TRY_ASSIGN(const auto texts, std::move(started));
    return waitForJob(texts.empty() ? std::string() : texts.front(), "start the unit " + unit);
}

namespace {

// A property that an older systemd does not know, it does not overwrite either: the file that we write holds.
// True when one was taken out.
bool dropUnknown(const std::string& refusal, const std::string& message, UnitProperties& properties) {
    const auto isNamed = [&](const auto& one) {
        const bool idle = one.first == "CPUWeight" && one.second == UnitValue(std::uint64_t(0)); // since 252
        return (refusal == "org.freedesktop.DBus.Error.PropertyReadOnly" &&
                message.find(" " + one.first + ",") != std::string::npos) ||
               (idle && message.find("CPUWeight") != std::string::npos);
    };
    return std::erase_if(properties, isNamed) != 0;
}

} // namespace

Result<void> SystemdManager::setProperties(const std::string& unit, UnitProperties properties) {
    while (!properties.empty()) {
        std::string refusal;
        auto set =
            call("SetUnitProperties", DbusWriter().text(unit).boolean(true).properties(properties), refusal);
        if (set)
            return {};
        if (!dropUnknown(refusal, set.error().message, properties))
            return fail(std::move(set).error());
    }
    return {};
}

Result<void> SystemdManager::stopUnit(const std::string& unit) {
    std::string refusal;
    auto stopped = call("StopUnit", DbusWriter().text(unit).text("replace"), refusal);
    if (!stopped && refusal == "org.freedesktop.systemd1.NoSuchUnit")
        return {};
    TRY_ASSIGN(const auto texts, std::move(stopped));
    TRY(waitForJob(texts.empty() ? std::string() : texts.front(), "stop the unit " + unit));
    // One that has failed stays until it is reset; one that has not is unknown by now.
    if (auto reset = call("ResetFailedUnit", DbusWriter().text(unit), refusal);
        !reset && refusal != "org.freedesktop.systemd1.NoSuchUnit")
        return fail(std::move(reset).error());
    return {};
}

} // namespace escale
