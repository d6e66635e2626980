#include "engine/build/stage_state.h"

#include "tests/support/test_registry.h"

using namespace escale;

namespace {

using TextMap = std::map<std::string, std::string>;

struct Stage {
    StageConfig base = {};
    TextMap globals = {};
    TextMap given = {};
    Dockerfile file = {};
    std::optional<StageState> state = {};
    std::vector<BuildInstruction> done = {};

    /// The instructions behind FROM, one after the other; the first error.
    std::string run(const std::string& text) {
        file = parseDockerfile("FROM base\n" + text);
        const BuildFile build = readBuildFile(file);
        if (!build.problems.empty())
            return build.problems.front().message;
        state.emplace(base, globals, given, file.escape);
        for (const auto& step : build.stages.at(0).steps) {
            auto applied = state->apply(step.instruction);
            if (!applied)
                return applied.error().message;
            done.push_back(std::move(*applied));
        }
        return {};
    }
    [[nodiscard]] std::string environment() const {
        std::string text;
        for (const auto& line : state->runEnvironment())
            text += (text.empty() ? "" : "|") + line;
        return text;
    }
    template <class Kind>
    [[nodiscard]] const Kind& last() const {
        return std::get<Kind>(done.back());
    }
};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : "|") + word;
    return text;
}

} // namespace

class StageStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void envGoesOn() {
        Stage stage{{{{"PATH", "/bin"}, {"A", "1"}}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}};
        QCOMPARE(stage.run("ENV A=2 B=$A C='$A'\nENV PATH=/x:$PATH D=\"$B $C\""), std::string());
        QCOMPARE(stage.environment(), std::string("PATH=/x:/bin|A=2|B=1|C=$A|D=1 $A"));
        QCOMPARE(stage.state->config().environment.size(), std::size_t(5));
    }
    void argIsForTheBuildAlone() {
        Stage stage;
        stage.globals = {{"G", "global"}, {"TARGETARCH", "arm64"}};
        stage.given = {{"X", "given"}, {"HTTP_PROXY", "http://p"}, {"OTHER", "x"}};
        QCOMPARE(
            stage.run(
                "ARG X=default Y=y\nARG G\nARG TARGETARCH\nARG NOTHING\nENV Z=$X$Y$G$TARGETARCH$NOTHING"),
            std::string());
        QCOMPARE(
            stage.environment(),
            std::string("X=given|Y=y|G=global|TARGETARCH=arm64|Z=givenyglobalarm64|HTTP_PROXY=http://p"));
        QCOMPARE(stage.state->config().environment.size(), std::size_t(1));
        QCOMPARE(stage.state->arguments().size(), std::size_t(4));
        QVERIFY(stage.state->unset().contains("NOTHING"));
    }
    void aGlobalArgumentIsNotThereUntilItIsDeclared() {
        Stage stage;
        stage.globals = {{"G", "global"}};
        QCOMPARE(stage.run("ENV A=x$G"), std::string());
        QCOMPARE(stage.environment(), std::string("A=x"));
    }
    void theShellStandsBeforeACommand() {
        Stage stage;
        QCOMPARE(stage.run("CMD a $B\nSHELL [\"/bin/bash\", \"-ec\"]\nENTRYPOINT b"), std::string());
        QCOMPARE(joined(*stage.state->config().command), std::string("/bin/sh|-c|a $B"));
        QCOMPARE(joined(*stage.state->config().entrypoint), std::string("/bin/bash|-ec|b"));
        QCOMPARE(joined(stage.state->wordsOf({false, {"x"}})), std::string("x"));
    }
    void anEntryPointTakesAwayTheBasesCommand() {
        Stage stage;
        stage.base.command = {{"old"}};
        QCOMPARE(stage.run("ENTRYPOINT [\"a\"]"), std::string());
        QVERIFY(!stage.state->config().command);
        Stage own;
        QCOMPARE(own.run("CMD [\"b\"]\nENTRYPOINT [\"a\"]"), std::string());
        QCOMPARE(joined(*own.state->config().command), std::string("b"));
        Stage none;
        none.base.entrypoint = {{"old"}};
        QCOMPARE(none.run("ENTRYPOINT []"), std::string());
        QVERIFY(!none.state->config().entrypoint);
    }
    void workingFoldersAddUp() {
        Stage stage;
        stage.base.workingDirectory = "/base";
        QCOMPARE(stage.run("ENV D=sub\nWORKDIR x/../$D"), std::string());
        QCOMPARE(stage.state->config().workingDirectory, std::string("/base/sub"));
        QCOMPARE(stage.run("WORKDIR a\nWORKDIR /b//c/\nWORKDIR ../.."), std::string());
        QCOMPARE(stage.state->config().workingDirectory, std::string("/"));
    }
    void copyHasItsVariables() {
        Stage stage;
        QCOMPARE(stage.run("ENV D=/dir U=5\nCOPY --chown=$U:6 --chmod=0$U --from=$D a$U \"b\" $D/"),
                 std::string());
        const auto& copy = stage.last<CopyInstruction>();
        QCOMPARE(joined(copy.sources), std::string("a5|b"));
        QCOMPARE(copy.owner, std::string("5:6"));
        QCOMPARE(copy.target, std::string("/dir/"));
        QCOMPARE(copy.from, std::string("$D")); // of another stage: it knows nothing of this one's variables
    }
    void documentsAreExpandedUnlessQuoted() {
        Stage stage;
        QCOMPARE(stage.run("ENV A=1\nCOPY <<x <<'y' /d/\nit's $A\nx\n$A\ny\n"), std::string());
        const auto& copy = stage.last<CopyInstruction>();
        QCOMPARE(copy.documents.at(0).content, std::string("it's 1\n"));
        QCOMPARE(copy.documents.at(1).content, std::string("$A\n"));
    }
    void runLeavesVariablesToItsShell() {
        Stage stage;
        QCOMPARE(stage.run("ENV A=1\nRUN --mount=type=cache,target=/c$A echo $A"), std::string());
        QCOMPARE(joined(stage.last<RunInstruction>().command.words), std::string("echo $A"));
        QCOMPARE(joined(stage.last<RunInstruction>().mounts), std::string("type=cache,target=/c1"));
    }
    void portsAreOpened() {
        Stage stage;
        stage.base.exposedPorts = {"22/tcp"};
        QCOMPARE(stage.run("ENV P=\"80 53/UDP\"\nEXPOSE $P 8000-8002/tcp"), std::string());
        const auto& ports = stage.state->config().exposedPorts;
        QCOMPARE(joined({ports.begin(), ports.end()}),
                 std::string("22/tcp|53/udp|80/tcp|8000/tcp|8001/tcp|8002/tcp"));
    }
    void theRestIsKept() {
        Stage stage;
        QCOMPARE(
            stage.run("ENV U=me\nLABEL a=\"x $U\" b=c\nUSER $U\nVOLUME /v$U\nSTOPSIGNAL SIG$U\nMAINTAINER m\n"
                      "ONBUILD RUN $U\nHEALTHCHECK --interval=1s CMD curl $U"),
            std::string());
        const StageConfig& config = stage.state->config();
        QCOMPARE(config.labels.at("a"), std::string("x me"));
        QCOMPARE(config.user, std::string("me"));
        QVERIFY(config.volumes.contains("/vme"));
        QCOMPARE(config.stopSignal, std::string("SIGme"));
        QCOMPARE(config.author, std::string("m"));
        QCOMPARE(joined(config.onBuild), std::string("RUN $U"));
        QCOMPARE(joined(config.health->command.words), std::string("CMD-SHELL|curl $U"));
        QCOMPARE(config.health->interval, std::string("1s"));
    }
    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const auto add = [](const char* text, const char* message) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(message);
        };
        add("EXPOSE 70000", "\"70000\" is no port that EXPOSE knows");
        add("EXPOSE 127.0.0.1:80:80", "\"127.0.0.1:80:80\" is no port that EXPOSE knows");
        add("EXPOSE 90-80", "\"90-80\": the range ends before it begins");
        add("EXPOSE 80/ip", "\"80/ip\": the protocol is tcp, udp or sctp");
        add("USER ${X:?who}", "X: who");
        add("ENV a=${", "a \"}\" is missing");
        add("ENV $X=1", "the name before \"=1\" is empty");
        add("VOLUME $X", "a path of VOLUME is empty");
    }
    void refuses() {
        QFETCH(QString, text);
        Stage stage;
        QTEST(QString::fromStdString(stage.run(text.toStdString())), "message");
    }
    void theOtherEscapeCounts() {
        const Dockerfile file = parseDockerfile("# escape=`\nFROM a\nENV A=C:\\x B=`$A\n");
        const BuildFile build = readBuildFile(file);
        const TextMap none;
        StageState state({}, none, none, file.escape);
        VERIFY_RESULT(state.apply(build.stages.at(0).steps.at(0).instruction));
        QCOMPARE(joined(state.runEnvironment()), std::string("A=C:\\x|B=$A"));
    }
};
ESCALE_TEST(StageStateTest)

#include "stage_state_test.moc"
