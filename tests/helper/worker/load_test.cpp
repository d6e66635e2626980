// Loading archives with the real escale-worker: those of real tools, and hostile ones. Which images an
// archive holds: tests/image/image_archive_test.cpp.
#include "helper/worker/load.h"

#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/store/store.h"
#include "tests/helper/worker/archive_fixture.h"
#include "tests/helper/worker/pull_fixture.h"
#include "tests/store/store_fixture.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <map>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

TestImage imageWith(const std::string& content) {
    return TestImage({gzipLayer(TarBuilder().file("bin/sh", "shell").folder("etc").file("etc/old").finish()),
                      zstdLayer(TarBuilder().file("etc/.wh.old").file("etc/content", content).finish())});
}

/// As a Docker has it, which knows no zstd.
TestImage gzipImage(const std::string& content) {
    return TestImage({gzipLayer(TarBuilder().file("bin/sh", "shell").finish()),
                      gzipLayer(TarBuilder().file("etc/content", content).finish())});
}

std::string podmanRoot(const std::string& folder) {
    return "podman --root " + folder + "/root --runroot " + folder +
           "/runroot --storage-driver vfs --runtime runc --cgroup-manager cgroupfs ";
}

Result<std::string> shell(const std::string& command) {
    return runProgram(
        {"/bin/sh", "-c",
         "PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent; export PATH HOME; " + command + " 2>&1"});
}

/// Writes into a pipe from a thread of its own, and hangs up.
class Feeder {
public:
    explicit Feeder(std::string content, bool hangsUp = true) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            qFatal("no pipe");
        reading = UniqueFd(ends[0]);
        m_writing = UniqueFd(ends[1]);
        m_thread = std::thread([this, content = std::move(content), hangsUp] {
            (void)writeAll(m_writing.get(), content, "the pipe");
            if (hangsUp)
                m_writing.reset();
        });
    }
    ~Feeder() {
        reading.reset();
        m_thread.join();
    }
    UniqueFd reading;

private:
    UniqueFd m_writing;
    std::thread m_thread;
};

class Fixture {
public:
    explicit Fixture(const std::string& folder = {}) {
        auto opened = Store::open(folder.empty() ? this->folder() : folder);
        if (!opened)
            qFatal("%s", opened.error().text().c_str());
        store = std::move(*opened);
    }
    Result<std::vector<std::string>> load(int input) {
        request.owner = kOwner;
        request.input = input;
        return loadImages(
            *store, kWorker, request,
            [this](const Digest&, const std::string& name) { loaded.push_back(name); },
            [this](const LoadProgress& now) {
                progress = now;
                if (onProgress)
                    onProgress(now);
            },
            cancellation);
    }
    Result<std::vector<std::string>> load(const std::string& archive) { return load(memory(archive).get()); }
    [[nodiscard]] std::string folder() const { return m_folder.path().toStdString(); }
    [[nodiscard]] bool isEmpty() const {
        return listDirectory(folder() + "/staging").value().empty() &&
               listDirectory(folder() + "/layers").value().empty() &&
               listDirectory(folder() + "/blobs/sha256").value().empty() && store->images(kOwner)->empty();
    }
    Image image(const std::string& reference) { return store->findImage(kOwner, reference).value(); }
    std::string fileOfTop(const std::string& reference, const std::string& path) {
        return readFile(store->layersFolder() + "/" + std::to_string(image(reference).layers.back().number) +
                        "/" + path)
            .value_or("");
    }

    LoadRequest request;
    Cancellation cancellation;
    LoadProgress progress;
    std::vector<std::string> loaded;
    std::function<void(const LoadProgress&)> onProgress;
    std::unique_ptr<Store> store;

private:
    QTemporaryDir m_folder;
};

