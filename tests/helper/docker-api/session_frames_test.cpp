// What sessions and execs are for clients: bytes of attached streams, members of JSON.
#include "helper/docker-api/sessions/exec_config.h"
#include "helper/docker-api/sessions/session_frames.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using namespace escale::docker_api;

namespace {

std::string frame(FrameType type, const std::string& payload) {
    const auto header = makeFrameHeader(type, payload.size());
    return std::string(header.data(), header.size()) + payload;
}

std::string exited(int code) {
    const auto number = makeNumber(static_cast<std::uint32_t>(code));
    return frame(FrameType::Exited, std::string(number.data(), number.size()));
}

} // namespace

class SessionFramesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheTwoStreamsApart() {
        SessionFrames frames({.isFramed = true});
        std::string out;
        const std::string said = frame(FrameType::Output, "one") + frame(FrameType::Error, "two");
        VERIFY_RESULT(frames.take(said, out));
        QCOMPARE(out, said); // Docker's frames are the session's
    }
    void givesATerminalsBytesAsTheyAre() {
        SessionFrames frames({.isFramed = false});
        std::string out;
        VERIFY_RESULT(frames.take(frame(FrameType::Output, "one") + frame(FrameType::Output, "two"), out));
        QCOMPARE(out, std::string("onetwo"));
    }
    void leavesOutAStreamThatIsNotAttached() {
        SessionFrames frames({.output = false, .errors = true, .isFramed = true});
        std::string out;
        VERIFY_RESULT(frames.take(frame(FrameType::Output, "one") + frame(FrameType::Error, "two"), out));
        QCOMPARE(out, frame(FrameType::Error, "two"));
    }
    void readsWhatComesByteByByte() {
        SessionFrames frames({.isFramed = false});
        std::string out;
        const std::string said = frame(FrameType::Hello, "") + frame(FrameType::Output, "abc") + exited(300);
        for (const char byte : said) {
            QVERIFY(!frames.isOver());
            VERIFY_RESULT(frames.take({&byte, 1}, out));
        }
        QCOMPARE(out, std::string("abc"));
        QCOMPARE(frames.exitCode().value_or(-1), 300);
    }
    void readsWhatComesTogetherWithAHello() {
        SessionFrames frames({.isFramed = false});
        std::string out;
        VERIFY_RESULT(
            frames.take(frame(FrameType::Hello, "") + frame(FrameType::Output, "abc") + exited(3), out));
        QCOMPARE(out, std::string("abc"));
        QCOMPARE(frames.exitCode().value_or(-1), 3);
    }
    void knowsThatSomebodyHasDetached() {
        SessionFrames frames({.isFramed = false});
        std::string out;
        VERIFY_RESULT(frames.take(frame(FrameType::Detached, ""), out));
        QVERIFY(frames.isDetached() && frames.isOver() && !frames.exitCode());
    }
    void refusesWhatIsNoSession() {
        SessionFrames frames({.isFramed = false});
        std::string out;
        QVERIFY(!frames.take("GET / HTTP/1.1", out));
    }

    void readsWhatAnExecIsToBe() {
        const auto body = Json::parse(
            R"({"Cmd":["sh","-c","true"],"Env":["A=b"],"User":"1:2","WorkingDir":"/tmp","Tty":true,"Privileged":false,)"
            R"("AttachStdin":true,"AttachStdout":true,"AttachStderr":false,"DetachKeys":"ctrl-a","ConsoleSize":[24,80]})");
        const auto config = readExecConfig(*body);
        VERIFY_RESULT(config);
        const QVariantMap options = execOptions(*config);
        QCOMPARE(options.value(QStringLiteral("environment")).toStringList(),
                 QStringList{QStringLiteral("A=b")});
        QCOMPARE(options.value(QStringLiteral("user")).toString(), QStringLiteral("1:2"));
        QCOMPARE(options.value(QStringLiteral("workdir")).toString(), QStringLiteral("/tmp"));
        QCOMPARE(options.value(QStringLiteral("detach-keys")).toString(), QStringLiteral("ctrl-a"));
        QCOMPARE(options.value(QStringLiteral("rows")).toUInt(), 24U);
        QCOMPARE(options.value(QStringLiteral("columns")).toUInt(), 80U);
        QVERIFY(!options.contains(QStringLiteral("privileged")));
        QVERIFY(!config->opensErrors);
    }
    void refusesAnExecThatCannotBe_data() {
        QTest::addColumn<QString>("body");
        QTest::newRow("no command") << QStringLiteral("{\"Cmd\":[]}");
        QTest::newRow("no words") << QStringLiteral("{\"Cmd\":[1]}");
        QTest::newRow("a variable without a value") << QStringLiteral("{\"Cmd\":[\"a\"],\"Env\":[\"A\"]}");
        QTest::newRow("half a size") << QStringLiteral("{\"Cmd\":[\"a\"],\"ConsoleSize\":[24]}");
        QTest::newRow("too large a size") << QStringLiteral("{\"Cmd\":[\"a\"],\"ConsoleSize\":[70000,1]}");
    }
    void refusesAnExecThatCannotBe() {
        QFETCH(QString, body);
        const auto config = readExecConfig(*Json::parse(body.toStdString()));
        QVERIFY(!config);
        QCOMPARE(config.error().code, ErrorCode::InvalidArgument);
    }
    void tellsNoExitCodeOfOneThatGoesOn() {
        Exec exec;
        exec.id = "1";
        exec.config.command = {"sh", "-c"};
        exec.state = Exec::State::Started;
        const Json told = describeExec(exec, 42);
        QVERIFY(told.at("ExitCode").isNull() && told.at("Running").toBool());
        QCOMPARE(told.at("Pid").toInteger(), std::int64_t(42));
        exec.state = Exec::State::Ended;
        exec.exitCode = 3;
        QCOMPARE(describeExec(exec, 0).at("ExitCode").toInteger(), std::int64_t(3));
    }
    void saysWhyACommandCannotBeStartedInDockersWords() {
        ExecConfig config;
        config.command = {"nosuch"};
        const auto missing =
            commandFailure(config, {ErrorCode::NotFound, "no program \"nosuch\" in the image: …", {}, {}});
        QVERIFY(missing);
        QCOMPARE(missing->exitCode, 127);
        QVERIFY(missing->message.find("executable file not found in $PATH") != std::string::npos);
        config.command = {"/etc/passwd"};
        const auto refused = commandFailure(
            config,
            {ErrorCode::PermissionDenied, "the program \"/etc/passwd\" … cannot be executed", {}, {}});
        QVERIFY(refused);
        QCOMPARE(refused->exitCode, 126);
        // What polkit says of a privileged one is an answer, no output.
        QVERIFY(
            !commandFailure(config, {ErrorCode::PermissionDenied, "an administrator must allow it", {}, {}}));
    }
    void forgetsTheOldestExecWhenThereAreTooMany() {
        ExecRegistry registry;
        std::string first;
        for (std::size_t i = 0; i <= ExecRegistry::kMost; ++i) {
            ExecConfig config;
            config.command = {"true"};
            const auto id = registry.add(std::move(config));
            VERIFY_RESULT(id);
            if (i == 0)
                first = *id;
        }
        QCOMPARE(registry.find(first).error().message, "No such exec instance: " + first);
    }
    void startsAnExecOnce() {
        ExecRegistry registry;
        ExecConfig config;
        config.command = {"true"};
        const auto id = registry.add(std::move(config));
        VERIFY_RESULT(id);
        VERIFY_RESULT(registry.resize(*id, {10, 20}));
        const auto exec = registry.start(*id, {});
        VERIFY_RESULT(exec);
        QCOMPARE(int(exec->config.size.rows), 10);
        QCOMPARE(registry.start(*id, {}).error().code, ErrorCode::WrongState);
        QCOMPARE(registry.resize(*id, {1, 2}).error().code, ErrorCode::WrongState); // nobody has its terminal
    }
};

ESCALE_TEST(SessionFramesTest)
#include "session_frames_test.moc"
