#include "gui/stacks/compose_outline.h"

#include "gui/common/log_style.h"
#include "gui/common/theme.h"
#include "gui/stacks/compose_highlighter.h"
#include "gui/stacks/compose_position.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using namespace escale::gui;
using S = ComposeStyle;
using Kind = ComposePosition::Kind;

Q_DECLARE_METATYPE(escale::gui::ComposePosition::Kind)

class ComposeOutlineTest : public QObject {
    Q_OBJECT

    static QString u(const char* text) { return QString::fromUtf8(text); }
    // The letters of the line that are drawn in that style.
    static QString styled(const ComposeOutline& outline, int line, S style) {
        const QString text = outline.line(line - 1).toString();
        QList<int> styles(text.size(), -1);
        for (const StyledSpan& span : outline.spans()[std::size_t(line - 1)]) {
            for (int i = span.begin; i < span.begin + span.length; ++i)
                styles[i] = span.style;
        }
        QStringList parts;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (styles[i] != int(style))
                continue;
            if (i == 0 || styles[i - 1] != int(style))
                parts.append(QString());
            parts.back() += text[i];
        }
        return parts.join(u'~');
    }
    // "|" is the cursor.
    static ComposePosition at(const char* text) {
        QString given = u(text);
        const auto cursor = static_cast<int>(given.indexOf(u'|'));
        given.remove(cursor, 1);
        return positionAt(ComposeOutline(given), cursor);
    }

