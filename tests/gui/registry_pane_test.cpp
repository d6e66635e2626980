#include "gui/common/error_banner.h"
#include "gui/common/table.h"
#include "gui/registry/registry_pane.h"
#include "tests/support/docker_registry.h"
#include "tests/support/scripted_http_server.h"
#include "tests/support/test_registry.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace escale;
using namespace escale::gui;
using namespace escale::test;

// The pane against registries of its own; no engine.
class RegistryPaneTest : public QObject {
    Q_OBJECT

    static void browse(RegistryPane& pane, const std::string& host) {
        auto* address = pane.findChild<QLineEdit*>(QStringLiteral("registryPane.address"));
        address->setText(QString::fromStdString(host));
        QTest::keyClick(address, Qt::Key_Return);
    }
    static QStringList rows(RegistryPane& pane, const char* name) {
        const auto* table =
            pane.findChild<Table*>(QStringLiteral("registryPane.") + QString::fromLatin1(name));
        QStringList texts;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            texts.append(table->model()->index(row, 0).data().toString());
        return texts;
    }
    static ErrorBanner* banner(RegistryPane& pane) { return pane.findChild<ErrorBanner*>(); }

private Q_SLOTS:
    void initTestCase() {
        qputenv("ESCALE_REGISTRY", "");
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qputenv("DOCKER_CONFIG", "/nonexistent");
    }

    void repositoriesAndTagsShow() {
        // Given a registry with two repositories,
        ScriptedHttpServer server;
        server.on("/v2/", answer(200, "{}"));
        server.on("/v2/_catalog", answer(200, R"js({"repositories":["b/two","a/one"]})js"));
        server.on("/v2/a/one/tags/list", answer(200, R"js({"name":"a/one","tags":["1.0","latest"]})js"));
        EngineClient client;
        RegistryPane pane(client);
        pane.show();
        // when it is browsed,
        browse(pane, server.host());
        // then both show in order, with the tags of the first, "latest" chosen.
        QTRY_COMPARE(rows(pane, "repositories"),
                     QStringList({QStringLiteral("a/one"), QStringLiteral("b/two")}));
        QTRY_COMPARE(rows(pane, "tags"), QStringList({QStringLiteral("1.0"), QStringLiteral("latest")}));
        QVERIFY(pane.findChild<QPushButton*>(QStringLiteral("registryPane.pull"))->isEnabled());
    }

    void aSilentRegistryNeverHoldsUpTheWindow() {
        // Given a registry that never answers and one that does,
        ScriptedHttpServer silent;
        silent.on("/v2/_catalog", neverAnswers());
        ScriptedHttpServer server;
        server.on("/v2/_catalog", answer(200, R"js({"repositories":["a/one"]})js"));
        server.on("/v2/a/one/tags/list", answer(200, R"js({"name":"a/one","tags":[]})js"));
        EngineClient client;
        RegistryPane pane(client);
        pane.show();
        QElapsedTimer clock;
        clock.start();
        browse(pane, silent.host());
        QVERIFY2(clock.elapsed() < 500, "asking took the GUI's thread");
        // when the person turns to the other one meanwhile, then only its answer counts.
        QTest::qWait(50);
        browse(pane, server.host());
        QTRY_COMPARE(rows(pane, "repositories"), QStringList(QStringLiteral("a/one")));
        QVERIFY(banner(pane)->isHidden());
    }

    void nonsenseIsSaidInPlace() {
        ScriptedHttpServer server;
        server.on("/v2/_catalog", answer(200, "<html>hotel login</html>", "text/html"));
        EngineClient client;
        RegistryPane pane(client);
        pane.show();
        browse(pane, server.host());
        QTRY_VERIFY(banner(pane)->isVisible());
        QVERIFY(!banner(pane)->message().isEmpty());
        QVERIFY(!banner(pane)->hint().isEmpty());
    }

