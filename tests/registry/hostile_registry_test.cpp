// A registry that means harm, against the client: every answer ends in a sentence, soon, and without much
// memory.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/image/manifest.h"
#include "tests/registry/hostile_answers.h"
#include "tests/registry/registry_fixture.h"

#include <QElapsedTimer>

#include <fcntl.h>
#include <sched.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;
using namespace std::chrono_literals;
using Connection = HostileRegistry::Connection;

namespace {

const std::string kManifest = "/v2/demo/manifests/latest";
// A manifest of 4 MiB as text, its values, and what the allocator keeps beside.
constexpr std::size_t kMostMemory = 160U << 20;

RegistryOptions hostileOptions() {
    RegistryOptions options = quickOptions();
    options.attempts = 2;
    options.longestDocument = 3s;
    return options;
}

Reference demo(const std::string& host) {
    return Reference::parse(host + "/demo").value();
}

std::size_t kibibytes(const std::string& name) {
    const std::string status = readFile("/proc/self/status").value_or("");
    const std::size_t at = status.find(name + ":");
    return at == std::string::npos ? 0 : std::strtoull(status.c_str() + at + name.size() + 1, nullptr, 10);
}

/// The most memory this process has had since the object was made, above what it had then.
class PeakMemory {
public:
    PeakMemory()
        : m_isKnown(writeFile("/proc/self/clear_refs", "5").has_value())
        , m_before(kibibytes("VmRSS")) {}
    [[nodiscard]] std::size_t bytes() const {
        const std::size_t peak = kibibytes("VmHWM");
        return m_isKnown && peak > m_before ? (peak - m_before) << 10 : 0;
    }

private:
    static Result<void> writeFile(const char* path, std::string_view text) {
        const UniqueFd file(::open(path, O_WRONLY | O_CLOEXEC));
        return file ? writeAll(file.get(), text, path) : failErrno("cannot open");
    }
    bool m_isKnown;
    std::size_t m_before;
};

/// Runs `test` as root of a network of its own that has these addresses; false when this process may not.
bool withAddresses(const std::vector<std::string>& addresses, const std::function<void()>& test) {
    bool hasRun = false;
    std::thread([&] {
        if (::geteuid() != 0 || ::unshare(CLONE_NEWNET) != 0)
            return;
        for (const std::string& address : addresses) {
            if (!runProgram({"/usr/sbin/ip", "addr", "add", address + "/32", "dev", "lo"}))
                return;
        }
        if (!runProgram({"/usr/sbin/ip", "link", "set", "lo", "up"}))
            return;
        hasRun = true;
        test();
    }).join();
    return hasRun;
}

} // namespace

class HostileRegistryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void survivesEveryAnswer_data() {
        QTest::addColumn<std::size_t>("number");
        std::size_t number = 0;
        for (const HostileAnswer& hostile : hostileAnswers("127.0.0.1:1"))
            QTest::newRow(hostile.name) << number++;
    }
    void survivesEveryAnswer() {
        // Given a registry that answers so to each request,
        QFETCH(std::size_t, number);
        HostileRegistry registry;
        registry.on(kManifest, hostileAnswers(registry.host()).at(number).answer);
        const auto client = clientOf(registry.host(), hostileOptions());
        const PeakMemory memory;
        // when it is asked for a manifest,
        const auto fetched = client->fetchManifest(demo(registry.host()), {});
        // then that fails with a sentence of one line,
        QVERIFY2(!fetched, fetched ? fetched->bytes.substr(0, 100).c_str() : "");
        const Error& error = fetched.error();
        QVERIFY2(error.message.size() > 10 && error.message.size() < 500, error.message.c_str());
        QVERIFY(error.message.find_first_of("\r\n") == std::string::npos);
        QVERIFY(error.code != ErrorCode::Internal && error.code != ErrorCode::Cancelled);
        // without much memory,
        QVERIFY2(memory.bytes() < kMostMemory, std::to_string(memory.bytes() >> 20).c_str());
        // and few requests: nobody is asked on and on.
        QVERIFY(registry.count(kManifest) <= 16);
        // And the client is as good as before.
        registry.on(kManifest, HostileRegistry::whole("{}"));
        VERIFY_RESULT(client->fetchManifest(demo(registry.host()), {}));
    }
    void aDripOfADocumentEnds() {
        // Given a registry that sends a byte now and then,
        HostileRegistry registry;
        registry.on(kManifest, [](Connection& client) {
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while (client.wait(20ms) && client.send(" ")) {
            }
        });
        RegistryOptions options = hostileOptions();
        options.attempts = 5;
        options.longestDocument = 400ms;
        // then the time of a document is over, however often it is tried.
        const auto fetched = clientOf(registry.host(), options)->fetchManifest(demo(registry.host()), {});
        VERIFY_ERROR(fetched, ErrorCode::Unreachable);
        QVERIFY2(fetched.error().message.find("in time") != std::string::npos,
                 fetched.error().message.c_str());
        QVERIFY(registry.count(kManifest) <= 2);
    }
    void aDripOfABlobEnds() {
        // Given a registry that sends less than the least, but always some more,
        HostileRegistry registry;
        const std::string blob = blobOf(100'000);
        registry.on(blobPath(blob), [&](Connection& client) {
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            for (const char byte : blob) {
                if (!client.wait(5ms) || !client.send({&byte, 1}))
                    return;
            }
        });
        RegistryOptions options = hostileOptions();
        options.leastRate = 10'000;
        options.rateWindow = 200ms;
        std::string received;
        // then it is given up, though each try brought a little.
        const auto fetched = fetch(*clientOf(registry.host(), options), blob, received);
        VERIFY_ERROR(fetched, ErrorCode::Unreachable);
        QVERIFY2(fetched.error().message.find("less than 10000 bytes a second") != std::string::npos,
                 fetched.error().message.c_str());
        QCOMPARE(registry.count(blobPath(blob)), std::size_t{2});
    }
    void aSlowReceiverIsNoDrip() {
        // Given a sink that takes longer than the window for what came at once,
        HostileRegistry registry;
        const std::string blob = blobOf(400'000);
        registry.on(blobPath(blob), HostileRegistry::whole(blob));
        RegistryOptions options = hostileOptions();
        options.leastRate = 100'000;
        options.rateWindow = 100ms;
        const BlobSink slow = [](std::string_view) -> Result<void> {
            std::this_thread::sleep_for(60ms);
            return {};
        };
        // then that is not the registry's fault.
        VERIFY_RESULT(clientOf(registry.host(), options)
                          ->fetchBlob("demo", Digest::ofData(blob), blob.size(), slow, {}, {}));
    }
    void contentThatChangesUnderItsDigestIsRefused() {
        // Given a blob that breaks off, and goes on as another of the same length,
        HostileRegistry registry;
        const std::string blob = blobOf(40'000);
        std::string other = blob;
        other[39'000] ^= 1;
        registry.on(
            blobPath(blob),
            {[&](Connection& client) {
                 client.send("HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n" + blob.substr(0, 9'000));
             },
             [&](Connection& client) {
                 client.send("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 9000-39999/40000\r\n"
                             "Content-Length: 31000\r\n\r\n" +
                             other.substr(9'000));
             }});
        std::string received;
        // then what came is refused as a whole.
        VERIFY_ERROR(fetch(*clientOf(registry.host(), hostileOptions()), blob, received),
                     ErrorCode::Untrusted);
    }
    void aBlobWithoutEndIsRefused_data() {
        QTest::addColumn<QByteArray>("headers");
        QTest::newRow("of no length") << QByteArray("");
        QTest::newRow("in chunks") << QByteArray("Transfer-Encoding: chunked\r\n");
        QTest::newRow("of a great length") << QByteArray("Content-Length: 9000000000000000000\r\n");
        QTest::newRow("of a part") << QByteArray("Content-Range: bytes 0-999/1000\r\n");
    }
    void aBlobWithoutEndIsRefused() {
        QFETCH(QByteArray, headers);
        HostileRegistry registry;
        const std::string blob = blobOf(1'000);
        const bool isChunked = headers.contains("chunked");
        registry.on(blobPath(blob), [&](Connection& client) {
            client.send("HTTP/1.1 200 OK\r\n" + headers.toStdString() + "\r\n");
            client.sendAgainAndAgain(isChunked ? "400\r\n" + std::string(1024, 'x') + "\r\n" : blob);
        });
        std::string received;
        VERIFY_ERROR(fetch(*clientOf(registry.host(), hostileOptions()), blob, received),
                     ErrorCode::Untrusted);
        QVERIFY(received.size() <= blob.size());
    }
    void aListThatTurnsInCirclesEnds() {
        // Given a list of tags that goes on with itself,
        HostileRegistry registry;
        registry.on("/v2/demo/tags/list",
                    HostileRegistry::whole(R"({"name":"demo","tags":["a"]})",
                                           "Link: </v2/demo/tags/list?n=9&last=a>; rel=\"next\"\r\n"));
        const auto client = clientOf(registry.host(), hostileOptions());
        const auto first = client->tags("demo", {}, 9, {});
        VERIFY_RESULT(first);
        // then the page after it is the last.
        const auto second = client->tags("demo", first->last, 9, {});
        VERIFY_RESULT(second);
        QCOMPARE(second->last, std::string());
    }
    void aListGoesOnAtTheSameHostOnly() {
        // Given a list that says it goes on elsewhere,
        HostileRegistry registry;
        HostileRegistry other;
        registry.on("/v2/demo/tags/list",
                    HostileRegistry::whole(R"({"name":"demo","tags":["a"]})",
                                           "Link: <http://" + other.host() + "/x?last=a>; rel=\"next\"\r\n"));
        const auto client = clientOf(registry.host(), hostileOptions());
        const auto page = client->tags("demo", {}, 9, {});
        VERIFY_RESULT(page);
        VERIFY_RESULT(client->tags("demo", page->last, 9, {}));
        // then the same registry is asked for it.
        QCOMPARE(registry.count("/v2/demo/tags/list"), std::size_t{2});
        QCOMPARE(other.count("/x"), std::size_t{0});
    }
    void aPasswordGoesToNoOneARedirectionNames() {
        // Given a token server that leads on to another host,
        HostileRegistry registry;
        HostileRegistry thief;
        std::string seen;
        thief.on("/steal", [&](Connection& client) {
            seen = client.request;
            client.send(HostileRegistry::whole(R"({"token":"x"})"));
        });
        registry.on(kManifest,
                    HostileRegistry::head("401 Unauthorized", "WWW-Authenticate: Bearer realm=\"http://" +
                                                                  registry.host() +
                                                                  "/token\"\r\nContent-Length: 0\r\n"));
        registry.on("/token", HostileRegistry::head("307 Temporary Redirect",
                                                    "Location: http://localhost" +
                                                        thief.host().substr(thief.host().rfind(':')) +
                                                        "/steal\r\nContent-Length: 0\r\n"));
        RegistryOptions options = hostileOptions();
        options.credentials = Credentials{"ada", "s3cret", {}};
        // when it is asked,
        VERIFY_ERROR(clientOf(registry.host(), options)->fetchManifest(demo(registry.host()), {}),
                     ErrorCode::AuthenticationNeeded);
        // then that host has seen no password.
        QVERIFY(!seen.empty());
        QVERIFY2(seen.find("uthorization") == std::string::npos, seen.c_str());
    }
    void aPublicRegistryLeadsIntoNoPrivateNetwork() {
        // Given a registry at a public address, and others at private ones,
        std::vector<std::string> said;
        std::size_t asked = 0;
        const bool hasRun = withAddresses({"198.51.100.7", "10.0.0.1", "169.254.169.254"}, [&] {
            HostileRegistry registry;
            RegistryOptions options = hostileOptions();
            options.access.insecure = true; // plain HTTP, which the address is not to be told by
            for (const std::string inner : {"10.0.0.1", "127.0.0.1", "169.254.169.254"}) {
                const std::string host = registry.host("198.51.100.7");
                const std::string goal = "http://" + registry.host(inner) + "/inner";
                registry.on("/inner", HostileRegistry::whole(R"({"token":"x"})"));
                // when it leads there, by a redirection or as its token server,
                registry.on(kManifest,
                            HostileRegistry::head("307 Temporary Redirect",
                                                  "Location: " + goal + "\r\nContent-Length: 0\r\n"));
                const auto led = clientOf(host, options)->fetchManifest(demo(host), {});
                said.push_back(led ? "followed" : led.error().message);
                registry.on(kManifest, HostileRegistry::head("401 Unauthorized",
                                                             "WWW-Authenticate: Bearer realm=\"" + goal +
                                                                 "\"\r\nContent-Length: 0\r\n"));
                const auto asksThere = clientOf(host, options)->fetchManifest(demo(host), {});
                said.push_back(asksThere ? "followed" : asksThere.error().message);
                asked += registry.count("/inner");
            }
        });
        SKIP_UNLESS(hasRun, "needs root for a network of its own");
        // then nobody goes there, and the sentence says why.
        for (const std::string& message : said)
            QVERIFY2(message.find("leads to the internal address") != std::string::npos, message.c_str());
        QCOMPARE(said.size(), std::size_t{6});
        QCOMPARE(asked, std::size_t{0});
    }
    void aPrivateRegistryHasPrivateNeighbours() {
        // Given a registry in a private network whose token server stands there, too,
        std::optional<Result<FetchedManifest>> fetched;
        const bool hasRun = withAddresses({"10.0.0.1", "192.168.7.7"}, [&] {
            HostileRegistry registry;
            RegistryOptions options = hostileOptions();
            options.access.insecure = true;
            const std::string host = registry.host("10.0.0.1");
            registry.on("/token", HostileRegistry::whole(R"({"token":"x"})"));
            registry.on(kManifest,
                        {[goal = registry.host("192.168.7.7")](Connection& client) {
                             client.send(HostileRegistry::head(
                                 "401 Unauthorized", "WWW-Authenticate: Bearer realm=\"http://" + goal +
                                                         "/token\"\r\nContent-Length: 0\r\n"));
                         },
                         [](Connection& client) { client.send(HostileRegistry::whole("{}")); }});
            fetched = clientOf(host, options)->fetchManifest(demo(host), {});
        });
        SKIP_UNLESS(hasRun, "needs root for a network of its own");
        // then it is asked.
        VERIFY_RESULT(*fetched);
    }
};
ESCALE_TEST(HostileRegistryTest)

#include "hostile_registry_test.moc"
