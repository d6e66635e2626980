// A layer's tar, put together again from its record and its files: the same bytes, whoever made it, in both
// forms that a layer has.
#include "engine/image/tar_record.h"

#include "engine/base/file.h"
#include "engine/image/erofs_image.h"
#include "engine/image/layer_blob.h"
#include "engine/image/layer_tree.h"
#include "engine/image/tar_assemble.h"
#include "engine/image/unpack.h"
#include "engine/store/erofs_mount.h"
#include "engine/store/store.h"
#include "engine/store/tar_record_head.h"
#include "tests/image/layer_builder.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class TarRecordTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    bool m_canMount = false;

    [[nodiscard]] std::string at(const std::string& name) const {
        return m_folder->path().toStdString() + "/" + name;
    }
    /// What a shell makes of the command in the test's folder.
    bool run(const QString& command) const {
        QProcess shell;
        shell.setWorkingDirectory(m_folder->path());
        shell.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), command});
        return shell.waitForFinished(60'000) && shell.exitCode() == 0;
    }

    struct Unpacked {
        UniqueFd record;
        UniqueFd root;
        Digest diffId;
    };
    /// In a new folder or image.
    Result<Unpacked> unpack(const std::string& tar, LayerForm form) {
        const UniqueFd input(::memfd_create("layer", MFD_CLOEXEC));
        TRY(writeAll(input.get(), tar, "layer"));
        ::lseek(input.get(), 0, SEEK_SET);
        TRY_ASSIGN(UniqueFd record, openFile(at("record"), O_RDWR | O_CREAT | O_TRUNC, 0600));
        TarRecorder recorder(record.get());
        const auto into = [&](LayerSink& sink) {
            return unpackLayer(input.get(), sink, LayerCompression::None, UnpackLimits::forBlob(tar.size()),
                               &recorder);
        };
        if (form == LayerForm::Folder) {
            TRY(removeTree(at("layer")));
            TRY(makeDirectories(at("layer")));
            TRY_ASSIGN(UniqueFd root, openFile(at("layer"), O_RDONLY | O_DIRECTORY));
            TRY_ASSIGN(const auto tree, LayerTree::create(root.get()));
            TRY_ASSIGN(UnpackedLayer layer, into(*tree));
            return Unpacked{std::move(record), std::move(root), std::move(layer.diffId)};
        }
        (void)::unlink(at("image").c_str());
        TRY_ASSIGN(const UniqueFd file, openFile(at("image"), O_RDWR | O_CREAT | O_EXCL, 0600));
        ErofsImage image(file.get());
        TRY_ASSIGN(UnpackedLayer layer, into(image));
        TRY_ASSIGN(const UniqueFd mount, openErofsMount(at("image")));
        TRY_ASSIGN(UniqueFd root, openFileAt(mount.get(), ".", O_RDONLY | O_DIRECTORY));
        return Unpacked{std::move(record), std::move(root), std::move(layer.diffId)};
    }
    static Result<std::string> assemble(const Unpacked& layer) {
        std::string tar;
        TRY(assembleTar(layer.record.get(), layer.root.get(),
                        [&](std::span<const std::uint8_t> bytes) -> Result<void> {
                            tar.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
                            return {};
                        }));
        return tar;
    }
    void comesBack(const std::string& tar) {
        for (const LayerForm form : {LayerForm::Folder, LayerForm::Image}) {
            if (form == LayerForm::Image && !m_canMount)
                continue;
            const auto layer = unpack(tar, form);
            VERIFY_RESULT(layer);
            const auto again = assemble(*layer);
            VERIFY_RESULT(again);
            QVERIFY(*again == tar);
            QCOMPARE(readTarRecordHead(layer->record.get())->tarSize, std::uint64_t{tar.size()});
        }
    }
    /// Bytes of the record's file.
    [[nodiscard]] qint64 recordSize() const { return QFileInfo(QString::fromStdString(at("record"))).size(); }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        const auto file = openFile(at("probe"), O_RDWR | O_CREAT, 0600);
        ErofsImage image(file->get());
        VERIFY_RESULT(image.finish());
        m_canMount = openErofsMount(at("probe")).has_value();
    }
    void cleanup() {
        (void)removeTree(m_folder->path().toStdString());
    } // Qt cannot remove names that are no UTF-8

    void aTarComesBackAsItWas_data() {
        QTest::addColumn<QString>("command");
        for (const char* format : {"gnu", "oldgnu", "pax", "ustar", "v7"})
            QTest::addRow("GNU tar %s", format)
                << QStringLiteral("tar -C files --format=%1 -cf tar . 2>/dev/null || [ $? = 2 ]")
                       .arg(QLatin1String(format));
        QTest::newRow("GNU tar, extended attributes") << QStringLiteral("tar -C files --xattrs -cf tar .");
        QTest::newRow("GNU tar, its own sparse files")
            << QStringLiteral("tar -C files -S --format=gnu -cf tar .");
        for (const char* version : {"0.0", "0.1", "1.0"})
            QTest::addRow("GNU tar, sparse files %s", version)
                << QStringLiteral("tar -C files -S --format=pax --sparse-version=%1 -cf tar .")
                       .arg(QLatin1String(version));
        QTest::newRow("GNU tar, hard links as files")
            << QStringLiteral("tar -C files --hard-dereference -cf tar .");
        QTest::newRow("GNU tar, appended twice")
            << QStringLiteral("tar -C files -cf tar . && tar -C files -rf tar ./etc");
        for (const char* format : {"pax", "gnu", "ustar"})
            QTest::addRow("Python %s", format)
                << QStringLiteral(ESCALE_TEST_DATA "/layer_tar.py %1").arg(QLatin1String(format));
        if (!QStandardPaths::findExecutable(QStringLiteral("bsdtar")).isEmpty()) {
            for (const char* format : {"pax", "gnutar"})
                QTest::addRow("bsdtar %s", format)
                    << QStringLiteral("bsdtar -C files --format %1 -cf tar .").arg(QLatin1String(format));
        }
    }
    void aTarComesBackAsItWas() {
        QFETCH(QString, command);
        QVERIFY(run(QStringLiteral(ESCALE_TEST_DATA "/layer_files.sh")));
        QVERIFY(run(command));
        const auto tar = readFile(at("tar"), 64U << 20);
        VERIFY_RESULT(tar);
        comesBack(*tar);
        QVERIFY(recordSize() < 20'000); // no contents are in it
    }

    void whatALaterEntryReplacesIsKeptInTheRecord() {
        const std::string large(300'000, 'x');
        comesBack(TarBuilder()
                      .file("a/one", "first")
                      .file("a/two", large)
                      .file("a/large", large + "end")
                      .add({.name = "a/hard", .type = '1', .link = "a/one"})
                      .file("a/one", "second, and longer")
                      .add({.name = "a/two", .type = '2', .link = "one"})
                      .add({.name = "a/large", .content = "x", .pax = {{"SCHILY.xattr.user.a", "b"}}})
                      .file("a/one", "third")
                      .folder("a/hard")
                      .finish());
    }

    void moreReplacedThanARecordHoldsIsSaid() {
        const std::string most(40U << 20, 'x');
        const auto layer = unpack(TarBuilder().file("a", most).file("b", most).file("a").file("b").finish(),
                                  LayerForm::Folder);
        VERIFY_RESULT(layer);
        const auto again = assemble(*layer);
        QVERIFY(!again && again.error().code == ErrorCode::Unsupported);
    }

    void aFolderWithFilesThatGivesWayIsSaid() {
        const auto with = [](const auto& addLast) {
            TarBuilder tar;
            tar.folder("a").folder("a/b").file("a/b/c", "what nothing can bring back").file("x", "x");
            addLast(tar);
            return tar.finish();
        };
        const std::vector<std::string> tars{
            with([](TarBuilder& tar) { tar.file("a", "a file"); }),
            with([](TarBuilder& tar) { tar.add({.name = "a", .type = '2', .link = "x"}); }),
            with([](TarBuilder& tar) { tar.add({.name = "a/b", .type = '1', .link = "x"}); }),
        };
        for (const std::string& tar : tars) {
            const auto layer = unpack(tar, LayerForm::Folder);
            VERIFY_RESULT(layer);
            const auto again = assemble(*layer);
            QVERIFY(!again && again.error().code == ErrorCode::Unsupported && !again.error().hint.empty());
        }
        // One without a file, or that only comes again, takes nothing along.
        comesBack(TarBuilder().folder("a").file("a", "x").file("b/c", "y").folder("b").finish());
    }

    void entriesThatNoLayerKeepsComeBack() {
        comesBack(TarBuilder()
                      .folder("./")
                      .add({.name = ".wh..wh.plnk", .content = std::string(100'000, 'p')})
                      .add({.name = "etc/.wh.gone", .content = "a whiteout with content"})
                      .file("file", "x")
                      .add({.name = "hard",
                            .type = '1',
                            .content = "a hard link with content",
                            .link = "file",
                            .pax = {{"size", "24"}}})
                      .finish());
    }

    void anEndOfAnyLengthComesBack() {
        const std::string tar = TarBuilder().file("a", "x").bytes();
        comesBack(tar + std::string(1024, '\0'));
        comesBack(tar + std::string(10'240, '\0'));
        comesBack(tar + std::string(1'000'000, '\0'));
        comesBack(std::string(1024, '\0'));
    }

    void aDamagedRecordMakesNoTar() {
        const auto layer =
            unpack(TarBuilder().folder("./").file("a", std::string(5000, 'a')).file("b", "b").finish(),
                   LayerForm::Folder);
        VERIFY_RESULT(layer);
        const std::string record = readFile(at("record")).value();
        std::size_t refused = 0;
        for (std::size_t i = 0; i < record.size(); ++i) {
            // A byte is another one, or the end is missing.
            for (const bool cut : {false, true}) {
                std::string bad = cut ? record.substr(0, i) : record;
                if (!cut)
                    bad[i] = static_cast<char>(bad[i] ^ 0x21);
                QVERIFY(QFile::remove(QString::fromStdString(at("bad"))) || i == 0);
                Unpacked damaged{openFile(at("bad"), O_RDWR | O_CREAT, 0600).value(),
                                 UniqueFd(::dup(layer->root.get())), layer->diffId};
                VERIFY_RESULT(writeAll(damaged.record.get(), bad, "bad"));
                const auto again = assemble(damaged);
                refused += !again ? 1 : 0;
            }
        }
        // What passes gives another tar, which its digest tells, or hits a byte that says nothing.
        QVERIFY(refused > record.size());
    }

    void aFileThatChangedIsNeverPassedOffAsTheLayer() {
        const auto layer =
            unpack(TarBuilder().file("a", std::string(5000, 'a')).file("b", "b").finish(), LayerForm::Folder);
        VERIFY_RESULT(layer);
        QVERIFY(::truncate(at("layer/a").c_str(), 100) == 0);
        auto again = assemble(*layer);
        QVERIFY(!again && again.error().code == ErrorCode::Untrusted);
        QVERIFY(again.error().message.find("\"a\" is shorter than it was") != std::string::npos);
        QVERIFY(::truncate(at("layer/a").c_str(), 5000) == 0);
        again = assemble(*layer);
        VERIFY_RESULT(again);
        QVERIFY(Digest::ofData(*again) != layer->diffId); // what packLayer() compares
        // A link, whether it leads out of the layer or not, is never followed.
        QVERIFY(::unlink(at("layer/a").c_str()) == 0 && ::symlink("b", at("layer/a").c_str()) == 0);
        QVERIFY(assemble(*layer).error().code == ErrorCode::Untrusted);
    }

    void aBlobOfEachCompressionUnpacksToTheSameTar() {
        std::string content(3'000'000, '\0');
        for (std::size_t i = 0; i < content.size(); ++i)
            content[i] = static_cast<char>(i * i >> 7);
        const std::string tar = TarBuilder().file("a", content).file("empty").file("b", "b").finish();
        const auto layer = unpack(tar, LayerForm::Folder);
        VERIFY_RESULT(layer);
        for (const LayerCompression compression :
             {LayerCompression::None, LayerCompression::Gzip, LayerCompression::Zstd}) {
            const UniqueFd output(::memfd_create("blob", MFD_CLOEXEC));
            const auto blob =
                writeLayerBlob(layer->record.get(), layer->root.get(), compression, output.get(), {});
            VERIFY_RESULT(blob);
            ::lseek(output.get(), 0, SEEK_SET);
            const std::string bytes = readFd(output.get(), 64U << 20).value();
            QCOMPARE(blob->blobSize, std::uint64_t{bytes.size()});
            QCOMPARE(blob->blobDigest.toString(), Digest::ofData(bytes).toString());
            QCOMPARE(blob->diffId.toString(), Digest::ofData(tar).toString());
            QCOMPARE(blob->tarSize, std::uint64_t{tar.size()});
            std::size_t at = 0;
            const auto reader = Decompressor::open(
                [&](std::span<std::uint8_t> out) -> Result<std::size_t> {
                    const std::size_t size = std::min(out.size(), bytes.size() - at);
                    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, out.begin());
                    at += size;
                    return size;
                },
                compression, {});
            VERIFY_RESULT(reader);
            std::string back(tar.size() + 1, '\0');
            const auto size = (*reader)->read({reinterpret_cast<std::uint8_t*>(back.data()), back.size()});
            VERIFY_RESULT(size);
            back.resize(*size);
            QVERIFY(back == tar);
        }
    }
};
ESCALE_TEST(TarRecordTest)

#include "tar_record_test.moc"
