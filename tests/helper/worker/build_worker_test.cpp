// A build in the real escale-worker, with operations that are a model (memory_operations.h).
#include "helper/worker/build_worker.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "helper/worker/build_fields.h"
#include "helper/worker/protocol.h"
#include "tests/build/memory_operations.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <atomic>
#include <csignal>
#include <fcntl.h>

using namespace escale;
using escale::test::MemoryOperations;

namespace {

struct Conversation {
    QTemporaryDir folder;
    MemoryOperations operations;
    Cancellation cancellation;
    BuilderRequest request;
    std::string program = ESCALE_BIN "/escale-worker";
    std::vector<BuildEvent> events;

    Conversation() {
        operations.images["base"].content = {"base"};
        operations.context = {{"a", "1"}, {"b", "2"}};
    }
    [[nodiscard]] std::string path(const char* name) const {
        return folder.path().toStdString() + "/" + name;
    }
    Result<BuilderResult> build(const std::string& text) {
        operations.forgetCalls();
        TRY(writeFileAtomically(path("Dockerfile"), text));
        TRY(writeFileAtomically(path("events"), ""));
        TRY_ASSIGN(const UniqueFd file, openFile(path("Dockerfile"), O_RDONLY));
        TRY_ASSIGN(const UniqueFd log, openFile(path("events"), O_WRONLY | O_APPEND));
        auto result =
            BuildConversation(operations, cancellation).run(program, request, {file.get(), log.get()});
        TRY_ASSIGN(const std::string lines, readFile(path("events")));
        events.clear();
        for (std::string_view rest = lines; !rest.empty();) {
            const auto end = rest.find('\n');
            if (auto event = parseBuildEvent(rest.substr(0, end)))
                events.push_back(std::move(*event));
            rest.remove_prefix(std::min(end, rest.size() - 1) + 1);
        }
        return result;
    }
    /// A program in the worker's place that sends these packets, then waits for ever.
    void impersonate(const std::string& packets) {
        program = path("liar");
        const std::string script =
            "#!/usr/bin/python3\nimport socket, struct, time\n"
            "s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=3)\n"
            "def piece(word, number, last, text, kind=" +
            std::to_string(static_cast<unsigned>(worker::Kind::BuildPiece)) +
            "):\n  s.send(struct.pack('<IQQQI', kind, word, number, last, len(text)) + text + "
            "struct.pack('<Q', 0))\n"
            "def text(t): return struct.pack('<Q', len(t)) + t\n" +
            packets + "\ntime.sleep(1000)\n";
        (void)writeFileAtomically(program, script, 0755);
    }
    /// Of the worker, while it runs; 0: there is none.
    static pid_t workerPid() {
        for (const auto& name : listDirectory("/proc").value_or(std::vector<std::string>())) {
            const auto command = readFile("/proc/" + name + "/cmdline");
            const auto status = readFile("/proc/" + name + "/status");
            if (command && status &&
                command->find(std::string("escale-worker\0build", 19)) != std::string::npos &&
                status->find("PPid:\t" + std::to_string(::getpid()) + "\n") != std::string::npos)
                return std::stoi(name);
        }
        return 0;
    }
};

} // namespace

class BuildWorkerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void theWorkerBuildsAsTheLibraryDoes() {
        Conversation there;
        there.request.labels = {{"l", "v"}};
        there.request.build.arguments = {{"V", "2"}};
        there.operations.programs["print"] = {0, "one\ntwo\n", false};
        const std::string text = "FROM base AS one\nARG V\nRUN print\nFROM one\nCOPY --from=one a /x\n"
                                 "HEALTHCHECK --interval=5s CMD true\nCMD [\"go\"]\n";
        const auto built = there.build(text);
        VERIFY_RESULT(built);
        QCOMPARE(built->image.digest, std::string("sha256:image"));
        QCOMPARE(built->steps, 2U);

