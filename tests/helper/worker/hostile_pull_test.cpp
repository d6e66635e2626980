// Whole pulls from a registry that means harm, by the real workers: each ends in a sentence, nothing is left.
#include "tests/helper/worker/pull_fixture.h"
#include "tests/registry/hostile_answers.h"

#include <algorithm>

using namespace escale;
using namespace escale::test;
using Connection = HostileRegistry::Connection;

namespace {

const std::string kManifestPath = "/v2/demo/manifests/1";

std::string blobPath(const std::string& bytes) {
    return "/v2/demo/blobs/" + Digest::ofData(bytes).toString();
}

TestImage smallImage() {
    return TestImage({gzipLayer(TarBuilder().file("bin/sh", noise(50'000)).finish())});
}

/// The image, as an honest registry gives it.
void serve(HostileRegistry& registry, const TestImage& image, const Json& manifest) {
    for (const TestLayer& layer : image.layers)
        registry.on(blobPath(layer.blob), HostileRegistry::whole(layer.blob));
    registry.on(blobPath(image.config.dump()), HostileRegistry::whole(image.config.dump()));
    registry.on(kManifestPath,
                HostileRegistry::whole(manifest.dump(), "Content-Type: " + kManifestType + "\r\n"));
}

Json sized(const Json& of, std::int64_t size) {
    Json changed = of;
    changed.set("size", Json(size));
    return changed;
}

} // namespace

class HostilePullTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void everyManifestEndsInASentence_data() {
        QTest::addColumn<QByteArray>("answer");
        for (const char* name :
             {"leads to itself", "leads to a cloud's secrets", "a header of ten megabytes",
              "a hundred thousand headers", "100 Continue without end", "a document without end",
              "four million brackets", "two million values", "HTML", "garbage",
              "a challenge to sign in at a cloud's secrets", "come again in a year"})
            QTest::newRow(name) << QByteArray(name);
    }
    void everyManifestEndsInASentence() {
        QFETCH(QByteArray, answer);
        HostileRegistry registry;
        const auto answers = hostileAnswers(registry.host());
        const auto found = std::find_if(answers.begin(), answers.end(),
                                        [&](const auto& hostile) { return answer == hostile.name; });
        QVERIFY(found != answers.end());
        registry.on(kManifestPath, found->answer);
        expectRefusal(registry, {}, "cannot pull");
    }
    void aConfigurationOfATerabyteIsNotFetched() {
        HostileRegistry registry;
        const TestImage image = smallImage();
        Json manifest = image.manifest;
        manifest.set("config", sized(image.manifest.at("config"), 1'000'000'000'000));
        serve(registry, image, manifest);
        expectRefusal(registry, ErrorCode::Untrusted, "1000000000000 bytes, more than");
        QCOMPARE(registry.count(blobPath(image.config.dump())), std::size_t{0});
    }
    void tenThousandLayersAreRefused() {
        HostileRegistry registry;
        const TestImage image = smallImage();
        Json layers{Json::Array{}};
        for (int i = 0; i < 10'000; ++i)
            layers.append(image.manifest.at("layers").items().front());
        Json manifest = image.manifest;
        manifest.set("layers", std::move(layers));
        serve(registry, image, manifest);
        expectRefusal(registry, ErrorCode::Untrusted, "10000 layers, more than");
    }
    void aLayerOfNoBytesIsNoLayer() {
        HostileRegistry registry;
        TestImage image({TestLayer{{}, {}, kLayerType + "+gzip"}});
        serve(registry, image, image.manifest);
        expectRefusal(registry, ErrorCode::Untrusted, "should be gzip and is not");
    }
    void aLayerOfAnotherSizeIsRefused_data() {
        QTest::addColumn<int>("more");
        QTest::newRow("longer than its manifest says") << -1;
        QTest::newRow("shorter") << 1;
    }
    void aLayerOfAnotherSizeIsRefused() {
        QFETCH(int, more);
        HostileRegistry registry;
        const TestImage image = smallImage();
        Json layers{Json::Array{}};
        const auto size = static_cast<std::int64_t>(image.layers[0].blob.size());
        layers.append(sized(image.manifest.at("layers").items().front(), size + more));
        Json manifest = image.manifest;
        manifest.set("layers", std::move(layers));
        serve(registry, image, manifest);
        expectRefusal(registry, ErrorCode::Untrusted, "that its manifest says");
    }
    void aLayerWithoutEndIsRefused() {
        HostileRegistry registry;
        const TestImage image = smallImage();
        serve(registry, image, image.manifest);
        registry.on(blobPath(image.layers[0].blob), [&](Connection& client) {
            client.send("HTTP/1.1 200 OK\r\n\r\n");
            client.sendAgainAndAgain(image.layers[0].blob);
        });
        expectRefusal(registry, ErrorCode::Untrusted, "longer than");
    }
    void aLayerThatChangesBetweenTriesIsRefused() {
        // Given a layer that breaks off, and goes on as another of the same length,
        HostileRegistry registry;
        const TestImage image = smallImage();
        serve(registry, image, image.manifest);
        const std::string& blob = image.layers[0].blob;
        std::string other = blob;
        other[blob.size() - 100] ^= 1;
        registry.on(
            blobPath(blob),
            {[&](Connection& client) {
                 const std::string size = std::to_string(blob.size());
                 client.send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + blob.substr(0, 999));
             },
             [&](Connection& client) {
                 const std::string size = std::to_string(blob.size());
                 const std::string rest = other.substr(999);
                 client.send("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 999-" +
                             std::to_string(blob.size() - 1) + "/" + size +
                             "\r\nContent-Length: " + std::to_string(rest.size()) + "\r\n\r\n" + rest);
             }});
        // then nothing of it stays.
        expectRefusal(registry, ErrorCode::Untrusted, "that its digest promises");
    }

private:
    static void expectRefusal(const HostileRegistry& registry, std::optional<ErrorCode> code,
                              const std::string& says) {
        PullFixture fixture;
        const auto pulled = fixture.pull(registry.host() + "/demo:1");
        QVERIFY(!pulled);
        if (code)
            QCOMPARE(pulled.error().code, *code);
        const std::string& message = pulled.error().message;
        QVERIFY2(message.find(says) != std::string::npos, message.c_str());
        QVERIFY2(message.size() < 1'000 && message.find_first_of("\r\n") == std::string::npos,
                 message.c_str());
        QVERIFY(fixture.isEmpty());
        QVERIFY(PullFixture::noWorkerRuns());
    }
};
ESCALE_TEST(HostilePullTest)

#include "hostile_pull_test.moc"
