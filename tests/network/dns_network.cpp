#include "tests/network/dns_network.h"

#include "engine/base/file.h"
#include "engine/base/subprocess.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <sstream>

namespace escale::test {
namespace {

Result<void> ip(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "/usr/sbin/ip");
    TRY(runProgram(std::move(arguments)));
    return {};
}

Result<void> address(const std::string& interface, const std::vector<std::string>& addresses) {
    for (const auto& text : addresses) {
        // Without waiting for a duplicate: a server could not listen there at once.
        std::vector<std::string> command{"address", "add", text, "dev", interface};
        if (text.find(':') != std::string::npos)
            command.emplace_back("nodad");
        TRY(ip(command));
    }
    return ip({"link", "set", interface, "up"});
}

UniqueFd connectUdp(const std::string& server) {
    const bool isV6 = server.find(':') != std::string::npos;
    sockaddr_in v4{.sin_family = AF_INET, .sin_port = htons(53)};
    sockaddr_in6 v6{.sin6_family = AF_INET6, .sin6_port = htons(53)};
    ::inet_pton(isV6 ? AF_INET6 : AF_INET, server.c_str(),
                isV6 ? static_cast<void*>(&v6.sin6_addr) : &v4.sin_addr);
    UniqueFd socket(::socket(isV6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (isV6)
        ::connect(socket.get(), reinterpret_cast<sockaddr*>(&v6), sizeof v6);
    else
        ::connect(socket.get(), reinterpret_cast<sockaddr*>(&v4), sizeof v4);
    return socket;
}

std::string exchangeBy(const UniqueFd& socket, const std::string& bytes, int milliseconds) {
    std::string reply(65536, '\0');
    pollfd entry{socket.get(), POLLIN, 0};
    if (::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0 ||
        ::poll(&entry, 1, milliseconds) != 1)
        return {};
    const auto size = ::recv(socket.get(), reply.data(), reply.size(), 0);
    reply.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    return reply;
}

} // namespace

Result<void> makeBridge(const std::string& bridge, const std::vector<std::string>& addresses) {
    TRY(ip({"link", "set", "lo", "up"}));
    TRY(ip({"link", "add", bridge, "type", "bridge"}));
    return address(bridge, addresses);
}

Result<void> plug(const NamespaceProcess& machine, const std::string& bridge, const std::string& interface,
                  const std::vector<std::string>& addresses) {
    static std::atomic<int> count = 0;
    const std::string host = "veth" + std::to_string(count++);
    TRY(ip({"link", "add", host, "type", "veth", "peer", "name", interface, "netns",
            std::to_string(machine.pid())}));
    TRY(ip({"link", "set", host, "master", bridge, "up"}));
    return machine.run([&] { return address(interface, addresses); });
}

std::string ask(const NamespaceProcess& machine, const std::string& server,
                std::vector<std::string> question) {
    std::string text;
    std::vector<std::string> command{"/usr/bin/dig", "+short", "+tries=2", "+time=2", "@" + server};
    command.insert(command.end(), question.begin(), question.end());
    (void)machine.run([&]() -> Result<void> {
        text = output(command);
        return {};
    });
    return text;
}

std::string askState(const NamespaceProcess& machine, const std::string& server,
                     const std::string& question) {
    std::string text;
    (void)machine.run([&]() -> Result<void> {
        std::vector<std::string> command{"/usr/bin/dig", "+tries=1", "+time=5", "@" + server};
        std::istringstream words(question);
        for (std::string word; words >> word;)
            command.push_back(word);
        text = output(command);
        return {};
    });
    const auto start = text.find("status: ");
    return start == std::string::npos ? "" : text.substr(start + 8, text.find(',', start) - start - 8);
}

OpenFolder::OpenFolder() {
    ::chmod(m_folder.path().toUtf8().constData(), 0755);
}

std::string questionFor(const std::string& name, std::uint16_t type) {
    std::string bytes("NS\1\0\0\1\0\0\0\0\0\0", 12);
    std::istringstream labels(name);
    for (std::string label; std::getline(labels, label, '.');)
        bytes += static_cast<char>(label.size()) + label;
    return bytes + std::string({0, static_cast<char>(type >> 8), static_cast<char>(type), 0, 1});
}

std::string exchange(const NamespaceProcess& machine, const std::string& server, const std::string& bytes,
                     int milliseconds) {
    std::string reply;
    (void)machine.run([&]() -> Result<void> {
        const UniqueFd socket = connectUdp(server);
        reply = exchangeBy(socket, bytes, milliseconds);
        return {};
    });
    return reply;
}

Asking::Asking(const NamespaceProcess& machine, std::string server, std::string name)
    : m_thread([this, &machine, server = std::move(server), name = std::move(name)] {
        (void)machine.run([&]() -> Result<void> {
            const std::string question = questionFor(name);
            const UniqueFd socket = connectUdp(server);
            for (; !m_isEnding; ++m_asked) {
                const std::string reply = exchangeBy(socket, question, 1000);
                if (reply.size() < 16 || (reply[3] & 15) != 0 || reply[7] == 0)
                    ++m_lost;
            }
            return {};
        });
    }) {}

void Asking::end() {
    m_isEnding = true;
    if (m_thread.joinable())
        m_thread.join();
}

Result<void> UpstreamServer::listen(const NamespaceProcess& machine, const std::string& address) {
    TRY(machine.run([&]() -> Result<void> {
        m_socket.reset(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        m_listening.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in own{.sin_family = AF_INET, .sin_port = htons(53)};
        ::inet_pton(AF_INET, address.c_str(), &own.sin_addr);
        for (const auto& socket : {m_socket.get(), m_listening.get()}) {
            if (::bind(socket, reinterpret_cast<sockaddr*>(&own), sizeof own) != 0)
                return failErrno("cannot listen at " + address);
        }
        if (::listen(m_listening.get(), 8) != 0)
            return failErrno("cannot listen at " + address);
        return {};
    }));
    m_thread = std::thread([this] { answer(); });
    return {};
}

UpstreamServer::~UpstreamServer() {
    m_isEnding = true;
    if (m_thread.joinable())
        m_thread.join();
}

std::set<std::string> UpstreamServer::asked() {
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

void UpstreamServer::answer() {
    while (!m_isEnding) {
        std::array<pollfd, 2> entries{{{m_socket.get(), POLLIN, 0}, {m_listening.get(), POLLIN, 0}}};
        if (::poll(entries.data(), entries.size(), 50) < 1)
            continue;
        if (entries[0].revents != 0)
            answerDatagram();
        if (entries[1].revents != 0)
            answerConnection();
    }
}

std::string UpstreamServer::replyTo(const std::string& question, int records) {
    std::string name;
    std::size_t at = 12;
    for (; at < 300 && question[at] != 0; at += static_cast<std::size_t>(question[at]) + 1)
        name.append(question, at + 1, static_cast<std::size_t>(question[at])).push_back('.');
    std::string reply = question.substr(0, at + 5); // header and question
    reply[2] = static_cast<char>(m_manner == Manner::Brief && records == 1 ? 0x83 : 0x81);
    reply[3] = static_cast<char>(m_manner == Manner::Refusing ? 0x85 : 0x80);
    reply.replace(6, 6, std::string(6, '\0'));
    if (m_manner != Manner::Refusing && question[at + 2] == 1 && reply[2] != static_cast<char>(0x83)) {
        reply[7] = static_cast<char>(records);
        for (int i = 0; i < records; ++i)
            reply += std::string("\xc0\x0c\0\1\0\1\0\0\0\x0a\0\4\xc0\0\2\x4d", 16);
    }
    const std::lock_guard lock(m_mutex);
    m_asked.insert(name);
    ++m_count;
    return reply;
}

void UpstreamServer::answerDatagram() {
    std::string question(1500, '\0');
    sockaddr_in from{};
    socklen_t size = sizeof from;
    if (::recvfrom(m_socket.get(), question.data(), question.size(), 0, reinterpret_cast<sockaddr*>(&from),
                   &size) < 17)
        return;
    const auto send = [&](const std::string& bytes) {
        ::sendto(m_socket.get(), bytes.data(), bytes.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
    };
    std::string reply = replyTo(question, 1);
    if (m_manner == Manner::Silent)
        return;
    if (m_manner == Manner::Lying) {
        send("x");
        std::string lie = reply;
        lie.back() = 66; // another address …
        ++lie[1];        // … with another number
        send(lie);
        --lie[1];
        ++lie[13]; // … of another name
        send(lie);
        lie = question.substr(0, reply.size()); // a question
        send(lie);
    }
    send(reply);
}

void UpstreamServer::answerConnection() {
    const UniqueFd socket(::accept4(m_listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
    std::string question(1500, '\0');
    const auto size = ::recv(socket.get(), question.data(), question.size(), 0);
    if (size < 19 || m_manner == Manner::Silent)
        return;
    const std::string reply = replyTo(question.substr(2), 100);
    const std::string length{static_cast<char>(reply.size() >> 8), static_cast<char>(reply.size())};
    // In pieces, as streams come.
    for (const std::string& piece :
         {length.substr(0, 1), length.substr(1), reply.substr(0, 700), reply.substr(700)})
        ::send(socket.get(), piece.data(), piece.size(), MSG_NOSIGNAL);
}

Result<void> hideResolvConf(const OpenFolder& folder, const std::string& text) {
    const std::string path = folder.path("resolv.conf");
    TRY(writeFileAtomically(path, text, 0644));
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount(path.c_str(), "/etc/resolv.conf", nullptr, MS_BIND, nullptr) != 0)
        return failErrno("cannot hide /etc/resolv.conf");
    return {};
}

} // namespace escale::test