/// A folder with an OCI layout in it.
class LayoutFolder {
public:
    explicit LayoutFolder(const std::vector<std::pair<std::string, std::string>>& files,
                          uid_t owner = kOwner) {
        for (const auto& [name, content] : files) {
            const std::string path = m_folder.path().toStdString() + "/" + name;
            (void)makeDirectories(path.substr(0, path.rfind('/')));
            (void)writeFileAtomically(path, content, 0600);
            if (::chown(path.c_str(), owner, owner) != 0)
                qFatal("no chown");
        }
        (void)shell("chown -R " + std::to_string(owner) + " " + path());
        fd = UniqueFd(::open(path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    }
    [[nodiscard]] std::string path() const { return m_folder.path().toStdString(); }
    UniqueFd fd;

private:
    QTemporaryDir m_folder;
};

} // namespace

class LoadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void loadsAnArchiveInWhateverItIsWrapped_data() {
        QTest::addColumn<QByteArray>("archive");
        const std::string docker = oldDockerArchive({{imageWith("x"), {"demo:1"}}}).finish();
        const std::string oci = tarOf(ociLayout({{imageWith("x"), {"demo:1"}}}));
        for (const auto& [name, bytes] : {std::pair("docker", &docker), std::pair("oci", &oci)}) {
            const auto row = [name = name](const char* how, const std::string& wrapped) {
                QTest::addRow("%s, %s", name, how) << QByteArray::fromStdString(wrapped);
            };
            row("plain", *bytes);
            row("gzip", gzip(*bytes));
            row("zstd", zstd(*bytes));
            row("xz", filtered("xz", *bytes));
            row("bzip2", filtered("bzip2", *bytes));
        }
    }
    void loadsAnArchiveInWhateverItIsWrapped() {
        QFETCH(QByteArray, archive);
        const std::string bytes = archive.toStdString();
        QVERIFY(!bytes.empty());
        for (const bool throughAPipe : {false, true}) {
            Fixture fixture;
            const Feeder pipe(throughAPipe ? bytes : std::string());
            const auto names = throughAPipe ? fixture.load(pipe.reading.get()) : fixture.load(bytes);
            VERIFY_RESULT(names);
            const std::string name = "docker.io/library/demo:1";
            QCOMPARE(*names, std::vector<std::string>{name});
            QCOMPARE(fixture.loaded, *names);
            const Image image = fixture.image(name);
            QCOMPARE(image.configDigest.toString(), Digest::ofData(imageWith("x").config.dump()).toString());
            QCOMPARE(image.settings.command.at(0), std::string("/bin/sh"));
            QCOMPARE(fixture.fileOfTop(name, "etc/content"), std::string("x"));
            QCOMPARE(fixture.progress.layers.size(), std::size_t{2});
            QCOMPARE(fixture.progress.layers[1].phase, LayerPhase::Done);
            QVERIFY(listDirectory(fixture.folder() + "/staging")->empty());
            QVERIFY(fixture.store->verify()->empty());
        }
    }
    void aManifestOfAnOciArchiveKeepsItsDigest() {
        Fixture fixture;
        VERIFY_RESULT(fixture.load(tarOf(ociLayout({{imageWith("x"), {"demo:1"}}}))));
        QCOMPARE(fixture.image("docker.io/library/demo:1").digest.toString(),
                 Digest::ofData(imageWith("x").manifest.dump()).toString());
    }
    void layersThatAreHereAreNotUnpackedAgain() {
        Fixture fixture;
        VERIFY_RESULT(fixture.load(tarOf(ociLayout({{imageWith("x"), {"demo:1"}}}))));
        // In another form of archive, with another compression
        VERIFY_RESULT(fixture.load(oldDockerArchive({{imageWith("x"), {"demo:2"}}}).finish()));
        for (const LayerProgress& layer : fixture.progress.layers)
            QCOMPARE(layer.phase, LayerPhase::Present);
        QCOMPARE(storedLayers(*fixture.store), std::size_t{2});
    }
    void severalImagesAndNamesComeAtOnce() {
        Fixture fixture;
        const auto names = fixture.load(
            oldDockerArchive({{imageWith("1"), {"demo:1", "demo:one"}}, {imageWith("2"), {"demo:2"}}})
                .finish());
        VERIFY_RESULT(names);
        QCOMPARE(*names, (std::vector<std::string>{"docker.io/library/demo:1", "docker.io/library/demo:one",
                                                   "docker.io/library/demo:2"}));
        QCOMPARE(fixture.fileOfTop("docker.io/library/demo:one", "etc/content"), std::string("1"));
        QCOMPARE(fixture.fileOfTop("docker.io/library/demo:2", "etc/content"), std::string("2"));
        QCOMPARE(fixture.progress.layers.size(), std::size_t{4});
    }
    void whatCameInBeforeAnErrorStaysAndIsNamed() {
        // Given two images, of which the second's layer is not what its configuration says
        TestImage bad = imageWith("2");
        bad.layers[1].tar = TarBuilder().file("evil").finish();
        Fixture fixture;
        const auto names =
            fixture.load(oldDockerArchive({{imageWith("1"), {"demo:1"}}, {bad, {"demo:2"}}}).finish());
        QVERIFY(!names);
        QCOMPARE(names.error().code, ErrorCode::Untrusted);
        QVERIFY2(names.error().message.find("cannot load the archive: demo:2: layer ") == 0,
                 names.error().message.c_str());
        QVERIFY(names.error().message.ends_with("; these came in before: docker.io/library/demo:1"));
        QCOMPARE(fixture.store->images(kOwner)->size(), std::size_t{1});
        QVERIFY(listDirectory(fixture.folder() + "/staging")->empty());
        QVERIFY(fixture.store->verify()->empty());
    }
    void anImageWithoutANameNeedsOne() {
        const std::string archive = tarOf(ociLayout({{imageWith("1"), {}}}));
        Fixture fixture;
        const auto refused = fixture.load(archive);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY(!refused.error().hint.empty());
        QVERIFY(fixture.isEmpty());
        // With one it is kept by its digest, or by the tag that was given
        fixture.request.name = "demo";
        const auto byDigest = fixture.load(archive);
        VERIFY_RESULT(byDigest);
        QCOMPARE(byDigest->front(),
                 "docker.io/library/demo@" + Digest::ofData(imageWith("1").manifest.dump()).toString());
        fixture.request.name = "localhost:5000/demo:7";
        QCOMPARE(fixture.load(archive)->front(), std::string("localhost:5000/demo:7"));
    }
    void aTagInTheArchiveIsJoinedToTheNameThatIsGiven() {
        Fixture fixture;
        fixture.request.name = "demo";
        const auto names = fixture.load(tarOf(ociLayout({{imageWith("1"), {"1"}}, {imageWith("2"), {"2"}}})));
        VERIFY_RESULT(names);
        QCOMPARE(*names, (std::vector<std::string>{"docker.io/library/demo:1", "docker.io/library/demo:2"}));
    }
    void oneTagForTwoImagesIsRefusedBeforeEither() {
        Fixture fixture;
        fixture.request.name = "demo:1";
        const auto names = fixture.load(tarOf(ociLayout({{imageWith("1"), {}}, {imageWith("2"), {}}})));
        QVERIFY(!names);
        QCOMPARE(names.error().code, ErrorCode::InvalidArgument);
        QVERIFY(fixture.isEmpty());
    }
    void loadsALayoutFromItsFolder() {
        // Given one that nobody but its owner may read
        const LayoutFolder layout(ociLayout({{imageWith("x"), {"demo:1"}}}));
        QCOMPARE(::chmod(layout.path().c_str(), 0700), 0);
        Fixture fixture;
        VERIFY_RESULT(fixture.load(layout.fd.get()));
        QCOMPARE(fixture.fileOfTop("docker.io/library/demo:1", "etc/content"), std::string("x"));
    }
    void aFolderIsReadWithItsOwnersRightsAlone() {
        // Given another user's files in a folder that the caller has opened
        const LayoutFolder layout(ociLayout({{imageWith("x"), {"demo:1"}}}), kOwner + 1);
        Fixture fixture;
        const auto names = fixture.load(layout.fd.get());
        QVERIFY(!names);
        QCOMPARE(names.error().code, ErrorCode::PermissionDenied);
        // And a link that leads out
        const LayoutFolder own(ociLayout({{imageWith("x"), {"demo:1"}}}));
        QVERIFY(shell("cd " + own.path() +
                      " && mv index.json /tmp/escale-index.$$ && ln -s /tmp/escale-index.$$ index.json; rm "
                      "-f /tmp/escale-index.$$")
                    .has_value());
        QVERIFY(!fixture.load(own.fd.get()));
        QVERIFY(fixture.isEmpty());
    }
    void theWorkerIsConfined() {
        Fixture fixture;
        std::string status;
        fixture.onProgress = [&](const LoadProgress&) {
            const auto pids = shell("pgrep -P " + std::to_string(::getpid()) + " -f 'escale-worker archive'");
            if (pids && status.empty())
                status = readFile("/proc/" + pids->substr(0, pids->find('\n')) + "/status").value_or("");
        };
        VERIFY_RESULT(fixture.load(tarOf(ociLayout({{imageWith("x"), {"demo:1"}}}))));
        for (const char* line :
             {"Uid:\t65534\t65534\t65534\t65534\n", "Groups:\t \n", "CapPrm:\t0000000000000000\n",
              "CapEff:\t0000000000000000\n", "NoNewPrivs:\t1\n", "Seccomp:\t2\n"})
            QVERIFY2(status.find(line) != std::string::npos, (line + status).c_str());
    }

