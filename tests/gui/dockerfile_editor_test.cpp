#include "gui/build/dockerfile_editor.h"

#include "gui/build/dockerfile_highlighter.h"
#include "gui/build/lint_edits.h"
#include "gui/build/lint_findings_model.h"
#include "gui/build/lint_panel.h"
#include "gui/build/lint_text.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTextLayout>
#include <QWheelEvent>

#include <ctime>
#include <memory>
#include <utility>

using namespace escale;
using namespace escale::gui;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

// Of a service: what makes a file of 2,000 lines.
QString longFile(int lines) {
    QString text = u("FROM debian:12 AS base\n");
    for (int i = 1; text.count(u'\n') < lines; ++i)
        text += u("# step %1\nRUN apt-get update && \\\n    apt-get install -y curl=%1 && \\\n    echo "
                  "\"$HOME %1\" | tee /x%1\n"
                  "COPY --chown=1:1 src/%1 /app/%1\nENV A%1=b\n")
                    .arg(i);
    return text;
}

} // namespace

class DockerfileEditorTest : public QObject {
    Q_OBJECT

    struct Scene {
        QTemporaryDir folder;
        DockerfileEditor editor;

        Scene() {
            editor.resize(800, 600);
            editor.show();
            (void)QTest::qWaitForWindowActive(&editor);
            editor.editor().setFocus();
        }
        explicit Scene(const char* text)
            : Scene() {
            editor.setText(u(text));
            (void)isLinted();
        }
        QString write(const char* name, const QByteArray& content) const {
            const QString path = folder.filePath(u(name));
            QFile file(path);
            if (file.open(QIODevice::WriteOnly))
                file.write(content);
            return path;
        }
        QByteArray read(const char* name) const {
            QFile file(folder.filePath(u(name)));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }
        bool isLinted() {
            editor.linter().hurry();
            return QTest::qWaitFor([this] { return editor.linter().isUpToDate(); });
        }
        QStringList rules() {
            QStringList names;
            for (const LintFinding& finding : editor.findings().model().findings())
                names.append(QString::fromStdString(finding.rule));
            return names;
        }
        bool has(const char* rule) { return rules().contains(u(rule)); }
        const LintFinding& finding(const char* rule) {
            for (const LintFinding& each : editor.findings().model().findings()) {
                if (each.rule == rule)
                    return each;
            }
            qFatal("no finding %s", rule);
        }
        void keys(const char* typed) {
            for (const char* at = typed; *at != 0; ++at) {
                if (*at == '\n')
                    QTest::keyClick(&editor.editor(), Qt::Key_Return);
                else
                    QTest::keyClick(&editor.editor(), *at);
            }
        }
        void key(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) {
            QTest::keyClick(&editor.editor(), key, with);
        }
        void goTo(int line, int column) { editor.editor().showLine(line, column); }
        void goToEnd() { editor.editor().moveCursor(QTextCursor::End); }
        // The formats of a line as they are drawn.
        QList<QTextLayout::FormatRange> formats(int line) {
            return editor.editor().document()->findBlockByNumber(line - 1).layout()->formats();
        }
        bool isUnderlined(int line, int column) {
            for (const auto& range : formats(line)) {
                if (range.start <= column && column < range.start + range.length)
                    return range.format.underlineStyle() == QTextCharFormat::WaveUnderline;
            }
            return false;
        }
        QColor colorAt(int line, int column) {
            for (const auto& range : formats(line)) {
                if (range.start <= column && column < range.start + range.length)
                    return range.format.foreground().color();
            }
            return {};
        }
    };

private Q_SLOTS:
    // --- the file

