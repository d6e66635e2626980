#include "tests/store/store_fixture.h"

#include <QTest>

using namespace escale;
using namespace escale::test;

namespace {

Result<void> addStep(Store& store, std::int64_t layer) {
    const auto held = store.lock();
    return store.database().run("INSERT INTO build_step(owner, key, text, layer, size, made_at, used_at) "
                                "VALUES (?1, 'key', 'RUN make', ?2, 1, 1, 1)",
                                kAlice, layer);
}

Result<Layer> commitLayer(Store& store, const std::string& word, KeptLayers& kept) {
    TRY_ASSIGN(ImageLayer layer, stagedLayer(store, word));
    return store.commitLayer(std::move(layer), kept);
}

} // namespace

class KeptLayersTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;

    [[nodiscard]] std::string state() const { return m_folder->path().toStdString() + "/state"; }
    Result<void> open() {
        m_store.reset();
        TRY_ASSIGN(m_store, Store::open(state()));
        return {};
    }

private Q_SLOTS:
    void init() {
        m_store.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        VERIFY_RESULT(open());
    }
    void cleanup() { m_store.reset(); }

    void aLayerWithoutAnImageStaysWhileItIsKept() {
        {
            auto kept = m_store->keepLayers();
            const auto layer = commitLayer(*m_store, "made", kept);
            VERIFY_RESULT(layer);
            // When everything that goes with images goes
            VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
            VERIFY_RESULT(m_store->removeImageName(kAlice, kRepository, "1"));
            // Then it is there still
            QVERIFY(m_store->findLayer(digestOf("made"))->has_value());
            QCOMPARE(storedLayers(*m_store), std::size_t{1});
        }
        QVERIFY(!m_store->findLayer(digestOf("made"))->has_value());
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void aLayerStaysForAStepOfABuild() {
        {
            auto kept = m_store->keepLayers();
            const auto layer = commitLayer(*m_store, "made", kept);
            VERIFY_RESULT(layer);
            VERIFY_RESULT(addStep(*m_store, layer->number));
        }
        VERIFY_RESULT(open());
        QVERIFY(m_store->findLayer(digestOf("made"))->has_value());
        QCOMPARE(m_store->verify().value(), std::vector<std::string>());
        // When the step goes
        {
            const auto held = m_store->lock();
            VERIFY_RESULT(m_store->database().run("DELETE FROM build_step"));
        }
        const auto freed = m_store->removeUnusedLayers();
        VERIFY_RESULT(freed);
        QVERIFY(*freed > 0);
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void whatABuildThatWasKilledHasMadeGoesAtTheNextStart() {
        {
            auto* kept = new KeptLayers(m_store->keepLayers()); // never ended: the process was killed
            VERIFY_RESULT(commitLayer(*m_store, "made", *kept));
        }
        VERIFY_RESULT(open());
        QVERIFY(!m_store->findLayer(digestOf("made"))->has_value());
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void theSameLayerIsThereOnce() {
        auto kept = m_store->keepLayers();
        const auto first = commitLayer(*m_store, "made", kept);
        const auto second = commitLayer(*m_store, "made", kept);
        VERIFY_RESULT(second);
        QCOMPARE(second->number, first->number);
        QCOMPARE(storedLayers(*m_store), std::size_t{1});
        QCOMPARE(entries(m_store->folder() + "/staging"), std::size_t{0});
    }
    void aDamagedLayerIsReplacedForItsStepsToo() {
        auto kept = m_store->keepLayers();
        const auto layer = commitLayer(*m_store, "made", kept);
        VERIFY_RESULT(addStep(*m_store, layer->number));
        VERIFY_RESULT(removeTree(m_store->layersFolder() + "/" + std::to_string(layer->number)));
        const auto again = commitLayer(*m_store, "made", kept);
        VERIFY_RESULT(again);
        QVERIFY(again->number != layer->number);
        QCOMPARE(m_store->verify().value(), std::vector<std::string>());
    }
    void anImageIsNamedSeveralTimesAtOnce() {
        auto image = newImage(*m_store, kAlice, "1", {"base"});
        VERIFY_RESULT(image);
        image->moreNames = {{kRepository, "2"}, {"docker.io/library/other", "latest"}};
        VERIFY_RESULT(m_store->commitImage(*std::move(image)));
        QCOMPARE(m_store->images(kAlice)->size(), std::size_t{3});
    }
    void anImageThatIsThereGetsNamesWithoutBeingWritten() {
        VERIFY_RESULT(commit(*m_store, kBob, "1", {"base"}));
        VERIFY_RESULT(commit(*m_store, kAlice, "old", {"other"}));
        const Digest digest = m_store->images(kBob)->front().image.digest;
        const auto named = m_store->nameImage(kAlice, digest, {{kRepository, "old"}, {kRepository, ""}});
        VERIFY_RESULT(named);
        QVERIFY(*named);
        // Then the image whose name it took has gone
        const auto names = m_store->images(kAlice);
        QCOMPARE(names->size(), std::size_t{2});
        QVERIFY(names->front().image.digest == digest && names->back().image.digest == digest);
        VERIFY_RESULT(checkInvariants(*m_store));
        // And there is no such thing as an image that the store does not have
        QVERIFY(!m_store->nameImage(kAlice, digestOf("none"), {{kRepository, "x"}}).value());
    }
};

ESCALE_TEST(KeptLayersTest)
#include "kept_layers_test.moc"
