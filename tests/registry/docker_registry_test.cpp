// Against Debian's docker-registry itself.
#include "engine/base/json.h"
#include "engine/image/image_config.h"
#include "engine/image/manifest.h"
#include "tests/registry/registry_fixture.h"
#include "tests/support/docker_registry.h"

#include <algorithm>
#include <atomic>
#include <thread>

using namespace escale;
using namespace escale::test;

static const char* const kManifestType = "application/vnd.oci.image.manifest.v1+json";

static Json descriptor(const std::string& mediaType, const std::string& bytes) {
    Json json;
    json.set("mediaType", mediaType).set("digest", Digest::ofData(bytes).toString());
    json.set("size", static_cast<std::int64_t>(bytes.size()));
    return json;
}

class DockerRegistryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(DockerRegistry::isInstalled(), "docker-registry is not installed");
        m_layer = blobOf(2'500'000);
        Json layers;
        layers.set("type", "layers").set("diff_ids", Json::strings({Digest::ofData("tar").toString()}));
        Json config;
        config.set("os", "linux").set("architecture", "amd64").set("rootfs", layers);
        m_config = config.dump();
        Json manifest;
        manifest.set("schemaVersion", 2).set("mediaType", kManifestType);
        manifest.set("config", descriptor("application/vnd.oci.image.config.v1+json", m_config));
        manifest.set("layers",
                     Json::Array{descriptor("application/vnd.oci.image.layer.v1.tar+gzip", m_layer)});
        m_manifest = manifest.dump();
        m_open = start(false);
        m_guarded = start(true);
    }
    void cleanupTestCase() {
        m_open.reset();
        m_guarded.reset();
    }
    void listsRepositoriesAndTags() {
        VERIFY_RESULT(m_open->pushBlob("other/name", m_config));
        VERIFY_RESULT(m_open->pushBlob("other/name", m_layer));
        VERIFY_RESULT(m_open->pushManifest("other/name", "x", kManifestType, m_manifest));
        const auto client = clientOf(m_open->host());
        const auto first = client->catalog("", 1, {});
        VERIFY_RESULT(first);
        QCOMPARE(first->names, std::vector<std::string>{"demo"});
        QVERIFY(!first->last.empty());
        const auto second = client->catalog(first->last, 1, {});
        VERIFY_RESULT(second);
        QCOMPARE(second->names, std::vector<std::string>{"other/name"});
        auto tags = client->tags("demo", "", 100, {});
        VERIFY_RESULT(tags);
        std::sort(tags->names.begin(), tags->names.end());
        QCOMPARE(tags->names, (std::vector<std::string>{"1.0", "latest"}));
    }
    void fetchesAWholeImage() {
        const auto client = clientOf(m_open->host());
        fetchAll(*client, m_open->host());
    }
    void fetchesAWholeImageWithAPassword() {
        RegistryOptions options = quickOptions();
        options.credentials = Credentials{DockerRegistry::kUser, DockerRegistry::kPassword};
        const auto client = clientOf(m_guarded->host(), options);
        VERIFY_RESULT(client->ping({}));
        fetchAll(*client, m_guarded->host());
    }
    void asksForThePassword() {
        VERIFY_ERROR(clientOf(m_guarded->host())->ping({}), ErrorCode::AuthenticationNeeded);
        RegistryOptions options = quickOptions();
        options.credentials = Credentials{DockerRegistry::kUser, "wrong"};
        VERIFY_ERROR(clientOf(m_guarded->host(), options)->ping({}), ErrorCode::AuthenticationNeeded);
    }
    void saysWhatIsNotThere() {
        const auto client = clientOf(m_open->host());
        VERIFY_ERROR(client->fetchManifest(Reference::parse(m_open->host() + "/demo:none").value(), {}),
                     ErrorCode::NotFound);
        VERIFY_ERROR(client->tags("nothing", "", 10, {}), ErrorCode::NotFound);
        VERIFY_ERROR(client->readBlob("demo", Digest::ofData("never pushed"), 12, 100, {}),
                     ErrorCode::NotFound);
    }
    void servesSeveralClientsAtOnce() {
        std::vector<std::jthread> threads;
        std::atomic<int> good = 0;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                const auto client = clientOf(m_open->host());
                std::string received;
                if (fetch(*client, m_layer, received) && received == m_layer)
                    ++good;
            });
        }
        threads.clear();
        QCOMPARE(good.load(), 4);
    }

private:
    std::unique_ptr<DockerRegistry> start(bool withPassword) {
        auto registry = DockerRegistry::start(withPassword);
        if (!registry)
            qFatal("%s", registry.error().text().c_str());
        for (const std::string& blob : {m_config, m_layer})
            registry.value()->pushBlob("demo", blob).value();
        for (const char* tag : {"latest", "1.0"})
            registry.value()->pushManifest("demo", tag, kManifestType, m_manifest).value();
        return std::move(*registry);
    }
    void fetchAll(RegistryClient& client, const std::string& host) {
        const auto fetched = client.fetchManifest(Reference::parse(host + "/demo").value(), {});
        VERIFY_RESULT(fetched);
        QCOMPARE(fetched->bytes, m_manifest);
        QCOMPARE(fetched->digest, Digest::ofData(m_manifest));
        const auto document = parseManifest(fetched->bytes, fetched->mediaType);
        VERIFY_RESULT(document);
        const auto& manifest = std::get<ImageManifest>(*document);
        const auto config =
            client.readBlob("demo", manifest.config.digest, manifest.config.size, kLongestImageConfig, {});
        VERIFY_RESULT(config);
        VERIFY_RESULT(parseImageConfig(*config, manifest.layers.size()));
        std::string received;
        VERIFY_RESULT(fetch(client, m_layer, received));
        QVERIFY(received == m_layer);
        VERIFY_RESULT(client.fetchManifest("demo", fetched->digest, {}));
    }

    std::string m_layer;
    std::string m_config;
    std::string m_manifest;
    std::unique_ptr<DockerRegistry> m_open;
    std::unique_ptr<DockerRegistry> m_guarded;
};
ESCALE_TEST(DockerRegistryTest)

#include "docker_registry_test.moc"
