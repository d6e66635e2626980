#include "engine/build/ignore_file.h"

#include "tests/support/test_registry.h"

using namespace escale;

class IgnoreFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // One pattern, a path, and whether they fit; as moby/patternmatcher has it.
    void matches_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("fits");
        const auto add = [](const char* pattern, const char* path, bool fits) {
            QTest::addRow("%s on %s", pattern, path)
                << QString::fromUtf8(pattern) << QString::fromUtf8(path) << fits;
        };
        add("file", "file", true);
        add("file", "other", false);
        add("file", "folder/file", false);
        add("folder", "folder/file", true);
        add("folder/", "folder/file", true);
        add("/folder", "folder/file", true);
        add("./folder/../file", "file", true);
        add("*", "file", true);
        add("*", "folder/file", true); // by the folder
        add("*.c", "a.c", true);
        add("*.c", "folder/a.c", false);
        add("*/a.c", "folder/a.c", true);
        add("*/a.c", "x/folder/a.c", false);
        add("**/a.c", "a.c", true);
        add("**/a.c", "x/folder/a.c", true);
        add("**/a.c", "xa.c", false);
        add("**a.c", "xa.c", true);
        add("**.c", "x/y.c", true);
        add("**", "x/y", true);
        add("**/", "x", true);
        add("folder/**", "folder/x/y", true);
        add("folder/**", "folder", false);
        add("folder/**/a", "folder/a", true);
        add("folder/**/a", "folder/x/y/a", true);
        add("fol**er", "foler", true);
        add("a**/b", "ax/b", true);
        add("a?c", "abc", true);
        add("a?c", "a/c", false);
        add("?", "é", true);
        add("a[b-d]e", "ace", true);
        add("a[b-d]e", "aze", false);
        add("a[^b-d]e", "aze", true);
        add("a[^b-d]e", "ace", false);
        add("[é-ë]", "ê", true);
        add("a[\\]]b", "a]b", true);
        add("[\\-x]", "-", true);
        add("a\\*b", "a*b", true);
        add("a\\*b", "axb", false);
        add("a.b", "axb", false);
        add("(a+b)", "(a+b)", true);
        add("$a^", "$a^", true);
        add("  spaced  ", "spaced", true);
        add(".git", ".gitignore", false);
        add("..", "a", false);
        add(".", "a", false);
    }
    void matches() {
        QFETCH(QString, pattern);
        QFETCH(QString, path);
        const auto file = IgnoreFile::fromPatterns({pattern.toStdString()});
        VERIFY_RESULT(file);
        QTEST(file->ignores(path.toStdString()), "fits");
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"[", "a[", "[]", "[]a]", "[^]", "[a", "[a-", "[a-]", "[-x]", "a\\", "!", "! "})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void refuses() {
        QFETCH(QString, text);
        const auto file = IgnoreFile::parse("ok\n" + text.toStdString() + "\n");
        QVERIFY(!file);
        QVERIFY2(file.error().message.find("line 2") == 0, file.error().text().c_str());
    }

    void theLastPatternThatFitsHolds() {
        const auto file =
            IgnoreFile::parse("\xEF\xBB\xBF# build results\n*.o\r\n\n!keep.o\n#!x\nbuild\n!build/doc\n");
        VERIFY_RESULT(file);
        QVERIFY(file->hasExceptions());
        QVERIFY(file->ignores("a.o"));
        QVERIFY(!file->ignores("keep.o"));
        QVERIFY(file->ignores("build/x"));
        QVERIFY(!file->ignores("build/doc/index.html"));
        QVERIFY(!file->ignores("src/a.c"));
        QVERIFY(!file->ignores("# build results"));
    }
    void anIgnoredFolderNeedNotBeEnteredUnlessSomethingComesBack() {
        const auto file = IgnoreFile::parse("node_modules\nbuild\n!build/doc\nlog\n");
        VERIFY_RESULT(file);
        QVERIFY(file->ignoresAllIn("node_modules"));
        QVERIFY(file->ignoresAllIn("log"));
        QVERIFY(!file->ignoresAllIn("build"));
        QVERIFY(!file->ignoresAllIn("src"));
        QVERIFY(!IgnoreFile::parse("log\n!**/*.txt\n")->ignoresAllIn("log"));
        QVERIFY(IgnoreFile::parse("log\n!doc/*.txt\n")->ignoresAllIn("log"));
    }
    void anEmptyFileIgnoresNothing() {
        const auto file = IgnoreFile::parse("\n# nothing\n");
        QVERIFY(file->isEmpty());
        QVERIFY(!file->ignores("a"));
    }
    void pathsAreCleaned_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("clean");
        QTest::newRow("empty") << ""
                               << ".";
        QTest::newRow("doubled") << "a//b/./c/../d/"
                                 << "a/b/d";
        QTest::newRow("above") << "../../a/.."
                               << "../..";
        QTest::newRow("root") << "/../a"
                              << "/a";
    }
    void pathsAreCleaned() {
        QFETCH(QString, path);
        QTEST(QString::fromStdString(cleanPath(path.toStdString())), "clean");
    }
    void takesNoTimeForManyStars() {
        std::string pattern;
        for (int i = 0; i < 200; ++i)
            pattern += "*a";
        QVERIFY(!IgnoreFile::fromPatterns({pattern + "b"})->ignores(std::string(2000, 'a')));
    }
};
ESCALE_TEST(IgnoreFileTest)

#include "ignore_file_test.moc"
