// Which images an archive holds, and their documents: archives made by hand, and hostile ones. Those of real
// tools: tests/helper/worker/load_test.cpp.
#include "engine/image/image_archive.h"

#include "engine/image/tar_index.h"
#include "tests/helper/worker/archive_fixture.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::test;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

TestImage imageWith(const std::string& content, const std::string& architecture = "amd64") {
    return TestImage({gzipLayer(TarBuilder().file("content", content).finish())}, architecture);
}

const Platform kAmd64{"linux", "amd64", ""};

Result<ImageArchive> opened(const std::string& archive) {
    TRY_ASSIGN(auto index, TarIndex::read(inMemory(archive), archive.size()));
    return ImageArchive::open(std::move(index));
}

Result<ImageDocuments> documentsOf(const std::string& archive, const Platform& platform = kAmd64) {
    TRY_ASSIGN(ImageArchive images, opened(archive));
    return images.documents(0, platform);
}

Json entryOf(const std::string& type, const std::string& bytes, Json::Object more) {
    Json entry = descriptor(type, bytes);
    for (auto& [key, value] : more)
        entry.set(key, std::move(value));
    return entry;
}

Json platformJson(const std::string& architecture) {
    return Json(Json::Object{{"os", Json("linux")}, {"architecture", Json(architecture)}});
}

std::string indexOf(Json::Array entries) {
    return Json(Json::Object{{"schemaVersion", Json(2)},
                             {"mediaType", Json(kIndexType)},
                             {"manifests", Json(std::move(entries))}})
        .dump();
}

Files blobsOf(const TestImage& image) {
    Files files = ociLayout({{image, {}}});
    files.pop_back(); // index.json
    return files;
}

} // namespace

