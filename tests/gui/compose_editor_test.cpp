#include "gui/stacks/compose_editor.h"

#include "gui/common/completion_list.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "gui/stacks/compose_problems_panel.h"
#include "gui/stacks/compose_text.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolTip>

#include <ctime>

using namespace escale;
using namespace escale::gui;
using Gravity = compose::Problem::Severity;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

constexpr const char* kWeb = "services:\n  web:\n    image: nginx\n";

// What makes a file of 2,000 lines.
QString longFile(int lines) {
    QString text = u("services:\n");
    for (int i = 1; text.count(u'\n') < lines; ++i)
        text += u("  service%1:\n    # number %1\n    image: \"nginx:${TAG:-1.%1}\"\n    ports:\n      - "
                  "\"%2:80\"\n"
                  "    environment:\n      A: \"${HOME}\"\n      B: %1\n    depends_on: [%3]\n")
                    .arg(i)
                    .arg(20000 + i)
                    .arg(i == 1 ? QString() : u("service%1").arg(i - 1));
    return text;
}

} // namespace

class ComposeEditorTest : public QObject {
    Q_OBJECT

    struct Scene {
        QTemporaryDir folder;
        ComposeEditor editor;

        Scene() {
            editor.resize(900, 600);
            editor.show();
            (void)QTest::qWaitForWindowActive(&editor);
        }
        explicit Scene(const char* text)
            : Scene() {
            editor.setFiles({write("compose.yaml", text)});
            editor.editor()->setFocus();
            (void)isLoaded();
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
        bool isLoaded() {
            editor.hurry();
            return QTest::qWaitFor([this] { return editor.isUpToDate(); }) && editor.lastLoaded() != nullptr;
        }
        void keys(const char* typed) {
            for (const char* at = typed; *at != 0; ++at) {
                if (*at == '\n')
                    QTest::keyClick(editor.editor(), Qt::Key_Return);
                else
                    QTest::keyClick(editor.editor(), *at);
            }
        }
        void key(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) {
            QTest::keyClick(editor.editor(), key, with);
        }
        void goTo(int line, int column) { editor.editor()->showLine(line, column); }
        void goToEnd() { editor.editor()->moveCursor(QTextCursor::End); }
        QList<QTextLayout::FormatRange> formats(int line) {
            editor.finish();
            return editor.editor()->document()->findBlockByNumber(line - 1).layout()->formats();
        }
        // The letters of the line that are underlined.
        QString underlined(int line) {
            QString letters;
            const QString text = editor.editor()->document()->findBlockByNumber(line - 1).text();
            for (const auto& range : formats(line)) {
                if (range.format.underlineStyle() == QTextCharFormat::WaveUnderline)
                    letters += text.mid(range.start, range.length);
            }
            return letters;
        }
        QStringList problems() {
            QStringList words;
            for (const ComposeProblem& problem : editor.problems().model().problems())
                words.append(problem.what);
            return words;
        }
        // What a bubble at the cursor says.
        QString explained(int line, int column) {
            goTo(line, column);
            QToolTip::hideText();
            editor.explainHere();
            return QToolTip::text();
        }
    };

private Q_SLOTS:
    void cleanup() { QToolTip::hideText(); }

    // --- files

