#include "engine/stack/compose/interpolate.h"
#include "engine/stack/compose/parse_yaml.h"

#include "tests/compose/described.h"
#include "tests/support/test_registry.h"

using namespace escale::compose;

namespace {

Variables variables() {
    Variables all;
    all["FOO"].value = "first";
    all["EMPTY"].value = "";
    all["JSON"].value = "{\"json\":2}";
    all["DOLLARS"].value = "$FOO ${FOO}";
    return all;
}

std::string joined(const std::set<std::string>& names) {
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : " ") + name;
    return text;
}

struct Read {
    Node node;
    Problems problems;
    std::set<std::string> used;
};

Read read(std::string_view source, const Variables& all = variables()) {
    Read read;
    read.node = parseYaml(source, 0, read.problems).value().front();
    interpolate(read.node, all, read.used, read.problems);
    return read;
}

} // namespace

class InterpolateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void replaces_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("replaced");
        const auto add = [](const char* text, const char* replaced) {
            QTest::newRow(text) << text << replaced;
        };
        add("nothing", "nothing");
        add("", "");
        add("$FOO", "first");
        add("${FOO}", "first");
        add("a${FOO}b$FOO-c", "afirstbfirst-c");
        add("$FOO$FOO${FOO}", "firstfirstfirst");
        add("[${UNSET}][$UNSET]", "[][]");
        add("[$EMPTY]", "[]");
        // a dollar sign
        add("$$FOO", "$FOO");
        add("$${FOO}", "${FOO}");
        add("$$$FOO", "$first");
        add("$$$$", "$$");
        add("a $ b", "a $ b");
        add("^x$", "^x$");
        add("$}", "$}");
        add("$1 $- $(x)", "$1 $- $(x)");
        // defaults
        add("${UNSET:-x}", "x");
        add("${EMPTY:-x}", "x");
        add("${FOO:-x}", "first");
        add("${UNSET-x}", "x");
        add("${EMPTY-x}", "");
        add("${FOO-x}", "first");
        add("${UNSET:-}", "");
        add("${UNSET:-/a:-b}", "/a:-b");
        add("${UNSET-a?b}", "a?b");
        add("${UNSET:-a}b}", "ab}");
        add("${UNSET:-a\nb}", "a\nb");
        // others
        add("[${UNSET:+x}]", "[]");
        add("[${EMPTY:+x}]", "[]");
        add("${FOO:+x}", "x");
        add("[${UNSET+x}]", "[]");
        add("${EMPTY+x}", "x");
        add("${FOO+x}", "x");
        // what is required
        add("${FOO:?no}", "first");
        add("[${EMPTY?no}]", "[]");
        // nested
        add("${UNSET:-$FOO}", "first");
        add("${UNSET:-${FOO}}", "first");
        add("${UNSET:-${EMPTY:-${MORE-x}}}y", "xy");
        add("${UNSET-${FOO} ${FOO:+second}}", "first second");
        add("${FOO:+${UNSET:-a}b}", "ab");
        add("${UNSET:-$$FOO}", "$FOO");
        // braces that are text
        add("${UNSET:-{\"a\":{\"b\":1}}}", "{\"a\":{\"b\":1}}");
        add("{\"a\": \"${FOO}\"}", "{\"a\": \"first\"}");
        add("${JSON:-{}}", "{\"json\":2}");
        // values are not replaced again
        add("$DOLLARS", "$FOO ${FOO}");
        // names
        add("${_A1:-x}$_A1", "x");
        add("$FOO.bar", "first.bar");
        add("$foo", "");
    }
    void replaces() {
        QFETCH(QString, text);
        const auto result = interpolateText(text.toStdString(), variables());
        VERIFY_RESULT(result);
        QTEST(QString::fromStdString(result->text), "replaced");
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const auto add = [](const char* text, const char* error) { QTest::newRow(text) << text << error; };
        add("${", "the ${ that opens here is not closed (write ${NAME}, or $$ for a dollar sign)");
        add("${FOO", "the ${ that opens here is not closed (write ${NAME}, or $$ for a dollar sign)");
        add("${FOO:-x", "the ${ that opens here is not closed (write ${NAME}, or $$ for a dollar sign)");
        add("${FOO:-${FOO}", "the ${ that opens here is not closed (write ${NAME}, or $$ for a dollar sign)");
        add("${UNSET:-{}", "the ${ that opens here is not closed (write ${NAME}, or $$ for a dollar sign)");
        add("${}",
            "a variable's name is missing between the braces (write ${NAME}, or $$ for a dollar sign)");
        add("${ FOO}", "a space stands before the variable's name (write ${NAME}, or $$ for a dollar sign)");
        add("${1}", "a variable's name begins with a letter or _ (write ${NAME}, or $$ for a dollar sign)");
        add("${FOO }",
            "\" \" cannot follow the variable's name FOO (what can follow it is :- - :? ? :+ and +, as in "
            "${FOO:-default}; $$ is a dollar sign)");
        add("${FOO!}",
            "\"!\" cannot follow the variable's name FOO (what can follow it is :- - :? ? :+ and +, as in "
            "${FOO:-default}; $$ is a dollar sign)");
        add("${FOO/a/b}",
            "\"/a/b\" cannot follow the variable's name FOO (what can follow it is :- - :? ? :+ and +, "
            "as in ${FOO:-default}; $$ is a dollar sign)");
        add("${FOO:=x}",
            "\":=x\" cannot follow the variable's name FOO (what can follow it is :- - :? ? :+ and +, as "
            "in ${FOO:-default}; $$ is a dollar sign)");
        add("${UNSET:?say $FOO}",
            "the variable UNSET is not set: say first (set UNSET in the environment or in .env)");
        add("${EMPTY:?needed}",
            "the variable EMPTY is empty: needed (set EMPTY in the environment or in .env)");
        add("${UNSET?}",
            "the variable UNSET is not set, and is needed here (set UNSET in the environment or in .env)");
        add("${UNSET:-${MORE?inner}}",
            "the variable MORE is not set: inner (set MORE in the environment or in .env)");
    }
    void refuses() {
        QFETCH(QString, text);
        const auto result = interpolateText(text.toStdString(), variables());
        QVERIFY(!result);
        QCOMPARE(result.error().code, escale::ErrorCode::InvalidArgument);
        QTEST(QString::fromStdString(result.error().message + " (" + result.error().hint + ")"), "error");
    }

    void onlyWhatIsChosenCounts() {
        const auto result = interpolateText("${FOO:-$A} ${UNSET:+$B} ${UNSET-$C} ${FOO?$D} $E", variables());
        VERIFY_RESULT(result);
        QCOMPARE(joined(result->used), "C E FOO UNSET");
        QCOMPARE(joined(result->unset), "C E");
    }

    void nestingEnds() {
        std::string text;
        for (int i = 0; i < 100'000; ++i)
            text += "${A:-";
        const auto result = interpolateText(text, {});
        QVERIFY(!result);
        QCOMPARE(result.error().message, "variables are nested too deeply");
    }

    void aBombDoesNotGoOff() {
        Variables large;
        large["A"].value = std::string(1U << 20, 'a');
        QVERIFY(interpolateText("$A$A$A", large));
        const auto text = interpolateText("$A$A$A$A$A", large);
        QVERIFY(!text);
        QCOMPARE(text.error().message, "the text becomes longer than 4 MiB when its variables are replaced");
        std::string list;
        for (int i = 0; i < 1000; ++i)
            list += "- $A\n";
        const Read all = read(list, large);
        QCOMPARE(all.problems.size(), 1U);
        QCOMPARE(all.problems[0].what, "the file becomes larger than 16 MiB when its variables are replaced");
    }

    void manyProblemsAreNotAllTold() {
        std::string list;
        for (int i = 0; i < 1000; ++i)
            list += "- $A" + std::to_string(i) + "\n- ${!}\n";
        QCOMPARE(read(list).problems.size(), 400U);
        std::string text;
        for (int i = 0; i < 200'000; ++i)
            text += "$A" + std::to_string(i) + " ";
        QCOMPARE(read("a: " + text).problems.size(), 200U);
    }

    void replacesValuesInATreeAndNoKeys() {
        const Read all = read("$FOO: $FOO\nlist: [a, '${FOO}']\nmap: {k: $$}\n");
        QCOMPARE(described(all.node), "{$FOO: first, list: [a, 'first'], map: {k: $}}");
        QCOMPARE(all.node.find("$FOO")->raw, "$FOO");
        QCOMPARE(all.node.find("list")->items[0].raw, "");
        QCOMPARE(all.node.find("list")->items[1].raw, "${FOO}");
        QCOMPARE(joined(all.used), "FOO");
        QCOMPARE(described(all.problems), "");
    }

    // compose-go makes numbers of what variables hold, where a number belongs.
    void anUnquotedVariableCanBecomeANumber() {
        Variables all;
        all["PORT"].value = "8080";
        const Read ports = read("a: ${PORT}\nb: '${PORT}'\n", all);
        QCOMPARE(integerOf(*ports.node.find("a")).value_or(0), 8080);
        QVERIFY(!integerOf(*ports.node.find("b")));
    }

    void warnsOfEachVariableOnce() {
        const Read all = read("a: x $TAG y\nb: [\"${TAG}\"]\nc: ${OTHER}\n");
        QCOMPARE(described(all.problems),
                 "warning 1:6+4 the variable TAG is not set: an empty text takes its place\n"
                 "warning 3:4+8 the variable OTHER is not set: an empty text takes its place");
        QCOMPARE(all.problems[0].path, "a");
    }

    void warnsOfAVariableOnceInAllFiles() {
        Read first = read("a: $TAG\n");
        Node second = read("b: ''\n").node;
        second.entries[0].value.text = "$TAG";
        interpolate(second, {}, first.used, first.problems);
        QCOMPARE(first.problems.size(), 1U);
    }

    void errorsHaveTheVariablesPlace_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("path");
        QTest::newRow("plain") << "services:\n  web:\n    image: \xC3\xA9${A!}b\n"
                               << "3:13+5"
                               << "services.web.image";
        QTest::newRow("quoted") << "ports:\n- 80\n- \"a${A!}\"\n"
                                << "3:5+5"
                                << "ports[1]";
        QTest::newRow("with escapes: all of it") << "a: \"\\t${A!}\"\n"
                                                 << "1:4+9"
                                                 << "a";
        QTest::newRow("in a block") << "a: |\n  x\n  ${A!}\n"
                                    << "1:4+1"
                                    << "a";
    }
    void errorsHaveTheVariablesPlace() {
        QFETCH(QString, source);
        const Read all = read(source.toStdString());
        QCOMPARE(all.problems.size(), 1U);
        QTEST(QString::fromStdString(described(all.problems[0].place)), "place");
        QTEST(QString::fromStdString(all.problems[0].path), "path");
    }

    void whatIsWrongStaysAsItIs() {
        const Read all = read("a: ${A!}\nb: $FOO\n");
        QCOMPARE(described(all.node), "{a: ${A!}, b: first}");
        QCOMPARE(all.node.find("a")->raw, "");
    }

    // In an editor, on each key: mistakes one behind the other must not each cost the rest of the text.
    void manyMistakesDoNotCostTheSquare() {
        for (const std::string part : {"${A ", "${", "${A:-", "${A:-{"}) {
            std::string text;
            for (int i = 0; i < 200'000; ++i)
                text += part;
            QVERIFY(variableSpans(text).empty());
        }
    }

    void findsVariablesForColours_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("spans");
        const auto add = [](const char* text, const char* spans) { QTest::newRow(text) << text << spans; };
        add("nothing $ $$ here", "");
        add("$A b ${C}", "0+2 A, 5+4 C");
        add("${A:-x${B-$C}}", "0+14 A, 6+7 B, 10+2 C");
        add("$$A $B", "4+2 B");
        add("${A!} $B", "6+2 B");
        add("${A:- $B", "6+2 B");
        add("${} $B", "4+2 B");
        add("${A?m $B} $C", "0+9 A, 6+2 B, 10+2 C");
    }
    void findsVariablesForColours() {
        QFETCH(QString, text);
        std::string spans;
        for (const auto& span : variableSpans(text.toStdString()))
            spans += (spans.empty() ? "" : ", ") + std::to_string(span.position) + "+" +
                     std::to_string(span.length) + " " + span.name;
        QTEST(QString::fromStdString(spans), "spans");
    }
};
ESCALE_TEST(InterpolateTest)

#include "interpolate_test.moc"
