#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/runtime/monitor/log_writer.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>

using namespace escale;

class LogWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesOneRecordALine() {
        const auto text = written([](LogWriter& log) {
            log.write(LogStream::Output, "one\ntwo\n", kTime);
            log.write(LogStream::Error, "bad\n", kTime);
        });
        QCOMPARE(text,
                 std::string(R"({"log":"one\n","stream":"stdout","time":"2001-09-09T01:46:40.000000042Z"})"
                             "\n"
                             R"({"log":"two\n","stream":"stdout","time":"2001-09-09T01:46:40.000000042Z"})"
                             "\n"
                             R"({"log":"bad\n","stream":"stderr","time":"2001-09-09T01:46:40.000000042Z"})"
                             "\n"));
    }

    void joinsALineThatComesInPieces() {
        const auto lines = logs([](LogWriter& log) {
            log.write(LogStream::Output, "a");
            log.write(LogStream::Error, "x\n");
            log.write(LogStream::Output, "b\n");
        });
        QCOMPARE(lines, (std::vector<std::string>{"x\n", "ab\n"}));
    }

    void writesTheUnterminatedLastLineAtTheEnd() {
        const auto lines = logs([](LogWriter& log) { log.write(LogStream::Output, "a\nrest"); });
        QCOMPARE(lines, (std::vector<std::string>{"a\n", "rest"}));
    }

    void splitsALongLineAndLosesNothing_data() {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("parts");
        constexpr int kPart = LogWriter::kLongestPart;
        QTest::newRow("just fits") << kPart << 1;
        QTest::newRow("one more") << kPart + 1 << 2;
        QTest::newRow("two full") << 2 * kPart << 2;
        QTest::newRow("many") << 10 * kPart + 5 << 11;
    }
    void splitsALongLineAndLosesNothing() {
        QFETCH(int, size);
        QFETCH(int, parts);
        const std::string line(static_cast<std::size_t>(size), 'x');
        for (const std::size_t piece : {std::size_t(1000), std::size_t(65536), line.size() + 1}) {
            const auto lines = logs([&](LogWriter& log) {
                const std::string all = line + "\n";
                for (std::size_t i = 0; i < all.size(); i += piece)
                    log.write(LogStream::Output, std::string_view(all).substr(i, piece));
            });
            std::string joined;
            for (const auto& part : lines)
                joined += part;
            QCOMPARE(joined, line + "\n");
            QCOMPARE(lines.size(), static_cast<std::size_t>(parts));
        }
    }

    void doesNotCutACharacterInTwo() {
        const std::string line = "x" + repeated("\xc3\xa9", LogWriter::kLongestPart); // é at odd offsets
        const auto lines = logs([&](LogWriter& log) { log.write(LogStream::Output, line + "\n"); });
        std::string joined;
        for (const auto& part : lines)
            joined += part;
        QCOMPARE(joined, line + "\n");
    }

    void escapesWhatJsonCannotHold() {
        const auto lines =
            logs([](LogWriter& log) { log.write(LogStream::Output, "a\"\\\t\r\x01\x1b[0m\x7f\n"); });
        QCOMPARE(lines.front(), std::string("a\"\\\t\r\x01\x1b[0m\x7f\n"));
    }

    void replacesInvalidUtf8() {
        const std::string replacement = "\xef\xbf\xbd";
        const auto lines = logs([](LogWriter& log) {
            log.write(LogStream::Output, "a\xff\xc3\n");                    // lone and cut
            log.write(LogStream::Output, "\xc0\xaf\n");                     // overlong
            log.write(LogStream::Output, "\xed\xa0\x80\n");                 // a surrogate
            log.write(LogStream::Output, "\xf4\x90\x80\x80\n");             // above U+10FFFF
            log.write(LogStream::Output, "\xe2\x82\xac\xf0\x9f\x90\xb3\n"); // good: euro, whale
        });
        QCOMPARE(lines[0], "a" + replacement + replacement + "\n");
        QCOMPARE(lines[1], replacement + replacement + "\n");
        QCOMPARE(lines[2], replacement + replacement + replacement + "\n");
        QCOMPARE(lines[3], repeated(replacement, 4) + "\n");
        QCOMPARE(lines[4], std::string("\xe2\x82\xac\xf0\x9f\x90\xb3\n"));
    }

    void countsWhatAFullDiskTakes() {
        auto full = openFile("/dev/full", O_WRONLY);
        VERIFY_RESULT(full);
        const auto log = std::make_unique<LogWriter>(std::move(*full));
        log->write(LogStream::Output, "a\nb\nc\n");
        log->finish();
        QCOMPARE(log->droppedLines(), std::uint64_t(3));
    }

    void keepsRecordsWholeAndTellsTheLossWhenThereIsRoomAgain() {
        const QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/log";
        auto file = openFile(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
        VERIFY_RESULT(file);
        const auto log = std::make_unique<LogWriter>(std::move(*file));
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{200, before.rlim_max}; // two records fit, the third is cut
        ::setrlimit(RLIMIT_FSIZE, &small);
        log->write(LogStream::Output, "one\ntwo\nthree\nfour\n");
        log->write(LogStream::Output, "five\n");
        ::setrlimit(RLIMIT_FSIZE, &before);
        log->write(LogStream::Output, "six\n");
        const auto lines = parse(readFile(path).value());
        QCOMPARE(lines.size(), std::size_t(4));
        QCOMPARE(lines[1], std::string("two\n"));
        QCOMPARE(lines[2], std::string("escale: 3 log lines were lost here: the log could not be written\n"));
        QCOMPARE(lines[3], std::string("six\n"));
        QCOMPARE(log->droppedLines(), std::uint64_t(3));
    }

private:
    static constexpr timespec kTime{1000000000, 42};

    static std::string repeated(const std::string& text, std::size_t times) {
        std::string all;
        for (std::size_t i = 0; i < times; ++i)
            all += text;
        return all;
    }
    template <class Write>
    static std::string written(Write write) {
        const QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/log";
        const auto log =
            std::make_unique<LogWriter>(openFile(path, O_WRONLY | O_CREAT | O_APPEND, 0600).value());
        write(*log);
        log->finish();
        return readFile(path).value();
    }
    // Also proves that each line is JSON.
    static std::vector<std::string> parse(const std::string& text) {
        std::vector<std::string> lines;
        for (const auto& line : QByteArray::fromStdString(text).split('\n')) {
            if (!line.isEmpty())
                lines.push_back(Json::parse(line.toStdString()).value().getString("log").value());
        }
        return lines;
    }
    template <class Write>
    static std::vector<std::string> logs(Write write) {
        return parse(written(write));
    }
};

ESCALE_TEST(LogWriterTest)
#include "log_writer_test.moc"