        MemoryOperations here;
        here.images["base"].content = {"base"};
        BuilderRequest request = there.request;
        request.text = text;
        VERIFY_RESULT(buildImage(request, here, [](const BuildEvent&) {}));
        QCOMPARE(there.operations.keys, here.keys);
        const auto& image = *there.operations.committed;
        QCOMPARE(image.history.size(), here.committed->history.size());
        QCOMPARE(image.config.health->interval, std::string("5s"));
        QCOMPARE(image.config.labels.at("l"), std::string("v"));
        QCOMPARE(image.config.command->front(), std::string("go"));
        std::string log;
        for (const auto& event : there.events)
            log += event.kind == BuildEvent::Kind::Log ? event.text + "|" : "";
        QCOMPARE(log, std::string("one|two|"));
        QVERIFY(there.events.back().state == BuildEvent::State::Done);
        const auto again = there.build(text);
        VERIFY_RESULT(again);
        QCOMPARE(again->cached, 2U);
    }

    void stagesAskAtTheSameTime() {
        Conversation conversation;
        test::Meeting meeting;
        std::atomic<bool> met = true;
        conversation.operations.whileRunning = [&](const RunRequest&) -> Result<void> {
            met = meeting.wait() && met; // one after the other they never would meet
            return {};
        };
        VERIFY_RESULT(conversation.build("FROM base AS one\nRUN x\nFROM base AS two\nRUN y\nFROM scratch\n"
                                         "COPY --from=one a /1\nCOPY --from=two b /2\n"));
        QVERIFY(met);
    }

    void aFailedStepEndsWhatRunsBesideIt() {
        Conversation conversation;
        conversation.operations.programs["bad"] = {2, "", false};
        conversation.operations.whileRunning = [&](const RunRequest& request) -> Result<void> {
            return request.words.back() == "long" ? conversation.operations.waitForCancel() : Result<void>();
        };
        const auto built = conversation.build("FROM base AS one\nRUN long\nFROM base\nRUN bad\n"
                                              "COPY --from=one a /a\n");
        QVERIFY(!built);
        QCOMPARE(built.error().message, std::string("line 4: RUN bad: exit code 2"));
        QVERIFY(conversation.events.back().state == BuildEvent::State::Failed);
    }

    void cancellingEndsTheBuildAndTheEventsSayIt() {
        Conversation conversation;
        conversation.operations.whileRunning = [&](const RunRequest&) -> Result<void> {
            conversation.cancellation.cancel();
            return conversation.cancellation.check();
        };
        const auto built = conversation.build("FROM base\nRUN x\nRUN y\n");
        QVERIFY(!built);
        QCOMPARE(built.error().code, ErrorCode::Cancelled);
        QVERIFY(conversation.events.back().state == BuildEvent::State::Cancelled);
        QCOMPARE(conversation.operations.count("run"), 1U);
    }

    void aKilledWorkerLeavesNothingUnderWay() {
        Conversation conversation;
        conversation.operations.whileRunning = [&](const RunRequest&) -> Result<void> {
            ::kill(Conversation::workerPid(), SIGKILL);
            return conversation.operations.waitForCancel();
        };
        const auto built = conversation.build("FROM base\nRUN x\n");
        QVERIFY(!built);
        QVERIFY(built.error().message.find("was ended by signal 9") != std::string::npos);
        QVERIFY(conversation.events.back().kind == BuildEvent::Kind::Ended);
        QVERIFY(conversation.events.back().state == BuildEvent::State::Failed);
        QCOMPARE(Conversation::workerPid(), 0);
    }

    void longTextsArriveWhole() {
        Conversation conversation;
        const std::string content(600'000, 'x');
        std::string history;
        for (int i = 0; i < 2000; ++i)
            history += std::string(i == 0 ? "" : ",") + "{\"created_by\":\"" + std::string(500, 'h') + "\"}";
        conversation.operations.images["base"].config =
            "{\"os\":\"linux\",\"architecture\":\"amd64\",\"history\":[" + history + "]}";
        VERIFY_RESULT(conversation.build("FROM base\nCOPY <<one /x\n" + content +
                                         "\none\nENV LONG=" + std::string(100'000, 'e') + "\nRUN x\n"));
        QCOMPARE(conversation.operations.copies.at(0).files.at(0).content, content + "\n");
        QCOMPARE(conversation.operations.committed->history.size(), std::size_t(2003));
        QCOMPARE(conversation.operations.runs.at(0).environment.at(1).size(), std::size_t(100'005));
        QVERIFY(!conversation.build("FROM base\n# " + std::string(worker::kLongestDockerfile, 'x') + "\n"));
        QVERIFY(conversation.events.back().state == BuildEvent::State::Failed);
    }

    void whatNoBuilderSaysEndsTheBuild() {
        for (const char* packets :
             {"s.send(b'x')", "piece(99, 1, 1, b'')", "piece(8, 1, 1, b'')", "piece(1, 1, 1, b'', 2)",
              "piece(6, 1, 1, b'')", "for i in range(100): piece(1, i, 0, b'x')",
              "for i in range(100): piece(1, 1, 0, b'x' * 100000)", "piece(10, 0, 1, b'')"}) {
            Conversation conversation;
            conversation.impersonate(packets);
            const auto built = conversation.build("FROM base\n");
            QVERIFY2(!built, packets);
            QVERIFY2(built.error().code == ErrorCode::Untrusted, packets);
            QVERIFY2(conversation.events.back().state == BuildEvent::State::Failed, packets);
            QVERIFY2(conversation.operations.calls.empty(), packets);
        }
    }

    void requestsThatCannotBeAreRefused() {
        Conversation conversation;
        // A key that is none, text left over, a length beyond the end, a NUL byte; then all too much at once.
        conversation.impersonate("s.recv(200000) # Start\n"
                                 "piece(2, 1, 1, text(b'key'))\n"
                                 "piece(2, 2, 1, text(b'sha256:' + b'0' * 64) + b'x')\n"
                                 "piece(2, 3, 1, struct.pack('<Q', 1 << 40))\n"
                                 "piece(1, 4, 1, text(b'ba\\0se') + text(b''))\n"
                                 "for i in range(4): assert b'Untrusted' in s.recv(200000)\n"
                                 "raise SystemExit(5)");
        const auto built = conversation.build("FROM base\n");
        QVERIFY(!built);
        QVERIFY2(built.error().message.find("status 5") != std::string::npos, built.error().message.c_str());
        QVERIFY(conversation.operations.calls.empty());
    }
};
ESCALE_TEST(BuildWorkerTest)
#include "build_worker_test.moc"
