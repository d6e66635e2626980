// Into Debian's docker-registry itself, and through a proxy that breaks things on the way.
#include "engine/base/json.h"
#include "tests/registry/registry_fixture.h"
#include "tests/support/docker_registry.h"
#include "tests/support/flaky_proxy.h"

#include <cstdlib>

using namespace escale;
using namespace escale::test;

static const char* const kManifestType = "application/vnd.oci.image.manifest.v1+json";
static constexpr std::size_t kPiece = 1'000'000;

static Json descriptor(const std::string& mediaType, const std::string& bytes) {
    Json json;
    json.set("mediaType", mediaType).set("digest", Digest::ofData(bytes).toString());
    json.set("size", static_cast<std::int64_t>(bytes.size()));
    return json;
}

static std::string manifestOf(const std::string& config, const std::string& layer) {
    Json manifest;
    manifest.set("schemaVersion", 2).set("mediaType", kManifestType);
    manifest.set("config", descriptor("application/vnd.oci.image.config.v1+json", config));
    manifest.set("layers", Json::Array{descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer)});
    return manifest.dump();
}

static BlobSource sourceOf(const std::string& blob) {
    return [&blob](std::uint64_t offset, char* buffer, std::size_t room) -> Result<std::size_t> {
        return blob.copy(buffer, room, static_cast<std::size_t>(offset));
    };
}

static Result<void> upload(RegistryClient& client, const std::string& repository, const std::string& blob) {
    return client.uploadBlob(repository, Digest::ofData(blob), blob.size(), sourceOf(blob), {}, {});
}

class DockerRegistryPushTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(DockerRegistry::isInstalled(), "docker-registry is not installed");
        SKIP_UNLESS(FlakyProxy::isInstalled(), "python3 is not installed");
        m_open = start(false, true);
        m_guarded = start(true, true);
        m_keeping = start(false, false);
    }
    void cleanupTestCase() {
        m_open.reset();
        m_guarded.reset();
        m_keeping.reset();
    }
    void whatIsSentCanBeFetched_data() {
        QTest::addColumn<bool>("withPassword");
        QTest::newRow("open") << false;
        QTest::newRow("with a password") << true;
    }
    void whatIsSentCanBeFetched() {
        QFETCH(bool, withPassword);
        const auto client = clientOf(withPassword ? m_guarded->host() : m_open->host(), inPieces());
        // Given an image's parts, when they are sent,
        const std::string layer = blobOf(2'500'000);
        const std::string config = "{}";
        for (const std::string& blob : {layer, config}) {
            const auto before = client->hasBlob("demo", Digest::ofData(blob), {});
            VERIFY_RESULT(before);
            QVERIFY(!*before);
            VERIFY_RESULT(upload(*client, "demo", blob));
            const auto after = client->hasBlob("demo", Digest::ofData(blob), {});
            VERIFY_RESULT(after);
            QVERIFY(*after);
        }
        const std::string manifest = manifestOf(config, layer);
        const auto digest = client->putManifest("demo", "1.0", manifest, kManifestType, {});
        VERIFY_RESULT(digest);
        // then they are there.
        const auto fetched = client->fetchManifest("demo", *digest, {});
        VERIFY_RESULT(fetched);
        QCOMPARE(fetched->bytes, manifest);
        std::string received;
        VERIFY_RESULT(fetch(*client, layer, received));
        QVERIFY(received == layer);
    }
    void aManifestWithoutItsBlobsIsRefused() {
        const auto put =
            clientOf(m_open->host())
                ->putManifest("half", "1", manifestOf("{\"a\":1}", "no layer"), kManifestType, {});
        QVERIFY(!put);
        QVERIFY2(put.error().message.find("half:1") != std::string::npos, put.error().text().c_str());
    }
    void asksForAnAccount() {
        VERIFY_ERROR(upload(*clientOf(m_guarded->host()), "demo", "x"), ErrorCode::AuthenticationNeeded);
    }
    void mountsFromAnotherRepository() {
        const auto client = clientOf(m_open->host(), inPieces());
        const std::string blob = blobOf(70'001);
        VERIFY_RESULT(upload(*client, "from/here", blob));
        const auto mounted = client->mountBlob("to/there", Digest::ofData(blob), "from/here", {});
        VERIFY_RESULT(mounted);
        QVERIFY(*mounted);
        QVERIFY(client->hasBlob("to/there", Digest::ofData(blob), {}).value());
        const auto missing = client->mountBlob("to/there", Digest::ofData("nothing"), "from/here", {});
        VERIFY_RESULT(missing);
        QVERIFY(!*missing);
    }
    void refusesWhatIsNotWhatItShouldBe() {
        const std::string blob = blobOf(5000);
        const auto sent =
            clientOf(m_open->host())
                ->uploadBlob("demo", Digest::ofData("other"), blob.size(), sourceOf(blob), {}, {});
        VERIFY_ERROR(sent, ErrorCode::Untrusted);
        QVERIFY(sent.error().message.find("what arrived is not what was to be sent") != std::string::npos);
    }
    void aBadWayCostsNoMoreThanThePiece_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("again"); // bytes sent a second time, at most
        QTest::newRow("breaks in a piece") << "cut=600000" << 600'000;
        QTest::newRow("breaks at once") << "reset" << 1'000'000;
        QTest::newRow("overloaded") << "503=1" << 1'000'000;
        QTest::newRow("too many requests") << "429=1" << 1'000'000;
        // docker-registry forgets an upload that broke within a piece, and may notice a moment later
        QTest::newRow("breaks behind the proxy") << "pass=600000" << 2'600'000;
        QTest::newRow("the answer is lost") << "lost" << 3'000'000;
    }
    void aBadWayCostsNoMoreThanThePiece() {
        // Given a way that spoils the second of four pieces,
        QFETCH(QString, fault);
        QFETCH(int, again);
        auto proxy = FlakyProxy::start(m_open->host(), {"PATCH:ok", "PATCH:" + fault.toStdString()});
        VERIFY_RESULT(proxy);
        const std::string blob = fault.toStdString() + blobOf(3'500'000);
        // when a blob is sent,
        VERIFY_RESULT(upload(*clientOf((*proxy)->host(), inPieces()), "flaky", blob));
        // then it is there, and little of it went twice.
        QVERIFY(clientOf(m_open->host())->hasBlob("flaky", Digest::ofData(blob), {}).value());
        std::size_t sent = 0;
        for (const std::string& line : (*proxy)->requests()) {
            if (line.starts_with("PATCH") || line.starts_with("PUT"))
                sent += std::strtoull(line.c_str() + line.rfind(' ') + 1, nullptr, 10);
        }
        QVERIFY2(sent <= blob.size() + static_cast<std::size_t>(again), std::to_string(sent).c_str());
    }
    void aLostAnswerToTheEndIsAskedAfter() {
        auto proxy = FlakyProxy::start(m_open->host(), {"PUT:lost"});
        VERIFY_RESULT(proxy);
        const std::string blob = "lost" + blobOf(5000);
        VERIFY_RESULT(upload(*clientOf((*proxy)->host()), "flaky", blob));
        std::size_t uploads = 0;
        for (const std::string& line : (*proxy)->requests())
            uploads += line.starts_with("POST") ? 1 : 0;
        QCOMPARE(uploads, 1u);
    }
    void takesATagAway() {
        const auto client = clientOf(m_open->host());
        pushImage(*client, "tags", {"old", "older"}, "one");
        pushImage(*client, "tags", {"new"}, "two");
        // This registry removes manifests with all their tags: those that share one are named.
        const auto shared = client->deleteTag("tags", "old", {});
        VERIFY_ERROR(shared, ErrorCode::InUse);
        QVERIFY2(shared.error().message.find("older") != std::string::npos, shared.error().text().c_str());
        VERIFY_RESULT(client->deleteTag("tags", "new", {}));
        VERIFY_ERROR(client->fetchManifest(Reference::parse(m_open->host() + "/tags:new").value(), {}),
                     ErrorCode::NotFound);
        VERIFY_RESULT(client->fetchManifest(Reference::parse(m_open->host() + "/tags:old").value(), {}));
        VERIFY_ERROR(client->deleteTag("tags", "never", {}), ErrorCode::NotFound);
        VERIFY_ERROR(client->deleteTag("tags", "no tag", {}), ErrorCode::InvalidArgument);
    }
    void saysThatTagsStay() {
        const auto client = clientOf(m_keeping->host());
        pushImage(*client, "tags", {"x"}, "one");
        const auto removed = client->deleteTag("tags", "x", {});
        VERIFY_ERROR(removed, ErrorCode::Unsupported);
        QVERIFY(removed.error().hint.find("storage.delete.enabled") != std::string::npos);
    }

private:
    static RegistryOptions inPieces() {
        RegistryOptions options = quickOptions();
        options.uploadPiece = kPiece;
        options.credentials = Credentials{DockerRegistry::kUser, DockerRegistry::kPassword, {}};
        return options;
    }
    static std::unique_ptr<DockerRegistry> start(bool withPassword, bool mayDelete) {
        auto registry = DockerRegistry::start(withPassword, mayDelete);
        if (!registry)
            qFatal("%s", registry.error().text().c_str());
        return std::move(*registry);
    }
    static void pushImage(RegistryClient& client, const std::string& repository,
                          const std::vector<std::string>& tags, const std::string& layer) {
        for (const std::string& blob : {layer, std::string("{}")})
            VERIFY_RESULT(upload(client, repository, blob));
        for (const std::string& tag : tags)
            VERIFY_RESULT(client.putManifest(repository, tag, manifestOf("{}", layer), kManifestType, {}));
    }

    std::unique_ptr<DockerRegistry> m_open;
    std::unique_ptr<DockerRegistry> m_guarded;
    std::unique_ptr<DockerRegistry> m_keeping;
};
ESCALE_TEST(DockerRegistryPushTest)

#include "docker_registry_push_test.moc"
