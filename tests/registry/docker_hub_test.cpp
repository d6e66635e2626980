// Against a local stand-in that speaks Docker Hub's JSON; the real one is not reached by tests.
#include "engine/registry/docker_hub.h"
#include "engine/registry/rate_limit.h"
#include "tests/registry/registry_fixture.h"

using namespace escale;
using namespace escale::test;

// JSON with ' for ", which moc reads without stumbling.
static std::string quoted(QByteArray text) {
    return text.replace('\'', '"').toStdString();
}

class DockerHubTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsRepositories() {
        // Given an answer as hub.docker.com gives it, with a name that no registry has,
        ScriptedHttpServer hub;
        hub.on(
            "/v2/search/repositories/",
            answer(200,
                   quoted("{'count':3,'next':'','results':["
                          "{'repo_name':'debian','short_description':'Debian\\nis Linux','star_count':5000,"
                          "'pull_count':10000000000,'is_official':true},"
                          "{'repo_name':'grafana/grafana','short_description':null,'star_count':'x'},"
                          "{'repo_name':'../Evil'}]}")));
        const auto found = searchDockerHub(hub.host(), "debian & co", 25, quickOptions(), {});
        VERIFY_RESULT(found);
        // then what can be pulled is found, by the name to pull it by.
        QCOMPARE(found->size(), 2u);
        QCOMPARE(found->at(0).name, std::string("library/debian"));
        QCOMPARE(found->at(0).description, std::string("Debian is Linux"));
        QCOMPARE(found->at(0).pulls, std::uint64_t(10'000'000'000));
        QVERIFY(found->at(0).isOfficial);
        QCOMPARE(found->at(1).name, std::string("grafana/grafana"));
        QCOMPARE(hub.requests().front().target,
                 std::string("/v2/search/repositories/?query=debian%20%26%20co&page_size=25"));
    }
    void neverSendsAnAccount() {
        ScriptedHttpServer hub;
        hub.on("/v2/search/repositories/", answer(401, "{}").header("WWW-Authenticate", "Basic realm=\"x\""));
        RegistryOptions options = quickOptions();
        options.credentials = Credentials{"ada", "letmein", {}};
        VERIFY_ERROR(searchDockerHub(hub.host(), "x", 25, options, {}), ErrorCode::AuthenticationNeeded);
        for (const HttpRequest& request : hub.requests())
            QCOMPARE(request.header("authorization"), std::string());
    }
    void nonsenseIsSaid() {
        for (const char* body : {"<html>", "[]", "{}"}) {
            ScriptedHttpServer hub;
            hub.on("/v2/search/repositories/", answer(200, body));
            VERIFY_ERROR(searchDockerHub(hub.host(), "x", 25, quickOptions(), {}), ErrorCode::RemoteFailure);
        }
    }

    void readsTheRateLimit_data() {
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<QByteArray>("remaining");
        QTest::addColumn<QByteArray>("expected"); // remaining/limit/window; empty: none
        const auto row = [](const char* limit, const char* remaining, const char* expected) {
            QTest::addRow("%s %s", limit, remaining)
                << QByteArray(limit) << QByteArray(remaining) << QByteArray(expected);
        };
        row("100;w=21600", "76;w=21600", "76/100/21600");
        row("100", "0", "0/100/0");
        row("100;w=x", "1", "1/100/0");
        row("100;w=99999999999", "1", "1/100/0");
        row("", "1", "");
        row("100", "", "");
        row("many", "1", "");
        row("-1", "1", "");
    }
    void readsTheRateLimit() {
        QFETCH(QByteArray, limit);
        QFETCH(QByteArray, remaining);
        QFETCH(QByteArray, expected);
        const auto read = RateLimit::parse(limit.toStdString(), remaining.toStdString());
        QCOMPARE(read ? std::to_string(read->remaining) + "/" + std::to_string(read->limit) + "/" +
                            std::to_string(read->window.count())
                      : "",
                 expected.toStdString());
    }
    void aManifestsAnswerTellsTheRateLimit() {
        ScriptedHttpServer server;
        server.on("/v2/demo/manifests/1", answer(200, "{}", "application/vnd.oci.image.manifest.v1+json")
                                              .header("RateLimit-Limit", "100;w=21600")
                                              .header("RateLimit-Remaining", "12;w=21600"));
        const auto client = clientOf(server.host());
        QVERIFY(!client->rateLimit());
        VERIFY_RESULT(client->fetchManifest({server.host(), "demo", "1", std::nullopt}, {}));
        QVERIFY(client->rateLimit() == (RateLimit{100, 12, std::chrono::seconds(21600)}));
    }
};
ESCALE_TEST(DockerHubTest)

#include "docker_hub_test.moc"
