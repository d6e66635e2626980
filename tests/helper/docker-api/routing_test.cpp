// Which endpoint a path means, and how parts of it, queries, filters and times are read.
#include "helper/docker-api/api/filters.h"
#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/api/times.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using namespace escale::docker_api;

namespace {

Request requestFor(const std::string& method, const std::string& path) {
    Request request;
    request.method = method;
    request.path = path;
    return request;
}

std::string pageOf(const std::string& path, const std::string& method = "GET") {
    Request request = requestFor(method, path);
    const auto route = findRoute(request);
    return route ? std::string((*route)->path) : route.error().message;
}

} // namespace

class DockerRoutingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesTheVersionOffThePath() {
        Request request = requestFor("GET", "/v1.30/version");
        QVERIFY(findRoute(request));
        QCOMPARE(request.version.minor, 30u);
        QCOMPARE(pageOf("/version"), std::string("/version"));
        QCOMPARE(pageOf("/v1.47/_ping"), std::string("/_ping"));
    }
    void refusesVersions_data() {
        QTest::addColumn<std::string>("path");
        QTest::addColumn<std::string>("why");
        const std::string old = "is too old", young = "is too new", none = "page not found";
        QTest::newRow("before the oldest") << std::string("/v1.23/version") << old;
        QTest::newRow("without a minor") << std::string("/v1/version") << old;
        QTest::newRow("after the newest") << std::string("/v1.48/version") << young;
        QTest::newRow("another major") << std::string("/v2.0/version") << young;
        QTest::newRow("with a tail") << std::string("/v1.41x/version") << none;
        QTest::newRow("beyond numbers") << std::string("/v1.99999999999999999999/version") << none;
        QTest::newRow("alone") << std::string("/v1.41") << none;
        QTest::newRow("twice") << std::string("/v1.41/v1.41/version") << none;
    }
    void refusesVersions() {
        QFETCH(std::string, path);
        QFETCH(std::string, why);
        const std::string said = pageOf(path);
        QVERIFY2(said.find(why) != std::string::npos, said.c_str());
    }
    void readsEscapes() {
        QCOMPARE(pageOf("/%76ersion"), std::string("/version"));
        // An encoded slash is part of a name: it makes no other page.
        QCOMPARE(pageOf("/v1.41%2Fversion"), std::string("page not found"));
    }
    void knowsNoOtherPages() {
        for (const char* path : {"/", "//version", "/version/", "/versions", "/../version"})
            QCOMPARE(pageOf(path), std::string("page not found"));
        QVERIFY(pageOf("/version", "BREW").find("BREW") != std::string::npos);
    }

    void readsTimes() {
        QCOMPARE(readTime("1700000000").value_or(0), 1'700'000'000'000'000'000);
        QCOMPARE(readTime("1700000000.5").value_or(0), 1'700'000'000'500'000'000);
        QCOMPARE(readTime("2023-11-14T22:13:20Z").value_or(0), 1'700'000'000'000'000'000);
        QCOMPARE(readTime("2023-11-14").value_or(0) % 86'400'000'000'000, 0);
        const auto hour = readTime("1h"), now = readTime("0s");
        QVERIFY(hour && now && *now - *hour >= 3'599'000'000'000);
    }
    void refusesTimesThatAreNone() {
        for (const char* text : {"", "yesterday", "1.-5", "1e400", "99999999999999999999", "2023-13-45"})
            QVERIFY2(!readTime(text), text);
        // As early and as late as a number holds: none becomes another by overflow.
        const auto past = readTime("2562047h"), future = readTime("-2562047h");
        QVERIFY(!past || *past < 0);
        QVERIFY(!future || *future > 0);
    }
    void readsFilters() {
        const auto query = Query::parse("filters=%7B%22label%22%3A%5B%22a%3Db%22%5D%2C%22name%22%3A%7B%22x%"
                                        "22%3Atrue%2C%22y%22%3Afalse%7D%7D");
        const auto filters = Filters::parse(query, {"label", "name"});
        QVERIFY(filters);
        QCOMPARE(filters->values("label"), std::vector<std::string>{"a=b"});
        QCOMPARE(filters->values("name"), std::vector<std::string>{"x"});
        QVERIFY(!Filters::parse(query, {"label"})); // one that this page does not know
        QVERIFY(!Filters::parse(Query::parse("filters=%5B"), {"label"}));
        // {"label":"a"}, {"label":[1]}, {"label":{"a":"b"}}: none of them is no filter at all
        for (const char* wrong : {"%22a%22", "%5B1%5D", "%7B%22a%22%3A%22b%22%7D"})
            QVERIFY2(!Filters::parse(Query::parse("filters=%7B%22label%22%3A" + std::string(wrong) + "%7D"),
                                     {"label"}),
                     wrong);
    }
};
ESCALE_TEST(DockerRoutingTest)

#include "routing_test.moc"
