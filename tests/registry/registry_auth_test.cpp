#include "tests/registry/registry_fixture.h"

using namespace escale;
using namespace escale::test;

static const char* const kPassword = "s3cret-Pa55";
static const std::string kBasic = "Basic YWRhOnMzY3JldC1QYTU1"; // ada:s3cret-Pa55

static RegistryOptions withCredentials() {
    RegistryOptions options = quickOptions();
    options.credentials = Credentials{"ada", kPassword, {}};
    return options;
}

// Answers 401 with a challenge unless the request carries the current token. The token server is one of its
// own.
class TokenGuard {
public:
    TokenGuard(ScriptedHttpServer& registry, ScriptedHttpServer& tokens) {
        const std::string realm = "http://" + tokens.host() + "/token";
        registry.before([this, realm](const HttpRequest& request) -> std::optional<HttpAnswer> {
            if (request.header("authorization") == "Bearer " + current())
                return std::nullopt;
            return answer(401, R"({"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]})")
                .header("WWW-Authenticate",
                        "Bearer realm=\"" + realm + "\",service=\"test\",scope=\"repository:demo:pull\"");
        });
        tokens.on("/token",
                  [this](const HttpRequest&) { return answer(200, R"({"token":")" + next() + "\"}"); });
    }
    void expire() {
        const std::lock_guard lock(m_mutex);
        ++m_number;
    }

private:
    std::string current() {
        const std::lock_guard lock(m_mutex);
        return "token-" + std::to_string(m_number);
    }
    std::string next() { return current(); }
    std::mutex m_mutex;
    int m_number = 1;
};

class RegistryAuthTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fetchesATokenOnceForSeveralRequests() {
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        TokenGuard guard(server, tokens);
        const std::string blob = blobOf(1000);
        server.addBlob("demo", blob);
        const auto client = clientOf(server.host(), withCredentials());
        std::string received;
        VERIFY_RESULT(fetch(*client, blob, received));
        VERIFY_RESULT(fetch(*client, blob, received));
        QCOMPARE(received, blob + blob);
        QCOMPARE(tokens.requests().size(), 1u);
        const HttpRequest asked = tokens.requests().front();
        QCOMPARE(asked.target, std::string("/token?service=test&scope=repository:demo:pull&account=ada"));
        QCOMPARE(asked.header("authorization"), kBasic);
        for (const HttpRequest& request : server.requests())
            QVERIFY(request.header("authorization") != kBasic); // the registry sees tokens only
    }
    void pullsAnonymouslyWithAToken() {
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        TokenGuard guard(server, tokens);
        const std::string blob = blobOf(10);
        server.addBlob("demo", blob);
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(server.host()), blob, received));
        QCOMPARE(tokens.requests().front().header("authorization"), std::string());
    }
    void takesAnAccessTokenToo() {
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        TokenGuard guard(server, tokens);
        tokens.on("/token", answer(200, R"({"access_token":"token-1","expires_in":300})"));
        server.on("/v2/", answer(200, "{}"));
        VERIFY_RESULT(clientOf(server.host())->ping({}));
    }
    void refreshesATokenThatExpiresInTheMiddleOfABlob() {
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        TokenGuard guard(server, tokens);
        const std::string blob = blobOf(300'000);
        server.on(blobPath(blob),
                  std::vector<HttpHandler>{[&](const HttpRequest&) {
                                               guard.expire();
                                               return answer(200, blob).cutAfterBytes(100'000);
                                           },
                                           serveBytes(blob)});
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(server.host()), blob, received));
        QVERIFY(received == blob);
        QCOMPARE(tokens.requests().size(), 2u);
    }
    void endsWhenEveryTokenIsRefused() {
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        TokenGuard guard(server, tokens);
        tokens.on("/token", answer(200, R"({"token":"wrong"})"));
        const auto pinged = clientOf(server.host(), withCredentials())->ping({});
        VERIFY_ERROR(pinged, ErrorCode::AuthenticationNeeded);
        QCOMPARE(server.requests().size(), 2u);
        QCOMPARE(tokens.requests().size(), 1u);
    }
    void saysWhenTheTokenServerRefusesThePassword() {
        for (const int status : {401, 403}) {
            ScriptedHttpServer server;
            ScriptedHttpServer tokens;
            TokenGuard guard(server, tokens);
            tokens.on("/token", answer(status, "{}"));
            const auto pinged = clientOf(server.host(), withCredentials())->ping({});
            VERIFY_ERROR(pinged, ErrorCode::AuthenticationNeeded);
            QVERIFY(pinged.error().message.find("user name or password") != std::string::npos);
        }
    }
    void asksToSignInWhenThereAreNoCredentials() {
        ScriptedHttpServer server;
        server.on("/v2/", answer(401, "{}").header("WWW-Authenticate", "Basic realm=\"x\""));
        const auto pinged = clientOf(server.host())->ping({});
        VERIFY_ERROR(pinged, ErrorCode::AuthenticationNeeded);
        QVERIFY(pinged.error().hint.find("sign in to " + server.host()) != std::string::npos);
    }
    void signsInWithBasicOnlyWhenAsked() {
        ScriptedHttpServer server;
        server.on("/v2/", [](const HttpRequest& request) {
            return request.header("authorization") == kBasic
                       ? answer(200, "{}")
                       : answer(401, "{}").header("WWW-Authenticate", "Basic realm=\"x\"");
        });
        const auto client = clientOf(server.host(), withCredentials());
        VERIFY_RESULT(client->ping({}));
        VERIFY_RESULT(client->ping({}));
        QCOMPARE(server.requests().size(), 3u);
        QCOMPARE(server.requests().front().header("authorization"), std::string());
    }
    void endsALoopOf401() {
        ScriptedHttpServer server;
        server.on("/v2/", answer(401, "{}").header("WWW-Authenticate", "Basic realm=\"x\""));
        VERIFY_ERROR(clientOf(server.host(), withCredentials())->ping({}), ErrorCode::AuthenticationNeeded);
        QCOMPARE(server.requests().size(), 2u);
    }
    void givesNoCredentialsToTheHostOfARedirection() {
        ScriptedHttpServer server;
        ScriptedHttpServer storage;
        const std::string blob = blobOf(5000);
        storage.on("/elsewhere", serveBytes(blob));
        const std::string away =
            "http://localhost:" + std::to_string(storage.port()) + "/elsewhere?signature=abc";
        server.on(blobPath(blob), [&](const HttpRequest& request) {
            return request.header("authorization").empty()
                       ? answer(401, "{}").header("WWW-Authenticate", "Basic realm=\"x\"")
                       : answer(307).header("Location", away);
        });
        std::string received;
        VERIFY_RESULT(fetch(*clientOf(server.host(), withCredentials()), blob, received));
        QVERIFY(received == blob);
        QCOMPARE(storage.requests().size(), 1u);
        QCOMPARE(storage.requests().front().header("authorization"), std::string());
    }
    void answersNoChallengeOfTheHostOfARedirection() {
        ScriptedHttpServer server;
        ScriptedHttpServer evil;
        ScriptedHttpServer thief;
        evil.on("/x", answer(401, "{}").header("WWW-Authenticate", "Bearer realm=\"http://" + thief.host() +
                                                                       "/token\",service=\"x\""));
        server.on("/v2/", answer(307).header("Location", "http://" + evil.host() + "/x"));
        VERIFY_ERROR(clientOf(server.host(), withCredentials())->ping({}), ErrorCode::AuthenticationNeeded);
        QCOMPARE(thief.requests().size(), 0u);
    }
    void refusesBrokenTokenServers_data() {
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<QByteArray>("body");
        const QByteArray good = "Bearer realm=\"@\"";
        QTest::newRow("no realm") << QByteArray("Bearer service=\"x\"") << QByteArray("{}");
        QTest::newRow("a file") << QByteArray("Bearer realm=\"file:///etc/passwd\"") << QByteArray("{}");
        QTest::newRow("unknown scheme") << QByteArray("Negotiate") << QByteArray("{}");
        QTest::newRow("HTML") << good << QByteArray("<html>");
        QTest::newRow("no token") << good << QByteArray("{}");
        QTest::newRow("token as number") << good << QByteArray(R"({"token":1})");
        QTest::newRow("header injection") << good << QByteArray(R"({"token":"a\r\nX-Evil: b"})");
        QTest::newRow("too long") << good << QByteArray(R"({"token":")") + QByteArray(100'000, 'a') + "\"}";
        QTest::newRow("giant") << good << QByteArray(1'000'000, ' ');
    }
    void refusesBrokenTokenServers() {
        QFETCH(QByteArray, challenge);
        QFETCH(QByteArray, body);
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        tokens.on("/token", answer(200, body.toStdString()));
        challenge.replace("@", QByteArray::fromStdString("http://" + tokens.host() + "/token"));
        server.on("/v2/", answer(401, "{}").header("WWW-Authenticate", challenge.toStdString()));
        VERIFY_ERROR(clientOf(server.host(), withCredentials())->ping({}), ErrorCode::RemoteFailure);
    }
    void anIdentityTokenGoesToTheTokenServerOnly() {
        // Given an account with an identity token in place of a password,
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        TokenGuard guard(server, tokens);
        server.on("/v2/", answer(200, "{}"));
        RegistryOptions options = quickOptions();
        options.credentials = Credentials{"<token>", {}, "refresh/me+now"};
        // when a token is needed, then it is posted, as oauth.md has it,
        VERIFY_RESULT(clientOf(server.host(), options)->ping({}));
        const HttpRequest asked = tokens.requests().front();
        QCOMPARE(asked.method, std::string("POST"));
        QCOMPARE(asked.target, std::string("/token"));
        QCOMPARE(asked.body, std::string("service=test&scope=repository:demo:pull&grant_type=refresh_token&"
                                         "client_id=escale&refresh_token=refresh/me%2Bnow"));
        QCOMPARE(asked.header("content-type"), std::string("application/x-www-form-urlencoded"));
        // and the registry never sees it.
        for (const HttpRequest& request : server.requests())
            QVERIFY(request.header("authorization").find("refresh") == std::string::npos);
    }
    void anIdentityTokenIsSentOnceAndFollowsNoRedirection_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("revoked") << 400 << ErrorCode::AuthenticationNeeded;
        QTest::newRow("unauthorized") << 401 << ErrorCode::AuthenticationNeeded;
        QTest::newRow("overloaded") << 503 << ErrorCode::RemoteFailure;
        QTest::newRow("sent elsewhere") << 307 << ErrorCode::RemoteFailure;
    }
    void anIdentityTokenIsSentOnceAndFollowsNoRedirection() {
        QFETCH(int, status);
        QFETCH(ErrorCode, code);
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        ScriptedHttpServer thief;
        TokenGuard guard(server, tokens);
        tokens.on("/token", answer(status, "{}").header("Location", "http://" + thief.host() + "/token"));
        RegistryOptions options = quickOptions();
        options.credentials = Credentials{"<token>", {}, "refresh-me"};
        const auto pinged = clientOf(server.host(), options)->ping({});
        VERIFY_ERROR(pinged, code);
        QVERIFY(pinged.error().text().find("refresh-me") == std::string::npos);
        QCOMPARE(tokens.requests().size(), 1u);
        QCOMPARE(thief.requests().size(), 0u);
    }
    void anIdentityTokenIsNoPassword() {
        ScriptedHttpServer server;
        server.on("/v2/", answer(401, "{}").header("WWW-Authenticate", "Basic realm=\"x\""));
        RegistryOptions options = quickOptions();
        options.credentials = Credentials{"ada", {}, "refresh-me"};
        VERIFY_ERROR(clientOf(server.host(), options)->ping({}), ErrorCode::AuthenticationNeeded);
        QCOMPARE(server.requests().size(), 1u);
    }
    void noErrorHoldsASecret() {
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        tokens.on("/token", answer(200, R"({"token":"the-token"})"));
        server.on("/v2/", {answer(401, "{}").header("WWW-Authenticate",
                                                    "Bearer realm=\"http://" + tokens.host() + "/token\""),
                           answer(400, R"({"errors":[{"message":"bad the-token )" + std::string(kPassword) +
                                           " " + kBasic.substr(6) + R"("}]})")});
        const auto pinged = clientOf(server.host(), withCredentials())->ping({});
        VERIFY_ERROR(pinged, ErrorCode::RemoteFailure);
        const std::string text = pinged.error().text();
        QVERIFY2(text.find("bad … … …") != std::string::npos, text.c_str());
    }
};
ESCALE_TEST(RegistryAuthTest)

#include "registry_auth_test.moc"
