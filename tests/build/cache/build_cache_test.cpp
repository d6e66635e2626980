#include "engine/build/cache/build_cache.h"
#include "tests/store/store_fixture.h"

#include <QTest>

#include <future>

using namespace escale;
using namespace escale::test;

class BuildCacheTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<BuildCache> m_cache;
    const Cancellation m_never;

    Result<void> open() {
        m_cache.reset();
        m_store.reset();
        TRY_ASSIGN(m_store, Store::open(m_folder->path().toStdString() + "/state"));
        TRY_ASSIGN(m_cache, BuildCache::open(*m_store));
        return {};
    }
    /// A build of alice's whose only step has this key, and makes a layer of this name.
    Result<Layer> build(const std::string& key, uid_t owner = kAlice) {
        TRY_ASSIGN(const auto use, m_cache->begin(owner));
        TRY_ASSIGN(ImageLayer layer, stagedLayer(*m_store, key));
        TRY_ASSIGN(Layer made, use->commitLayer(std::move(layer)));
        use->add({key, "RUN " + key, {made, made.size, nowOf(key)}});
        TRY(use->write());
        return made;
    }
    static std::int64_t nowOf(const std::string& key) { return static_cast<std::int64_t>(key.size()); }
    Result<void> setUsed(const std::string& key, std::int64_t time) {
        const auto held = m_store->lock();
        return m_store->database().run("UPDATE build_step SET used_at = ?1 WHERE key = ?2", time, key);
    }
    std::vector<std::string> texts(uid_t owner = kAlice) {
        std::vector<std::string> found;
        const auto entries = m_cache->list(owner);
        for (const auto& entry : *entries)
            found.push_back(entry.text);
        return found;
    }

