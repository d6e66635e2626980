#include "engine/build/context_list.h"

#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <filesystem>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
namespace fs = std::filesystem;

namespace {

struct Folder {
    QTemporaryDir dir;
    std::string path = dir.path().toStdString();
    UniqueFd fd{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};

    void write(const std::string& name, const std::string& text = "x") const {
        fs::create_directories(fs::path(path + '/' + name).parent_path());
        if (!writeFileAtomically(path + '/' + name, text, 0644))
            qFatal("cannot write a file");
    }
    [[nodiscard]] Result<std::vector<ContextEntry>> list(const std::string& ignore = {}) const {
        const Cancellation never;
        return listContext(fd.get(), *IgnoreFile::parse(ignore), never);
    }
    /// "a a/b": paths, in their order.
    [[nodiscard]] std::string names(const std::string& ignore = {}) const {
        const auto entries = list(ignore);
        if (!entries)
            return "error: " + entries.error().message;
        std::string text;
        for (const auto& entry : *entries)
            text += (text.empty() ? "" : " ") + entry.path;
        return text;
    }
};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

} // namespace

class ContextListTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void listsFoldersBeforeWhatIsInThem() {
        const Folder folder;
        for (const char* name : {"b", "a/x", "a/y/z", "a.c", "a-b"})
            folder.write(name);
        QCOMPARE(folder.names(), std::string("a a/x a/y a/y/z a-b a.c b"));
    }
    void tellsWhatEachEntryIs() {
        const Folder folder;
        folder.write("file", "12345");
        ::chmod((folder.path + "/file").c_str(), 0750);
        fs::create_symlink("file", folder.path + "/link");
        ::mkfifo((folder.path + "/pipe").c_str(), 0600);
        const auto entries = folder.list();
        VERIFY_RESULT(entries);
        QCOMPARE(entries->size(), std::size_t(2));
        QCOMPARE(entries->at(0).size, std::uint64_t(5));
        QCOMPARE(entries->at(0).mode & 07777U, 0750U);
        QVERIFY(entries->at(0).modified > 0);
        QCOMPARE(entries->at(1).target, std::string("file"));
    }
    void leavesOutWhatIsIgnored() {
        const Folder folder;
        for (const char* name : {"keep", "log/a", "log/keep/b", "node_modules/c/d", "x.o"})
            folder.write(name);
        QCOMPARE(folder.names("log\n!log/keep\nnode_modules\n*.o"),
                 std::string("keep log log/keep log/keep/b"));
        QCOMPARE(folder.names("log\n!log/nothing\nnode_modules\n*.o"), std::string("keep"));
    }
    void doesNotEnterWhatNobodyWants() {
        const Folder folder;
        folder.write("closed/a");
        ::chmod(folder.path.c_str(), 0755);
        ::chmod((folder.path + "/closed").c_str(), 0);
        const auto root = ::setfsuid(65534); // root would read it
        const std::string without = folder.names("closed");
        const std::string with = folder.names();
        ::setfsuid(static_cast<uid_t>(root));
        ::chmod((folder.path + "/closed").c_str(), 0755);
        QCOMPARE(without, std::string());
        QVERIFY2(with.find("error: closed: cannot open closed") == 0, with.c_str());
    }
    void neverFollowsALink() {
        const Folder folder;
        const Folder other;
        other.write("secret");
        fs::create_directory_symlink(other.path, folder.path + "/out");
        QCOMPARE(folder.names(), std::string("out"));
    }
    void endsWhenItIsCancelled() {
        const Folder folder;
        Cancellation cancelled;
        cancelled.cancel();
        QCOMPARE(listContext(folder.fd.get(), {}, cancelled).error().code, ErrorCode::Cancelled);
    }

    void onlyWhatHasChangedIsNeeded() {
        const Folder folder;
        for (const char* name : {"same", "changed", "gone", "kind", "old/x"})
            folder.write(name);
        const auto old = folder.list();
        folder.write("changed", "longer");
        folder.write("new/y");
        fs::remove(folder.path + "/gone");
        fs::remove_all(folder.path + "/old");
        fs::remove(folder.path + "/kind");
        fs::create_symlink("same", folder.path + "/kind");
        const auto now = folder.list();
        const ContextChanges changes = compareContexts(*old, *now);
        QCOMPARE(joined(changes.needed), std::string("changed kind new new/y"));
        QCOMPARE(joined(changes.removed), std::string("gone kind old old/x"));
        QVERIFY(compareContexts(*now, *now).needed.empty());
        QCOMPARE(compareContexts({}, *now).needed.size(), now->size());
    }

    void leadsOut_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("out");
        QTest::newRow("beside") << "a/link"
                                << "file" << false;
        QTest::newRow("above, inside") << "a/link"
                                       << "../file" << false;
        QTest::newRow("above, outside") << "a/link"
                                        << "../../file" << true;
        QTest::newRow("by a detour") << "link"
                                     << "a/../../x" << true;
        QTest::newRow("the root itself") << "a/link"
                                         << ".." << false;
        QTest::newRow("above the root") << "link"
                                        << ".." << true;
        QTest::newRow("absolute") << "link"
                                  << "/etc/passwd" << true;
        QTest::newRow("two dots in a name") << "link"
                                            << "..a" << false;
    }
    void leadsOut() {
        QFETCH(QString, path);
        QFETCH(QString, target);
        QTEST(escale::leadsOut({path.toStdString(), S_IFLNK | 0777, 0, 0, target.toStdString()}), "out");
    }
};
ESCALE_TEST(ContextListTest)

#include "context_list_test.moc"