class ImageArchiveTest : public QObject {
    Q_OBJECT
    static void refuses(const std::string& archive, ErrorCode code, const char* says) {
        const auto documents = documentsOf(archive);
        QVERIFY(!documents);
        QCOMPARE(documents.error().code, code);
        QVERIFY2(documents.error().message.find(says) != std::string::npos,
                 documents.error().message.c_str());
    }

private Q_SLOTS:
    void readsADockerArchiveOfTheOldForm() {
        // Given two images in one archive
        const std::string bytes =
            oldDockerArchive({{imageWith("1"), {"demo:1", "demo:latest"}}, {imageWith("2"), {}}}).finish();
        auto archive = opened(bytes);
        VERIFY_RESULT(archive);
        QCOMPARE(archive->count(), std::size_t{2});
        QCOMPARE(archive->names(0), (std::vector<std::string>{"demo:1", "demo:latest"}));
        QVERIFY(archive->names(1).empty());
        // Then each has its configuration, and a manifest that names plain layers by their diffIDs
        const auto documents = archive->documents(1, kAmd64);
        VERIFY_RESULT(documents);
        QCOMPARE(documents->config, imageWith("2").config.dump());
        const auto manifest = parseManifest(documents->manifest, documents->manifestType);
        VERIFY_RESULT(manifest);
        const LayerDescriptor& layer = std::get<ImageManifest>(*manifest).layers.at(0);
        const std::string tar = imageWith("2").layers[0].tar;
        QCOMPARE(layer.digest.toString(), Digest::ofData(tar).toString());
        QCOMPARE(layer.compression, LayerCompression::None);
        const auto member = archive->layer(layer.digest);
        VERIFY_RESULT(member);
        QCOMPARE(readMember(*member, 1 << 20, "layer").value(), tar);
        // And the same one every time
        QCOMPARE(archive->documents(1, kAmd64)->manifest, documents->manifest);
    }
    void aCompressedLayerOfADockerArchiveIsNamedByItsOwnDigest() {
        TestImage image = imageWith("1");
        image.layers[0].tar = image.layers[0].blob; // the archive has it compressed
        auto archive = opened(oldDockerArchive({{image, {"demo:1"}}}).finish());
        VERIFY_RESULT(archive);
        const auto documents = archive->documents(0, kAmd64);
        VERIFY_RESULT(documents);
        const auto manifest = parseManifest(documents->manifest);
        const LayerDescriptor& layer = std::get<ImageManifest>(*manifest).layers.at(0);
        QCOMPARE(layer.compression, LayerCompression::Gzip);
        QCOMPARE(layer.digest.toString(), Digest::ofData(image.layers[0].blob).toString());
        VERIFY_RESULT(archive->layer(layer.digest));
    }
    void readsAnOciLayout() {
        const auto archive =
            opened(tarOf(ociLayout({{imageWith("1"), {"demo:1", "demo:latest"}}, {imageWith("2"), {"3"}}})));
        VERIFY_RESULT(archive);
        QCOMPARE(archive->count(), std::size_t{2}); // one of two names
        QCOMPARE(archive->names(0), (std::vector<std::string>{"demo:1", "demo:latest"}));
        QVERIFY(archive->names(1).empty());
        QCOMPARE(archive->tag(1), std::string("3"));
        const auto documents = documentsOf(tarOf(ociLayout({{imageWith("1"), {"demo:1"}}})));
        VERIFY_RESULT(documents);
        QCOMPARE(documents->manifest, imageWith("1").manifest.dump());
    }
    void anArchiveOfBothFormsIsReadAsOci() {
        // Given what Docker 25 and we save
        const TestImage image = imageWith("1");
        Files files = ociLayout({{image, {"1"}}});
        files.back().second = indexOf({entryOf(
            kManifestType, image.manifest.dump(),
            {{"annotations", Json(Json::Object{{"io.containerd.image.name", Json("docker.io/library/demo:1")},
                                               {"org.opencontainers.image.ref.name", Json("1")}})}})});
        files.emplace_back(
            "manifest.json",
            Json(Json::Array{Json(Json::Object{{"Config", Json(blobName(image.config.dump()))},
                                               {"RepoTags", Json::strings({"demo:1"})},
                                               {"Layers", Json::strings({blobName(image.layers[0].blob)})}})})
                .dump());
        auto archive = opened(tarOf(files));
        VERIFY_RESULT(archive);
        QCOMPARE(archive->names(0), (std::vector<std::string>{"docker.io/library/demo:1"}));
        // Then the manifest keeps its digest
        QCOMPARE(archive->documents(0, kAmd64)->manifest, image.manifest.dump());
    }
    void choosesThePlatformThroughNestedIndexes() {
        // Given an index of an index of two platforms, an attestation, and a platform that was not saved
        const TestImage ours = imageWith("ours");
        const TestImage other = imageWith("other", "s390x");
        const std::string inner =
            indexOf({entryOf(kManifestType, other.manifest.dump(), {{"platform", platformJson("s390x")}}),
                     entryOf(kManifestType, ours.manifest.dump(), {{"platform", platformJson("amd64")}}),
                     entryOf(kManifestType, "attestation", {{"platform", platformJson("unknown")}}),
                     entryOf(kManifestType, "not saved", {{"platform", platformJson("arm64")}})});
        Files files = blobsOf(ours);
        for (auto& file : blobsOf(other)) {
            if (file.first != "oci-layout")
                files.push_back(file);
        }
        files.emplace_back(blobName(inner), inner);
        files.emplace_back("index.json", indexOf({entryOf(kIndexType, inner, {})}));
        const std::string archive = tarOf(files);
        QCOMPARE(documentsOf(archive)->manifest, ours.manifest.dump());
        QCOMPARE(documentsOf(archive, {"linux", "s390x", ""})->manifest, other.manifest.dump());
        const auto missing = documentsOf(archive, {"linux", "arm64", ""});
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, ErrorCode::Unsupported);
        QVERIFY(missing.error().message.find("linux/s390x, linux/amd64") != std::string::npos);
    }
    void platformsThatAnIndexDoesNotTellAreReadFromTheConfigurations() {
        const TestImage ours = imageWith("ours");
        const TestImage other = imageWith("other", "s390x");
        Files files = blobsOf(ours);
        for (auto& file : blobsOf(other)) {
            if (file.first != "oci-layout")
                files.push_back(file);
        }
        const Json name(Json::Object{{"org.opencontainers.image.ref.name", Json("demo:1")}});
        files.emplace_back("index.json",
                           indexOf({entryOf(kManifestType, other.manifest.dump(), {{"annotations", name}}),
                                    entryOf(kManifestType, ours.manifest.dump(), {{"annotations", name}})}));
        const std::string archive = tarOf(files);
        QCOMPARE(opened(archive)->count(), std::size_t{1});
        QCOMPARE(documentsOf(archive)->manifest, ours.manifest.dump());
    }

    void refusesHostileDockerArchives() {
        const TestImage image = imageWith("1");
        const std::string config = image.config.dump();
        const auto with = [&](const std::string& manifest) {
            return TarBuilder()
                .file("c.json", config)
                .file("l/layer.tar", image.layers[0].tar)
                .file("manifest.json", manifest)
                .finish();
        };
        refuses(with("{"), ErrorCode::Untrusted, "manifest.json: ");
        refuses(with("{}"), ErrorCode::Untrusted, "no list of images");
        refuses(with("[]"), ErrorCode::Unsupported, "holds no image");
        refuses(with("[{}]"), ErrorCode::Untrusted, "without \"Config\"");
        refuses(with(R"([{"Config":"c.json","Layers":["../../etc/shadow"]}])"), ErrorCode::Untrusted,
                "\"..\"");
        refuses(with(R"([{"Config":"c.json","Layers":["x"]}])"), ErrorCode::Untrusted,
                "lacks the layer \"x\"");
        refuses(with(R"([{"Config":"x","Layers":["l/layer.tar"]}])"), ErrorCode::Untrusted,
                "lacks the configuration");
        // More layers than the configuration has diffIDs, and fewer
        refuses(with(R"([{"Config":"c.json","Layers":["l/layer.tar","l/layer.tar"]}])"), ErrorCode::Untrusted,
                "layers");
        refuses(with(R"([{"Config":"c.json","Layers":[]}])"), ErrorCode::Untrusted, "layers");
        refuses(with(R"([{"Config":"l/layer.tar","Layers":["l/layer.tar"]}])"), ErrorCode::Untrusted,
                "configuration");
    }
    void refusesHostileLayouts() {
        const TestImage image = imageWith("1");
        Files files = ociLayout({{image, {"demo:1"}}});
        const auto with = [&](const std::string& index) {
            files.back().second = index;
            return tarOf(files);
        };
        refuses(with("[]"), ErrorCode::Untrusted, "lists no manifests");
        refuses(with(indexOf({})), ErrorCode::Unsupported, "holds no image");
        refuses(with(indexOf({entryOf(kManifestType, "x", {})})), ErrorCode::NotFound,
                "the archive lacks blobs/sha256/");
        Json lying = descriptor(kManifestType, image.manifest.dump());
        lying.set("size", Json(7));
        refuses(with(indexOf({lying})), ErrorCode::Untrusted, "not 7 as what names it says");
        // A blob whose content is another's
        files[2].second.back() = '!';
        refuses(with(indexOf({descriptor(kManifestType, image.manifest.dump())})), ErrorCode::Untrusted, "");
    }
    void indexesThatNestWithoutEndAreRefused() {
        Files files;
        std::string inner = indexOf({entryOf(kManifestType, "x", {})});
        for (int i = 0; i < 10; ++i) {
            files.emplace_back(blobName(inner), inner);
            inner = indexOf({entryOf(kIndexType, inner, {})});
        }
        files.emplace_back("index.json", inner);
        refuses(tarOf(files), ErrorCode::Untrusted, "nested too deep");
    }
    void aManifestOfAGigabyteIsNotRead() {
        // Given a header that announces it, and a reader that would notice
        std::string header = TarBuilder().file("manifest.json").bytes();
        header.replace(124, 12, std::string("\x80\0\0\0\0\0\0\0\x40\0\0\0", 12));
        header.replace(148, 8, "        ");
        unsigned sum = 0;
        for (const char c : header)
            sum += static_cast<unsigned char>(c);
        std::array<char, 8> text{};
        std::snprintf(text.data(), text.size(), "%06o", sum);
        header.replace(148, 7, text.data(), 7);
        std::uint64_t most = 0;
        const ReadAt read = [&](std::uint64_t offset, std::span<std::uint8_t> out) {
            most = std::max<std::uint64_t>(most, out.size());
            return inMemory(header)(offset, out);
        };
        auto index = TarIndex::read(read, 512 + (1ULL << 30));
        VERIFY_RESULT(index);
        const auto archive = ImageArchive::open(*std::move(index));
        QVERIFY(!archive);
        QCOMPARE(archive.error().code, ErrorCode::Untrusted);
        QVERIFY2(archive.error().message.find("1073741824 bytes") != std::string::npos,
                 archive.error().message.c_str());
        QCOMPARE(most, std::uint64_t{512});
    }
    void saysWhatAnArchiveOfSomethingElseIsFor() {
        refuses(TarBuilder().folder("bin").file("bin/sh").finish(), ErrorCode::Unsupported,
                "no archive of images");
        refuses(TarBuilder().file("repositories", "{}").finish(), ErrorCode::Unsupported, "older than 1.10");
    }
};
ESCALE_TEST(ImageArchiveTest)

#include "image_archive_test.moc"
