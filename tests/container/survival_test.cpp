// Crowds, and a helper that is killed at any moment: nothing leaks, no state lies.
#include "tests/container/container_machine.h"
#include "tests/support/crowd.h"

#include <atomic>
#include <csignal>
#include <mutex>
#include <set>
#include <sys/wait.h>
#include <thread>

using namespace escale;
using namespace escale::test;

namespace {

void inThreads(int count, const std::function<void()>& work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back(work);
    for (auto& thread : threads)
        thread.join();
}

} // namespace

class SurvivalTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }

    // A process of its own that opens the engine, works in four threads and is killed after a while.
    void killWhileItStarts(std::chrono::milliseconds time) {
        const pid_t helper = ::fork();
        if (helper == 0) {
            if (!m_machine->open())
                ::_exit(1);
            inThreads(4, [this] {
                for (;;) {
                    const auto id = m_machine->run(kAlice, {"sleep", "1000"});
                    if (id)
                        (void)m_machine->containers->remove(kAlice, *id, true);
                }
            });
        }
        std::this_thread::sleep_for(time);
        ::kill(helper, SIGKILL);
        int status = 0;
        ::waitpid(helper, &status, 0);
        QVERIFY(WIFSIGNALED(status));
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
    }
    void init() {
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
        m_machine.reset();
    }

    void aCrowdStartsAtOnce() {
        const int count = crowdOf(200);
        // Given sixteen who start containers as fast as they can,
        const auto first = m_machine->runToEnd(kAlice, {"true"}); // makes the bridge
        VERIFY_RESULT(first);
        VERIFY_RESULT(containers().remove(kAlice, first->container.id, true));
        const auto before = m_machine->picture();
        std::atomic<int> left = count;
        std::mutex mutex;
        std::vector<std::string> errors;
        inThreads(16, [&] {
            while (left-- > 0) {
                const auto id = m_machine->run(kAlice, {"sleep", "1000"});
                const std::lock_guard lock(mutex);
                if (!id)
                    errors.push_back(id.error().text());
            }
        });
        // when all have started, then each runs, with an address of its own,
        QVERIFY2(errors.empty(), errors.empty() ? "" : errors.front().c_str());
        const auto list = containers().list(kAlice);
        VERIFY_RESULT(list);
        QCOMPARE(list->size(), std::size_t(count));
        std::set<std::string> addresses;
        for (const auto& container : *list) {
            QCOMPARE(container.state, ContainerState::Running);
            QVERIFY(container.pid > 0);
            addresses.insert(container.address);
        }
        QCOMPARE(addresses.size(), std::size_t(count));
        QTRY_VERIFY(!containers().statsHistory(kAlice, list->front().id, 0)->empty());
        // and when they are removed as quickly, nothing of them stays.
        std::atomic<std::size_t> next = 0;
        inThreads(16, [&] {
            for (std::size_t i = next++; i < list->size(); i = next++) {
                const auto removed = containers().remove(kAlice, list->at(i).id, true);
                const std::lock_guard lock(mutex);
                if (!removed)
                    errors.push_back(removed.error().text());
            }
        });
        QVERIFY2(errors.empty(), errors.empty() ? "" : errors.front().c_str());
        // The kernel takes the network namespaces down one after the other.
        QTRY_COMPARE_WITH_TIMEOUT(m_machine->differenceSoon(before), std::string(), 60'000);
    }

    void aHelperThatIsKilledAtAnyMomentLeavesNothingThatLies() {
        const auto first = m_machine->runToEnd(kAlice, {"true"}); // makes the bridge
        VERIFY_RESULT(first);
        VERIFY_RESULT(containers().remove(kAlice, first->container.id, true));
        const auto before = m_machine->picture();
        for (const int milliseconds : {30, 55, 80, 105, 130, 155, 180, 240, 310, 370}) {
            // Given a helper that is killed while it starts and removes containers,
            m_machine->close();
            killWhileItStarts(std::chrono::milliseconds(milliseconds));
            // when the next one comes (a child between fork and exec may hold the store for a moment),
            Result<void> opened;
            QVERIFY2(eventually([&] { return bool(opened = m_machine->open()); }),
                     opened ? "" : opened.error().text().c_str());
            // then what it says runs does run, and what does not can be started,
            const auto list = containers().list(kAlice);
            VERIFY_RESULT(list);
            for (const auto& container : *list) {
                if (container.state == ContainerState::Running) {
                    QVERIFY(container.pid > 0 && ::kill(container.pid, 0) == 0);
                    QVERIFY(containers().stats(kAlice, container.id).has_value());
                } else {
                    VERIFY_RESULT(containers().start(kAlice, container.id, {}));
                }
                // and everything can be removed without a trace.
                VERIFY_RESULT(containers().remove(kAlice, container.id, true));
            }
        }
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }
};

ESCALE_TEST(SurvivalTest)
#include "survival_test.moc"
