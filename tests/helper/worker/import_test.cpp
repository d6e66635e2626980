// Importing root file systems with the real escale-worker; over the bus:
// tests/helper/service/helper_load_test.cpp.
#include "helper/worker/import.h"

#include "engine/base/file.h"
#include "tests/helper/worker/archive_fixture.h"
#include "tests/helper/worker/pull_fixture.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

const std::string kName = "docker.io/library/root:1";

std::string smallRoot() {
    return TarBuilder().folder("./").folder("./etc").file("./etc/hostname", "imported").finish();
}

class Fixture {
public:
    explicit Fixture(const std::string& folder = {}) {
        auto opened = Store::open(folder.empty() ? this->folder() : folder);
        if (!opened)
            qFatal("%s", opened.error().text().c_str());
        store = std::move(*opened);
        request.image.owner = kOwner;
        request.image.reference = "root:1";
        request.image.settings.os = "linux";
        request.image.settings.architecture = Platform::ofThisMachine().architecture;
        request.image.settings.command = {"/bin/sh"};
        request.image.history = {{}, {}, "Imported from -"};
    }
    Result<Digest> import(int input) {
        request.input = input;
        return importImage(
            *store, kWorker, request,
            [this](std::uint64_t done, std::uint64_t total) {
                progress = {done, total};
                if (onProgress)
                    onProgress();
            },
            cancellation);
    }
    Result<Digest> import(const std::string& archive) { return import(memory(archive).get()); }
    [[nodiscard]] std::string folder() const { return m_folder.path().toStdString(); }
    [[nodiscard]] bool isEmpty() const {
        return listDirectory(folder() + "/staging").value().empty() &&
               listDirectory(folder() + "/layers").value().empty() &&
               listDirectory(folder() + "/blobs/sha256").value().empty() && store->images(kOwner)->empty();
    }

    ImportRequest request;
    Cancellation cancellation;
    std::pair<std::uint64_t, std::uint64_t> progress;
    std::function<void()> onProgress;
    std::unique_ptr<Store> store;

private:
    QTemporaryDir m_folder;
};

} // namespace

class ImportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void aRootInAnyCompressionBecomesAnImageOfOneLayer_data() {
        QTest::addColumn<QByteArray>("archive");
        QTest::newRow("plain") << QByteArray::fromStdString(smallRoot());
        QTest::newRow("gzip") << QByteArray::fromStdString(gzip(smallRoot()));
        QTest::newRow("zstd") << QByteArray::fromStdString(zstd(smallRoot()));
        QTest::newRow("xz") << QByteArray::fromStdString(filtered("xz", smallRoot()));
        QTest::newRow("bzip2") << QByteArray::fromStdString(filtered("bzip2", smallRoot()));
    }
    void aRootInAnyCompressionBecomesAnImageOfOneLayer() {
        QFETCH(QByteArray, archive);
        Fixture fixture;
        const auto digest = fixture.import(archive.toStdString());
        VERIFY_RESULT(digest);
        const auto image = fixture.store->findImage(kOwner, kName);
        VERIFY_RESULT(image);
        QCOMPARE(image->digest.toString(), digest->toString());
        QCOMPARE(image->layers.size(), std::size_t{1});
        QCOMPARE(image->layers[0].diffId.toString(), Digest::ofData(smallRoot()).toString());
        QCOMPARE(readFile(fixture.store->layersFolder() + "/" + std::to_string(image->layers[0].number) +
                          "/etc/hostname")
                     .value_or(""),
                 std::string("imported"));
        // Its manifest names the tar itself, whatever was around it
        const auto layers = fixture.store->layersOf(*digest);
        QCOMPARE(layers->front().blobDigest.toString(), Digest::ofData(smallRoot()).toString());
        QCOMPARE(layers->front().blobSize, std::uint64_t{smallRoot().size()});
        const auto config = fixture.store->readBlob(image->configDigest);
        QVERIFY(config->find(R"("comment":"Imported from -")") != std::string::npos);
        QVERIFY(fixture.store->verify()->empty());
    }
    void anEmptyTarIsAnImageWithoutFiles() {
        // As in `tar cf - --files-from /dev/null | docker import - scratch`
        Fixture fixture;
        VERIFY_RESULT(fixture.import(std::string(10'240, '\0')));
        QCOMPARE(fixture.store->images(kOwner)->size(), std::size_t{1});
    }
    void whatIsNoRootIsRefusedAndLeavesNothing_data() {
        QTest::addColumn<QByteArray>("archive");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const std::string& archive, const char* says,
                            ErrorCode code = ErrorCode::Untrusted) {
            QTest::newRow(name) << QByteArray::fromStdString(archive) << code << QByteArray(says);
        };
        row("nothing", {}, "there is nothing in the file", ErrorCode::InvalidArgument);
        row("no tar", std::string(5000, 'z'), "no valid tar");
        row("cut off", TarBuilder().file("a", std::string(5000, 'x')).bytes().substr(0, 3000), "tar");
        row("gzip that is cut off", gzip(smallRoot()).substr(0, 60), "ends in the middle");
        row("..", TarBuilder().file("../../etc/passwd").finish(), "\"..\"");
        row("something after its end", TarBuilder().file("a").finish() + std::string(512, 'x'),
            "followed by something else");
        row("a bomb", gzip(std::string(1'500'000'000, '\0')), "unpacks to far more");
    }
    void devicesOfARootAreLeftOut() {
        // As debootstrap makes one
        Fixture fixture;
        VERIFY_RESULT(fixture.import(TarBuilder()
                                         .add({.name = "dev/null", .type = '3'})
                                         .add({.name = "dev/sda", .type = '4'})
                                         .file("etc/hostname", "x")
                                         .finish()));
    }
    void whatIsNoRootIsRefusedAndLeavesNothing() {
        QFETCH(QByteArray, archive);
        QFETCH(ErrorCode, code);
        QFETCH(QByteArray, says);
        Fixture fixture;
        const auto digest = fixture.import(archive.toStdString());
        QVERIFY(!digest);
        QCOMPARE(digest.error().code, code);
        QVERIFY2(digest.error().message.find(says.toStdString()) != std::string::npos,
                 digest.error().message.c_str());
        QVERIFY(digest.error().message.starts_with("cannot import root:1: "));
        QVERIFY(code != ErrorCode::Untrusted || !digest.error().hint.empty());
        QVERIFY(fixture.isEmpty());
    }
    void moreThanAMillionEntriesAreRefused() {
        TarBuilder folder;
        const std::string header = folder.add({.name = "a", .type = '5'}).bytes();
        std::string many;
        many.reserve(header.size() * 1'000'010);
        for (int i = 0; i < 1'000'010; ++i)
            many += header;
        Fixture fixture;
        const auto digest = fixture.import(zstd(many));
        QVERIFY(!digest);
        QVERIFY2(digest.error().message.find("more than 1000000 entries") != std::string::npos,
                 digest.error().message.c_str());
        QVERIFY(fixture.isEmpty());
    }
    void anEmptyPipeIsRefused() {
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        const UniqueFd reading(ends[0]);
        UniqueFd(ends[1]).reset();
        Fixture fixture;
        const auto digest = fixture.import(reading.get());
        QVERIFY(!digest);
        QCOMPARE(digest.error().code, ErrorCode::InvalidArgument);
        QVERIFY(fixture.isEmpty());
    }
    void cancellingWhileThePipeIsSilentLeavesNothing() {
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        const UniqueFd reading(ends[0]);
        const UniqueFd writing(ends[1]);
        VERIFY_RESULT(writeAll(writing.get(), TarBuilder().file("a").bytes(), "the pipe"));
        Fixture fixture;
        fixture.onProgress = [&] { fixture.cancellation.cancel(); };
        const auto digest = fixture.import(reading.get());
        QVERIFY(!digest);
        QCOMPARE(digest.error().code, ErrorCode::Cancelled);
        QVERIFY(fixture.isEmpty());
    }
    void aFullDiskIsAClearErrorAndLeavesNothing() {
        QTemporaryDir mountPoint;
        const std::string path = mountPoint.path().toStdString();
        QCOMPARE(::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=6m"), 0);
        {
            Fixture fixture(path + "/state");
            const auto digest =
                fixture.import(TarBuilder().file("large", std::string(12'000'000, 'x')).finish());
            QVERIFY(!digest);
            QCOMPARE(digest.error().code, ErrorCode::NoSpace);
            QVERIFY(!digest.error().hint.empty());
            QVERIFY(listDirectory(path + "/state/staging")->empty());
            QVERIFY(listDirectory(path + "/state/layers")->empty());
        }
        QCOMPARE(::umount2(path.c_str(), MNT_DETACH), 0);
    }
    void aNewImageIsNotNamedByADigest() {
        Fixture fixture;
        fixture.request.image.reference = "root@sha256:" + std::string(64, 'a');
        QCOMPARE(fixture.import(smallRoot()).error().code, ErrorCode::InvalidArgument);
    }
};
ESCALE_TEST(ImportTest)

#include "import_test.moc"
