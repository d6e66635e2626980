// Paths, modes and settings as /containers/{id}/archive and /commit have them.
#include "helper/docker-api/containers/commit.h"
#include "helper/docker-api/containers/path_stat.h"
#include "helper/docker-api/http/query.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <sys/stat.h>

using namespace escale;
using namespace escale::docker_api;

class PathStatTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleansAPath_data() {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("clean");
        QTest::newRow("relative") << "data"
                                  << "/data";
        QTest::newRow("doubled") << "//data///x"
                                 << "/data/x";
        QTest::newRow("up") << "/a/../../b"
                            << "/b";
        QTest::newRow("folder") << "/data/"
                                << "/data/";
        QTest::newRow("its content") << "/data/."
                                     << "/data/.";
        QTest::newRow("root") << "/"
                              << "/";
        QTest::newRow("content of the root") << "/."
                                             << "/.";
    }
    void cleansAPath() {
        QFETCH(QString, written);
        QFETCH(QString, clean);
        QCOMPARE(QString::fromStdString(cleanPath(written.toStdString())), clean);
    }
    void tellsModesAsGoDoes() {
        QCOMPARE(goFileMode(S_IFREG | 0644), 0644U);
        QCOMPARE(goFileMode(S_IFDIR | 01777), (1U << 31) | (1U << 20) | 0777U);
        QCOMPARE(goFileMode(S_IFREG | 04755), (1U << 23) | 0755U);
        QCOMPARE(goFileMode(S_IFLNK | 0777), (1U << 27) | 0777U);
        QCOMPARE(goFileMode(S_IFCHR | 0600), (1U << 26) | (1U << 21) | 0600U);
    }
    void tellsWhereALinkLeads() {
        dbus::FileEntry link;
        link.mode = S_IFLNK | 0777;
        link.linkTarget = QStringLiteral("../etc/x");
        const auto text = QByteArray::fromBase64(QByteArray::fromStdString(pathStat("/bin/link", link)));
        const auto stat = Json::parse(text.toStdString());
        VERIFY_RESULT(stat);
        QCOMPARE(stat->at("linkTarget").toString(), std::string("/etc/x"));
        QCOMPARE(stat->at("name").toString(), std::string("link"));
    }
    void knowsWhatLiesInAFolder() {
        QVERIFY(isAtOrBelow("/data/x", "/data") && isAtOrBelow("/data", "/data/") && isAtOrBelow("/x", "/"));
        QVERIFY(!isAtOrBelow("/database", "/data"));
    }
    void makesOptionsOfACommit() {
        const auto options = commitOptions(
            Query::parse(
                "container=c&comment=hello&author=me&pause=0&changes=ENV%20A%3Db%0AUSER%207&changes=CMD%20x"),
            *Json::parse(R"({"Cmd":["a","b"],"Labels":{"k":"v"},"ExposedPorts":{"80/tcp":{}}})"));
        VERIFY_RESULT(options);
        QCOMPARE(options->value(QStringLiteral("pause")).toBool(), false);
        QCOMPARE(options->value(QStringLiteral("changes")).toStringList().join(u'|'),
                 QStringLiteral("ENV A=b|USER 7|CMD x"));
        QCOMPARE(options->value(QStringLiteral("command")).toStringList().join(u' '), QStringLiteral("a b"));
        QCOMPARE(options->value(QStringLiteral("exposed-ports")).toStringList().join(u' '),
                 QStringLiteral("80/tcp"));
    }
    void refusesACommitThatCannotBe() {
        const auto options = commitOptions(Query(), *Json::parse("{\"Volumes\":{\"/data\":{}}}"));
        QVERIFY(!options);
        QCOMPARE(options.error().code, ErrorCode::Unsupported);
    }
};

ESCALE_TEST(PathStatTest)
#include "path_stat_test.moc"
