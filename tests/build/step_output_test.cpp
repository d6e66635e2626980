#include "engine/build/step_output.h"

#include "engine/build/history_text.h"
#include "engine/build/step_requests.h"
#include "tests/support/test_registry.h"

#include <unistd.h>

using namespace escale;

namespace {

std::string lines(const std::vector<std::string>& parts, std::int64_t between = 0) {
    std::string told;
    OutputLines output([&](const std::string& line) { told += line + "|"; });
    std::int64_t now = 10'000;
    for (const auto& part : parts) {
        output.add(part, now);
        now += between;
    }
    output.finish();
    return told;
}

} // namespace

class StepOutputTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesEndWhereTheyEnd() {
        QCOMPARE(lines({"a\nb", "c\n\nd"}), std::string("a|bc||d|"));
        QCOMPARE(lines({"a\r\nb\r", "\nc"}), std::string("a|b|c|"));
    }
    void aProgressBarIsItsFirstAndItsLastLine() {
        QCOMPARE(lines({"10%\r20%\r30%\r40%\r100%\ndone\n"}), std::string("10%|100%|done|"));
        QCOMPARE(lines({"1%\r", "2%\r", "3%\r", "4%"}, 600), std::string("1%|3%|4%|"));
        QCOMPARE(lines({"1%\r2%\r"}), std::string("1%|2%|"));
    }
    void emptyLinesCountToo() {
        std::size_t lines = 0;
        OutputLines output([&](const std::string&) { ++lines; });
        output.add(std::string(1'000'000, '\n'), 0);
        output.finish();
        // Each is an event of its own in the log
        QVERIFY(lines * 64 <= OutputLines::kMostBytes + 200);
    }
    void tooMuchIsClippedAndItIsSaid() {
        std::size_t bytes = 0;
        std::string last;
        unsigned clipped = 0;
        OutputLines output([&](const std::string& line) {
            bytes += line.size() + 1;
            last = line;
            clipped += line.find("clipped") != std::string::npos ? 1 : 0;
        });
        for (int i = 0; i < 300; ++i)
            output.add(std::string(10'000, 'x') + "\n", 0);
        output.finish();
        QVERIFY(bytes <= OutputLines::kMostBytes + 200);
        QVERIFY(last.find("2 MiB") != std::string::npos);
        QCOMPARE(clipped, 1U);
    }
    void whatIsPrintedBeforeTheEndIsToldThoughAnotherHoldsThePipe() {
        std::string told;
        auto output = StepOutput::start([&](const std::string& line) { told += line + "|"; });
        VERIFY_RESULT(output);
        const UniqueFd held(::dup((*output)->writeEnd()));
        QCOMPARE(::write(held.get(), "a\nb", 3), ssize_t(3));
        (*output)->finish();
        QCOMPARE(told, std::string("a|b|"));
    }
    void historyIsWordedAsPeersWordIt() {
        QCOMPARE(historyText(CmdInstruction{{false, {"a b", "\"\n\x01"}}}),
                 std::string("CMD [\"a b\" \"\\\"\\n\\x01\"]"));
        QCOMPARE(historyText(EnvInstruction{{{"A", "b"}, {"C", "d e"}}}), std::string("ENV A=b C=d e"));
        QCOMPARE(historyText(ArgInstruction{{{"A", {}}, {"B", "c"}}}), std::string("ARG A B=c"));
        QCOMPARE(historyText(ExposeInstruction{{"80/tcp", "81/udp"}}), std::string("EXPOSE [80/tcp 81/udp]"));
        QCOMPARE(historyText(WorkdirInstruction{"/x"}), std::string("WORKDIR /x"));
        QCOMPARE(historyText(OnBuildInstruction{"RUN x"}), std::string());
        CopyInstruction copy;
        copy.sources = {"a", "b"};
        copy.target = "./";
        copy.owner = "1:2";
        copy.from = "x";
        QCOMPARE(historyText(copy), std::string("COPY --chown=1:2 a b ./ # buildkit"));
        HealthInstruction health;
        health.command = {false, {"CMD-SHELL", "true"}};
        health.interval = "90s";
        health.retries = 3;
        QCOMPARE(historyText(health),
                 std::string("HEALTHCHECK {Test:[CMD-SHELL true] Interval:1m30s Timeout:0s "
                             "StartPeriod:0s StartInterval:0s Retries:3}"));
        QCOMPARE(historyText(RunInstruction{}, {{"/bin/sh", "-c", "make"}, {"A=1"}}),
                 std::string("RUN |1 A=1 /bin/sh -c make # buildkit"));
    }
    void targetsAreBelowTheWorkingFolder() {
        const auto target = [](const std::string& text) {
            CopyInstruction copy;
            copy.sources = {"a"};
            copy.target = text;
            return copyRequest(copy, {}, {"/w", {}}).value().target;
        };
        QCOMPARE(target("x"), std::string("/w/x"));
        QCOMPARE(target("."), std::string("/w/"));
        QCOMPARE(target("x/"), std::string("/w/x/"));
        QCOMPARE(target("../../x/./y"), std::string("/x/y"));
        QCOMPARE(target("/a//b/"), std::string("/a/b/"));
        QCOMPARE(target("/"), std::string("/"));
    }
    void sourcesAreSorted() {
        CopyInstruction add;
        add.isAdd = true;
        add.sources = {"a*",
                       "https:"
                       "//x/y.tar",
                       "git@github.com:o/r.git"};
        add.documents.push_back({"EOF", 0, true, true, "\tx\n\t\ty\tz\n", 1});
        add.target = "/x/";
        const auto request = copyRequest(add, {}, {});
        VERIFY_RESULT(request);
        QCOMPARE(request->patterns.size(), std::size_t(1));
        QCOMPARE(request->addresses.size(), std::size_t(2));
        QCOMPARE(request->files.at(0).content, std::string("x\ny\tz\n"));
        QVERIFY(request->unpacks);
        add.target = "/x";
        QVERIFY(!copyRequest(add, {}, {}));
        add.isAdd = false;
        add.target = "/x/";
        QVERIFY(!copyRequest(add, {}, {}));
    }
    void mountsHaveTheirDefaults() {
        const auto mount = [](const std::string& text) {
            return placedMount(parseRunMount(text).value(), {"/w", {}}, 1);
        };
        QCOMPARE(mount("type=secret,id=key")->target, std::string("/run/secrets/key"));
        QCOMPARE(mount("type=secret,target=/a/key")->id, std::string("key"));
        QCOMPARE(mount("type=secret,id=key,env=KEY")->target, std::string());
        QCOMPARE(mount("type=ssh")->target, std::string("/run/buildkit/ssh_agent.1"));
        QCOMPARE(mount("type=ssh")->id, std::string("default"));
        QCOMPARE(mount("type=cache,target=c/")->target, std::string("/w/c"));
        QCOMPARE(mount("type=cache,target=c/")->id, std::string("c"));
        QVERIFY(!mount("type=bind"));
        QVERIFY(!mount("type=tmpfs,target=/"));
    }
};
ESCALE_TEST(StepOutputTest)
#include "step_output_test.moc"
