#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <memory>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;

class FileTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;

    std::string in(const std::string& name) const { return m_path + "/" + name; }
    UniqueFd folder() const { return std::move(*openFile(m_path, O_PATH | O_DIRECTORY)); }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->path().toStdString();
        VERIFY_RESULT(makeDirectories(in("root/etc")));
        VERIFY_RESULT(writeFileAtomically(in("root/etc/name"), "inside"));
        VERIFY_RESULT(writeFileAtomically(in("secret"), "outside"));
    }

    void writesAtomicallyWithItsMode() {
        VERIFY_RESULT(writeFileAtomically(in("x"), "one", 0644));
        VERIFY_RESULT(writeFileAtomically(in("x"), "two", 0640));
        QCOMPARE(*readFile(in("x")), std::string("two"));
        struct stat status {};
        QCOMPARE(::stat(in("x").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0640U);
    }
    void replacesALinkNotItsTarget() {
        QCOMPARE(::symlink("secret", in("link").c_str()), 0);
        VERIFY_RESULT(writeFileAtomically(in("link"), "new"));
        QCOMPARE(*readFile(in("secret")), std::string("outside"));
        QCOMPARE(*readFile(in("link")), std::string("new"));
    }
    void leavesNoTemporaryFileWhenItCannotWrite() {
        VERIFY_RESULT(makeDirectories(in("x"))); // a folder is in the way of the rename
        const auto before = listDirectory(m_path);
        QVERIFY(!writeFileAtomically(in("x"), "one"));
        QCOMPARE(*listDirectory(m_path), *before);
    }
    void refusesAFileThatIsTooLong() {
        VERIFY_RESULT(writeFileAtomically(in("x"), std::string(100000, 'x')));
        QCOMPARE(readFile(in("x"), 99999).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(readFile(in("x"), 100000)->size(), std::size_t{100000});
        QCOMPARE(readFile("/dev/zero", 4096).error().code, ErrorCode::InvalidArgument);
    }
    void namesTheFileItCannotRead() {
        const auto content = readFile(in("missing"));
        QCOMPARE(content.error().code, ErrorCode::NotFound);
        QVERIFY(content.error().message.find("missing") != std::string::npos);
    }

    void opensBeneathOnlyWhatIsThere_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("parent") << QByteArray("../secret");
        QTest::newRow("parent in the middle") << QByteArray("etc/../../secret");
        QTest::newRow("absolute") << QByteArray("/etc/passwd");
        QTest::newRow("link out") << QByteArray("out");
        QTest::newRow("link inside") << QByteArray("alias/name");
        QTest::newRow("magic link") << QByteArray("self/root/etc/passwd");
    }
    void opensBeneathOnlyWhatIsThere() {
        QFETCH(QByteArray, path);
        QCOMPARE(::symlink("../secret", in("root/out").c_str()), 0);
        QCOMPARE(::symlink("etc", in("root/alias").c_str()), 0);
        QCOMPARE(::symlink("/proc/self", in("root/self").c_str()), 0);
        const UniqueFd root = std::move(*openFile(in("root"), O_PATH | O_DIRECTORY));
        VERIFY_RESULT(openBeneath(root.get(), "etc/name", O_RDONLY));
        QVERIFY(!openBeneath(root.get(), path.toStdString(), O_RDONLY));
    }
    void staysInTheRootWhateverThePathSays_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("plain") << QByteArray("etc/name");
        QTest::newRow("absolute") << QByteArray("/etc/name");
        QTest::newRow("parents") << QByteArray("../../../etc/name");
        QTest::newRow("absolute link") << QByteArray("absolute");
        QTest::newRow("link with parents") << QByteArray("parents/name");
    }
    void staysInTheRootWhateverThePathSays() {
        QFETCH(QByteArray, path);
        QCOMPARE(::symlink("/etc/name", in("root/absolute").c_str()), 0);
        QCOMPARE(::symlink("../../../../etc", in("root/parents").c_str()), 0);
        const UniqueFd root = std::move(*openFile(in("root"), O_PATH | O_DIRECTORY));
        const auto file = openInRoot(root.get(), path.toStdString(), O_RDONLY);
        VERIFY_RESULT(file);
        QCOMPARE(*readFd(file->get()), std::string("inside"));
    }

    void makesFoldersAndTheirParents() {
        VERIFY_RESULT(makeDirectories(in("a/b/c/")));
        VERIFY_RESULT(makeDirectories(in("a/b/c")));
        QVERIFY(exists(in("a/b/c")));
    }
    void refusesAFolderWhoseNameIsTaken() { QVERIFY(!makeDirectories(in("secret"))); }

    void removesATreeButNotWhatItsLinksPointTo() {
        QCOMPARE(::symlink("../secret", in("root/file").c_str()), 0);
        QCOMPARE(::symlink("..", in("root/etc/folder").c_str()), 0);
        QCOMPARE(::symlink("/", in("root/etc/slash").c_str()), 0);
        QCOMPARE(::mkfifo(in("root/etc/fifo").c_str(), 0600), 0);
        VERIFY_RESULT(removeTree(in("root")));
        QCOMPARE(*listDirectory(m_path), std::vector<std::string>{"secret"});
    }
    void removesALinkToAFolderOnly() {
        QCOMPARE(::symlink("root", in("link").c_str()), 0);
        VERIFY_RESULT(removeTree(in("link")));
        QVERIFY(exists(in("root/etc/name")));
    }
    void removesATreeDeeperThanTheLimitOfDescriptors() {
        // Deeper than PATH_MAX allows to name, with names that the removal itself uses.
        UniqueFd level = folder();
        for (int i = 0; i < 5000; ++i) {
            const std::string name = i % 3 == 0 ? ".removed-0" : "d";
            QCOMPARE(::mkdirat(level.get(), name.c_str(), 0700), 0);
            if (i % 100 == 0)
                VERIFY_RESULT(openFileAt(level.get(), "file", O_CREAT | O_WRONLY, 0600));
            level = std::move(*openFileAt(level.get(), name, O_PATH | O_DIRECTORY));
        }
        level.reset();
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit low{256, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);
        const auto removed = removeTree(in(".removed-0"));
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        VERIFY_RESULT(removed);
        QVERIFY(!exists(in(".removed-0")));
    }
    void removesWhatIsNotThereWithoutAnError() {
        VERIFY_RESULT(removeTree(in("missing")));
        VERIFY_RESULT(removeTree(in("missing/deeper")));
    }
    void refusesToRemoveWhatIsNoName_data() {
        QTest::addColumn<QByteArray>("path");
        for (const char* path : {"", "/", "///", ".", "..", "x/.", "x/..", "x/../"})
            QTest::newRow(path) << QByteArray(path);
    }
    void refusesToRemoveWhatIsNoName() {
        QFETCH(QByteArray, path);
        const UniqueFd directory = folder();
        QCOMPARE(removeTreeAt(directory.get(), path.toStdString()).error().code, ErrorCode::InvalidArgument);
    }
};
ESCALE_TEST(FileTest)

#include "file_test.moc"
