#include "tests/registry/registry_fixture.h"

#include "engine/image/manifest.h"

#include <QElapsedTimer>
#include <thread>

using namespace escale;
using namespace escale::test;
using namespace std::chrono_literals;

static const char* const kManifestPath = "/v2/demo/manifests/latest";
static const char* const kType = "application/vnd.oci.image.manifest.v1+json";

static Reference demo(const std::string& host) {
    return Reference::parse(host + "/demo").value();
}

class RegistryErrorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesWhatARegistryRefuses_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<int>("requests");
        QTest::newRow("400") << 400 << ErrorCode::RemoteFailure << 1;
        QTest::newRow("401 without a challenge") << 401 << ErrorCode::AuthenticationNeeded << 1;
        QTest::newRow("403") << 403 << ErrorCode::PermissionDenied << 1;
        QTest::newRow("404") << 404 << ErrorCode::NotFound << 1;
        QTest::newRow("418") << 418 << ErrorCode::RemoteFailure << 1;
        QTest::newRow("429") << 429 << ErrorCode::RateLimited << 4;
        QTest::newRow("500") << 500 << ErrorCode::RemoteFailure << 4;
        QTest::newRow("503") << 503 << ErrorCode::RemoteFailure << 4;
        QTest::newRow("204") << 204 << ErrorCode::RemoteFailure << 1;
        QTest::newRow("304") << 304 << ErrorCode::RemoteFailure << 1;
    }
    void namesWhatARegistryRefuses() {
        QFETCH(int, status);
        QFETCH(ErrorCode, code);
        QFETCH(int, requests);
        ScriptedHttpServer server;
        server.on(kManifestPath, answer(status));
        const auto fetched = clientOf(server.host())->fetchManifest(demo(server.host()), {});
        VERIFY_ERROR(fetched, code);
        QVERIFY2(fetched.error().message.find(server.host()) != std::string::npos,
                 fetched.error().message.c_str());
        QCOMPARE(server.requests().size(), static_cast<std::size_t>(requests));
    }
    void saysWhatTheRegistrySays() {
        ScriptedHttpServer server;
        server.on(
            kManifestPath,
            answer(404, R"({"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest\u0007 unknown"}]})"));
        const auto fetched = clientOf(server.host())->fetchManifest(demo(server.host()), {});
        VERIFY_ERROR(fetched, ErrorCode::NotFound);
        QCOMPARE(fetched.error().message,
                 server.host() + " does not have the manifest of demo:latest: manifest  unknown");
    }
    void triesAgainAfterTemporaryErrors() {
        ScriptedHttpServer server;
        server.on(kManifestPath, {answer(500), answer(502), rawAnswer("HTTP/1.1 200 OK\r\nContent-Len"),
                                  answer(200, "{}", kType)});
        const auto fetched = clientOf(server.host())->fetchManifest(demo(server.host()), {});
        VERIFY_RESULT(fetched);
        QCOMPARE(fetched->mediaType, std::string(kType));
    }
    void waitsAsLongAsItIsAsked() {
        ScriptedHttpServer server;
        server.on(kManifestPath, {answer(429).header("Retry-After", "1"), answer(200, "{}", kType)});
        QElapsedTimer timer;
        timer.start();
        VERIFY_RESULT(clientOf(server.host())->fetchManifest(demo(server.host()), {}));
        QVERIFY(timer.elapsed() >= 950);
    }
    void doesNotWaitForHours() {
        ScriptedHttpServer server;
        server.on(kManifestPath, answer(429).header("Retry-After", "7200"));
        const auto fetched = clientOf(server.host())->fetchManifest(demo(server.host()), {});
        VERIFY_ERROR(fetched, ErrorCode::RateLimited);
        QVERIFY2(fetched.error().hint.find("120 minutes") != std::string::npos, fetched.error().hint.c_str());
        QCOMPARE(server.requests().size(), 1u);
    }
    void refusesNonsense_data() {
        QTest::addColumn<QByteArray>("raw");
        QTest::newRow("HTML") << QByteArray(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
        QTest::newRow("no JSON") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
        QTest::newRow("binary") << QByteArray("\x15\x03\x01\x00\x02\x02\x46\x00\x00\x00", 10);
        QTest::newRow("too long") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{");
    }
    void refusesNonsense() {
        QFETCH(QByteArray, raw);
        ScriptedHttpServer server;
        server.on(kManifestPath, rawAnswer(raw.toStdString()));
        VERIFY_ERROR(clientOf(server.host())->fetchManifest(demo(server.host()), {}),
                     ErrorCode::RemoteFailure);
    }
    void boundsWhatItReads() {
        ScriptedHttpServer server;
        server.on(kManifestPath,
                  rawAnswer("HTTP/1.1 200 OK\r\n\r\n" + std::string(kLongestManifest + 1, ' ')));
        VERIFY_ERROR(clientOf(server.host())->fetchManifest(demo(server.host()), {}),
                     ErrorCode::RemoteFailure);
        server.on(kManifestPath,
                  rawAnswer("HTTP/1.1 404 X\r\n\r\n" + std::string(5'000'000, 'x'))); // an endless error
        VERIFY_ERROR(clientOf(server.host())->fetchManifest(demo(server.host()), {}), ErrorCode::NotFound);
    }
    void refusesAManifestOfAnotherDigest() {
        ScriptedHttpServer server;
        const std::string other = Digest::ofData("x").toString();
        server.on(kManifestPath, answer(200, "{}", kType).header("Docker-Content-Digest", other));
        VERIFY_ERROR(clientOf(server.host())->fetchManifest(demo(server.host()), {}), ErrorCode::Untrusted);
        server.on("/v2/demo/manifests/" + other, answer(200, "{}", kType));
        VERIFY_ERROR(clientOf(server.host())->fetchManifest("demo", Digest::ofData("x"), {}),
                     ErrorCode::Untrusted);
    }
    void saysThatASignedSchema1ManifestIsTooOld() {
        ScriptedHttpServer server;
        server.on(kManifestPath, answer(200, R"({"schemaVersion":1})",
                                        "application/vnd.docker.distribution.manifest.v1+prettyjws")
                                     .header("Docker-Content-Digest", Digest::ofData("payload").toString()));
        const auto fetched = clientOf(server.host())->fetchManifest(demo(server.host()), {});
        VERIFY_RESULT(fetched);
        VERIFY_ERROR(parseManifest(fetched->bytes, fetched->mediaType), ErrorCode::Unsupported);
    }
    void endsEndlessRedirections() {
        ScriptedHttpServer server;
        server.on(kManifestPath, answer(307).header("Location", kManifestPath));
        VERIFY_ERROR(clientOf(server.host())->fetchManifest(demo(server.host()), {}),
                     ErrorCode::RemoteFailure);
    }
    void followsNoRedirectionToAFile() {
        ScriptedHttpServer server;
        server.on(kManifestPath, answer(307).header("Location", "file:///etc/passwd"));
        VERIFY_ERROR(clientOf(server.host())->fetchManifest(demo(server.host()), {}),
                     ErrorCode::RemoteFailure);
    }
    void saysWhenNothingListens() {
        std::string host;
        {
            const ScriptedHttpServer server; // its port is free afterwards
            host = server.host();
        }
        QElapsedTimer timer;
        timer.start();
        const auto pinged = clientOf(host, RegistryOptions())->ping({});
        VERIFY_ERROR(pinged, ErrorCode::Unreachable);
        QVERIFY2(pinged.error().message.find(host) != std::string::npos, pinged.error().message.c_str());
        QVERIFY(timer.elapsed() < 5000); // with the default waits: no second try of what never answered
    }
    void saysWhenThereIsNoSuchHost() {
        const auto pinged = clientOf("registry.invalid")->ping({}); // RFC 6761: never resolves
        VERIFY_ERROR(pinged, ErrorCode::Unreachable);
        QVERIFY(pinged.error().message.find("registry.invalid") != std::string::npos);
    }
    void endsASilence() {
        ScriptedHttpServer server;
        server.on(kManifestPath, neverAnswers());
        RegistryOptions options = quickOptions();
        options.stallTimeout = 100ms;
        VERIFY_ERROR(clientOf(server.host(), options)->fetchManifest(demo(server.host()), {}),
                     ErrorCode::Unreachable);
    }
    void endsASilenceWhenCancelled() {
        ScriptedHttpServer server;
        server.on(kManifestPath, neverAnswers());
        Cancellation cancellation;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(100ms);
            cancellation.cancel();
        });
        VERIFY_ERROR(clientOf(server.host())->fetchManifest(demo(server.host()), cancellation),
                     ErrorCode::Cancelled);
    }
    void speaksNoPlainHttpToOtherHostsUnlessInsecure() {
        ScriptedHttpServer server;
        server.on("/v2/", answer(200, "{}"));
        // The same machine under an address that is not loopback to the client: only HTTPS is tried.
        const std::string host = "0.0.0.0:" + std::to_string(server.port());
        VERIFY_ERROR(clientOf(host)->ping({}), ErrorCode::Unreachable);
        for (const HttpRequest& request : server.requests())
            QVERIFY(request.path != "/v2/");
        RegistryOptions options = quickOptions();
        options.access.insecure = true;
        VERIFY_RESULT(clientOf(host, options)->ping({}));
    }
    void refusesMalformedArguments() {
        for (const char* host : {"", "https://x", "a b", "x/y", "x:99999", "user@x", "x\r\ny"})
            VERIFY_ERROR(RegistryClient::create(host, {}), ErrorCode::InvalidArgument);
        const auto client = clientOf("127.0.0.1:1");
        VERIFY_ERROR(client->tags("../x", "", 10, {}), ErrorCode::InvalidArgument);
        VERIFY_ERROR(client->fetchManifest("a?b", Digest::ofData(""), {}), ErrorCode::InvalidArgument);
        Reference odd = demo("127.0.0.1:1");
        odd.tag = "../x";
        VERIFY_ERROR(client->fetchManifest(odd, {}), ErrorCode::InvalidArgument);
    }
};
ESCALE_TEST(RegistryErrorTest)

#include "registry_error_test.moc"
