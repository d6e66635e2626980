#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/support/test_registry.h"

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using namespace std::chrono_literals;

namespace {

Subprocess::Options shell(const std::string& script) {
    return {.arguments = {"/bin/sh", "-c", script},
            .environment = {"PATH=/usr/bin:/bin"},
            .fds = {},
            .workingDirectory = {}};
}

} // namespace

class SubprocessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsTheExitCode() {
        auto child = Subprocess::start(shell("exit 3"));
        VERIFY_RESULT(child);
        const auto status = child->wait();
        VERIFY_RESULT(status);
        QCOMPARE(status->code, 3);
        QCOMPARE(status->signal, 0);
    }
    void tellsTheSignal() {
        auto child = Subprocess::start(shell("kill -TERM $$"));
        VERIFY_RESULT(child);
        const auto status = child->wait();
        VERIFY_RESULT(status);
        QCOMPARE(status->code, 128 + SIGTERM);
        QCOMPARE(status->signal, SIGTERM);
    }
    void keepsItsManyDescriptorsToItself() {
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit few{256, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
        VERIFY_RESULT(allowManyDescriptors());
        rlimit now{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &now), 0);
        QCOMPARE(now.rlim_cur, before.rlim_max);
        const auto seen = runProgram({"/bin/sh", "-c", "ulimit -Sn"});
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        VERIFY_RESULT(seen);
        QCOMPARE(*seen, std::string("256\n"));
        VERIFY_RESULT(allowManyDescriptors());
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
    }
    void saysThatTheProgramIsNotThere() {
        const auto child = Subprocess::start(
            {.arguments = {"/no/such/program"}, .environment = {}, .fds = {}, .workingDirectory = {}});
        QVERIFY(!child);
        QCOMPARE(child.error().code, ErrorCode::NotFound);
        QVERIFY(child.error().message.find("/no/such/program") != std::string::npos);
        // The child that could not exec was reaped.
        QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);
    }
    void saysThatTheWorkingDirectoryIsNotThere() {
        auto options = shell("true");
        options.workingDirectory = "/no/such/folder";
        const auto child = Subprocess::start(options);
        QVERIFY(!child);
        QVERIFY(child.error().message.find("working directory") != std::string::npos);
    }
    void refusesToStartNothing() {
        QCOMPARE(Subprocess::start({}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(runProgram({}).error().code, ErrorCode::InvalidArgument);
    }
    void givesTheChildItsDescriptorsAndNoOthers() {
        // Two that are inheritable by mistake, one of them between the wanted numbers.
        const UniqueFd low(::fcntl(0, F_DUPFD, 3));
        const UniqueFd high(::fcntl(0, F_DUPFD, 200));
        int ends[2] = {-1, -1};
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        const UniqueFd readEnd(ends[0]);
        UniqueFd writeEnd(ends[1]);
        // A swap: each of ours has the number that another one gets in the child.
        auto options = shell("exec ls /proc/self/fd");
        options.fds = {{writeEnd.get(), 1}, {readEnd.get(), 9}};
        auto child = Subprocess::start(options);
        VERIFY_RESULT(child);
        writeEnd.reset();
        const auto listed = readFd(readEnd.get());
        VERIFY_RESULT(listed);
        VERIFY_RESULT(child->wait());
        // ls itself opens the folder as the lowest free number.
        QCOMPARE(*listed, std::string("0\n1\n2\n3\n9\n"));
    }
    void givesTheChildDefaultSignals() {
        ::signal(SIGUSR1, SIG_IGN);
        sigset_t blocked;
        sigset_t before;
        sigemptyset(&blocked);
        sigaddset(&blocked, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
        auto ignored = Subprocess::start(shell("kill -USR1 $$; exit 0"));
        auto masked = Subprocess::start(shell("kill -TERM $$; exit 0"));
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
        ::signal(SIGUSR1, SIG_DFL);
        QCOMPARE(ignored->wait()->signal, SIGUSR1);
        QCOMPARE(masked->wait()->signal, SIGTERM);
    }
    void inheritsNoEnvironment() {
        ::setenv("ESCALE_SECRET", "x", 1);
        const auto output = runProgram({"/usr/bin/env"});
        ::unsetenv("ESCALE_SECRET");
        VERIFY_RESULT(output);
        QCOMPARE(*output, std::string("PATH=/usr/sbin:/usr/bin:/sbin:/bin\nLC_ALL=C\n"));
    }
    void waitsNoLongerThanAsked() {
        auto child = Subprocess::start(shell("exec sleep 60"));
        VERIFY_RESULT(child);
        QCOMPARE(child->waitFor(20ms).error().code, ErrorCode::Timeout);
        VERIFY_RESULT(child->signal(SIGTERM));
        QCOMPARE(child->wait()->signal, SIGTERM);
    }
    void endsTheChildWithItsOwner() {
        pid_t pid = -1;
        {
            const auto child = Subprocess::start(shell("exec sleep 60"));
            VERIFY_RESULT(child);
            pid = child->pid();
        }
        QCOMPARE(::kill(pid, 0), -1);
        QCOMPARE(errno, ESRCH);
    }
    void returnsTheOutput() {
        const auto output = runProgram({"/bin/sh", "-c", "echo out; echo noise >&2"});
        VERIFY_RESULT(output);
        QCOMPARE(*output, std::string("out\n"));
    }
    void putsStandardErrorIntoTheError() {
        const auto output = runProgram({"/bin/sh", "-c", "echo the reason >&2; exit 4"});
        QVERIFY(!output);
        QVERIFY(output.error().message.find("status 4: the reason") != std::string::npos);
    }
};
ESCALE_TEST(SubprocessTest)

#include "subprocess_test.moc"
