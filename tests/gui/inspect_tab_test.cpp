#include "gui/client/engine_client.h"
#include "gui/common/table.h"
#include "gui/containers/inspect_json.h"
#include "gui/containers/inspect_model.h"
#include "gui/containers/inspect_tab.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace escale;
using namespace escale::gui;

class InspectTabTest : public QObject {
    Q_OBJECT

    static ContainerDetails details() {
        ContainerDetails made;
        made.container = test::container(QStringLiteral("a"));
        made.options = {
            {QStringLiteral("memory"), QVariant::fromValue<qulonglong>(536'870'912)},
            {QStringLiteral("environment"), QStringList{QStringLiteral("A=1"), QStringLiteral("B=2")}},
            {QStringLiteral("labels"),
             QVariant::fromValue(dbus::TextMap{{QStringLiteral("com.example"), QStringLiteral("yes")}})}};
        made.image = {{QStringLiteral("workdir"), QStringLiteral("/srv")}};
        return made;
    }
    static QModelIndex find(const QAbstractItemModel& model, const char* path) {
        return model
            .match(model.index(0, 0), kIdRole, QString::fromLatin1(path), 1,
                   Qt::MatchExactly | Qt::MatchRecursive)
            .value(0);
    }
    static void fill(InspectTab& tab) {
        const dbus::Container container = test::container(QStringLiteral("a"));
        tab.setContainer(&container);
        tab.take(details());
    }
    static Table& tree(InspectTab& tab) { return *tab.findChild<Table*>(QStringLiteral("inspect.tree")); }
    static QAction* action(InspectTab& tab, const char* text) {
        for (QAction* one : tree(tab).actions()) {
            if (one->text().remove(QLatin1Char('&')) == QString::fromLatin1(text))
                return one;
        }
        return nullptr;
    }

private Q_SLOTS:
    void everythingIsInTheJson() {
        const QJsonObject json = inspectJson(details());
        QCOMPARE(json.value(QStringLiteral("container")).toObject().value(QStringLiteral("name")).toString(),
                 QStringLiteral("name-a"));
        const QJsonObject options = json.value(QStringLiteral("options")).toObject();
        QCOMPARE(options.value(QStringLiteral("memory")).toInteger(), 536'870'912);
        QCOMPARE(options.value(QStringLiteral("environment")).toArray().size(), 2);
        QCOMPARE(options.value(QStringLiteral("labels"))
                     .toObject()
                     .value(QStringLiteral("com.example"))
                     .toString(),
                 QStringLiteral("yes"));
        QCOMPARE(json.value(QStringLiteral("image")).toObject().size(), 1);
    }

    void pathsAreThoseOfJq() {
        QCOMPARE(memberPath({}, QStringLiteral("options")), QStringLiteral(".options"));
        QCOMPARE(memberPath(QStringLiteral(".options"), QStringLiteral("memory")),
                 QStringLiteral(".options.memory"));
        QCOMPARE(memberPath(QStringLiteral(".labels"), QStringLiteral("com.example")),
                 QStringLiteral(".labels[\"com.example\"]"));
        QCOMPARE(memberPath(QStringLiteral(".options"), QStringLiteral("cap-add")),
                 QStringLiteral(".options[\"cap-add\"]"));
        QCOMPARE(elementPath(QStringLiteral(".options.environment"), 1),
                 QStringLiteral(".options.environment[1]"));
    }

    void theTreeHoldsEveryPath() {
        InspectModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJson(inspectJson(details()));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("container"));
        const QModelIndex memory = find(model, ".options.memory");
        QVERIFY(memory.isValid());
        QVERIFY(memory.siblingAtColumn(InspectModel::Value).data().toString().contains(QLatin1String("512")));
        QCOMPARE(memory.data(InspectModel::kValueRole).toString(), QStringLiteral("536870912"));
        QVERIFY(find(model, ".options.environment[1]").isValid());
    }

    void theSameIsNotReset() {
        InspectModel model;
        model.setJson(inspectJson(details()));
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setJson(inspectJson(details()));
        QCOMPARE(resets.count(), 0);
    }

    void theFilterKeepsWhatIsAboveAndBelow() {
        EngineClient client;
        InspectTab tab(client);
        fill(tab);
        auto* filter = tab.findChild<QLineEdit*>(QStringLiteral("inspect.filter"));
        filter->setText(QStringLiteral("memory"));
        QVERIFY(find(*tree(tab).model(), ".options.memory").isValid());
        QVERIFY(!find(*tree(tab).model(), ".image").isValid());
        filter->setText(QStringLiteral("environment"));
        QVERIFY(find(*tree(tab).model(), ".options.environment[1]").isValid());
        filter->setText(QStringLiteral("/srv")); // a value
        QVERIFY(find(*tree(tab).model(), ".image.workdir").isValid());
    }

    void copiesValuePathAndJson() {
        EngineClient client;
        InspectTab tab(client);
        fill(tab);
        tree(tab).setCurrentIndex(find(*tree(tab).model(), ".options.memory"));
        action(tab, "Copy the value")->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("536870912"));
        action(tab, "Copy the path")->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral(".options.memory"));
        tree(tab).setCurrentIndex(find(*tree(tab).model(), ".options.environment"));
        action(tab, "Copy as JSON")->trigger();
        QCOMPARE(QJsonDocument::fromJson(QApplication::clipboard()->text().toUtf8()).array().size(), 2);
    }

    void theRawJsonIsSearched() {
        EngineClient client;
        InspectTab tab(client);
        fill(tab);
        tab.show();
        tab.findChild<QToolButton*>(QStringLiteral("inspect.showRaw"))->click();
        auto* raw = tab.findChild<QPlainTextEdit*>(QStringLiteral("inspect.raw"));
        QVERIFY(raw->isVisible());
        QCOMPARE(QJsonDocument::fromJson(raw->toPlainText().toUtf8()).object(), tab.model().json());
        tab.findChild<QLineEdit*>(QStringLiteral("inspect.filter"))->setText(QStringLiteral("workdir"));
        QCOMPARE(raw->extraSelections().size(), 1);
        QCOMPARE(raw->textCursor().selectedText(), QStringLiteral("workdir"));
        tab.findChild<QLineEdit*>(QStringLiteral("inspect.filter"))->setText(QStringLiteral("no such text"));
        QCOMPARE(tab.findChild<QLabel*>(QStringLiteral("inspect.found"))->text(),
                 QStringLiteral("Not found"));
    }
};

ESCALE_TEST(InspectTabTest)
#include "inspect_tab_test.moc"
