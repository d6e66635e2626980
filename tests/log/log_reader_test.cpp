#include "engine/log/log_reader.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

using namespace escale;

static constexpr std::int64_t kSecond = 1'000'000'000;
static constexpr std::int64_t kStart = 1767323045 * kSecond;

// Outside the class: moc does not read such strings.
static std::string recordOf(const std::string& text, std::int64_t time, const char* stream = "stdout") {
    return "{\"log\":\"" + text + "\",\"stream\":\"" + stream + "\",\"time\":\"" + formatLogTime(time) +
           "\"}\n";
}

class LogReaderTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    UniqueFd written(const std::string& bytes, bool compressed = false) {
        const std::string path = m_folder.filePath(QString::number(++m_files)).toStdString();
        if (compressed) {
            gzFile file = ::gzopen(path.c_str(), "wb");
            ::gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
            ::gzclose(file);
        } else {
            const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
            if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
                qFatal("write");
        }
        return UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    }
    // Lines `from` … `to` - 1, one a second; every tenth on standard error.
    static std::string numbers(int from, int to) {
        std::string bytes;
        for (int i = from; i < to; ++i)
            bytes += recordOf("line " + std::to_string(i) + "\\n", kStart + i * kSecond,
                              i % 10 == 9 ? "stderr" : "stdout");
        return bytes;
    }
    // Three files as the monitor leaves them.
    std::vector<UniqueFd> threeFiles() {
        std::vector<UniqueFd> files;
        files.push_back(written(numbers(0, 1000), true));
        files.push_back(written(numbers(1000, 3000)));
        files.push_back(written(numbers(3000, 5000)));
        return files;
    }
    static std::vector<std::string> texts(Result<LogReader> reader) {
        std::vector<std::string> all;
        if (!reader)
            return {reader.error().message};
        for (;;) {
            auto line = reader->next();
            if (!line)
                return {line.error().message};
            if (!*line)
                return all;
            all.push_back((*line)->text);
        }
    }
    static std::vector<std::string> lines(int from, int to) {
        std::vector<std::string> all;
        for (int i = from; i < to; ++i)
            all.push_back("line " + std::to_string(i));
        return all;
    }

