#include "engine/base/identifier.h"
#include "tests/support/test_registry.h"

#include <set>

using namespace escale;

class IdentifierTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void makesDistinctIds() {
        std::set<std::string> ids;
        for (int i = 0; i < 1000; ++i) {
            const std::string id = randomId();
            QVERIFY(isId(id));
            ids.insert(id);
        }
        QCOMPARE(ids.size(), std::size_t{1000});
        QCOMPARE(shortId(*ids.begin()).size(), std::size_t{12});
    }
    void makesNamesThatAreValid() {
        for (int i = 0; i < 1000; ++i)
            VERIFY_RESULT(validateName(randomName()));
    }
    void judgesNames_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("valid");
        QTest::newRow("plain") << QByteArray("web-1.a_B") << true;
        QTest::newRow("longest") << QByteArray(128, 'a') << true;
        QTest::newRow("too long") << QByteArray(129, 'a') << false;
        QTest::newRow("empty") << QByteArray("") << false;
        QTest::newRow("one letter") << QByteArray("a") << false;
        QTest::newRow("dot first") << QByteArray(".a") << false;
        QTest::newRow("dash first") << QByteArray("-a") << false;
        QTest::newRow("slash") << QByteArray("a/b") << false;
        QTest::newRow("space") << QByteArray("a b") << false;
        QTest::newRow("newline") << QByteArray("a\n") << false;
        QTest::newRow("nul") << QByteArray("a\0b", 3) << false;
        QTest::newRow("not ASCII") << QByteArray("caf\xc3\xa9") << false;
    }
    void judgesNames() {
        QFETCH(QByteArray, name);
        QFETCH(bool, valid);
        QCOMPARE(bool(validateName(name.toStdString())), valid);
    }
    void judgesIds() {
        QVERIFY(isId(std::string(64, 'a')));
        QVERIFY(!isId(std::string(63, 'a')));
        QVERIFY(!isId(std::string(64, 'A')));
        QVERIFY(!isId("../" + std::string(61, 'a')));
    }
};
ESCALE_TEST(IdentifierTest)

#include "identifier_test.moc"
