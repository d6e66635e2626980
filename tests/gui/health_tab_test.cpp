#include "gui/client/engine_client.h"
#include "gui/common/elided_label.h"
#include "gui/common/empty_state.h"
#include "gui/common/table.h"
#include "gui/containers/health_model.h"
#include "gui/containers/health_tab.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPlainTextEdit>

using namespace escale;
using namespace escale::gui;

class HealthTabTest : public QObject {
    Q_OBJECT

    static dbus::HealthProbe probe(qint64 started, int exitCode, const QString& output = {}) {
        return {started, started + 1500, exitCode, output};
    }
    static dbus::Container container(const QString& health) {
        dbus::Container made = test::container(QStringLiteral("a"));
        made.health = health;
        return made;
    }
    static QString output(const HealthTab& tab) {
        return tab.findChild<QPlainTextEdit*>(QStringLiteral("health.output"))->toPlainText();
    }
    static Table& table(const HealthTab& tab) {
        return *tab.findChild<Table*>(QStringLiteral("health.probes"));
    }

private Q_SLOTS:
    void newestIsFirstAndOldOnesGo() {
        HealthModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setProbes({probe(1000, 0), probe(2000, 1), probe(3000, 0)});
        QCOMPARE(model.at(0).started, 3000);
        const QPersistentModelIndex kept = model.index(0, 0);
        model.setProbes({probe(2000, 1), probe(3000, 0), probe(4000, 1)});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.at(0).started, 4000);
        QCOMPARE(model.at(2).started, 2000);
        QCOMPARE(kept.row(), 1);
        QCOMPARE(model.goodCount(), 1);
    }

    void exitCodesAreWords_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        QTest::newRow("good") << 0 << "passed";
        QTest::newRow("bad") << 1 << "failed (1)";
        QTest::newRow("time") << -1 << "took too long, or could not be run";
        QTest::newRow("missing") << 127 << "command not found (127)";
    }
    void exitCodesAreWords() {
        QFETCH(const int, code);
        QFETCH(const QString, words);
        QCOMPARE(probeText(code), words);
    }

    void durationsHaveUnits() {
        HealthModel model;
        model.setProbes({{1000, 1035, 0, {}}, probe(2000, 0)});
        QCOMPARE(model.index(0, HealthModel::Duration).data().toString(), QStringLiteral("1.5 s"));
        QCOMPARE(model.index(1, HealthModel::Duration).data().toString(), QStringLiteral("35 ms"));
    }

    void showsWhatTheSelectedProbeWrote() {
        EngineClient client;
        HealthTab tab(client);
        const dbus::Container shown = container(QStringLiteral("unhealthy"));
        tab.setContainer(&shown);
        tab.take(
            {probe(1000, 0, QStringLiteral("fine\n")), probe(2000, 1, QStringLiteral("refused\nagain\n"))});
        tab.show();
        QCOMPARE(output(tab), QStringLiteral("refused\nagain")); // the newest
        table(tab).selectId(QStringLiteral("1000"));
        QCOMPARE(output(tab), QStringLiteral("fine"));
        // A probe that is looked at stays selected when another one comes.
        tab.take({probe(1000, 0, QStringLiteral("fine\n")), probe(2000, 1), probe(3000, 1)});
        QCOMPARE(table(tab).currentId(), QStringLiteral("1000"));
    }

    void followsTheNewest() {
        EngineClient client;
        HealthTab tab(client);
        const dbus::Container shown = container(QStringLiteral("healthy"));
        tab.setContainer(&shown);
        tab.take({probe(1000, 0, QStringLiteral("one"))});
        tab.take({probe(1000, 0, QStringLiteral("one")), probe(2000, 0, QStringLiteral("two"))});
        QCOMPARE(output(tab), QStringLiteral("two"));
    }

    void saysHowItStandsAndWhatIsExecuted() {
        EngineClient client;
        HealthTab tab(client);
        const dbus::Container shown = container(QStringLiteral("unhealthy"));
        tab.setContainer(&shown);
        tab.take({probe(1000, 0), probe(2000, 1)});
        tab.takeCheck({}, {{QStringLiteral("health-command"),
                            QStringList{QStringLiteral("CMD-SHELL"), QStringLiteral("curl -f localhost")}}});
        tab.show();
        QStringList texts;
        for (const auto* words : tab.findChildren<QLabel*>()) {
            if (words->isVisible())
                texts.append(words->text());
        }
        QVERIFY(texts.contains(QStringLiteral("Unhealthy")));
        QCOMPARE(tab.findChild<ElidedLabel*>()->text(), QStringLiteral("curl -f localhost"));
        QVERIFY(texts.contains(QStringLiteral("1 of the last 2 probe(s) passed")) ||
                texts.contains(QStringLiteral("1 of the last 2 probes passed")));
    }

    void saysHowToAddACheck() {
        EngineClient client;
        HealthTab tab(client);
        const dbus::Container shown = container({});
        tab.setContainer(&shown);
        tab.show();
        auto* empty = tab.findChild<EmptyState*>();
        QVERIFY(empty->isVisible());
        QCOMPARE(empty->title(), QStringLiteral("No health check"));
        const dbus::Container starting = container(QStringLiteral("starting"));
        tab.setContainer(&starting);
        QCOMPARE(empty->title(), QStringLiteral("No probe yet"));
    }
};

ESCALE_TEST(HealthTabTest)
#include "health_tab_test.moc"
