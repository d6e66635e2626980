// Given text of strangers, a shell sees one word, and exactly that text.
#include "engine/base/shell_word.h"

#include "engine/base/subprocess.h"
#include "tests/support/test_registry.h"

#include <random>

using namespace escale;
using Words = std::vector<std::string>;

class ShellWordTest : public QObject {
    Q_OBJECT

    // What /bin/sh takes each for: "[text]" a word, in a row.
    static QString seenByShell(const std::string& words) {
        const auto text = runProgram({"/bin/sh", "-c", "printf '[%s]' " + words});
        return QString::fromLatin1(text ? text->c_str() : text.error().text().c_str());
    }
    static QString expected(const Words& words) {
        std::string text;
        for (const auto& word : words)
            text += "[" + word + "]";
        return QString::fromLatin1(text.c_str());
    }
    static std::string randomText(std::mt19937& random) {
        static const std::string kLetters = "aZ0 \t\n'\"\\$`!#~*?[]{}()<>|&;=-./:%^\r\x1b\x7f\xc3\xa9\xff";
        std::string text(random() % 12, ' ');
        for (char& c : text)
            c = kLetters[random() % kLetters.size()];
        return text;
    }

private Q_SLOTS:
    void aShellSeesOneWordAndNothingHappens_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"",     "plain",    "two words",
                                 "it's", "'",        "''",
                                 "a\nb", "\n",       "$(touch /tmp/evil)",
                                 "`id`", "$HOME",    "${x:-y}",
                                 "a;b",  "a&&b",     "*",
                                 "~",    "~root",    "#no comment",
                                 "\\",   "a\\",      "\"",
                                 "-rf",  "--",       "=x",
                                 "!!",   "{a,b}",    "a|b",
                                 "<a",   ">a",       "\t",
                                 "%s%n", "\xc3\xa9", "\xff\xfe",
                                 "if",   "A=b"})
            QTest::newRow(QByteArray(text).toPercentEncoding(" '\"$").constData()) << QByteArray(text);
    }
    void aShellSeesOneWordAndNothingHappens() {
        QFETCH(const QByteArray, text);
        const std::string word = text.toStdString();
        QCOMPARE(seenByShell(shellWord(word)), expected({word}));
    }
    void anyWordsStayApart() {
        std::mt19937 random(20261128); // NOLINT(cert-msc51-cpp): the same texts each time
        for (int round = 0; round < 40; ++round) {
            Words words(1 + random() % 30);
            for (auto& word : words)
                word = randomText(random);
            QCOMPARE(seenByShell(shellWords(words)), expected(words));
            QVERIFY(readShellWords(shellWords(words)) == words);
        }
    }
    void whatNeedsNoQuotesHasNone() {
        QCOMPARE(shellWords({"lowerdir=/a:/b,upperdir=/c", "10%", "a@b"}),
                 std::string("lowerdir=/a:/b,upperdir=/c 10% a@b"));
    }
    void aNulIsLeftOut() { QCOMPARE(shellWord(std::string_view("a\0b", 3)), std::string("'ab'")); }
    void aPathIsNoOption() {
        QCOMPARE(shellPath("-rf"), std::string("./-rf"));
        QCOMPARE(shellPath("/a b"), std::string("'/a b'"));
    }
    void othersQuotesAreRead() {
        QVERIFY(readShellWords("a  \"b \\\"c\" d\\ e 'f'g \"\"") == (Words{"a", "b \"c", "d e", "fg", ""}));
        QVERIFY(readShellWords(" \n") == Words{});
    }
    void whatAShellWouldDoMoreWithIsRefused_data() {
        QTest::addColumn<QString>("line");
        for (const char* line : {"$HOME", "\"$HOME\"", "`id`", "a;b", "a|b", "'open", "\"open", "a\\", "#",
                                 "*", "~", "a>b", "(a)", "{a,b}"})
            QTest::newRow(line) << line;
    }
    void whatAShellWouldDoMoreWithIsRefused() {
        QFETCH(const QString, line);
        QVERIFY(!readShellWords(line.toStdString()));
    }
};
ESCALE_TEST(ShellWordTest)
#include "shell_word_test.moc"
