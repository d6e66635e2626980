#include "tests/registry/registry_fixture.h"

using namespace escale;
using namespace escale::test;

class RegistryListingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void turnsThePages() {
        ScriptedHttpServer server;
        server.on("/v2/_catalog", {answer(200, R"({"repositories":["a","b/c"]})")
                                       .header("Link", "</v2/_catalog?last=b%2Fc&n=2>; rel=\"next\""),
                                   answer(200, R"({"repositories":["d"]})")});
        const auto client = clientOf(server.host());
        const auto first = client->catalog("", 2, {});
        VERIFY_RESULT(first);
        QCOMPARE(first->names, (std::vector<std::string>{"a", "b/c"}));
        const auto second = client->catalog(first->last, 2, {});
        VERIFY_RESULT(second);
        QCOMPARE(second->names, std::vector<std::string>{"d"});
        QCOMPARE(second->last, std::string());
        QCOMPARE(server.requests()[0].target, std::string("/v2/_catalog?n=2"));
        QCOMPARE(server.requests()[1].target, std::string("/v2/_catalog?last=b%2Fc&n=2"));
    }
    void endsARegistryThatTurnsInCircles() {
        ScriptedHttpServer server;
        server.on("/v2/_catalog",
                  answer(200, R"({"repositories":["a"]})").header("Link", "</x?last=a&n=1>; rel=\"next\""));
        const auto client = clientOf(server.host());
        const auto first = client->catalog("", 1, {});
        VERIFY_RESULT(first);
        QCOMPARE(client->catalog(first->last, 1, {}).value().last, std::string());
    }
    void leavesOutWhatIsNoName() {
        ScriptedHttpServer server;
        server.on("/v2/demo/tags/list", answer(200, R"({"name":"demo","tags":["1","../x",7,"<b>","ok"]})"));
        QCOMPARE(clientOf(server.host())->tags("demo", "", 10, {}).value().names,
                 (std::vector<std::string>{"1", "ok"}));
    }
    void takesARepositoryWithoutTags() {
        ScriptedHttpServer server;
        server.on("/v2/demo/tags/list", answer(200, R"({"name":"demo","tags":null})"));
        QVERIFY(clientOf(server.host())->tags("demo", "", 10, {}).value().names.empty());
    }
    void refusesWhatIsNoList() {
        for (const char* body : {"", "[]", "{}", "<html>", R"({"repositories":"a"})"}) {
            ScriptedHttpServer server;
            server.on("/v2/_catalog", answer(200, body));
            VERIFY_ERROR(clientOf(server.host())->catalog("", 10, {}), ErrorCode::RemoteFailure);
        }
    }
    void hintsAtTypingTheNameWhenThereIsNoCatalogue() {
        ScriptedHttpServer server;
        server.on("/v2/_catalog", answer(404, "{}"));
        const auto page = clientOf(server.host())->catalog("", 10, {});
        VERIFY_ERROR(page, ErrorCode::NotFound);
        QVERIFY(page.error().hint.find("type the repository's name") != std::string::npos);
    }
};
ESCALE_TEST(RegistryListingTest)

#include "registry_listing_test.moc"
