#include "tests/store/store_fixture.h"

#include <QTest>

using namespace escale;
using namespace escale::test;

class ImageStoreTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        auto store = Store::open(m_folder->path().toStdString() + "/state");
        VERIFY_RESULT(store);
        m_store = std::move(*store);
    }
    void cleanup() { m_store.reset(); }

    void listsACommittedImage() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base", "top"}));
        const auto names = m_store->images(kAlice);
        VERIFY_RESULT(names);
        QCOMPARE(names->size(), std::size_t{1});
        const ImageName& name = names->front();
        QCOMPARE(name.repository, kRepository);
        QCOMPARE(name.tag, std::string("1"));
        QCOMPARE(name.image.layers.size(), std::size_t{2});
        QVERIFY(name.image.layers[0].diffId == digestOf("base"));
        QCOMPARE(name.image.size, std::uint64_t{7});
        QVERIFY(name.image.downloadSize > 200);
        QCOMPARE(name.image.settings.command.at(1), std::string("-c"));
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void keepsEverySettingOfAnImage() {
        auto image = newImage(*m_store, kAlice, "1", {"base"});
        VERIFY_RESULT(image);
        ImageConfig settings;
        settings.architecture = "arm64";
        settings.os = "linux";
        settings.variant = "v8";
        settings.user = "1000:1000";
        settings.workingDir = "/srv";
        settings.stopSignal = "SIGQUIT";
        settings.created = 1700000000123;
        settings.entrypoint = {"/entry", ""};
        settings.command = {"a b", "\"quoted\"", "é\n"};
        settings.environment = {"PATH=/bin", "EMPTY="};
        settings.exposedPorts = {"80/tcp", "53/udp"};
        settings.labels = {{"a", "1"}, {"b", ""}};
        image->settings = settings;
        VERIFY_RESULT(m_store->commitImage(std::move(*image)));
        const auto found = m_store->findImage(kAlice, kRepository + ":1");
        VERIFY_RESULT(found);
        QCOMPARE(found->settings.architecture, settings.architecture);
        QCOMPARE(found->settings.variant, settings.variant);
        QCOMPARE(found->settings.user, settings.user);
        QCOMPARE(found->settings.workingDir, settings.workingDir);
        QCOMPARE(found->settings.stopSignal, settings.stopSignal);
        QCOMPARE(found->settings.created, settings.created);
        QCOMPARE(found->settings.entrypoint, settings.entrypoint);
        QCOMPARE(found->settings.command, settings.command);
        QCOMPARE(found->settings.environment, settings.environment);
        QCOMPARE(found->settings.exposedPorts, settings.exposedPorts);
        QVERIFY(found->settings.labels == settings.labels);
    }
    void findsAnImageInEachForm_data() {
        const std::string manifest = "manifest (gzip) of config of base";
        const QByteArray digest = QByteArray::fromStdString(digestOf(manifest).toString());
        const QByteArray repository = QByteArray::fromStdString(kRepository);
        QTest::addColumn<QByteArray>("reference");
        QTest::newRow("tag") << repository + ":1";
        QTest::newRow("digest in repository") << repository + "@" + digest;
        QTest::newRow("tag and digest") << repository + ":other@" + digest;
        QTest::newRow("digest") << digest;
        QTest::newRow("hex digits") << digest.mid(7);
        QTest::newRow("six digits") << digest.mid(7, 6);
        QTest::newRow("short with algorithm") << digest.left(7 + 12);
    }
    void findsAnImageInEachForm() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        QFETCH(QByteArray, reference);
        const auto found = m_store->findImage(kAlice, reference.toStdString());
        VERIFY_RESULT(found);
        QVERIFY(found->digest == digestOf("manifest (gzip) of config of base"));
    }
    void findsNothingElse_data() {
        QTest::addColumn<QByteArray>("reference");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("no tag") << QByteArray::fromStdString(kRepository);
        QTest::newRow("other tag") << QByteArray::fromStdString(kRepository + ":2");
        QTest::newRow("suffix") << QByteArray("demo:1");
        QTest::newRow("wildcard") << QByteArray("%");
        QTest::newRow("five digits") << QByteArray::fromStdString(
            std::string(digestOf("manifest (gzip) of config of base").hex().substr(0, 5)));
        QTest::newRow("other repository's digest")
            << QByteArray::fromStdString("x/y@" + digestOf("manifest (gzip) of config of base").toString());
    }
    void findsNothingElse() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        QFETCH(QByteArray, reference);
        const auto found = m_store->findImage(kAlice, reference.toStdString());
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::NotFound);
    }
    void refusesAnAmbiguousDigest() {
        // Two images whose digests begin alike, made by writing the rows: no need to search for a collision.
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        const std::string first = digestOf("manifest (gzip) of config of base").toString();
        const std::string second = first.substr(0, 20) + std::string(51, '0');
        VERIFY_RESULT(m_store->database().run(
            "INSERT INTO image SELECT ?1, config_digest, media_type, 0, 0, settings, 0 FROM image", second));
        VERIFY_RESULT(m_store->database().run("INSERT INTO image_name VALUES (?1, 'other', '1', ?2, 0)",
                                              kAlice, second));
        const auto found = m_store->findImage(kAlice, first.substr(7, 10));
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::InvalidArgument);
    }
    void hidesAnImageFromThoseWithoutANameForIt() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        QVERIFY(m_store->images(kBob)->empty());
        QVERIFY(!m_store->findImage(kBob, digestOf("manifest (gzip) of config of base").toString()));
    }
    void sharesALayerBetweenImages() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base", "one"}));
        VERIFY_RESULT(commit(*m_store, kBob, "2", {"base", "two"}));
        QCOMPARE(storedLayers(*m_store), std::size_t{3});
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void keepsALayerThatAnImageHasTwiceOnce() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base", "empty", "empty"}));
        QCOMPARE(m_store->images(kAlice)->front().image.layers.size(), std::size_t{3});
        QCOMPARE(storedLayers(*m_store), std::size_t{2});
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void remembersWhatALayerWasPackedTo() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        const std::int64_t number = m_store->findImage(kAlice, kRepository + ":1")->layers.front().number;
        QVERIFY(m_store->packedLayerBlobs(number)->empty());
        VERIFY_RESULT(m_store->rememberPackedLayer(number, {"gzip", digestOf("first"), 10}));
        VERIFY_RESULT(m_store->rememberPackedLayer(number, {"gzip", digestOf("second"), 11}));
        VERIFY_RESULT(m_store->rememberPackedLayer(number, {"zstd", digestOf("third"), 12}));
        const auto blobs = m_store->packedLayerBlobs(number);
        VERIFY_RESULT(blobs);
        QCOMPARE(blobs->size(), std::size_t{2});
        QCOMPARE(blobs->at(0).digest, digestOf("second"));
        QCOMPARE(blobs->at(0).size, std::uint64_t{11});
        // It goes with the layer, and comes for none that has gone.
        VERIFY_RESULT(m_store->removeImageName(kAlice, kRepository, "1"));
        QVERIFY(m_store->packedLayerBlobs(number)->empty());
        VERIFY_RESULT(m_store->rememberPackedLayer(number, {"gzip", digestOf("late"), 10}));
        QVERIFY(m_store->packedLayerBlobs(number)->empty());
    }
    void usesTheLayerThatAnotherPullCommittedMeanwhile() {
        auto slow = newImage(*m_store, kAlice, "slow", {"base", "slow"}); // stages its own "base"
        VERIFY_RESULT(slow);
        VERIFY_RESULT(commit(*m_store, kBob, "fast", {"base", "fast"}));
        VERIFY_RESULT(m_store->commitImage(std::move(*slow)));
        QCOMPARE(storedLayers(*m_store), std::size_t{3});
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void movesTheNameAndClearsTheImageThatLostIt() {
        VERIFY_RESULT(commit(*m_store, kAlice, "latest", {"base", "old"}));
        VERIFY_RESULT(commit(*m_store, kAlice, "latest", {"base", "new"}));
        const auto names = m_store->images(kAlice);
        QCOMPARE(names->size(), std::size_t{1});
        QVERIFY(names->front().image.layers[1].diffId == digestOf("new"));
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void keepsSeveralImagesPulledByDigest() {
        VERIFY_RESULT(commit(*m_store, kAlice, "", {"one"}));
        VERIFY_RESULT(commit(*m_store, kAlice, "", {"two"}));
        QCOMPARE(m_store->images(kAlice)->size(), std::size_t{2});
        const auto removed = m_store->removeImageName(kAlice, kRepository, "");
        QCOMPARE(removed.error().code, ErrorCode::InvalidArgument);
        VERIFY_RESULT(m_store->removeImageName(kAlice, kRepository,
                                               digestOf("manifest (gzip) of config of one").toString()));
        VERIFY_RESULT(m_store->removeImageName(kAlice, kRepository, ""));
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void refusesContentThatDoesNotMatchItsDigest_data() {
        QTest::addColumn<bool>("manifest");
        QTest::newRow("manifest") << true;
        QTest::newRow("configuration") << false;
    }
    void refusesContentThatDoesNotMatchItsDigest() {
        QFETCH(bool, manifest);
        auto image = newImage(*m_store, kAlice, "1", {"base"});
        VERIFY_RESULT(image);
        (manifest ? image->manifest : image->config) += "x";
        const auto done = m_store->commitImage(std::move(*image));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Untrusted);
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void refusesSettingsThatAreNoText() {
        auto image = newImage(*m_store, kAlice, "1", {"base"});
        image->settings.user = "\xff\xfe";
        const auto done = m_store->commitImage(std::move(*image));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Untrusted);
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void refusesALayerThatHasGoneMeanwhile() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        auto image = newImage(*m_store, kAlice, "2", {"base", "top"}); // counts on the store's "base"
        VERIFY_RESULT(m_store->removeImageName(kAlice, kRepository, "1"));
        const auto done = m_store->commitImage(std::move(*image));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::WrongState);
        QVERIFY(m_store->images(kAlice)->empty());
    }
    void leavesNothingOfACommitThatFailsInTheDatabase() {
        VERIFY_RESULT(m_store->database().execute("CREATE TRIGGER no_names BEFORE INSERT ON image_name "
                                                  "BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"));
        {
            auto image = newImage(*m_store, kAlice, "1", {"base", "top"});
            const auto done = m_store->commitImage(std::move(*image));
            QVERIFY(!done);
            QVERIFY(done.error().message.find("refused by the test") != std::string::npos);
        }
        VERIFY_RESULT(checkInvariants(*m_store));
        VERIFY_RESULT(m_store->database().execute("DROP TRIGGER no_names"));
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base", "top"}));
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void healsALayerWhoseFolderIsMissing() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        VERIFY_RESULT(removeTree(m_store->layersFolder() + "/1"));
        QVERIFY(!m_store->findLayer(digestOf("base"))->has_value());
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void theRecordOfALayerIsBroughtWhereItHasNone() {
        // Given a layer as older versions kept it
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        VERIFY_RESULT(removeTree(m_store->layersFolder() + "/1.record"));
        QVERIFY(m_store->verify()->empty());
        // Then its archive cannot be made, and what to do is said
        const auto size = m_store->tarSizeOf(1);
        QVERIFY(!size && size.error().code == ErrorCode::NotFound && !size.error().hint.empty());
        QVERIFY(!m_store->findLayer(digestOf("base"))->has_value());
        // It goes on to be used where nothing better comes,
        auto image = newImage(*m_store, kAlice, "2", {"base"});
        VERIFY_RESULT(image);
        image->layers.front().staged.reset();
        VERIFY_RESULT(m_store->commitImage(std::move(*image)));
        QCOMPARE(storedLayers(*m_store), std::size_t{1});
        // and a pull brings its record.
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        const auto layer = m_store->findLayer(digestOf("base"));
        QVERIFY(layer->has_value());
        QCOMPARE((*layer)->number, std::int64_t{1});
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void aRecordOfNoLayerIsFoundAndCleared() {
        VERIFY_RESULT(writeFileAtomically(m_store->layersFolder() + "/7.record", "x"));
        QCOMPARE(m_store->verify()->size(), std::size_t{1});
        const std::string folder = m_store->folder();
        m_store.reset();
        m_store = Store::open(folder).value();
        QVERIFY(m_store->verify()->empty());
    }
    void aRecordThatIsNoneHasNoSize() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"})); // the fixture leaves it empty
        QCOMPARE(m_store->tarSizeOf(1).error().code, ErrorCode::Untrusted);
        for (const std::string& bytes : {std::string(32, '\0'), std::string(1000, 'x')}) {
            VERIFY_RESULT(writeFileAtomically(m_store->layersFolder() + "/1.record", bytes));
            QCOMPARE(m_store->tarSizeOf(1).error().code, ErrorCode::Untrusted);
        }
        VERIFY_RESULT(removeTree(m_store->layersFolder() + "/1.record"));
        QCOMPARE(m_store->tarSizeOf(1).error().code, ErrorCode::NotFound);
        QVERIFY(m_store->tarSizeOf(1).error().hint != m_store->tarSizeOf(2).error().hint); // it has gone
    }
    void removesAnImageWithItsLastName() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base", "one"}));
        VERIFY_RESULT(commit(*m_store, kBob, "2", {"base", "two"}));
        VERIFY_RESULT(m_store->removeImageName(kAlice, kRepository, "1"));
        QCOMPARE(storedLayers(*m_store), std::size_t{2});
        VERIFY_RESULT(checkInvariants(*m_store));
        VERIFY_RESULT(m_store->removeImageName(kBob, kRepository, "2"));
        QCOMPARE(storedLayers(*m_store), std::size_t{0});
    }
    void keepsAnImageThatHasAnotherName() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        VERIFY_RESULT(commit(*m_store, kAlice, "2", {"base"}));
        VERIFY_RESULT(m_store->removeImageName(kAlice, kRepository, "1"));
        VERIFY_RESULT(m_store->findImage(kAlice, kRepository + ":2"));
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void keepsAConfigurationThatTwoManifestsShare() {
        VERIFY_RESULT(commit(*m_store, kAlice, "gzip", {"base"}, "gzip"));
        VERIFY_RESULT(commit(*m_store, kAlice, "zstd", {"base"}, "zstd"));
        VERIFY_RESULT(m_store->removeImageName(kAlice, kRepository, "gzip"));
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void refusesToRemoveAnImageInUseAndNamesTheContainers() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        const Digest digest = m_store->images(kAlice)->front().image.digest;
        VERIFY_RESULT(addContainer(*m_store, kAlice, "happy_crane", digest));
        const auto removed = m_store->removeImageName(kAlice, kRepository, "1");
        QVERIFY(!removed);
        QCOMPARE(removed.error().code, ErrorCode::InUse);
        QVERIFY(removed.error().message.find("happy_crane") != std::string::npos);
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void keepsAnImageWithoutANameWhileAContainerUsesIt() {
        VERIFY_RESULT(commit(*m_store, kAlice, "latest", {"old"}));
        const Digest old = m_store->images(kAlice)->front().image.digest;
        VERIFY_RESULT(addContainer(*m_store, kAlice, "happy_crane", old));
        VERIFY_RESULT(commit(*m_store, kAlice, "latest", {"new"}));
        VERIFY_RESULT(m_store->imageByDigest(old));
        VERIFY_RESULT(m_store->database().run("DELETE FROM container"));
        VERIFY_RESULT(m_store->removeUnusedImages());
        QVERIFY(!m_store->imageByDigest(old));
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void saysThatANameIsNotThere() {
        const auto removed = m_store->removeImageName(kAlice, kRepository, "1");
        QCOMPARE(removed.error().code, ErrorCode::NotFound);
    }
    void noticesABlobThatTheDiskChanged() {
        VERIFY_RESULT(commit(*m_store, kAlice, "1", {"base"}));
        const Digest digest = m_store->images(kAlice)->front().image.digest;
        VERIFY_RESULT(writeFileAtomically(
            m_folder->path().toStdString() + "/state/blobs/sha256/" + std::string(digest.hex()), "other"));
        QCOMPARE(m_store->readBlob(digest).error().code, ErrorCode::Untrusted);
    }
    void removesAStagedLayerThatNobodyCommits() {
        {
            const auto layer = stagedLayer(*m_store, "base");
            VERIFY_RESULT(layer);
            QCOMPARE(entries(m_store->folder() + "/staging"), std::size_t{2}); // it and its record
        }
        QCOMPARE(entries(m_store->folder() + "/staging"), std::size_t{0});
    }
};
ESCALE_TEST(ImageStoreTest)

#include "image_store_test.moc"
