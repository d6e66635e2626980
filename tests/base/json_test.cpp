#include "engine/base/json.h"
#include "tests/support/test_registry.h"

#include <limits>

using namespace escale;

class JsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAndWritesEveryType() {
        const std::string text =
            R"({"a":[null,true,false,-1,1.5,"\u00e9\n"],"b":{"c":{}},"z":9223372036854775807})";
        const auto json = Json::parse(text);
        VERIFY_RESULT(json);
        QCOMPARE(json->dump(), std::string("{\"a\":[null,true,false,-1,1.5,\"\xc3\xa9\\n\"],\"b\":{\"c\":{}},"
                                           "\"z\":9223372036854775807}"));
        QCOMPARE(Json::parse(json->dumpPretty())->dump(), json->dump());
        QCOMPARE(json->at("a").items().size(), std::size_t{6});
        QCOMPARE(json->at("a").items()[5].toString(), std::string("\xc3\xa9\n"));
        QCOMPARE(json->at("a").items()[4].toDouble(), 1.5);
        QVERIFY(json->at("missing").at("deeper").isNull());
    }
    void refusesWhatIsMalformed_data() {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const QByteArray& text) { QTest::newRow(name) << text; };
        row("empty", "");
        row("blank", "  \n");
        row("half", "{\"a\":");
        row("trailing comma", "[1,]");
        row("trailing bytes", "{} {}");
        row("trailing nul", QByteArray("{}\0", 3));
        row("comment", "/* */ {}");
        row("single quotes", "{'a':1}");
        row("NaN", "[NaN]");
        row("bare word", "truth");
        row("leading zero", "[01]");
        row("huge number", "[1e999]");
        row("very long number", "[" + QByteArray(100000, '9') + "]");
        row("raw control character", "[\"a\nb\"]");
        row("bad escape", R"(["\x"])");
        row("invalid UTF-8", "[\"\xff\xfe\"]");
        row("overlong UTF-8", "[\"\xc0\xaf\"]");
        row("UTF-8 surrogate", "[\"\xed\xa0\x80\"]");
        row("cut UTF-8", "[\"\xc3\"]");
        row("lone high surrogate", R"(["\ud800"])");
        row("lone low surrogate", R"(["\udc00"])");
        row("invalid UTF-8 in a key", "{\"\xff\":1}");
        row("deep arrays", QByteArray(65, '[') + QByteArray(65, ']'));
        row("very deep arrays", QByteArray(1000000, '['));
        row("very deep objects", QByteArray("{\"a\":").repeated(100000));
        row("same key twice", R"({"a":1,"b":2,"a":3})");
        row("same key twice, escaped", R"({"a":1,"\u0061":3})");
        row("same key twice, inside", R"([{"x":{"":1,"":2}}])");
    }
    void refusesWhatIsMalformed() {
        QFETCH(QByteArray, text);
        const auto json = Json::parse(text.toStdString());
        QVERIFY(!json);
        QCOMPARE(json.error().code, ErrorCode::InvalidArgument);
        QVERIFY(json.error().message.find("at byte") != std::string::npos);
    }
    void readsToTheDepthItPromises() {
        const std::string text = std::string(64, '[') + std::string(64, ']');
        const auto json = Json::parse(text);
        VERIFY_RESULT(json);
        QCOMPARE(json->dump(), text);
    }
    void readsAnObjectOfManyKeysInLinearTime() {
        std::string text = "{";
        for (int i = 0; i < 200000; ++i)
            text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":0";
        const auto json = Json::parse(text + "}"); // quadratic time would outlast the test's limit
        VERIFY_RESULT(json);
        QCOMPARE(json->members().size(), std::size_t{200000});
    }
    void keepsNumbersThatFitAndRoundsOthers() {
        const auto json = Json::parse("[9223372036854775807,-9223372036854775808,9223372036854775808,1e3]");
        VERIFY_RESULT(json);
        QCOMPARE(json->items()[0].toInteger(), std::numeric_limits<std::int64_t>::max());
        QCOMPARE(json->items()[1].toInteger(), std::numeric_limits<std::int64_t>::min());
        QVERIFY(!json->items()[2].isInteger());
        QCOMPARE(json->items()[2].toInteger(-1), std::int64_t{-1});
        QCOMPARE(json->items()[2].toDouble(), 9223372036854775808.0);
        QCOMPARE(json->items()[2].toUnsigned(), std::optional<std::uint64_t>(9223372036854775808U));
        QVERIFY(!json->items()[3].isInteger());
        QVERIFY(!json->items()[1].toUnsigned() && !json->items()[3].toUnsigned());
    }
    void writesWhatCanBeReadAgain() {
        Json json;
        json.set("infinite", std::numeric_limits<double>::infinity())
            .set("nan", std::numeric_limits<double>::quiet_NaN());
        json.set("nul", std::string("a\0b", 3)).set("big", std::numeric_limits<std::uint64_t>::max());
        const auto again = Json::parse(json.dump());
        VERIFY_RESULT(again);
        QVERIFY(again->at("nan").isNull());
        QCOMPARE(again->getString("nul")->size(), std::size_t{3});
        QCOMPARE(again->at("big").toUnsigned(), std::optional(std::numeric_limits<std::uint64_t>::max()));
    }
    void namesTheMemberThatHasAnotherType() {
        const auto json = Json::parse(R"({"path":5,"args":["a",1],"size":"x","none":null})");
        VERIFY_RESULT(json);
        for (const Error& error : {json->getString("path").error(), json->getStrings("args").error(),
                                   json->getInteger("size").error(), json->getString("absent").error(),
                                   json->getOptionalString("path").error()})
            QCOMPARE(error.code, ErrorCode::InvalidArgument);
        QVERIFY(json->getString("path").error().message.find("\"path\"") != std::string::npos);
        QCOMPARE(*json->getOptionalString("none"), std::string());
        QVERIFY(json->getStrings("none")->empty());
    }
    void replacesAMember() {
        Json json;
        json.set("a", 1).set("b", 2).set("a", "new");
        QCOMPARE(json.dump(), std::string(R"({"a":"new","b":2})"));
    }
};
ESCALE_TEST(JsonTest)

#include "json_test.moc"
