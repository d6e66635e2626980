#include "engine/build/lint/shell_commands.h"

#include "tests/support/test_registry.h"

using namespace escale;

namespace {

const char* separatorName(ShellSeparator separator) {
    switch (separator) {
    case ShellSeparator::And:
        return " &&";
    case ShellSeparator::Or:
        return " ||";
    case ShellSeparator::Semicolon:
        return " ;";
    case ShellSeparator::Pipe:
        return " |";
    case ShellSeparator::Background:
        return " &";
    case ShellSeparator::Newline:
        return " /";
    case ShellSeparator::End:
        break;
    }
    return "";
}

/// "{A=1} [name|word] && +[inner]": a plus for each depth.
std::string described(const ShellScript& script) {
    std::string text;
    for (const auto& command : script.commands) {
        text += text.empty() ? "" : " ";
        text += std::string(static_cast<std::size_t>(command.depth), '+');
        for (const auto& word : command.assignments)
            text += "{" + word.text + "}";
        std::string words;
        for (const auto& word : command.words)
            words += (words.empty() ? "" : "|") + word.text;
        text += "[" + words + "]" + separatorName(command.after);
    }
    return text;
}

Instruction instructionOf(const std::string& source) {
    return parseDockerfile(source).instructions.at(0);
}

LogicalLine lineOf(const std::string& text) {
    LogicalLine line;
    line.append(text, {1, 1});
    return line;
}

std::string rangeText(const SourceRange& range) {
    return std::to_string(range.begin.line) + ":" + std::to_string(range.begin.column) + "-" +
           std::to_string(range.end.line) + ":" + std::to_string(range.end.column);
}

} // namespace

class ShellCommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("commands");
        const auto add = [](const char* source, const char* commands) {
            QTest::newRow(source) << QString::fromUtf8(source) << QString::fromUtf8(commands);
        };
        add("a b  c", "[a|b|c]");
        add("a && b || c; d & e | f", "[a] && [b] || [c] ; [d] & [e] | [f]");
        add("a\nb\n\nc", "[a] / [b] / [c]");
        add("a \\\n b", "[a|b]");
        add("a 'b c' \"d e\" f\\ g", "[a|b c|d e|f g]");
        add("a b\"c\"'d'e", "[a|bcde]");
        add("a \"b \\\" c\" '\\'", "[a|b \" c|\\]");
        add("a '' \"\"", "[a||]");
        add("a $b ${c:-d e} $((1 + 2))", "[a|$b|${c:-d e}|$((1 + 2))]");
        add("a $(b c | d) e", "[a|$(b c | d)|e] +[b|c] | +[d]");
        add("a \"x $(b)\" `c d`", "[a|x $(b)|`c d`] +[b] +[c|d]");
        add("a $(b $(c))", "[a|$(b $(c))] +[b|$(c)] ++[c]");
        add("(a; b) && c", "+[a] ; +[b] && [c]");
        add("{ a; b; } | c", "+[a] ; +[b] | [c]");
        add("A=1 B='2 3' c d=4", "{A=1}{B=2 3}[c|d=4]");
        add("A=1", "{A=1}[]");
        add("a=(1 2) && b", "{a=(1 2)}[] && [b]");
        add("a > b 2>&1 < c >> d &> e f", "[a|f]");
        add("a >b", "[a]");
        add("a <<< 'b' c", "[a|c]");
        add("a <(b c)", "[a|<(b c)] +[b|c]");
        add("a # b\nc", "[a] / [c]");
        add("a b#c", "[a|b#c]");
        add("if a; then b; elif c; then d; else e; fi && f", "+[a] ; +[b] ; +[c] ; +[d] ; +[e] && [f]");
        add("for x in a b; do c $x; done", "+[c|$x] ;");
        add("while a; do b; done < c", "+[a] ; +[b] ;");
        add("! a && time b", "[a] && [b]");
        add("case $x in a|b) c;; *) d e;; esac; f", "[c] ; [d|e] ; [f]");
        add("f() { a; }; f", "+[a] ; [f]");
        add("[ -f a ] && b", "[[|-f|a|]] && [b]");
        add("[[ a && b < c ]] || d", "[[[|a|&&|b|<|c|]]] || [d]");
        add("cat <<EOF > x\na; b\nEOF\nc", "[cat] / [c]");
        add("cat <<-'EOF' | d\n\ta\n\tEOF\nc", "[cat] | [d] / [c]");
        add("cat <<EOF\na", "[cat] /");
        add("a '", "[a|]");
        add("a \"b", "[a|b]");
        add("a $(b", "[a|$(b] +[b]");
        add(") a", "[a]");
        add("&& ;; | a", "[a]");
    }
    void reads() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(described(readShell(lineOf(source.toStdString())))), "commands");
    }

    void wordsHaveTheirPlaces() {
        const Instruction run = instructionOf("RUN a && \\\n# comment\n  bb $(cc dd) \\\n  | ee\n");
        const ShellScript script = readShell(run);
        QCOMPARE(described(script), std::string("[a] && [bb|$(cc dd)] | +[cc|dd] [ee]"));
        QCOMPARE(rangeText(script.commands.at(1).words.at(0).range), std::string("3:3-3:5"));
        QCOMPARE(rangeText(script.commands.at(2).words.at(1).range), std::string("3:11-3:13"));
        QCOMPARE(rangeText(script.commands.at(3).range), std::string("4:5-4:7"));
        QCOMPARE(rangeText(script.pipes.at(0)), std::string("4:3-4:4"));
    }
    void aHereDocumentIsAScript() {
        const Instruction run = instructionOf("RUN <<-EOF\n\tset -e\n\ta b\n\tEOF\n");
        const ShellScript script = readShell(run);
        QCOMPARE(described(script), std::string("[set|-e] / [a|b] /"));
        QCOMPARE(rangeText(script.commands.at(1).words.at(1).range), std::string("3:4-3:5"));
    }
    void aHereDocumentOfAnotherProgramIsNone() {
        QCOMPARE(described(readShell(instructionOf("RUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF\n"))),
                 std::string());
        QCOMPARE(described(readShell(instructionOf("RUN python3 - <<EOF\nimport os\nEOF\n"))),
                 std::string("[python3|-]"));
    }
    void theExecFormIsOneCommand() {
        const ShellScript script = readShell(instructionOf("CMD [\"a\", \"b && c\"]"));
        QCOMPARE(described(script), std::string("[a|b && c]"));
        QVERIFY(script.isForm);
    }
    void aHealthCheckHasACommand() {
        QCOMPARE(described(readShell(instructionOf("HEALTHCHECK --interval=5s CMD a b || exit 1"))),
                 std::string("[a|b] || [exit|1]"));
        QCOMPARE(described(readShell(instructionOf("HEALTHCHECK CMD [\"a\"]"))), std::string("[a]"));
    }
    void flags() {
        const ShellScript script = readShell(lineOf("x -ab --long --key=v -u 5 -- -n"));
        const ShellCommand& command = script.commands.at(0);
        QVERIFY(command.hasFlag({"a"}) && command.hasFlag({"b"}) && command.hasFlag({"long"}));
        QVERIFY(!command.hasFlag({"lon"}) && !command.hasFlag({"l"}));
        QCOMPARE(command.flagValue({"key"}), std::string("v"));
        QCOMPARE(command.flagValue({"u", "uid"}), std::string("5"));
        const auto plain = command.plainArguments({"u"});
        QCOMPARE(plain.size(), std::size_t(1));
        QCOMPARE(plain.at(0)->text, std::string("-n"));
    }
    void systemProgramsAreKnownByTheirPath() {
        QVERIFY(readShell(lineOf("/usr/bin/apt-get x")).commands.at(0).is({"apt-get"}));
        QVERIFY(!readShell(lineOf("./apt-get x")).commands.at(0).is({"apt-get"}));
    }
    void deepNestingEnds() {
        std::string text;
        for (int i = 0; i < 5000; ++i)
            text += "$(";
        QVERIFY(readShell(lineOf("a " + text)).commands.size() < 100);
    }
};
ESCALE_TEST(ShellCommandsTest)

#include "shell_commands_test.moc"
