// A container with a terminal: the console socket of engines, and the foreground of a person at a terminal.
#include "engine/base/file.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <pty.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

using namespace escale;
using namespace escale::test;

namespace {

// What an engine does: listens, and gets one descriptor with some words.
class ConsoleSocket {
public:
    explicit ConsoleSocket(const std::string& path)
        : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        if (::bind(m_socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
            ::listen(m_socket.get(), 1) != 0)
            qFatal("cannot listen on %s", path.c_str());
    }
    UniqueFd receive() const {
        const UniqueFd connection(::accept4(m_socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
        char name[64];
        iovec part{name, sizeof name};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        int fd = -1;
        if (::recvmsg(connection.get(), &message, MSG_CMSG_CLOEXEC) > 0 && CMSG_FIRSTHDR(&message) != nullptr)
            std::memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
        return UniqueFd(fd);
    }

private:
    UniqueFd m_socket;
};

// Until `wanted` has come, or nothing more comes.
std::string readUntil(int master, const std::string& wanted) {
    std::string text;
    pollfd ready{master, POLLIN, 0};
    while (text.find(wanted) == std::string::npos && ::poll(&ready, 1, 10000) > 0) {
        char bytes[512];
        const auto got = ::read(master, bytes, sizeof bytes);
        if (got <= 0)
            break;
        text.append(bytes, static_cast<std::size_t>(got));
    }
    return text;
}

// A person at a terminal who runs the bundle in the foreground.
struct Person {
    pid_t pid = -1;
    UniqueFd master;
};

Person atTerminal(const Bundle& bundle, winsize size, UniqueFd& watched, std::vector<std::string> words) {
    words.insert(words.begin(), {"escale-runtime", "--root", bundle.path() + "/state"});
    std::vector<char*> list;
    for (auto& word : words)
        list.push_back(word.data());
    list.push_back(nullptr);
    int master = -1;
    int slave = -1;
    if (::openpty(&master, &slave, nullptr, nullptr, &size) != 0)
        qFatal("no pty: %s", std::strerror(errno));
    watched.reset(::fcntl(slave, F_DUPFD_CLOEXEC, 3));
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setsid();
        ::login_tty(slave);
        ::execv(ESCALE_BIN "/escale-runtime", list.data());
        ::_exit(99);
    }
    ::close(slave);
    ::fcntl(master, F_SETFD, FD_CLOEXEC);
    return {pid, UniqueFd(master)};
}

Person runAtTerminal(const Bundle& bundle, winsize size, UniqueFd& watched) {
    return atTerminal(bundle, size, watched, {"run", "--bundle", bundle.path(), bundle.id()});
}

int waitFor(pid_t pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Json size(int height, int width) {
    Json json;
    json.set("height", height).set("width", width);
    return json;
}

} // namespace

class TerminalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sendsTheMasterToTheConsoleSocket() {
        // Given a container that looks at its terminal, created as engines do
        Bundle bundle(
            {"/bin/sh", "-c",
             "tty; stty size; cat /proc/self/stat | cut -d' ' -f7 | grep -qv '^0$' && echo controlled; "
             "echo console >/dev/console; stat -c %u /dev/pts/0; echo end"});
        bundle.set("process/terminal", Json(true));
        bundle.set("process/consoleSize", size(33, 111));
        const std::string path = bundle.path() + "/console.sock";
        const ConsoleSocket console(path);
        const auto created = bundle.runtime({"create", "--console-socket", path});
        QVERIFY2(created.code == 0, created.err.c_str());
        const UniqueFd master = console.receive();
        QVERIFY(master);
        // When it is started
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        // Then its 0, 1 and 2 are a controlling terminal of its own devpts, /dev/console is the same, of that
        // size
        const std::string text = readUntil(master.get(), "end\r\n");
        QCOMPARE(text, std::string("/dev/pts/0\r\n33 111\r\ncontrolled\r\nconsole\r\n0\r\nend\r\n"));
    }
    void givesTheTerminalToTheContainersUser() {
        Bundle bundle({"/bin/sh", "-c", "stat -c %u /dev/pts/0; echo mine >$(tty); echo end"});
        bundle.set("process/terminal", Json(true));
        bundle.set("process/user/uid", Json(1000));
        const std::string path = bundle.path() + "/console.sock";
        const ConsoleSocket console(path);
        const auto created = bundle.runtime({"create", "--console-socket", path});
        QVERIFY2(created.code == 0, created.err.c_str());
        const UniqueFd master = console.receive();
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(readUntil(master.get(), "end\r\n"), std::string("1000\r\nmine\r\nend\r\n"));
    }
    void refusesATerminalThatNobodyHolds() {
        Bundle bundle({"/bin/true"});
        bundle.set("process/terminal", Json(true));
        const auto created = bundle.runtime({"create"});
        QCOMPARE(created.code, 1);
        QVERIFY(created.err.find("--console-socket") != std::string::npos);
        const auto missing = bundle.runtime({"create", "--console-socket", bundle.path() + "/none"});
        QCOMPARE(missing.code, 1);
        QVERIFY(missing.err.find("console socket") != std::string::npos);
        QCOMPARE(bundle.leftovers(), std::string());
    }
    void tellsWhenTheContainerHasNoDevpts() {
        Bundle bundle({"/bin/true"});
        bundle.set("process/terminal", Json(true));
        bundle.set("mounts", Json(Json::Array{}));
        const std::string path = bundle.path() + "/console.sock";
        const ConsoleSocket console(path);
        const auto created = bundle.runtime({"create", "--console-socket", path});
        QCOMPARE(created.code, 1);
        QVERIFY2(created.err.find("/dev/pts") != std::string::npos, created.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }
    // CVE-2025-52565: an image whose /dev/console is a link must not make the slave appear elsewhere.
    void doesNotFollowALinkAtDevConsole() {
        Bundle bundle({"/bin/sh", "-c", "cat /proc/mounts | grep -c victim; echo end"});
        bundle.set("process/terminal", Json(true));
        QVERIFY(writeFileAtomically(bundle.root() + "/victim", "untouched").has_value());
        // /dev without a tmpfs of its own: the image's folder is what the container sees
        Json mounts{Json::Array{}};
        for (const auto& [destination, type] :
             {std::pair("/proc", "proc"), std::pair("/dev/pts", "devpts")}) {
            Json mount;
            mount.set("destination", destination).set("type", type).set("source", type);
            mounts.append(mount);
        }
        bundle.set("mounts", mounts);
        QCOMPARE(::symlink("/victim", (bundle.root() + "/dev/console").c_str()), 0);
        const std::string path = bundle.path() + "/console.sock";
        const ConsoleSocket console(path);
        const auto created = bundle.runtime({"create", "--console-socket", path});
        if (created.code == 0) {
            const UniqueFd master = console.receive();
            QCOMPARE(bundle.runtime({"start"}).code, 0);
            QCOMPARE(readUntil(master.get(), "end\r\n"), std::string("0\r\nend\r\n"));
        } else {
            QVERIFY2(created.err.find("open a terminal") != std::string::npos, created.err.c_str());
        }
        QCOMPARE(readFile(bundle.root() + "/victim").value_or(""), std::string("untouched"));
    }
    void carriesBytesBetweenAPersonAndTheContainer() {
        // Given a person's terminal of a known size
        Bundle bundle({"/bin/sh", "-c", "stty size; read line; echo \"got $line\"; exit 7"});
        bundle.set("process/terminal", Json(true));
        UniqueFd terminal;
        auto person = runAtTerminal(bundle, winsize{41, 97, 0, 0}, terminal);
        termios before{};
        // When they type a line
        const std::string first = readUntil(person.master.get(), "41 97");
        QVERIFY2(first.find("41 97") != std::string::npos, first.c_str());
        QVERIFY(writeAll(person.master.get(), "hello\n", "the terminal").has_value());
        const std::string rest = readUntil(person.master.get(), "got hello\r\n");
        // Then the container got it, its status is ours, and the terminal is as it was
        QVERIFY2(rest.find("got hello") != std::string::npos, rest.c_str());
        QCOMPARE(waitFor(person.pid), 7);
        QCOMPARE(::tcgetattr(terminal.get(), &before), 0);
        QVERIFY((before.c_lflag & ICANON) != 0);
        QCOMPARE(bundle.leftovers(), std::string());
    }
    void followsTheSizeOfThePersonsTerminal() {
        Bundle bundle(
            {"/bin/sh", "-c", "trap 'stty size; exit 0' WINCH; echo ready; while :; do read line; done"});
        bundle.set("process/terminal", Json(true));
        UniqueFd terminal;
        auto person = runAtTerminal(bundle, winsize{24, 80, 0, 0}, terminal);
        QVERIFY(readUntil(person.master.get(), "ready").find("ready") != std::string::npos);
        const winsize larger{50, 120, 0, 0};
        QCOMPARE(::ioctl(person.master.get(), TIOCSWINSZ, &larger), 0);
        // busybox's shell runs the trap once `read` returns
        QVERIFY(writeAll(person.master.get(), "\n", "the terminal").has_value());
        const std::string text = readUntil(person.master.get(), "50 120");
        QVERIFY2(text.find("50 120") != std::string::npos, text.c_str());
        QCOMPARE(waitFor(person.pid), 0);
    }
    // A process of the person's own session could type into their shell; a container's must not, also when it
    // has the person's terminal as its standard input.
    void aContainerCannotTypeIntoThePersonsTerminal() {
        Bundle bundle({"/type_into_terminal"});
        std::filesystem::copy_file(ESCALE_BIN "/type_into_terminal", bundle.root() + "/type_into_terminal");
        UniqueFd terminal;
        auto person = runAtTerminal(bundle, winsize{24, 80, 0, 0}, terminal);
        QCOMPARE(waitFor(person.pid), 1);
        int waiting = -1;
        QCOMPARE(::ioctl(terminal.get(), FIONREAD, &waiting), 0);
        QCOMPARE(waiting, 0);
    }
    // With a terminal of its own it types for itself, as any program may.
    void aContainerTypesIntoItsOwnTerminalOnly() {
        Bundle bundle({"/type_into_terminal"});
        std::filesystem::copy_file(ESCALE_BIN "/type_into_terminal", bundle.root() + "/type_into_terminal");
        bundle.set("process/terminal", Json(true));
        UniqueFd terminal;
        auto person = runAtTerminal(bundle, winsize{24, 80, 0, 0}, terminal);
        waitFor(person.pid);
        int waiting = -1;
        QCOMPARE(::ioctl(terminal.get(), FIONREAD, &waiting), 0);
        QCOMPARE(waiting, 0);
    }
    void losesNoOutputAtTheEnd() {
        Bundle bundle({"/bin/sh", "-c", "seq 20000"});
        bundle.set("process/terminal", Json(true));
        UniqueFd terminal;
        auto person = runAtTerminal(bundle, winsize{24, 80, 0, 0}, terminal);
        const std::string text = readUntil(person.master.get(), "\n20000\r\n");
        QVERIFY(text.ends_with("\n20000\r\n"));
        QVERIFY(text.find("\n19999\r") != std::string::npos);
        QCOMPARE(waitFor(person.pid), 0);
    }
    void execSendsItsOwnTerminalToTheConsoleSocket() {
        // Given a container without a terminal
        Bundle bundle({"sleep", "1000"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        // When a process is executed in it as engines do, with a file that asks for one
        const std::string file = bundle.path() + "/process.json";
        QVERIFY(writeFileAtomically(file, R"({"terminal": true, "consoleSize": {"height": 33, "width": 111},
            "args": ["sh", "-c", "tty; stty size; stat -c %u /dev/pts/0; echo mine >/dev/tty; echo end"],
            "cwd": "/", "env": ["PATH=/bin"], "user": {"uid": 1000, "gid": 1000}})")
                    .has_value());
        const std::string path = bundle.path() + "/console.sock";
        const ConsoleSocket console(path);
        const auto outcome =
            bundle.runtime({"exec", "--detach", "--console-socket", path, "--process", file});
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
        // Then it is the process's controlling terminal and its user's, of that size
        const UniqueFd master = console.receive();
        QCOMPARE(readUntil(master.get(), "end\r\n"),
                 std::string("/dev/pts/0\r\n33 111\r\n1000\r\nmine\r\nend\r\n"));
    }
    void execCarriesBytesBetweenAPersonAndItsProcess() {
        Bundle bundle({"sleep", "1000"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        UniqueFd terminal;
        auto person = atTerminal(
            bundle, winsize{41, 97, 0, 0}, terminal,
            {"exec", "-t", bundle.id(), "sh", "-c", "stty size; read line; echo \"got $line\"; exit 7"});
        QVERIFY(readUntil(person.master.get(), "41 97").find("41 97") != std::string::npos);
        QVERIFY(writeAll(person.master.get(), "hello\n", "the terminal").has_value());
        const std::string rest = readUntil(person.master.get(), "got hello\r\n");
        QVERIFY2(rest.find("got hello") != std::string::npos, rest.c_str());
        QCOMPARE(waitFor(person.pid), 7);
    }
    // A container that lives may have put anything at /dev/pts/ptmx; its ioctl could name our descriptors.
    void execTrustsOnlyTheKernelsMultiplexer() {
        Bundle bundle({"sleep", "1000"});
        Json mounts{Json::Array{}};
        Json proc;
        mounts.append(proc.set("destination", "/proc").set("type", "proc").set("source", "proc"));
        bundle.set("mounts", mounts);
        QCOMPARE(::mkdir((bundle.root() + "/dev/pts").c_str(), 0755), 0);
        QVERIFY(writeFileAtomically(bundle.root() + "/dev/pts/ptmx", "", 0666).has_value());
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        const std::string path = bundle.path() + "/console.sock";
        const ConsoleSocket console(path);
        const auto outcome =
            bundle.runtime({"exec", "--tty", "--detach", "--console-socket", path}, {"sh", "-c", "true"});
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("terminal") != std::string::npos, outcome.err.c_str());
    }
};

ESCALE_TEST(TerminalTest)
#include "terminal_test.moc"
