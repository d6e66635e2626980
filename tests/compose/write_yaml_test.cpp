#include "engine/stack/compose/parse_yaml.h"
#include "engine/stack/compose/write_yaml.h"
#include "tests/compose/described.h"

#include "tests/support/test_registry.h"

#include <algorithm>
#include <random>

using namespace escale::compose;

namespace {

Node textIn(const std::string& text) {
    Node root;
    root.set("x-text") = Node::scalar(text);
    return root;
}

std::string written(const std::string& text) {
    std::string yaml = writeYaml(textIn(text));
    return yaml.substr(std::string("x-text: ").size());
}

/// In one order of keys: writing sorts them. Texts that need no quotes read back as such.
void sortKeys(Node& node) {
    node.quoted = node.isScalar() && (node.quoted || (!booleanOf(node) && !numberOf(node)));
    std::sort(node.entries.begin(), node.entries.end(),
              [](const NodeEntry& a, const NodeEntry& b) { return a.key < b.key; });
    for (NodeEntry& entry : node.entries)
        sortKeys(entry.value);
    for (Node& item : node.items)
        sortKeys(item);
}

/// Trees of all kinds, with texts that are made to be mistaken.
class Trees {
public:
    explicit Trees(unsigned seed)
        : m_random(seed) {}

    Node tree(unsigned depth) {
        switch (depth == 0 ? 3 + below(3) : below(6)) {
        case 0:
        case 1: {
            Node map = Node::map();
            for (unsigned i = below(5); i > 0; --i)
                map.set(text()) = tree(depth - 1);
            return map;
        }
        case 2: {
            Node list = Node::list();
            for (unsigned i = below(5); i > 0; --i)
                list.items.push_back(tree(depth - 1));
            return list;
        }
        case 3:
            return Node::scalar(number(), {}, false);
        case 4:
            return below(8) == 0 ? Node() : Node::scalar(text());
        default:
            return Node::scalar(text());
        }
    }

private:
    unsigned below(unsigned end) { return std::uniform_int_distribution<unsigned>(0, end - 1)(m_random); }

    std::string number() {
        static const std::vector<std::string> kNumbers{"1",     "-5",   "0x1f", "1.5", "true",
                                                       "false", "0o17", "1e3",  ".5"};
        return kNumbers[below(static_cast<unsigned>(kNumbers.size()))];
    }
    std::string text() {
        static const std::vector<std::string> kParts{"a",
                                                     "b c",
                                                     " ",
                                                     "\n",
                                                     ":",
                                                     ": ",
                                                     "#",
                                                     " #",
                                                     "-",
                                                     "- ",
                                                     "'",
                                                     "\"",
                                                     "\\",
                                                     "[",
                                                     "]",
                                                     "{",
                                                     "}",
                                                     ",",
                                                     "&",
                                                     "*",
                                                     "!",
                                                     "|",
                                                     ">",
                                                     "%",
                                                     "@",
                                                     "`",
                                                     "?",
                                                     "=",
                                                     "<<",
                                                     "~",
                                                     "null",
                                                     "1",
                                                     "0x",
                                                     ".",
                                                     "e3",
                                                     "\t",
                                                     "\r",
                                                     "\x01",
                                                     "\x7f",
                                                     "\xc3\xa9",
                                                     "\xf0\x9f\x98\x80",
                                                     "yes",
                                                     "---",
                                                     "...",
                                                     "$",
                                                     "\xe2\x80\xa8"};
        std::string text;
        for (unsigned i = below(7); i > 0; --i)
            text += kParts[below(static_cast<unsigned>(kParts.size()))];
        return text;
    }

    std::mt19937 m_random;
};

} // namespace

class WriteYamlTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesAFileAsComposeDoes() {
        Problems problems;
        const std::string text =
            "x-b: {z: [1, [2, {a: b}], {}], y: }\n"
            "networks: {n10: , n9: {}, n-1: , 1n: , _n: , Ab: }\n"
            "services:\n"
            "  web: {image: a, command: [a, \"\"], ports: [{target: 80, mode: ingress}],\n"
            "    build: {dockerfile: D, context: .}, x-c: 1, environment: {B: \"1\", A: x}}\n"
            "  db: {image: b, labels: []}\n"
            "name: p\n";
        const Node file = parseYaml(text, 0, problems)->front();
        QCOMPARE(writeYaml(file), "name: p\n"
                                  "services:\n"
                                  "  db:\n"
                                  "    image: b\n"
                                  "    labels: []\n"
                                  "  web:\n"
                                  "    build:\n"
                                  "      context: .\n"
                                  "      dockerfile: D\n"
                                  "    command:\n"
                                  "      - a\n"
                                  "      - \"\"\n"
                                  "    environment:\n"
                                  "      A: x\n"
                                  "      B: \"1\"\n"
                                  "    image: a\n"
                                  "    ports:\n"
                                  "      - mode: ingress\n"
                                  "        target: 80\n"
                                  "    x-c: 1\n"
                                  "networks:\n"
                                  "  _n: null\n"
                                  "  1n: null\n"
                                  "  Ab: null\n"
                                  "  n-1: null\n"
                                  "  n9: {}\n"
                                  "  n10: null\n"
                                  "x-b:\n"
                                  "  \"y\": null\n"
                                  "  z:\n"
                                  "    - 1\n"
                                  "    -\n"
                                  "      - 2\n"
                                  "      - a: b\n"
                                  "    - {}\n");
    }

    void quotesWhatWouldBeReadAsSomethingElse_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("yaml");
        const auto add = [](const char* text, const char* yaml) { QTest::newRow(text) << text << yaml; };
        for (const char* plain :
             {"a", "-x", "?x", "a:b", "a#b", "1.5.2", "it's", "say \"x\"", "a\\b", "/path:/x", "0.0.0.0:8000",
              "8080:80", "nan", "0o", "--x", "a]", "a  b", "\xc3\xa9"})
            add(plain, plain);
        for (const char* single : {" x", "a ",  "a: b", "x #y", "- a",   "*a", "[a", "{a}",
                                   "-",  ": a", "a:",   "%a",   "@a",    "`a", "!a", "&a",
                                   "|a", ">",   "#a",   "---",  "... x", "\""})
            add(single, (std::string("'") + single + "'").c_str());
        for (const char* quoted : {"1",         "true",       "~",
                                   "",          "1e3",        "0x10",
                                   "yes",       "2001-01-01", "012",
                                   "1_000",     "null",       "1:30",
                                   "190:20:30", "y",          ".5",
                                   "+1",        "0o7",        ".inf",
                                   "1.0",       "0b11",       "12e03",
                                   "True",      "off",        "-0",
                                   "=",         "<<",         "2001-01-01T00:00:00Z",
                                   "-.5"})
            add(quoted, (std::string("\"") + quoted + "\"").c_str());
        add("'", "''''");
        add("a\tb", "\"a\\tb\"");
        add("a\rb", "\"a\\rb\"");
        add("\x01", "\"\\x01\"");
        add("\x7f", "\"\\x7F\"");
    }
    void quotesWhatWouldBeReadAsSomethingElse() {
        QFETCH(QString, text);
        QFETCH(QString, yaml);
        QCOMPARE(QString::fromStdString(written(text.toStdString())), yaml + '\n');
    }

    void writesLinesAsBlocks() {
        QCOMPARE(written("a\nb"), "|-\n  a\n  b\n");
        QCOMPARE(written("a\nb\n"), "|\n  a\n  b\n");
        QCOMPARE(written("a\n\n"), "|+\n  a\n\n");
        QCOMPARE(written("a\n\nb"), "|-\n  a\n\n  b\n");
        QCOMPARE(written(" a\nb"), "|2-\n   a\n  b\n");
        QCOMPARE(written("a \nb"), "\"a \\nb\"\n"); // a block would lose sight of the space
        QCOMPARE(written("\na"), "\"\\na\"\n");
    }

    void writesATextThatAVariableHasMade() {
        Node root = textIn("80");
        root.find("x-text")->quoted = false;
        QCOMPARE(writeYaml(root), "x-text: 80\n");
        root.find("x-text")->raw = "$PORT";
        QCOMPARE(writeYaml(root), "x-text: \"80\"\n");
    }

    void writesPartsThatAreNoMap() {
        QCOMPARE(writeYaml(Node()), "null\n");
        QCOMPARE(writeYaml(Node::map()), "{}\n");
        QCOMPARE(writeYaml(Node::scalar("a")), "a\n");
        QCOMPARE(writeYaml(Node::list({Node::scalar("a"), Node::list()})), "- a\n- []\n");
    }

    void readsBackAsTheSame() {
        Trees trees(20261128);
        for (int i = 0; i < 3000; ++i) {
            Node root = Node::map();
            root.set("x-tree") = trees.tree(5);
            root.set("services").set("web").set("environment") = trees.tree(2);
            const std::string yaml = writeYaml(root);
            Problems problems;
            auto documents = parseYaml(yaml, 0, problems);
            QVERIFY2(documents && documents->size() == 1, (yaml + '\n' + described(problems)).c_str());
            Node& again = documents->front();
            sortKeys(root);
            sortKeys(again);
            QCOMPARE(described(again), described(root));
            QVERIFY2(problems.empty(), described(problems).c_str());
        }
    }
};
ESCALE_TEST(WriteYamlTest)
#include "write_yaml_test.moc"
