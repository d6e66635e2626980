#include "engine/stack/compose/parse_yaml.h"

#include "tests/compose/described.h"
#include "tests/support/test_registry.h"

using namespace escale::compose;

namespace {

/// The documents, then what is said of them: a line each.
std::string described(std::string_view source, const YamlLimits& limits = {}) {
    Problems problems;
    const auto documents = parseYaml(source, 0, problems, limits);
    std::string text;
    for (const auto& document : documents.value_or(std::vector<Node>()))
        text += (text.empty() ? "" : "\n") + described(document);
    if (!problems.empty())
        text += (text.empty() ? "" : "\n") + described(problems);
    return text;
}

std::string repeated(std::string_view part, std::size_t times) {
    std::string text;
    text.reserve(part.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        text += part;
    return text;
}

/// x0 holds ten texts, each further line ten of the line before it.
std::string bomb(const char* open, const char* item, const char* close) {
    std::string text = "x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string name = "x" + std::to_string(i);
        text += name + ": &" + name + open;
        for (int j = 0; j < 10; ++j)
            text += (j == 0 ? "" : ", ") + std::string(item) + "*x" + std::to_string(i - 1);
        text += std::string(close) + "\n";
    }
    return text;
}

} // namespace

class ParseYamlTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("tree");
        const auto add = [](const char* name, const char* source, const char* tree) {
            QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(tree);
        };
        add("maps and lists", "services:\n  web:\n    image: nginx\n    ports:\n      - 80:80\n      - 443\n",
            "{services: {web: {image: nginx, ports: [80:80, 443]}}}");
        add("flow", "a: {b: [1, 2], c: {}}", "{a: {b: [1, 2], c: {}}}");
        add("nothing written", "a:\nb: ~\nc: null\nd: [~]\n", "{a: null, b: null, c: null, d: [null]}");
        add("quoted texts", "a: '1'\nb: \"true\"\nc: 1\nd: ''\n", "{a: '1', b: 'true', c: 1, d: ''}");
        add("block texts", "a: |\n  x\n  y\nb: >-\n  x\n  y\n", "{a: 'x\ny\n', b: 'x y'}");
        add("escapes", "a: \"x\\ty\\u00e9\"\nb: 'it''s'", "{a: 'x\ty\xC3\xA9', b: 'it's'}");
        add("plain over two lines", "a: x\n  y\n", "{a: x y}");
        add("comments", "# c\na: b # c\n# c\n", "{a: b}");
        add("hash in a text", "a: b#c\n", "{a: b#c}");
        add("byte order mark",
            "\xEF\xBB\xBF"
            "a: b\n",
            "{a: b}");
        add("lines of Windows", "a: b\r\nc:\r\n  - d\r\n", "{a: b, c: [d]}");
        add("empty", "", "");
        add("only a comment", "# nothing\n", "");
        add("a text alone", "hello", "hello");
        add("documents", "a: 1\n---\nb: 2\n", "{a: 1}\n{b: 2}");
        add("documents with ends", "---\na: 1\n...\n# c\nb: 2\n", "{a: 1}\n{b: 2}");
        add("a directive", "%YAML 1.2\n---\na: 1\n", "{a: 1}");
        add("tags of merging",
            "a: !reset null\nb: !override [x]\nc: !reset {}\nd: !override {x: y}\ne: !reset\n",
            "{a: !reset null, b: !override [x], c: !reset {}, d: !override {x: y}, e: !reset null}");
        add("tags of types", "a: !!str 1\nb: !!int \"1\"\nc: !!map {}\nd: !!seq []\ne: !!null x\n",
            "{a: '1', b: 1, c: {}, d: [], e: x}");
        add("a tag before the next key", "a: !reset\n\"b\": c\n", "{a: !reset null, b: c}");
        add("tabs between", "a:\tb\nc: d\t# e\n", "{a: b, c: d}");
    }
    void reads() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(described(source.toStdString())), "tree");
    }

    void fragments_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("tree");
        const auto add = [](const char* name, const char* source, const char* tree) {
            QTest::newRow(name) << source << tree;
        };
        add("of a text", "a: &x hello\nb: *x\n", "{a: hello, b: hello}");
        add("of a quoted text", "a: &x '1'\nb: *x\n", "{a: '1', b: '1'}");
        add("of a list", "a: &x [1, 2]\nb: *x\n", "{a: [1, 2], b: [1, 2]}");
        add("of a map with a fragment within", "a: &x {c: &y 1}\nb: *x\nd: *y\n",
            "{a: {c: 1}, b: {c: 1}, d: 1}");
        add("as a key", "a: &x hello\n*x : 1\n", "{a: hello, hello: 1}");
        add("anchor again", "a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}");
        add("tag and anchor", "a: &x !override [1]\nb: *x\n", "{a: !override [1], b: !override [1]}");
        add("merged", "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n  e: 4\n",
            "{a: {b: 1, c: 2}, d: {b: 1, c: 3, e: 4}}");
        add("own keys win also before", "a: &x {b: 1, c: 2}\nd:\n  c: 3\n  <<: *x\n",
            "{a: {b: 1, c: 2}, d: {c: 3, b: 1}}");
        add("merged list, the first wins", "a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne:\n  <<: [*x, *y]\n",
            "{a: {b: 1}, c: {b: 2, d: 3}, e: {b: 1, d: 3}}");
        add("merged from what is merged", "a: &x {b: 1, c: 1}\nd: &y\n  <<: *x\n  c: 2\ne:\n  <<: *y\n",
            "{a: {b: 1, c: 1}, d: {b: 1, c: 2}, e: {b: 1, c: 2}}");
        add("merged alias of a list", "a: &x {b: 1}\nc: &l [*x]\nd:\n  <<: *l\n",
            "{a: {b: 1}, c: [{b: 1}], d: {b: 1}}");
        add("merged in place", "a:\n  <<: {b: 1}\n", "{a: {b: 1}}");
        add("a quoted << is a key", "a:\n  '<<': {b: 1}\n", "{a: {<<: {b: 1}}}");
        add("values are not merged", "a: &x {b: {c: 1}}\nd:\n  <<: *x\n  b: {e: 2}\n",
            "{a: {b: {c: 1}}, d: {b: {e: 2}}}");
    }
    void fragments() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(described(source.toStdString())), "tree");
    }

    void tells_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QString>("hint");
        const auto add = [](const char* name, const char* source, const char* problem, const char* hint) {
            QTest::newRow(name) << QString::fromUtf8(source) << problem << hint;
        };
        add("tab", "services:\n\tweb:\n\t  image: x\n",
            "error 2:1+1 a tab indents this line, and YAML takes only spaces",
            "replace each tab by two spaces");
        add("tab behind spaces", "a:\n  b: 1\n \tc: 2\n",
            "error 3:2+1 a tab indents this line, and YAML takes only spaces",
            "replace each tab by two spaces");
        add("tab behind a dash", "-\ta: b\n",
            "error 1:2+1 a tab indents this line, and YAML takes only spaces",
            "replace each tab by two spaces");
        add("no space behind a colon", "web:\n  image:nginx\n  ports: []\n",
            "error 2:3+6 a space is missing after the colon of \"image:\"", "write \"image: nginx\"");
        add("no space behind the last colon", "web:\n  ports: []\n  image:nginx\n",
            "error 3:3+11 a colon is missing after \"image:nginx\"",
            "write \"image:nginx:\", or indent it as a part of the value above");
        add("two colons", "a: b: c\n", "error 1:5+1 there is a second colon in this value",
            "put the value into quotes, or on a line of its own, indented");
        add("@", "image: @sha\n", "error 1:8+4 a value cannot begin with \"@\"",
            "put it into quotes: \"@sha\"");
        add("backquote", "a: `date` # c\n", "error 1:4+6 a value cannot begin with \"`\"",
            "put it into quotes: \"`date`\"");
        add("quote without an end", "a: \"b\nc: d\n", "error 1:4+2 the quote that opens here is never closed",
            "close it where the text ends");
        add("single quote without an end", "a: 'b\nc: d\n",
            "error 1:4+2 the quote that opens here is never closed", "close it where the text ends");
        add("quote that the next one ends", "a: \"b\nc: d\ne: \"f\"\n",
            "error 1:4+2 the quote that opens here is closed only in line 3, and what follows there cannot "
            "be read",
            "close it where the text ends");
        add("text behind a quote", "a: 'it's'\n", "error 1:8+2 text follows the closing quote",
            "put all of it into the quotes; a quote within them is written \\\" or ''");
        add("bracket without an end", "a: [b, c\nd: e\n", "error 1:4+1 the [ that opens here is not closed",
            "close it with ], and see that a comma stands between the items");
        add("brace without an end", "a: {b: c\nd: e\n", "error 1:4+1 the { that opens here is not closed",
            "close it with }, and see that a comma stands between the items");
        add("bracket that closes none", "a: [b]]\n", "error 1:7+1 this bracket closes none",
            "remove it, or put the value into quotes");
        add("too deep", "a: 1\n b: 2\n",
            "error 2:3+1 this line is indented as a part of the value above it, which is a text",
            "indent it like the line above it");
        add("too shallow", "a:\n   b: 1\n  c: 2\n", "error 3:3+2 this line does not fit the ones above it",
            "indent it as deep as the lines that it belongs to");
        add("an item where no list is", "a: b\n- c\n",
            "error 2:1+1 this item of a list stands where no list is", "indent it like the items above it");
        add("an item behind a key", "a: - b\n", "error 1:4+1 a list cannot begin in the line of its key",
            "begin it in the next line, or write [one, two]");
        add("keys behind a list", "- a\nb: c\n",
            "error 2:1+4 this line does not belong to what stands above it",
            "indent it as deep as the lines that it belongs to");
        add("no colon", "a: b\nc\n", "error 2:1+1 a colon is missing after \"c\"",
            "write \"c:\", or indent it as a part of the value above");
        add("unknown anchor", "a: *x\n", "error 1:4+2 nothing above has the anchor that *x refers to",
            "write &x before the value that is to be repeated");
        add("a star alone", "ports: *\n", "error 1:9+0 \"*\" begins an alias, and no name follows",
            "put the value into quotes: \"*\"");
        add("unknown escape", "a: \"C:\\q\"\n", "error 1:9+1 \"\\q\" is no escape sequence",
            "write \\\\ for a backslash, or use single quotes");
        add("no number behind \\x", "a: \"\\xg0\"\n",
            "error 1:9+1 \\x, \\u and \\U want the number of a character, of 2, 4 and 8 digits from 0 to f",
            "write \\\\ for a backslash, or use single quotes");
        add("control characters", "a: b\x04\n",
            "error 1:5+1 a control character that cannot be seen stands here", "remove it");
        add("columns are characters", "\xC3\xA9\xC3\xA9: \xC3\xA9: b\n",
            "error 1:6+1 there is a second colon in this value",
            "put the value into quotes, or on a line of its own, indented");
    }
    void tells() {
        QFETCH(QString, source);
        Problems problems;
        // "b" and what follows is a scalar for YAML where the line fits in: that is told by the parser or not
        // at all.
        const auto documents = parseYaml(source.toStdString(), 0, problems);
        QVERIFY(!documents);
        QTEST(QString::fromStdString(described(problems)), "problem");
        QTEST(QString::fromStdString(problems.front().hint), "hint");
    }

    void onlyUtf8IsRead() {
        QCOMPARE(described("a: \xFF\n"), "error 1:4+0 this is no text in UTF-8");
        QCOMPARE(described("a: \xC0\x80\n"), "error 1:4+0 this is no text in UTF-8");     // overlong
        QCOMPARE(described("a: \xED\xA0\x80\n"), "error 1:4+0 this is no text in UTF-8"); // a surrogate
        QCOMPARE(described("\xFF\xFEx"), "error 1:1+0 this is no text in UTF-8");         // UTF-16
    }

    void tellsAndReadsOn_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("tree");
        const auto add = [](const char* name, const char* source, const char* tree) {
            QTest::newRow(name) << source << tree;
        };
        add("a key twice", "a: 1\nb: 2\na: 3\n",
            "{a: 1, b: 2}\nerror 3:1+1 \"a\" is there twice in this map, first in line 1");
        add("<< twice", "x:\n  <<: {a: 1}\n  <<: {b: 1}\n",
            "{x: {a: 1}}\nerror 3:3+2 \"<<\" is there twice in this map, first in line 2");
        add("a list as a key", "? [a]\n: b\n", "{}\nerror 1:3+0 a list or a map cannot be a key");
        add("no key", ": b\n", "{}\nerror 1:1+0 a key is missing before the colon, or it is null");
        add("a number as a key", "8080: a\n", "{8080: a}\nerror 1:1+4 the key 8080 is no text");
        add("a boolean as a key", "true: a\n", "{true: a}\nerror 1:1+4 the key true is no text");
        add("yes is a text", "yes: a\n", "{yes: a}");
        add("an unknown tag", "a: !secret b\n", "{a: b}\nerror 1:4+7 the tag !secret means nothing here");
        add("bytes", "a: !!binary aGk=\n", "{a: aGk=}\nerror 1:4+8 the tag !!binary means nothing here");
        add("merging a text", "a:\n  <<: b\n", "{a: {}}\nerror 2:7+1 \"<<\" merges maps, and this is none");
        add("merging a list of texts", "a:\n  <<: [b]\n",
            "{a: {}}\nerror 2:8+1 \"<<\" merges maps, and this is none");
    }
    void tellsAndReadsOn() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(described(source.toStdString())), "tree");
    }

    void everythingHasItsPlace() {
        Problems problems;
        const auto documents = parseYaml("x-a: &a\n"
                                         "  k: \"\xC3\xA9 y\"   # c\n"
                                         "b:\n"
                                         "  <<: *a\n"
                                         "  \xC3\xA9\xC3\xA9: [ 'it''s', ab cd ]\n"
                                         "  t: !override |\n"
                                         "    text\n"
                                         "  n:\n"
                                         "  l:\n"
                                         "  -\n",
                                         7, problems);
        QVERIFY(documents && problems.empty());
        const Node& b = *documents->front().find("b");
        const auto placeOf = [&](std::string_view key) { return b.find(key)->place; };
        QCOMPARE(placeOf("k"), (Place{7, 2, 6, 5})); // where the merged map has it
        QCOMPARE(b.entries[0].place, (Place{7, 2, 3, 1}));
        QCOMPARE(b.entries[1].place, (Place{7, 5, 3, 2}));
        QCOMPARE(placeOf("\xC3\xA9\xC3\xA9"), (Place{7, 5, 7, 0}));
        QCOMPARE(b.entries[1].value.items[0].place, (Place{7, 5, 9, 7}));
        QCOMPARE(b.entries[1].value.items[1].place, (Place{7, 5, 18, 5}));
        QCOMPARE(placeOf("t"), (Place{7, 6, 16, 1}));
        QCOMPARE(placeOf("n"), (Place{7, 8, 3, 1})); // nothing is written: the key
        QCOMPARE(b.find("l")->items[0].place, (Place{7, 10, 3, 1}));
    }

    void aBombDoesNotGoOff_data() {
        QTest::addColumn<QString>("source");
        QTest::newRow("lists") << QString::fromStdString(bomb(" [", "", "]"));
        QTest::newRow("maps") << QString::fromStdString(bomb(" {z: [", "", "]}"));
        QTest::newRow("merge keys") << QString::fromStdString(
            "x0: &x0 {a: 1}\n" + bomb(" {<<: [", "", "]}").substr(bomb(" {<<: [", "", "]}").find("x1:")));
        QTest::newRow("keys that are there twice") << QString::fromStdString(
            "a: &a {" + repeated("b: 1, ", 60'000) + "}\nb: [" + repeated("*a, ", 60'000) + "]\n");
        QTest::newRow("one large text") << QString::fromStdString(
            "a: &a " + std::string(100'000, 'a') + "\nb: [" + repeated("*a, ", 10'000) + "]\n");
        QTest::newRow("one large key") << QString::fromStdString(
            "a: &a {" + std::string(1000, 'a') + ": 1}\nb: [" + repeated("*a, ", 50'000) + "]\n");
    }
    void aBombDoesNotGoOff() {
        QFETCH(QString, source);
        Problems problems;
        QVERIFY(!parseYaml(source.toStdString(), 0, problems));
        QCOMPARE(problems.back().what, "the file becomes too large when its aliases are replaced");
    }

    void whatHoldsItselfHasNoEnd_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("problem");
        QTest::newRow("alias")
            << "a: &x [1, *x]\n"
            << "error 1:11+2 the alias stands inside the part that it repeats, which has no end";
        QTest::newRow("merge key") << "a: &x\n  <<: *x\n"
                                   << "error 2:7+2 the map is merged into itself, which has no end";
    }
    void whatHoldsItselfHasNoEnd() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(described(source.toStdString())), "problem");
    }

    void deepNestingEnds_data() {
        QTest::addColumn<QString>("source");
        const std::size_t kLevels = 100'000;
        QTest::newRow("[") << QString::fromStdString(repeated("[", kLevels));
        QTest::newRow("{a:") << QString::fromStdString(repeated("{a: ", kLevels));
        QTest::newRow("-") << QString::fromStdString(repeated("- ", kLevels));
        QTest::newRow("?") << QString::fromStdString(repeated("? ", kLevels));
        std::string aliases = "a0: &a0 [1]\n";
        for (int i = 1; i < 1000; ++i)
            aliases +=
                "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
        QTest::newRow("aliases") << QString::fromStdString(aliases);
    }
    void deepNestingEnds() {
        QFETCH(QString, source);
        Problems problems;
        QVERIFY(!parseYaml(source.toStdString(), 0, problems));
        QCOMPARE(problems.size(), 1U);
        QCOMPARE(problems[0].what, "lists and maps are nested too deeply");
    }

    void largeFilesAreRead() {
        const std::string large = "a: |\n" + repeated("  some text \xC3\xA9\n", 260'000);
        QVERIFY(large.size() < YamlLimits().bytes);
        Problems problems;
        const auto documents = parseYaml(large, 0, problems);
        QVERIFY(documents && problems.empty());
        QCOMPARE(documents->front().textOf("a").size(), 260'000U * 13);
    }

    void limitsAreTold() {
        QCOMPARE(described(repeated("a", 5U << 20)), "error 1:1+0 the file is too large");
        QCOMPARE(described("[1, 2, 3, 4]", {.bytes = 100, .nodes = 4, .depth = 2}),
                 "error 1:11+1 the file holds too many values");
        QCOMPARE(described("[[[1]]]", {.bytes = 100, .nodes = 10, .depth = 2}),
                 "error 1:3+0 lists and maps are nested too deeply");
        QCOMPARE(described(repeated("[a,", 1'000'000)), "error 1:1+0 the file holds too many values");
    }

    // What is looked for in the text must be found near by, or a file costs the square of its length.
    void nothingIsSoughtThroughTheWholeFile_data() {
        QTest::addColumn<QString>("source");
        const auto add = [](const char* name, const std::string& source) {
            QTest::newRow(name) << QString::fromStdString(source);
        };
        add("anchors without spaces", "[" + repeated("&a,", 150'000) + "]");
        add("tags without spaces", "[" + repeated("!!str,", 150'000) + "]");
        add("nulls", repeated("-\n", 150'000));
        add("blank lines", repeated("-\n\n\n\n\n", 150'000));
        add("documents", repeated("a\n...\n# c\n# c\n", 100'000));
        add("one text in many lines", "a: " + repeated("b\n  ", 500'000));
        add("many keys", [] {
            std::string keys;
            for (int i = 0; i < 150'000; ++i)
                keys += "k" + std::to_string(i) + ":\n";
            return keys;
        }());
    }
    void nothingIsSoughtThroughTheWholeFile() {
        QFETCH(QString, source);
        Problems problems;
        QVERIFY(parseYaml(source.toStdString(), 0, problems));
        QCOMPARE(described(problems), "");
    }

    void aRepeatedMapIsToldOnce() {
        const std::string twice = "a: &a {b: 1, b: 2}\nc: [" + repeated("*a, ", 1000) + "]\n";
        QCOMPARE(described(twice).substr(described(twice).find("error")),
                 "error 1:14+1 \"b\" is there twice in this map, first in line 1");
    }

    // One long line with many places in it must not cost its length for each of them.
    void manyPlacesInOneLongLine() {
        Problems problems;
        const auto documents = parseYaml("[" + repeated("\xC3\xA9, ", 150'000) + "]", 0, problems);
        QVERIFY(documents && problems.empty());
        QCOMPARE(documents->front().items.back().place, (Place{0, 1, 2 + 3 * 149'999, 1}));
    }
};
ESCALE_TEST(ParseYamlTest)

#include "parse_yaml_test.moc"