    void loadsWhatSkopeoWrites_data() {
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("docker-archive") << QByteArray("docker-archive:%1/out:docker.io/library/demo:1");
        QTest::newRow("oci-archive") << QByteArray("oci-archive:%1/out:docker.io/library/demo:1");
        QTest::newRow("oci folder") << QByteArray("oci:%1/out:docker.io/library/demo:1");
    }
    void loadsWhatSkopeoWrites() {
        SKIP_UNLESS(exists("/usr/bin/skopeo"), "needs skopeo");
        SKIP_UNLESS(DockerRegistry::isInstalled(), "docker-registry is not installed");
        QFETCH(QByteArray, target);
        const auto registry = DockerRegistry::start();
        VERIFY_RESULT(registry);
        const auto pushed = gzipImage("x").push(**registry, "demo", "1");
        VERIFY_RESULT(pushed);
        const QTemporaryDir folder;
        QCOMPARE(::chmod(folder.path().toUtf8().constData(), 0755), 0);
        VERIFY_RESULT(shell("skopeo copy --src-tls-verify=false docker://" + (*registry)->host() +
                            "/demo:1 " + QString::fromUtf8(target).arg(folder.path()).toStdString()));
        const UniqueFd input(
            ::open((folder.path() + QStringLiteral("/out")).toUtf8().constData(), O_RDONLY | O_CLOEXEC));
        Fixture fixture;
        const auto names = fixture.load(input.get());
        VERIFY_RESULT(names);
        QCOMPARE(*names, std::vector<std::string>{"docker.io/library/demo:1"});
        const Image image = fixture.image("docker.io/library/demo:1");
        QCOMPARE(image.configDigest.toString(), Digest::ofData(gzipImage("x").config.dump()).toString());
        if (!target.startsWith("docker"))
            QCOMPARE(image.digest.toString(), pushed->toString());
        QCOMPARE(fixture.fileOfTop("docker.io/library/demo:1", "etc/content"), std::string("x"));
        QVERIFY(fixture.store->verify()->empty());
    }
    void loadsWhatPodmanSaves_data() {
        QTest::addColumn<QByteArray>("format");
        QTest::newRow("docker-archive") << QByteArray("docker-archive");
        QTest::newRow("oci-archive") << QByteArray("oci-archive");
        QTest::newRow("oci-dir") << QByteArray("oci-dir");
    }
    void loadsWhatPodmanSaves() {
        SKIP_UNLESS(exists("/usr/bin/podman"), "needs podman");
        QFETCH(QByteArray, format);
        const QTemporaryDir folder;
        QCOMPARE(::chmod(folder.path().toUtf8().constData(), 0755), 0);
        const std::string path = folder.path().toStdString();
        const std::string podman = podmanRoot(path);
        VERIFY_RESULT(
            writeFileAtomically(path + "/root.tar", TarBuilder().file("etc/content", "podman").finish()));
        const auto made =
            shell(podman + "import --change CMD=/bin/sh " + path + "/root.tar localhost/demo:1");
        SKIP_UNLESS(made.has_value(), "podman does not work here");
        const auto id = shell(podman + "inspect --format '{{.Id}}' localhost/demo:1");
        VERIFY_RESULT(shell(podman + "save --format " + format.toStdString() + " -o " + path +
                            "/out localhost/demo:1"));
        const UniqueFd input(::open((path + "/out").c_str(), O_RDONLY | O_CLOEXEC));
        Fixture fixture;
        const auto names = fixture.load(input.get());
        VERIFY_RESULT(names);
        QCOMPARE(*names, std::vector<std::string>{"localhost/demo:1"});
        QCOMPARE(std::string(fixture.image("localhost/demo:1").configDigest.hex()) + "\n", *id);
        QCOMPARE(fixture.fileOfTop("localhost/demo:1", "etc/content"), std::string("podman"));
    }

