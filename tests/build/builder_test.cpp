#include "engine/build/builder.h"

#include "tests/build/memory_operations.h"
#include "tests/support/test_registry.h"

#include <algorithm>
#include <atomic>

using namespace escale;
using escale::test::MemoryOperations;

namespace {

std::string joined(const std::vector<std::string>& words, const char* between = " ") {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : between) + word;
    return text;
}

/// Operations with an image "base", and a context with files a and b; the builds that are made with them.
struct Bench {
    MemoryOperations operations;
    BuilderRequest request;
    std::vector<BuildEvent> events;
    Bench() {
        operations.images["base"].content = {"base"};
        operations.context = {{"a", "1"}, {"b", "2"}};
    }
    Result<BuilderResult> build(const std::string& text) {
        events.clear();
        operations.forgetCalls();
        operations.isCancelled = false;
        request.text = text;
        return buildImage(request, operations, [this](const BuildEvent& event) { events.push_back(event); });
    }
    /// The keys of the steps that were made; the error's text when it failed.
    std::string keys(const std::string& text) {
        const auto built = build(text);
        return built ? joined(operations.keys) : built.error().message;
    }
    std::string error(const std::string& text) {
        const auto built = build(text);
        return built ? "built" : built.error().message;
    }
    std::string states() const {
        std::string text;
        for (const auto& event : events) {
            if (event.kind == BuildEvent::Kind::Finished)
                text += (text.empty() ? "" : " ") + event.step + "=" +
                        std::to_string(static_cast<int>(event.state));
        }
        return text;
    }
    std::string history() const {
        std::string text;
        for (const auto& line : operations.committed->history)
            text += line.createdBy + (line.isEmpty ? " (empty)" : "") + "|";
        return text;
    }
    std::string content() { return joined(operations.contentOf(operations.committed->root), "|"); }
};

} // namespace

class BuilderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void instructionsAreDoneInTheirOrder() {
        Bench bench;
        const auto built =
            bench.build("FROM base\nWORKDIR /w\nCOPY a x\nENV E=f\nRUN make $E\nCMD [\"go\"]\n");
        VERIFY_RESULT(built);
        QCOMPARE(built->steps, 3U);
        QCOMPARE(built->cached, 0U);
        QCOMPARE(built->image.digest, std::string("sha256:image"));
        QVERIFY(bench.content().find("base|folder /w|copy sha256:") == 0);
        QVERIFY(bench.content().find("to /w/x|run make $E") != std::string::npos);
        QCOMPARE(bench.history(), std::string("WORKDIR /w|COPY a x # buildkit|ENV E=f (empty)|RUN /bin/sh -c "
                                              "make $E # buildkit|CMD [\"go\"] (empty)|"));
        const RunRequest& run = bench.operations.runs.at(0);
        QCOMPARE(joined(run.words, "|"), std::string("/bin/sh|-c|make $E"));
        QCOMPARE(joined(run.environment, "|"),
                 std::string("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin|E=f"));
        QCOMPARE(run.workingDirectory + run.network, std::string("/wdefault"));
        QCOMPARE(bench.operations.committed->config.command->front(), std::string("go"));
        QCOMPARE(bench.operations.committed->architecture, std::string("amd64"));
    }
    void whatWasMadeIsNotMadeAgain() {
        Bench bench;
        const std::string text = "FROM base\nCOPY a /x\nRUN make\n";
        VERIFY_RESULT(bench.build(text));
        const auto again = bench.build(text);
        VERIFY_RESULT(again);
        QCOMPARE(again->cached, 2U);
        QCOMPARE(bench.operations.count("run") + bench.operations.count("copy"), 0U);
        QCOMPARE(bench.states(), std::string("0.0=1 0.1=2 0.2=2"));
    }
    void aChangedFileMakesItsCopyAndWhatFollowsNew() {
        Bench bench;
        const std::string text = "FROM base\nRUN one\nCOPY a /x\nRUN two\n";
        VERIFY_RESULT(bench.build(text));
        bench.operations.context["a"] = "changed";
        VERIFY_RESULT(bench.build(text));
        QCOMPARE(bench.states(), std::string("0.0=1 0.1=2 0.2=1 0.3=1"));
        // Another file is none of its business.
        bench.operations.context["b"] = "changed";
        VERIFY_RESULT(bench.build(text));
        QCOMPARE(bench.states(), std::string("0.0=1 0.1=2 0.2=2 0.3=2"));
    }
    void aStepThatMakesTheSameAgainLeavesTheCacheOfWhatFollows() {
        Bench bench;
        VERIFY_RESULT(bench.build("FROM base\nRUN same\nRUN two\n"));
        bench.operations.programs["same"] = {};
        // Another command with the same result: its layer is the same, and so is what follows.
        bench.operations.programs["nothing"].changesNothing = true;
        VERIFY_RESULT(bench.build("FROM base\nRUN nothing\nRUN same\nRUN two\n"));
        QCOMPARE(bench.states(), std::string("0.0=1 0.1=1 0.2=2 0.3=2"));
        QVERIFY(bench.history().find("RUN /bin/sh -c nothing # buildkit (empty)") == 0);
    }
    void argumentsCountFromWhereTheyAreDeclared() {
        const std::string text = "FROM base\nRUN one\nARG V=1\nRUN two\n";
        Bench bench, same, other;
        const std::string keys = bench.keys(text);
        QCOMPARE(same.keys(text), keys);
        Bench proxied;
        proxied.request.build.arguments = {{"HTTP_PROXY", "proxy"}};
        QCOMPARE(proxied.keys(text), keys);
        QVERIFY(joined(proxied.operations.runs.at(0).environment).find("HTTP_PROXY=") != std::string::npos);
        other.request.build.arguments = {{"V", "2"}, {"UNUSED", "x"}};
        const std::string changed = other.keys(text);
        QCOMPARE(changed.substr(0, 71), keys.substr(0, 71)); // RUN one
        QVERIFY(changed != keys);
        QVERIFY(other.history().find("RUN |1 V=2 /bin/sh -c two") != std::string::npos);
    }
    void labelsChangeNoKey() {
        Bench plain, labelled;
        labelled.request.labels = {{"l", "v"}};
        QCOMPARE(plain.keys("FROM base\nRUN x\n"), labelled.keys("FROM base\nLABEL a=b\nRUN x\n"));
        QCOMPARE(labelled.operations.committed->config.labels.size(), std::size_t(2));
    }
    void withoutCacheNothingIsLookedFor() {
        Bench bench;
        const std::string text = "FROM base AS one\nRUN x\nFROM base\nRUN y\nCOPY --from=one a /a\n";
        VERIFY_RESULT(bench.build(text));
        bench.request.stagesWithoutCache = {"one"};
        VERIFY_RESULT(bench.build(text));
        QCOMPARE(bench.operations.count("run RUN x"), 1U);
        QCOMPARE(bench.operations.count("run RUN y"), 0U);
        bench.request.usesCache = false;
        VERIFY_RESULT(bench.build(text));
        QCOMPARE(bench.operations.count("find"), 0U);
        QCOMPARE(bench.operations.count("run"), 2U);
    }
    void stagesOverlap() {
        Bench bench;
        test::Meeting meeting;
        std::atomic<bool> met = true;
        bench.operations.whileRunning = [&](const RunRequest&) -> Result<void> {
            met = meeting.wait() && met; // one after the other they never would meet
            return {};
        };
        VERIFY_RESULT(bench.build("FROM base AS one\nRUN x\nFROM base AS two\nRUN y\nFROM scratch\n"
                                  "COPY --from=one a /1\nCOPY --from=two b /2\n"));
        QVERIFY(met);
    }
    void oneStepInTwoStagesIsMadeOnce() {
        Bench bench;
        const auto built = bench.build("FROM base AS one\nRUN x\nFROM base AS two\nRUN x\nFROM scratch\n"
                                       "COPY --from=one a /1\nCOPY --from=two b /2\n");
        VERIFY_RESULT(built);
        QCOMPARE(bench.operations.count("run"), 1U);
        QCOMPARE(bench.operations.count("resolve"), 1U);
        QCOMPARE(built->cached, 1U);
    }
    void aFailedStepEndsTheOthers() {
        Bench bench;
        bench.operations.programs["bad"] = {2, "why\n", false};
        bench.operations.whileRunning = [&](const RunRequest& request) -> Result<void> {
            return request.words.back() == "long" ? bench.operations.waitForCancel() : Result<void>();
        };
        const auto built = bench.build("FROM base AS one\nRUN long\nRUN never\nFROM base\n\nRUN bad\n"
                                       "COPY --from=one a /a\n");
        QVERIFY(!built);
        QCOMPARE(built.error().message, std::string("line 6: RUN bad: exit code 2"));
        QCOMPARE(built.error().code, ErrorCode::SystemFailure);
        QVERIFY(bench.states().find("1.1=3") != std::string::npos);
        QVERIFY(bench.states().find("0.2") == std::string::npos);
        for (const auto& event : bench.events) {
            if (event.step == "1.1" && event.kind == BuildEvent::Kind::Finished) {
                QCOMPARE(event.exitCode, 2);
                QCOMPARE(event.layer, std::string("sha256:failed"));
            }
            if (event.step == "0.1" && event.kind == BuildEvent::Kind::Finished)
                QVERIFY(event.state == BuildEvent::State::Cancelled);
        }
        QVERIFY(bench.events.back().kind == BuildEvent::Kind::Ended);
        QVERIFY(bench.events.back().state == BuildEvent::State::Failed);
        QVERIFY(!bench.operations.committed);
    }
    void aCancelledBuildSaysSo() {
        Bench bench;
        bench.operations.whileRunning = [](const RunRequest&) -> Result<void> {
            return fail(ErrorCode::Cancelled, "cancelled");
        };
        QCOMPARE(bench.build("FROM base\nRUN x\n").error().code, ErrorCode::Cancelled);
        QVERIFY(bench.events.back().state == BuildEvent::State::Cancelled);
        QCOMPARE(bench.states(), std::string("0.0=1 0.1=4"));
    }
    void stepsAreToldBeforeTheFirstBegins() {
        Bench bench;
        bench.operations.programs["print"] = {0, "one\ntwo", false};
        VERIFY_RESULT(bench.build("FROM base AS one\nRUN \\\n print\nFROM one\nCOPY --from=one a /a\n"));
        bool hasStarted = false;
        std::string steps, log;
        for (const auto& event : bench.events) {
            if (event.kind == BuildEvent::Kind::Started)
                hasStarted = true;
            if (event.kind == BuildEvent::Kind::Log)
                log += event.step + ":" + event.text + "|";
            if (event.kind != BuildEvent::Kind::Step)
                continue;
            QVERIFY(!hasStarted);
            steps += event.step + "(" + joined(event.inputs, ",") + ")" + std::to_string(event.line) + " ";
        }
        QCOMPARE(steps, std::string("0.0()1 0.1(0.0)2 1.0(0.1)4 1.1(1.0,0.1)5 "));
        QCOMPARE(log, std::string("0.1:one|0.1:two|"));
        QVERIFY(bench.events.front().kind == BuildEvent::Kind::Build);
    }
    void triggersRunRightAfterTheirImage() {
        Bench bench;
        bench.operations.images["base"].config =
            R"({"os":"linux","architecture":"amd64","config":{"OnBuild":["COPY a /app/","RUN trigger"]}})";
        VERIFY_RESULT(bench.build("FROM base\nRUN own\n"));
        QVERIFY(bench.content().find("to /app/|run trigger|run own") != std::string::npos);
        QVERIFY(bench.operations.committed->config.onBuild.empty());
        QCOMPARE(bench.states(), std::string("0.0=1 0.0.1=1 0.0.2=1 0.1=1"));
    }
    void aTriggerMayNeedAStageThatNothingElseNeeds() {
        Bench bench;
        bench.operations.images["parent"].config =
            R"({"os":"linux","architecture":"amd64","config":{"OnBuild":["COPY --from=tools a /app/"]}})";
        VERIFY_RESULT(
            bench.build("FROM base AS deep\nRUN deep\nFROM deep AS tools\nRUN tools\nFROM parent\n"));
        QCOMPARE(bench.operations.count("run"), 2U);
        QCOMPARE(bench.operations.count("copy"), 1U);
    }
    void aStageTakesOverTheArgumentsOfItsBase() {
        Bench bench;
        VERIFY_RESULT(bench.build("FROM base AS one\nARG A=\"x'$y\"\nARG A='it''s $1'\nFROM one\nRUN $A\n"));
        QVERIFY(joined(bench.operations.runs.at(0).environment).find("A=its $1") != std::string::npos);
    }
    void scratchHasNothing() {
        Bench bench;
        bench.request.build.targetPlatform = "linux/arm64/v8";
        VERIFY_RESULT(bench.build("FROM scratch\nCOPY a /a\n"));
        QCOMPARE(bench.operations.count("resolve"), 0U);
        const BuiltImage& image = *bench.operations.committed;
        QCOMPARE(image.os + image.architecture + image.variant, std::string("linuxarm64v8"));
        QCOMPARE(image.config.workingDirectory, std::string("/")); // as docker says
    }
    void hereDocumentsAreScripts() {
        Bench bench;
        VERIFY_RESULT(bench.build("FROM base\nRUN <<EOF\nmake a\nmake b\nEOF\n"
                                  "RUN <<EOF\n#!/bin/python\nprint()\nEOF\nRUN cat <<A <<B\n1\nA\n2\nB\n"
                                  "COPY <<one.txt /x\nhello $PATH\none.txt\n"));
        const auto& runs = bench.operations.runs;
        QCOMPARE(runs.at(0).words.back(), std::string("make a\nmake b\n"));
        QCOMPARE(runs.at(1).words.back(), std::string("/dev/pipes/EOF"));
        QCOMPARE(runs.at(1).files.at(0).content, std::string("#!/bin/python\nprint()\n"));
        QCOMPARE(runs.at(1).files.at(0).mode, std::uint32_t(0755));
        QCOMPARE(runs.at(2).words.back(), std::string("cat <<A <<B\n1\nA\n2\nB"));
        QVERIFY(bench.operations.copies.at(0).files.at(0).content.find("hello /usr/local") == 0);
    }
    void mountsComeFromStagesImagesAndTheContext() {
        Bench bench;
        bench.operations.images["tools"].content = {"tools"};
        const std::string text =
            "FROM base AS one\nRUN x\nFROM base\n"
            "RUN --mount=type=bind,from=one,target=/1 --mount=from=tools,source=/bin,target=/2 "
            "--mount=type=bind,source=a,target=c --mount=type=cache,target=/k --mount=type=tmpfs,target=/t "
            "y\n";
        VERIFY_RESULT(bench.build(text));
        const auto& mounts = bench.operations.runs.at(1).mounts;
        QCOMPARE(mounts.size(), std::size_t(5));
        QCOMPARE(joined(bench.operations.contentOf(mounts[0].from.root), "|"), std::string("base|run x"));
        QCOMPARE(joined(bench.operations.contentOf(mounts[1].from.root), "|"), std::string("tools"));
        QVERIFY(mounts[2].from.isContext && mounts[2].mount.target == "/c" && !mounts[2].isEmpty);
        QVERIFY(mounts[3].isEmpty && mounts[3].mount.id == "/k");
        bench.operations.context["a"] = "changed";
        VERIFY_RESULT(bench.build(text));
        QCOMPARE(bench.operations.count("run"), 1U);
    }
    void secretsThatAreMissingAreToldWhenTheyAreNeeded() {
        Bench bench;
        const std::string text = "FROM base\nRUN --mount=type=secret,id=key --mount=type=ssh x\n";
        const std::string keys = bench.keys(text);
        QVERIFY(bench.operations.runs.at(0).mounts.empty());
        Bench lent;
        lent.request.secrets = {"key"};
        lent.request.agents = {"default"};
        QCOMPARE(lent.keys(text), keys);
        QCOMPARE(lent.operations.runs.at(0).mounts.size(), std::size_t(2));
        QVERIFY(
            joined(lent.operations.runs.at(0).environment).find("SSH_AUTH_SOCK=/run/buildkit/ssh_agent.0") !=
            std::string::npos);
        Bench needed;
        QCOMPARE(needed.error("FROM base\nRUN --mount=type=secret,id=key,required x\n"),
                 std::string("line 2: RUN --mount=type=secret,id=key,required x: secret key: not found"));
    }
    void moreThanAContainerMayNeedsLeave() {
        Bench bench;
        QVERIFY(bench.error("FROM base\nRUN --network=host x\n").find("own network") != std::string::npos);
        QVERIFY(bench.error("FROM base\nRUN --security=insecure x\n").find("sandbox") != std::string::npos);
        bench.request.allowed = {"network.host", "security.insecure"};
        VERIFY_RESULT(bench.build("FROM base\nRUN --network=host --security=insecure x\n"));
        QCOMPARE(bench.operations.runs.at(0).network, std::string("host"));
        QVERIFY(bench.operations.runs.at(0).isInsecure);
        Bench none;
        none.request.network = "none";
        VERIFY_RESULT(none.build("FROM base\nRUN x\n"));
        QCOMPARE(none.operations.runs.at(0).network, std::string("none"));
    }
    void sourceDateEpochIsTheTimeOfAll() {
        Bench bench, plain;
        bench.request.build.arguments = {{"SOURCE_DATE_EPOCH", "1700000000"}};
        VERIFY_RESULT(bench.build("FROM base\nCOPY a /a\nRUN x\nENV A=b\n"));
        QCOMPARE(bench.operations.copies.at(0).latestTime, std::optional<std::int64_t>(1'700'000'000));
        QCOMPARE(bench.operations.runs.at(0).latestTime, std::optional<std::int64_t>(1'700'000'000));
        QCOMPARE(bench.operations.committed->created, std::int64_t(1'700'000'000'000));
        for (const auto& line : bench.operations.committed->history)
            QCOMPARE(line.created, std::int64_t(1'700'000'000'000));
        bench.request.build.arguments = {{"SOURCE_DATE_EPOCH", "yesterday"}};
        QVERIFY(bench.error("FROM base\n").find("SOURCE_DATE_EPOCH") != std::string::npos);
    }
    void unsetVariablesAreWarnedOf() {
        Bench bench;
        const auto built = bench.build("FROM base\nARG MEANT\nENV A=$MEANT$GONE\nENV B=$GONE\n");
        VERIFY_RESULT(built);
        QCOMPARE(built->warnings, 1U);
        for (const auto& event : bench.events) {
            if (event.kind == BuildEvent::Kind::Warning) {
                QCOMPARE(event.line, 3);
                QCOMPARE(event.text, std::string("UndefinedVar: Usage of undefined variable '$GONE'"));
            }
        }
    }
    void whatIsGivenForNothingIsWarnedOf() {
        Bench bench;
        bench.request.build.arguments = {{"A", "1"}, {"B", "2"}, {"HTTP_PROXY", "p"}, {"TARGETARCH", "arm"}};
        const auto built = bench.build("# syntax=other/language\nFROM base\nARG A\n");
        VERIFY_RESULT(built);
        std::string warnings;
        for (const auto& event : bench.events)
            warnings += event.kind == BuildEvent::Kind::Warning ? event.text + "|" : "";
        QCOMPARE(warnings,
                 std::string("the file is read as docker/dockerfile:1, not by \"other/language\"|no ARG "
                             "declares the build argument B: it was not used|"));
    }
    void errorsNameTheirLine() {
        Bench bench;
        QCOMPARE(bench.error("FROM base\n\nCOPY missing /x\n"),
                 std::string("line 3: COPY missing /x: nothing in the context is called \"missing\""));
        QCOMPARE(bench.error("FROM gone\n"), std::string("line 1: FROM gone: there is no image gone"));
        QVERIFY(bench.error("FROM base\nEXPOSE x\n").find("line 2: EXPOSE x:") == 0);
        QVERIFY(bench.error("FROM base\nHEALTHCHECK --interval=often CMD x\n").find("no duration") !=
                std::string::npos);
        QVERIFY(bench.error("FROM base\nDANCE\n").find("line 2") == 0);
        QCOMPARE(bench.error(""), std::string("line 1: the file holds no instruction"));
        QVERIFY(bench.events.back().state == BuildEvent::State::Failed);
    }
};
ESCALE_TEST(BuilderTest)
#include "builder_test.moc"
