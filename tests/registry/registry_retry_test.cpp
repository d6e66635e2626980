// A real docker-registry behind a way that is overloaded, breaks off and asks to wait; and behind a proxy.
#include "tests/registry/registry_fixture.h"
#include "tests/support/docker_registry.h"
#include "tests/support/flaky_proxy.h"

#include <thread>

using namespace escale;
using namespace escale::test;
using namespace std::chrono_literals;

class RegistryRetryTest : public QObject {
    Q_OBJECT
    std::unique_ptr<DockerRegistry> m_registry;
    std::string m_blob = blobOf(300'000);

    std::unique_ptr<FlakyProxy> way(const std::vector<std::string>& faults) {
        return FlakyProxy::start(m_registry->host(), faults).value();
    }
    static std::size_t asked(FlakyProxy& proxy) { return proxy.requests().size(); }
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(DockerRegistry::isInstalled() && FlakyProxy::isInstalled(),
                    "docker-registry or python3 is not installed");
        auto started = DockerRegistry::start();
        VERIFY_RESULT(started);
        m_registry = std::move(*started);
        VERIFY_RESULT(m_registry->pushBlob("demo", m_blob));
    }
    void cleanupTestCase() { m_registry.reset(); }

    void survivesOverloadAndBrokenConnections() {
        // Given a way on which everything goes wrong once,
        const auto proxy = way({"503", "reset", "cut=100000", "429=0", "cut=50000"});
        RegistryOptions options = quickOptions();
        options.attempts = 3; // each new byte counts anew
        std::string received;
        // then the blob comes whole and verified, each byte once.
        VERIFY_RESULT(fetch(*clientOf(proxy->host(), options), m_blob, received));
        QVERIFY(received == m_blob);
        QCOMPARE(asked(*proxy), 6u);
    }
    void waitsAsLongAsTheRegistryAsks_data() {
        QTest::addColumn<QByteArray>("fault");
        QTest::newRow("seconds") << QByteArray("429=1");
        QTest::newRow("a date") << QByteArray("429@2"); // has whole seconds: between one and two from now
    }
    void waitsAsLongAsTheRegistryAsks() {
        QFETCH(QByteArray, fault);
        const auto proxy = way({fault.toStdString()});
        RegistryOptions options = quickOptions();
        options.longestWait = 20s;
        std::string received;
        const auto before = std::chrono::steady_clock::now();
        VERIFY_RESULT(fetch(*clientOf(proxy->host(), options), m_blob, received));
        // Sooner would be against its word; how much later is the machine's affair.
        QVERIFY(std::chrono::steady_clock::now() - before >= 900ms);
        QVERIFY(received == m_blob);
    }
    void doesNotWaitAnHour() {
        const auto proxy = way({"429=3600"});
        std::string received;
        const auto fetched = fetch(*clientOf(proxy->host()), m_blob, received);
        VERIFY_ERROR(fetched, ErrorCode::RateLimited);
        QVERIFY2(fetched.error().hint.find("60 minutes") != std::string::npos, fetched.error().hint.c_str());
        QCOMPARE(asked(*proxy), 1u);
    }
    void givesUpWhenItDoesNotGetBetter() {
        const auto proxy = way(std::vector<std::string>(20, "503"));
        std::string received;
        const auto fetched = fetch(*clientOf(proxy->host()), m_blob, received);
        VERIFY_ERROR(fetched, ErrorCode::RemoteFailure);
        QCOMPARE(asked(*proxy), 4u); // quickOptions().attempts
        QVERIFY(fetched.error().message.find("tried 4 times") != std::string::npos);
    }
    void aWaitIsCancelledAtOnce() {
        const auto proxy = way({"429=600"});
        RegistryOptions options = quickOptions();
        options.longestWait = 3600s;
        Cancellation cancellation;
        std::jthread canceller([&] {
            while (proxy->requests().empty())
                std::this_thread::yield();
            cancellation.cancel();
        });
        std::string received;
        VERIFY_ERROR(fetch(*clientOf(proxy->host(), options), m_blob, received, cancellation),
                     ErrorCode::Cancelled);
    }

    void isReachedThroughAProxy() {
        // Given a proxy, and a registry that is no loopback host by its name,
        const auto proxy = FlakyProxy::start("-");
        VERIFY_RESULT(proxy);
        const std::string host = "0.0.0.0" + m_registry->host().substr(m_registry->host().find(':'));
        RegistryOptions options = quickOptions();
        options.access.insecure = true;
        options.access.proxy = {"http://" + (*proxy)->host(), "http://" + (*proxy)->host(), {}};
        // when it is asked, the proxy sees both the try by HTTPS and the one without,
        VERIFY_RESULT(clientOf(host, options)->ping({}));
        const auto seen = (*proxy)->requests();
        QCOMPARE(seen.size(), 2u);
        QCOMPARE(seen[0], "CONNECT " + host);
        QCOMPARE(seen[1], "GET http://" + host + "/v2/ ok");
        // and nothing of what no-proxy names,
        options.access.proxy.noProxy = "example.org,0.0.0.0";
        VERIFY_RESULT(clientOf(host, options)->ping({}));
        // nor of this machine.
        options.access.proxy.noProxy.clear();
        VERIFY_RESULT(clientOf(m_registry->host(), options)->ping({}));
        QCOMPARE((*proxy)->requests().size(), 2u);
    }
    void aProxyThatIsGoneIsNamed() {
        RegistryOptions options = quickOptions();
        options.attempts = 1;
        options.access.proxy = {"http://ada:letmein@127.0.0.1:1", "http://ada:letmein@127.0.0.1:1", {}};
        const auto pinged = clientOf("registry.invalid", options)->ping({});
        VERIFY_ERROR(pinged, ErrorCode::Unreachable);
        QVERIFY(pinged.error().text().find("letmein") == std::string::npos);
    }
};
ESCALE_TEST(RegistryRetryTest)

#include "registry_retry_test.moc"
