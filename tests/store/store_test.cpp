#include "engine/store/schema.h"
#include "tests/store/store_fixture.h"

#include <QTest>

#include <sys/stat.h>
#include <thread>

using namespace escale;
using namespace escale::test;

class StoreTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_state;

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_state = m_folder->path().toStdString() + "/state";
    }

    void keepsEverythingWhenOpenedAgain() {
        {
            const auto store = Store::open(m_state);
            VERIFY_RESULT(store);
            VERIFY_RESULT(commit(**store, kAlice, "1", {"base", "top"}));
        }
        const auto store = Store::open(m_state);
        VERIFY_RESULT(store);
        QCOMPARE((*store)->images(kAlice)->size(), std::size_t{1});
        VERIFY_RESULT(checkInvariants(**store));
    }
    void isClosedToOtherUsers() {
        const auto store = Store::open(m_state);
        VERIFY_RESULT(store);
        struct stat status {};
        QCOMPARE(::stat(m_state.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0700U);
    }
    void isOpenedOnceOnly() {
        const auto first = Store::open(m_state);
        VERIFY_RESULT(first);
        const auto second = Store::open(m_state);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::InUse);
    }
    void clearsLeftOversAndKeepsTheRest() {
        {
            const auto store = Store::open(m_state);
            VERIFY_RESULT(commit(**store, kAlice, "1", {"base"}));
            VERIFY_RESULT(
                addContainer(**store, kAlice, "kept", (*store)->images(kAlice)->front().image.digest));
        }
        for (const char* path : {"/staging/layer-1/etc", "/layers/7/bin", "/layers/junk",
                                 "/containers/gone/upper", "/containers/kept/upper"})
            VERIFY_RESULT(makeDirectories(m_state + path));
        VERIFY_RESULT(writeFileAtomically(m_state + "/blobs/sha256/orphan", "x"));
        const auto store = Store::open(m_state);
        VERIFY_RESULT(store);
        VERIFY_RESULT(checkInvariants(**store));
        QCOMPARE(*listDirectory(m_state + "/containers"), std::vector<std::string>{"kept"});
    }
    void doesNotUseALayersNumberAgain() {
        {
            const auto store = Store::open(m_state);
            VERIFY_RESULT(commit(**store, kAlice, "1", {"base"}));
            VERIFY_RESULT((*store)->removeImageName(kAlice, kRepository, "1"));
        }
        const auto store = Store::open(m_state);
        VERIFY_RESULT(commit(**store, kAlice, "1", {"base"}));
        QCOMPARE((*store)->images(kAlice)->front().image.layers.front().number, std::int64_t{2});
    }
    void refusesANewerDatabaseAndLeavesItAsItIs() {
        const std::string path = m_state + "/escale.db";
        {
            const auto store = Store::open(m_state);
            VERIFY_RESULT(
                (*store)->database().execute("PRAGMA user_version=" + std::to_string(newestVersion() + 1)));
        }
        VERIFY_RESULT(makeDirectories(m_state + "/layers/7"));
        const auto before = readFile(path);
        VERIFY_RESULT(before);
        const auto store = Store::open(m_state);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::Unsupported);
        QVERIFY(!store.error().hint.empty());
        QVERIFY(*before == *readFile(path));
        QVERIFY(exists(m_state + "/layers/7"));
    }
    void saysThatTheDatabaseIsDamaged_data() {
        QTest::addColumn<int>("offset");
        QTest::newRow("no database") << 0;
        QTest::newRow("a page") << 4096;
    }
    void saysThatTheDatabaseIsDamaged() {
        QFETCH(int, offset);
        {
            const auto store = Store::open(m_state);
            VERIFY_RESULT(commit(**store, kAlice, "1", {"base"}));
        }
        {
            const auto file = openFile(m_state + "/escale.db", O_WRONLY);
            const std::string junk(8192, '\x5a');
            QCOMPARE(::pwrite(file->get(), junk.data(), junk.size(), offset), ssize_t{8192});
        }
        const auto store = Store::open(m_state);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::SystemFailure);
        QVERIFY(store.error().message.find("escale.db") != std::string::npos);
        QVERIFY(!store.error().hint.empty());
        QVERIFY(exists(m_state + "/layers/1"));
    }
    void keepsContainersWhoseDatabaseIsLost() {
        { VERIFY_RESULT(Store::open(m_state)); }
        VERIFY_RESULT(makeDirectories(m_state + "/containers/abc/upper"));
        QCOMPARE(::unlink((m_state + "/escale.db").c_str()), 0);
        const auto store = Store::open(m_state);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::WrongState);
        QVERIFY(exists(m_state + "/containers/abc/upper"));
    }
    void refusesAFolderThatIsALink() {
        VERIFY_RESULT(makeDirectories(m_state));
        VERIFY_RESULT(makeDirectories(m_folder->path().toStdString() + "/elsewhere"));
        QCOMPARE(::symlink("../elsewhere", (m_state + "/layers").c_str()), 0);
        QVERIFY(!Store::open(m_state));
    }
    void commitsAndRemovesFromSeveralThreads() {
        const auto store = Store::open(m_state);
        VERIFY_RESULT(store);
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (int thread = 0; thread < 4; ++thread) {
                threads.emplace_back([&, thread] {
                    for (int i = 0; i < 10; ++i) {
                        const std::string tag = std::to_string(thread);
                        // WrongState: the base was removed between findLayer and the commit; a pull starts
                        // again then.
                        const auto done = commit(**store, kAlice, tag, {"base", tag + std::to_string(i)});
                        if (!done && done.error().code != ErrorCode::WrongState)
                            ++failures;
                        (void)(*store)->images(kAlice);
                        if (done && i % 3 == 0 && !(*store)->removeImageName(kAlice, kRepository, tag))
                            ++failures;
                    }
                });
            }
        }
        QCOMPARE(failures.load(), 0);
        VERIFY_RESULT(checkInvariants(**store));
    }
    void findsNothingWrongWithAGoodStore() {
        const auto store = Store::open(m_state);
        VERIFY_RESULT(commit(**store, kAlice, "1", {"base", "top"}));
        const auto findings = (*store)->verify();
        VERIFY_RESULT(findings);
        QVERIFY(findings->empty());
    }
    void findsWhatIsWrongWithAStore() {
        const auto store = Store::open(m_state);
        VERIFY_RESULT(commit(**store, kAlice, "1", {"base", "top"}));
        const Image image = (*store)->images(kAlice)->front().image;
        VERIFY_RESULT(removeTree(m_state + "/layers/1"));
        VERIFY_RESULT(makeDirectories(m_state + "/layers/9"));
        VERIFY_RESULT(writeFileAtomically(m_state + "/blobs/sha256/" + std::string(image.digest.hex()), "x"));
        QCOMPARE(::unlink((m_state + "/blobs/sha256/" + std::string(image.configDigest.hex())).c_str()), 0);
        const auto findings = (*store)->verify();
        VERIFY_RESULT(findings);
        QCOMPARE(findings->size(), std::size_t{4});
    }
};
ESCALE_TEST(StoreTest)

#include "store_test.moc"
