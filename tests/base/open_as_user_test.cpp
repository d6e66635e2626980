#include "engine/base/open_as_user.h"

#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;

namespace {

const UserCredentials kAlice{1000, 1000, {1000}};
const UserCredentials kBob{1001, 1001, {1001, 4711}};

} // namespace

class OpenAsUserTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;

    std::string make(const char* name, uid_t uid, gid_t gid, mode_t mode) {
        const std::string path = m_folder.filePath(name).toStdString();
        ::mkdir(path.c_str(), 0700);
        ::chown(path.c_str(), uid, gid);
        ::chmod(path.c_str(), mode);
        return path;
    }

private Q_SLOTS:
    void initTestCase() {
        if (::geteuid() != 0)
            QSKIP("needs root");
        ::chmod(m_folder.path().toLocal8Bit().constData(), 0755);
    }
    void opensWhatTheUserMayOpen() {
        const auto path = make("hers", 1000, 1000, 0700);
        VERIFY_RESULT(openAsUser(kAlice, path, O_RDONLY | O_DIRECTORY));
    }
    void refusesAFolderThatIsAnotherUsersAlone() {
        const auto path = make("private", 1000, 1000, 0700);
        QCOMPARE(openAsUser(kBob, path, O_RDONLY | O_DIRECTORY).error().code, ErrorCode::PermissionDenied);
    }
    void refusesWhatLiesInAFolderThatTheUserCannotSearch() {
        const auto path = make("closed", 1000, 1000, 0700) + "/open";
        ::mkdir(path.c_str(), 0777);
        QCOMPARE(openAsUser(kBob, path, O_PATH).error().code, ErrorCode::PermissionDenied);
    }
    void countsTheUsersFurtherGroups() {
        const auto path = make("shared", 0, 4711, 0770);
        VERIFY_RESULT(openAsUser(kBob, path, O_RDONLY));
        QCOMPARE(openAsUser(kAlice, path, O_RDONLY).error().code, ErrorCode::PermissionDenied);
    }
    void followsNoMagicLink() { QVERIFY(!openAsUser(kAlice, "/proc/self/root/tmp", O_PATH)); }
    void makesFoldersThatAreTheUsers() {
        const auto path = make("home", 1000, 1000, 0755) + "/a/b";
        VERIFY_RESULT(makeFolderAsUser(kAlice, path));
        struct stat info {};
        QCOMPARE(::stat(path.c_str(), &info), 0);
        QCOMPARE(info.st_uid, 1000U);
        QCOMPARE(info.st_gid, 1000U);
        QCOMPARE(makeFolderAsUser(kBob, path + "/c").error().code, ErrorCode::PermissionDenied);
    }
    void tellsWhetherTheUserMayReadWhatIsOpen() {
        const auto path = make("secret", 1000, 1000, 0700);
        const auto fd = openFile(path, O_PATH);
        VERIFY_RESULT(fd);
        VERIFY_RESULT(checkAccessAsUser(kAlice, fd->get(), R_OK | X_OK, "cannot read it"));
        QCOMPARE(checkAccessAsUser(kBob, fd->get(), X_OK, "cannot read it").error().code,
                 ErrorCode::PermissionDenied);
    }
    void leavesTheOtherThreadsAsTheyAre() {
        const auto path = make("roots", 0, 0, 0700);
        VERIFY_RESULT(openAsUser(kAlice, m_folder.path().toStdString(), O_PATH));
        VERIFY_RESULT(openFile(path, O_RDONLY | O_DIRECTORY));
        QCOMPARE(::geteuid(), 0U);
    }
    void looksUpAUsersGroups() {
        const auto root = credentialsOf(0);
        VERIFY_RESULT(root);
        QCOMPARE(root->gid, 0U);
        const auto unknown = credentialsOf(3999999999U);
        VERIFY_RESULT(unknown);
        QCOMPARE(unknown->gid, 65534U);
    }
};

ESCALE_TEST(OpenAsUserTest)
#include "open_as_user_test.moc"
