// What ./dev bench network measures from within a network namespace. Prints "NAME NUMBER" lines.
//
// - endpoints COUNT: "attach" and "detach", ms, one line each: endpoints of a bridge network as the engine
// makes them,
//   with their addresses and guards, all of them in and then all of them out, each in a namespace of its own
// - echo PORT: answers what roundtrips sends, until it is ended
// - roundtrips HOST PORT COUNT: a byte there and back by TCP: "median" and "worst" (99 of 100 are faster), µs
// - lookups SERVER NAME COUNT: of type A by UDP: one after the other ("median" and "worst", µs), and with 32
// on their
//   way at a time ("rate", a second)
#include "engine/base/unique_fd.h"
#include "engine/network/networks.h"
#include "engine/store/store.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

using namespace escale;

namespace {

using Clock = std::chrono::steady_clock;
// What the kernel does in the background after one step is not the next one's.
constexpr auto kPause = std::chrono::milliseconds(20);

[[noreturn]] void stop(const std::string& why) {
    std::fprintf(stderr, "escale-network-bench: %s\n", why.c_str());
    std::exit(1);
}

template <class Value>
Value checked(Result<Value> result) {
    if (!result)
        stop(result.error().text());
    if constexpr (!std::is_void_v<Value>)
        return *std::move(result);
}

void checkCall(bool isDone, const char* what) {
    if (!isDone)
        stop(std::string(what) + ": " + std::strerror(errno));
}

double timed(const std::function<void()>& work) { // µs
    const auto begin = Clock::now();
    work();
    return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

void printSpread(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("median %.1f\nworst %.1f\n", times.at(times.size() / 2), times.at(times.size() * 99 / 100));
}

// A process that waits in a network namespace of its own.
pid_t startInNamespace() {
    std::array<int, 2> ready{};
    checkCall(::pipe(ready.data()) == 0, "pipe");
    const pid_t pid = ::fork();
    checkCall(pid >= 0, "fork");
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::unshare(CLONE_NEWNET) != 0 || ::write(ready[1], "r", 1) != 1)
            ::_exit(1);
        for (;;)
            ::pause();
    }
    ::close(ready[1]);
    char byte = 0;
    checkCall(::read(ready[0], &byte, 1) == 1, "a network namespace");
    ::close(ready[0]);
    return pid;
}

void benchEndpoints(int count) {
    std::string folder = "/tmp/escale-network-bench.XXXXXX";
    checkCall(::mkdtemp(folder.data()) != nullptr, "mkdtemp");
    std::vector<pid_t> containers;
    for (int i = 0; i < count; ++i) // before there are threads
        containers.push_back(startInNamespace());
    {
        const auto store = checked(Store::open(folder));
        Networks networks(*store, {"escbench0", "escale_bench", defaultPools()});
        NetworkOptions options;
        options.name = "bench";
        const NetworkRecord network = checked(networks.create(0, options));
        std::vector<EndpointRecord> endpoints;
        for (int i = 0; i < count; ++i) {
            EndpointRecord endpoint;
            const std::string number = std::to_string(i);
            endpoint.container = std::string(12 - number.size(), '0') + number + std::string(52, 'b');
            endpoint.network = network.network.id;
            endpoints.push_back(endpoint);
        }
        for (int i = -1; i < count; ++i) { // the first one makes the network, too
            const auto at = static_cast<std::size_t>(std::max(i, 0));
            const double time = timed([&] {
                checked(networks.reserve(endpoints[at]));
                checked(networks.attach(endpoints[at], true, containers[at]));
            });
            std::this_thread::sleep_for(kPause);
            if (i < 0) {
                checked(networks.detach(endpoints[at], containers[at]));
                networks.release(endpoints[at]);
                std::this_thread::sleep_for(5 * kPause);
                continue;
            }
            std::printf("attach %.3f\n", time / 1000);
        }
        for (int i = 0; i < count; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const double time = timed([&] {
                checked(networks.detach(endpoints[at], containers[at]));
                networks.release(endpoints[at]);
            });
            std::printf("detach %.3f\n", time / 1000);
            std::this_thread::sleep_for(kPause);
        }
        checked(networks.purge());
    }
    for (const pid_t pid : containers) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    }
    std::filesystem::remove_all(folder);
}

