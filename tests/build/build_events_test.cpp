#include "engine/build/build_events.h"

#include "tests/support/test_registry.h"

using namespace escale;

class BuildEventsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anEventIsOneLineAndComesBack() {
        BuildEvent event;
        event.kind = BuildEvent::Kind::Finished;
        event.time = 1'700'000'000'123;
        event.step = "1.2";
        event.state = BuildEvent::State::Failed;
        event.layer = "sha256:abc";
        event.size = 123;
        event.exitCode = 2;
        event.error = "line 3:\n\"RUN make\"";
        event.inputs = {"1.1", "0.4"};
        const std::string line = writeBuildEvent(event);
        QCOMPARE(line.find('\n'), line.size() - 1);
        const auto read = parseBuildEvent(line);
        VERIFY_RESULT(read);
        QVERIFY(*read == event);
    }
    void everyKindHasItsName() {
        for (int kind = 0; kind <= static_cast<int>(BuildEvent::Kind::Ended); ++kind) {
            BuildEvent event;
            event.kind = static_cast<BuildEvent::Kind>(kind);
            QVERIFY(parseBuildEvent(writeBuildEvent(event)).value() == event);
        }
    }
    void whatIsNotSaidIsNotWritten() {
        BuildEvent event;
        event.kind = BuildEvent::Kind::Started;
        event.step = "0.1";
        event.time = 5;
        QCOMPARE(writeBuildEvent(event),
                 std::string("{\"event\":\"started\",\"step\":\"0.1\",\"time\":5}\n"));
    }
    void bytesThatAreNoTextAreReplaced() {
        BuildEvent event;
        event.step = "0.1";
        // A lone continuation, an overlong "/", a surrogate, a character cut short; "é" and "€" stay.
        event.text = "\x80|\xc0\xaf|\xed\xa0\x80|\xc3\xa9|\xe2\x82\xac|\xf0\x9f\x98";
        const auto read = parseBuildEvent(writeBuildEvent(event));
        VERIFY_RESULT(read);
        const std::string r = "\xef\xbf\xbd";
        QCOMPARE(read->text, r + "|" + r + r + "|" + r + r + r + "|\xc3\xa9|\xe2\x82\xac|" + r + r + r);
    }
    void whatIsNoEventIsAnError() {
        QVERIFY(!parseBuildEvent(""));
        QVERIFY(!parseBuildEvent("[]"));
        QVERIFY(!parseBuildEvent(R"({"event":"dance"})"));
        QVERIFY(!parseBuildEvent(R"({"event":"log","text":5})"));
        QVERIFY(parseBuildEvent(R"({"event":"log","text":"x","new":{"a":1}})"));
    }
};
ESCALE_TEST(BuildEventsTest)
#include "build_events_test.moc"