    void aProjectIsLoadedAsItIsWritten() {
        // Given a file, when somebody types, then the loader tells of what is written, not of what is saved.
        Scene scene(kWeb);
        QVERIFY(scene.editor.lastMade() != nullptr);
        QCOMPARE(scene.editor.lastMade()->stack.services.size(), std::size_t(1));
        QSignalSpy loaded(&scene.editor, &ComposeEditor::loaded);
        scene.editor.setText(u("services:\n  web:\n    image: nginx\n  db:\n    image: postgres\n"));
        QVERIFY(!scene.editor.isUpToDate());
        QVERIFY(scene.isLoaded());
        QCOMPARE(loaded.count(), 1);
        QCOMPARE(scene.editor.lastMade()->stack.services.size(), std::size_t(2));
        QCOMPARE(scene.read("compose.yaml"), QByteArray(kWeb));
    }
    void whatIsSavedIsWhatIsWritten() {
        Scene scene("services:\r\n  web:\r\n    image: nginx\r\n");
        QSignalSpy modified(&scene.editor, &ComposeEditor::modifiedChanged);
        QSignalSpy saved(&scene.editor, &ComposeEditor::saved);
        scene.goToEnd();
        scene.keys("# b");
        QVERIFY(scene.editor.isModified());
        QVERIFY(scene.editor.save());
        QCOMPARE(scene.read("compose.yaml"), QByteArray("services:\r\n  web:\r\n    image: nginx\r\n# b"));
        QVERIFY(!scene.editor.isModified());
        QCOMPARE(modified.count(), 2);
        QCOMPARE(saved.count(), 1);
    }
    void anotherWritersFileIsNotReplacedUnasked() {
        Scene scene(kWeb);
        scene.goToEnd();
        scene.keys("# b");
        scene.write("compose.yaml", "services: {}\n");
        QFile file(scene.editor.path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(5), QFileDevice::FileModificationTime));
        file.close();
        QVERIFY(!scene.editor.save());
        QCOMPARE(scene.read("compose.yaml"), QByteArray("services: {}\n"));
        scene.editor.findChild<Confirmation*>()->findChild<QPushButton*>()->click();
        QTRY_COMPARE(scene.editor.isModified(), false);
    }
    void severalFilesAreTabs() {
        Scene scene;
        const QString base = scene.write("compose.yaml", kWeb);
        const QString over = scene.write("compose.override.yaml", "services:\n  web:\n    image: caddy\n");
        scene.editor.setFiles({base, over});
        QVERIFY(scene.isLoaded());
        auto* tabs = scene.editor.findChild<QTabBar*>(u("composeEditor.files"));
        QVERIFY(tabs->isVisible());
        QCOMPARE(scene.editor.path(), base);
        QCOMPARE(scene.editor.lastMade()->stack.services.front().image, std::string("caddy"));
        tabs->setCurrentIndex(1);
        QCOMPARE(scene.editor.path(), over);
        scene.keys("# b\n");
        QCOMPARE(tabs->tabText(1), u("compose.override.yaml •"));
    }
    void aFileThatIsNotThereIsTold() {
        Scene scene;
        scene.editor.setFiles({scene.folder.filePath(u("none.yaml"))});
        QVERIFY(scene.editor.findChild<ErrorBanner*>()->message().contains(u("none.yaml")));
    }
    void aNewFileIsWrittenWhenItIsSaved() {
        Scene scene;
        scene.editor.setNewFile(scene.folder.filePath(u("compose.yaml")), u(kWeb));
        QVERIFY(scene.isLoaded());
        QVERIFY(scene.editor.lastMade() != nullptr);
        QVERIFY(scene.editor.isModified());
        QVERIFY(scene.editor.save());
        QCOMPARE(scene.read("compose.yaml"), QByteArray(kWeb));
    }
    void othersChangesAreSeen() {
        // Given a file that nobody has changed here, when another program does, then its text is shown and
        // loaded.
        Scene scene(kWeb);
        scene.write("compose.yaml", "services:\n  other:\n    image: caddy\n");
        QTRY_VERIFY(scene.editor.text().contains(u("other")));
        QTRY_VERIFY(scene.editor.lastLoaded()->project.enabled.count("other") == 1);
    }

    // --- problems

