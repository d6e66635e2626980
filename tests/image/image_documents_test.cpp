// What we write about an image is read as any other's.
#include "engine/image/image_documents.h"

#include "engine/base/json.h"
#include "engine/image/image_config.h"
#include "engine/image/media_types.h"
#include "tests/support/test_registry.h"

using namespace escale;

class ImageDocumentsTest : public QObject {
    Q_OBJECT
    std::vector<ImageLayer> layers() {
        std::vector<ImageLayer> made;
        for (const char* content : {"base", "top"})
            made.push_back({Digest::ofData(std::string("diff ") + content), Digest::ofData(content), 4,
                            kOciLayer, 4, std::nullopt});
        return made;
    }

private Q_SLOTS:
    void aConfigurationIsReadAsItWasMeant() {
        ImageConfig settings;
        settings.os = "linux";
        settings.architecture = "arm64";
        settings.variant = "v8";
        settings.user = "app:5";
        settings.workingDir = "/srv";
        settings.stopSignal = "SIGINT";
        settings.created = 1'600'000'000'123;
        settings.entrypoint = {"/bin/a", "b c"};
        settings.command = {"d"};
        settings.environment = {"A=b=c", "E="};
        settings.exposedPorts = {"80/tcp", "53/udp"};
        settings.labels = {{"k", "v"}, {"\"", "\xc3\xa4"}};
        settings.health = {{"CMD-SHELL", "true"}, 1000, 2000, 3000, 4000, 5};
        const auto made = layers();
        const auto read = parseImageConfig(writeImageConfig(settings, made, {"sh", "me", "why"}), 2);
        VERIFY_RESULT(read);
        const ImageConfig& got = read->settings;
        QCOMPARE(got.architecture + got.variant + got.user + got.workingDir + got.stopSignal,
                 std::string("arm64v8app:5/srvSIGINT"));
        QCOMPARE(got.created, settings.created);
        QVERIFY(got.entrypoint == settings.entrypoint && got.command == settings.command);
        QVERIFY(got.environment == settings.environment && got.exposedPorts == settings.exposedPorts);
        QVERIFY(got.labels == settings.labels && got.health.command == settings.health.command);
        QCOMPARE(got.health.startInterval, 4000U);
        QCOMPARE(got.health.retries, 5U);
        QCOMPARE(read->diffIds.at(1), made.at(1).diffId);
    }

    void aBuiltImageTellsItsWholeHistory() {
        ImageConfig settings;
        settings.os = "linux";
        settings.architecture = "amd64";
        settings.created = 1'600'000'000'000;
        BuiltDocument built;
        built.author = "me";
        built.onBuild = {"RUN make"};
        built.shell = {"/bin/bash", "-c"};
        built.history = {{1'500'000'000'000, "ADD rootfs.tar /", {}, {}, false},
                         {0, "CMD [\"sh\"]", "me", {}, true},
                         {1'600'000'000'000, "RUN /bin/sh -c make # buildkit", {}, {}, false}};
        const auto written = writeBuiltConfig(settings, layers(), built);
        VERIFY_RESULT(written);
        const auto document = Json::parse(*written);
        VERIFY_RESULT(document);
        QCOMPARE(document->at("author").toString(), std::string("me"));
        QCOMPARE(document->at("config").at("OnBuild").items().front().toString(), std::string("RUN make"));
        QCOMPARE(document->at("config").at("Shell").items().size(), std::size_t{2});
        const auto& history = document->at("history").items();
        QCOMPARE(history.size(), std::size_t{3});
        QVERIFY(history[1].at("empty_layer").toBool() && !history[1].contains("created"));
        QCOMPARE(history[2].at("created").toString(), std::string("2020-09-13T12:26:40.000Z"));
        // And one that tells of another number of layers is none
        built.history.pop_back();
        QCOMPARE(writeBuiltConfig(settings, layers(), built).error().code, ErrorCode::InvalidArgument);
    }

    void aManifestNamesItsConfigurationAndLayers() {
        const auto made = layers();
        const auto read = parseManifest(writeManifest("{}", made));
        VERIFY_RESULT(read);
        const auto* manifest = std::get_if<ImageManifest>(&*read);
        QVERIFY(manifest != nullptr);
        QCOMPARE(manifest->mediaType, std::string(kOciManifest));
        QCOMPARE(manifest->config.digest, Digest::ofData("{}"));
        QCOMPARE(manifest->layers.size(), 2U);
        QVERIFY(layerCompression(kOciLayer).value() == LayerCompression::None);
    }

    void aLayerIsReplacedInAManifestThatStaysOtherwise() {
        // Given a manifest that says more than is read here,
        auto json = Json::parse(writeManifest("{}", layers()));
        json->set("annotations", Json(Json::Object{{"a", "b"}}));
        // when its last layer becomes another blob,
        const Descriptor other{"application/vnd.oci.image.layer.v1.tar+gzip", Digest::ofData("packed"), 6};
        const auto made = withNewLayers(json->dump(), {{1, other}});
        // then nothing else has changed.
        VERIFY_RESULT(made);
        const auto changed = Json::parse(*made);
        QCOMPARE(changed->at("layers").items().at(0).dump(), json->at("layers").items().at(0).dump());
        QCOMPARE(changed->at("layers").items().at(1).at("digest").toString(), other.digest.toString());
        QCOMPARE(changed->at("layers").items().at(1).at("size").toInteger(), std::int64_t{6});
        QCOMPARE(changed->at("annotations").dump(), std::string(R"({"a":"b"})"));
        QCOMPARE(changed->at("config").dump(), json->at("config").dump());
        QVERIFY(!withNewLayers(json->dump(), {{2, other}}));
        QVERIFY(!withNewLayers("{", {{0, other}}));
    }
};
ESCALE_TEST(ImageDocumentsTest)

#include "image_documents_test.moc"
