#include "engine/base/file.h"
#include "engine/container/log_folder.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <atomic>
#include <cstdio>
#include <memory>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace escale;

class LogFolderTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_log;

    void write(const std::string& suffix, const std::string& content) {
        QVERIFY(writeFileAtomically(m_log + suffix, content).has_value());
    }
    static std::vector<std::string> contents(const Result<std::vector<UniqueFd>>& files) {
        std::vector<std::string> all;
        if (!files)
            return {files.error().message};
        for (const UniqueFd& file : *files)
            all.push_back(readFd(file.get()).value_or("?"));
        return all;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_log = m_folder->filePath(QStringLiteral("container.log")).toStdString();
    }
    void theOldestComesFirst() {
        write("", "now");
        write(".1", "before");
        write(".2.gz", "long before");
        write(".3.gz", "first");
        QCOMPARE(contents(openLogFiles(m_log, 5)),
                 (std::vector<std::string>{"first", "long before", "before", "now"}));
    }
    void aFileThatIsBeingCompressedComesOnce() {
        write("", "now");
        write(".1", "before");
        write(".1.gz", "before, compressed");
        QCOMPARE(contents(openLogFiles(m_log, 5)), (std::vector<std::string>{"before", "now"}));
    }
    void noMoreThanAMessageMayCarry() {
        write("", "now");
        for (int i = 1; i < 40; ++i)
            write("." + std::to_string(i), std::to_string(i));
        const auto files = openLogFiles(m_log, 40);
        QCOMPARE(contents(files).size(), kMostLogFiles);
        QCOMPARE(contents(openLogFiles(m_log, 40)).front(), std::string("15"));
    }
    void thereIsNoLogYet() { QCOMPARE(openLogFiles(m_log, 5).error().code, ErrorCode::NotFound); }
    void aLinkIsNotFollowed() {
        write("", "now");
        QVERIFY(::symlink("/etc/passwd", (m_log + ".1").c_str()) == 0);
        QVERIFY(!openLogFiles(m_log, 5).has_value());
    }
    // Given a writer that puts the file aside all the time,
    // when it is opened, then there are always neighbours, without a gap.
    void leavesNoneOutWhileFilesAreMoved() {
        std::atomic<bool> stop = false;
        write("", "0");
        std::thread writer([&] {
            for (int number = 1; !stop; ++number) {
                for (int i = 3; i > 1; --i)
                    (void)std::rename((m_log + "." + std::to_string(i - 1)).c_str(),
                                      (m_log + "." + std::to_string(i)).c_str());
                if (::link(m_log.c_str(), (m_log + ".1").c_str()) == 0)
                    (void)writeFileAtomically(m_log, std::to_string(number));
            }
        });
        std::vector<std::string> wrong;
        for (int round = 0; round < 300 && wrong.empty(); ++round) {
            const auto found = contents(openLogFiles(m_log, 4));
            for (std::size_t i = 1; i < found.size(); ++i) {
                if (std::stoi(found[i]) != std::stoi(found[i - 1]) + 1)
                    wrong = found;
            }
        }
        stop = true;
        writer.join();
        QCOMPARE(wrong, std::vector<std::string>());
    }
};

ESCALE_TEST(LogFolderTest)
#include "log_folder_test.moc"
