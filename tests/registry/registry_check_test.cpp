// What the Test button finds out, of real registries and of what only looks like one.
#include "engine/registry/registry_check.h"
#include "tests/registry/registry_fixture.h"
#include "tests/support/docker_registry.h"

using namespace escale;
using namespace escale::test;
using Account = RegistryReport::Account;

class RegistryCheckTest : public QObject {
    Q_OBJECT
    static RegistryOptions as(const std::string& user, const std::string& password) {
        RegistryOptions options;
        options.credentials = Credentials{user, password, {}};
        return options;
    }
private Q_SLOTS:
    void anOpenRegistryAsksForNoAccount() {
        SKIP_UNLESS(DockerRegistry::isInstalled(), "docker-registry is not installed");
        const auto registry = DockerRegistry::start().value();
        const RegistryReport report = checkRegistry(registry->host(), as("ada", "whatever"), {});
        QVERIFY(report.isGood());
        QCOMPARE(report.account, Account::NotAsked);
        QCOMPARE(report.transport, RegistryReport::Transport::PlainHttp);
        QVERIFY(report.listsRepositories);
        QVERIFY(!report.keep); // it was not asked for: nobody knows whether it is right
    }
    void aGuardedRegistryTellsOfTheAccount() {
        SKIP_UNLESS(DockerRegistry::isInstalled(), "docker-registry is not installed");
        const auto registry = DockerRegistry::start(true).value();
        QCOMPARE(checkRegistry(registry->host(), {}, {}).account, Account::Needed);
        const RegistryReport wrong = checkRegistry(registry->host(), as("ada", "wrong"), {});
        QCOMPARE(wrong.account, Account::Refused);
        QVERIFY(wrong.refusal && !wrong.isGood());
        const RegistryReport right =
            checkRegistry(registry->host(), as(DockerRegistry::kUser, DockerRegistry::kPassword), {});
        QCOMPARE(right.account, Account::Accepted);
        QVERIFY(right.keep == as(DockerRegistry::kUser, DockerRegistry::kPassword).credentials);
    }
    void aPasswordIsTradedForAnIdentityToken() {
        // Given a token server that gives what is to be kept in place of a password,
        ScriptedHttpServer server;
        ScriptedHttpServer tokens;
        tokens.on("/token", answer(200, R"js({"token":"t","refresh_token":"keep-me"})js"));
        server.before([&](const HttpRequest& request) -> std::optional<HttpAnswer> {
            if (request.header("authorization") == "Bearer t")
                return std::nullopt;
            return answer(401, "{}").header("WWW-Authenticate", "Bearer realm=\"http://" + tokens.host() +
                                                                    "/token\",service=\"s\"");
        });
        server.on("/v2/", answer(200, "{}"));
        RegistryOptions options = as("ada", "letmein");
        options.wantsIdentityToken = true;
        // when somebody logs in, then that token is kept and not the password.
        const RegistryReport report = checkRegistry(server.host(), options, {});
        QCOMPARE(report.account, Account::Accepted);
        QVERIFY(!report.listsRepositories);
        QVERIFY(report.keep == (Credentials{"ada", {}, "keep-me"}));
        QVERIFY(tokens.requests().front().target.find("offline_token=true") != std::string::npos);
    }
    void whatOnlyGuardsItsListTellsOfTheAccountToo() {
        ScriptedHttpServer server;
        server.on("/v2/", answer(200, "{}"));
        server.on("/v2/_catalog", answer(401, "{}").header("WWW-Authenticate", "Basic realm=\"x\""));
        QCOMPARE(checkRegistry(server.host(), as("ada", "wrong"), {}).account, Account::Refused);
    }
    void whatIsNoRegistryIsSaid() {
        ScriptedHttpServer server;
        server.on("/v2/", answer(200, "<html>hello</html>", "text/html"));
        const RegistryReport report = checkRegistry(server.host(), {}, {});
        QVERIFY(report.contact);
        QCOMPARE(report.contact->code, ErrorCode::RemoteFailure);
    }
    void nobodyThereIsSaidSoon() {
        std::string host;
        {
            const ScriptedHttpServer gone;
            host = gone.host();
        }
        const RegistryReport report = checkRegistry(host, {}, {});
        QVERIFY(report.contact);
        QCOMPARE(report.contact->code, ErrorCode::Unreachable);
    }
    void isCancelled() {
        ScriptedHttpServer silent;
        silent.on("/v2/", neverAnswers());
        Cancellation cancellation;
        std::jthread canceller([&] {
            while (silent.requests().empty())
                std::this_thread::yield();
            cancellation.cancel();
        });
        const RegistryReport report = checkRegistry(silent.host(), {}, cancellation);
        QCOMPARE(report.contact.value().code, ErrorCode::Cancelled);
    }
};
ESCALE_TEST(RegistryCheckTest)

#include "registry_check_test.moc"
