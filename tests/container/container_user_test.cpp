#include "engine/container/container_user.h"

#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <sys/stat.h>

using namespace escale;

class ContainerUserTest : public QObject {
    Q_OBJECT

    static constexpr std::string_view kPasswd = "root:x:0:0:root:/root:/bin/sh\n"
                                                "www:x:33:33:www:/var/www:/bin/false\n"
                                                "short:x\n"
                                                "app:x:1000:1001::/home/app:\n"
                                                "huge:x:70000:70000::/:\n";
    static constexpr std::string_view kGroup =
        "root:x:0:\nwww:x:33:\naudio:x:29:app,www\nvideo:x:44:app\nbad:x:y:app\n";

private Q_SLOTS:
    void resolves_data() {
        QTest::addColumn<QString>("user");
        QTest::addColumn<uint>("uid");
        QTest::addColumn<uint>("gid");
        QTest::addColumn<QString>("groups");
        QTest::addColumn<QString>("home");
        QTest::newRow("none is root") << "" << 0u << 0u << ""
                                      << "/root";
        QTest::newRow("name") << "app" << 1000u << 1001u << "29 44"
                              << "/home/app";
        QTest::newRow("number of a known user") << "33" << 33u << 33u << "29"
                                                << "/var/www";
        QTest::newRow("number of nobody known") << "1234" << 1234u << 0u << ""
                                                << "/";
        QTest::newRow("name and group") << "app:www" << 1000u << 33u << ""
                                        << "/home/app";
        QTest::newRow("numbers") << "5:6" << 5u << 6u << ""
                                 << "/";
        QTest::newRow("group only") << ":video" << 0u << 44u << ""
                                    << "/root";
    }
    void resolves() {
        QFETCH(const QString, user);
        QFETCH(const uint, uid);
        QFETCH(const uint, gid);
        QFETCH(const QString, groups);
        QFETCH(const QString, home);
        const auto result = resolveUser(user.toStdString(), kPasswd, kGroup);
        VERIFY_RESULT(result);
        QCOMPARE(result->uid, uid);
        QCOMPARE(result->gid, gid);
        QStringList found;
        for (const auto group : result->additionalGids)
            found << QString::number(group);
        QCOMPARE(found.join(' '), groups);
        QCOMPARE(result->home, home.toStdString());
    }

    void refuses_data() {
        QTest::addColumn<QString>("user");
        QTest::addColumn<int>("code");
        QTest::newRow("unknown user") << "nobody" << int(ErrorCode::NotFound);
        QTest::newRow("unknown group") << "app:nogroup" << int(ErrorCode::NotFound);
        QTest::newRow("id beyond the range") << "70000" << int(ErrorCode::Unsupported);
        QTest::newRow("named id beyond the range") << "huge" << int(ErrorCode::Unsupported);
        QTest::newRow("number that overflows") << "99999999999999999999" << int(ErrorCode::Unsupported);
        QTest::newRow("group beyond the range") << "app:65536" << int(ErrorCode::Unsupported);
    }
    void refuses() {
        QFETCH(const QString, user);
        QFETCH(const int, code);
        const auto result = resolveUser(user.toStdString(), kPasswd, kGroup);
        QVERIFY(!result);
        QCOMPARE(int(result.error().code), code);
    }

    void worksWithoutTheFiles() {
        const QTemporaryDir root;
        const auto result = resolveUserIn(root.path().toStdString(), "7:8");
        VERIFY_RESULT(result);
        QCOMPARE(result->uid, 7u);
    }

    void refusesWhatIsNoFile() {
        const QTemporaryDir root;
        VERIFY_RESULT(makeDirectories(root.filePath("etc").toStdString()));
        QCOMPARE(::mkfifo(root.filePath("etc/passwd").toUtf8().constData(), 0644), 0);
        const auto result = resolveUserIn(root.path().toStdString(), "app");
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
    }

    void followsLinksInsideTheRootOnly() {
        const QTemporaryDir root;
        VERIFY_RESULT(makeDirectories(root.filePath("etc").toStdString()));
        // Absolute and climbing: to the host it is /etc/passwd, to the container a file that is not there.
        QCOMPARE(::symlink("/../../../../../etc/../etc/shadow-not-here",
                           root.filePath("etc/passwd").toUtf8().constData()),
                 0);
        const auto result = resolveUserIn(root.path().toStdString(), "root");
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::NotFound);
    }
};

ESCALE_TEST(ContainerUserTest)
#include "container_user_test.moc"
