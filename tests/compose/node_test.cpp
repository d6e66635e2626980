#include "engine/stack/compose/problem.h"

#include "tests/support/test_registry.h"

#include <cmath>

using namespace escale::compose;

class NodeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsDownAWay() {
        Node root;
        root.set("deploy").set("limits").set("cpus") = Node::scalar("2");
        const Node* cpus = root.at({"deploy", "limits", "cpus"});
        QVERIFY(cpus != nullptr);
        QCOMPARE(cpus->text, "2");
        QVERIFY(root.at({"deploy", "reservations", "cpus"}) == nullptr);
        QVERIFY(root.at({"deploy", "limits", "cpus", "more"}) == nullptr);
    }

    void setsAndErasesKeysInTheirOrder() {
        Node map;
        map.set("a") = Node::scalar("1");
        map.set("b") = Node::scalar("2");
        map.set("a") = Node::scalar("3");
        QCOMPARE(map.entries.size(), 2U);
        QCOMPARE(map.textOf("a"), "3");
        map.erase("a");
        QCOMPARE(map.entries.size(), 1U);
        QCOMPARE(map.textOf("a"), "");
    }

    void readsNumbersAndBooleans_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value"); // "" when it is a text
        const auto add = [](const char* text, const char* value) { QTest::newRow(text) << text << value; };
        add("true", "true");
        add("False", "false");
        add("yes", "");
        add("on", "");
        add("n", "");
        add("8080", "8080");
        add("-1", "-1");
        add("+7", "7");
        add("--7", "");
        add("0", "0");
        add("0x1F", "31");
        add("0o755", "493");
        add("0755", "493");
        add("0899", "899.0");
        add("9223372036854775807", "9223372036854775807");
        add("-9223372036854775808", "-9223372036854775808");
        add("9223372036854775808", "9223372036854775808.0");
        add("1.5", "1.5");
        add("1e3", "1000.0");
        add(".inf", "inf");
        add("inf", "");
        add("nan", "");
        add("", "");
        add("0x", "");
        add("1.2.3", "");
        add("12:30", "");
        add("1 ", "");
    }
    void readsNumbersAndBooleans() {
        QFETCH(QString, text);
        QFETCH(QString, value);
        const Node node = Node::scalar(text.toStdString(), {}, false);
        QString is;
        if (const auto boolean = booleanOf(node))
            is = *boolean ? "true" : "false";
        else if (const auto integer = integerOf(node))
            is = QString::number(*integer);
        else if (const auto number = numberOf(node))
            is = std::isinf(*number) ? "inf" : QString::number(*number, 'f', 1);
        QCOMPARE(is, value);
    }

    void whatIsQuotedIsAText() {
        QVERIFY(!booleanOf(Node::scalar("true")));
        QVERIFY(!integerOf(Node::scalar("1")));
        QVERIFY(!numberOf(Node::scalar("1.5")));
    }

    void comparesContentAlone() {
        Node a = Node::list({Node::scalar("x", {0, 1, 1, 1}), Node::map()});
        Node b = Node::list({Node::scalar("x", {0, 2, 5, 1}), Node::map()});
        QVERIFY(sameContent(a, b));
        b.items[1].set("key");
        QVERIFY(!sameContent(a, b));
        a.items[1].set("key") = Node::list();
        QVERIFY(!sameContent(a, b));
    }

    void onlyErrorsKeepAProjectDown() {
        Problems problems{{Problem::Severity::Warning, {}, {}, "a", {}},
                          {Problem::Severity::Note, {}, {}, "b", {}}};
        QVERIFY(!hasErrors(problems));
        problems.push_back({Problem::Severity::Error, {}, {}, "c", {}});
        QVERIFY(hasErrors(problems));
    }
};

ESCALE_TEST(NodeTest)

#include "node_test.moc"
