// Uploads to a scripted registry: what it may say, and what may break on the way.
#include "engine/base/json.h"
#include "engine/registry/upload.h"
#include "tests/registry/registry_fixture.h"

#include <atomic>
#include <mutex>

using namespace escale;
using namespace escale::test;
using namespace std::chrono_literals;
using Answer = escale::test::HttpAnswer; // the client has one, too

static const std::string kUploads = "/v2/demo/blobs/uploads/";
static const std::string kUpload = "/v2/demo/blobs/uploads/1";
static constexpr std::size_t kPiece = 100'000;

static RegistryOptions inPieces() {
    RegistryOptions options = quickOptions();
    options.uploadPiece = kPiece;
    return options;
}

static BlobSource sourceOf(const std::string& blob) {
    return [&blob](std::uint64_t offset, char* buffer, std::size_t room) -> Result<std::size_t> {
        return blob.copy(buffer, room, static_cast<std::size_t>(offset));
    };
}

static Result<void> upload(RegistryClient& client, const std::string& blob,
                           const Cancellation& cancellation = {}) {
    return client.uploadBlob("demo", Digest::ofData(blob), blob.size(), sourceOf(blob), {}, cancellation);
}

// A connection that ends without a word.
static Answer hangsUp() {
    return rawAnswer("HTTP/1.1 100 Continue\r\n\r\n");
}

/// A registry with one upload at a time, which keeps what a broken piece brought.
class UploadScript {
public:
    explicit UploadScript(ScriptedHttpServer& server)
        : m_server(server) {
        server.on(kUploads, [this](const HttpRequest&) {
            const std::lock_guard lock(m_mutex);
            m_kept.clear();
            return place(202);
        });
        server.on(kUpload, [this](const HttpRequest& request) { return take(request); });
    }
    /// Of this PATCH only so many bytes are kept, then the connection breaks; for the gate.
    void breakAfter(std::size_t bytes) { m_breakAfter = bytes; }
    /// Asked before a request for the upload is looked at.
    std::function<std::optional<Answer>(const HttpRequest&)> gate;
    std::string blob() {
        const std::lock_guard lock(m_mutex);
        return m_done ? m_kept : std::string();
    }
    std::string location = kUpload;

    [[nodiscard]] std::vector<std::string> ranges(const std::string& method = "PATCH") const {
        std::vector<std::string> all;
        for (const HttpRequest& request : m_server.requests()) {
            if (request.method == method)
                all.push_back(request.header("content-range"));
        }
        return all;
    }

private:
    Answer place(int status) {
        return answer(status)
            .header("Location", location)
            .header("Range", "0-" + std::to_string(m_kept.empty() ? 0 : m_kept.size() - 1));
    }
    Answer take(const HttpRequest& request) {
        const std::lock_guard lock(m_mutex);
        if (gate) {
            if (auto refusal = gate(request))
                return *refusal;
        }
        if (request.method == "GET")
            return place(204);
        if (request.method == "PUT") {
            m_kept += request.body;
            m_done = true;
            return answer(201).header("Docker-Content-Digest", Digest::ofData(m_kept).toString());
        }
        if (!request.header("content-range").starts_with(std::to_string(m_kept.size()) + "-"))
            return answer(416);
        m_kept += request.body.substr(0, m_breakAfter.value_or(request.body.size()));
        return std::exchange(m_breakAfter, std::nullopt) ? hangsUp() : place(202);
    }

    ScriptedHttpServer& m_server;
    std::mutex m_mutex;
    std::string m_kept;
    bool m_done = false;
    std::optional<std::size_t> m_breakAfter;
};

class RegistryUploadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSmallBlobComesWithTheEnd() {
        ScriptedHttpServer server;
        UploadScript registry(server);
        for (const std::string& blob : {blobOf(5000), std::string()}) {
            const std::size_t before = server.requests().size();
            VERIFY_RESULT(upload(*clientOf(server.host()), blob));
            QCOMPARE(registry.blob(), blob);
            QCOMPARE(server.requests().size() - before, 2u); // POST and PUT
        }
        const HttpRequest put = server.requests().at(1);
        QCOMPARE(put.target, kUpload + "?digest=" + Digest::ofData(blobOf(5000)).toString());
        QCOMPARE(put.header("content-type"), std::string("application/octet-stream"));
    }
    void aLargeBlobGoesInPieces() {
        ScriptedHttpServer server;
        UploadScript registry(server);
        const std::string blob = blobOf(250'000);
        std::uint64_t last = 0;
        const auto progress = [&](std::uint64_t bytes) {
            QVERIFY(bytes >= last);
            last = bytes;
        };
        VERIFY_RESULT(
            clientOf(server.host(), inPieces())
                ->uploadBlob("demo", Digest::ofData(blob), blob.size(), sourceOf(blob), progress, {}));
        QVERIFY(registry.blob() == blob);
        QCOMPARE(last, blob.size());
        QCOMPARE(registry.ranges(), (std::vector<std::string>{"0-99999", "100000-199999", "200000-249999"}));
        QCOMPARE(server.connections(), 1u);
    }
    void goesOnWithWhatTheRegistryHas() {
        // Given a connection that breaks in the middle of the second piece,
        ScriptedHttpServer server;
        UploadScript registry(server);
        const std::string blob = blobOf(250'000);
        registry.gate = [&](const HttpRequest& request) -> std::optional<Answer> {
            if (request.header("content-range") == "100000-199999")
                registry.breakAfter(30'000);
            return std::nullopt;
        };
        // when the blob is sent,
        VERIFY_RESULT(upload(*clientOf(server.host(), inPieces()), blob));
        // then the registry is asked what it has, and gets the rest only.
        QVERIFY(registry.blob() == blob);
        QCOMPARE(registry.ranges(),
                 (std::vector<std::string>{"0-99999", "100000-199999", "130000-229999", "230000-249999"}));
        QCOMPARE(registry.ranges("GET").size(), 1u);
    }
    void beginsAnewWhenTheRegistryHasForgotten() {
        ScriptedHttpServer server;
        UploadScript registry(server);
        const std::string blob = blobOf(150'000);
        int lost = 2;
        registry.gate = [&](const HttpRequest& request) -> std::optional<Answer> {
            if (request.method == "PUT" || lost == 0 || request.header("content-range") == "0-99999")
                return std::nullopt;
            lost -= request.method == "GET" ? 1 : 0;
            return answer(404, R"({"errors":[{"code":"BLOB_UPLOAD_UNKNOWN"}]})");
        };
        VERIFY_RESULT(upload(*clientOf(server.host(), inPieces()), blob));
        QVERIFY(registry.blob() == blob);
        QCOMPARE(server.count(kUploads), 3u);
    }
    void endsWhenItIsForgottenAgainAndAgain() {
        ScriptedHttpServer server;
        server.on(kUploads, answer(202).header("Location", kUpload));
        const auto sent = upload(*clientOf(server.host(), inPieces()), blobOf(150'000));
        QVERIFY(!sent);
        QVERIFY(server.requests().size() < 30);
    }
    void sendsLargerPiecesWhereTheRegistryAsksForThem() {
        ScriptedHttpServer server;
        UploadScript registry(server);
        server.on(kUploads, answer(202).header("Location", kUpload).header("OCI-Chunk-Min-Length", "180000"));
        const std::string blob = blobOf(250'000);
        VERIFY_RESULT(upload(*clientOf(server.host(), inPieces()), blob));
        QCOMPARE(registry.ranges(), (std::vector<std::string>{"0-179999", "180000-249999"}));
    }
    void sendsSmallerPiecesWhereAProxyTakesNoLargeOnes() {
        ScriptedHttpServer server;
        UploadScript registry(server);
        registry.gate = [](const HttpRequest& request) -> std::optional<Answer> {
            return request.body.size() > 80'000 ? std::optional(answer(413)) : std::nullopt;
        };
        const std::string blob = blobOf(250'000);
        VERIFY_RESULT(upload(*clientOf(server.host(), inPieces()), blob));
        QVERIFY(registry.blob() == blob);
        QCOMPARE(registry.ranges().at(1), std::string("0-65535"));
    }
    void sendsTheWholeToWhoTakesNoPieces() {
        for (const int status : {400, 405}) {
            ScriptedHttpServer server;
            UploadScript registry(server);
            registry.gate = [status](const HttpRequest& request) -> std::optional<Answer> {
                return request.method == "PATCH" ? std::optional(answer(status)) : std::nullopt;
            };
            const std::string blob = blobOf(250'000);
            VERIFY_RESULT(upload(*clientOf(server.host(), inPieces()), blob));
            QVERIFY(registry.blob() == blob);
        }
    }
    void anAnswerThatGotLostIsNoFailure() {
        // Given a registry that has the blob, but could not say so,
        ScriptedHttpServer server;
        const std::string blob = blobOf(5000);
        server.on(kUploads, answer(202).header("Location", kUpload));
        server.on(kUpload, {hangsUp(), answer(404)});
        server.on(blobPath(blob), answer(200));
        // when it is asked, then all is well.
        VERIFY_RESULT(upload(*clientOf(server.host()), blob));
        QCOMPARE(server.count(kUploads), 1u);
    }
    void waitsAsLongAsItIsTold() {
        ScriptedHttpServer server;
        UploadScript registry(server);
        int busy = 1;
        registry.gate = [&](const HttpRequest& request) -> std::optional<Answer> {
            if (request.method != "PATCH" || busy-- <= 0)
                return std::nullopt;
            return answer(503).header("Retry-After", "1");
        };
        const std::string blob = blobOf(150'000);
        VERIFY_RESULT(upload(*clientOf(server.host(), inPieces()), blob));
        // One who asks for more than a person waits for ends it.
        registry.gate = [&](const HttpRequest&) { return answer(429).header("Retry-After", "3600"); };
        const auto sent = upload(*clientOf(server.host(), inPieces()), blob);
        VERIFY_ERROR(sent, ErrorCode::RateLimited);
        QVERIFY(sent.error().hint.find("60 minutes") != std::string::npos);
    }
    void saysThatTheRegistryFoundAnotherDigest() {
        ScriptedHttpServer server;
        server.on(kUploads, answer(202).header("Location", kUpload));
        server.on(kUpload,
                  answer(400, R"({"errors":[{"code":"DIGEST_INVALID","message":"did not match"}]})"));
        const auto sent = upload(*clientOf(server.host()), blobOf(5000));
        VERIFY_ERROR(sent, ErrorCode::Untrusted);
        QVERIFY2(sent.error().message.find("did not match") != std::string::npos,
                 sent.error().text().c_str());
    }
    void endsWithTheSource() {
        ScriptedHttpServer server;
        UploadScript registry(server);
        const BlobSource broken = [](std::uint64_t, char*, std::size_t) -> Result<std::size_t> {
            return fail(ErrorCode::NoSpace, "the source has ended");
        };
        VERIFY_ERROR(clientOf(server.host())->uploadBlob("demo", Digest::ofData("x"), 1, broken, {}, {}),
                     ErrorCode::NoSpace);
        const BlobSource shorter = [](std::uint64_t, char*, std::size_t) -> Result<std::size_t> { return 0; };
        VERIFY_ERROR(clientOf(server.host())->uploadBlob("demo", Digest::ofData("x"), 1, shorter, {}, {}),
                     ErrorCode::Internal);
    }
    void endsWhenItIsCancelled() {
        ScriptedHttpServer server;
        UploadScript registry(server);
        Cancellation cancellation;
        const std::string blob = blobOf(250'000);
        const BlobSource source = [&](std::uint64_t offset, char* buffer, std::size_t room) {
            if (offset >= 150'000)
                cancellation.cancel();
            return sourceOf(blob)(offset, buffer, room);
        };
        const auto sent =
            clientOf(server.host(), inPieces())
                ->uploadBlob("demo", Digest::ofData(blob), blob.size(), source, {}, cancellation);
        VERIFY_ERROR(sent, ErrorCode::Cancelled);
        QVERIFY(registry.blob().empty());
    }
    void oneTokenDoesForAllOfAPush() {
        // Given a registry whose challenges name what the one request needs,
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        UploadScript registry(server);
        std::atomic<int> current = 1;
        server.before([&](const HttpRequest& request) -> std::optional<Answer> {
            if (request.header("authorization") == "Bearer token-" + std::to_string(current))
                return std::nullopt;
            const std::string rights = request.method == "HEAD" ? "pull" : "pull,push";
            return answer(401, "{}").header(
                "WWW-Authenticate", "Bearer realm=\"http://" + tokens.host() +
                                        "/token\",service=\"s\",scope=\"repository:demo:" + rights + "\"");
        });
        tokens.on("/token", [&](const HttpRequest&) {
            Json token;
            return answer(200, token.set("token", "token-" + std::to_string(current)).dump());
        });
        RegistryOptions options = inPieces();
        options.credentials = Credentials{"ada", "letmein", {}};
        const auto client = clientOf(server.host(), options);
        const std::string blob = blobOf(250'000);
        // when it is looked for and sent, then a token is fetched once.
        const auto there = client->hasBlob("demo", Digest::ofData(blob), {});
        VERIFY_RESULT(there);
        QVERIFY(!*there);
        VERIFY_RESULT(upload(*client, blob));
        QCOMPARE(tokens.requests().size(), 1u);
        QCOMPARE(tokens.requests().front().target,
                 std::string("/token?service=s&scope=repository:demo:pull,push&account=ada"));
        // One that expires in the middle is fetched anew, and the piece is sent again.
        registry.gate = [&](const HttpRequest& request) -> std::optional<Answer> {
            if (request.header("content-range") == "0-99999")
                current = 2;
            return std::nullopt;
        };
        VERIFY_RESULT(upload(*client, blob));
        QVERIFY(registry.blob() == blob);
        QCOMPARE(tokens.requests().size(), 2u);
    }
    void aMountAsksForBothRepositories() {
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        server.before([&](const HttpRequest& request) -> std::optional<Answer> {
            if (!request.header("authorization").empty())
                return std::nullopt;
            return answer(401, "{}").header("WWW-Authenticate",
                                            "Bearer realm=\"http://" + tokens.host() + "/token\"");
        });
        tokens.on("/token", answer(200, R"({"token":"t"})"));
        server.on(kUploads, answer(201));
        const auto mounted =
            clientOf(server.host())->mountBlob("demo", Digest::ofData("x"), "base/image", {});
        VERIFY_RESULT(mounted);
        QVERIFY(*mounted);
        QCOMPARE(server.requests().back().target,
                 kUploads + "?mount=" + Digest::ofData("x").toString() + "&from=base/image");
        QCOMPARE(tokens.requests().front().target,
                 std::string("/token?scope=repository:demo:pull,push&scope=repository:base/image:pull"));
    }
    void aMountThatIsNoneLeavesNoUpload() {
        ScriptedHttpServer server;
        server.on(kUploads, {answer(202).header("Location", kUpload), answer(403)});
        server.on(kUpload, answer(204));
        const auto client = clientOf(server.host());
        for (int i = 0; i < 2; ++i) {
            const auto mounted = client->mountBlob("demo", Digest::ofData("x"), "other", {});
            VERIFY_RESULT(mounted);
            QVERIFY(!*mounted);
        }
        QCOMPARE(server.requests().at(1).method, std::string("DELETE"));
    }
    void saysThatAnAccountMayNotPush() {
        // Given an account that the token server knows, and the registry turns away,
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        server.on(kUploads,
                  answer(401, R"({"errors":[{"code":"DENIED","message":"requested access is denied"}]})")
                      .header("WWW-Authenticate", "Bearer realm=\"http://" + tokens.host() + "/token\""));
        tokens.on("/token", answer(200, R"({"token":"t"})"));
        RegistryOptions options = quickOptions();
        options.credentials = Credentials{"ada", "letmein", {}};
        // then it is not told that its password is wrong.
        VERIFY_ERROR(upload(*clientOf(server.host(), options), "x"), ErrorCode::PermissionDenied);
        VERIFY_ERROR(upload(*clientOf(server.host()), "x"), ErrorCode::AuthenticationNeeded);
    }
    void anotherHostLearnsNoCredentials() {
        // Given a registry that has the bytes sent to a storage of another name,
        ScriptedHttpServer server;
        ScriptedHttpServer storage;
        UploadScript there(storage);
        const std::string away = "http://localhost:" + std::to_string(storage.port());
        there.location = "uploads?part=2";
        storage.on("/uploads", [&](const HttpRequest& request) {
            return request.method == "PUT" ? answer(201) : answer(202).header("Location", "uploads?part=2");
        });
        server.on(kUploads, [&](const HttpRequest& request) {
            return request.header("authorization").empty()
                       ? answer(401, "{}").header("WWW-Authenticate", "Basic realm=\"x\"")
                       : answer(202).header("Location", away + "/uploads?part=1");
        });
        RegistryOptions options = inPieces();
        options.credentials = Credentials{"ada", "letmein", {}};
        // when a blob goes there, then without them.
        VERIFY_RESULT(upload(*clientOf(server.host(), options), blobOf(150'000)));
        QCOMPARE(storage.requests().size(), 3u);
        for (const HttpRequest& request : storage.requests())
            QCOMPARE(request.header("authorization"), std::string());
    }
    void aRedirectionOfAPieceIsFollowedWithoutCredentials() {
        ScriptedHttpServer server;
        ScriptedHttpServer storage;
        storage.on("/put", answer(201));
        server.on(kUploads, [&](const HttpRequest& request) {
            return request.header("authorization").empty()
                       ? answer(401, "{}").header("WWW-Authenticate", "Basic realm=\"x\"")
                       : answer(202).header("Location", kUpload);
        });
        server.on(kUpload,
                  answer(307).header("Location",
                                     "http://localhost:" + std::to_string(storage.port()) + "/put?digest=x"));
        RegistryOptions options = quickOptions();
        options.credentials = Credentials{"ada", "letmein", {}};
        VERIFY_RESULT(upload(*clientOf(server.host(), options), blobOf(5000)));
        QCOMPARE(storage.requests().size(), 1u);
        QCOMPARE(storage.requests().front().header("authorization"), std::string());
        QCOMPARE(storage.requests().front().body, blobOf(5000));
    }
    void readsPlacesOfUploads_data() {
        QTest::addColumn<QString>("location");
        QTest::addColumn<QString>("target"); // empty: refused
        QTest::addColumn<bool>("foreign");
        QTest::newRow("path") << "/v2/a?x=1"
                              << "/v2/a?x=1" << false;
        QTest::newRow("absolute") << "https://reg.example/v2/a"
                                  << "/v2/a" << false;
        QTest::newRow("http behind a proxy") << "http://reg.example/v2/a"
                                             << "/v2/a" << false;
        QTest::newRow("with the port") << "https://REG.example:443/v2/a"
                                       << "/v2/a" << false;
        QTest::newRow("beside") << "b?c"
                                << "/v2/demo/uploads/b?c" << false;
        QTest::newRow("same scheme") << "//reg.example/a"
                                     << "/a" << false;
        QTest::newRow("elsewhere") << "https://other.example/a?b"
                                   << "https://other.example/a?b" << true;
        QTest::newRow("another port") << "https://reg.example:8443/a"
                                      << "https://reg.example:8443/a" << true;
        QTest::newRow("elsewhere, plain") << "http://other.example/a"
                                          << "" << false;
        QTest::newRow("our port, plain") << "http://reg.example:8080/a"
                                         << "" << false;
        QTest::newRow("a file") << "file:///etc/passwd"
                                << "" << false;
        QTest::newRow("a name in it") << "https://reg.example@other.example/a"
                                      << "" << false;
        QTest::newRow("backslash") << "https://other.example\\@reg.example/a"
                                   << "" << false;
        QTest::newRow("a line") << "/a\r\nX: y"
                                << "" << false;
        QTest::newRow("none") << ""
                              << "" << false;
    }
    void readsPlacesOfUploads() {
        QFETCH(QString, location);
        QFETCH(QString, target);
        QFETCH(bool, foreign);
        const RegistryEndpoint endpoint{"reg.example", "reg.example"};
        const auto place = uploadPlace(location.toStdString(), "/v2/demo/uploads/1?a=/", endpoint, false);
        QCOMPARE(place ? place->target : std::string(), target.toStdString());
        QCOMPARE(place && place->isForeign, foreign);
    }
};
ESCALE_TEST(RegistryUploadTest)

#include "registry_upload_test.moc"
