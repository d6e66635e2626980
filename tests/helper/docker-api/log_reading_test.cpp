// A log's files as a client of the API gets them: frames, times, the last lines, and on over rotation. With
// real files.
#include "engine/base/file.h"
#include "helper/docker-api/containers/log_blocks.h"
#include "helper/docker-api/containers/log_decoder.h"
#include "helper/docker-api/containers/log_request.h"
#include "helper/docker-api/containers/log_watch.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <zlib.h>

using namespace escale;
using namespace escale::docker_api;

namespace {

const std::string kTime = "2026-01-02T03:04:05.000000001Z";

std::string record(const std::string& escaped, const std::string& stream = "stdout",
                   const std::string& time = kTime) {
    return R"({"log":")" + escaped + R"(","stream":")" + stream + R"(","time":")" + time + "\"}\n";
}

std::string frame(char stream, const std::string& text) {
    std::string head(8, '\0');
    head[0] = stream;
    head[6] = static_cast<char>(text.size() / 256);
    head[7] = static_cast<char>(text.size() % 256);
    return head + text;
}

std::string decoded(const std::string& records, const LogForm& form) {
    std::string out;
    LogDecoder(form).decode(records, out);
    return out;
}

std::string allOf(LogBlocks& blocks) {
    std::string all;
    for (;;) {
        const auto block = blocks.next();
        if (!block || block->empty())
            return block ? all : block.error().text();
        all += *block;
    }
}

} // namespace

class DockerLogReadingTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    [[nodiscard]] std::string path(const char* name) const {
        return m_folder.path().toStdString() + "/" + name;
    }
    void write(const char* name, const std::string& content, int flags = O_TRUNC) const {
        const auto file = openFile(path(name), O_WRONLY | O_CREAT | flags, 0644);
        VERIFY_RESULT(file);
        VERIFY_RESULT(writeAll(file->get(), content, "the log"));
    }
    void compress(const char* from, const char* to) const {
        const auto content = readFile(path(from));
        const gzFile file = ::gzopen(path(to).c_str(), "wb");
        QCOMPARE(::gzwrite(file, content->data(), static_cast<unsigned>(content->size())),
                 int(content->size()));
        ::gzclose(file);
        ::unlink(path(from).c_str());
    }
    [[nodiscard]] std::vector<UniqueFd> files(std::initializer_list<const char*> names) const {
        std::vector<UniqueFd> opened;
        for (const char* name : names)
            opened.push_back(openFile(path(name), O_RDONLY).value());
        return opened;
    }