private Q_SLOTS:
    void init() {
        m_cache.reset();
        m_store.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        VERIFY_RESULT(open());
    }
    void cleanup() {
        m_cache.reset();
        m_store.reset();
    }

    void aStepIsFoundByItsKeyAfterARestart() {
        const auto made = build("make");
        VERIFY_RESULT(made);
        VERIFY_RESULT(open());
        const auto use = m_cache->begin(kAlice);
        const auto found = (*use)->find("make");
        VERIFY_RESULT(found);
        QVERIFY(found->has_value());
        QCOMPARE((*found)->layer->number, made->number);
        QCOMPARE((*found)->madeAt, nowOf("make"));
        QVERIFY(!(*use)->find("other")->has_value());
    }
    void aStepThatChangedNothingHasNoLayer() {
        const auto use = m_cache->begin(kAlice);
        (*use)->add({"true", "RUN true", {std::nullopt, 0, 1}});
        VERIFY_RESULT((*use)->write());
        const auto found = (*use)->find("true");
        QVERIFY(found->has_value() && !(*found)->layer);
    }
    void nobodyFindsWhatAnotherUserHasBuilt() {
        VERIFY_RESULT(build("make"));
        const auto use = m_cache->begin(kBob);
        QVERIFY(!(*use)->find("make")->has_value());
        QCOMPARE(texts(kBob), std::vector<std::string>());
    }
    void aStepWhoseLayerHasGoneFromTheDiskIsMadeAgain() {
        const auto made = build("make");
        VERIFY_RESULT(removeTree(m_store->layersFolder() + "/" + std::to_string(made->number)));
        const auto use = m_cache->begin(kAlice);
        QVERIFY(!(*use)->find("make")->has_value());
    }
    void withoutTheRowNothingStaysOfABuild() {
        {
            const auto use = m_cache->begin(kAlice);
            auto layer = stagedLayer(*m_store, "made");
            VERIFY_RESULT((*use)->commitLayer(*std::move(layer)));
            (*use)->add({"made", "RUN made", {}});
        }
        QCOMPARE(storedLayers(*m_store), std::size_t{0});
    }

    void pruningTakesTheLongestUnusedFirst() {
        for (const char* key : {"aaaa", "bbbb", "cccc"})
            VERIFY_RESULT(build(key));
        VERIFY_RESULT(setUsed("aaaa", 30));
        VERIFY_RESULT(setUsed("bbbb", 10));
        VERIFY_RESULT(setUsed("cccc", 20));
        QCOMPARE(texts(), (std::vector<std::string>{"RUN bbbb", "RUN cccc", "RUN aaaa"}));
        const auto pruned = m_cache->prune(kAlice, {std::nullopt, 8, {}});
        VERIFY_RESULT(pruned);
        QCOMPARE(pruned->removed, 1U);
        QVERIFY(pruned->bytes > 0);
        QCOMPARE(texts(), (std::vector<std::string>{"RUN cccc", "RUN aaaa"}));
        QCOMPARE(storedLayers(*m_store), std::size_t{2});
    }
    void pruningByAgeLeavesWhatWasUsedSince() {
        VERIFY_RESULT(build("old"));
        VERIFY_RESULT(build("new"));
        VERIFY_RESULT(setUsed("old", 10));
        VERIFY_RESULT(setUsed("new", 20));
        VERIFY_RESULT(m_cache->prune(kAlice, {20, std::nullopt, {}}));
        QCOMPARE(texts(), (std::vector<std::string>{"RUN new"}));
    }
    void pruningLeavesWhatARunningBuildUses() {
        VERIFY_RESULT(build("used"));
        VERIFY_RESULT(build("other"));
        const auto use = m_cache->begin(kAlice);
        QVERIFY((*use)->find("used")->has_value());
        const auto folder = (*use)->takeFolder(CacheKind::Mount, "npm", FolderUse::Shared, m_never);
        VERIFY_RESULT(folder);
        VERIFY_RESULT(m_cache->prune(kAlice, {}));
        auto left = texts();
        std::sort(left.begin(), left.end());
        QCOMPARE(left, (std::vector<std::string>{"RUN used", "npm"}));
        QVERIFY(exists(folder->path()));
    }
    void pruningByKindLeavesTheOthersAndOtherUsers() {
        VERIFY_RESULT(build("make"));
        VERIFY_RESULT(build("bobs", kBob));
        {
            const auto use = m_cache->begin(kAlice);
            VERIFY_RESULT((*use)->takeFolder(CacheKind::Context, "app", FolderUse::Alone, m_never));
        }
        VERIFY_RESULT(m_cache->prune(kAlice, {std::nullopt, std::nullopt, {CacheKind::Step}}));
        QCOMPARE(texts(), (std::vector<std::string>{"app"}));
        QCOMPARE(texts(kBob), (std::vector<std::string>{"RUN bobs"}));
    }
    void aLayerThatAnImageHasStaysWithIt() {
        const auto made = build("base");
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        QVERIFY(m_cache->list(kAlice)->front().isShared);
        const auto pruned = m_cache->prune(kAlice, {});
        QCOMPARE(pruned->removed, 1U);
        QCOMPARE(pruned->bytes, std::uint64_t{0});
        VERIFY_RESULT(checkInvariants(*m_store));
    }

    void aContextIsThereForTheNextBuild() {
        std::string path;
        {
            const auto use = m_cache->begin(kAlice);
            auto folder = (*use)->takeFolder(CacheKind::Context, "app", FolderUse::Alone, m_never);
            VERIFY_RESULT(folder);
            QVERIFY(folder->isNew());
            VERIFY_RESULT(folder->made());
            path = folder->path();
        }
        VERIFY_RESULT(open());
        const auto use = m_cache->begin(kAlice);
        const auto folder = (*use)->takeFolder(CacheKind::Context, "app", FolderUse::Alone, m_never);
        QVERIFY(!folder->isNew());
        QCOMPARE(folder->path(), path);
    }
    void aSecondBuildOfTheSameContextGetsOneThatNobodyKeeps() {
        const auto use = m_cache->begin(kAlice);
        const auto first = (*use)->takeFolder(CacheKind::Context, "app", FolderUse::Alone, m_never);
        std::string path;
        {
            const auto second = (*use)->takeFolder(CacheKind::Context, "app", FolderUse::Alone, m_never);
            VERIFY_RESULT(second);
            QVERIFY(second->isNew());
            QVERIFY(second->path() != first->path());
            path = second->path();
        }
        m_cache->waitForRemovals();
        QVERIFY(!exists(path));
        QVERIFY(exists(first->path()));
    }
    void aLockedFolderIsWaitedFor() {
        const auto use = m_cache->begin(kAlice);
        auto first = std::make_unique<Result<CacheFolder>>(
            (*use)->takeFolder(CacheKind::Mount, "apt", FolderUse::Locked, m_never));
        VERIFY_RESULT((*first)->made());
        auto second = std::async(std::launch::async, [&] {
            const auto folder = (*use)->takeFolder(CacheKind::Mount, "apt", FolderUse::Locked, m_never);
            return folder ? folder->path() : std::string();
        });
        const std::string path = (*first)->path();
        first.reset();
        QCOMPARE(second.get(), path);
    }
    void aFolderThatNobodyFinishedIsNewAgain() {
        const auto use = m_cache->begin(kAlice);
        std::string path;
        {
            const auto folder = (*use)->takeFolder(CacheKind::Mount, "apt", FolderUse::Shared, m_never);
            VERIFY_RESULT(folder);
            path = folder->path();
        }
        m_cache->waitForRemovals();
        QVERIFY(!exists(path));
        // Also when the helper was killed meanwhile
        {
            const auto folder = (*use)->takeFolder(CacheKind::Mount, "apt", FolderUse::Shared, m_never);
            QVERIFY(exists(folder->path()));
            QCOMPARE(entries(m_store->folder() + "/build/mounts"), std::size_t{0});
        }
        QVERIFY((*use)->takeFolder(CacheKind::Mount, "apt", FolderUse::Shared, m_never)->isNew());
    }
    void whoSharesAFolderWaitsUntilItIsMade() {
        const auto use = m_cache->begin(kAlice);
        auto first = (*use)->takeFolder(CacheKind::Mount, "apt", FolderUse::Shared, m_never);
        VERIFY_RESULT(first);
        auto second = std::async(std::launch::async, [&] {
            const auto folder = (*use)->takeFolder(CacheKind::Mount, "apt", FolderUse::Shared, m_never);
            return folder && !folder->isNew() ? folder->path() : std::string();
        });
        VERIFY_RESULT(first->made());
        QCOMPARE(second.get(), first->path());
    }
    void whoWaitsForALockedFolderCanBeCancelled() {
        const auto use = m_cache->begin(kAlice);
        const auto first = (*use)->takeFolder(CacheKind::Mount, "apt", FolderUse::Locked, m_never);
        Cancellation cancellation;
        cancellation.cancel();
        const auto second = (*use)->takeFolder(CacheKind::Mount, "apt", FolderUse::Locked, cancellation);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Cancelled);
    }
    void whatAKilledHelperLeftGoesAtTheNextStart() {
        const auto step = m_cache->makeStepFolder();
        VERIFY_RESULT(step);
        VERIFY_RESULT(makeDirectories(*step + "/upper/etc"));
        VERIFY_RESULT(makeDirectories(m_store->folder() + "/build/contexts/77/files"));
        VERIFY_RESULT(open());
        m_cache->waitForRemovals();
        for (const char* folder : {"/build/steps", "/build/contexts", "/build/old"})
            QCOMPARE(entries(m_store->folder() + folder), std::size_t{0});
    }
    void aDigestIsRemembered() {
        const auto use = m_cache->begin(kAlice);
        QVERIFY(!(*use)->digest("root", "/bin")->has_value());
        VERIFY_RESULT((*use)->addDigest("root", "/bin", "sha256:1"));
        VERIFY_RESULT((*use)->addDigest("root", "/bin", "sha256:2"));
        QCOMPARE((*use)->digest("root", "/bin")->value(), std::string("sha256:2"));
    }
};

ESCALE_TEST(BuildCacheTest)
#include "build_cache_test.moc"
