// Accounts as clients send them. None of them may stand in an error's text.
#include "engine/base/json.h"
#include "helper/docker-api/api/registry_auth.h"
#include "tests/support/test_registry.h"

#include <QByteArray>

using namespace escale;
using namespace escale::docker_api;

class DockerRegistryAuthTest : public QObject {
    Q_OBJECT
    static std::string header(const char* json) {
        return QByteArray(json).toBase64(QByteArray::Base64UrlEncoding).toStdString();
    }
    static std::string accountsOfABuild() {
        const auto account = [](const char* user, const char* password) {
            return Json().set("username", user).set("password", password);
        };
        return Json()
            .set(std::string("https:") + "//index.docker.io/v1/", account("a", "b"))
            .set("localhost:5000", account("c", "d"))
            .set("x", Json::Object())
            .dump();
    }
private Q_SLOTS:
    void readsNameAndPassword() {
        const auto account = readRegistryAuth(header("{\"username\":\"ada\",\"password\":\"pß?w>\"}"));
        VERIFY_RESULT(account);
        QVERIFY(account->has_value());
        QCOMPARE((*account)->username, std::string("ada"));
        QCOMPARE((*account)->password, std::string("pß?w>"));
    }
    void readsBothAlphabetsAndNoPadding() {
        QByteArray plain = QByteArray("{\"username\":\"ada\",\"password\":\"pß?w>x\"}").toBase64();
        while (plain.endsWith('='))
            plain.chop(1);
        const auto account = readRegistryAuth(plain.toStdString());
        VERIFY_RESULT(account);
        QCOMPARE((*account)->password, std::string("pß?w>x"));
    }
    void readsAuthInPlaceOfNameAndPassword() {
        const auto account = readRegistryAuth(header("{\"auth\":\"YWRhOmxldG1laW4=\"}")); // ada:letmein
        VERIFY_RESULT(account);
        QCOMPARE((*account)->username, std::string("ada"));
        QCOMPARE((*account)->password, std::string("letmein"));
    }
    void takesTheIdentityTokenBeforeThePassword() {
        const auto account = readRegistryAuth(
            header("{\"username\":\"ada\",\"password\":\"old\",\"identitytoken\":\"fresh\"}"));
        VERIFY_RESULT(account);
        QCOMPARE((*account)->identityToken, std::string("fresh"));
        QCOMPARE((*account)->password, std::string());
    }
    void knowsThatThereIsNone_data() {
        QTest::addColumn<QString>("json");
        QTest::newRow("an empty object") << "{}";
        QTest::newRow("null") << "null";
        QTest::newRow("a server alone") << "{\"serveraddress\":\"localhost:5000\"}";
    }
    void knowsThatThereIsNone() {
        QFETCH(const QString, json);
        const auto account = readRegistryAuth(header(qUtf8Printable(json)));
        VERIFY_RESULT(account);
        QVERIFY(!account->has_value());
        QVERIFY(!readRegistryAuth("")->has_value());
    }
    void refusesBadHeadersWithoutQuotingThem_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("no base64") << "secret!secret";
        QTest::newRow("no JSON") << QString::fromStdString(header("secret"));
        QTest::newRow("half a JSON") << QString::fromStdString(header("{\"password\":\"secret"));
        QTest::newRow("a list") << QString::fromStdString(header("[\"secret\"]"));
        QTest::newRow("auth without a colon") << QString::fromStdString(header("{\"auth\":\"c2VjcmV0\"}"));
        QTest::newRow("too long") << QString(70'000, u'a');
    }
    void refusesBadHeadersWithoutQuotingThem() {
        QFETCH(const QString, text);
        const auto account = readRegistryAuth(text.toStdString());
        QVERIFY(!account);
        QCOMPARE(account.error().code, ErrorCode::InvalidArgument);
        QVERIFY(account.error().text().find("secret") == std::string::npos);
    }
    void refusesARegistryToken() {
        const auto account = readRegistryAuth(header("{\"registrytoken\":\"secret\"}"));
        QVERIFY(!account);
        QCOMPARE(account.error().code, ErrorCode::Unsupported);
    }
    void readsTheAccountsOfABuild() {
        const auto accounts = readRegistryConfig(header(accountsOfABuild().c_str()));
        VERIFY_RESULT(accounts);
        QCOMPARE(accounts->size(), std::size_t(2));
        QCOMPARE(accounts->at("docker.io").username, std::string("a"));
        QCOMPARE(accounts->at("localhost:5000").password, std::string("d"));
    }
    void knowsARegistryByItsServer_data() {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("registry");
        QTest::newRow("Docker Hub") << "https://index.docker.io/v1/"
                                    << "docker.io";
        QTest::newRow("none") << ""
                              << "docker.io";
        QTest::newRow("host and port") << "127.0.0.1:5000"
                                       << "127.0.0.1:5000";
        QTest::newRow("with a scheme and a path") << "http://localhost:5000/v2/"
                                                  << "localhost:5000";
    }
    void knowsARegistryByItsServer() {
        QFETCH(const QString, server);
        QFETCH(const QString, registry);
        const auto known = registryOfServer(server.toStdString());
        VERIFY_RESULT(known);
        QCOMPARE(QString::fromStdString(*known), registry);
    }
    void refusesAServerThatIsNoHost() { QVERIFY(!registryOfServer("user@host name")); }
};

ESCALE_TEST(DockerRegistryAuthTest)
#include "registry_auth_test.moc"