sockaddr_in addressOf(const char* host, int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    checkCall(::inet_pton(AF_INET, host, &address.sin_addr) == 1, "address");
    return address;
}

UniqueFd connected(int type, const char* host, int port) {
    UniqueFd socket(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
    const sockaddr_in address = addressOf(host, port);
    timeval patience{5, 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    checkCall(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
              host);
    return socket;
}

void setNoDelay(int socket) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

[[noreturn]] void echo(int port) {
    const UniqueFd listening(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(listening.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const sockaddr_in address = addressOf("0.0.0.0", port);
    checkCall(::bind(listening.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                  ::listen(listening.get(), 8) == 0,
              "listen");
    for (;;) {
        const UniqueFd client(::accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
        setNoDelay(client.get());
        char byte = 0;
        while (::read(client.get(), &byte, 1) == 1 && ::write(client.get(), &byte, 1) == 1) {
        }
    }
}

void benchRoundtrips(const char* host, int port, int count) {
    const UniqueFd socket = connected(SOCK_STREAM, host, port);
    setNoDelay(socket.get());
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        times.push_back(timed([&] {
            char byte = 'x';
            checkCall(::write(socket.get(), &byte, 1) == 1 && ::read(socket.get(), &byte, 1) == 1,
                      "a byte there and back");
        }));
    }
    printSpread(std::move(times));
}

std::string questionFor(const std::string& name) {
    std::string bytes("\0\0\1\0\0\1\0\0\0\0\0\0", 12); // one question, recursion desired
    std::size_t begin = 0;
    while (begin <= name.size()) {
        const auto end = std::min(name.find('.', begin), name.size());
        bytes += static_cast<char>(end - begin);
        bytes += name.substr(begin, end - begin);
        begin = end + 1;
    }
    return bytes + std::string("\0\0\1\0\1", 5); // the root; A, IN
}

void ask(int socket, std::string& question, int number) {
    question[0] = static_cast<char>(number >> 8 & 0xff);
    question[1] = static_cast<char>(number & 0xff);
    checkCall(::send(socket, question.data(), question.size(), 0) == static_cast<ssize_t>(question.size()),
              "a question");
}

// With one address at least.
void awaitAnswer(int socket) {
    std::array<char, 4096> answer{};
    const ssize_t size = ::recv(socket, answer.data(), answer.size(), 0);
    checkCall(size > 12, "an answer");
    if ((answer[3] & 0x0f) != 0 || (answer[6] == 0 && answer[7] == 0))
        stop("the name is not known");
}

void benchLookups(const char* server, const std::string& name, int count) {
    constexpr int kAtOnce = 32;
    const UniqueFd socket = connected(SOCK_DGRAM, server, 53);
    std::string question = questionFor(name);
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        times.push_back(timed([&] {
            ask(socket.get(), question, i);
            awaitAnswer(socket.get());
        }));
    }
    printSpread(std::move(times));
    const double all = timed([&] {
        for (int i = 0; i < kAtOnce; ++i)
            ask(socket.get(), question, i);
        for (int i = kAtOnce; i < count; ++i) {
            awaitAnswer(socket.get());
            ask(socket.get(), question, i);
        }
        for (int i = 0; i < kAtOnce; ++i)
            awaitAnswer(socket.get());
    });
    std::printf("rate %.0f\n", count / all * 1e6);
}

} // namespace

int main(int count, char** values) {
    const std::vector<std::string> words(values + 1, values + count);
    const std::string command = words.empty() ? "" : words[0];
    if (command == "endpoints" && words.size() == 2)
        benchEndpoints(std::atoi(words[1].c_str()));
    else if (command == "echo" && words.size() == 2)
        echo(std::atoi(words[1].c_str()));
    else if (command == "roundtrips" && words.size() == 4)
        benchRoundtrips(words[1].c_str(), std::atoi(words[2].c_str()), std::atoi(words[3].c_str()));
    else if (command == "lookups" && words.size() == 4)
        benchLookups(words[1].c_str(), words[2], std::atoi(words[3].c_str()));
    else
        stop("see the top of network_bench.cpp");
    return 0;
}
