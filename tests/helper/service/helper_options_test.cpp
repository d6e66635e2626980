#include "helper/service/options.h"
#include "tests/support/test_registry.h"

using namespace escale;

class HelperOptionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hasTheSystemsDefaults() {
        const auto options = parseHelperOptions({});
        VERIFY_RESULT(options);
        QCOMPARE(options->stateFolder, std::string("/var/lib/escale"));
        QCOMPARE(options->runFolder, std::string("/run/escale"));
        QVERIFY(!options->purge);
    }
    void takesValuesInBothForms() {
        const auto options = parseHelperOptions(
            {"--state", "/tmp/a", "--run=/tmp/b", "--bridge", "br1", "--idle-seconds=0", "--purge"});
        VERIFY_RESULT(options);
        QCOMPARE(options->stateFolder, std::string("/tmp/a"));
        QCOMPARE(options->runFolder, std::string("/tmp/b"));
        QCOMPARE(options->bridge, std::string("br1"));
        QCOMPARE(options->idleSeconds, 0);
        QVERIFY(options->purge);
    }
    void refuses_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown option") << QStringList{QStringLiteral("--force"), QStringLiteral("x")};
        QTest::newRow("unknown last option") << QStringList{QStringLiteral("--force")};
        QTest::newRow("a word") << QStringList{QStringLiteral("start")};
        QTest::newRow("no value") << QStringList{QStringLiteral("--state")};
        QTest::newRow("relative folder") << QStringList{QStringLiteral("--state=var")};
        QTest::newRow("the root") << QStringList{QStringLiteral("--run=/")};
        QTest::newRow("way up") << QStringList{QStringLiteral("--cgroup-parent=/a/..")};
        QTest::newRow("long interface") << QStringList{QStringLiteral("--bridge=abcdefghijklmnop")};
        QTest::newRow("odd table") << QStringList{QStringLiteral("--table=a b")};
        QTest::newRow("idle time") << QStringList{QStringLiteral("--idle-seconds=2m")};
    }
    void refuses() {
        QFETCH(QStringList, arguments);
        std::vector<std::string> list;
        for (const auto& argument : arguments)
            list.push_back(argument.toStdString());
        const auto options = parseHelperOptions(list);
        QVERIFY(!options);
        QCOMPARE(options.error().code, ErrorCode::InvalidArgument);
    }
};
ESCALE_TEST(HelperOptionsTest)

#include "helper_options_test.moc"
