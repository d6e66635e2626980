#include "helper/validation/arguments.h"
#include "tests/support/test_registry.h"

#include <limits>

using namespace escale;

class ArgumentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pathsInsideAreAbsolute() {
        QCOMPARE(checkPathInside(QStringLiteral("/etc/./a")).value(), std::string("/etc/./a"));
        for (const QString& bad : {QString(), QStringLiteral("etc"), u'/' + QString(4095, u'a'),
                                   u'/' + QString(3000, QChar(0xe9)), QStringLiteral("/a") + QChar(0)})
            QCOMPARE(checkPathInside(bad).error().code, ErrorCode::InvalidArgument);
    }
    void entryNamesAreOneComponent() {
        QCOMPARE(checkEntryName(QStringLiteral("file")).value(), std::string("file"));
        QCOMPARE(checkEntryName(QString()).value(), std::string());
        for (const QString& bad : {QStringLiteral("a/b"), QStringLiteral(".."), QString(256, u'a')})
            QCOMPARE(checkEntryName(bad).error().code, ErrorCode::InvalidArgument);
    }
    void anOwnerHasBothIds() {
        QVERIFY(!copiedOwner({}).value());
        const QVariantMap both{{QStringLiteral("user"), 1U}, {QStringLiteral("group"), 2U}};
        QCOMPARE(copiedOwner(both).value()->second, 2U);
        const QVariantMap one{{QStringLiteral("user"), 1U}};
        QVERIFY(!copiedOwner(one));
        const QVariantMap none{{QStringLiteral("user"), 1U}, {QStringLiteral("group"), UINT32_MAX}};
        QVERIFY(!copiedOwner(none));
    }

    void takesAReference_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << QStringLiteral("debian");
        QTest::newRow("port and tag") << QStringLiteral("localhost:5000/a/b_c.d-e:1.0");
        QTest::newRow("digest") << QStringLiteral("debian@sha256:") + QString(64, QLatin1Char('a'));
    }
    void takesAReference() {
        QFETCH(QString, text);
        VERIFY_RESULT(checkReference(text));
    }
    void refusesAReference_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("long") << QString(513, QLatin1Char('a'));
        QTest::newRow("space") << QStringLiteral("a b");
        QTest::newRow("line feed") << QStringLiteral("a\nb");
        QTest::newRow("other letters") << QString::fromUtf8("dé");
        QTest::newRow("password") << QStringLiteral("user:secret@registry/name");
        QTest::newRow("escape") << QStringLiteral("a%2fb");
    }
    void refusesAReference() {
        QFETCH(QString, text);
        const auto checked = checkReference(text);
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, ErrorCode::InvalidArgument);
    }
    void neverRepeatsAPasswordOfAReference() {
        const auto checked = checkReference(QStringLiteral("user:secret@registry/name"));
        QVERIFY(!checked);
        QVERIFY(checked.error().text().find("secret") == std::string::npos);
    }
    void refusesAPlatform_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("one part") << QStringLiteral("linux");
        QTest::newRow("four parts") << QStringLiteral("linux/arm/v7/x");
        QTest::newRow("empty part") << QStringLiteral("linux//v7");
        QTest::newRow("space") << QStringLiteral("linux/a b");
    }
    void refusesAPlatform() {
        QFETCH(QString, text);
        QVERIFY(!checkPlatform(text));
    }
    void refusesAContainerId_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("path") << QStringLiteral("../x");
        QTest::newRow("long") << QString(129, QLatin1Char('a'));
    }
    void refusesAContainerId() {
        QFETCH(QString, text);
        QVERIFY(!checkContainerId(text));
    }
    void boundsTheCommand() {
        QVERIFY(!checkCommand(QStringList(4097, QStringLiteral("a"))));
        QVERIFY(!checkCommand({QString(128 * 1024, QLatin1Char('a'))}));
        VERIFY_RESULT(checkCommand(QStringList(4096, QStringLiteral("a"))));
    }
    void wantsNamesInTheEnvironment() {
        VERIFY_RESULT(checkEnvironment({QStringLiteral("A="), QStringLiteral("B=c=d")}));
        QVERIFY(!checkEnvironment({QStringLiteral("A")}));
        QVERIFY(!checkEnvironment({QStringLiteral("=x")}));
    }
    void makesAPullRequest() {
        const auto request = pullRequest(1000, QStringLiteral("debian:12"),
                                         {{QStringLiteral("username"), QStringLiteral("me")},
                                          {QStringLiteral("password"), QStringLiteral("secret")},
                                          {QStringLiteral("insecure"), true}});
        VERIFY_RESULT(request);
        QCOMPARE(request->owner, 1000U);
        QVERIFY(request->access.insecure);
        QVERIFY(request->credentials);
        QCOMPARE(request->credentials->password, std::string("secret"));
    }
    void readsHowARegistryIsReached() {
        const auto request =
            pullRequest(1000, QStringLiteral("debian:12"),
                        {{QStringLiteral("identity-token"), QStringLiteral("token")},
                         {QStringLiteral("certificates"), QStringLiteral("PEM")},
                         {QStringLiteral("mirrors"), QStringList(QStringLiteral("mirror.example:5000/hub"))},
                         {QStringLiteral("https-proxy"), QStringLiteral("http://proxy:3128")}});
        VERIFY_RESULT(request);
        QCOMPARE(request->credentials->identityToken, std::string("token"));
        QCOMPARE(request->access.certificates, std::string("PEM"));
        QCOMPARE(request->access.mirrors.at(0).prefix, std::string("hub"));
        QCOMPARE(request->access.proxy.https, std::string("http://proxy:3128"));
    }
    void refusesNonsenseOnTheWayToARegistry() {
        const auto isRefused = [](const char* name, const QVariant& value) {
            return !pullRequest(0, QStringLiteral("a"), {{QLatin1String(name), value}});
        };
        QVERIFY(isRefused("certificates", QString(100'000, u'x')));
        QVERIFY(isRefused("mirrors", QStringList(QStringLiteral("../x"))));
        QVERIFY(isRefused("mirrors", QStringList(9, QStringLiteral("mirror.example"))));
        QVERIFY(isRefused("http-proxy", QStringLiteral("http://p\r\nX: y")));
        QVERIFY(isRefused("no-proxy", QString(1000, u'x')));
    }
    void wantsUserNameAndPasswordTogether() {
        QVERIFY(!pullRequest(0, QStringLiteral("a"), {{QStringLiteral("username"), QStringLiteral("me")}}));
        QVERIFY(!pullRequest(0, QStringLiteral("a"), {{QStringLiteral("password"), QStringLiteral("x")}}));
    }
    void keepsTheEnginesDefaults() {
        const auto options = containerOptions(QStringLiteral("a"), {}, {});
        VERIFY_RESULT(options);
        QCOMPARE(options->memoryBytes, ContainerOptions().memoryBytes);
        QCOMPARE(options->network, std::string("bridge"));
    }
    void readsTheOptionsOfAContainer() {
        const auto options =
            containerOptions(QStringLiteral("a"), {QStringLiteral("sh")},
                             {{QStringLiteral("name"), QStringLiteral("web")},
                              {QStringLiteral("memory"), QVariant::fromValue(quint64(64) << 20)},
                              {QStringLiteral("cpus"), 1.5},
                              {QStringLiteral("pids"), QVariant::fromValue(qint64(10))},
                              {QStringLiteral("stop-timeout"), 3U},
                              {QStringLiteral("network"), QStringLiteral("none")},
                              {QStringLiteral("remove"), true}});
        VERIFY_RESULT(options);
        QCOMPARE(options->name, std::string("web"));
        QCOMPARE(options->memoryBytes, std::uint64_t(64) << 20);
        QCOMPARE(options->cpus, 1.5);
        QCOMPARE(options->pidsLimit, std::int64_t(10));
        QCOMPARE(options->stopTimeoutSeconds, 3U);
        QCOMPARE(options->network, std::string("none"));
        QVERIFY(options->removeWhenStopped);
    }
    void refusesAContainersOption_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QVariant>("value");
        QTest::newRow("name") << QStringLiteral("name") << QVariant(QStringLiteral("../x"));
        QTest::newRow("empty name") << QStringLiteral("name") << QVariant(QString());
        QTest::newRow("memory") << QStringLiteral("memory") << QVariant::fromValue(quint64(4096));
        QTest::newRow("no number of cpus")
            << QStringLiteral("cpus") << QVariant(std::numeric_limits<double>::quiet_NaN());
        QTest::newRow("negative cpus") << QStringLiteral("cpus") << QVariant(-1.0);
        QTest::newRow("endless stop") << QStringLiteral("stop-timeout") << QVariant(0xffffffffU);
        QTest::newRow("unknown network") << QStringLiteral("network") << QVariant(QStringLiteral("the moon"));
        QTest::newRow("unknown restart") << QStringLiteral("restart") << QVariant(QStringLiteral("maybe"));
    }
    void refusesAContainersOption() {
        QFETCH(QString, key);
        QFETCH(QVariant, value);
        QVERIFY(!containerOptions(QStringLiteral("a"), {}, {{key, value}}));
    }
};
ESCALE_TEST(ArgumentsTest)

#include "arguments_test.moc"
