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

    void tellsOfARepository() {
        // Given the page of a repository whose owner Docker has verified,
        ScriptedHttpServer hub;
        hub.on(
            "/v2/repositories/bitnami/nginx/",
            answer(200, quoted("{'name':'nginx','namespace':'bitnami','description':'A server\\nfor the web',"
                               "'star_count':12,'pull_count':3000000000,"
                               "'last_updated':'2026-01-02T03:04:05.678Z'}")));
        hub.on("/v2/orgs/bitnami/",
               answer(200, quoted("{'orgname':'bitnami','badge':'verified_publisher'}")));
        const auto page = readHubRepository(hub.host(), "bitnami/nginx", quickOptions(), {});
        VERIFY_RESULT(page);
        QCOMPARE(page->description, std::string("A server for the web"));
        QCOMPARE(page->stars, std::uint64_t(12));
        QCOMPARE(page->pulls, std::uint64_t(3'000'000'000));
        QCOMPARE(page->updated, std::int64_t(1'767'323'045'678));
        QVERIFY(page->isVerified);
        QVERIFY(!page->isOfficial);
    }
    void aPersonsRepositoryHasNoMark() {
        ScriptedHttpServer hub;
        hub.on("/v2/repositories/ada/tool/", answer(200, quoted("{'star_count':'many'}")));
        const auto page = readHubRepository(hub.host(), "ada/tool", quickOptions(), {});
        VERIFY_RESULT(page);
        QVERIFY(!page->isVerified && !page->isOfficial);
        QCOMPARE(page->stars, std::uint64_t(0));
        // An official one's owner is not asked about.
        hub.on("/v2/repositories/library/debian/", answer(200, "{}"));
        const auto official = readHubRepository(hub.host(), "library/debian", quickOptions(), {});
        VERIFY_RESULT(official);
        QVERIFY(official->isOfficial);
        QCOMPARE(hub.count("/v2/orgs/library/"), 0u);
    }
    void tellsOfATag() {
        // Given a tag with images for three platforms and an attestation,
        ScriptedHttpServer hub;
        hub.on(
            "/v2/repositories/library/debian/tags/12/",
            answer(
                200,
                quoted("{'name':'12','last_updated':'2026-01-02T03:04:05Z','digest':'sha256:1234','images':["
                       "{'architecture':'arm64','os':'linux','variant':'v8','size':100},"
                       "{'architecture':'unknown','os':'unknown','size':5},"
                       "{'architecture':'amd64','os':'linux','variant':null,'size':200},"
                       "{'architecture':'s390x','os':'linux','size':300}]}")));
        const Platform amd64{"linux", "amd64", ""};
        const auto tag = readHubTag(hub.host(), "library/debian", "12", amd64, quickOptions(), {});
        VERIFY_RESULT(tag);
        QCOMPARE(tag->platforms.size(), 3u);
        QCOMPARE(tag->size.value_or(0), std::uint64_t(200));
        QCOMPARE(tag->digest, std::string("sha256:1234"));
        // Where there is none for a machine, there is no size.
        const Platform riscv{"linux", "riscv64", ""};
        const auto other = readHubTag(hub.host(), "library/debian", "12", riscv, quickOptions(), {});
        VERIFY_RESULT(other);
        QVERIFY(!other->size);
    }
    void asksForNothingButRepositories() {
        ScriptedHttpServer hub;
        VERIFY_ERROR(readHubRepository(hub.host(), "../orgs/x", quickOptions(), {}),
                     ErrorCode::InvalidArgument);
        VERIFY_ERROR(readHubTag(hub.host(), "a/b", "x/../y", {}, quickOptions(), {}),
                     ErrorCode::InvalidArgument);
        QVERIFY(hub.requests().empty());
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