private Q_SLOTS:
    void readsAllFilesInTheirOrder() { QCOMPARE(texts(LogReader::open(threeFiles(), {})), lines(0, 5000)); }

    void readsTheTail_data() {
        QTest::addColumn<int>("count");
        for (const int count : {0, 1, 2, 1999, 2000, 2001, 4000, 4001, 4999, 5000})
            QTest::addRow("%d", count) << count;
    }
    void readsTheTail() {
        QFETCH(int, count);
        QCOMPARE(texts(LogReader::open(threeFiles(), {.tail = count})), lines(5000 - count, 5000));
    }
    void aTailLongerThanTheLogIsAllOfIt() {
        QCOMPARE(texts(LogReader::open(threeFiles(), {.tail = 6000})), lines(0, 5000));
    }
    void readsSinceATime_data() {
        QTest::addColumn<int>("from");
        for (const int from : {0, 1, 999, 1000, 1001, 2500, 2999, 3000, 3001, 4999, 5000})
            QTest::addRow("%d", from) << from;
    }
    void readsSinceATime() {
        QFETCH(int, from);
        QCOMPARE(texts(LogReader::open(threeFiles(), {.since = kStart + from * kSecond})), lines(from, 5000));
    }
    void readsUntilATime() {
        QCOMPARE(texts(LogReader::open(threeFiles(),
                                       {.since = kStart + 990 * kSecond, .until = kStart + 1010 * kSecond})),
                 lines(990, 1011));
    }
    void aTailOfATimeIsItsLastLines() {
        QCOMPARE(texts(LogReader::open(threeFiles(), {.tail = 5, .until = kStart + 1002 * kSecond})),
                 lines(998, 1003));
        QCOMPARE(texts(LogReader::open(threeFiles(), {.tail = 5, .since = kStart + 4998 * kSecond})),
                 lines(4998, 5000));
        QCOMPARE(texts(LogReader::open(threeFiles(), {.tail = 5, .since = kStart + 3500 * kSecond})),
                 lines(4995, 5000));
    }
    void readsOneStream() {
        const auto errors = texts(LogReader::open(threeFiles(), {.output = false}));
        QCOMPARE(errors.size(), std::size_t(500));
        QCOMPARE(errors.front(), std::string("line 9"));
        QCOMPARE(texts(LogReader::open(threeFiles(), {.tail = 2, .output = false})),
                 (std::vector<std::string>{"line 4989", "line 4999"}));
    }
    void readsLinesWithAWord() {
        QCOMPARE(texts(LogReader::open(threeFiles(), {.contains = "999"})),
                 (std::vector<std::string>{"line 999", "line 1999", "line 2999", "line 3999", "line 4999"}));
        QCOMPARE(texts(LogReader::open(threeFiles(), {.tail = 3, .contains = "999"})),
                 (std::vector<std::string>{"line 2999", "line 3999", "line 4999"}));
    }
    void joinsPartsOfALine() {
        std::vector<UniqueFd> files;
        files.push_back(written(recordOf("one ", kStart) + recordOf("error\\n", kStart, "stderr")));
        files.push_back(written(recordOf("line\\n", kStart + 1) + recordOf("not yet over", kStart + 2)));
        QCOMPARE(texts(LogReader::open(std::move(files), {})),
                 (std::vector<std::string>{"error", "one line"}));
    }
    void partsOfALineAreOneInATail() {
        std::string bytes;
        for (int i = 0; i < 10; ++i)
            bytes += recordOf("a", kStart + i) + recordOf("b\\n", kStart + i);
        std::vector<UniqueFd> files;
        files.push_back(written(bytes));
        QCOMPARE(texts(LogReader::open(std::move(files), {.tail = 2})),
                 (std::vector<std::string>{"ab", "ab"}));
    }
    void goesOnWhenMoreIsWritten() {
        std::vector<UniqueFd> files;
        files.push_back(written(numbers(0, 1)));
        const UniqueFd writer(
            ::open(m_folder.filePath(QString::number(m_files)).toUtf8().constData(), O_WRONLY | O_APPEND));
        auto reader = LogReader::open(std::move(files), {});
        QVERIFY(reader.has_value());
        QCOMPARE(reader->next()->value().text, std::string("line 0"));
        QVERIFY(!reader->next()->has_value());
        // A record that has been written in part only is waited for.
        const std::string more = numbers(1, 2);
        QCOMPARE(::write(writer.get(), more.data(), 20), ssize_t(20));
        QVERIFY(!reader->next()->has_value());
        QCOMPARE(::write(writer.get(), more.data() + 20, more.size() - 20), ssize_t(more.size() - 20));
        QCOMPARE(reader->next()->value().text, std::string("line 1"));
    }
    void passesOverWhatIsNoRecord() {
        std::vector<UniqueFd> files;
        files.push_back(
            written(numbers(0, 2) + "{\"log\":\"cut\n" + std::string(3 << 20, 'x') + "\n" + numbers(2, 3)));
        QCOMPARE(texts(LogReader::open(std::move(files), {})), lines(0, 3));
    }
    void saysThatACompressedFileIsDamaged() {
        const std::string bytes = numbers(0, 5000);
        UniqueFd file = written(bytes, true);
        const UniqueFd writer(
            ::open(m_folder.filePath(QString::number(m_files)).toUtf8().constData(), O_WRONLY));
        struct stat info {};
        QCOMPARE(::fstat(file.get(), &info), 0);
        const std::string noise(64, '\xff');
        QCOMPARE(::pwrite(writer.get(), noise.data(), noise.size(), info.st_size / 2), ssize_t(noise.size()));
        std::vector<UniqueFd> files;
        files.push_back(std::move(file));
        QCOMPARE(texts(LogReader::open(std::move(files), {.tail = 1})),
                 (std::vector<std::string>{"a compressed log file is damaged"}));
    }
    void readsLittleOfALargeFile() {
        // Given a file of 200 MB, nearly all of it a hole that would be no record,
        UniqueFd file = written({});
        const UniqueFd writer(
            ::open(m_folder.filePath(QString::number(m_files)).toUtf8().constData(), O_WRONLY));
        const std::string end = "\n" + numbers(0, 100);
        QCOMPARE(::pwrite(writer.get(), end.data(), end.size(), 200 << 20), ssize_t(end.size()));
        auto log = LogFile::open(std::move(file));
        QVERIFY(log.has_value());
        // when the last lines are looked for, then they are found without reading the hole.
        const auto before = bytesRead();
        const auto tail = log->findTail(10);
        QVERIFY(tail.has_value());
        QCOMPARE(tail->lines, std::uint64_t(10));
        QVERIFY(bytesRead() - before < (1 << 20));
    }

private:
    static qint64 bytesRead() {
        QFile file(QStringLiteral("/proc/self/io"));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        return file.readLine().mid(7).trimmed().toLongLong(); // rchar: 123
    }
};

ESCALE_TEST(LogReaderTest)
#include "log_reader_test.moc"
