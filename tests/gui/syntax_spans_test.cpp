#include "gui/build/dockerfile_highlighter.h"
#include "gui/build/syntax_spans.h"
#include "gui/common/log_style.h"
#include "gui/common/theme.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>

using namespace escale;
using namespace escale::gui;
using S = SyntaxStyle;

class SyntaxSpansTest : public QObject {
    Q_OBJECT

    // The letters of the line that lie under that style.
    static QStringList styled(const QString& text, int line, S style) {
        const DockerfileSource source(text);
        QStringList parts;
        const std::vector<LineSpans> lines = syntaxSpans(source);
        for (const StyledSpan& span : lines[static_cast<std::size_t>(line) - 1]) {
            if (span.style == int(style))
                parts.append(source.line(line).mid(span.begin, span.length).toString());
        }
        return parts;
    }
    static QStringList list(const char* text) {
        return QString::fromUtf8(text).split(u'|', Qt::SkipEmptyParts);
    }

private Q_SLOTS:
    void isStyled_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("style");
        QTest::addColumn<QString>("parts");
        const auto add = [](const char* name, const char* text, int line, S style, const char* parts) {
            QTest::newRow(name) << QString::fromUtf8(text) << line << int(style) << QString::fromUtf8(parts);
        };
        add("directive", "# syntax=docker/dockerfile:1\nFROM a", 1, S::Directive,
            "# syntax=docker/dockerfile:1");
        add("comment", "FROM a\n  # no\nRUN b", 2, S::Comment, "# no");
        add("comment in an instruction", "FROM a\nRUN b && \\\n# why\n  c", 3, S::Comment, "# why");
        add("keywords", "FROM a AS b", 1, S::Keyword, "FROM|AS");
        add("image and stage", "FROM a AS b\nFROM b", 2, S::Stage, "b");
        add("image", "FROM debian:12", 1, S::Image, "debian:12");
        add("unknown", "FROM a\nRUNN x", 2, S::Unknown, "RUNN");
        add("known", "FROM a\nRUN x", 2, S::Unknown, "");
        add("broken pair is no unknown instruction", "FROM a\nENV A=1 b", 2, S::Unknown, "");
        add("flag", "FROM a\nCOPY --from=x --link a b", 2, S::Flag, "--from=|--link");
        add("keys of a mount", "FROM a\nRUN --mount=type=cache,target=/x y", 2, S::Name, "type|target");
        add("names of ENV", "FROM a\nENV A=1 B=2", 2, S::Name, "A|B");
        add("names of ARG", "FROM a\nARG A B=2", 2, S::Name, "A|B");
        add("quotes", "FROM a\nRUN echo \"a b\" 'c'", 2, S::Text, "\"a b\"|'c'");
        add("an apostrophe alone", "FROM a\nRUN echo don't", 2, S::Text, "");
        add("variables", "FROM a\nRUN echo $A ${B:-c} \"$D\"", 2, S::Variable, "$A|${B:-c}|$D");
        add("escaped variable", "FROM a\nRUN echo \\$A", 2, S::Variable, "");
        add("variable of a flag", "FROM --platform=$BUILDPLATFORM a", 1, S::Variable, "$BUILDPLATFORM");
        add("operators", "FROM a\nRUN a && b | c", 2, S::Operator, "&|&||");
        add("continuation", "FROM a\nRUN a \\\n b", 2, S::Continuation, "\\");
        add("mark of a here-document", "FROM a\nRUN <<EOF\necho $A\nEOF", 2, S::Document, "<<EOF");
        add("end of a here-document", "FROM a\nRUN <<EOF\necho $A\nEOF", 4, S::Document, "EOF");
        add("script in a here-document", "FROM a\nRUN <<EOF\necho $A\nEOF", 3, S::Variable, "$A");
        add("file in a here-document", "FROM a\nCOPY <<EOF /x\na file\nEOF", 3, S::Text, "a file");
        add("HEALTHCHECK CMD", "FROM a\nHEALTHCHECK CMD x", 2, S::Keyword, "HEALTHCHECK|CMD");
        add("ONBUILD", "FROM a\nONBUILD RUN x", 2, S::Keyword, "ONBUILD|RUN");
        add("behind letters of several bytes", "FROM a\nRUN echo é𝄞 $A", 2, S::Variable, "$A");
        add("second line of a quote", "FROM a\nRUN echo \"a \\\n  b\" c", 3, S::Text, "  b\"");
    }
    void isStyled() {
        QFETCH(QString, text);
        QFETCH(int, line);
        QFETCH(int, style);
        QFETCH(QString, parts);
        QString joined = styled(text, line, static_cast<S>(style)).join(u'|');
        QCOMPARE(joined, parts);
    }

    void nonsenseIsNoCrash() {
        for (const char* text : {"", "\n\n", "\\", "RUN", "FROM", "FROM \\\n\\\n", "RUN <<", "RUN <<A\n",
                                 "COPY [\"", "ONBUILD", "ONBUILD X", "ENV", "RUN \"${",
                                 "\xEF\xBB\xBF"
                                 "FROM a",
                                 "# escape=`\nRUN a `\n b", "HEALTHCHECK",
                                 "RUN --mount=", "FROM --platform=$\\\nX a", "\xF0\x9D\x84\x9E"}) {
            const DockerfileSource source(QString::fromUtf8(text));
            QCOMPARE(int(syntaxSpans(source).size()), source.lineCount());
        }
    }

    // Light and dark, every colour can be read: WCAG AA asks for 4.5.
    void coloursCanBeRead() {
        for (const QPalette& palette : {lightPalette(), darkPalette()}) {
            for (int style = 0; style <= int(S::Continuation); ++style) {
                const double contrast =
                    contrastOf(syntaxColor(static_cast<S>(style), palette), palette.color(QPalette::Base));
                QVERIFY2(contrast >= 4.5,
                         qPrintable(QStringLiteral("style %1: %2").arg(style).arg(contrast)));
            }
        }
    }
};

ESCALE_TEST(SyntaxSpansTest)
#include "syntax_spans_test.moc"
