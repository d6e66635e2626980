#include "engine/stack/compose/environment_file.h"

#include "tests/compose/described.h"
#include "tests/support/test_registry.h"

using namespace escale::compose;

namespace {

/// "NAME=[value]", "NAME" without one: a line each, then the problems.
std::string described(std::string_view source, bool raw) {
    Variables variables;
    variables["HOME"].value = "/home/me";
    Problems problems;
    std::string text;
    for (const auto& line : parseEnvironmentFile(source, 0, variables, raw, problems))
        text += (text.empty() ? "" : "\n") + line.name + (line.value ? "=[" + *line.value + "]" : "");
    if (!problems.empty())
        text += (text.empty() ? "" : "\n") + described(problems);
    return text;
}

} // namespace

class EnvironmentFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("lines");
        const auto add = [](const char* name, const char* source, const char* lines) {
            QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(lines);
        };
        add("plain", "A=b\n", "A=[b]");
        add("no line end", "A=b", "A=[b]");
        add("empty value", "A=\nB=''\n", "A=[]\nB=[]");
        add("no value: the environment's", "A\nB=c\nC", "A\nB=[c]\nC");
        add("spaces around", "  A =  b c  \n\tD\t=\te\t\n", "A=[b c]\nD=[e]");
        add("lines of Windows", "A=b\r\nC=\r\nD=\"e\"\r\n", "A=[b]\nC=[]\nD=[e]");
        add("byte order mark",
            "\xEF\xBB\xBF"
            "A=b",
            "A=[b]");
        add("comments and blank lines", "# c\n\n  # c\nA=b\n#\n", "A=[b]");
        add("a comment behind a value", "A=b # c\nD=e #c\nF=g #\n", "A=[b]\nD=[e]\nF=[g]");
        add("no comment without a space", "A=b#c\n", "A=[b#c]");
        add("a comment behind quotes", "A='b # x' # c\nD=\"e\"# c\n", "A=[b # x]\nD=[e]");
        add("a hash as a value", "A= # c\n", "A=[# c]\nnote 1:4+3 this is the value of A, and no comment");
        add("export", "export A=b\nexport\tC=d\nexported=e\nexport F\n", "A=[b]\nC=[d]\nexported=[e]\nF");
        add("as in YAML", "A: b\nC: d=e\n", "A=[b]\nC=[d=e]");
        add("signs in values", "A=b=c\nD=e:f\nURL=pg://u@h:1/d?x=y\n",
            "A=[b=c]\nD=[e:f]\nURL=[pg://u@h:1/d?x=y]");
        add("names", "A.b-c_1[2]=d\n\xC3\xA9=e\n", "A.b-c_1[2]=[d]\n\xC3\xA9=[e]");
        add("quotes within quotes", "A='b\"c'\nD=\"e'f\"\n", "A=[b\"c]\nD=[e'f]");
        add("escaped quotes", "A='it\\'s'\nB=\"{\\\"a\\\": 1}\"\n", "A=[it's]\nB=[{\"a\": 1}]");
        add("several lines", "A=\"b\nc\n\"\nD='e\n\nf'\n", "A=[b\nc\n]\nD=[e\n\nf]");
        add("escapes in double quotes", "A=\"\\a\\b\\f\\n\\r\\t\\v\\\\\"\n", "A=[\a\b\f\n\r\t\v\\]");
        add("octal", "A=\"\\0123 \\0351 \\0777 \\012 \\x41\"\n", "A=[S \xC3\xA9 \\0777 \\012 \\x41]");
        add("no escapes elsewhere", "A='b\\n'\nC=d\\n\n", "A=[b\\n]\nC=[d\\n]");
        add("a backslash stays before others", "A=\"b\\ c\\d\"\n", "A=[b\\ c\\d]");
        add("variables", "A=b\nC=$A\nD=${A}x\nE=\"$A y\"\nF='$A'\n", "A=[b]\nC=[b]\nD=[bx]\nE=[b y]\nF=[$A]");
        add("defaults", "A=${B:-c}\nD=\"${E-f g}\"\n", "A=[c]\nD=[f g]");
        add("dollar signs", "A=$$b\nC=\"\\$d\"\nE=\"\\${F}\"\n", "A=[$b]\nC=[$d]\nE=[${F}]");
        add("the environment wins", "HOME=/x\nA=$HOME\n", "HOME=[/x]\nA=[/home/me]");
        add("later lines see the last value", "A=1\nA=2\nB=$A\n", "A=[1]\nA=[2]\nB=[2]");
        add("no value, seen below", "HOME\nA=$HOME\n", "HOME\nA=[/home/me]");
    }
    void reads() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(described(source.toStdString(), false)), "lines");
    }

    void tells_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("lines");
        const auto add = [](const char* name, const char* source, const char* lines) {
            QTest::newRow(name) << source << lines;
        };
        add("no name", "=b\nC=d\n", "C=[d]\nerror 1:1+2 a name is missing before the =");
        add("a space in a name", "A b=c\nD=e\n", "D=[e]\nerror 1:1+3 the name \"A b\" holds a space");
        add("a sentence", "two words\nA=b\n", "A=[b]\nerror 1:1+9 the name \"two words\" holds a space");
        add("a sign in a name", "A$b=c\nD=e\n", "D=[e]\nerror 1:1+5 \"$\" cannot be in a variable's name");
        add("a quote without an end", "A=b\nC=\"d\nE=f\n",
            "A=[b]\nerror 2:3+2 the quote that opens here is never closed");
        add("an escaped quote is no end", "A='b\\'\n",
            "error 1:3+4 the quote that opens here is never closed");
        add("text behind a quote", "A=\"b\"c\n",
            "A=[b]\nc\nwarning 1:6+1 text follows the closing quote: it counts as a line of its own");
        add("a variable that is not set, once", "A=$B\nC=$B\n",
            "A=[]\nC=[]\nwarning 1:3+2 the variable B is not set: an empty text takes its place");
        add("a variable that is required", "A=${B:?say so}\nC=d\n",
            "A\nC=[d]\nerror 1:3+12 the variable B is not set: say so");
        add("a wrong variable", "A=${B\n", "A\nerror 1:3+3 the ${ that opens here is not closed");
    }
    void tells() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(described(source.toStdString(), false)), "lines");
    }

    void rawLines_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("lines");
        const auto add = [](const char* name, const char* source, const char* lines) {
            QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(lines);
        };
        add("all behind the =", "A= b 'c' \"d\" $E # f \n", "A=[ b 'c' \"d\" $E # f ]");
        add("comments", "# c\n  # c\n\n A=b\n", "A=[b]");
        add("no value", "A\nB=\n", "A\nB=[]");
        add("lines of Windows",
            "\xEF\xBB\xBF"
            "A=b\r\nC=d\r\n",
            "A=[b]\nC=[d]");
        add("no name", "=b\n", "error 1:1+2 a name is missing before the =");
        add("a space in a name", "A =b\n", "error 1:1+2 the name \"A \" holds a space");
        add("export is a word", "export A=b\n", "error 1:1+8 the name \"export A\" holds a space");
    }
    void rawLines() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(described(source.toStdString(), true)), "lines");
    }

    void onlyUtf8IsRead() {
        QCOMPARE(described("A=\xFF\n", false), "error 1:3+0 this is no text in UTF-8");
        QCOMPARE(described(std::string_view("A=b\0", 4), true), "error 1:4+0 this is no text in UTF-8");
    }

    void namesHaveTheirPlace() {
        Problems problems;
        const auto lines =
            parseEnvironmentFile("A=b\n  export \xC3\xA9x=\"1\n2\"\nC\n", 3, {}, false, problems);
        QCOMPARE(lines.size(), 3U);
        QCOMPARE(lines[0].place, (Place{3, 1, 1, 1}));
        QCOMPARE(lines[1].place, (Place{3, 2, 10, 2}));
        QCOMPARE(lines[2].place, (Place{3, 4, 1, 1}));
    }

    void manyValuesInOneLineAreRead() {
        std::string line;
        for (int i = 0; i < 200'000; ++i)
            line += "A='b'";
        Problems problems;
        QCOMPARE(parseEnvironmentFile(line, 0, {}, false, problems).size(), 200'000U);
        QCOMPARE(problems.size(), 200U); // text behind a quote: more is not told
    }

    void linesThatDoubleEachOtherEnd() {
        std::string bomb = "A0=aaaaaaaaaaaaaaaa\n";
        for (int i = 1; i < 100; ++i)
            bomb +=
                "A" + std::to_string(i) + "=$A" + std::to_string(i - 1) + "$A" + std::to_string(i - 1) + "\n";
        Problems problems;
        parseEnvironmentFile(bomb, 0, {}, false, problems);
        QVERIFY(hasErrors(problems));
    }
};
ESCALE_TEST(EnvironmentFileTest)

#include "environment_file_test.moc"
