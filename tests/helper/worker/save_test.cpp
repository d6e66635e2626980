// Images that were pulled, saved into an archive, and what other programs make of it.
#include "helper/worker/save.h"

#include "engine/base/file.h"
#include "engine/store/store.h"
#include "helper/worker/pull.h"
#include "tests/helper/worker/pull_fixture.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

TestLayer baseLayer() {
    return gzipLayer(TarBuilder()
                         .folder("./")
                         .folder("bin")
                         .file("bin/sh", std::string(300'000, 's'))
                         .add({.name = "bin/hard", .type = '1', .link = "bin/sh"})
                         .finish());
}
TestLayer layerOf(const std::string& content) {
    return zstdLayer(TarBuilder().file("etc/new", content).file("etc/.wh.old").finish());
}

} // namespace

class SaveTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<ScriptedHttpServer> m_server;
    Cancellation m_cancellation;

    [[nodiscard]] std::string at(const std::string& name) const {
        return m_folder->path().toStdString() + "/" + name;
    }
    Result<void> pull(const TestImage& image, const std::string& name) {
        image.serve(*m_server, name, "1");
        return pullImage(*m_store, kWorker, {kOwner, named(name), {}, {}, {}}, {}, m_cancellation)
            .map([](const auto&) {});
    }
    [[nodiscard]] std::string named(const std::string& name) const {
        return m_server->host() + "/" + name + ":1";
    }
    Result<SavedArchive> save(const std::vector<std::string>& images, const std::string& file = "archive",
                              LayerCompression compression = LayerCompression::None, uid_t owner = kOwner) {
        TRY_ASSIGN(const UniqueFd output, openFile(at(file), O_WRONLY | O_CREAT | O_TRUNC, 0600));
        return saveImages(*m_store, kWorker, {owner, images, compression, output.get()}, {}, m_cancellation);
    }
    /// Output of a program that must succeed, or what it says of its failure.
    QByteArray run(const QString& program, const QStringList& arguments, bool* good = nullptr) const {
        QProcess process;
        process.setWorkingDirectory(m_folder->path());
        process.start(program, arguments);
        const bool ended = process.waitForFinished(120'000) && process.exitCode() == 0;
        if (good != nullptr)
            *good = ended;
        const QByteArray errors = process.readAllStandardError();
        return ended ? process.readAllStandardOutput() : errors;
    }
    /// The archive's image, copied by skopeo from `source` into a folder: its layers' digests, without
    /// compression.
    QStringList layersBySkopeo(const QString& source) const {
        (void)removeTree(at("copy"));
        bool good = false;
        const QByteArray said = run(QStringLiteral("skopeo"),
                                    {QStringLiteral("copy"), QStringLiteral("--insecure-policy"),
                                     QStringLiteral("--dest-decompress"), source, QStringLiteral("dir:copy")},
                                    &good);
        if (!good)
            return {QString::fromUtf8(said)};
        const auto manifest = Json::parse(readFile(at("copy/manifest.json")).value_or(""));
        QStringList digests;
        for (const Json& layer : manifest ? manifest->at("layers").items() : Json::Array())
            digests.append(QString::fromStdString(layer.at("digest").toString()));
        return digests;
    }
    static QStringList diffIdsOf(const TestImage& image) {
        QStringList digests;
        for (const TestLayer& layer : image.layers)
            digests.append(QString::fromStdString(Digest::ofData(layer.tar).toString()));
        return digests;
    }
    QStringList namesInArchive() const {
        bool good = false;
        const QByteArray list =
            run(QStringLiteral("tar"), {QStringLiteral("-tf"), QStringLiteral("archive")}, &good);
        return good ? QString::fromUtf8(list).split(u'\n', Qt::SkipEmptyParts) : QStringList();
    }
    Json inArchive(const QString& name) const {
        return Json::parse(
                   run(QStringLiteral("tar"), {QStringLiteral("-xOf"), QStringLiteral("archive"), name})
                       .toStdString())
            .value_or(Json());
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(!QStandardPaths::findExecutable(QStringLiteral("skopeo")).isEmpty(),
                    "skopeo is not installed");
        ::signal(SIGPIPE, SIG_IGN); // as the helper does
    }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = Store::open(at("state"));
        VERIFY_RESULT(opened);
        m_store = std::move(*opened);
        m_server = std::make_unique<ScriptedHttpServer>();
    }
    void cleanup() { m_store.reset(); }

    void anArchiveIsReadAsDockersAndAsAnOciLayout_data() {
        QTest::addColumn<int>("form");
        QTest::newRow("layers that are folders") << int(LayerForm::Folder);
        QTest::newRow("layers that are images") << int(LayerForm::Image);
    }
    void anArchiveIsReadAsDockersAndAsAnOciLayout() {
        QFETCH(int, form);
        m_store->setLayerForm(static_cast<LayerForm>(form));
        // Given an image that was pulled, compressed in two ways
        const TestImage image({baseLayer(), layerOf("2"), baseLayer()});
        VERIFY_RESULT(pull(image, "demo"));
        // When it is saved
        std::vector<std::pair<std::uint64_t, std::uint64_t>> told;
        const auto output = openFile(at("archive"), O_WRONLY | O_CREAT, 0600);
        const auto bytes = saveImages(
            *m_store, kWorker, {kOwner, {named("demo")}, LayerCompression::None, output->get()},
            [&told](std::uint64_t done, std::uint64_t total) { told.emplace_back(done, total); },
            m_cancellation);
        VERIFY_RESULT(bytes);
        // Then the archive is as long as said, and what was told on the way led there,
        QCOMPARE(std::uint64_t(QFileInfo(QString::fromStdString(at("archive"))).size()), bytes->bytes);
        const std::uint64_t tars = image.layers[0].tar.size() + image.layers[1].tar.size();
        QCOMPARE(told.front(), (std::pair{std::uint64_t{0}, tars}));
        QCOMPARE(told.back(), (std::pair{tars, tars}));
        // skopeo finds the same layers in both forms of it,
        const QString name = QString::fromStdString(named("demo"));
        QCOMPARE(layersBySkopeo(QStringLiteral("docker-archive:archive:") + name), diffIdsOf(image));
        QCOMPARE(layersBySkopeo(QStringLiteral("oci-archive:archive:1")), diffIdsOf(image));
        // the configuration is the very one, each blob is there once, and the names are written as Docker
        // writes them.
        const Json entry = inArchive(QStringLiteral("manifest.json")).items().at(0);
        QCOMPARE(entry.at("Config").toString(),
                 "blobs/sha256/" + std::string(Digest::ofData(image.config.dump()).hex()));
        QCOMPARE(entry.at("RepoTags").dump(), Json::strings({named("demo")}).dump());
        QCOMPARE(namesInArchive().size(), 2 + 2 + 3);
        const Json named =
            inArchive(QStringLiteral("index.json")).at("manifests").items().at(0).at("annotations");
        QCOMPARE(named.at("org.opencontainers.image.ref.name").toString(), std::string("1"));
        QCOMPARE(named.at("io.containerd.image.name").toString(), name.toStdString());
        QVERIFY(listDirectory(at("state/staging"))->empty());
    }

    void anOciArchiveHasCompressedLayers_data() {
        QTest::addColumn<int>("compression");
        QTest::addColumn<QString>("type");
        QTest::newRow("gzip") << int(LayerCompression::Gzip) << "application/vnd.oci.image.layer.v1.tar+gzip";
        QTest::newRow("zstd") << int(LayerCompression::Zstd) << "application/vnd.oci.image.layer.v1.tar+zstd";
    }
    void anOciArchiveHasCompressedLayers() {
        QFETCH(int, compression);
        QFETCH(QString, type);
        const TestImage image({baseLayer(), layerOf("2")});
        VERIFY_RESULT(pull(image, "demo"));
        const auto bytes = save({named("demo")}, "archive", static_cast<LayerCompression>(compression));
        VERIFY_RESULT(bytes);
        QVERIFY(bytes->bytes < 100'000);
        QCOMPARE(layersBySkopeo(QStringLiteral("oci-archive:archive:1")), diffIdsOf(image));
        QVERIFY(!namesInArchive().contains(QStringLiteral("manifest.json")));
        const QString manifest = QString::fromStdString(
            inArchive(QStringLiteral("index.json")).at("manifests").items().at(0).at("digest").toString());
        const Json document = inArchive(QStringLiteral("blobs/sha256/") + manifest.mid(7));
        QCOMPARE(document.at("layers").items().size(), image.layers.size());
        for (const Json& layer : document.at("layers").items())
            QCOMPARE(QString::fromStdString(layer.at("mediaType").toString()), type);
        QVERIFY(listDirectory(at("state/staging"))->empty());
    }

    void severalImagesShareTheirLayers() {
        const TestImage one({baseLayer(), layerOf("1")});
        const TestImage two({baseLayer(), layerOf("2")});
        VERIFY_RESULT(pull(one, "one"));
        VERIFY_RESULT(pull(two, "two"));
        VERIFY_RESULT(m_store->tagImage(kOwner, named("one"), "docker.io/library/mine", "latest"));
        VERIFY_RESULT(save({named("one"), named("two"), "mine", "mine:latest"}));
        // Three layers, two configurations, two manifests
        QCOMPARE(namesInArchive().filter(QStringLiteral("blobs/")).size(), 3 + 2 + 2);
        QCOMPARE(inArchive(QStringLiteral("manifest.json")).items().at(0).at("RepoTags").dump(),
                 Json::strings({named("one"), "mine:latest"}).dump());
        QCOMPARE(layersBySkopeo(QStringLiteral("docker-archive:archive:mine:latest")), diffIdsOf(one));
        QCOMPARE(
            layersBySkopeo(QStringLiteral("docker-archive:archive:") + QString::fromStdString(named("two"))),
            diffIdsOf(two));
    }

    void anImageByItsDigestHasNoName() {
        const TestImage image({baseLayer()});
        VERIFY_RESULT(pull(image, "demo"));
        const std::string digest = Digest::ofData(image.manifest.dump()).toString();
        for (const std::string& written : {digest, digest.substr(7, 12)}) {
            VERIFY_RESULT(save({written}));
            QVERIFY(inArchive(QStringLiteral("manifest.json")).items().at(0).at("RepoTags").isNull());
            QCOMPARE(layersBySkopeo(QStringLiteral("docker-archive:archive")), diffIdsOf(image));
        }
    }

    void theSameImageGivesTheSameArchive() {
        VERIFY_RESULT(pull(TestImage({baseLayer(), layerOf("2")}), "demo"));
        VERIFY_RESULT(save({named("demo")}, "first"));
        VERIFY_RESULT(save({named("demo")}, "second"));
        QVERIFY(readFile(at("first")).value() == readFile(at("second")).value());
    }

    void podmanLoadsIt() {
        SKIP_UNLESS(!QStandardPaths::findExecutable(QStringLiteral("podman")).isEmpty(),
                    "podman is not installed");
        const QStringList options{
            QStringLiteral("--root"),           QString::fromStdString(at("podman")),
            QStringLiteral("--runroot"),        QString::fromStdString(at("podman-run")),
            QStringLiteral("--storage-driver"), QStringLiteral("vfs"),
            QStringLiteral("--cgroup-manager"), QStringLiteral("cgroupfs"),
            QStringLiteral("--runtime"),        QStringLiteral("runc")};
        bool works = false;
        run(QStringLiteral("podman"), options + QStringList{QStringLiteral("images")}, &works);
        SKIP_UNLESS(works, "podman does not work here");
        const TestImage image({baseLayer(), layerOf("2")});
        VERIFY_RESULT(pull(image, "demo"));
        VERIFY_RESULT(save({named("demo")}));
        const QByteArray loaded = run(
            QStringLiteral("podman"),
            options + QStringList{QStringLiteral("load"), QStringLiteral("-i"), QStringLiteral("archive")},
            &works);
        QVERIFY2(works && loaded.contains(named("demo").c_str()), loaded.constData());
        const Json layers =
            Json::parse(run(QStringLiteral("podman"),
                            options + QStringList{QStringLiteral("image"), QStringLiteral("inspect"),
                                                  QStringLiteral("--format"),
                                                  QStringLiteral("{{json .RootFS.Layers}}"),
                                                  QString::fromStdString(named("demo"))})
                            .trimmed()
                            .toStdString())
                .value_or(Json());
        QStringList found;
        for (const Json& layer : layers.items())
            found.append(QString::fromStdString(layer.toString()));
        ::umount2(at("podman/vfs").c_str(), MNT_DETACH); // podman mounts it on itself
        QCOMPARE(found, diffIdsOf(image));
    }

    void anImageThatIsRemovedMeanwhileIsSavedWhole_data() {
        QTest::addColumn<int>("compression");
        QTest::newRow("none") << int(LayerCompression::None);
        QTest::newRow("zstd") << int(LayerCompression::Zstd);
    }
    void anImageThatIsRemovedMeanwhileIsSavedWhole() {
        QFETCH(int, compression);
        const TestImage image({baseLayer(), layerOf("2")});
        VERIFY_RESULT(pull(image, "demo"));
        const auto output = openFile(at("archive"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        VERIFY_RESULT(output);
        // When its last name goes before the first layer is read
        const auto prune = [this](std::uint64_t, std::uint64_t) {
            (void)m_store->pruneImages(kOwner, {.all = true, .until = 0, .labels = {}});
        };
        const auto saved =
            saveImages(*m_store, kWorker,
                       {kOwner, {named("demo")}, static_cast<LayerCompression>(compression), output->get()},
                       prune, m_cancellation);
        // Then it is saved all the same, and has gone afterwards.
        VERIFY_RESULT(saved);
        QCOMPARE(layersBySkopeo(QStringLiteral("oci-archive:archive")), diffIdsOf(image));
        QVERIFY(m_store->images(kOwner)->empty());
        QVERIFY(listDirectory(m_store->layersFolder())->empty());
    }

    void whatIsNotTheOwnersIsRefused() {
        VERIFY_RESULT(pull(TestImage({baseLayer()}), "demo"));
        QCOMPARE(save({named("demo")}, "archive", LayerCompression::None, kOwner + 1).error().code,
                 ErrorCode::NotFound);
        QCOMPARE(save({named("demo"), "no-such-image"}).error().code, ErrorCode::NotFound);
        QCOMPARE(QFileInfo(QString::fromStdString(at("archive"))).size(), 0); // nothing was begun
    }

    void aLayerThatCannotBePackedIsSaidBeforeAnythingIsWritten() {
        VERIFY_RESULT(pull(TestImage({baseLayer(), layerOf("2")}), "demo"));
        const Layer top = m_store->images(kOwner)->front().image.layers.back();
        VERIFY_RESULT(removeTree(m_store->layersFolder() + "/" + std::to_string(top.number) + ".record"));
        const auto saved = save({named("demo")});
        QVERIFY(!saved && saved.error().code == ErrorCode::NotFound && !saved.error().hint.empty());
        QCOMPARE(QFileInfo(QString::fromStdString(at("archive"))).size(), 0);
    }

    void aLayerThatChangedEndsIt_data() {
        QTest::addColumn<int>("compression");
        QTest::newRow("none") << int(LayerCompression::None);
        QTest::newRow("gzip") << int(LayerCompression::Gzip);
    }
    void aLayerThatChangedEndsIt() {
        QFETCH(int, compression);
        VERIFY_RESULT(pull(TestImage({baseLayer(), layerOf("2")}), "demo"));
        const Layer base = m_store->images(kOwner)->front().image.layers.front();
        const auto file =
            openFile(m_store->layersFolder() + "/" + std::to_string(base.number) + "/bin/sh", O_WRONLY);
        QVERIFY(::pwrite(file->get(), "X", 1, 1000) == 1);
        QCOMPARE(save({named("demo")}, "archive", static_cast<LayerCompression>(compression)).error().code,
                 ErrorCode::Untrusted);
        QVERIFY(::ftruncate(file->get(), 1000) == 0);
        QCOMPARE(save({named("demo")}, "archive", static_cast<LayerCompression>(compression)).error().code,
                 ErrorCode::Untrusted);
        QVERIFY(!namesInArchive().contains(QStringLiteral("index.json")));
        QVERIFY(listDirectory(at("state/staging"))->empty());
    }

    void aFullDiskIsSaid() {
        VERIFY_RESULT(pull(TestImage({baseLayer()}), "demo"));
        QVERIFY(::mkdir(at("small").c_str(), 0700) == 0);
        SKIP_UNLESS(::mount("none", at("small").c_str(), "tmpfs", 0, "size=64k") == 0,
                    "cannot mount a tmpfs");
        const auto saved = save({named("demo")}, "small/archive");
        ::umount2(at("small").c_str(), MNT_DETACH);
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::NoSpace);
        QVERIFY(!saved.error().hint.empty());
    }

    void aReaderThatGoesEndsIt() {
        VERIFY_RESULT(pull(TestImage({baseLayer()}), "demo"));
        for (const bool atOnce : {true, false}) {
            std::array<int, 2> ends{};
            QVERIFY(::pipe2(ends.data(), O_CLOEXEC) == 0);
            UniqueFd readEnd(ends[0]);
            const UniqueFd writeEnd(ends[1]);
            (void)::fcntl(writeEnd.get(), F_SETPIPE_SZ, 4096);
            std::thread reader([&readEnd, atOnce] {
                std::array<char, 1000> some{};
                if (!atOnce)
                    (void)!::read(readEnd.get(), some.data(), some.size());
                readEnd.reset();
            });
            const auto saved = saveImages(*m_store, kWorker,
                                          {kOwner, {named("demo")}, LayerCompression::None, writeEnd.get()},
                                          {}, m_cancellation);
            reader.join();
            QVERIFY(!saved);
            QCOMPARE(saved.error().code, ErrorCode::Unreachable);
        }
    }

    void aReaderThatWaitsDoesNotHinderTheCancellation() {
        VERIFY_RESULT(pull(TestImage({baseLayer()}), "demo"));
        std::array<int, 2> ends{};
        QVERIFY(::pipe2(ends.data(), O_CLOEXEC) == 0);
        const UniqueFd readEnd(ends[0]);
        const UniqueFd writeEnd(ends[1]);
        (void)::fcntl(writeEnd.get(), F_SETPIPE_SZ, 4096);
        std::thread canceller([this, &readEnd] {
            char byte = 0;
            (void)!::read(readEnd.get(), &byte, 1); // it has begun
            m_cancellation.cancel();
        });
        const auto saved =
            saveImages(*m_store, kWorker, {kOwner, {named("demo")}, LayerCompression::None, writeEnd.get()},
                       {}, m_cancellation);
        canceller.join();
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::Cancelled);
    }
};
ESCALE_TEST(SaveTest)

#include "save_test.moc"