    void problemsStandAtTheirPlaces() {
        Scene scene("services:\n  web:\n    imagee: nginx\n    image: x\n");
        QCOMPARE(scene.editor.errors(), 1);
        QCOMPARE(scene.underlined(3), u("imagee"));
        QVERIFY(scene.editor.editor()->markAt(3).isValid());
        QVERIFY(!scene.editor.editor()->markAt(4).isValid());
        QVERIFY(scene.explained(3, 5).contains(scene.problems().front().toHtmlEscaped()));
        QAbstractItemModelTester tester(&scene.editor.problems().model());
        auto* counts = scene.editor.findChild<QLabel*>(u("composeProblems.counts"));
        QVERIFY(counts->text().startsWith(u("1 error")));
        scene.editor.setText(u(kWeb));
        QVERIFY(scene.isLoaded());
        QCOMPARE(scene.underlined(3), QString());
        QCOMPARE(scene.editor.errors(), 0);
    }
    void brokenYamlIsToldWithItsLine() {
        Scene scene("services:\n  web:\n    image: \"nginx\n    ports: [\n");
        QVERIFY(scene.editor.errors() > 0);
        QVERIFY(scene.editor.lastMade() == nullptr);
        QVERIFY(scene.editor.problems().model().at(0).line > 0);
    }
    void problemsMoveWithTheirLines() {
        Scene scene("services:\n  web:\n    image: x\n    imagee: nginx\n");
        scene.goTo(1, 9);
        scene.keys("\n");
        QVERIFY(scene.editor.editor()->markAt(5).isValid());
        QCOMPARE(scene.editor.problems().model().at(0).line, 5);
    }
    void theNextProblemOfAnyFile() {
        // Given problems in two files, when F8 is pressed again and again, then the cursor goes through
        // all of them and round; backwards the other way.
        Scene scene;
        const QString base =
            scene.write("compose.yaml", "services:\n  web:\n    imagee: x\n    image: y\n    prts: []\n");
        const QString over = scene.write("override.yaml", "services:\n  web:\n    volums: []\n");
        scene.editor.setFiles({base, over});
        QVERIFY(scene.isLoaded());
        QCOMPARE(int(scene.problems().size()), 3);
        QList<std::pair<QString, int>> places;
        for (int i = 0; i < 4; ++i) {
            scene.editor.goToNextProblem(false);
            places.append({QFileInfo(scene.editor.path()).fileName(), scene.editor.editor()->currentLine()});
        }
        QCOMPARE(places, (QList<std::pair<QString, int>>{{u("compose.yaml"), 3},
                                                         {u("compose.yaml"), 5},
                                                         {u("override.yaml"), 3},
                                                         {u("compose.yaml"), 3}}));
        scene.editor.goToNextProblem(true);
        QCOMPARE(scene.editor.path(), over);
    }
    void aProblemOfTheListIsGoneToByEnter() {
        Scene scene("services:\n  web:\n    image: x\n    imagee: nginx\n");
        Table& table = scene.editor.problems().table();
        QVERIFY(table.isVisible());
        table.setFocus();
        table.setCurrentIndex(table.proxy().index(0, 0));
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(scene.editor.editor()->currentLine(), 4);
        QVERIFY(scene.editor.editor()->hasFocus());
    }

    // --- explanations

    void aPropertyIsExplained() {
        Scene scene(kWeb);
        QVERIFY(scene.explained(3, 6).contains(u("<b>image</b>")));
    }
    void aVariableIsExplainedByWhereItComesFrom() {
        Scene scene;
        scene.write(".env", "# all\nTAG=1.27\n");
        scene.editor.setFiles(
            {scene.write("compose.yaml", "services:\n  web:\n    image: \"nginx:${TAG}\"\n")});
        QVERIFY(scene.isLoaded());
        const QString tip = scene.explained(3, 20);
        QVERIFY2(tip.contains(u("1.27")) && tip.contains(u(".env:2")), qPrintable(tip));
    }
    void aReferenceIsExplainedByWhatItIs() {
        Scene scene("services:\n  web:\n    image: nginx\n    depends_on: \n      - db\n  db:\n    image: "
                    "postgres:16\n");
        const QString tip = scene.explained(5, 9);
        QVERIFY2(tip.contains(u("postgres:16")), qPrintable(tip));
    }

    // --- writing