private Q_SLOTS:
    void partsHaveTheirStyles_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("style");
        QTest::addColumn<QString>("parts");
        const auto add = [](const char* name, const char* text, int line, S style, const char* parts) {
            QTest::newRow(name) << u(text) << line << int(style) << u(parts);
        };
        const char* web = "services:\n  web:\n    image: nginx # small\n    ports:\n      - \"80:80\"\n";
        add("a key of the file", web, 1, S::TopLevel, "services");
        add("a service's name", web, 2, S::Name, "web");
        add("a property", web, 3, S::Property, "image");
        add("a comment behind a value", web, 3, S::Comment, "# small");
        add("a text between quotes", web, 5, S::Text, "\"80:80\"");
        add("an item's sign", web, 5, S::Operator, "-");
        add("a property that is none", "services:\n  web:\n    imagee: a\n", 3, S::Unknown, "imagee");
        add("a key of the file that is none", "servces:\n", 1, S::Unknown, "servces");
        add("names of variables are free", "services:\n  web:\n    environment:\n      A: b\n", 4, S::FreeKey,
            "A");
        add("a number", "services:\n  web:\n    scale: 3\n", 3, S::Number, "3");
        add("a constant", "services:\n  web:\n    init: true\n", 3, S::Constant, "true");
        add("a variable in a text", "services:\n  web:\n    image: \"a:${TAG:-1}\"\n", 3, S::Variable,
            "${TAG:-1}");
        add("a variable alone", "services:\n  web:\n    image: $IMAGE\n", 3, S::Variable, "$IMAGE");
        add("$$ is no variable", "services:\n  web:\n    command: echo $$HOME\n", 3, S::Variable, "");
        add("an anchor", "x-a: &base\n  a: b\n", 1, S::Anchor, "&base");
        add("a merge", "services:\n  web:\n    <<: *base\n", 3, S::Anchor, "<<~*base");
        add("an extension", "x-a: &base\n  image: b\n", 2, S::Extension, "image");
        add("a tag", "services:\n  web:\n    ports: !reset []\n", 3, S::Tag, "!reset");
        add("a block's lines", "services:\n  web:\n    command: |\n      a: b # c\n\n      d\n    image: x\n",
            4, S::Text, "a: b # c");
        add("what follows a block",
            "services:\n  web:\n    command: |\n      a: b # c\n\n      d\n    image: x\n", 7, S::Property,
            "image");
        add("a list in brackets", "services:\n  web:\n    command: [\"a\", 3, b]\n", 3, S::Number, "3");
        add("brackets over lines",
            "services:\n  web:\n    command: [\n      \"a\",\n      b]\n    image: x\n", 6, S::Property,
            "image");
        add("a text over lines", "services:\n  web:\n    command: \"a\n      b: c\"\n    image: x\n", 4,
            S::Text, "b: c\"");
        add("an address is no key", "services:\n  web:\n    image: http://a:1/b\n", 3, S::Property, "image");
        add("a quoted key", "services:\n  \"web\":\n    image: x\n", 2, S::Name, "\"web\"");
        add("a list as far in as its key", "services:\n  web:\n    ports:\n    - target: 80\n    image: x\n",
            5, S::Property, "image");
        add("a key of an item", "services:\n  web:\n    ports:\n    - target: 80\n      published: 1\n", 5,
            S::Property, "published");
    }
    void partsHaveTheirStyles() {
        QFETCH(QString, text);
        QFETCH(int, line);
        QFETCH(int, style);
        QTEST(styled(ComposeOutline(text), line, static_cast<S>(style)), "parts");
    }
    void anEnvironmentFileHasNamesAndValues() {
        const ComposeOutline outline(u("# all\nA=b ${C}\n"), false);
        QCOMPARE(styled(outline, 1, S::Comment), u("# all"));
        QCOMPARE(styled(outline, 2, S::Property), u("A"));
        QCOMPARE(styled(outline, 2, S::Variable), u("${C}"));
    }
    void everyStyleCanBeRead() {
        for (const QPalette& palette : {lightPalette(), darkPalette()}) {
            for (int style = 0; style <= int(S::Plain); ++style) {
                const double contrast =
                    contrastOf(composeColor(static_cast<S>(style), palette), palette.color(QPalette::Base));
                QVERIFY2(contrast >= 4.5,
                         qPrintable(QStringLiteral("style %1: %2").arg(style).arg(contrast)));
            }
        }
    }
    void anEntryHasItsPath() {
        const ComposeOutline outline(
            u("services:\n  web:\n    ports:\n      - \"1:1\"\n      - target: 80\n"));
        const int last = static_cast<int>(outline.entries().size()) - 1;
        QCOMPARE(outline.pathOf(last), u("services.web.ports[1].target"));
        QCOMPARE(outline.entry(last).schema->path, u("services.*.ports[].target"));
        QCOMPARE(outline.keysBelow(outline.find({u("services")})), QStringList{u("web")});
    }

    void aPlaceIsToldByItsIndentation_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("written");
        const auto add = [](const char* name, const char* text, Kind kind, const char* path,
                            const char* written) {
            QTest::newRow(name) << u(text) << kind << u(path) << u(written);
        };
        add("a key of the file", "serv|", Kind::Key, "", "serv");
        add("a key of a service", "services:\n  web:\n    image: x\n    po|\n", Kind::Key, "services.*",
            "po");
        add("on an empty line", "services:\n  web:\n    image: x\n    |\n", Kind::Key, "services.*", "");
        add("further out", "services:\n  web:\n    image: x\n  |\n", Kind::Key, "services", "");
        add("before what stands there", "services:\n  web:\n    |image: x\n", Kind::Key, "services.*", "");
        add("a value", "services:\n  web:\n    restart: al|\n", Kind::Value, "services.*.restart", "al");
        add("a value that is not there", "services:\n  web:\n    restart: |\n", Kind::Value,
            "services.*.restart", "");
        add("a value between quotes", "services:\n  web:\n    restart: \"al|\"\n", Kind::Value,
            "services.*.restart", "al");
        add("no blank behind the colon", "services:\n  web:\n    restart:|\n", Kind::Nothing, "", "");
        add("an item", "services:\n  web:\n    depends_on:\n      - d|\n", Kind::Item,
            "services.*.depends_on[]", "d");
        add("an item of a list as far in as its key", "services:\n  web:\n    depends_on:\n    - |\n",
            Kind::Item, "services.*.depends_on[]", "");
        add("the second key of an item", "services:\n  web:\n    ports:\n      - target: 80\n        pub|\n",
            Kind::Key, "services.*.ports[]", "pub");
        add("a value in an item", "services:\n  web:\n    ports:\n      - protocol: |\n", Kind::Value,
            "services.*.ports[].protocol", "");
        add("between brackets", "services:\n  web:\n    depends_on: [a, b|]\n", Kind::Item,
            "services.*.depends_on[]", "b");
        add("in a comment", "services: # a|\n", Kind::Nothing, "", "");
    }
    void aPlaceIsToldByItsIndentation() {
        QFETCH(QString, text);
        QFETCH(Kind, kind);
        QFETCH(QString, path);
        QFETCH(QString, written);
        const ComposePosition place = at(text.toUtf8().constData());
        QCOMPARE(place.kind, kind);
        if (kind == Kind::Nothing)
            return;
        QVERIFY(place.schema != nullptr);
        QCOMPARE(place.schema->path, path);
        QCOMPARE(place.written, written);
    }
    void aBlockOfTextIsNoPlaceForKeys() {
        const QString text = u("services:\n  web:\n    command: |-\n      im\n");
        QCOMPARE(positionAt(ComposeOutline(text), static_cast<int>(text.size()) - 1).kind, Kind::Nothing);
    }
    void keysThatAreThereAreKnown() {
        // Given a service whose last key is half written, when the place is asked about, then the others are
        // known, before and behind it.
        const ComposePosition place =
            at("services:\n  web:\n    image: x\n    po|\n    init: true\n  db:\n    tty: true\n");
        QCOMPARE(place.siblings, (QStringList{u("image"), u("init")}));
        QCOMPARE(place.indent, 4);
    }
    void aVariableIsBeingWritten() {
        const auto before = [](const char* text) {
            const QString given = u(text);
            return variableBefore(ComposeOutline(given), static_cast<int>(given.size()));
        };
        QVERIFY(before("a: ${"));
        QCOMPARE(before("a: ${TA")->name, u("TA"));
        QVERIFY(before("a: ${TA")->isBraced);
        QVERIFY(!before("a: $TA")->isBraced);
        QVERIFY(!before("a: $$TA"));
        QVERIFY(!before("a: b # ${TA"));
        QVERIFY(!before("a: ${TA}"));
    }
};

ESCALE_TEST(ComposeOutlineTest)
#include "compose_outline_test.moc"
