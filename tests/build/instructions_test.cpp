#include "engine/build/instructions.h"

#include "tests/support/test_registry.h"

using namespace escale;

namespace {

BuildFile read(const std::string& text) {
    return readBuildFile(parseDockerfile(text));
}

template <class Kind>
Kind only(const std::string& text) {
    const BuildFile file = read("FROM a\n" + text);
    if (!file.problems.empty())
        qFatal("%s: %s", text.c_str(), file.problems.front().message.c_str());
    return std::get<Kind>(file.stages.at(0).steps.at(0).instruction);
}

} // namespace

class InstructionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stagesHaveNamesAndNumbers() {
        const BuildFile file =
            read("ARG V=12\nFROM debian:$V AS Build\nRUN a\nFROM --platform=linux/arm64 build AS second\n"
                 "FROM scratch\nCOPY --from=0 /a /b\n");
        QVERIFY(file.problems.empty());
        QCOMPARE(*file.arguments.at(0).value, std::string("12"));
        QCOMPARE(file.stages.size(), std::size_t(3));
        QCOMPARE(file.stages[0].name, std::string("build"));
        QCOMPARE(file.stages[1].platform, std::string("linux/arm64"));
        QCOMPARE(*file.findStage("BUILD", 3), std::size_t(0));
        QCOMPARE(*file.findStage("2", 3), std::size_t(2));
        QVERIFY(!file.findStage("2", 2));
        QVERIFY(!file.findStage("second", 1));
        QVERIFY(!file.findStage("3", 3));
        QVERIFY(!file.findStage("", 3));
        QCOMPARE(file.stages[2].steps.at(0).source, std::size_t(5));
    }
    void theLastStageOfANameCounts() {
        QCOMPARE(*read("FROM a AS x\nFROM b AS x\nFROM c").findStage("x", 3), std::size_t(1));
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const auto add = [](const char* text, const char* message) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(message);
        };
        add("FROM", "FROM needs an image, or an image, AS and a name");
        add("FROM b c", "FROM needs an image, or an image, AS and a name");
        add("FROM b AS 1x", "\"1x\" cannot name a stage");
        add("FROM --from=x b", "FROM has no flag --from");
        add("COPY a", "COPY needs a source and a destination");
        add("COPY --form=x a b", "COPY has no flag --form");
        add("COPY --from a b", "the flag --from needs a value");
        add("COPY --from=a --from=b c d", "the flag --from is given twice");
        add("COPY --link=maybe a b", "the flag --link is true or false, not \"maybe\"");
        add("COPY --checksum=x a b", "COPY has no flag --checksum");
        add("COPY a <<EOF\nx\nEOF", "the destination of COPY cannot be a here-document");
        add("ADD --from=x a b", "ADD has no flag --from");
        add("RUN", "RUN needs a word at least");
        add("RUN --network=bridge x", "\"bridge\" is no network of RUN");
        add("RUN --security=none x", "\"none\" is no security of RUN");
        add("RUN --mount=type=disk x", "\"disk\" is no type of a mount");
        add("ENV", "ENV needs a word at least");
        add("ENV =x", "a name is missing before \"=x\"");
        add("ENV --x a=b", "ENV has no flag --x");
        add("ARG =x", "a name is missing before \"=x\"");
        add("EXPOSE", "EXPOSE needs a word at least");
        add("USER", "USER needs one word");
        add("VOLUME [\"\"]", "a path of VOLUME is empty");
        add("SHELL bash", "SHELL needs the exec form");
        add("SHELL []", "SHELL needs a word at least");
        add("ONBUILD", "an instruction is missing after ONBUILD");
        add("HEALTHCHECK RUN x", "\"RUN\" is no kind of health check");
        add("HEALTHCHECK CMD", "a command is missing after HEALTHCHECK CMD");
        add("HEALTHCHECK NONE x", "nothing follows HEALTHCHECK NONE");
        add("HEALTHCHECK --retries=-1 CMD x", "\"-1\" is no number of retries");
    }
    void refuses() {
        QFETCH(QString, text);
        const BuildFile file = read("FROM a\n" + text.toStdString());
        QVERIFY(!file.problems.empty());
        QTEST(QString::fromStdString(file.problems.front().message), "message");
        QCOMPARE(file.problems.front().range.begin.line, 2);
    }
    void nothingButArgStandsBeforeAStage() {
        QCOMPARE(read("RUN x\nFROM a").problems.front().message,
                 std::string("there is no stage for RUN yet"));
        QCOMPARE(read("ARG x").problems.front().message, std::string("the file has no FROM"));
    }
    void aFlagNearAnotherGetsAHint() {
        QCOMPARE(read("FROM a\nCOPY --form=x a b").problems.front().hint,
                 std::string("Did you mean --from?"));
    }

    void copyHasAllItsFlags() {
        const auto copy = only<CopyInstruction>(
            "COPY --from=b --chown=1:2 --chmod=u+x --link --parents --exclude=*.o --exclude=x a* b /c/");
        QVERIFY(!copy.isAdd && copy.isLink && copy.keepsParents);
        QCOMPARE(copy.from, std::string("b"));
        QCOMPARE(copy.owner, std::string("1:2"));
        QCOMPARE(copy.mode, std::string("u+x"));
        QCOMPARE(copy.excludes, (std::vector<std::string>{"*.o", "x"}));
        QCOMPARE(copy.sources, (std::vector<std::string>{"a*", "b"}));
        QCOMPARE(copy.target, std::string("/c/"));
        const auto add = only<CopyInstruction>("ADD --checksum=sha256:0 --keep-git-dir --unpack=false x y");
        QVERIFY(add.isAdd && *add.keepGitDir && !*add.unpack);
        QCOMPARE(add.checksum, std::string("sha256:0"));
    }
    void copyTakesDocumentsForFiles() {
        const auto copy = only<CopyInstruction>("COPY <<a.txt b <<-\"c\" /d/\n1\na.txt\n\t$x\n\tc\n");
        QCOMPARE(copy.sources, std::vector<std::string>{"b"});
        QCOMPARE(copy.documents.size(), std::size_t(2));
        QCOMPARE(copy.documents[1].content, std::string("\t$x\n"));
        QVERIFY(copy.documents[0].expand && !copy.documents[1].expand);
    }
    void runHasItsMountsAndDocuments() {
        const auto run = only<RunInstruction>(
            "RUN --mount=type=cache,target=/c --mount=type=$T --network=none <<EOF\nx\nEOF\n");
        QCOMPARE(run.mounts.size(), std::size_t(2));
        QCOMPARE(run.network, std::string("none"));
        QCOMPARE(run.documents.size(), std::size_t(1));
        QVERIFY(run.command.isShell);
        QCOMPARE(only<RunInstruction>("RUN [\"a\", \"b\"]").command.words,
                 (std::vector<std::string>{"a", "b"}));
    }
    void aHealthCheckIsRead() {
        const auto health =
            only<HealthInstruction>("HEALTHCHECK --interval=5s --retries=3 CMD [\"a\", \"b\"]");
        QVERIFY(!health.isNone && !health.command.isShell);
        QCOMPARE(health.interval, std::string("5s"));
        QCOMPARE(health.retries, 3U);
        QCOMPARE(health.command.words, (std::vector<std::string>{"a", "b"}));
        QVERIFY(only<HealthInstruction>("HEALTHCHECK none").isNone);
    }
    void onBuildKeepsTheInstructionsText() {
        QCOMPARE(only<OnBuildInstruction>("ONBUILD run  a \\\n b").text, std::string("run  a  b"));
        const auto again = parseInstruction(only<OnBuildInstruction>("ONBUILD COPY <<EOF /x\na\nEOF").text);
        VERIFY_RESULT(again);
        QCOMPARE(std::get<CopyInstruction>(*again).documents.front().content, std::string("a\n"));
        QVERIFY(!parseInstruction("RUN a\nRUN b"));
        QVERIFY(!parseInstruction("FROM a"));
    }

    void mounts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("readOnly");
        QTest::newRow("a bind is read-only") << "target=/a" << true;
        QTest::newRow("unless it says rw") << "type=bind,rw,target=/a" << false;
        QTest::newRow("or readonly=false") << "type=bind,readonly=false,target=/a" << false;
        QTest::newRow("a cache is writable") << "type=cache,target=/a" << false;
        QTest::newRow("unless it says ro") << "type=cache,ro,target=/a" << true;
        QTest::newRow("a tmpfs is writable") << "type=tmpfs,target=/a,size=1m" << false;
    }
    void mounts() {
        QFETCH(QString, text);
        const auto mount = parseRunMount(text.toStdString());
        VERIFY_RESULT(mount);
        QTEST(mount->readOnly, "readOnly");
        QCOMPARE(mount->target, std::string("/a"));
    }
    void aMountHasAllItsKeys() {
        const auto cache =
            parseRunMount("type=cache,id=x,dst=/c,from=b,src=/s,sharing=locked,mode=0750,uid=1,gid=2");
        VERIFY_RESULT(cache);
        QCOMPARE(cache->sharing, RunMount::Sharing::Locked);
        QCOMPARE(*cache->mode, 0750U);
        QCOMPARE(*cache->user, 1U);
        QCOMPARE(*cache->group, 2U);
        QCOMPARE(cache->source, std::string("/s"));
        const auto secret = parseRunMount("type=secret,id=token,env=TOKEN,required");
        VERIFY_RESULT(secret);
        QVERIFY(secret->isRequired);
        QCOMPARE(*secret->environment, std::string("TOKEN"));
        QCOMPARE(parseRunMount("type=tmpfs,target=/a,size=64MiB")->size, std::uint64_t(64) << 20);
        QCOMPARE(parseRunMount("\"source=/a,b\",target=/c")->source, std::string("/a,b"));
    }
    void aMountThatDoesNotFitIsRefused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const auto add = [](const char* text, const char* message) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(message);
        };
        add("type=bind,mode=1", "a mount of type bind has no mode, uid and gid");
        add("type=bind,required", "a mount of type bind has no \"required\"");
        add("type=cache,size=1", "a mount of type cache has no size");
        add("type=bind,sharing=shared", "a mount of type bind has no sharing");
        add("type=secret", "a secret's mount needs its id or its target");
        add("type=secret,id=a,src=b", "a secret's mount has both an id and a source");
        add("type=secret,id=a,from=b", "a mount of type secret has no \"from\"");
        add("type=cache,sharing=all", "\"all\" is no sharing of a mount");
        add("tpye=cache", "a mount has no key \"tpye\"");
        add("target", "\"target\" of a mount has no value");
        add("ro=maybe", "\"maybe\" is neither true nor false, as ro must be");
        add("type=cache,mode=9", "\"9\" is no mode of a mount");
        add("type=tmpfs,size=much", "\"much\" is no size");
        add("\"open", "\"\"open\" has a quote that does not end");
    }
    void aMountThatDoesNotFitIsRefused() {
        QFETCH(QString, text);
        const auto mount = parseRunMount(text.toStdString());
        QVERIFY(!mount);
        QTEST(QString::fromStdString(mount.error().message), "message");
    }
};
ESCALE_TEST(InstructionsTest)

#include "instructions_test.moc"