    void hostileArchivesLeaveNothing_data() {
        QTest::addColumn<QByteArray>("archive");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const std::string& archive, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(archive) << QByteArray(says);
        };
        const TestImage good = imageWith("x");
        const std::string archive = tarOf(ociLayout({{good, {"demo:1"}}}));
        row("no tar", noise(5000), "does not begin with a header");
        row("cut off", archive.substr(0, archive.size() / 2), "cut off");
        row("gzip that is cut off", gzip(archive).substr(0, 500), "the archive is corrupt");
        row("xz that is cut off", filtered("xz", archive).substr(0, 500), "the archive is corrupt");
        row("a name that is none", tarOf(ociLayout({{good, {"Not A:Name"}}})), "which is no name");
        TestImage lies = good;
        lies.config.set("rootfs",
                        Json(Json::Object{{"type", Json("layers")},
                                          {"diff_ids", Json::strings({Digest::ofData("1").toString(),
                                                                      Digest::ofData("2").toString()})}}));
        row("wrong diffIDs, docker", oldDockerArchive({{lies, {"demo:1"}}}).finish(),
            "has other content than its digest says");
        auto files = ociLayout({{good, {"demo:1"}}});
        for (auto& [name, content] : files) {
            if (name == blobName(good.layers[1].blob))
                content.back() = static_cast<char>(content.back() ^ 1);
        }
        row("a changed layer", tarOf(files), "layer ");
        files = ociLayout({{good, {"demo:1"}}});
        std::erase_if(files, [&](const auto& file) { return file.first == blobName(good.layers[1].blob); });
        row("without a layer", tarOf(files), "lacks the layer");
        row("a bomb", gzip(std::string(1'500'000'000, '\0')), "unpacks to far more");
        TestImage leading = TestImage({gzipLayer(TarBuilder().file("../x").finish())});
        row("a layer that leads out", tarOf(ociLayout({{leading, {"demo:1"}}})), "has \"..\"");
    }
    void hostileArchivesLeaveNothing() {
        QFETCH(QByteArray, archive);
        QFETCH(QByteArray, says);
        Fixture fixture;
        const auto names = fixture.load(archive.toStdString());
        QVERIFY(!names);
        QCOMPARE(names.error().code, ErrorCode::Untrusted);
        QVERIFY2(names.error().message.find(says.toStdString()) != std::string::npos,
                 names.error().message.c_str());
        QVERIFY(fixture.isEmpty());
    }
    void anArchiveForAnotherMachineIsLoadedWhereItIsAskedFor() {
        const std::string archive = tarOf(
            ociLayout({{TestImage({gzipLayer(TarBuilder().file("x").finish())}, "s390x"), {"demo:1"}}}));
        Fixture fixture;
        QCOMPARE(fixture.load(archive).error().code, ErrorCode::Unsupported);
        fixture.request.platform = "linux/s390x";
        VERIFY_RESULT(fixture.load(archive));
    }
    void cancellingWhileThePipeIsSilentLeavesNothing() {
        Fixture fixture;
        const std::string half = oldDockerArchive({{imageWith(noise(8'000'000)), {"demo:1"}}}).bytes();
        const Feeder pipe(half, false); // no end comes
        fixture.onProgress = [&](const LoadProgress& now) {
            if (now.read > 4'000'000)
                fixture.cancellation.cancel();
        };
        const auto names = fixture.load(pipe.reading.get());
        QVERIFY(!names);
        QCOMPARE(names.error().code, ErrorCode::Cancelled);
        QVERIFY(fixture.isEmpty());
    }
    void cancellingWhileLayersAreUnpackedLeavesNothing() {
        Fixture fixture;
        fixture.onProgress = [&](const LoadProgress& now) {
            if (!now.layers.empty() && now.layers.back().received > 1'000'000)
                fixture.cancellation.cancel();
        };
        const auto names =
            fixture.load(oldDockerArchive({{imageWith(noise(30'000'000)), {"demo:1"}}}).finish());
        QVERIFY(!names);
        QCOMPARE(names.error().code, ErrorCode::Cancelled);
        QVERIFY(fixture.isEmpty());
    }
    void aFullDiskIsAClearErrorAndLeavesNothing_data() {
        QTest::addColumn<bool>("isCompressed");
        QTest::newRow("while it is put on the disk") << true;
        QTest::newRow("while layers are unpacked") << false;
    }
    void aFullDiskIsAClearErrorAndLeavesNothing() {
        QFETCH(bool, isCompressed);
        const std::string archive = oldDockerArchive({{imageWith(noise(12'000'000)), {"demo:1"}}}).finish();
        QTemporaryDir mountPoint;
        const std::string path = mountPoint.path().toStdString();
        QCOMPARE(::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=6m"), 0);
        {
            Fixture fixture(path + "/state");
            const auto names = fixture.load(isCompressed ? gzip(archive) : archive);
            QVERIFY(!names);
            QCOMPARE(names.error().code, ErrorCode::NoSpace);
            QVERIFY2(names.error().message.find("No space left") != std::string::npos,
                     names.error().message.c_str());
            QVERIFY(!names.error().hint.empty());
            QVERIFY(listDirectory(path + "/state/staging")->empty());
            QVERIFY(listDirectory(path + "/state/layers")->empty());
        }
        QCOMPARE(::umount2(path.c_str(), MNT_DETACH), 0);
    }
};
ESCALE_TEST(LoadTest)

#include "load_test.moc"
