#include "engine/base/file.h"
#include "engine/base/made_step_json.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

using namespace escale;

namespace {

const MadeSteps kSteps{
    {MadeBy::Engine, "overlay-mount", {{"target", "/run/x"}, {"lower", "/a:/b"}}, 1000, 20},
    {MadeBy::Runtime, "clone3", {{"flags", "CLONE_NEWNS|CLONE_NEWPID"}, {"pid", "12"}}, 1030, 5},
    {MadeBy::Container, "hostname-set", {{"name", "caf\xc3\xa9"}}, 1040, 0},
    {MadeBy::Container, "start-wait", {}, 0, -1},
    {MadeBy::Container, "seccomp-load", {{"instructions", "9"}}, 0, -1},
    {MadeBy::Container, "execute", {{"program", "/bin/true"}}, 0, -1}};

bool isSame(const MadeStep& one, const MadeStep& other) {
    return one.by == other.by && one.operation == other.operation && one.details == other.details &&
           one.begin == other.begin && one.duration == other.duration;
}

std::string bytesOf(const std::vector<std::int64_t>& times) {
    std::string bytes(reinterpret_cast<const char*>(times.data()), times.size() * sizeof(std::int64_t));
    bytes.resize(madeTimesSize(times.size() - 1), '\1');
    return bytes;
}

// A record in a folder of its own, with the times beside it.
class RecordFiles {
public:
    explicit RecordFiles(const std::string& json, const std::vector<std::int64_t>& times = {}) {
        write(record(), json);
        if (!times.empty())
            write(madeTimesFile(record()), bytesOf(times));
    }
    [[nodiscard]] std::string record() const { return m_folder.filePath("making").toStdString(); }
    static void write(const std::string& path, const std::string& bytes) {
        QVERIFY(writeFileAtomically(path, bytes).has_value());
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

class MadeStepJsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItWrote() {
        const auto read = parseMadeSteps(madeStepsToJson(kSteps));
        VERIFY_RESULT(read);
        QVERIFY(std::equal(read->begin(), read->end(), kSteps.begin(), kSteps.end(), isSame));
    }
    void replacesWhatIsNoText() {
        const auto read =
            parseMadeSteps(madeStepsToJson({{MadeBy::Engine, "file-write", {{"path", "/a\xff"}}, 1, 1}}));
        VERIFY_RESULT(read);
        QCOMPARE(read->front().detail("path"), std::string_view("/a\xef\xbf\xbd"));
    }
    void refusesWhatIsNoRecord_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("named");
        const QByteArray head = R"({"steps":[{"by":"engine","operation":"x",)";
        const auto row = [](const char* name, const QByteArray& text, const char* named) {
            QTest::newRow(name) << text << QString(named);
        };
        row("empty", "", "not valid JSON");
        row("cut off", head, "not valid JSON");
        row("a list", "[]", "steps");
        row("something beside", R"({"steps":[],"more":1})", "steps");
        row("no maker", R"({"steps":[{"by":"nobody"}]})", "step 0: \"by\"");
        row("no operation", R"({"steps":[{"by":"engine","operation":""}]})", "operation");
        row("no details", head + R"("begin":1,"duration":1}]})", "details");
        row("details of three", head + R"("details":[["a","b","c"]],"begin":1,"duration":1}]})", "details");
        row("a number in details", head + R"("details":[["a",1]],"begin":1,"duration":1}]})", "details");
        row("no time", head + R"("details":[],"begin":"now","duration":1}]})", "begin");
        row("late", head + R"("details":[],"begin":9223372036854775807,"duration":1}]})", "begin");
        row("negative", head + R"("details":[],"begin":1,"duration":-2}]})", "duration");
        row("unknown member", head + R"("details":[],"begin":1,"duration":1,"x":1}]})", "\"x\"");
        row("too many", R"({"steps":[)" + QByteArray("1,").repeated(10'000) + "1]}", "10000");
        row("too long", QByteArray((4 << 20) + 1, ' '), "longer");
    }
    void refusesWhatIsNoRecord() {
        QFETCH(QByteArray, text);
        QFETCH(QString, named);
        const auto read = parseMadeSteps(text.toStdString());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(QString::fromStdString(read.error().text()).contains(named), read.error().text().c_str());
    }
    void joinsTheTimesOfTheLastSteps() {
        // The page has the times of the step before, too: only its end is looked at.
        const RecordFiles files(madeStepsToJson(kSteps), {1035, 1040, 1040, 1900, 2000, 0});
        const auto read = readMadeSteps(files.record());
        VERIFY_RESULT(read);
        QCOMPARE(read->size(), kSteps.size());
        const auto time = [&](std::size_t i) { return std::pair((*read)[i].begin, (*read)[i].duration); };
        QCOMPARE(time(2), std::pair(std::int64_t{1040}, std::int64_t{0}));
        QCOMPARE(time(3), std::pair(std::int64_t{1040}, std::int64_t{860}));
        QCOMPARE(time(4), std::pair(std::int64_t{1900}, std::int64_t{100}));
        QCOMPARE(time(5), std::pair(std::int64_t{2000}, std::int64_t{-1}));
    }
    void leavesOutWhatHasNotBegun() {
        const RecordFiles files(madeStepsToJson(kSteps), {1035, 1040, 1040, 0, 0, 0});
        const auto read = readMadeSteps(files.record());
        VERIFY_RESULT(read);
        QCOMPARE(read->size(), std::size_t{4});
        QCOMPARE(read->back().operation, std::string("start-wait"));
        QCOMPARE(read->back().duration, std::int64_t{-1});
    }
    void saysWhatNobodyKnows() {
        const RecordFiles files(madeStepsToJson(kSteps), {1035, 1040, 1040, 1900, -1, 0});
        const auto read = readMadeSteps(files.record());
        VERIFY_RESULT(read);
        const auto time = [&](std::size_t i) { return std::pair((*read)[i].begin, (*read)[i].duration); };
        QCOMPARE(time(4), std::pair(std::int64_t{1900}, std::int64_t{-1}));
        QCOMPARE(time(5), std::pair(std::int64_t{1900}, std::int64_t{-1}));
    }
    void needsNoTimesWhenAllAreThere() {
        const RecordFiles files(madeStepsToJson(MadeSteps(kSteps.begin(), kSteps.begin() + 3)));
        const auto read = readMadeSteps(files.record());
        VERIFY_RESULT(read);
        QCOMPARE(read->size(), std::size_t{3});
    }
    void namesADamagedFile_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("times");
        QTest::addColumn<bool>("timesNamed");
        const QByteArray json = QByteArray::fromStdString(madeStepsToJson(kSteps));
        const auto bytes = [](const std::vector<std::int64_t>& times) {
            return QByteArray::fromStdString(bytesOf(times));
        };
        const QByteArray whole = bytes({1035, 1040, 1040, 1900, 2000, 0});
        QTest::newRow("cut JSON") << json.chopped(10) << whole << false;
        QTest::newRow("empty JSON") << QByteArray("") << whole << false;
        QTest::newRow("no times") << json << QByteArray("") << true;
        QTest::newRow("times within a number") << json << whole.chopped(3) << true;
        QTest::newRow("too few times") << json << bytes({1035, 1040, 1040}) << true;
        QTest::newRow("too many times") << json << QByteArray(120'020, '\0') << true;
        QTest::newRow("negative") << json << bytes({-2, 1040, 1040, 1900, 2000, 0}) << true;
        QTest::newRow("backwards") << json << bytes({1035, 1040, 1040, 1900, 1800, 0}) << true;
        QTest::newRow("a hole") << json << bytes({1035, 1040, 0, 1900, 2000, 0}) << true;
    }
    void namesADamagedFile() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, times);
        QFETCH(bool, timesNamed);
        const RecordFiles files(json.toStdString());
        RecordFiles::write(madeTimesFile(files.record()), times.toStdString());
        const auto read = readMadeSteps(files.record());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::InvalidArgument);
        const std::string named = timesNamed ? madeTimesFile(files.record()) : files.record() + ":";
        QVERIFY2(read.error().text().find(named) != std::string::npos, read.error().text().c_str());
    }
    void saysThatThereIsNone() {
        const auto read = readMadeSteps("/nowhere/making");
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::NotFound);
    }
};

ESCALE_TEST(MadeStepJsonTest)
#include "made_step_json_test.moc"
