// Tags, pruning, what images take, and finding and mending damage.
#include "engine/store/folder_bytes.h"
#include "engine/store/tar_record_head.h"
#include "tests/store/store_fixture.h"

#include <QTest>

#include <chrono>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

using Names = std::vector<std::string>;

std::string named(const std::string& tag) {
    return kRepository + ":" + tag;
}

/// An image whose layers are files that hold their words.
Result<void> commitFiles(Store& store, uid_t owner, const std::string& tag, const Names& words) {
    store.setLayerForm(LayerForm::Image);
    TRY_ASSIGN(NewImage image, newImage(store, owner, tag, {}));
    image.manifest = "manifest of";
    image.config = "config of";
    for (const auto& word : words) {
        image.manifest += " " + word;
        image.config += " " + word;
        TRY_ASSIGN(const auto present, store.findLayer(digestOf(word)));
        ImageLayer layer{digestOf(word), digestOf(word + ".gz"), 100, "layer", word.size(), {}};
        if (!present) {
            TRY_ASSIGN(StagedLayer staged, store.stageLayer());
            TRY(writeAll(staged.content(), word, "layer"));
            layer.staged = std::move(staged);
        }
        image.layers.push_back(std::move(layer));
    }
    image.manifestDigest = digestOf(image.manifest);
    image.configDigest = digestOf(image.config);
    return store.commitImage(std::move(image));
}

/// These layers have no archive that they came from; PackTest changes one that has.
Result<void> isWhole(std::int64_t, const Digest&, const std::function<Result<void>(std::uint64_t)>&) {
    return {};
}

std::vector<std::string> recordsOf(const Store& store) {
    std::vector<std::string> records;
    for (const std::string& name : listDirectory(store.layersFolder()).value_or(Names()))
        if (name.ends_with(".record"))
            records.push_back(store.layersFolder() + "/" + name);
    return records;
}

/// The fixture leaves records empty: a head alone makes one of an archive without a byte.
Result<void> fillRecords(const Store& store) {
    const TarRecordHead head{.recordSize = sizeof head};
    for (const std::string& record : recordsOf(store)) {
        TRY_ASSIGN(const std::string bytes, readFile(record));
        if (bytes.empty())
            TRY(writeFileAtomically(record, {reinterpret_cast<const char*>(&head), sizeof head}));
    }
    return {};
}

Result<std::vector<StoreFault>> verified(Store& store, uid_t owner, bool mend,
                                         const Store::FolderCheck& checkFolder = isWhole) {
    TRY(fillRecords(store));
    return store.verifyImages(
        owner, mend, [](std::uint64_t, std::uint64_t) -> Result<void> { return {}; }, checkFolder);
}

Names namesOf(Store& store, uid_t owner) {
    Names names;
    const auto images = store.images(owner);
    for (const ImageName& name : images.value_or(std::vector<ImageName>()))
        names.push_back(name.text());
    return names;
}

const auto kLater = std::chrono::steady_clock::time_point::max();

} // namespace

class ImageUsageTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;

    std::string layerPath(const std::string& word) {
        const auto layer = m_store->findLayer(digestOf(word));
        return m_store->layersFolder() + "/" + (layer && *layer ? std::to_string((*layer)->number) : "none");
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        auto store = Store::open(m_folder->path().toStdString() + "/state");
        VERIFY_RESULT(store);
        m_store = std::move(*store);
    }
    void cleanup() { m_store.reset(); }

    void aTagIsASecondNameOfTheSameImage() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        VERIFY_RESULT(m_store->tagImage(kAlice, named("1"), "docker.io/library/mine", "new"));
        QVERIFY(m_store->findImage(kAlice, "docker.io/library/mine:new")->digest ==
                m_store->findImage(kAlice, named("1"))->digest);
        // And it keeps the image when the first one goes
        VERIFY_RESULT(m_store->removeImageName(kAlice, kRepository, "1"));
        VERIFY_RESULT(m_store->findImage(kAlice, "docker.io/library/mine:new"));
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void aTagMovesFromTheImageThatHadIt() {
        VERIFY_RESULT(commit(*m_store, kAlice, "old", {"base", "old"}));
        VERIFY_RESULT(commit(*m_store, kAlice, "new", {"base", "new"}));
        VERIFY_RESULT(m_store->tagImage(kAlice, named("new"), kRepository, "old"));
        QCOMPARE(storedLayers(*m_store), std::size_t{2}); // "old" went with its last name
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void aTagThatIsThereStays() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        VERIFY_RESULT(m_store->tagImage(kAlice, named("1"), kRepository, "1"));
        QCOMPARE(namesOf(*m_store, kAlice), Names{named("1")});
    }
    void aTagIsForOnesOwnImagesAndNamesOnly() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        QCOMPARE(m_store->tagImage(kBob, named("1"), kRepository, "mine").error().code, ErrorCode::NotFound);
        VERIFY_RESULT(commit(*m_store, kBob, "2", {"other"}));
        VERIFY_RESULT(m_store->tagImage(kBob, named("2"), kRepository, "1"));
        QCOMPARE(m_store->findImage(kAlice, named("1"))->layers.size(), std::size_t{1});
        QVERIFY(m_store->findImage(kAlice, named("1"))->layers[0].diffId == digestOf("base"));
    }

    void pruneTakesWhatHasNoTag() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base", "tagged"}));
        VERIFY_RESULT(commit(*m_store, kAlice, "", {"base", "dangling"}));
        const auto pruned = m_store->pruneImages(kAlice, {});
        VERIFY_RESULT(pruned);
        QCOMPARE(pruned->names, Names{kRepository + "@" +
                                      digestOf("manifest (gzip) of config of base dangling").toString()});
        QCOMPARE(pruned->bytes, std::uint64_t{8}); // "base" stays
        QCOMPARE(namesOf(*m_store, kAlice), Names{named("1")});
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void pruneOfAllTakesWhatNoContainerUses() {
        VERIFY_RESULT(commit(*m_store, kAlice, "used", {"used"}));
        VERIFY_RESULT(
            addContainer(*m_store, kAlice, "crane", m_store->findImage(kAlice, named("used"))->digest));
        VERIFY_RESULT(commit(*m_store, kAlice, "free", {"free"}));
        VERIFY_RESULT(m_store->tagImage(kAlice, named("free"), kRepository, "again"));
        const auto pruned = m_store->pruneImages(kAlice, {.all = true, .until = 0, .labels = {}});
        VERIFY_RESULT(pruned);
        QCOMPARE(pruned->names, (Names{named("again"), named("free")}));
        QCOMPARE(namesOf(*m_store, kAlice), Names{named("used")});
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void pruneLeavesWhatAnotherNamesOrUses() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"both"}));
        VERIFY_RESULT(commit(*m_store, kBob, "2", {"both"}));
        const auto pruned = m_store->pruneImages(kAlice, {.all = true, .until = 0, .labels = {}});
        QCOMPARE(pruned->names, Names{named("1")});
        QCOMPARE(pruned->bytes, std::uint64_t{0});
        QCOMPARE(namesOf(*m_store, kBob), Names{named("2")});
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void pruneHeedsItsFilters_data() {
        QTest::addColumn<qint64>("until");
        QTest::addColumn<QStringList>("labels");
        QTest::addColumn<bool>("taken");
        const auto label = [](const char* text) { return QStringList{QString::fromLatin1(text)}; };
        QTest::newRow("none") << qint64(0) << QStringList() << true;
        QTest::newRow("made before") << qint64(2000) << QStringList() << true;
        QTest::newRow("made then") << qint64(1000) << QStringList() << false;
        QTest::newRow("label") << qint64(0) << label("stage") << true;
        QTest::newRow("label and value") << qint64(0) << label("stage=build") << true;
        QTest::newRow("other value") << qint64(0) << label("stage=test") << false;
        QTest::newRow("no such label") << qint64(0) << label("sta") << false;
        QTest::newRow("one of two") << qint64(0) << (label("stage") + label("x")) << false;
    }
    void pruneHeedsItsFilters() {
        QFETCH(qint64, until);
        QFETCH(QStringList, labels);
        QFETCH(bool, taken);
        auto image = newImage(*m_store, kAlice, "1", {"base"});
        image->settings.created = 1000;
        image->settings.labels = {{"stage", "build"}};
        VERIFY_RESULT(m_store->commitImage(std::move(*image)));
        PruneFilter filter{true, until, {}};
        for (const QString& label : labels)
            filter.labels.push_back(label.toStdString());
        QCOMPARE(m_store->pruneImages(kAlice, filter)->names.size(), std::size_t(taken ? 1 : 0));
    }
    void anImageThatIsBeingPulledSurvivesAPrune() {
        auto pulled = newImage(*m_store, kAlice, "1", {"base", "top"}); // all staged, nothing named yet
        VERIFY_RESULT(pulled);
        VERIFY_RESULT(m_store->pruneImages(kAlice, {.all = true, .until = 0, .labels = {}}));
        VERIFY_RESULT(m_store->commitImage(std::move(*pulled)));
        VERIFY_RESULT(checkInvariants(*m_store));
    }

    void countsALayerOnce() {
        const std::vector<CountedImage> images{
            {"a", true, false, 0, {1, 2, 2}}, {"b", true, true, 3, {1, 3}}, {"c", false, true, 0, {3, 4}}};
        const auto usage = countImages(images, {{1, 100}, {2, 20}, {3, 3}, {4, 4000}});
        QCOMPARE(usage.images.size(), std::size_t{2});
        QCOMPARE(usage.images[0].shared, std::uint64_t{100});
        QCOMPARE(usage.images[0].unique, std::uint64_t{20});
        QCOMPARE(usage.images[0].size, std::uint64_t{120});
        QCOMPARE(usage.images[1].shared, std::uint64_t{103});
        QCOMPARE(usage.images[1].unique, std::uint64_t{0});
        QCOMPARE(usage.images[1].containers, 3U);
        QCOMPARE(usage.total, std::uint64_t{123});
        QCOMPARE(usage.reclaimable, std::uint64_t{20});
    }
    void pruneFreesWhatWasSaidToBeReclaimable() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base", "one"}));
        VERIFY_RESULT(commit(*m_store, kAlice, "2", {"base", "used"}));
        VERIFY_RESULT(
            addContainer(*m_store, kAlice, "crane", m_store->findImage(kAlice, named("2"))->digest));
        VERIFY_RESULT(commit(*m_store, kBob, "3", {"bobs"}));
        const auto usage = m_store->imagesUsage(kAlice);
        VERIFY_RESULT(usage);
        QCOMPARE(usage->images.size(), std::size_t{2});
        QCOMPARE(usage->total, std::uint64_t{4 + 3 + 4});
        QCOMPARE(m_store->pruneImages(kAlice, {.all = true, .until = 0, .labels = {}})->bytes,
                 usage->reclaimable);
    }
    void anImageThatIsKeptStaysWithoutAName() {
        // Given an image that somebody is reading
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        const Image image = *m_store->findImage(kAlice, named("1"));
        auto kept = std::make_unique<KeptImage>(m_store->keepImage(image.digest).value());
        auto twice = std::make_unique<KeptImage>(m_store->keepImage(image.digest).value());
        // When its last name goes
        const auto pruned = m_store->pruneImages(kAlice, {.all = true, .until = 0, .labels = {}});
        VERIFY_RESULT(pruned);
        // Then nothing of it does, and nothing is said to be freed,
        QCOMPARE(pruned->names.size(), std::size_t{1});
        QCOMPARE(pruned->bytes, std::uint64_t{0});
        kept.reset();
        VERIFY_RESULT(m_store->openLayer(image.layers.front().number));
        VERIFY_RESULT(m_store->readBlob(image.configDigest));
        // until the last reader has ended.
        twice.reset();
        QCOMPARE(m_store->imageByDigest(image.digest).error().code, ErrorCode::NotFound);
        QCOMPARE(m_store->keepImage(image.digest).error().code, ErrorCode::NotFound);
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void anImageWithoutATagComesBesideOthersOfItsRepository() {
        VERIFY_RESULT(commit(*m_store, kAlice, "", {"one"}));
        VERIFY_RESULT(commit(*m_store, kAlice, "2", {"two"}));
        for (int again = 0; again < 2; ++again)
            VERIFY_RESULT(m_store->tagImage(kAlice, named("2"), kRepository, ""));
        QCOMPARE(m_store->images(kAlice)->size(), std::size_t{3});
    }
    void aLayerThatIsAFileTakesItsBlocks() {
        VERIFY_RESULT(commitFiles(*m_store, kAlice, "1", {std::string(100'000, 'x')}));
        struct stat info {};
        QCOMPARE(::stat(layerPath(std::string(100'000, 'x')).c_str(), &info), 0);
        QCOMPARE(m_store->imagesUsage(kAlice)->total, static_cast<std::uint64_t>(info.st_blocks) * 512);
    }
    void countsWhatContainersWrote() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        const Digest digest = m_store->findImage(kAlice, named("1"))->digest;
        VERIFY_RESULT(addContainer(*m_store, kAlice, "crane", digest));
        VERIFY_RESULT(addContainer(*m_store, kBob, "heron", digest));
        const std::string folder = m_store->containerFolder("crane");
        VERIFY_RESULT(makeDirectories(folder + "/upper/deep/er"));
        VERIFY_RESULT(makeDirectories(folder + "/log"));
        VERIFY_RESULT(writeFileAtomically(folder + "/upper/deep/er/file", std::string(100'000, 'x')));
        VERIFY_RESULT(writeFileAtomically(folder + "/log/0", std::string(10'000, 'x')));
        const auto usage = m_store->containersUsage(kAlice, kLater);
        VERIFY_RESULT(usage);
        QCOMPARE(usage->size(), std::size_t{1});
        QVERIFY(usage->front().writable >= 100'000 && usage->front().writable < 200'000);
        QVERIFY(usage->front().logs >= 10'000 && usage->front().logs < 100'000);
        QVERIFY(usage->front().isWhole && !usage->front().isRunning);
    }
    void aWalkCountsHardLinksOnceAndFollowsNoLink() {
        const std::string folder = m_folder->path().toStdString();
        VERIFY_RESULT(makeDirectories(folder + "/in"));
        VERIFY_RESULT(makeDirectories(folder + "/out"));
        VERIFY_RESULT(writeFileAtomically(folder + "/out/file", std::string(1'000'000, 'x')));
        VERIFY_RESULT(writeFileAtomically(folder + "/in/file", std::string(100'000, 'x')));
        QCOMPARE(::link((folder + "/in/file").c_str(), (folder + "/in/again").c_str()), 0);
        QCOMPARE(::symlink("../out", (folder + "/in/link").c_str()), 0);
        const FolderBytes bytes = bytesBelow(folder + "/in", kLater);
        QVERIFY(bytes.isWhole);
        QVERIFY(bytes.bytes >= 100'000 && bytes.bytes < 200'000);
    }
    void aWalkEndsAtItsDeadlineAndSaysSo() {
        const std::string folder = m_folder->path().toStdString();
        VERIFY_RESULT(writeFileAtomically(folder + "/file", "x"));
        QVERIFY(!bytesBelow(folder, std::chrono::steady_clock::now()).isWhole);
        QVERIFY(bytesBelow(folder + "/none", kLater).isWhole);
    }

    void findsNothingWrongWithGoodImages() {
        VERIFY_RESULT(commitFiles(*m_store, kAlice, "1", {"base", "top"}));
        const auto faults = verified(*m_store, kAlice, true);
        VERIFY_RESULT(faults);
        QVERIFY(faults->empty());
        QVERIFY(m_store->findLayer(digestOf("base"))->has_value());
    }
    void namesTheImagesOfADamagedLayer() {
        VERIFY_RESULT(commitFiles(*m_store, kAlice, "1", {"base", "one"}));
        VERIFY_RESULT(commitFiles(*m_store, kAlice, "2", {"base", "two"}));
        VERIFY_RESULT(commitFiles(*m_store, kBob, "3", {"base", "three"}));
        VERIFY_RESULT(writeFileAtomically(layerPath("base"), "bale"));
        const auto faults = verified(*m_store, kAlice, false);
        VERIFY_RESULT(faults);
        QCOMPARE(faults->size(), std::size_t{1});
        QVERIFY(faults->front().isLayer && faults->front().digest == digestOf("base"));
        QCOMPARE(faults->front().images, (Names{named("1"), named("2")})); // others' are not told
        QVERIFY(m_store->findLayer(digestOf("base"))->has_value());        // only told
    }
    void aPullMendsADamagedLayerForAllItsImages() {
        // Given two images with a layer that the disk has changed
        VERIFY_RESULT(commitFiles(*m_store, kAlice, "1", {"base", "one"}));
        VERIFY_RESULT(commitFiles(*m_store, kAlice, "2", {"base", "two"}));
        const std::string old = layerPath("base");
        VERIFY_RESULT(writeFileAtomically(old, "bale"));
        // When it was marked, and one of them is pulled again
        QCOMPARE(verified(*m_store, kAlice, true)->size(), std::size_t{1});
        QVERIFY(!m_store->findLayer(digestOf("base"))->has_value());
        QCOMPARE(verified(*m_store, kAlice, true)->size(), std::size_t{1}); // still told
        VERIFY_RESULT(commitFiles(*m_store, kAlice, "1", {"base", "one"}));
        // Then both are whole, and the layer lies under another number: the old one may be mounted
        QVERIFY(verified(*m_store, kAlice, true)->empty());
        QCOMPARE(*readFile(layerPath("base")), std::string("base"));
        QVERIFY(layerPath("base") != old && !exists(old));
        QVERIFY(m_store->findImage(kAlice, named("2"))->layers[0].diffId == digestOf("base"));
        QVERIFY(m_store->verify()->empty());
        QCOMPARE(entries(m_store->folder() + "/staging"), std::size_t{0});
    }
    void findsMissingLayersAndDamagedBlobs() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        const Image image = *m_store->findImage(kAlice, named("1"));
        VERIFY_RESULT(removeTree(layerPath("base")));
        const std::string blobs = m_store->folder() + "/blobs/sha256/";
        VERIFY_RESULT(writeFileAtomically(blobs + std::string(image.digest.hex()), "x"));
        QCOMPARE(::unlink((blobs + std::string(image.configDigest.hex())).c_str()), 0);
        QCOMPARE(verified(*m_store, kAlice, true)->size(), std::size_t{3});
        QVERIFY(verified(*m_store, kBob, true)->empty());
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        QVERIFY(verified(*m_store, kAlice, true)->empty());
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void aLayerThatLacksItsRecordIsNamedAndGoesOnToBeUsed_data() {
        QTest::addColumn<int>("form");
        QTest::addColumn<bool>("isDamaged");
        for (const auto& [name, form] :
             {std::pair("file", LayerForm::Image), std::pair("folder", LayerForm::Folder)}) {
            QTest::addRow("%s, missing", name) << int(form) << false;
            QTest::addRow("%s, damaged", name) << int(form) << true;
        }
    }
    void aLayerThatLacksItsRecordIsNamedAndGoesOnToBeUsed() {
        QFETCH(int, form);
        QFETCH(bool, isDamaged);
        // Given a layer whose record is missing, as older versions kept it, or damaged
        const auto bring = [&] {
            return form == int(LayerForm::Image) ? commitFiles(*m_store, kAlice, "1", {"base"})
                                                 : commit(*m_store, kAlice, "1", {"base"});
        };
        VERIFY_RESULT(bring());
        const std::string layer = layerPath("base");
        VERIFY_RESULT(writeFileAtomically(layer + ".record", "x"));
        if (!isDamaged)
            VERIFY_RESULT(removeTree(layer + ".record"));
        // When it is looked for
        const auto faults = verified(*m_store, kAlice, true);
        // Then it is named with its image, and no change of its files is spoken of
        VERIFY_RESULT(faults);
        QCOMPARE(faults->size(), std::size_t{1});
        QCOMPARE(faults->front().images, Names{named("1")});
        QVERIFY(faults->front().problem.find("pushed or saved") != std::string::npos);
        // and a pull brings the record; the layer stays, for containers that run on it.
        QVERIFY(!m_store->findLayer(digestOf("base"))->has_value());
        VERIFY_RESULT(bring());
        QCOMPARE(layerPath("base"), layer);
        QVERIFY(verified(*m_store, kAlice, true)->empty());
        QCOMPARE(entries(m_store->folder() + "/staging"), std::size_t{0});
    }
    void aLayerOfWhichNobodyCanTellIsNoFault() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base", "top"}));
        const auto faults = verified(
            *m_store, kAlice, true, [](std::int64_t number, const Digest&, const auto&) -> Result<void> {
                if (number == 1)
                    return fail(ErrorCode::Unsupported, "its archive replaces its own files by others");
                return fail(ErrorCode::Untrusted, "a file has changed");
            });
        VERIFY_RESULT(faults); // it ends nothing, and hides nothing
        QCOMPARE(faults->size(), std::size_t{1});
        QVERIFY(faults->front().digest == digestOf("top"));
    }
    void namesAnImageThatOnlyAContainerKeepsByItsDigest() {
        VERIFY_RESULT(commitFiles(*m_store, kAlice, "1", {"old"}));
        const Digest digest = m_store->findImage(kAlice, named("1"))->digest;
        VERIFY_RESULT(addContainer(*m_store, kAlice, "crane", digest));
        VERIFY_RESULT(commitFiles(*m_store, kAlice, "1", {"new"}));
        VERIFY_RESULT(writeFileAtomically(layerPath("old"), "odd"));
        const auto faults = verified(*m_store, kAlice, false);
        QCOMPARE(faults->front().images, Names{digest.toString()});
    }
    void aVerifyEndsWhenItsListenerSaysSo() {
        VERIFY_RESULT(commitFiles(*m_store, kAlice, "1", {"base"}));
        const auto ended = m_store->verifyImages(
            kAlice, false,
            [](std::uint64_t, std::uint64_t) { return Result<void>(fail(ErrorCode::Cancelled, "enough")); },
            isWhole);
        QCOMPARE(ended.error().code, ErrorCode::Cancelled);
    }
};
ESCALE_TEST(ImageUsageTest)

#include "image_usage_test.moc"
