// What happens in a build, as the classic builder tells it.
#include "helper/docker-api/builds/build_output.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::docker_api;

namespace {

using Kind = BuildEvent::Kind;
using State = BuildEvent::State;

BuildEvent of(Kind kind, const char* step, const char* text = "") {
    BuildEvent event;
    event.kind = kind;
    event.step = step;
    event.text = text;
    return event;
}

BuildEvent end(const char* step, State state, const char* layer = "", int exitCode = 0) {
    BuildEvent event = of(Kind::Finished, step);
    event.state = state;
    event.layer = layer;
    event.exitCode = exitCode;
    return event;
}

} // namespace

class BuildOutputTest : public QObject {
    Q_OBJECT
    BuildOutput m_output{""};
    std::string m_told;

    void add(const BuildEvent& event) {
        for (const auto& line : m_output.add(event))
            m_told += line;
    }
    void finish() {
        for (const auto& line : m_output.finish())
            m_told += line;
    }

private Q_SLOTS:
    void init() {
        m_output = BuildOutput("0123456789abcdef");
        m_told.clear();
    }

    void stepsOutputAndLayers() {
        add(of(Kind::Step, "0.0", "FROM busybox"));
        add(of(Kind::Step, "0.1", "RUN echo hi"));
        add(of(Kind::Step, "0.2", "COPY a /a"));
        add(of(Kind::Started, "0.0"));
        QCOMPARE(m_told, std::string("Step 1/3 : FROM busybox\n")); // while it is pulled
        add(end("0.0", State::Done));
        add(of(Kind::Started, "0.1"));
        add(of(Kind::Log, "0.1", "hi"));
        add(end("0.1", State::Done, "sha256:aaaabbbbccccdddd"));
        add(of(Kind::Started, "0.2"));
        add(end("0.2", State::Cached, "sha256:111122223333ffff"));
        finish();
        QCOMPARE(m_told,
                 std::string("Step 1/3 : FROM busybox\n"
                             "Step 2/3 : RUN echo hi\n ---> Running in 0123456789ab\nhi\n ---> aaaabbbbcccc\n"
                             "Step 3/3 : COPY a /a\n ---> Using cache\n ---> 111122223333\n"));
    }

    void stagesAreToldOneAfterTheOther() {
        for (const char* step : {"0.0", "0.1", "1.0", "1.1"})
            add(of(Kind::Step, step, step));
        for (const char* step : {"0.0", "1.0"})
            add(of(Kind::Started, step));
        add(end("1.0", State::Done));
        add(of(Kind::Started, "1.1"));
        add(of(Kind::Log, "1.1", "second"));
        add(end("0.0", State::Done));
        add(of(Kind::Started, "0.1"));
        add(of(Kind::Log, "0.1", "first"));
        QCOMPARE(m_told, std::string("Step 1/4 : 0.0\nStep 2/4 : 0.1\nfirst\n"));
        add(end("0.1", State::Done));
        QCOMPARE(
            m_told,
            std::string("Step 1/4 : 0.0\nStep 2/4 : 0.1\nfirst\nStep 3/4 : 1.0\nStep 4/4 : 1.1\nsecond\n"));
    }

    // Triggers are told later, and stand behind the FROM that they come with.
    void triggersHaveTheirPlace() {
        for (const char* step : {"0.0", "0.1"})
            add(of(Kind::Step, step, step));
        add(of(Kind::Started, "0.0"));
        add(of(Kind::Step, "0.0.1", "ONBUILD COPY . /"));
        add(end("0.0", State::Done));
        add(of(Kind::Started, "0.0.1"));
        add(end("0.0.1", State::Done));
        add(of(Kind::Started, "0.1"));
        QCOMPARE(m_told, std::string("Step 1/2 : 0.0\nStep 2/3 : ONBUILD COPY . /\nStep 3/3 : 0.1\n"));
    }

    void aCommandThatFails_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("command");
        QTest::newRow("shell") << QByteArray("RUN exit 3") << QByteArray("/bin/sh -c exit 3");
        QTest::newRow("words") << QByteArray(R"(RUN ["sh", "-c", "exit 3"])") << QByteArray("sh -c exit 3");
        QTest::newRow("mount") << QByteArray("RUN --mount=type=cache,target=/c --network=none false")
                               << QByteArray("/bin/sh -c false");
    }
    void aCommandThatFails() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, command);
        add(of(Kind::Step, "0.1", text.constData()));
        add(of(Kind::Started, "0.1"));
        QVERIFY(!m_output.failedCommand());
        add(end("0.1", State::Failed, "sha256:kept", 3));
        QVERIFY(m_output.failedCommand());
        QCOMPARE(m_output.failedCommand()->exitCode, 3);
        QCOMPARE(m_output.failedCommand()->message,
                 "The command '" + command.toStdString() + "' returned a non-zero code: 3");
    }

    void whatFailedBeforeItsTurnIsToldAtTheEnd() {
        for (const char* step : {"0.0", "1.0", "1.1"})
            add(of(Kind::Step, step, step));
        add(of(Kind::Started, "0.0"));
        add(of(Kind::Started, "1.1"));
        add(of(Kind::Log, "1.1", "why"));
        add(end("1.1", State::Failed, "", 1));
        add(end("0.0", State::Cancelled));
        BuildEvent warning = of(Kind::Warning, "", "no ARG declares it");
        add(warning);
        finish();
        QCOMPARE(m_told, std::string("Step 1/3 : 0.0\nStep 3/3 : 1.1\nwhy\n[Warning] no ARG declares it\n"));
    }

    void whatItDoesNotKnowIsLeftOut() {
        add(of(Kind::Log, "7.7", "x"));
        add(of(Kind::Started, "...."));
        finish();
        QCOMPARE(m_told, std::string());
    }
};

ESCALE_TEST(BuildOutputTest)
#include "build_output_test.moc"
