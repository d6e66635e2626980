#include "gui/client/engine_client.h"
#include "gui/common/empty_state.h"
#include "gui/common/table.h"
#include "gui/containers/changes_model.h"
#include "gui/containers/changes_tab.h"
#include "gui/containers/commit_dialog.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace escale;
using namespace escale::gui;

class ChangesTabTest : public QObject {
    Q_OBJECT

    static dbus::FileChanges some() {
        return {{QStringLiteral("/etc"), ChangesModel::Modified},
                {QStringLiteral("/etc/motd"), ChangesModel::Added},
                {QStringLiteral("/etc/passwd"), ChangesModel::Modified},
                {QStringLiteral("/etc/shadow"), ChangesModel::Deleted}};
    }
    static Table& table(ChangesTab& tab) { return *tab.findChild<Table*>(QStringLiteral("changes.table")); }
    static QToolButton* kind(ChangesTab& tab, int number) {
        return tab.findChild<QToolButton*>(QStringLiteral("changes.kind.%1").arg(number));
    }
    static void fill(ChangesTab& tab) {
        const dbus::Container container = test::container(QStringLiteral("a"));
        tab.setContainer(&container);
        tab.take(some());
    }

private Q_SLOTS:
    void kindsAreWordsAndCounted() {
        ChangesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setChanges(some());
        QCOMPARE(model.count(ChangesModel::Modified), 2);
        QCOMPARE(model.count(ChangesModel::Added), 1);
        QCOMPARE(model.count(ChangesModel::Deleted), 1);
        QCOMPARE(model.index(1, ChangesModel::Kind).data().toString(), QStringLiteral("Added"));
        QCOMPARE(model.index(3, ChangesModel::Kind).data(kToneRole).toInt(), static_cast<int>(Tone::Bad));
    }

    void kindsCanBeLeftOut() {
        EngineClient client;
        ChangesTab tab(client);
        fill(tab);
        QCOMPARE(kind(tab, ChangesModel::Modified)->text(), QStringLiteral("Modified 2"));
        kind(tab, ChangesModel::Modified)->setChecked(false);
        QCOMPARE(table(tab).model()->rowCount(), 2);
        kind(tab, ChangesModel::Deleted)->setChecked(false);
        QCOMPARE(table(tab).model()->rowCount(), 1);
        QCOMPARE(table(tab).model()->index(0, ChangesModel::Path).data().toString(),
                 QStringLiteral("/etc/motd"));
    }

    void theFilterLooksAtPaths() {
        EngineClient client;
        ChangesTab tab(client);
        fill(tab);
        tab.findChild<QLineEdit*>(QStringLiteral("changes.filter"))->setText(QStringLiteral("PASS"));
        QCOMPARE(table(tab).model()->rowCount(), 1);
        tab.findChild<QLineEdit*>(QStringLiteral("changes.filter"))->setText(QStringLiteral("added"));
        QCOMPARE(table(tab).model()->rowCount(), 0);
        QCOMPARE(tab.findChild<EmptyState*>()->title(), QStringLiteral("No change matches the filter"));
    }

    void aFileIsShownAmongTheOthersUnlessItIsGone() {
        EngineClient client;
        ChangesTab tab(client);
        fill(tab);
        QSignalSpy wanted(&tab, &ChangesTab::fileRequested);
        table(tab).selectId(QStringLiteral("/etc/shadow"));
        Q_EMIT table(tab).activated(table(tab).currentIndex());
        QCOMPARE(wanted.count(), 0);
        table(tab).selectId(QStringLiteral("/etc/motd"));
        Q_EMIT table(tab).activated(table(tab).currentIndex());
        QCOMPARE(wanted.value(0).value(0).toString(), QStringLiteral("/etc/motd"));
    }

    void nothingChangedIsTold() {
        EngineClient client;
        ChangesTab tab(client);
        const dbus::Container container = test::container(QStringLiteral("a"));
        tab.setContainer(&container);
        tab.take({});
        QCOMPARE(tab.findChild<EmptyState*>()->title(), QStringLiteral("Nothing has changed"));
    }

    void anImageNameIsProposed() {
        const auto proposal = [](const char* image) {
            return CommitDialog::proposal(QString::fromLatin1(image), QStringLiteral("Web"));
        };
        QCOMPARE(proposal("127.0.0.1:5000/escale/demo:gzip"), QStringLiteral("escale/demo:changed"));
        QCOMPARE(proposal("debian:12"), QStringLiteral("debian:changed"));
        QCOMPARE(proposal("group/app"), QStringLiteral("group/app:changed"));
        QCOMPARE(proposal("docker.io/library/nginx@sha256:00"), QStringLiteral("library/nginx:changed"));
        QCOMPARE(proposal(""), QStringLiteral("web:changed"));
    }
};

ESCALE_TEST(ChangesTabTest)
#include "changes_tab_test.moc"
