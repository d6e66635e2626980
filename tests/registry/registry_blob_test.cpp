#include "tests/registry/registry_fixture.h"

#include <thread>

using namespace escale;
using namespace escale::test;
using namespace std::chrono_literals;

class RegistryBlobTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streamsABlobAndTellsProgress() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(3'000'000);
        server.addBlob("demo", blob);
        std::string received;
        std::uint64_t last = 0;
        const BlobSink sink = [&](std::string_view bytes) -> Result<void> {
            received += bytes;
            return {};
        };
        const BlobProgress progress = [&](std::uint64_t bytes) {
            QVERIFY(bytes >= last);
            last = bytes;
        };
        const auto client = clientOf(server.host());
        VERIFY_RESULT(client->fetchBlob("demo", Digest::ofData(blob), blob.size(), sink, progress, {}));
        QVERIFY(received == blob);
        QCOMPARE(last, blob.size());
    }
    void fetchesAnEmptyBlob() {
        ScriptedHttpServer server;
        server.on(blobPath(""), answer(200, ""));
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(server.host()), "", received));
        QCOMPARE(received, std::string());
    }
    void keepsTheConnectionForSeveralBlobs() {
        ScriptedHttpServer server;
        const auto client = clientOf(server.host());
        for (const std::size_t size : {10u, 20'000u, 30u}) {
            const std::string blob = blobOf(size);
            server.addBlob("demo", blob);
            std::string received;
            VERIFY_RESULT(fetch(*client, blob, received));
        }
        QCOMPARE(server.connections(), 1u);
    }
    void resumesWhereItBrokeOff() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(500'000);
        const HttpHandler good = serveBytes(blob);
        const auto cut = [good](std::size_t bytes) -> HttpHandler {
            return [good, bytes](const HttpRequest& request) { return good(request).cutAfterBytes(bytes); };
        };
        server.on(blobPath(blob),
                  std::vector<HttpHandler>{cut(100'000), cut(1), cut(0), cut(0), cut(200'000), good});
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(server.host()), blob, received));
        QVERIFY(received == blob);
        const auto requests = server.requests();
        QCOMPARE(requests.size(), 6u);
        QCOMPARE(requests[0].header("range"), std::string());
        QCOMPARE(requests[1].header("range"), std::string("bytes=100000-"));
        QCOMPARE(requests[5].header("range"), std::string("bytes=300001-"));
    }
    void skipsWhatItHasWhenTheServerIgnoresRange() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(500'000);
        server.on(blobPath(blob), {answer(200, blob).cutAfterBytes(123'456),
                                   answer(200, blob).cutAfterBytes(200'000), answer(200, blob)});
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(server.host()), blob, received));
        QVERIFY(received == blob);
    }
    void resumesAfterAnErrorOfTheServer() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(50'000);
        server.on(blobPath(blob), std::vector<HttpHandler>{always(answer(200, blob).cutAfterBytes(20'000)),
                                                           always(answer(503)), serveBytes(blob)});
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(server.host()), blob, received));
        QVERIFY(received == blob);
    }
    void resumesAfterASilence() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(50'000);
        server.on(blobPath(blob), std::vector<HttpHandler>{always(answer(200, blob).stallsAfterBytes(20'000)),
                                                           serveBytes(blob)});
        RegistryOptions options = quickOptions();
        options.stallTimeout = 300ms;
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(server.host(), options), blob, received));
        QVERIFY(received == blob);
    }
    void aSlowSinkIsNoSilence() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(2'000'000);
        server.addBlob("demo", blob);
        RegistryOptions options = quickOptions();
        options.stallTimeout = 200ms;
        bool slept = false;
        const BlobSink sink = [&](std::string_view) -> Result<void> {
            if (!std::exchange(slept, true))
                std::this_thread::sleep_for(500ms);
            return {};
        };
        VERIFY_RESULT(clientOf(server.host(), options)
                          ->fetchBlob("demo", Digest::ofData(blob), blob.size(), sink, {}, {}));
        QCOMPARE(server.requests().size(), 1u);
    }
    void givesUpWhenItBreaksOffAgainAndAgain() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(50'000);
        server.on(blobPath(blob), answer(200, blob).cutAfterBytes(100));
        std::string received;
        const auto fetched = fetch(*clientOf(server.host()), blob, received);
        VERIFY_ERROR(fetched, ErrorCode::Unreachable);
        QCOMPARE(received, blob.substr(0, 100));
        QVERIFY(fetched.error().message.find("broke the connection off") != std::string::npos);
    }
    void refusesAnotherPartThanAskedFor() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(50'000);
        server.on(blobPath(blob),
                  {answer(200, blob).cutAfterBytes(100),
                   answer(206, blob.substr(0, 49'900)).header("Content-Range", "bytes 0-49899/50000")});
        std::string received;
        VERIFY_ERROR(fetch(*clientOf(server.host()), blob, received), ErrorCode::RemoteFailure);
    }
    void refusesWrongContent_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("one byte differs") << 0;
        QTest::newRow("shorter, and says so") << 1;
        QTest::newRow("longer, and says so") << 2;
        QTest::newRow("longer, chunked") << 3;
        QTest::newRow("shorter, chunked") << 4;
        QTest::newRow("empty") << 5;
        QTest::newRow("resumed from another blob") << 6;
        QTest::newRow("ends before the resumed part") << 7;
    }
    void refusesWrongContent() {
        QFETCH(int, kind);
        ScriptedHttpServer server;
        const std::string blob = blobOf(40'000);
        std::string wrong = blob;
        wrong[20'000] ^= 1;
        const auto chunked = [](const std::string& body) {
            char size[32];
            (void)std::snprintf(size, sizeof(size), "%zx\r\n", body.size());
            return rawAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + (size + body) +
                             "\r\n0\r\n\r\n");
        };
        const std::vector<HttpAnswer> answers[] = {
            {answer(200, wrong)},
            {answer(200, blob.substr(0, 39'999))},
            {answer(200, blob + "x")},
            {chunked(blob + "x")},
            {chunked(blob.substr(0, 39'999))},
            {answer(200, "")},
            {answer(200, blob).cutAfterBytes(10'000), answer(200, wrong)},
            {answer(200, blob).cutAfterBytes(10'000), answer(416)},
        };
        server.on(blobPath(blob), answers[kind]);
        std::string received;
        const auto fetched = fetch(*clientOf(server.host()), blob, received);
        VERIFY_ERROR(fetched, ErrorCode::Untrusted);
        QVERIFY(received.size() <= blob.size());
    }
    void endsAtOnceWhenCancelled() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(1'000'000);
        server.on(blobPath(blob), answer(200, blob).slowedBy(20ms));
        Cancellation cancellation;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(150ms);
            cancellation.cancel();
        });
        std::string received;
        QElapsedTimer timer;
        timer.start();
        VERIFY_ERROR(fetch(*clientOf(server.host()), blob, received, cancellation), ErrorCode::Cancelled);
        QVERIFY(timer.elapsed() < 2000); // the whole would last 1.2 s; a loaded machine gets some room
        QVERIFY(received.size() < blob.size());
    }
    void endsAWaitWhenCancelled() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(10);
        server.on(blobPath(blob), answer(500));
        RegistryOptions options = quickOptions();
        options.firstWait = 60s;
        options.longestWait = 60s;
        Cancellation cancellation;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(100ms);
            cancellation.cancel();
        });
        std::string received;
        VERIFY_ERROR(fetch(*clientOf(server.host(), options), blob, received, cancellation),
                     ErrorCode::Cancelled);
    }
    void passesTheSinksErrorOn() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(100'000);
        server.addBlob("demo", blob);
        const BlobSink full = [](std::string_view) -> Result<void> {
            return fail(ErrorCode::NoSpace, "the disk is full");
        };
        const auto client = clientOf(server.host());
        const auto fetched = client->fetchBlob("demo", Digest::ofData(blob), blob.size(), full, {}, {});
        VERIFY_ERROR(fetched, ErrorCode::NoSpace);
        QCOMPARE(fetched.error().message, std::string("the disk is full"));
        QCOMPARE(server.requests().size(), 1u);
        std::string received; // and the client is still good
        VERIFY_RESULT(fetch(*client, blob, received));
    }
    void readsASmallBlobWithinItsLimit() {
        ScriptedHttpServer server;
        const std::string blob = blobOf(100);
        server.addBlob("demo", blob);
        const auto client = clientOf(server.host());
        QCOMPARE(client->readBlob("demo", Digest::ofData(blob), 100, 100, {}).value(), blob);
        VERIFY_ERROR(client->readBlob("demo", Digest::ofData(blob), 100, 99, {}), ErrorCode::Untrusted);
    }
};
ESCALE_TEST(RegistryBlobTest)

#include "registry_blob_test.moc"