private Q_SLOTS:
    void makesAFrameOfEachRecord() {
        QCOMPARE(decoded(record("one\\n") + record("two\\n", "stderr"), {}),
                 frame(1, "one\n") + frame(2, "two\n"));
    }
    void leavesATerminalsOutputAsItIs() {
        QCOMPARE(decoded(record("a\\r\\n") + record("\\u001b[1mb"), {.framed = false}),
                 std::string("a\r\n\033[1mb"));
    }
    void readsEveryEscape() {
        QCOMPARE(decoded(record("\\\"\\\\\\/\\t\\u00e9\\ud83d\\ude00\\u0000\\n"), {.framed = false}),
                 std::string("\"\\/\t\u00e9\U0001F600\0\n", 12));
    }
    void readsARecordInAnotherOrder() {
        QCOMPARE(decoded(R"({"time":"2026-01-02T03:04:05Z", "stream":"stderr", "log":"x\n"})"
                         "\n",
                         {}),
                 frame(2, "x\n"));
    }
    void passesOverWhatIsNoRecord() {
        QCOMPARE(decoded("{\"log\":\"cut\n" + record("\\q\\n") + record("ok\\n"), {}), frame(1, "ok\n"));
    }
    void showsOneStreamAlone() {
        QCOMPARE(decoded(record("a\\n") + record("b\\n", "stderr"), {.output = false}), frame(2, "b\n"));
    }
    void putsTheTimeBeforeEachLineOnce() {
        const std::string records =
            record("long ") + record("line\\n") + record("end\\\\\\\\n") + record("\\n");
        QCOMPARE(decoded(records, {.framed = false, .timestamps = true}),
                 kTime + " long line\n" + kTime + " end\\\\n\n");
    }
    void knowsWhenItIsOver() {
        LogDecoder decoder({.until = 1'767'323'045'000'000'001});
        std::string out;
        decoder.decode(record("a\\n") + record("b\\n", "stdout", "2026-01-02T03:04:06.000000000Z") +
                           record("c\\n"),
                       out);
        QCOMPARE(out, frame(1, "a\n"));
        QVERIFY(decoder.isOver());
    }
    void leavesOutWhatIsTooEarly() {
        QCOMPARE(decoded(record("a\\n") + record("b\\n", "stdout", "2026-01-02T03:04:06.000000000Z"),
                         {.since = 1'767'323'046'000'000'000}),
                 frame(1, "b\n"));
    }

    void readsFilesOneAfterTheOther() {
        write("log.1", record("a\\n"));
        compress("log.1", "log.1.gz");
        write("log", record("b\\n") + record("c\\n"));
        auto blocks = LogBlocks::open(files({"log.1.gz", "log"}), {});
        VERIFY_RESULT(blocks);
        QCOMPARE(allOf(*blocks), record("a\\n") + record("b\\n") + record("c\\n"));
    }
    void findsTheLastLines_data() {
        QTest::addColumn<int>("lines");
        QTest::addColumn<QString>("expected");
        for (const auto& [lines, expected] :
             {std::pair(0, ""), {1, "e"}, {2, "de"}, {3, "cde"}, {4, "bcde"}, {9, "abcde"}})
            QTest::addRow("%d", lines) << lines << QString::fromLatin1(expected);
    }
    void findsTheLastLines() {
        QFETCH(int, lines);
        QFETCH(QString, expected);
        write("log.2", record("a\\n") + record("b\\n"));
        compress("log.2", "log.2.gz");
        write("log.1", record("c\\n"));
        write("log", record("d\\n") + record("e\\n"));
        auto blocks = LogBlocks::open(files({"log.2.gz", "log.1", "log"}), {.tail = lines});
        VERIFY_RESULT(blocks);
        QString text = QString::fromStdString(decoded(allOf(*blocks), {.framed = false}));
        QCOMPARE(text.remove(u'\n'), expected);
    }
    void beginsAtATime() {
        write("log.1", record("a\\n", "stdout", "2026-01-02T03:04:05.000000000Z"));
        write("log", record("b\\n", "stdout", "2026-01-02T03:04:06.000000000Z") +
                         record("c\\n", "stdout", "2026-01-02T03:04:07.000000000Z"));
        auto blocks = LogBlocks::open(files({"log.1", "log"}), {.since = 1'767'323'047'000'000'000});
        VERIFY_RESULT(blocks);
        const std::string all = allOf(*blocks);
        QVERIFY(all.find("\"c\\n\"") != std::string::npos && all.find("\"a\\n\"") == std::string::npos);
    }
    void waitsForTheRestOfARecord() {
        const std::string whole = record("b\\n");
        write("log", record("a\\n") + whole.substr(0, 10));
        auto blocks = LogBlocks::open(files({"log"}), {});
        VERIFY_RESULT(blocks);
        QCOMPARE(allOf(*blocks), record("a\\n"));
        write("log", whole.substr(10), O_APPEND);
        QCOMPARE(allOf(*blocks), whole);
    }
    void readsALogOfManyBlocks() {
        std::string all;
        for (int i = 0; i < 20'000; ++i)
            all += record("line " + std::to_string(i) + "\\n");
        write("log", all);
        auto blocks = LogBlocks::open(files({"log"}), {});
        VERIFY_RESULT(blocks);
        QVERIFY(allOf(*blocks) == all);
    }
    void goesOnBehindAFileThatWasPutAside() {
        write("log", record("a\\n"));
        auto blocks = LogBlocks::open(files({"log"}), {});
        VERIFY_RESULT(blocks);
        QCOMPARE(allOf(*blocks), record("a\\n"));
        // Put aside twice, and compressed, before anybody looks.
        QCOMPARE(::rename(path("log").c_str(), path("log.2").c_str()), 0);
        compress("log.2", "log.2.gz");
        write("log.1", record("b\\n"));
        write("log", record("c\\n"));
        const auto goesOn = blocks->continueIn(files({"log.2.gz", "log.1", "log"}));
        VERIFY_RESULT(goesOn);
        QVERIFY(*goesOn);
        QCOMPARE(allOf(*blocks), record("b\\n") + record("c\\n"));
    }
    void staysWhereNothingWasPutAside() {
        write("log", "");
        auto blocks = LogBlocks::open(files({"log"}), {});
        VERIFY_RESULT(blocks);
        const auto goesOn = blocks->continueIn(files({"log"}));
        VERIFY_RESULT(goesOn);
        QVERIFY(!*goesOn);
    }
    void beginsAnewWhenTheFileWasEmptied() {
        write("log", record("a long line\\n"));
        auto blocks = LogBlocks::open(files({"log"}), {});
        VERIFY_RESULT(blocks);
        QCOMPARE(allOf(*blocks), record("a long line\\n"));
        write("log", record("b\\n"));
        QCOMPARE(allOf(*blocks), record("b\\n"));
    }

    void tellsEveryFollowerThatAFileHasGrown() {
        write("log", "");
        const auto opened = files({"log", "log"});
        std::vector<std::shared_ptr<LogFollower>> followers;
        for (int i = 0; i < 300; ++i) { // more than the 128 instances that the kernel gives a user
            auto follower = LogWatch::follow(opened[static_cast<std::size_t>(i % 2)].get());
            VERIFY_RESULT(follower);
            followers.push_back(*follower);
        }
        write("log", record("a\\n"), O_APPEND);
        for (const auto& follower : followers) {
            pollfd news{follower->fd(), POLLIN, 0};
            QCOMPARE(::poll(&news, 1, 10'000), 1);
            QVERIFY(!follower->takeNews());
        }
        QCOMPARE(::rename(path("log").c_str(), path("log.1").c_str()), 0);
        pollfd news{followers.back()->fd(), POLLIN, 0};
        QCOMPARE(::poll(&news, 1, 10'000), 1);
        QVERIFY(followers.back()->takeNews());
        // One that comes too late to see it is told at once.
        const auto late = LogWatch::follow(opened.front().get());
        VERIFY_RESULT(late);
        QVERIFY((*late)->takeNews());
    }

    void readsWhatIsAskedFor() {
        const auto request = LogRequest::parse(
            Query::parse("stdout=1&follow=true&tail=10&since=1700000000.5&until=0&timestamps=1"));
        VERIFY_RESULT(request);
        QVERIFY(request->form.output && !request->form.errors && request->follow && request->form.timestamps);
        QCOMPARE(*request->begin.tail, std::uint64_t(10));
        QCOMPARE(request->form.since, std::int64_t(1'700'000'000'500'000'000));
        QCOMPARE(request->form.until, INT64_MAX);
        QVERIFY(!LogRequest::parse(Query::parse("stdout=1&tail=all"))->begin.tail);
    }
    void wantsOneStreamAtLeast() {
        const auto request = LogRequest::parse(Query::parse("follow=1"));
        QVERIFY(!request);
        QCOMPARE(request.error().message, std::string("Bad parameters: you must choose at least one stream"));
        QCOMPARE(LogRequest::parse(Query::parse("stdout=1&since=yesterday")).error().code,
                 ErrorCode::InvalidArgument);
    }
};

ESCALE_TEST(DockerLogReadingTest)
#include "log_reading_test.moc"
