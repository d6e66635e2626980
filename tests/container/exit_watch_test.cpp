#include "engine/base/process.h"
#include "engine/container/exit_watch.h"

#include "engine/base/subprocess.h"
#include "tests/support/test_registry.h"

#include <condition_variable>
#include <csignal>
#include <set>

using namespace escale;

class ExitWatchTest : public QObject {
    Q_OBJECT

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::multiset<std::string> m_ended;

    std::unique_ptr<ExitWatch> startWatch() {
        m_ended.clear();
        auto watch = ExitWatch::start([this](const std::string& key) {
            const std::lock_guard lock(m_mutex);
            m_ended.insert(key);
            m_changed.notify_all();
        });
        return watch ? *std::move(watch) : nullptr;
    }
    bool awaitEnded(const std::string& key) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(10), [&] { return m_ended.contains(key); });
    }
    static Result<Subprocess> sleeper() {
        return Subprocess::start(
            {.arguments = {"/bin/sleep", "60"}, .environment = {}, .fds = {}, .workingDirectory = {}});
    }

private Q_SLOTS:
    void reportsEachExitOnce() {
        const auto watch = startWatch();
        QVERIFY(watch);
        auto one = sleeper();
        auto two = sleeper();
        VERIFY_RESULT(one);
        VERIFY_RESULT(two);
        VERIFY_RESULT(watch->add("one", *openPidFd(one->pid())));
        VERIFY_RESULT(watch->add("two", *openPidFd(two->pid())));
        VERIFY_RESULT(two->signal(SIGKILL));
        QVERIFY(awaitEnded("two"));
        const std::lock_guard lock(m_mutex);
        QCOMPARE(m_ended.size(), std::size_t(1));
    }

    void reportsAProcessThatHasEndedAlready() {
        const auto watch = startWatch();
        auto child = sleeper();
        VERIFY_RESULT(child);
        auto pidFd = openPidFd(child->pid());
        VERIFY_RESULT(pidFd);
        VERIFY_RESULT(child->signal(SIGKILL));
        VERIFY_RESULT(child->wait());
        VERIFY_RESULT(watch->add("gone", *std::move(pidFd)));
        QVERIFY(awaitEnded("gone"));
    }

    void forgetsWhatIsRemoved() {
        const auto watch = startWatch();
        auto child = sleeper();
        auto other = sleeper();
        VERIFY_RESULT(child);
        VERIFY_RESULT(watch->add("removed", *openPidFd(child->pid())));
        VERIFY_RESULT(watch->add("other", *openPidFd(other->pid())));
        watch->remove("removed");
        VERIFY_RESULT(child->signal(SIGKILL));
        VERIFY_RESULT(child->wait());
        VERIFY_RESULT(other->signal(SIGKILL));
        QVERIFY(awaitEnded("other"));
        const std::lock_guard lock(m_mutex);
        QVERIFY(!m_ended.contains("removed"));
    }
};

ESCALE_TEST(ExitWatchTest)
#include "exit_watch_test.moc"
