#include "gui/registry/tags_view.h"

#include "gui/common/table.h"
#include "gui/registry/registry_accounts.h"
#include "gui/registry/tags_model.h"
#include "tests/support/scripted_http_server.h"
#include "tests/support/test_registry.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>

#include <algorithm>
#include <set>

using namespace escale;
using namespace escale::gui;
using namespace escale::test;

// Against registries of its own: what is asked for, and when.
class TagsViewTest : public QObject {
    Q_OBJECT

    static constexpr int kTags = 10'000;

    // JSON with ' for ", which moc reads without stumbling.
    static std::string quoted(std::string text) {
        std::replace(text.begin(), text.end(), '\'', '"');
        return text;
    }
    static QStringList manyTags() {
        QStringList tags;
        for (int i = 0; i < kTags; ++i)
            tags.append(QStringLiteral("v%1").arg(i));
        return tags;
    }
    // An image that is asked for by any tag.
    static void serveAll(ScriptedHttpServer& server, const QStringList& tags) {
        const std::string config =
            quoted("{'architecture':'amd64','os':'linux','created':'2026-01-02T00:00:00Z',"
                   "'rootfs':{'type':'layers','diff_ids':[]}}");
        server.addBlob("a/one", config);
        const std::string manifest =
            quoted("{'schemaVersion':2,'mediaType':'application/vnd.oci.image.manifest.v1+json','config':{"
                   "'mediaType':'application/vnd.oci.image.config.v1+json','digest':'" +
                   Digest::ofData(config).toString() + "','size':" + std::to_string(config.size()) +
                   "},'layers':[]}");
        for (const QString& tag : tags)
            server.on("/v2/a/one/manifests/" + tag.toStdString(),
                      answer(200, manifest, "application/vnd.oci.image.manifest.v1+json"));
    }
    static std::set<std::string> asked(const ScriptedHttpServer& server) {
        std::set<std::string> tags;
        for (const HttpRequest& request : server.requests()) {
            if (request.path.find("/manifests/") != std::string::npos)
                tags.insert(request.path.substr(request.path.rfind('/') + 1));
        }
        return tags;
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qputenv("DOCKER_CONFIG", "/nonexistent");
    }

    void onlyTheRowsInSightAreRead() {
        // Given ten thousand tags of a registry,
        ScriptedHttpServer server;
        serveAll(server, manyTags());
        RegistryAccounts accounts;
        TagsView view(accounts);
        view.resize(700, 300);
        view.show();
        // when they are listed,
        view.setTags(QString::fromStdString(server.host()), QStringLiteral("a/one"), manyTags());
        // then those in sight become known, and no others are asked for.
        QTRY_VERIFY(!view.model().isUnknown(QStringLiteral("v0")));
        QTRY_VERIFY(!view.model().isUnknown(QStringLiteral("v3")));
        QVERIFY2(asked(server).size() < 20, qPrintable(QString::number(asked(server).size())));
        QCOMPARE(view.model().rowCount(), kTags);
        // When one scrolls to the end, then the last ones are read, not all on the way.
        view.table().verticalScrollBar()->setValue(view.table().verticalScrollBar()->maximum());
        QTRY_VERIFY(!view.model().isUnknown(QStringLiteral("v9999")));
        QVERIFY2(asked(server).size() < 40, qPrintable(QString::number(asked(server).size())));
    }

    void whatIsLeftIsNotReadOn() {
        // Given a registry that never answers,
        ScriptedHttpServer server;
        server.on("/v2/a/one/manifests/v0", neverAnswers());
        RegistryAccounts accounts;
        TagsView view(accounts);
        view.resize(700, 300);
        view.show();
        view.setTags(QString::fromStdString(server.host()), QStringLiteral("a/one"), {QStringLiteral("v0")});
        QTRY_COMPARE(asked(server).size(), 1u);
        // when the pane is left, then the question ends; when it is shown again, it is put again.
        view.hide();
        QVERIFY(view.model().isUnknown(QStringLiteral("v0")));
        view.show();
        QTRY_COMPARE(server.count("/v2/a/one/manifests/v0"), 2u);
    }

    void anOrderByWhatIsReadReadsAllOfFew() {
        QStringList tags = manyTags().mid(0, 60);
        ScriptedHttpServer server;
        serveAll(server, tags);
        RegistryAccounts accounts;
        TagsView view(accounts);
        view.resize(700, 200);
        view.show();
        view.setTags(QString::fromStdString(server.host()), QStringLiteral("a/one"), tags);
        view.table().sortByColumn(TagsModel::Created, Qt::DescendingOrder);
        QTRY_COMPARE_WITH_TIMEOUT(view.model().unknownCount(), 0, 20'000);
    }

    void aRegistryThatAsksToWaitIsLeftAlone() {
        ScriptedHttpServer server;
        for (const QString& tag : manyTags().mid(0, 100))
            server.on("/v2/a/one/manifests/" + tag.toStdString(),
                      answer(429, "{}").header("Retry-After", "3600"));
        RegistryAccounts accounts;
        TagsView view(accounts);
        view.resize(700, 2000);
        view.show();
        view.setTags(QString::fromStdString(server.host()), QStringLiteral("a/one"), manyTags().mid(0, 100));
        const auto* told = view.findChild<QLabel*>(QStringLiteral("registryPane.tagsTold"));
        QTRY_VERIFY2(told->text().contains(QStringLiteral("cannot be read now")), qPrintable(told->text()));
        QVERIFY(asked(server).size() <= TagFiller::kAtOnce * 2);
    }

    void theFilterNarrowsWhatIsRead() {
        ScriptedHttpServer server;
        serveAll(server, manyTags());
        RegistryAccounts accounts;
        TagsView view(accounts);
        view.resize(700, 300);
        view.show();
        view.setTags(QString::fromStdString(server.host()), QStringLiteral("a/one"), manyTags());
        QTest::keyClicks(view.findChild<QLineEdit*>(QStringLiteral("registryPane.tagFilter")),
                         QStringLiteral("v7777"));
        QTRY_VERIFY(!view.model().isUnknown(QStringLiteral("v7777")));
        QCOMPARE(view.table().proxy().rowCount(), 1);
    }
};

ESCALE_TEST(TagsViewTest)
#include "tags_view_test.moc"
