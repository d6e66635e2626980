// Pulling with the real escale-worker: from Debian's docker-registry, and from a server that lies.
#include "tests/helper/worker/pull_fixture.h"
#include "tests/store/store_fixture.h"

#include <QTest>

#include <csignal>
#include <dirent.h>
#include <fstream>
#include <sys/mount.h>
#include <sys/stat.h>
#include <thread>

using namespace escale;
using namespace escale::test;

namespace {

using Fixture = PullFixture;

TestImage smallImage() {
    return TestImage(
        {gzipLayer(TarBuilder().file("bin/sh", "shell").folder("etc").file("etc/old", "1").finish()),
         zstdLayer(TarBuilder().file("etc/.wh.old").file("etc/new", "2").finish())});
}

} // namespace

class PullTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(DockerRegistry::isInstalled(), "docker-registry is not installed");
        auto started = DockerRegistry::start();
        VERIFY_RESULT(started);
        m_registry = std::move(*started);
    }
    void cleanupTestCase() { m_registry.reset(); }

    void fetchesALayerThatIsRemovedWhileItCountsOnIt() {
        // Given an image whose base is in the store, by another image
        const TestImage first = smallImage();
        const TestImage second({first.layers[0], gzipLayer(TarBuilder().file("etc/other", "3").finish())});
        VERIFY_RESULT(first.push(*m_registry, "first", "1"));
        VERIFY_RESULT(second.push(*m_registry, "second", "1"));
        Fixture fixture;
        VERIFY_RESULT(fixture.pull(m_registry->host() + "/first:1"));
        // When that one is pruned while the other is being pulled
        std::size_t pruned = 0;
        fixture.onProgress = [&](const std::vector<LayerProgress>& layers) {
            if (layers[0].phase == LayerPhase::Present && pruned == 0)
                pruned = fixture.store->pruneImages(kOwner, {true, 0, {}})->names.size();
        };
        VERIFY_RESULT(fixture.pull(m_registry->host() + "/second:1"));
        // Then it is pulled all the same, whole
        QCOMPARE(pruned, std::size_t{1});
        QCOMPARE(fixture.store->images(kOwner)->size(), std::size_t{1});
        QVERIFY(fixture.store->verify()->empty());
    }
    void pullsAnImageFromARealRegistry() {
        const TestImage image = smallImage();
        const auto digest = image.push(*m_registry, "demo", "1");
        VERIFY_RESULT(digest);
        Fixture fixture;
        const auto pulled = fixture.pull(m_registry->host() + "/demo:1");
        VERIFY_RESULT(pulled);
        QCOMPARE(pulled->imageDigest, digest->toString());
        QCOMPARE(pulled->name, m_registry->host() + "/demo:1");
        const auto images = fixture.store->images(kOwner);
        VERIFY_RESULT(images);
        QCOMPARE(images->size(), std::size_t{1});
        const Image& stored = images->front().image;
        QCOMPARE(stored.layers.size(), std::size_t{2});
        QCOMPARE(stored.settings.command, (std::vector<std::string>{"/bin/sh", "-c", "echo hi"}));
        QCOMPARE(stored.settings.environment.at(1).size(), std::size_t{60'005});
        QCOMPARE(stored.settings.labels.front(), (std::pair<std::string, std::string>{"a", "b"}));
        QCOMPARE(stored.settings.stopSignal, std::string("SIGINT"));
        const std::string base =
            fixture.store->layersFolder() + "/" + std::to_string(stored.layers[0].number);
        QCOMPARE(readFile(base + "/bin/sh").value(), std::string("shell"));
        struct stat whiteout {};
        const std::string top = fixture.store->layersFolder() + "/" + std::to_string(stored.layers[1].number);
        QCOMPARE(::lstat((top + "/etc/old").c_str(), &whiteout), 0);
        QVERIFY(S_ISCHR(whiteout.st_mode) && whiteout.st_rdev == 0);
        QCOMPARE(fixture.progress.size(), std::size_t{2});
        for (std::size_t i = 0; i < 2; ++i) {
            QCOMPARE(fixture.progress[i].phase, LayerPhase::Done);
            QCOMPARE(fixture.progress[i].received, image.layers[i].blob.size());
            QCOMPARE(fixture.progress[i].total, image.layers[i].blob.size());
        }
        QVERIFY(listDirectory(fixture.folder() + "/staging")->empty());
        QVERIFY(Fixture::noWorkerRuns());
    }
    void pullsLayersAsImages() {
        // Given a store that keeps layers as images
        const TestImage image = smallImage();
        VERIFY_RESULT(image.push(*m_registry, "images", "1"));
        Fixture fixture;
        fixture.store->setLayerForm(LayerForm::Image);
        // When an image is pulled
        VERIFY_RESULT(fixture.pull(m_registry->host() + "/images:1"));
        // Then each of its layers is one file, an EROFS image
        const auto images = fixture.store->images(kOwner);
        VERIFY_RESULT(images);
        for (const Layer& layer : images->front().image.layers) {
            const auto content =
                readFile(fixture.store->layersFolder() + "/" + std::to_string(layer.number), 1U << 20);
            VERIFY_RESULT(content);
            QCOMPARE(content->size() % 4096, std::size_t(0));
            QCOMPARE(content->substr(1024, 4), std::string("\xe2\xe1\xf5\xe0"));
        }
        QVERIFY(fixture.store->verify()->empty());
        // And it goes as folders go
        VERIFY_RESULT(fixture.store->removeImageName(kOwner, m_registry->host() + "/images", "1"));
        QVERIFY(listDirectory(fixture.store->layersFolder())->empty());
        QVERIFY(listDirectory(fixture.folder() + "/staging")->empty());
    }
    void aSecondPullDownloadsNoLayer() {
        VERIFY_RESULT(smallImage().push(*m_registry, "again", "1"));
        Fixture fixture;
        VERIFY_RESULT(fixture.pull(m_registry->host() + "/again:1"));
        VERIFY_RESULT(fixture.pull(m_registry->host() + "/again:1"));
        for (const auto& layer : fixture.progress)
            QCOMPARE(layer.phase, LayerPhase::Present);
        QCOMPARE(fixture.store->images(kOwner)->size(), std::size_t{1});
    }
    void downloadsALayerThatStandsTwiceInAnImageOnce() {
        ScriptedHttpServer server;
        const TestLayer layer = gzipLayer(TarBuilder().file("x", "y").finish());
        const TestImage image({layer, layer});
        image.serve(server, "twice", "1");
        Fixture fixture;
        VERIFY_RESULT(fixture.pull(server.host() + "/twice:1"));
        QCOMPARE(server.count("/v2/twice/blobs/" + Digest::ofData(layer.blob).toString()), std::size_t{1});
        QCOMPARE(fixture.store->images(kOwner)->front().image.layers.size(), std::size_t{2});
        QCOMPARE(storedLayers(*fixture.store), std::size_t{1});
    }
    void pullsByDigestAndThroughAnIndex() {
        const TestImage ours = smallImage();
        const TestImage other({gzipLayer(TarBuilder().file("other").finish())}, "s390x");
        VERIFY_RESULT(ours.push(*m_registry, "multi", "ours"));
        VERIFY_RESULT(other.push(*m_registry, "multi", "other"));
        Json index;
        index.set("schemaVersion", Json(2));
        index.set("mediaType", Json(kIndexType));
        Json entries{Json::Array{}};
        for (const auto& [image, architecture] : {std::pair(&other, std::string("s390x")),
                                                  std::pair(&ours, Platform::ofThisMachine().architecture)}) {
            Json entry = descriptor(kManifestType, image->manifest.dump());
            entry.set("platform",
                      Json(Json::Object{{"os", Json("linux")}, {"architecture", Json(architecture)}}));
            entries.append(std::move(entry));
        }
        index.set("manifests", std::move(entries));
        const auto digest = m_registry->pushManifest("multi", "all", kIndexType, index.dump());
        VERIFY_RESULT(digest);
        Fixture fixture;
        const auto pulled = fixture.pull(m_registry->host() + "/multi:all");
        VERIFY_RESULT(pulled);
        QCOMPARE(pulled->imageDigest, Digest::ofData(ours.manifest.dump()).toString());
        VERIFY_RESULT(fixture.pull(m_registry->host() + "/multi@" + digest->toString()));
        VERIFY_RESULT(fixture.pull(m_registry->host() + "/multi@" + pulled->imageDigest));
    }
    void twoPullsOfTheSameImageAtOnceBothSucceed() {
        VERIFY_RESULT(TestImage({gzipLayer(TarBuilder().file("big", noise(3'000'000)).finish())})
                          .push(*m_registry, "both", "1"));
        Fixture fixture;
        Fixture second; // only for its counters
        Result<Pulled> other;
        std::thread thread([&] {
            PullRequest request;
            request.owner = kOwner + 1;
            request.reference = m_registry->host() + "/both:1";
            other = pullImage(*fixture.store, kWorker, request, {}, second.cancellation);
        });
        const auto pulled = fixture.pull(m_registry->host() + "/both:1");
        thread.join();
        VERIFY_RESULT(pulled);
        VERIFY_RESULT(other);
        QCOMPARE(storedLayers(*fixture.store), std::size_t{1});
        QVERIFY(listDirectory(fixture.folder() + "/staging")->empty());
    }
    void sendsCredentialsToTheRegistry() {
        auto registry = DockerRegistry::start(true);
        VERIFY_RESULT(registry);
        VERIFY_RESULT(smallImage().push(**registry, "private", "1"));
        Fixture fixture;
        const std::string reference = (*registry)->host() + "/private:1";
        const auto refused = fixture.pull(reference);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::AuthenticationNeeded);
        fixture.request.credentials = Credentials{DockerRegistry::kUser, "wrong"};
        QCOMPARE(fixture.pull(reference).error().code, ErrorCode::AuthenticationNeeded);
        fixture.request.credentials = Credentials{DockerRegistry::kUser, DockerRegistry::kPassword};
        VERIFY_RESULT(fixture.pull(reference));
    }

    void theMachinesMirrorIsAskedFirst() {
        // Given a mirror in the machine's settings, and a registry that nobody reaches,
        const TestImage image = smallImage();
        VERIFY_RESULT(image.push(*m_registry, "cache/far/away", "1"));
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("registries.json")).toStdString();
        Json mirror;
        mirror.set("location", Json(m_registry->host() + "/cache"));
        Json registry;
        registry.set("location", Json("registry.invalid")).set("mirror", Json(Json::Array{mirror}));
        Json settings;
        settings.set("registries", Json(Json::Array{registry}));
        VERIFY_RESULT(writeFileAtomically(file, settings.dump()));
        qputenv("ESCALE_REGISTRIES", QByteArray::fromStdString(file));
        // when an image of that registry is pulled, then the mirror has it, under the registry's name.
        Fixture fixture;
        const auto pulled = fixture.pull("registry.invalid/far/away:1");
        qunsetenv("ESCALE_REGISTRIES");
        VERIFY_RESULT(pulled);
        QCOMPARE(pulled->name, std::string("registry.invalid/far/away:1"));
    }
    void settingsThatAreBrokenAreSaid() {
        qputenv("ESCALE_REGISTRIES", "/dev/null");
        Fixture fixture;
        const auto pulled = fixture.pull("registry.invalid/far/away:1");
        qunsetenv("ESCALE_REGISTRIES");
        QVERIFY(!pulled);
        QVERIFY2(pulled.error().message.find("/dev/null") != std::string::npos,
                 pulled.error().message.c_str());
        QVERIFY(Fixture::noWorkerRuns());
    }
    void cancellingInTheMiddleLeavesNothing() {
        ScriptedHttpServer server;
        const TestImage image({gzipLayer(TarBuilder().file("big", noise(8'000'000)).finish())});
        image.serve(server, "slow", "1");
        const std::string path = "/v2/slow/blobs/" + Digest::ofData(image.layers[0].blob).toString();
        server.on(path, answer(200, image.layers[0].blob, "application/octet-stream")
                            .slowedBy(std::chrono::milliseconds(10)));
        Fixture fixture;
        fixture.onProgress = [&](const auto& layers) {
            if (layers.front().received > 1'000'000)
                fixture.cancellation.cancel();
        };
        QElapsedTimer timer;
        const auto result = fixture.pull(server.host() + "/slow:1");
        timer.start();
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        QVERIFY(fixture.progress.front().received > 0 && fixture.progress.front().received < 8'000'000);
        QVERIFY(fixture.reports > 3);
        QVERIFY(fixture.isEmpty());
        QVERIFY(Fixture::noWorkerRuns());
    }
    void aWorkerKilledInTheMiddleIsAClearError_data() {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("signal");
        QTest::newRow("fetch killed") << QByteArray("fetch") << SIGKILL;
        QTest::newRow("fetch crashed") << QByteArray("fetch") << SIGSEGV;
        QTest::newRow("unpack killed") << QByteArray("unpack") << SIGKILL;
        QTest::newRow("unpack crashed") << QByteArray("unpack") << SIGSEGV;
    }
    void aWorkerKilledInTheMiddleIsAClearError() {
        QFETCH(QByteArray, mode);
        QFETCH(int, signal);
        ScriptedHttpServer server;
        const TestImage image({gzipLayer(TarBuilder().file("big", noise(8'000'000)).finish())});
        image.serve(server, "killed", "1");
        server.on("/v2/killed/blobs/" + Digest::ofData(image.layers[0].blob).toString(),
                  answer(200, image.layers[0].blob, "application/octet-stream")
                      .slowedBy(std::chrono::milliseconds(10)));
        Fixture fixture;
        bool done = false;
        fixture.onProgress = [&](const auto& layers) {
            if (done || layers.front().received < 500'000)
                return;
            done = true;
            for (const pid_t pid : workers(mode.toStdString()))
                ::kill(pid, signal);
        };
        const auto result = fixture.pull(server.host() + "/killed:1");
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::SystemFailure);
        const std::string expected =
            "the worker for \"" + mode.toStdString() + "\" was ended by signal " + std::to_string(signal);
        QVERIFY2(result.error().message.find(expected) != std::string::npos, result.error().message.c_str());
        QVERIFY(fixture.isEmpty());
        QVERIFY(Fixture::noWorkerRuns());
    }
    void theWorkersAreConfined() {
        ScriptedHttpServer server;
        const TestImage image({gzipLayer(TarBuilder().file("big", noise(8'000'000)).finish())});
        image.serve(server, "confined", "1");
        server.on("/v2/confined/blobs/" + Digest::ofData(image.layers[0].blob).toString(),
                  answer(200, image.layers[0].blob, "application/octet-stream")
                      .slowedBy(std::chrono::milliseconds(10)));
        Fixture fixture;
        std::string fetchStatus;
        std::string unpackStatus;
        std::string unpackRoot;
        fixture.onProgress = [&](const auto& layers) {
            if (!fetchStatus.empty() || layers.front().received < 500'000)
                return;
            fetchStatus =
                readFile("/proc/" + std::to_string(workers("fetch").at(0)) + "/status").value_or("");
            const std::string unpack = "/proc/" + std::to_string(workers("unpack").at(0));
            unpackStatus = readFile(unpack + "/status").value_or("");
            std::array<char, 4096> target{};
            if (::readlink((unpack + "/root").c_str(), target.data(), target.size() - 1) > 0)
                unpackRoot = target.data();
        };
        VERIFY_RESULT(fixture.pull(server.host() + "/confined:1"));
        for (const char* line :
             {"Uid:\t65534\t65534\t65534\t65534\n", "Groups:\t \n", "CapPrm:\t0000000000000000\n",
              "CapEff:\t0000000000000000\n", "NoNewPrivs:\t1\n", "Seccomp:\t2\n"})
            QVERIFY2(fetchStatus.find(line) != std::string::npos, (line + fetchStatus).c_str());
        // CHOWN 0, DAC_OVERRIDE 1, FOWNER 3, FSETID 4, SETFCAP 31
        for (const char* line :
             {"Uid:\t0\t0\t0\t0\n", "CapPrm:\t000000008000001b\n", "CapEff:\t000000008000001b\n",
              "CapBnd:\t0000000000000000\n", "NoNewPrivs:\t1\n", "Seccomp:\t2\n"})
            QVERIFY2(unpackStatus.find(line) != std::string::npos, (line + unpackStatus).c_str());
        QVERIFY2(unpackRoot.find(fixture.folder() + "/staging/") == 0, unpackRoot.c_str());
    }

    void refusesHostileImages_data() {
        QTest::addColumn<int>("what");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("layer with ..") << 0 << QByteArray("has \"..\" in its path");
        QTest::newRow("link as a folder") << 1 << QByteArray("is used as a folder");
        QTest::newRow("hard link out") << 2 << QByteArray("which is not in the layer");
        QTest::newRow("truncated gzip") << 3 << QByteArray("ends in the middle");
        QTest::newRow("diffId lies") << 4 << QByteArray("unpacks to other content");
        QTest::newRow("too many entries") << 5 << QByteArray("too many for its size");
        QTest::newRow("no tar") << 6 << QByteArray("no valid tar");
    }
    void refusesHostileImages() {
        QFETCH(int, what);
        QFETCH(QByteArray, says);
        TestLayer layer = gzipLayer(TarBuilder().file("fine").finish());
        if (what == 0)
            layer = gzipLayer(TarBuilder().file("../../escape").finish());
        if (what == 1)
            layer = gzipLayer(TarBuilder().add({.name = "a", .type = '2', .link = "/"}).file("a/x").finish());
        if (what == 2)
            layer =
                gzipLayer(TarBuilder().add({.name = "shadow", .type = '1', .link = "/etc/shadow"}).finish());
        if (what == 3)
            layer.blob.resize(layer.blob.size() - 12);
        if (what == 4)
            layer.tar += "x";
        if (what == 5) {
            TarBuilder many;
            for (int i = 0; i < 60'000; ++i)
                many.add({.name = "a", .type = '5'});
            layer = gzipLayer(many.finish());
        }
        if (what == 6)
            layer = gzipLayer(std::string(3000, 'z'));
        const std::string tag = "h" + std::to_string(what);
        VERIFY_RESULT(TestImage({layer}).push(*m_registry, "hostile", tag));
        Fixture fixture;
        const auto result = fixture.pull(m_registry->host() + "/hostile:" + tag);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
        QVERIFY2(result.error().message.find(says.toStdString()) != std::string::npos,
                 result.error().message.c_str());
        QVERIFY(fixture.isEmpty());
        QVERIFY(Fixture::noWorkerRuns());
    }
    void refusesABlobThatIsNotWhatTheManifestNames_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("other bytes of the same size") << 0;
        QTest::newRow("size too small") << 1;
        QTest::newRow("size too large") << 2;
        QTest::newRow("other configuration") << 3;
    }
    void refusesABlobThatIsNotWhatTheManifestNames() {
        QFETCH(int, what);
        ScriptedHttpServer server;
        TestImage image({{std::string(2048, '\0'), std::string(2048, '\0'), kLayerType}});
        if (what == 1 || what == 2) {
            Json wrong = image.manifest.at("layers").items().front();
            wrong.set("size", Json(what == 1 ? 1000 : 5000));
            image.manifest.set("layers", Json(Json::Array{wrong}));
        }
        image.serve(server, "liar", "1");
        const auto blobPath = [](const std::string& bytes) {
            return "/v2/liar/blobs/" + Digest::ofData(bytes).toString();
        };
        if (what == 0)
            server.on(blobPath(image.layers[0].blob),
                      answer(200, TarBuilder().file("evil").finish() + std::string(512, '\0')));
        if (what == 3)
            server.on(blobPath(image.config.dump()),
                      answer(200, std::string(image.config.dump().size(), ' ')));
        Fixture fixture;
        const auto result = fixture.pull(server.host() + "/liar:1");
        QVERIFY(!result);
        QVERIFY2(result.error().code == ErrorCode::Untrusted ||
                     result.error().code == ErrorCode::RemoteFailure ||
                     result.error().code == ErrorCode::Unreachable,
                 result.error().text().c_str());
        qInfo("%s", result.error().text().c_str());
        QVERIFY(fixture.isEmpty());
    }
    void passesTheRegistrysErrorsOn_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("401") << 401 << ErrorCode::AuthenticationNeeded;
        QTest::newRow("403") << 403 << ErrorCode::PermissionDenied;
        QTest::newRow("404") << 404 << ErrorCode::NotFound;
    }
    void passesTheRegistrysErrorsOn() {
        QFETCH(int, status);
        QFETCH(ErrorCode, code);
        ScriptedHttpServer server;
        server.on("/v2/x/manifests/1", answer(status));
        Fixture fixture;
        const auto result = fixture.pull(server.host() + "/x:1");
        QVERIFY(!result);
        QCOMPARE(result.error().code, code);
        QVERIFY(result.error().message.starts_with("cannot pull " + server.host() + "/x:1: "));
        QVERIFY(fixture.isEmpty());
    }
    void refusesAnImageForAnotherMachine() {
        VERIFY_RESULT(
            TestImage({gzipLayer(TarBuilder().finish())}, "s390x").push(*m_registry, "foreign", "1"));
        Fixture fixture;
        const auto result = fixture.pull(m_registry->host() + "/foreign:1");
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unsupported);
        QVERIFY2(result.error().message.find("s390x") != std::string::npos, result.error().message.c_str());
        QVERIFY(fixture.isEmpty());
        // And it is pulled where it is asked for
        fixture.request.platform = "linux/s390x";
        VERIFY_RESULT(fixture.pull(m_registry->host() + "/foreign:1"));
    }
    void refusesAReferenceThatIsNone() {
        Fixture fixture;
        const auto result = fixture.pull("Not A Reference");
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    }
    void aBrokenDownloadIsResumed() {
        ScriptedHttpServer server;
        const TestImage image({gzipLayer(TarBuilder().file("big", noise(2'000'000)).finish())});
        image.serve(server, "cut", "1");
        const std::string& blob = image.layers[0].blob;
        server.on(
            "/v2/cut/blobs/" + Digest::ofData(blob).toString(),
            {always(answer(200, blob, "application/octet-stream").cutAfterBytes(700'000)), serveBytes(blob)});
        Fixture fixture;
        VERIFY_RESULT(fixture.pull(server.host() + "/cut:1"));
    }
    void aFullDiskIsAClearErrorAndLeavesNothing() {
        VERIFY_RESULT(TestImage({gzipLayer(TarBuilder().file("big", noise(12'000'000)).finish())})
                          .push(*m_registry, "large", "1"));
        QTemporaryDir mountPoint;
        const std::string path = mountPoint.path().toStdString();
        QCOMPARE(::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=6m"), 0);
        {
            auto store = Store::open(path + "/state");
            VERIFY_RESULT(store);
            PullRequest request;
            request.owner = kOwner;
            request.reference = m_registry->host() + "/large:1";
            const Cancellation cancellation;
            const auto result = pullImage(**store, kWorker, request, {}, cancellation);
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::NoSpace);
            QVERIFY2(result.error().message.find("No space left") != std::string::npos,
                     result.error().message.c_str());
            QVERIFY(!result.error().hint.empty());
            QVERIFY(listDirectory(path + "/state/staging")->empty());
            QVERIFY(listDirectory(path + "/state/layers")->empty());
        }
        QCOMPARE(::umount2(path.c_str(), MNT_DETACH), 0);
    }

private:
    std::unique_ptr<DockerRegistry> m_registry;
};
ESCALE_TEST(PullTest)

#include "pull_test.moc"
