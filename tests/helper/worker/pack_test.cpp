// Layers that were pulled, made blobs again by the real escale-worker.
#include "helper/worker/pack.h"

#include "engine/base/file.h"
#include "engine/image/decompress.h"
#include "engine/store/store.h"
#include "helper/worker/pull.h"
#include "tests/helper/worker/pull_fixture.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

/// The files' names have a way into the test's own files; each has what a layer's may have.
std::string baseTar() {
    return TarBuilder()
        .folder("./")
        .folder("etc", 0700)
        .add({.name = "dev/null", .type = '3'}) // it is left out of the layer, not of its tar
        .add({.name = "etc/secret",
              .content = std::string(100'000, 's'),
              .mode = 0600,
              .owner = 0,
              .group = 0})
        .add({.name = "etc/nobodys", .content = "n", .mode = 0, .owner = 33, .group = 33})
        .add({.name = "etc/hard", .type = '1', .link = "etc/secret"})
        .add({.name = "etc/link", .type = '2', .link = "/etc/passwd"})
        .file("etc/" + std::string(150, 'l'), "long")
        .file("etc/twice", "first")
        .file("etc/twice", "second")
        .finish();
}

std::string topTar() {
    return TarBuilder().file("etc/.wh.link").file("var/.wh..wh..opq").file("var/new", "2").finish();
}

} // namespace

class PackTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    Cancellation m_cancellation;

    Result<void> pull(LayerForm form) {
        m_store->setLayerForm(form);
        ScriptedHttpServer server;
        TestImage({gzipLayer(baseTar()), zstdLayer(topTar())}).serve(server, "demo", "1");
        const PullRequest request{kOwner, server.host() + "/demo:1", {}, {}, {}};
        TRY(pullImage(*m_store, kWorker, request, {}, m_cancellation));
        return {};
    }
    [[nodiscard]] std::vector<Layer> layers() const { return m_store->images(kOwner)->front().image.layers; }
    Result<PackedLayer> pack(const Layer& layer, LayerCompression compression, int output) {
        return packLayer(*m_store, kWorker, {layer.number, layer.diffId, compression, output}, {},
                         m_cancellation);
    }
    [[nodiscard]] std::string pathOf(const Layer& layer, const std::string& more) const {
        return m_store->layersFolder() + "/" + std::to_string(layer.number) + more;
    }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = Store::open(m_folder->path().toStdString());
        VERIFY_RESULT(opened);
        m_store = std::move(*opened);
    }
    void cleanup() { m_store.reset(); }

    void aPulledLayerIsPackedAsItsTar_data() {
        QTest::addColumn<int>("form");
        QTest::addColumn<int>("compression");
        for (const auto& [form, name] :
             {std::pair(LayerForm::Folder, "folder"), std::pair(LayerForm::Image, "image")}) {
            QTest::addRow("%s, tar", name) << int(form) << int(LayerCompression::None);
            QTest::addRow("%s, gzip", name) << int(form) << int(LayerCompression::Gzip);
            QTest::addRow("%s, zstd", name) << int(form) << int(LayerCompression::Zstd);
        }
    }
    void aPulledLayerIsPackedAsItsTar() {
        QFETCH(int, form);
        QFETCH(int, compression);
        VERIFY_RESULT(pull(static_cast<LayerForm>(form)));
        const std::array tars{baseTar(), topTar()};
        for (std::size_t i = 0; i < tars.size(); ++i) {
            const Layer layer = layers().at(i);
            const auto spool = m_store->openSpool();
            VERIFY_RESULT(spool);
            const auto packed = pack(layer, static_cast<LayerCompression>(compression), spool->get());
            VERIFY_RESULT(packed);
            QCOMPARE(packed->tarSize, std::uint64_t{tars.at(i).size()});
            QCOMPARE(*m_store->tarSizeOf(layer.number), std::uint64_t{tars.at(i).size()});
            ::lseek(spool->get(), 0, SEEK_SET);
            const auto blob = readFd(spool->get());
            VERIFY_RESULT(blob);
            QCOMPARE(packed->blobSize, std::uint64_t{blob->size()});
            QCOMPARE(packed->blobDigest.toString(), Digest::ofData(*blob).toString());
            // What a registry's client makes of it
            ::lseek(spool->get(), 0, SEEK_SET);
            const auto reader = Decompressor::open(
                [&](std::span<std::uint8_t> out) -> Result<std::size_t> {
                    return static_cast<std::size_t>(::read(spool->get(), out.data(), out.size()));
                },
                static_cast<LayerCompression>(compression), {});
            VERIFY_RESULT(reader);
            std::string tar(tars.at(i).size() + 1, '\0');
            const auto size = (*reader)->read({reinterpret_cast<std::uint8_t*>(tar.data()), tar.size()});
            VERIFY_RESULT(size);
            QVERIFY(std::string_view(tar).substr(0, *size) == tars.at(i));
        }
    }

    void verifyReadsWhatIsInAFolder() {
        VERIFY_RESULT(pull(LayerForm::Folder));
        std::uint64_t read = 0;
        std::uint64_t total = 0;
        const auto verify = [&] {
            return m_store->verifyImages(
                kOwner, true,
                [&](std::uint64_t done, std::uint64_t all) -> Result<void> {
                    read = done;
                    total = all;
                    return {};
                },
                [this](std::int64_t layer, const Digest& diffId, const auto& step) {
                    return checkLayer(*m_store, kWorker, layer, diffId, step, m_cancellation);
                });
        };
        QVERIFY(verify()->empty());
        QCOMPARE(total, std::uint64_t{baseTar().size() + topTar().size()});
        QCOMPARE(read, total);
        // When the disk changes a byte of a file
        const Layer base = layers().front();
        const auto file = openFile(pathOf(base, "/etc/secret"), O_WRONLY);
        QVERIFY(::pwrite(file->get(), "X", 1, 50'000) == 1);
        const auto faults = verify();
        VERIFY_RESULT(faults);
        QCOMPARE(faults->size(), std::size_t{1});
        QCOMPARE(faults->front().digest.toString(), base.diffId.toString());
        // Then a pull brings the layer again
        VERIFY_RESULT(pull(LayerForm::Folder));
        QVERIFY(layers().front().number != base.number);
        QVERIFY(verify()->empty());
    }

    void aChangedFileGivesNoLayer() {
        VERIFY_RESULT(pull(LayerForm::Folder));
        const Layer base = layers().front();
        const std::string secret = pathOf(base, "/etc/secret");
        const auto file = openFile(secret, O_WRONLY);
        QVERIFY(::pwrite(file->get(), "X", 1, 50'000) == 1);
        const UniqueFd output(::memfd_create("blob", MFD_CLOEXEC));
        auto packed = pack(base, LayerCompression::Gzip, output.get());
        QVERIFY(!packed && packed.error().code == ErrorCode::Untrusted && !packed.error().hint.empty());
        // A link out of the layer in its place is not followed.
        QVERIFY(::unlink(secret.c_str()) == 0 && ::symlink("/etc/passwd", secret.c_str()) == 0);
        packed = pack(base, LayerCompression::None, output.get());
        QVERIFY(!packed && packed.error().code == ErrorCode::Untrusted);
        QVERIFY(packed.error().message.find("etc/secret") != std::string::npos);
    }

    void aDamagedOrMissingRecordIsSaid() {
        VERIFY_RESULT(pull(LayerForm::Folder));
        const Layer base = layers().front();
        const std::string record = readFile(pathOf(base, ".record")).value();
        const UniqueFd output(::memfd_create("blob", MFD_CLOEXEC));
        for (const std::string& bad : {std::string(), record.substr(0, record.size() / 2),
                                       record.substr(0, 32) + std::string(record.size() - 32, 'x')}) {
            VERIFY_RESULT(writeFileAtomically(pathOf(base, ".record"), bad));
            const auto packed = pack(base, LayerCompression::None, output.get());
            QVERIFY(!packed && !packed.error().hint.empty());
        }
        VERIFY_RESULT(removeTree(pathOf(base, ".record")));
        const auto packed = pack(base, LayerCompression::None, output.get());
        QVERIFY(!packed && packed.error().code == ErrorCode::NotFound && !packed.error().hint.empty());
    }

    void anotherLayersRecordGivesNoLayer() {
        VERIFY_RESULT(pull(LayerForm::Folder));
        VERIFY_RESULT(writeFileAtomically(pathOf(layers().front(), ".record"),
                                          readFile(pathOf(layers().back(), ".record")).value()));
        const UniqueFd output(::memfd_create("blob", MFD_CLOEXEC));
        QCOMPARE(pack(layers().front(), LayerCompression::None, output.get()).error().code,
                 ErrorCode::Untrusted);
    }

    void itEndsWithItsReaderAndWhenCancelled() {
        VERIFY_RESULT(pull(LayerForm::Folder));
        std::array<int, 2> ends{};
        QVERIFY(::pipe2(ends.data(), O_CLOEXEC) == 0);
        UniqueFd readEnd(ends[0]);
        const UniqueFd writeEnd(ends[1]);
        // Nobody reads: the pipe is full at once, and the worker waits.
        (void)::fcntl(writeEnd.get(), F_SETPIPE_SZ, 4096);
        std::thread canceller([this, &readEnd] {
            char byte = 0;
            (void)!::read(readEnd.get(), &byte, 1); // it has begun
            m_cancellation.cancel();
        });
        const auto cancelled = pack(layers().front(), LayerCompression::None, writeEnd.get());
        canceller.join();
        QVERIFY(!cancelled && cancelled.error().code == ErrorCode::Cancelled);
        readEnd.reset();
        const Cancellation another;
        const auto packed = packLayer(
            *m_store, kWorker,
            {layers().front().number, layers().front().diffId, LayerCompression::None, writeEnd.get()}, {},
            another);
        QVERIFY(!packed && packed.error().code == ErrorCode::Unreachable);
    }
};
ESCALE_TEST(PackTest)

#include "pack_test.moc"
