// What a crash leaves: a child process works on a store and dies, at a chosen moment or at any; then the
// store is opened.
#include "engine/store/crash_point.h"
#include "tests/store/store_fixture.h"

#include <QTest>

#include <chrono>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

/// Runs `work` in a child; its result is the child's exit code.
pid_t inChild(const std::function<int()>& work) {
    const pid_t pid = ::fork();
    if (pid == 0)
        ::_exit(work());
    return pid;
}

int exitCode(pid_t pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

constexpr int kCrashed = 42;

/// The child's work: end at the `count`th passing of the moment.
void crashAt(const std::string& moment, int count) {
    onCrashPoint = [moment, left = count](const char* now) mutable {
        if (moment == now && --left == 0)
            ::_exit(kCrashed);
    };
}

} // namespace

class StoreCrashTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_state;

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_state = m_folder->path().toStdString() + "/state";
        const auto store = Store::open(m_state);
        VERIFY_RESULT(store);
        VERIFY_RESULT(commit(**store, kAlice, "latest", {"base", "old"}));
    }

    void aCommitLeavesTheOldOrTheNew_data() {
        QTest::addColumn<QByteArray>("moment");
        QTest::addColumn<int>("count");
        QTest::addColumn<QByteArray>("top");
        QTest::newRow("first layer placed") << QByteArray("layer placed") << 1 << QByteArray("old");
        QTest::newRow("first record placed") << QByteArray("record placed") << 1 << QByteArray("old");
        QTest::newRow("second layer placed") << QByteArray("layer placed") << 2 << QByteArray("old");
        QTest::newRow("manifest placed") << QByteArray("blob placed") << 1 << QByteArray("old");
        QTest::newRow("configuration placed") << QByteArray("blob placed") << 2 << QByteArray("old");
        QTest::newRow("synced") << QByteArray("synced") << 1 << QByteArray("old");
        QTest::newRow("recorded") << QByteArray("recorded") << 1 << QByteArray("new");
        QTest::newRow("old rows removed") << QByteArray("rows removed") << 1 << QByteArray("new");
        QTest::newRow("old moved aside") << QByteArray("moved aside") << 1 << QByteArray("new");
    }
    void aCommitLeavesTheOldOrTheNew() {
        QFETCH(QByteArray, moment);
        QFETCH(int, count);
        QFETCH(QByteArray, top);
        const pid_t child = inChild([&] {
            const auto store = Store::open(m_state);
            if (!store)
                return 1;
            crashAt(moment.toStdString(), count);
            return commit(**store, kAlice, "latest", {"base", "middle", "new"}) ? 0 : 1;
        });
        QCOMPARE(exitCode(child), kCrashed);
        const auto store = Store::open(m_state);
        VERIFY_RESULT(store);
        const auto image = (*store)->findImage(kAlice, kRepository + ":latest");
        VERIFY_RESULT(image);
        QVERIFY(image->layers.back().diffId == digestOf(top.toStdString()));
        VERIFY_RESULT(checkInvariants(**store));
        // And it works on.
        VERIFY_RESULT(commit(**store, kAlice, "latest", {"base", "middle", "new"}));
        VERIFY_RESULT(checkInvariants(**store));
    }

    void aCommitThatReplacesADamagedLayerLeavesTheOldOrTheNew_data() {
        QTest::addColumn<QByteArray>("moment");
        QTest::newRow("layer placed") << QByteArray("layer placed");
        QTest::newRow("synced") << QByteArray("synced");
        QTest::newRow("recorded") << QByteArray("recorded");
    }
    void aCommitThatReplacesADamagedLayerLeavesTheOldOrTheNew() {
        QFETCH(QByteArray, moment);
        const pid_t child = inChild([&] {
            const auto store = Store::open(m_state);
            if (!store || !(*store)->database().run("UPDATE layer SET damaged = 1 WHERE number = 1"))
                return 1;
            crashAt(moment.toStdString(), 1);
            return commit(**store, kAlice, "latest", {"base", "old"}) ? 0 : 1;
        });
        QCOMPARE(exitCode(child), kCrashed);
        const auto store = Store::open(m_state);
        VERIFY_RESULT(store);
        VERIFY_RESULT(checkInvariants(**store));
        QCOMPARE((*store)->findLayer(digestOf("base"))->has_value(), moment == "recorded");
        // And it works on.
        VERIFY_RESULT(commit(**store, kAlice, "latest", {"base", "old"}));
        QVERIFY((*store)->findLayer(digestOf("base"))->has_value());
        VERIFY_RESULT(checkInvariants(**store));
    }

    void aRemovalLeavesTheOldOrTheNew_data() {
        QTest::addColumn<QByteArray>("moment");
        QTest::newRow("rows removed") << QByteArray("rows removed");
        QTest::newRow("moved aside") << QByteArray("moved aside");
    }
    void aRemovalLeavesTheOldOrTheNew() {
        QFETCH(QByteArray, moment);
        const pid_t child = inChild([&] {
            const auto store = Store::open(m_state);
            if (!store)
                return 1;
            crashAt(moment.toStdString(), 1);
            return (*store)->removeImageName(kAlice, kRepository, "latest") ? 0 : 1;
        });
        QCOMPARE(exitCode(child), kCrashed);
        const auto store = Store::open(m_state);
        VERIFY_RESULT(store);
        QVERIFY((*store)->images(kAlice)->empty());
        VERIFY_RESULT(checkInvariants(**store));
    }

    void aKillAtAnyMomentLeavesAWholeStore() {
        std::srand(1); // the moments differ with the machine's speed anyway
        for (int round = 0; round < 100; ++round) {
            const pid_t child = inChild([&] {
                const auto store = Store::open(m_state);
                if (!store)
                    return 1;
                for (int i = 0;; ++i) {
                    const std::string tag = std::to_string(i % 3);
                    const std::string word = std::to_string(round) + "." + std::to_string(i);
                    if (!commit(**store, i % 2 == 0 ? kAlice : kBob, tag, {"base", "b" + tag, word}))
                        return 2;
                    if (i % 4 == 3 && !(*store)->removeImageName(kBob, kRepository, tag))
                        return 3;
                }
            });
            std::this_thread::sleep_for(std::chrono::microseconds(std::rand() % 30000));
            ::kill(child, SIGKILL);
            QCOMPARE(exitCode(child), -1);
            const auto store = Store::open(m_state);
            VERIFY_RESULT(store);
            VERIFY_RESULT((*store)->findImage(kAlice, kRepository + ":latest"));
            VERIFY_RESULT(checkInvariants(**store));
        }
    }
};
ESCALE_TEST(StoreCrashTest)

#include "store_crash_test.moc"
