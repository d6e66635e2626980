#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/table.h"
#include "gui/registry/registry_pane.h"
#include "tests/gui/fake_engine.h"
#include "tests/gui/sample.h"
#include "tests/support/docker_registry.h"
#include "tests/support/scripted_http_server.h"
#include "tests/support/test_registry.h"

#include <QComboBox>
#include <QDialog>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace escale;
using namespace escale::gui;
using namespace escale::test;

namespace {

// a/one:1 on a server: for this machine with layers of 10 kB and 2 kB, and for another one with one of 7 kB.
struct TwoPlatforms {
    std::string base = "sha256:" + std::string(64, 'a');

    explicit TwoPlatforms(ScriptedHttpServer& server) {
        const std::string top = "sha256:" + std::string(64, 'b'), other = "sha256:" + std::string(64, 'c');
        const std::string own = Platform::ofThisMachine().architecture;
        const std::string first = image(server, own, {{base, 10'000}, {top, 2'000}});
        const std::string second = image(server, "mips64le", {{other, 7'000}});
        const std::string index = "{'schemaVersion':2,'mediaType':'application/vnd.oci.image.index.v1+json',"
                                  "'manifests':[" +
                                  entry(first, own) + "," + entry(second, "mips64le") + "]}";
        server.addManifest("a/one", "1", "application/vnd.oci.image.index.v1+json", quoted(index));
    }

private:
    static constexpr const char* kManifest = "application/vnd.oci.image.manifest.v1+json";
    static std::string quoted(std::string text) {
        std::replace(text.begin(), text.end(), '\'', '"');
        return text;
    }
    static std::string entry(const std::string& manifest, const std::string& architecture) {
        return "{'mediaType':'" + std::string(kManifest) + "','digest':'" +
               Digest::ofData(manifest).toString() + "','size':" + std::to_string(manifest.size()) +
               ",'platform':{'os':'linux','architecture':'" + architecture + "'}}";
    }
    static std::string image(ScriptedHttpServer& server, const std::string& architecture,
                             const std::vector<std::pair<std::string, int>>& layers) {
        std::string diffIds, list, history;
        for (const auto& [diffId, size] : layers) {
            const std::string comma = diffIds.empty() ? "" : ",";
            diffIds += comma + "'" + diffId + "'";
            history += comma + "{'created_by':'/bin/sh -c make'}";
            list += comma + "{'mediaType':'application/vnd.oci.image.layer.v1.tar+gzip','digest':'" + diffId +
                    "','size':" + std::to_string(size) + "}";
        }
        const std::string config =
            quoted("{'os':'linux','architecture':'" + architecture +
                   "','rootfs':{'type':'layers','diff_ids':[" + diffIds + "]},'history':[" + history + "]}");
        server.addBlob("a/one", config);
        const std::string manifest =
            quoted("{'schemaVersion':2,'mediaType':'" + std::string(kManifest) +
                   "','config':{'mediaType':'application/vnd.oci.image.config.v1+json','digest':'" +
                   Digest::ofData(config).toString() + "','size':" + std::to_string(config.size()) +
                   "},'layers':[" + list + "]}");
        server.addManifest("a/one", Digest::ofData(manifest).toString(), kManifest, manifest);
        return manifest;
    }
};

} // namespace

// The pane against registries of its own; no engine, or one that is not real.
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
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
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
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
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
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
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
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
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
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
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
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
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
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
        pane.show();
        // when something is written that is no address, then it is searched for.
        browse(pane, "nginx");
        QTRY_COMPARE(rows(pane, "repositories").size(), 2);
        QVERIFY(rows(pane, "repositories").contains(QStringLiteral("library/nginx")));
        QCOMPARE(hub.count("/v2/search/repositories/"), 1u);
        qunsetenv("ESCALE_HUB");
    }

    void aRepositoryOfDockerHubHasAPage() {
        // Given a stand-in for Docker Hub with a search and the page of what is found,
        ScriptedHttpServer hub;
        hub.on("/v2/search/repositories/", answer(200, R"js({"results":[{"repo_name":"nginx"}]})js"));
        hub.on("/v2/repositories/library/nginx/",
               answer(200, R"js({"description":"A web server","star_count":1,"pull_count":12300000})js"));
        qputenv("ESCALE_HUB", QByteArray::fromStdString(hub.host()));
        EngineClient client;
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
        pane.show();
        browse(pane, "nginx");
        // then what people go by shows above its tags.
        const auto text = [&](const char* name) {
            const auto* label =
                pane.findChild<QLabel*>(QStringLiteral("registryPane.") + QString::fromLatin1(name));
            return label->isVisible() ? label->text() : QString();
        };
        QTRY_COMPARE(text("description"), QStringLiteral("A web server"));
        QCOMPARE(text("mark"), QStringLiteral("Docker Official Image"));
        QCOMPARE(text("figures"), QStringLiteral("1 star(s) · 12.3M pulls"));
        qunsetenv("ESCALE_HUB");
    }