    void aRegistryThatIsNotThereIsSaidInPlace() {
        std::string host;
        {
            const ScriptedHttpServer gone;
            host = gone.host();
        }
        EngineClient client;
        RegistryPane pane(client);
        pane.show();
        browse(pane, host);
        QTRY_VERIFY_WITH_TIMEOUT(banner(pane)->isVisible(), 15'000);
        QVERIFY(!banner(pane)->hint().isEmpty());
    }

    void aRegistryThatAsksWhoYouAreGetsAnAnswer() {
        SKIP_UNLESS(DockerRegistry::isInstalled(), "docker-registry is not installed");
        // Given a real registry with accounts,
        const auto registry = DockerRegistry::start(true);
        VERIFY_RESULT(registry);
        VERIFY_RESULT((*registry)->pushBlob("team/app", "content"));
        EngineClient client;
        RegistryPane pane(client);
        pane.show();
        browse(pane, (*registry)->host());
        // then the pane says so, and leads to the log-in.
        QTRY_VERIFY(banner(pane)->isVisible());
        banner(pane)->findChild<QPushButton*>(QStringLiteral("errorBanner.action"))->click();
        auto* dialog = pane.findChild<QDialog*>(QStringLiteral("registryDialog"));
        QVERIFY(dialog != nullptr && dialog->isVisible());
        // When the account is given, the list shows.
        dialog->findChild<QLineEdit*>(QStringLiteral("registryDialog.user"))
            ->setText(QString::fromLatin1(DockerRegistry::kUser));
        auto* password = dialog->findChild<QLineEdit*>(QStringLiteral("registryDialog.password"));
        password->setText(QString::fromLatin1(DockerRegistry::kPassword));
        QTest::keyClick(password, Qt::Key_Return);
        auto* submit = dialog->findChild<QPushButton*>(QStringLiteral("registryDialog.submit"));
        QTRY_VERIFY(submit->isEnabled() && password->text().isEmpty());
        submit->click(); // there is no keyring here, and the dialog waits after saying so
        QTRY_COMPARE(rows(pane, "repositories"), QStringList(QStringLiteral("team/app")));
    }

    void aRegistryWithoutAListIsBrowsedByName() {
        // Given a registry that lists nothing, such as ghcr.io and ttl.sh,
        ScriptedHttpServer server;
        server.on("/v2/owner/name/tags/list", answer(200, R"js({"name":"owner/name","tags":["1.0"]})js"));
        EngineClient client;
        RegistryPane pane(client);
        pane.show();
        browse(pane, server.host());
        QTRY_VERIFY(banner(pane)->isVisible());
        // when the repository's name is written after the registry's,
        browse(pane, server.host() + "/owner/name");
        // then its tags show.
        QTRY_COMPARE(rows(pane, "tags"), QStringList(QStringLiteral("1.0")));
        QCOMPARE(rows(pane, "repositories"), QStringList(QStringLiteral("owner/name")));
        QVERIFY(banner(pane)->isHidden());
    }

    void aWordIsSearchedForOnDockerHub() {
        // Given a stand-in for Docker Hub's search, which tests do not reach,
        ScriptedHttpServer hub;
        hub.on("/v2/search/repositories/",
               answer(200, R"js({"results":[{"repo_name":"nginx"},{"repo_name":"bitnami/nginx"}]})js"));
        qputenv("ESCALE_HUB", QByteArray::fromStdString(hub.host()));
        EngineClient client;
        RegistryPane pane(client);
        pane.show();
        // when something is written that is no address, then it is searched for.
        browse(pane, "nginx");
        QTRY_COMPARE(rows(pane, "repositories").size(), 2);
        QVERIFY(rows(pane, "repositories").contains(QStringLiteral("library/nginx")));
        QCOMPARE(hub.requests().size(), 1u);
        qunsetenv("ESCALE_HUB");
    }

    void theRateLimitShows() {
        // Given a registry that tells how many pulls are left,
        ScriptedHttpServer server;
        server.on("/v2/_catalog", answer(200, R"js({"repositories":["a/one"]})js"));
        server.on("/v2/a/one/tags/list", answer(200, R"js({"name":"a/one","tags":["1"]})js"));
        server.on("/v2/a/one/manifests/1", answer(200, R"js({"schemaVersion":2,"manifests":[]})js",
                                                  "application/vnd.oci.image.index.v1+json")
                                               .header("RateLimit-Limit", "100;w=21600")
                                               .header("RateLimit-Remaining", "12;w=21600"));
        EngineClient client;
        RegistryPane pane(client);
        pane.show();
        // when a tag is looked at, then it stands beside what the pull would cost.
        browse(pane, server.host());
        const auto texts = [&] {
            QStringList all;
            for (const QLabel* value : pane.findChildren<QLabel*>())
                all.append(value->text());
            return all.join(QLatin1Char(' '));
        };
        QTRY_VERIFY2(texts().contains(QStringLiteral("12 of 100")), qPrintable(texts()));
    }

    void aNameThatIsNoneIsSaidInPlace() {
        EngineClient client;
        RegistryPane pane(client);
        pane.show();
        auto* reference = pane.findChild<QLineEdit*>(QStringLiteral("registryPane.reference"));
        QTest::keyClicks(reference, QStringLiteral("Debian:12:13"));
        QTest::keyClick(reference, Qt::Key_Return);
        QVERIFY(banner(pane)->isVisible());
    }

    void aPullWithoutAnEngineIsSaidInPlace() {
        EngineClient client; // never opened
        RegistryPane pane(client);
        pane.show();
        auto* reference = pane.findChild<QLineEdit*>(QStringLiteral("registryPane.reference"));
        QTest::keyClicks(reference, QStringLiteral("debian:12"));
        QTest::keyClick(reference, Qt::Key_Return);
        QTRY_VERIFY(banner(pane)->isVisible());
        QVERIFY(banner(pane)->findChild<QPushButton*>(QStringLiteral("errorBanner.action"))->isVisible());
    }
};

ESCALE_TEST(RegistryPaneTest)
#include "registry_pane_test.moc"
