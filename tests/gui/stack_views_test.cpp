// What the Stacks pane tells of a stack beside its drawing: environment, differences, logs, the list,
// samples.
#include "gui/stacks/log_merge.h"
#include "gui/stacks/stack_changes.h"
#include "gui/stacks/stack_environment.h"
#include "gui/stacks/stack_sample.h"
#include "gui/stacks/stacks_model.h"

#include "engine/stack/compose/parse_yaml.h"
#include "gui/common/log_view.h"
#include "tests/gui/stack_sample_project.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace escale;
using namespace escale::gui;

class StackViewsTest : public QObject {
    Q_OBJECT

    static QString s(const char* text) { return QString::fromUtf8(text); }
    static compose::Node yaml(const std::string& text) {
        compose::Problems problems;
        auto documents = compose::parseYaml(text, 0, problems);
        return documents && !documents->empty() ? documents->front() : compose::Node();
    }
    static EnvironmentEntry entry(const QList<EnvironmentEntry>& all, const QString& name) {
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const EnvironmentEntry& each) { return each.name == name; });
        return found == all.end() ? EnvironmentEntry() : *found;
    }
    static void write(const QString& path, const QByteArray& content) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

private Q_SLOTS:
    void aValueTellsWhereItComesFrom() {
        const auto all = environmentOf(*test::sampleProject());
        const EnvironmentEntry greeting = entry(all, s("GREETING"));
        QCOMPARE(greeting.value, s("hello"));
        QCOMPARE(greeting.raw, s("${GREETING:-hello}"));
        QVERIFY2(greeting.origin.contains(s("compose.yaml:8")), qPrintable(greeting.origin));
        QVERIFY2(greeting.origin.contains(s("default")), qPrintable(greeting.origin));
        const EnvironmentEntry password = entry(all, s("DB_PASSWORD"));
        QCOMPARE(password.value, s("tortoise"));
        QVERIFY(password.isSecret);
        QVERIFY2(password.origin.contains(s(".env:2")), qPrintable(password.origin));
    }

    void aValueOfThePersonsEnvironmentSaysSo() {
        const auto all = environmentOf(*test::load({{"/shop/compose.yaml", test::sampleCompose()}},
                                                   {{"GREETING", "moin"}, {"SECRET_WORD", "x"}}));
        const EnvironmentEntry greeting = entry(all, s("GREETING"));
        QCOMPARE(greeting.value, s("moin"));
        QVERIFY2(greeting.origin.contains(s("your environment")), qPrintable(greeting.origin));
    }

    void whatDiffersIsToldPropertyByProperty() {
        const auto changes = changesBetween(yaml("services:\n  web: {image: 'a:1', environment: {DEBUG: '0', "
                                                 "API_TOKEN: old}}\n  old: {image: b}\n"),
                                            yaml("services:\n  web: {image: 'a:2', environment: {DEBUG: '0', "
                                                 "API_TOKEN: new}}\n  new: {image: c}\n"));
        QStringList told;
        for (const StackChange& change : changes)
            told << pathOf(change) + u' ' + change.before + u'>' + change.after;
        QCOMPARE(told, (QStringList{s("services.web.image a:1>a:2"),
                                    s("services.web.environment.API_TOKEN ••••••>••••••"),
                                    s("services.old b>"), s("services.new >c")}));
    }

    void whatDiffersInAListOfMapsIsToldItemByItem() {
        const auto changes = changesBetween(yaml("services:\n  web: {ports: [{target: 80, published: "
                                                 "'8080'}, {target: 443, published: '8443'}]}\n"),
                                            yaml("services:\n  web: {ports: [{target: 80, published: "
                                                 "'8081'}, {target: 443, published: '8443'}]}\n"));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(pathOf(changes.first()), s("services.web.ports[0].published"));
        QCOMPARE(changes.first().after, s("8081"));
    }

    void theSameFilesDifferInNothing() {
        const auto project = test::sampleProject();
        const compose::Node text = yaml(compose::configText(project->project));
        QVERIFY(!text.entries.empty());
        QVERIFY(changesBetween(text, text).isEmpty());
    }

    void linesOfSeveralLogsStandInTheOrderOfTheirTimes() {
        LogMerge merge;
        merge.setSource(s("a"), s("web-1"), 0, 33);
        merge.setSource(s("b"), s("db-1"), 1, 35);
        merge.add(s("a"), {{s("first"), 10}, {s("third"), 30}});
        merge.add(s("b"), {{s("second"), 20}});
        QStringList lines;
        for (const LogLine& line : merge.take())
            lines << withoutStyles(line.text);
        QCOMPARE(lines, (QStringList{s("web-1 │ first"), s("db-1  │ second"), s("web-1 │ third")}));
        QCOMPARE(merge.count(), 0);
    }

    void theLinesOfAServiceCanBeLeftOut() {
        LogView view;
        view.append({{s("one"), 1, false, 0}, {s("two"), 2, false, 1}, {s("three"), 3, false, 0}});
        LogSources hidden;
        hidden.set(1);
        view.hideSources(hidden);
        QTRY_COMPARE(view.rows().rowCount(), 2);
        view.append({{s("four"), 4, false, 1}, {s("five"), 5, false, 0}});
        QTRY_COMPARE(view.rows().rowCount(), 3);
        view.hideSources({});
        QTRY_COMPARE(view.rows().rowCount(), 5);
    }

    void whatRunsComesBeforeWhatWasOpened() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(s("compose.yaml")), other = folder.filePath(s("other.yaml"));
        write(file, "services: {}\n");
        write(other, "services: {}\n");
        StacksModel model;
        const QAbstractItemModelTester tester(&model);
        model.setStacks({{s("shop"), folder.path(), {file}, 2, 1, 2, 0, true}});
        model.setRecent({{folder.path(), {file}}, {folder.path(), {other}}});
        // The file that runs is listed once.
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.stacks()[0].id, s("project:shop"));
        QCOMPARE(model.stacks()[1].id, s("file:") + other);
        QCOMPARE(model.runningCount(), 1);
        QVERIFY(!model.index(0).data(StacksModel::kSectionRole).toString().isEmpty());
    }

    void everySampleIsACorrectStack() {
        const auto samples = stackSamples();
        QVERIFY(!samples.isEmpty());
        for (const StackSample& sample : samples) {
            QVERIFY2(!sample.title.isEmpty() && !sample.text.isEmpty(), qPrintable(sample.name));
            const QTemporaryDir folder;
            const auto file = writeSample(sample, folder.path(), false);
            QVERIFY(file);
            compose::LoadRequest request;
            request.files = {file->toStdString()};
            const compose::Loaded loaded = compose::loadProject(request);
            for (const compose::Problem& problem : loaded.problems)
                QVERIFY2(problem.severity != compose::Problem::Severity::Error,
                         (sample.name.toStdString() + ": " + problem.what).c_str());
        }
    }

    void aSampleReplacesNothingUnasked() {
        const StackSample sample = stackSamples().first();
        const QTemporaryDir folder;
        write(folder.filePath(s("compose.yaml")), "mine\n");
        QCOMPARE(writeSample(sample, folder.path(), false).error().code, ErrorCode::AlreadyExists);
        QFile file(folder.filePath(s("compose.yaml")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("mine\n"));
    }

    void aFolderWithoutAComposeFileIsNoStack() {
        const QTemporaryDir folder;
        QVERIFY(!stackPlaceAt(folder.path()).isValid());
        write(folder.filePath(s("compose.yaml")), "services: {}\n");
        write(folder.filePath(s("compose.override.yaml")), "services: {}\n");
        QCOMPARE(stackPlaceAt(folder.path()).files.size(), 2);
        // Its usual file stands for all of them.
        QCOMPARE(stackPlaceAt(folder.filePath(s("compose.yaml"))), stackPlaceAt(folder.path()));
    }
};

ESCALE_TEST(StackViewsTest)
#include "stack_views_test.moc"
