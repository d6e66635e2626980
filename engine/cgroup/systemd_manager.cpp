#include "engine/cgroup/systemd_manager.h"

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::chrono::seconds kPatience(30); // for one request, its job included

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

Result<SystemdManager> SystemdManager::connect(const std::string& path) {
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
        error.hint = "Where systemd is not the init system, leave --systemd-cgroup out (podman "
                     "--cgroup-manager cgroupfs; dockerd --exec-opt native.cgroupdriver=cgroupfs)";
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
    std::string hello("\0AUTH EXTERNAL ", 15);
    hello += hexadecimal(std::to_string(::geteuid())) + "\r\nBEGIN\r\n";
    TRY(sendAll(hello));
    TRY_ASSIGN(const std::string answer, receiveLine());
    if (!answer.starts_with("OK"))
        return fail(ErrorCode::PermissionDenied, "systemd does not let us in: " + answer);
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
        message.texts.size() == 3)
        m_jobs[message.texts[0]] = message.texts[2];
    return message;
}

Result<std::vector<std::string>> SystemdManager::call(std::string_view member, const DbusWriter& body,
                                                      std::string& refusal) {
    m_deadline = std::chrono::steady_clock::now() + kPatience;
    const std::uint32_t serial = ++m_serial;
    TRY(sendAll(dbusCall(serial, member, body)));
    for (;;) {
        TRY_ASSIGN(auto message, receive());
        if (message.replyTo != serial)
            continue;
        if (message.kind == DbusMessage::Kind::Return)
            return std::move(message.texts);
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

Result<void> SystemdManager::setProperties(const std::string& unit, const UnitProperties& properties) {
    std::string refusal;
    TRY(call("SetUnitProperties", DbusWriter().text(unit).boolean(true).properties(properties), refusal));
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
