// Mirrors: real docker-registries, one of them behind a bad way.
#include "tests/registry/registry_fixture.h"
#include "tests/support/docker_registry.h"
#include "tests/support/flaky_proxy.h"

using namespace escale;
using namespace escale::test;

static const char* const kManifestType = "application/vnd.oci.image.manifest.v1+json";

class RegistryMirrorTest : public QObject {
    Q_OBJECT
    std::unique_ptr<DockerRegistry> m_origin, m_mirror;
    std::string m_blob = blobOf(200'000);
    std::string m_onlyAtOrigin = blobOf(5000);

    static RegistryOptions through(const std::string& mirror, const std::string& prefix = {}) {
        RegistryOptions options = quickOptions();
        options.access.mirrors.push_back({mirror, prefix, false, {}});
        return options;
    }
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(DockerRegistry::isInstalled() && FlakyProxy::isInstalled(),
                    "docker-registry or python3 is not installed");
        m_origin = DockerRegistry::start().value();
        m_mirror = DockerRegistry::start().value();
        VERIFY_RESULT(m_origin->pushBlob("demo", m_onlyAtOrigin));
        for (DockerRegistry* registry : {m_origin.get(), m_mirror.get()})
            VERIFY_RESULT(registry->pushBlob("demo", m_blob));
        VERIFY_RESULT(m_mirror->pushBlob("hub/demo", m_blob));
    }
    void cleanupTestCase() {
        m_origin.reset();
        m_mirror.reset();
    }

    void theMirrorIsAskedFirst() {
        const auto origin = FlakyProxy::start(m_origin->host()).value();
        const auto client = clientOf(origin->host(), through(m_mirror->host()));
        std::string received;
        VERIFY_RESULT(fetch(*client, m_blob, received));
        QVERIFY(received == m_blob);
        QCOMPARE(origin->requests().size(), 0u);
    }
    void aMirrorMayKeepThemInAFolder() {
        const auto origin = FlakyProxy::start(m_origin->host()).value();
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(origin->host(), through(m_mirror->host(), "hub")), m_blob, received));
        QCOMPARE(origin->requests().size(), 0u);
    }
    void whatTheMirrorDoesNotHaveComesFromTheRegistry() {
        std::string received;
        VERIFY_RESULT(
            fetch(*clientOf(m_origin->host(), through(m_mirror->host())), m_onlyAtOrigin, received));
        QVERIFY(received == m_onlyAtOrigin);
    }
    void aMirrorThatIsGoneIsAskedOnce() {
        // Given a mirror that refuses connections,
        std::string gone;
        {
            const ScriptedHttpServer server;
            gone = server.host();
        }
        const auto client = clientOf(m_origin->host(), through(gone));
        std::string received;
        VERIFY_RESULT(fetch(*client, m_blob, received));
        VERIFY_RESULT(fetch(*client, m_onlyAtOrigin, received));
        QVERIFY(received == m_blob + m_onlyAtOrigin);
    }
    void whatAMirrorHasBegunTheRegistryEnds() {
        // Given a mirror whose connection breaks in the middle of a blob, then for good,
        const auto mirror =
            FlakyProxy::start(m_mirror->host(), {"cut=70000", "reset", "reset", "reset", "reset"}).value();
        const auto origin = FlakyProxy::start(m_origin->host()).value();
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(origin->host(), through(mirror->host())), m_blob, received));
        // then the rest comes from the registry, each byte once.
        QVERIFY(received == m_blob);
        QCOMPARE(origin->requests().size(), 1u);
    }
    void aMirrorSeesNoAccount() {
        // Given a mirror that asks who is there,
        ScriptedHttpServer mirror;
        mirror.before([](const HttpRequest&) {
            return answer(401, "{}").header("WWW-Authenticate", "Basic realm=\"x\"");
        });
        RegistryOptions options = through(mirror.host());
        options.credentials = Credentials{"ada", "letmein", {}};
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(m_origin->host(), options), m_blob, received));
        for (const HttpRequest& request : mirror.requests())
            QCOMPARE(request.header("authorization"), std::string());
    }
    void aWrongManifestIsNotTakenFromAMirror() {
        // Given a mirror that answers anything by digest, and the true one at the registry,
        const std::string document = "{\"schemaVersion\":2}";
        const Digest digest = Digest::ofData(document);
        ScriptedHttpServer mirror;
        ScriptedHttpServer origin;
        mirror.on("/v2/demo/manifests/" + digest.toString(), answer(200, "{}", kManifestType));
        origin.addManifest("demo", digest.toString(), kManifestType, document);
        const auto fetched =
            clientOf(origin.host(), through(mirror.host()))->fetchManifest("demo", digest, {});
        VERIFY_RESULT(fetched);
        QCOMPARE(fetched->bytes, document);
    }
    void theErrorTellsWhatEachSaid() {
        const auto client = clientOf(m_origin->host(), through(m_mirror->host()));
        std::string received;
        const auto fetched = fetch(*client, "nobody has this", received);
        VERIFY_ERROR(fetched, ErrorCode::NotFound);
        QVERIFY(fetched.error().message.starts_with(m_origin->host()));
        QCOMPARE(fetched.error().causes.size(), 1u);
        QVERIFY(fetched.error().causes.front().find("the mirror " + m_mirror->host()) != std::string::npos);
    }
};
ESCALE_TEST(RegistryMirrorTest)

#include "registry_mirror_test.moc"
