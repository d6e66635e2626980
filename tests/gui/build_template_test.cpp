#include "gui/build/build_template.h"

#include "engine/build/build_graph.h"
#include "engine/build/lint/shellcheck.h"
#include "gui/build/lint_edits.h"
#include "gui/build/template_dialog.h"
#include "gui/common/confirmation.h"
#include "tests/support/test_registry.h"

#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace escale;
using namespace escale::gui;

class BuildTemplateTest : public QObject {
    Q_OBJECT

    static QString u(const char* text) { return QString::fromUtf8(text); }
    static QByteArray read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void all() {
        QTest::addColumn<int>("number");
        const auto templates = buildTemplates();
        for (int i = 0; i < templates.size(); ++i)
            QTest::newRow(qPrintable(templates[i].name)) << i;
    }
    static void tell(const std::vector<LintFinding>& findings) {
        for (const LintFinding& finding : findings)
            qInfo("%s %d: %s", finding.rule.c_str(), finding.range.begin.line, finding.message.c_str());
    }

private Q_SLOTS:
    void canBeBuilt_data() { all(); }
    void canBeBuilt() {
        QFETCH(int, number);
        const Dockerfile file = parseDockerfile(buildTemplates()[number].dockerfile().toStdString());
        const BuildFile build = readBuildFile(file);
        for (const SourceProblem& problem : build.problems)
            QFAIL(problem.message.c_str());
        const auto graph = planBuild(build, {});
        VERIFY_RESULT(graph);
        QCOMPARE(graph->stages.size(), std::size_t(2)); // one that builds, one that runs
    }

    // What the course recommends: a user without rights, a check of health, caches, fixed versions.
    void isMadeAsOneShould_data() { all(); }
    void isMadeAsOneShould() {
        QFETCH(int, number);
        const Dockerfile file = parseDockerfile(buildTemplates()[number].dockerfile().toStdString());
        const auto has = [&](Keyword keyword) {
            return std::any_of(file.instructions.begin(), file.instructions.end(),
                               [&](const Instruction& each) { return each.keyword == keyword; });
        };
        QVERIFY(file.directive("syntax") != nullptr);
        QVERIFY(has(Keyword::User) && has(Keyword::Healthcheck) && has(Keyword::Expose));
        QVERIFY(std::any_of(file.instructions.begin(), file.instructions.end(), [](const Instruction& each) {
            const InstructionFlag* mount = each.flag("mount");
            return mount != nullptr && mount->value->starts_with("type=cache");
        }));
    }

    void theLinterFindsNothing_data() { all(); }
    void theLinterFindsNothing() {
        QFETCH(int, number);
        const BuildTemplate model = buildTemplates()[number];
        LintContext context;
        context.knowsFolder = true;
        const auto ignored = IgnoreFile::parse(model.ignoreFile().toStdString());
        VERIFY_RESULT(ignored);
        QVERIFY(!ignored->isEmpty() && ignored->ignores(".git") && ignored->ignores(".env"));
        context.ignoreFile = *ignored;
        const DockerfileSource source(QString::fromUtf8(model.dockerfile()));
        auto findings = findingsOf(source, {}, context);
        if (findShellcheck()) {
            const auto more = runShellcheck(source.file(), readBuildFile(source.file()), {});
            findings.insert(findings.end(), more.findings.begin(), more.findings.end());
        }
        tell(findings);
        for (const LintFinding& finding : findings)
            QVERIFY2(finding.severity > LintSeverity::Warning, finding.message.c_str());
    }

    void isDescribed() {
        const auto templates = buildTemplates();
        QCOMPARE(templates.size(), qsizetype(8));
        for (const BuildTemplate& each : templates)
            QVERIFY(!each.title.isEmpty() && !each.description.isEmpty());
    }

    void isWrittenIntoAFolder() {
        const QTemporaryDir folder;
        TemplateDialog dialog(folder.path());
        dialog.select(u("go"));
        dialog.show();
        QVERIFY(dialog.findChild<QPlainTextEdit*>(u("templateDialog.preview"))
                    ->toPlainText()
                    .contains(u("golang")));
        QSignalSpy written(&dialog, &TemplateDialog::written);
        dialog.findChild<QPushButton*>(u("templateDialog.accept"))->click();
        QCOMPARE(written.count(), 1);
        QCOMPARE(written.first().first().toString(), folder.filePath(u("Dockerfile")));
        QVERIFY(read(folder.filePath(u("Dockerfile"))).contains("golang"));
        QVERIFY(!read(folder.filePath(u(".dockerignore"))).isEmpty());
    }

    void whatIsThereIsNotReplacedUnasked() {
        // Given a folder with a Dockerfile, when a template is chosen, then the dialog asks.
        const QTemporaryDir folder;
        const QString path = folder.filePath(u("Dockerfile"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("FROM mine\n");
        file.close();
        TemplateDialog dialog(folder.path());
        dialog.show();
        QSignalSpy written(&dialog, &TemplateDialog::written);
        dialog.findChild<QPushButton*>(u("templateDialog.accept"))->click();
        QVERIFY(dialog.findChild<Confirmation*>()->isVisible());
        dialog.findChild<QPushButton*>(u("confirmation.no"))->click();
        QCOMPARE(read(path), QByteArray("FROM mine\n"));
        QCOMPARE(writeTemplate(buildTemplates().first(), folder.path(), false).error().code,
                 ErrorCode::AlreadyExists);
        QVERIFY(!QFile::exists(folder.filePath(u(".dockerignore"))));
        dialog.findChild<QPushButton*>(u("templateDialog.accept"))->click();
        dialog.findChild<QPushButton*>(u("confirmation.yes"))->click();
        QCOMPARE(written.count(), 1);
        QVERIFY(read(path) != QByteArray("FROM mine\n"));
    }

    void withoutAFolderNothingIsWritten() {
        TemplateDialog dialog({});
        auto* accept = dialog.findChild<QPushButton*>(u("templateDialog.accept"));
        QVERIFY(!accept->isEnabled());
        dialog.findChild<QLineEdit*>(u("templateDialog.folder"))->setText(u("/nowhere/at/all"));
        QVERIFY(!accept->isEnabled());
    }
};

ESCALE_TEST(BuildTemplateTest)
#include "build_template_test.moc"