    void aFileIsReadAndWrittenAsItWas_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("plain") << QByteArray("FROM debian:12\nRUN true\n");
        QTest::newRow("no end") << QByteArray("FROM debian:12");
        QTest::newRow("other line ends") << QByteArray("FROM debian:12\r\nRUN true\r\n");
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                       "FROM debian:12\n");
        QTest::newRow("no-break space") << QByteArray("FROM debian:12\n# a\xC2\xA0z\n");
        QTest::newRow("empty") << QByteArray();
    }
    void aFileIsReadAndWrittenAsItWas() {
        QFETCH(QByteArray, bytes);
        Scene scene;
        const QString path = scene.write("Dockerfile", bytes);
        scene.editor.open(path);
        QCOMPARE(scene.editor.path(), path);
        QVERIFY(!scene.editor.isModified());
        scene.goToEnd();
        scene.keys("x");
        QVERIFY(scene.editor.isModified());
        scene.key(Qt::Key_Backspace);
        QSignalSpy saved(&scene.editor, &DockerfileEditor::saved);
        VERIFY_RESULT(scene.editor.save());
        QCOMPARE(saved.count(), 1);
        QVERIFY(!scene.editor.isModified());
        QCOMPARE(scene.read("Dockerfile"), bytes);
    }

    void whatIsNoTextIsRefusedInPlace() {
        Scene scene;
        for (const QByteArray& bytes : {QByteArray("FROM \xFF\xFE"), QByteArray("a\0b", 3)}) {
            scene.editor.open(scene.write("Dockerfile", bytes));
            QVERIFY(scene.editor.findChild<ErrorBanner*>()->isVisible());
            QVERIFY(scene.editor.path().isEmpty());
        }
        scene.editor.open(scene.folder.filePath(u("none")));
        QVERIFY(scene.editor.findChild<ErrorBanner*>()->message().contains(u("cannot read")));
        scene.editor.open(scene.folder.path());
        QVERIFY(scene.editor.findChild<ErrorBanner*>()->message().contains(u("is no file")));
    }

    void whatSomebodyElseChangedIsNotLost() {
        // Given a file that changes behind the editor's back,
        Scene scene;
        const QString path = scene.write("Dockerfile", "FROM a\n");
        scene.editor.open(path);
        scene.write("Dockerfile", "FROM theirs\n");
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(
            file.setFileTime(QDateTime::currentDateTime().addSecs(60), QFileDevice::FileModificationTime));
        file.close();
        // when it is saved, then the editor asks, and writes only after that.
        scene.keys("# mine\n");
        const Result<void> first = scene.editor.save();
        QVERIFY(!first);
        QCOMPARE(first.error().code, ErrorCode::WrongState);
        QCOMPARE(scene.read("Dockerfile"), QByteArray("FROM theirs\n"));
        scene.editor.findChild<QPushButton*>(u("confirmation.yes"))->click();
        QCOMPARE(scene.read("Dockerfile"), QByteArray("# mine\nFROM a\n"));
    }

    void withoutANameNothingIsSaved() {
        Scene scene("FROM debian:12\n");
        QCOMPARE(scene.editor.save().error().code, ErrorCode::WrongState);
        scene.editor.setPath(scene.folder.filePath(u("New")));
        VERIFY_RESULT(scene.editor.save());
        QCOMPARE(scene.read("New"), QByteArray("FROM debian:12\n"));
    }

    void textCanBeTakenBack() {
        Scene scene("FROM a\nRUN b\n");
        scene.editor.setText(u("FROM a\nRUN c\nRUN d\n"));
        scene.editor.editor().undo();
        QCOMPARE(scene.editor.text(), u("FROM a\nRUN b\n"));
    }

    // --- colours

    void wordsAreColoured() {
        Scene scene("FROM debian:12 AS base\nRUNN x\n");
        const QPalette palette = scene.editor.palette();
        QCOMPARE(scene.colorAt(1, 0), syntaxColor(SyntaxStyle::Keyword, palette));
        QCOMPARE(scene.colorAt(1, 6), syntaxColor(SyntaxStyle::Image, palette));
        QCOMPARE(scene.colorAt(2, 0), syntaxColor(SyntaxStyle::Unknown, palette));
        // A key colours at once.
        scene.goTo(2, 4);
        scene.key(Qt::Key_Backspace);
        QCOMPARE(scene.colorAt(2, 0), syntaxColor(SyntaxStyle::Keyword, palette));
    }
    void linesBelowFollow() {
        // Given a here-document that is opened above, when its end is written, then what is below is no text
        // any more.
        Scene scene("FROM a\nCOPY <<EOF /x\nRUN y\n");
        const QPalette palette = scene.editor.palette();
        QCOMPARE(scene.colorAt(3, 0), syntaxColor(SyntaxStyle::Text, palette));
        scene.goTo(2, 17);
        scene.editor.editor().insertPlainText(u("\nEOF"));
        QCOMPARE(scene.colorAt(4, 0), syntaxColor(SyntaxStyle::Keyword, palette));
    }
    void darkColoursAreOthers() {
        Scene scene("FROM a\n");
        const QColor light = scene.colorAt(1, 0);
        scene.editor.setPalette(darkPalette());
        scene.editor.finish();
        QVERIFY(scene.colorAt(1, 0) != light);
        QCOMPARE(scene.colorAt(1, 0), syntaxColor(SyntaxStyle::Keyword, darkPalette()));
    }

    // --- findings

    void findingsComeWhileOneTypes() {
        Scene scene;
        QSignalSpy changed(&scene.editor, &DockerfileEditor::findingsChanged);
        scene.keys("FROM debian\n");
        QVERIFY(scene.isLinted());
        QVERIFY(scene.has("DL3006"));
        QVERIFY(!changed.isEmpty());
        QCOMPARE(changed.last().at(1).toInt(), scene.editor.warnings());
        QVERIFY(scene.isUnderlined(1, 6));
        QVERIFY(!scene.isUnderlined(1, 1));
        QVERIFY(scene.editor.editor().markAt(1).isValid());
    }
    void problemsOfTheSyntaxAreFindings() {
        Scene scene("FROM debian:12\nRUNN x\n");
        const LintFinding& finding = scene.finding("");
        QVERIFY(finding.severity == LintSeverity::Error);
        QCOMPARE(finding.range.begin.line, 2);
        QCOMPARE(findingCode(finding), u("Syntax"));
        QVERIFY(scene.isUnderlined(2, 0));
        QVERIFY(scene.editor.errors() >= 1);
    }
    void shellcheckIsAskedAfterwards() {
        SKIP_UNLESS(findShellcheckHere(), "shellcheck is not installed");
        Scene scene("FROM debian:12\nRUN echo $UNQUOTED_NAME\n");
        QTRY_VERIFY_WITH_TIMEOUT(scene.has("SC2086"), 20'000);
        // What it said stays while one types elsewhere.
        scene.goToEnd();
        scene.keys("# more\n");
        QVERIFY(scene.isLinted());
        QVERIFY(scene.has("SC2086"));
    }
    void findingsMoveWithTheirLines() {
        // Given a finding, when a line is written above it, then it moves before the linter has looked again.
        Scene scene("FROM debian\n");
        scene.goTo(1, 0);
        scene.key(Qt::Key_Return);
        QVERIFY(!scene.editor.linter().isUpToDate());
        QCOMPARE(scene.finding("DL3006").range.begin.line, 2);
        QVERIFY(scene.isUnderlined(2, 6));
        QVERIFY(!scene.editor.editor().markAt(1).isValid());
    }
    void theListIsAModel() {
        Scene scene("FROM debian\nRUNN x\n");
        const QAbstractItemModelTester tester(&scene.editor.findings().model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        scene.editor.setText(u("FROM debian:12\nMAINTAINER me\n"));
        QVERIFY(scene.isLinted());
        scene.editor.setText(u("FROM debian\n\n\nMAINTAINER me\n"));
        QVERIFY(scene.isLinted());
    }
    void enterGoesToTheFinding() {
        Scene scene("FROM debian:12\n\n\nRUN sudo x\n");
        Table& table = scene.editor.findings().table();
        scene.editor.findings().selectLine(4);
        table.setFocus();
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(scene.editor.editor().currentLine(), 4);
    }
    void f8GoesRound() {
        Scene scene("FROM debian\n\nRUN sudo x\n\nUSER 1000\n");
        scene.goTo(1, 0);
        scene.key(Qt::Key_F8);
        QCOMPARE(scene.editor.editor().currentLine(), 3);
        scene.key(Qt::Key_F8);
        QCOMPARE(scene.editor.editor().currentLine(), 1);
        scene.key(Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(scene.editor.editor().currentLine(), 3);
    }
    void aQuickFixIsOneStep() {
        Scene scene("FROM debian:12 as base\nRUN true\n");
        QVERIFY(scene.has("FromAsCasing"));
        scene.editor.applyFix(LintFinding(scene.finding("FromAsCasing")));
        QCOMPARE(scene.editor.text().section(u'\n', 0, 0), u("FROM debian:12 AS base"));
        QVERIFY(scene.isLinted());
        QVERIFY(!scene.has("FromAsCasing"));
        scene.editor.editor().undo();
        QCOMPARE(scene.editor.text().section(u'\n', 0, 0), u("FROM debian:12 as base"));
    }
    void aQuickFixFollowsTheText() {
        // Given a finding that is a key old, when its fix is asked for, then it lands where the words are
        // now.
        Scene scene("FROM debian:12 as base\n");
        const LintFinding old = scene.finding("FromAsCasing");
        scene.goTo(1, 14);
        scene.keys(".8");
        scene.editor.applyFix(old);
        QTRY_COMPARE(scene.editor.text(), u("FROM debian:12.8 AS base\n"));
    }
    void allFixesAtOnce() {
        Scene scene("FROM debian:12 as Base\nRUN apt-get update && apt-get install curl\nMAINTAINER me\n");
        const QString before = scene.editor.text();
        scene.editor.findChild<QPushButton*>(u("lintPanel.fixAll"))->click();
        QTRY_VERIFY(scene.editor.text() != before);
        QVERIFY(scene.isLinted());
        for (const LintFinding& finding : scene.editor.findings().model().findings())
            QVERIFY2(!finding.fix, finding.rule.c_str());
        QVERIFY(scene.editor.text().contains(u("FROM debian:12 AS base")));
        scene.editor.editor().undo();
        QCOMPARE(scene.editor.text(), before);
    }
    void aRuleIsIgnoredByAComment() {
        Scene scene("FROM debian:12\nRUN sudo true\nUSER a\n");
        scene.editor.ignoreFinding(LintFinding(scene.finding("DL3004")));
        QVERIFY(scene.editor.text().contains(u("# hadolint ignore=DL3004\nRUN sudo true\n")));
        QVERIFY(scene.isLinted());
        QVERIFY(!scene.has("DL3004"));
        // A second one goes into the same comment.
        const DockerfileSource source(scene.editor.text());
        LintFinding other;
        other.rule = "DL3001";
        other.range = {{3, 5}, {3, 6}};
        QVERIFY(withIgnoreComment(source, other).contains(u("# hadolint ignore=DL3004,DL3001\nRUN")));
    }
    void theMenuOffersWhatCanBeDone() {
        Scene scene("FROM debian:12 as base\n");
        const std::unique_ptr<QMenu> menu(scene.editor.fixMenu(1));
        QVERIFY(menu != nullptr);
        QStringList texts;
        for (const QAction* action : menu->actions())
            texts.append(action->text());
        QVERIFY(texts.front().endsWith(u("(FromAsCasing)")));
        QVERIFY(texts.contains(u("Ignore FromAsCasing here")));
        QVERIFY(scene.editor.fixMenu(2) == nullptr);
    }
    void theFolderCounts() {
        // Given a project with settings for the linter and files that .dockerignore names,
        Scene scene;
        scene.write(".hadolint.yaml", "ignored: [DL3006]\n");
        scene.write(".dockerignore", "*.log\n");
        const QString path = scene.write("Dockerfile", "FROM debian\nCOPY a.log /\nCOPY none /\n");
        scene.editor.setContextFolder(scene.folder.path());
        scene.editor.open(path);
        // when it is opened, then both are respected.
        QVERIFY(scene.isLinted());
        QVERIFY(!scene.has("DL3006"));
        QVERIFY(scene.has("CopyIgnoredFile"));
    }
    void nonsenseInTheSettingsIsTold() {
        Scene scene;
        scene.write(".hadolint.yaml", "ignored: {a: b}\n");
        scene.editor.setContextFolder(scene.folder.path());
        scene.editor.setText(u("FROM debian\n"));
        QVERIFY(scene.isLinted());
        QVERIFY(scene.has("DL3006"));
        QVERIFY(scene.editor.findChild<QLabel*>(u("lintPanel.counts"))->text().contains(u(".hadolint.yaml")));
    }

    // --- keys

    void controlSpaceCompletes() {
        Scene scene("FROM a\n");
        scene.goToEnd();
        scene.keys("W");
        scene.key(Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(scene.editor.text(), u("FROM a\nWORKDIR "));
    }
    void twoLettersOpenTheList() {
        Scene scene("FROM a\n");
        scene.goToEnd();
        scene.keys("EN");
        QCOMPARE(scene.editor.editor().offered(), QStringList({u("ENV"), u("ENTRYPOINT")}));
        // Enter means a new line, as long as nothing was chosen in the list.
        scene.key(Qt::Key_Return);
        QCOMPARE(scene.editor.text(), u("FROM a\nEN\n"));
        QVERIFY(scene.editor.editor().offered().isEmpty());
    }
    void tabTakesTheFirst() {
        Scene scene("FROM a\n");
        scene.goToEnd();
        scene.keys("WO");
        scene.key(Qt::Key_Tab);
        QCOMPARE(scene.editor.text(), u("FROM a\nWORKDIR "));
    }
    void tabIndentsElsewhere() {
        Scene scene("FROM a\n");
        scene.goToEnd();
        scene.key(Qt::Key_Tab);
        QCOMPARE(scene.editor.text(), u("FROM a\n    "));
    }
    void tabIndentsLines() {
        Scene scene("FROM a\nRUN b\n");
        scene.editor.editor().selectAll();
        scene.key(Qt::Key_Tab);
        QCOMPARE(scene.editor.text(), u("    FROM a\n    RUN b\n"));
        scene.key(Qt::Key_Backtab);
        QCOMPARE(scene.editor.text(), u("FROM a\nRUN b\n"));
    }
    void filesOfTheFolderAreOffered() {
        Scene scene;
        scene.write("main.cpp", "x");
        scene.write("make.txt", "x");
        scene.editor.setContextFolder(scene.folder.path());
        scene.editor.setText(u("FROM a\nCOPY ma"));
        scene.goToEnd();
        scene.key(Qt::Key_Space, Qt::ControlModifier);
        QTRY_COMPARE(scene.editor.editor().offered(), QStringList({u("main.cpp"), u("make.txt")}));
    }
    void imagesAreOffered() {
        Scene scene;
        scene.editor.setImageNames({u("debian:12"), u("demo/app:1")});
        scene.keys("FROM de");
        scene.key(Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(scene.editor.editor().offered(), QStringList({u("debian:12"), u("demo/app:1")}));
    }
    void enterKeepsTheIndentation() {
        Scene scene("FROM a\n");
        scene.goToEnd();
        scene.keys("RUN x && \\");
        scene.key(Qt::Key_Return);
        scene.keys("y && \\");
        scene.key(Qt::Key_Return);
        scene.keys("z");
        scene.key(Qt::Key_Return);
        scene.keys("#");
        QCOMPARE(scene.editor.text(), u("FROM a\nRUN x && \\\n    y && \\\n    z\n#"));
    }
    void linesBecomeCommentsAndBack() {
        Scene scene("FROM a\n\n  RUN b\n");
        scene.editor.editor().selectAll();
        scene.key(Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(scene.editor.text(), u("# FROM a\n\n  # RUN b\n"));
        scene.key(Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(scene.editor.text(), u("FROM a\n\n  RUN b\n"));
    }
    void controlWheelZooms() {
        Scene scene("FROM a\n");
        const double before = scene.editor.editor().font().pointSizeF();
        QWheelEvent wheel({10, 10}, {10, 10}, {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(scene.editor.editor().viewport(), &wheel);
        QCOMPARE(scene.editor.editor().font().pointSizeF(), before + 1);
        scene.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(scene.editor.editor().font().pointSizeF(), before);
    }
    void textIsFound() {
        Scene scene("FROM a\nRUN one\nRUN two\nRUN one\n");
        scene.goTo(1, 0);
        scene.key(Qt::Key_F, Qt::ControlModifier);
        auto* field = scene.editor.findChild<QLineEdit*>(u("dockerfileEditor.find"));
        QTRY_VERIFY(field->isVisible());
        field->setText(u("one"));
        QCOMPARE(scene.editor.editor().currentLine(), 2);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(scene.editor.editor().currentLine(), 4);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(scene.editor.editor().currentLine(), 2);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
    }
    void pastedTextIsPlain() {
        Scene scene;
        QApplication::clipboard()->setText(u("FROM a\r\nRUN b\r\n"));
        scene.editor.editor().paste();
        QCOMPARE(scene.editor.text(), u("FROM a\nRUN b\n"));
    }

    // --- a build's steps

    void stepsAreMarkedUntilTheTextChanges() {
        Scene scene("FROM a\nRUN b\n");
        scene.editor.markStep(1, DockerfileText::StepCached);
        scene.editor.markStep(2, DockerfileText::StepFailed);
        scene.editor.editor().document()->setModified(false);
        // Colours are no change.
        scene.editor.setPalette(darkPalette());
        scene.editor.finish();
        QCOMPARE(scene.editor.editor().stepAt(2), DockerfileText::StepFailed);
        scene.keys("#");
        QCOMPARE(scene.editor.editor().stepAt(2), DockerfileText::StepNone);
    }

    void aThousandLinesStayFluid() {
        // Given 2,000 lines, what a key costs the window's thread, and what the linter costs its own.
        Scene scene;
        const QString text = longFile(2000);
        double last = cpuTime();
        const auto lap = [&last] { return cpuTime() - std::exchange(last, cpuTime()); };
        scene.editor.setText(text);
        const double opened = lap();
        scene.editor.finish();
        const double drawn = lap();
        scene.goTo(1000, 0);
        double longest = 0, all = 0;
        constexpr int kKeys = 40;
        for (int i = 0; i < kKeys; ++i) {
            (void)lap();
            QTest::keyClick(&scene.editor.editor(), Qt::Key_X);
            QCoreApplication::processEvents();
            const double key = lap();
            longest = std::max(longest, key);
            all += key;
        }
        (void)lap();
        const DockerfileSource source(scene.editor.text());
        const double parsed = lap();
        const auto spans = syntaxSpans(source);
        const double styled = lap();
        const auto findings = findingsOf(source, {}, {});
        const double linted = lap();
        QVERIFY(scene.isLinted());
        qInfo("opened in %.1f ms, drawn in slices of %.1f ms in all; a key %.2f ms, the longest %.1f ms; "
              "parsed in "
              "%.2f ms, colours in %.2f ms, linter %.1f ms for %d findings on its thread",
              opened, drawn, all / kKeys, longest, parsed, styled, linted, int(findings.size()));
        QCOMPARE(int(spans.size()), source.lineCount());
    }

private:
    // Of this thread, milliseconds: what others do on the machine does not count.
    static double cpuTime() {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
    }
    static bool findShellcheckHere() { return QFile::exists(u("/usr/bin/shellcheck")); }
};

ESCALE_TEST(DockerfileEditorTest)
#include "dockerfile_editor_test.moc"