    void theListOpensWhileOneTypes() {
        Scene scene(kWeb);
        scene.goToEnd();
        scene.keys("    po");
        QVERIFY(scene.editor.editor()->offered().contains(u("ports")));
        QVERIFY(!scene.editor.editor()->completions().explanation().isEmpty());
        scene.key(Qt::Key_Escape);
        QVERIFY(scene.editor.editor()->offered().isEmpty());
    }
    void returnTakesAKeyAndGoesOn() {
        Scene scene("services:\n  db:\n    image: x\n  web:\n    image: nginx\n");
        scene.goToEnd();
        scene.keys("    depends\n");
        QVERIFY2(scene.editor.text().endsWith(u("    depends_on:\n      ")), qPrintable(scene.editor.text()));
        QCOMPARE(scene.editor.editor()->offered(), QStringList{u("db")});
        scene.key(Qt::Key_Tab);
        QVERIFY(scene.editor.text().endsWith(u("      db:\n        ")));
        QVERIFY(scene.editor.editor()->offered().contains(u("condition")));
    }
    void returnBehindAValueBreaksTheLine() {
        Scene scene(kWeb);
        scene.editor.setImageNames({u("nginx:1")});
        scene.goToEnd();
        scene.keys("    pull_policy: al");
        QVERIFY(scene.editor.editor()->offered().contains(u("always")));
        scene.keys("\n");
        QVERIFY(scene.editor.text().endsWith(u("pull_policy: al\n    ")));
    }
    void controlSpaceCompletesAtOnceWhatIsClear() {
        Scene scene(kWeb);
        scene.goToEnd();
        scene.keys("    healthch");
        scene.key(Qt::Key_Escape);
        scene.key(Qt::Key_Space, Qt::ControlModifier);
        QVERIFY2(scene.editor.text().endsWith(u("    healthcheck:\n      ")),
                 qPrintable(scene.editor.text()));
    }
    void filesOfTheFolderAreOffered() {
        // Given files beside the Compose file, when a path is written, then those of its folder that fit are
        // offered, and a folder that is taken goes on with what it holds.
        Scene scene(kWeb);
        QVERIFY(QDir(scene.folder.path()).mkdir(u("conf")));
        scene.write("conf/site.conf", "a");
        scene.goToEnd();
        scene.keys("    volumes:");
        scene.key(Qt::Key_Escape);
        scene.keys("\n  - ./con");
        QTRY_COMPARE(scene.editor.editor()->offered(), QStringList{u("./conf/")});
        scene.key(Qt::Key_Tab);
        QTRY_COMPARE(scene.editor.editor()->offered(), QStringList{u("./conf/site.conf")});
    }
    void aNewLineBeginsWhereItShould_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("indent");
        QTest::newRow("below a key") << u("  web:") << 4;
        QTest::newRow("behind a value") << u("    image: nginx") << 4;
        QTest::newRow("below an item's first key") << u("      - target: 80") << 8;
        QTest::newRow("below an item") << u("      - \"80:80\"") << 6;
        QTest::newRow("below an item's key") << u("      - bind:") << 10;
        QTest::newRow("in a block") << u("    command: |") << 6;
        QTest::newRow("behind a comment") << u("  web: # the site") << 4;
        QTest::newRow("below an anchor") << u("x-a: &a") << 2;
    }
    void aNewLineBeginsWhereItShould() {
        QFETCH(QString, line);
        QFETCH(int, indent);
        Scene scene("");
        scene.editor.setText(line);
        scene.goToEnd();
        scene.key(Qt::Key_Return);
        QCOMPARE(scene.editor.text(), line + u'\n' + QString(indent, u' '));
    }
    void whatIsPastedStandsWhereTheCursorIs_data() {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QString>("becomes");
        QTest::newRow("from further out") << u("db:\n  image: x\n") << u("  db:\n    image: x\n");
        QTest::newRow("from further in") << u("      db:\n        image: x") << u("  db:\n    image: x");
        QTest::newRow("taken without its indentation")
            << u("db:\n      image: x") << u("  db:\n    image: x");
        QTest::newRow("with tabs") << u("db:\n\timage: x") << u("  db:\n    image: x");
        QTest::newRow("siblings") << u("a: b\n    c: d") << u("  a: b\n  c: d");
    }
    void whatIsPastedStandsWhereTheCursorIs() {
        QFETCH(QString, pasted);
        Scene scene("services:\n  ");
        scene.goToEnd();
        QApplication::clipboard()->setText(pasted);
        scene.editor.editor()->paste();
        QTEST(scene.editor.text().mid(10), "becomes");
    }
    void linesAreMovedAndDoubled() {
        Scene scene("a: 1\nb: 2\nc: 3");
        scene.goTo(1, 2);
        scene.key(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(scene.editor.text(), u("b: 2\na: 1\nc: 3"));
        QCOMPARE(scene.editor.editor()->currentLine(), 2);
        scene.key(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(scene.editor.text(), u("b: 2\nc: 3\na: 1"));
        scene.key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(scene.editor.text(), u("b: 2\na: 1\nc: 3"));
        scene.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(scene.editor.text(), u("b: 2\na: 1\na: 1\nc: 3"));
        scene.editor.editor()->undo();
        QCOMPARE(scene.editor.text(), u("b: 2\na: 1\nc: 3"));
    }
    void linesAreIndentedAndCommented() {
        Scene scene("a:\nb:\n");
        scene.editor.editor()->selectAll();
        scene.key(Qt::Key_Tab);
        QCOMPARE(scene.editor.text(), u("  a:\n  b:\n"));
        scene.editor.editor()->selectAll();
        scene.key(Qt::Key_Backtab);
        QCOMPARE(scene.editor.text(), u("a:\nb:\n"));
        scene.goTo(1, 0);
        scene.key(Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(scene.editor.text(), u("# a:\nb:\n"));
    }
    void colorsFollowThePalette() {
        Scene scene(kWeb);
        const auto color = [&scene] { return scene.formats(1).front().format.foreground().color(); };
        QCOMPARE(color(), composeColor(ComposeStyle::TopLevel, scene.editor.palette()));
        scene.editor.setPalette(darkPalette());
        QCOMPARE(color(), composeColor(ComposeStyle::TopLevel, darkPalette()));
    }

    void twoThousandLinesStayFluid() {
        // Given 2,000 lines, what a key costs the window's thread: of a value, and of a key whose list opens.
        Scene scene("");
        const QString text = longFile(2000);
        double last = cpuTime();
        const auto lap = [&last] { return cpuTime() - std::exchange(last, cpuTime()); };
        scene.editor.setText(text);
        const double opened = lap();
        scene.editor.finish();
        QVERIFY(scene.isLoaded());
        const auto perKey = [&](const char* typed) {
            double longest = 0, all = 0;
            int count = 0;
            for (const char* at = typed; *at != 0; ++at, ++count) {
                (void)lap();
                QTest::keyClick(scene.editor.editor(), *at);
                QCoreApplication::processEvents();
                const double key = lap();
                longest = std::max(longest, key);
                all += key;
            }
            return std::pair(all / count, longest);
        };
        scene.goTo(1003, 0);
        scene.editor.editor()->moveCursor(QTextCursor::EndOfLine);
        const auto [value, longestValue] = perKey("xxxxxxxxxxxxxxxxxxxx");
        scene.key(Qt::Key_Return);
        const auto [name, longestName] = perKey("health");
        const QStringList offered = scene.editor.editor()->offered();
        qInfo("opened in %.1f ms; a key %.2f ms (longest %.1f), one with the list %.2f ms (longest %.1f)",
              opened, value, longestValue, name, longestName);
        QVERIFY2(scene.editor.editor()->outline().lineCount() > 2000, "all lines");
    }

private:
    // Of this thread, milliseconds: what others do on the machine does not count.
    static double cpuTime() {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
    }
};

ESCALE_TEST(ComposeEditorTest)
#include "compose_editor_test.moc"
