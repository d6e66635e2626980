#include "engine/image/manifest.h"
#include "tests/image/sample_documents.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using escale::test::edited;
using escale::test::sample;

static const std::string kHex = std::string(64, 'b');
static const std::string kHeadOfOne =
    R"({"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json",)"
    R"("digest":"sha256:)" +
    kHex + R"(","size":2},"layers":[)";

static std::string layer(const std::string& size) {
    return R"({"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:)" + kHex +
           R"(","size":)" + size + "}";
}

static std::string manifestOf(std::size_t layers) {
    std::string text = kHeadOfOne;
    for (std::size_t i = 0; i < layers; ++i)
        text += (i == 0 ? "" : ",") + layer("1");
    return text + "]}";
}

class ManifestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAnOciManifest() {
        const auto document = parseManifest(sample("oci_manifest.json"));
        VERIFY_RESULT(document);
        const auto& manifest = std::get<ImageManifest>(*document);
        QCOMPARE(manifest.config.size, 1469u);
        QCOMPARE(manifest.layers.size(), 3u);
        QVERIFY(manifest.layers[0].compression == LayerCompression::Gzip);
        QVERIFY(manifest.layers[1].compression == LayerCompression::Zstd);
        QVERIFY(manifest.layers[2].compression == LayerCompression::None);
        QCOMPARE(manifest.downloadSize(), 29150000u + 1234u + 10240u);
    }
    void readsADockerManifest() {
        const auto document = parseManifest(sample("docker_manifest.json"));
        VERIFY_RESULT(document);
        QCOMPARE(std::get<ImageManifest>(*document).layers.size(), 2u);
    }
    void readsByContentTypeWhatSaysNoType() {
        const std::string text =
            edited(sample("oci_manifest.json"),
                   "  \"mediaType\": \"application/vnd.oci.image.manifest.v1+json\",\n", "");
        QVERIFY(parseManifest(text, "application/vnd.oci.image.manifest.v1+json").has_value());
        QVERIFY(parseManifest(text, "application/json").has_value());
        QVERIFY(parseManifest(text).has_value());
    }
    void readsAnIndexWithoutItsAttestations() {
        const auto document = parseManifest(sample("oci_index.json"));
        VERIFY_RESULT(document);
        const auto& index = std::get<ImageIndex>(*document);
        QCOMPARE(index.entries.size(), 6u); // of 7
    }
    void choosesThePlatform_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("chosen");
        QTest::newRow("amd64") << QByteArray("oci_index.json") << QByteArray("linux/amd64")
                               << QByteArray("linux/amd64");
        QTest::newRow("amd64/v3") << QByteArray("oci_index.json") << QByteArray("linux/amd64/v3")
                                  << QByteArray("linux/amd64");
        QTest::newRow("arm64") << QByteArray("oci_index.json") << QByteArray("linux/arm64")
                               << QByteArray("linux/arm64/v8");
        QTest::newRow("v7") << QByteArray("oci_index.json") << QByteArray("linux/arm/v7")
                            << QByteArray("linux/arm/v7");
        QTest::newRow("v6 takes v5") << QByteArray("oci_index.json") << QByteArray("linux/arm/v6")
                                     << QByteArray("linux/arm/v5");
        QTest::newRow("docker") << QByteArray("docker_list.json") << QByteArray("linux/s390x")
                                << QByteArray("linux/s390x");
    }
    void choosesThePlatform() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, chosen);
        const auto document = parseManifest(sample(file.toStdString())).value();
        const auto entry =
            choosePlatform(std::get<ImageIndex>(document), Platform::parse(wanted.toStdString()).value());
        VERIFY_RESULT(entry);
        QCOMPARE(entry->platform.toString(), chosen.toStdString());
    }
    void namesWhatThereIsForOtherPlatforms() {
        const auto document = parseManifest(sample("docker_list.json")).value();
        const auto entry =
            choosePlatform(std::get<ImageIndex>(document), Platform::parse("linux/riscv64").value());
        QVERIFY(!entry);
        QCOMPARE(entry.error().code, ErrorCode::Unsupported);
        QCOMPARE(entry.error().message,
                 std::string("the image is not made for linux/riscv64; it exists for: linux/ppc64le, "
                             "linux/amd64, linux/s390x"));
    }
    void saysWhatIsTooOld() {
        for (const std::string& text :
             {sample("schema1.json"),
              edited(sample("docker_manifest.json"), "manifest.v2+json", "manifest.v1+prettyjws")}) {
            const auto document = parseManifest(text);
            QVERIFY(!document);
            QCOMPARE(document.error().code, ErrorCode::Unsupported);
            QVERIFY(document.error().message.find("too old") != std::string::npos);
        }
    }
    void refusesWhatIsNoImage() {
        const auto document = parseManifest(sample("helm_manifest.json"));
        QVERIFY(!document);
        QCOMPARE(document.error().code, ErrorCode::Unsupported);
        QVERIFY(document.error().message.find("helm") != std::string::npos);
    }
    void refusesLayersItCannotUnpack_data() {
        QTest::addColumn<QByteArray>("mediaType");
        QTest::newRow("foreign") << QByteArray("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
        QTest::newRow("not distributed")
            << QByteArray("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip");
        QTest::newRow("unknown") << QByteArray("application/vnd.oci.image.layer.v1.squashfs");
        QTest::newRow("encrypted") << QByteArray("application/vnd.oci.image.layer.v1.tar+gzip+encrypted");
    }
    void refusesLayersItCannotUnpack() {
        QFETCH(QByteArray, mediaType);
        const auto document =
            parseManifest(edited(sample("oci_manifest.json"), "application/vnd.oci.image.layer.v1.tar+zstd",
                                 mediaType.toStdString()));
        QVERIFY(!document);
        QCOMPARE(document.error().code, ErrorCode::Unsupported);
    }
    void refusesLies_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("contentType");
        const std::string good = sample("oci_manifest.json");
        const auto row = [](const char* name, const std::string& text, const char* contentType = "") {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(contentType);
        };
        row("empty", "");
        row("HTML", "<html></html>");
        row("a list", "[]");
        row("cut", good.substr(0, good.size() / 2));
        row("two documents", good + good);
        row("schemaVersion as text", edited(good, "\"schemaVersion\": 2", "\"schemaVersion\": \"2\""));
        row("no config", edited(good, "\"config\"", "\"konfig\""));
        row("no layers", edited(good, "\"layers\"", "\"lagers\""));
        row("layers as object", kHeadOfOne.substr(0, kHeadOfOne.size() - 1) + "{}}");
        row("zero layers", manifestOf(0));
        row("too many layers", manifestOf(kMostLayers + 1));
        row("negative size", edited(good, "\"size\": 1234", "\"size\": -1"));
        row("size as text", edited(good, "\"size\": 1234", "\"size\": \"1234\""));
        row("size as fraction", edited(good, "\"size\": 1234", "\"size\": 12.5"));
        row("size above 2^63", edited(good, "\"size\": 1234", "\"size\": 18446744073709551615"));
        row("sizes above 2^63", kHeadOfOne + layer("9223372036854775807") + "," + layer("1") + "]}");
        row("malformed digest", edited(good, "sha256:", "sha256:../"));
        row("other algorithm", edited(good, "sha256:", "sha512:"));
        row("mediaType as number", edited(good, "\"application/vnd.oci.image.manifest.v1+json\"", "7"));
        row("index and manifest at once", edited(good, "\"layers\"", "\"manifests\": [], \"layers\""));
        row("index with layers", edited(good, "image.manifest.v1", "image.index.v1"));
        row("types contradict", good, "application/vnd.oci.image.index.v1+json");
        row("longer than 4 MiB", good + std::string(kLongestManifest, ' '));
        row("deep", std::string(100'000, '['));
        const std::string index = sample("oci_index.json");
        row("manifests as object", R"({"schemaVersion":2,"manifests":{}})");
        row("entry as text", R"({"schemaVersion":2,"manifests":["x"]})");
        row("platform as text", edited(index, "\"platform\": {", "\"platform\": \"x\", \"p\": {"));
        std::string many = R"({"schemaVersion":2,"manifests":[0)";
        for (std::size_t i = 0; i < kMostIndexEntries; ++i)
            many += ",0";
        row("too many entries", many + "]}");
    }
    void refusesLies() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, contentType);
        const auto document = parseManifest(text.toStdString(), contentType.toStdString());
        QVERIFY(!document);
        QCOMPARE(document.error().code, ErrorCode::Untrusted);
        QVERIFY(document.error().message.size() < 400);
    }
    void takesAsManyLayersAsCanBeStacked() { VERIFY_RESULT(parseManifest(manifestOf(kMostLayers))); }
};
ESCALE_TEST(ManifestTest)

#include "manifest_test.moc"
