#include "engine/build/dockerfile.h"

#include "tests/support/test_registry.h"

using namespace escale;

namespace {

/// "RUN {--mount=x} [a|b] <<EOF:content": a line an instruction; the exec form in brackets, others in
/// parentheses.
std::string described(const Instruction& instruction) {
    std::string text(keywordName(instruction.keyword));
    for (const auto& flag : instruction.flags)
        text += " {" + flag.name + (flag.value ? "=" + *flag.value : std::string()) + "}";
    std::string words;
    for (const auto& word : instruction.words)
        words += (words.empty() ? "" : "|") + word.text;
    text += instruction.isJson ? " [" + words + "]" : " (" + words + ")";
    for (const auto& document : instruction.documents)
        text += std::string(" <<") + (document.dropsTabs ? "-" : "") + document.name +
                (document.expand ? ":" : "!") + document.content;
    if (instruction.trigger)
        text += " > " + described(*instruction.trigger);
    return text;
}

std::string described(const std::string& source) {
    const Dockerfile file = parseDockerfile(source);
    std::string text;
    for (const auto& instruction : file.instructions)
        text += described(instruction) + "\n";
    for (const auto& problem : file.problems)
        text += std::to_string(problem.range.begin.line) + ":" + std::to_string(problem.range.begin.column) +
                " " + problem.message + "\n";
    return text;
}

} // namespace

class DockerfileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("tree");
        const auto add = [](const char* name, const char* source, const char* tree) {
            QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(tree);
        };
        add("shell form", "RUN echo  a  'b c'\n", "RUN (echo  a  'b c')\n");
        add("exec form", "CMD [ \"a b\" , \"c\" ]", "CMD [a b|c]\n");
        add("empty exec form", "ENTRYPOINT []", "ENTRYPOINT []\n");
        add("no JSON after all", "CMD [ 'a', 'b' ]", "CMD ([ 'a', 'b' ])\n");
        add("JSON with something behind it", "RUN [\"a\"] || b", "RUN ([\"a\"] || b)\n");
        add("numbers in the exec form", "CMD [\"a\", 1]",
            "CMD ()\n1:1 only texts can be in the array of an exec form\n");
        add("any case", "fRoM debian\nrun x", "FROM (debian)\nRUN (x)\n");
        add("indented", "  FROM debian\n\tRUN x\n", "FROM (debian)\nRUN (x)\n");
        add("Windows line ends", "FROM debian\r\nRUN a \\\r\n b\r\n", "FROM (debian)\nRUN (a  b)\n");
        add("byte order mark",
            "\xEF\xBB\xBF"
            "FROM debian",
            "FROM (debian)\n");
        add("no line end", "FROM debian", "FROM (debian)\n");
        add("continued", "RUN a \\\n  b \\\n  c", "RUN (a   b   c)\n");
        add("spaces behind the escape", "RUN a \\  \t\nb", "RUN (a b)\n");
        add("escaped escape ends the line", "RUN a \\\\\nCMD b", "RUN (a \\\\)\nCMD (b)\n");
        add("comment in a continued line", "RUN a \\\n# no\n  # neither \\\n b", "RUN (a  b)\n");
        add("empty line in a continued line", "RUN a \\\n\n \n b", "RUN (a  b)\n");
        add("escape at the end of the file", "RUN a \\", "RUN (a)\n");
        add("escape alone", "\\\nRUN a", "RUN (a)\n");
        add("comments", "# x\nFROM a # b\n#y", "FROM (a|#|b)\n");
        add("FROM", "FROM --platform=linux/arm64 debian:12 AS build",
            "FROM {platform=linux/arm64} (debian:12|AS|build)\n");
        add("flags", "COPY --from=a --link --chown='1:2' \"--chmod=6\"44 x y",
            "COPY {from=a} {link} {chown=1:2} (\"--chmod=6\"44|x|y)\n");
        add("flags end", "COPY --link -- --x y", "COPY {link} (--x|y)\n");
        add("flag with an escape", "RUN --mount=a\\ b c", "RUN {mount=a b} (c)\n");
        add("flags alone", "RUN --network=none", "RUN {network=none} ()\n");
        add("COPY exec form", "COPY [\"a b\", \"c\"]", "COPY [a b|c]\n");
        add("COPY words", "COPY a   b\tc", "COPY (a|b|c)\n");
        add("ENV", "ENV a=1 b=\"2 3\" c=4\\ 5 d='\"'", "ENV (a|1|b|\"2 3\"|c|4\\ 5|d|'\"')\n");
        add("ENV of old", "ENV a  b  c=d", "ENV (a|b  c=d)\n");
        add("ENV without a value", "ENV a", "ENV ()\n1:1 ENV needs a name and a value\n");
        add("ENV with a word without =", "ENV a=1 b", "ENV (a|1)\n1:1 \"b\" has no \"=\"\n");
        add("LABEL", "LABEL \"a.b\"=c d=", "LABEL (\"a.b\"|c|d|)\n");
        add("ARG", "ARG a b=c d=\"e f\"", "ARG (a|b=c|d=\"e f\")\n");
        add("EXPOSE", "EXPOSE 80 443/tcp", "EXPOSE (80|443/tcp)\n");
        add("USER", "USER  a b ", "USER (a b)\n");
        add("WORKDIR", "WORKDIR /a b", "WORKDIR (/a b)\n");
        add("VOLUME", "VOLUME /a /b\nVOLUME [\"/c\"]", "VOLUME (/a|/b)\nVOLUME [/c]\n");
        add("HEALTHCHECK",
            "HEALTHCHECK --interval=5s CMD curl  -f x\nHEALTHCHECK CMD [\"a\"]\nHEALTHCHECK NONE",
            "HEALTHCHECK {interval=5s} (CMD|curl  -f x)\nHEALTHCHECK [CMD|a]\nHEALTHCHECK (NONE)\n");
        add("ONBUILD", "ONBUILD COPY --link . /a", "ONBUILD (COPY --link . /a) > COPY {link} (.|/a)\n");
        add("ONBUILD ONBUILD", "ONBUILD onbuild RUN x",
            "ONBUILD (onbuild RUN x)\n1:9 ONBUILD cannot follow ONBUILD\n");
        add("unknown", "FROM a\nRUNN b", "FROM (a)\n2:1 there is no instruction RUNN\n");
        add("nothing", "# only\n\n", "1:1 the file holds no instruction\n");
        add("escape directive", "# escape=`\nRUN dir `\n c:\\", "RUN (dir  c:\\)\n");
        add("directives after a comment are none", "# x\n# escape=`\nRUN a `\nCMD b", "RUN (a `)\nCMD (b)\n");
        add("unknown directive ends them", "# magic=1\n# escape=`\nRUN a `", "RUN (a `)\n");
        add("directive twice", "# escape=`\n# escape=`\nRUN a",
            "RUN (a)\n2:1 the directive escape is given twice\n");
        add("bad escape", "# escape=x\nRUN a", "RUN (a)\n1:1 \"x\" cannot be the escape\n");
    }
    void reads() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(described(source.toStdString())), "tree");
    }

    void hereDocuments_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("tree");
        const auto add = [](const char* name, const char* source, const char* tree) {
            QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(tree);
        };
        add("RUN", "RUN <<EOF\n a\n# b\n\nEOF\nCMD c", "RUN (<<EOF) <<EOF: a\n# b\n\n\nCMD (c)\n");
        add("for a program", "RUN python3 - <<END x\n1\nEND\n", "RUN (python3 - <<END x) <<END:1\n\n");
        add("quoted", "RUN <<'EOF'\n$a\nEOF", "RUN (<<'EOF') <<EOF!$a\n\n");
        add("quoted in part", "RUN <<E\"O\"F\na\nEOF", "RUN (<<E\"O\"F) <<EOF!a\n\n");
        add("tabs dropped", "RUN <<-EOF\n\ta\n\tEOF\nCMD b", "RUN (<<-EOF) <<-EOF:\ta\n\nCMD (b)\n");
        add("space before the name", "RUN << EOF\na\nEOF", "RUN (<< EOF) <<EOF:a\n\n");
        add("two", "COPY <<a <<b /x/\n1\na\n2\nb\nCMD c", "COPY (<<a|<<b|/x/) <<a:1\n <<b:2\n\nCMD (c)\n");
        add("descriptor", "RUN cat 3<<EOF\na\nEOF", "RUN (cat 3<<EOF) <<EOF:a\n\n");
        add("an escape is kept", "RUN <<EOF\na \\\nb\nEOF", "RUN (<<EOF) <<EOF:a \\\nb\n\n");
        add("not in CMD", "CMD <<EOF\n", "CMD (<<EOF)\n");
        add("not in the exec form", "RUN [\"<<EOF\"]", "RUN [<<EOF]\n");
        add("not in quotes", "RUN echo '<<EOF'\nCMD a", "RUN (echo '<<EOF')\nCMD (a)\n");
        add("three are none", "RUN cat <<<EOF\nCMD a", "RUN (cat <<<EOF)\nCMD (a)\n");
        add("ONBUILD", "ONBUILD RUN <<EOF\na\nEOF", "ONBUILD (RUN <<EOF) > RUN (<<EOF) <<EOF:a\n\n");
        add("without an end", "FROM a\nRUN <<EOF\nx\n",
            "FROM (a)\nRUN (<<EOF) <<EOF:x\n\n2:1 the here-document EOF has no end\n");
    }
    void hereDocuments() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(described(source.toStdString())), "tree");
    }

    void everythingHasItsPlace() {
        const Dockerfile file = parseDockerfile(
            "# syntax=docker/dockerfile:1\n\n  COPY --from=a x \\\n     yy /z\nRUN <<EOF\nb\nEOF\n");
        QCOMPARE(file.directives.front().value, std::string("docker/dockerfile:1"));
        const Instruction& copy = file.instructions.at(0);
        QCOMPARE(copy.keywordRange, (SourceRange{{3, 3}, {3, 7}}));
        QCOMPARE(copy.range, (SourceRange{{3, 3}, {4, 11}}));
        QCOMPARE(copy.flags.front().range, (SourceRange{{3, 8}, {3, 16}}));
        QCOMPARE(copy.words.at(0).range, (SourceRange{{3, 17}, {3, 18}}));
        QCOMPARE(copy.words.at(1).range, (SourceRange{{4, 6}, {4, 8}}));
        QCOMPARE(copy.lastLine, 4);
        const Instruction& run = file.instructions.at(1);
        QCOMPARE(run.documents.front().firstLine, 6);
        QCOMPARE(run.lastLine, 7);
    }
    void commentsBelongToWhatIsBelow() {
        const Dockerfile file = parseDockerfile("# far\n\n# hadolint ignore=DL3008\n#  near \nRUN a\nCMD b");
        QCOMPARE(file.instructions.at(0).comments.size(), std::size_t(2));
        QCOMPARE(file.instructions.at(0).comments.at(1).text, std::string("near"));
        QVERIFY(file.instructions.at(1).comments.empty());
        QCOMPARE(file.comments.size(), std::size_t(3));
    }
    void emptyLinesInAContinuedOneAreNoted() {
        QCOMPARE(parseDockerfile("RUN a \\\n\n b").emptyContinuations, std::vector<int>{2});
    }
    void aSlipOfTheFingerGetsAHint() {
        QCOMPARE(parseDockerfile("FORM a").problems.front().hint, std::string("Did you mean FROM?"));
        QVERIFY(parseDockerfile("SOMETHING a").problems.front().hint.empty());
    }
    void goesOnAfterAProblem() {
        const Dockerfile file = parseDockerfile("NO\nFROM a\nENV x\nRUN b\n");
        QCOMPARE(file.problems.size(), std::size_t(2));
        QCOMPARE(file.instructions.size(), std::size_t(3));
    }
};
ESCALE_TEST(DockerfileTest)

#include "dockerfile_test.moc"
