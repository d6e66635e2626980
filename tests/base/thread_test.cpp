#include "engine/base/thread.h"
#include "tests/support/test_registry.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;

class ThreadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsTheWork() {
        int answer = 0;
        auto thread = startThread([&answer] { answer = 42; });
        VERIFY_RESULT(thread);
        thread->join();
        QCOMPARE(answer, 42);
    }
    // In a process of its own that may have no other; root's limit does not count, so it is root no more.
    void givesAnErrorWhenThereIsNoRoom() {
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            const rlimit none{0, 0};
            if (::setrlimit(RLIMIT_NPROC, &none) != 0 || (::getuid() == 0 && ::setuid(65534) != 0))
                ::_exit(2);
            const auto thread = startThread([] {});
            ::_exit(!thread && thread.error().message.find("cannot start a thread") == 0 ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }
};

ESCALE_TEST(ThreadTest)
#include "thread_test.moc"