    void whatAPullWouldCostIsSaidBefore() {
        SKIP_UNLESS(FakeBus::isPossible(), "there is no dbus-daemon");
        // Given an image of two layers for two platforms, and an engine that has the first of them,
        ScriptedHttpServer server;
        server.on("/v2/_catalog", answer(200, R"js({"repositories":["a/one"]})js"));
        server.on("/v2/a/one/tags/list", answer(200, R"js({"name":"a/one","tags":["1"]})js"));
        const TwoPlatforms image(server);
        const FakeBus bus;
        FakeEngine engine(bus);
        dbus::Image here = test::image(QStringLiteral("x/y"), QStringLiteral("1"));
        here.layers = {{QString::fromStdString(image.base), 5}};
        engine.images = {here};
        EngineClient client;
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
        pane.resize(1000, 700);
        pane.show();
        client.open();
        browse(pane, server.host());
        // when its tag is chosen, then the cost is told as it is on this machine,
        const auto text = [&](const char* name) {
            const auto* label =
                pane.findChild<QLabel*>(QStringLiteral("registryPane.") + QString::fromLatin1(name));
            return label->text().replace(QChar(QChar::Nbsp), QLatin1Char(' '));
        };
        QTRY_COMPARE(text("cost"), QStringLiteral("2.0 kB to download"));
        QCOMPARE(text("costDetail"), QStringLiteral("of 12.0 kB: 1 of 2 layer(s) are here"));
        const auto* layers = pane.findChild<Table*>(QStringLiteral("registryPane.layers"));
        QCOMPARE(layers->model()->rowCount(), 2);
        QCOMPARE(layers->model()->index(1, 1).data().toString(), QStringLiteral("RUN make"));
        // and anew when layers come or go;
        engine.images.clear();
        engine.tellImagesChanged();
        QTRY_COMPARE(text("cost"), QStringLiteral("12.0 kB to download"));
        // and for another platform, which is then the one that is pulled.
        auto* platforms = pane.findChild<QComboBox*>(QStringLiteral("registryPane.platform"));
        QCOMPARE(platforms->count(), 2);
        platforms->setCurrentText(QStringLiteral("linux/mips64le"));
        Q_EMIT platforms->activated(platforms->currentIndex());
        QTRY_COMPARE(text("cost"), QStringLiteral("7.0 kB to download"));
        pane.findChild<QPushButton*>(QStringLiteral("registryPane.pull"))->click();
        QTRY_VERIFY(engine.last(QStringLiteral("Pull")) != nullptr);
        QCOMPARE(engine.last(QStringLiteral("Pull"))->options().value(QStringLiteral("platform")).toString(),
                 QStringLiteral("linux/mips64le"));
    }

    void aTagIsDeletedWhenAskedOnce() {
        // Given a registry that takes tags away,
        ScriptedHttpServer server;
        server.on("/v2/_catalog", answer(200, R"js({"repositories":["a/one"]})js"));
        server.on("/v2/a/one/tags/list", answer(200, R"js({"name":"a/one","tags":["1","2"]})js"));
        const TwoPlatforms image(server);
        EngineClient client;
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
        pane.show();
        browse(pane, server.host());
        QTRY_COMPARE(rows(pane, "tags").size(), 2);
        server.before([](const HttpRequest& request) -> std::optional<HttpAnswer> {
            if (request.method == "DELETE")
                return answer(202);
            return std::nullopt;
        });
        // when the first tag is to go, then that is asked, by its name,
        auto* bin = pane.findChild<QToolButton*>(QStringLiteral("registryPane.deleteTag"));
        bin->click();
        auto* confirmation = pane.findChild<Confirmation*>();
        QVERIFY(confirmation->isVisible());
        QVERIFY(confirmation->accessibleName().contains(QStringLiteral("“1”")));
        confirmation->findChild<QPushButton*>(QStringLiteral("confirmation.yes"))->click();
        // and it goes, and only it.
        QTRY_VERIFY2(rows(pane, "tags") == QStringList(QStringLiteral("2")),
                     qPrintable(banner(pane)->message()));
        QVERIFY(banner(pane)->isHidden());
    }

    void aRegistryThatDeletesNothingSaysSoInPlace() {
        ScriptedHttpServer server;
        server.on("/v2/_catalog", answer(200, R"js({"repositories":["a/one"]})js"));
        server.on("/v2/a/one/tags/list", answer(200, R"js({"name":"a/one","tags":["1"]})js"));
        const TwoPlatforms image(server);
        EngineClient client;
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
        pane.show();
        browse(pane, server.host());
        QTRY_COMPARE(rows(pane, "tags").size(), 1);
        server.before([](const HttpRequest& request) -> std::optional<HttpAnswer> {
            if (request.method == "DELETE")
                return answer(405, "{}");
            return std::nullopt;
        });
        pane.findChild<QToolButton*>(QStringLiteral("registryPane.deleteTag"))->click();
        pane.findChild<QPushButton*>(QStringLiteral("confirmation.yes"))->click();
        QTRY_VERIFY(banner(pane)->isVisible());
        QVERIFY2(banner(pane)->message().contains(QStringLiteral("does not allow")),
                 qPrintable(banner(pane)->message()));
        QCOMPARE(rows(pane, "tags").size(), 1);
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
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
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
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
        pane.show();
        auto* reference = pane.findChild<QLineEdit*>(QStringLiteral("registryPane.reference"));
        QTest::keyClicks(reference, QStringLiteral("Debian:12:13"));
        QTest::keyClick(reference, Qt::Key_Return);
        QVERIFY(banner(pane)->isVisible());
    }

    void aPullWithoutAnEngineIsSaidInPlace() {
        EngineClient client; // never opened
        RegistryAccounts accounts;
        RegistryPane pane(client, accounts);
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
