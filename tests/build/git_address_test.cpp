// What ADD's addresses mean: repositories, and files of the web.
#include "engine/build/git_address.h"
#include "engine/build/web_address.h"
#include "tests/support/test_registry.h"

using namespace escale;

class GitAddressTest : public QObject {
    Q_OBJECT

    static void row(const char* address, const char* remote, const char* ref = "", const char* folder = "",
                    const char* user = "", const char* password = "") {
        QTest::newRow(address) << QString::fromUtf8(address) << QString::fromUtf8(remote)
                               << QString::fromUtf8(ref) << QString::fromUtf8(folder)
                               << QString::fromUtf8(user) << QString::fromUtf8(password);
    }

private Q_SLOTS:
    void aRepositoryIsReadInDockersForms_data() {
        for (const char* column : {"address", "remote", "ref", "folder", "user", "password"})
            QTest::addColumn<QString>(column);
        row("https://example.org/x.git", "https://example.org/x.git");
        row("HTTPS://example.org/x.git", "https://example.org/x.git");
        row("http://example.org:8080/a/x.git#v1.0", "http://example.org:8080/a/x.git", "v1.0");
        row("git://example.org/x.git#main:src/app", "git://example.org/x.git", "main", "src/app");
        row("https://[::1]:80/x.git#:docs", "https://[::1]:80/x.git", "", "docs");
        row("https://example.org/x.git#feature/a:./b//c/", "https://example.org/x.git", "feature/a", "b/c");
        row("https://example.org/x.git#main:a/../b", "https://example.org/x.git", "main", "b");
        row("https://me:s%40cret@example.org/x.git", "https://example.org/x.git", "", "", "me", "s@cret");
        row("https://token@example.org/x.git", "https://example.org/x.git", "", "", "token");
        row("git@example.org:team/x.git", "git@example.org:team/x.git");
        row("git@example.org:team/x.git#v2:d", "git@example.org:team/x.git", "v2", "d");
        row("ssh://git@example.org:22/x.git#v2", "ssh://git@example.org:22/x.git", "v2");
        row("github.com/team/x#main", "https://github.com/team/x", "main");
        row("https://example.org/x.git?branch=main", "https://example.org/x.git", "refs/heads/main");
        row("https://example.org/x.git?tag=v1&subdir=a", "https://example.org/x.git", "refs/tags/v1", "a");
        row("https://example.org/x.git?ref=refs/pull/1/head", "https://example.org/x.git",
            "refs/pull/1/head");
        row("git@example.org:x.git?subdir=/s#v1", "git@example.org:x.git", "v1", "s");
    }
    void aRepositoryIsReadInDockersForms() {
        QFETCH(const QString, address);
        const auto read = GitAddress::parse(address.toStdString());
        VERIFY_RESULT(read);
        QTEST(QString::fromStdString(read->remote), "remote");
        QTEST(QString::fromStdString(read->ref), "ref");
        QTEST(QString::fromStdString(read->folder), "folder");
        QTEST(QString::fromStdString(read->user), "user");
        QTEST(QString::fromStdString(read->password), "password");
    }

    void itsParametersSayWhatIsTaken() {
        const auto read = GitAddress::parse(
            "https://example.org/x.git?keep-git-dir&submodules=false&checksum=0123456789ABCDEF");
        VERIFY_RESULT(read);
        QCOMPARE(read->keepsGitFolder, std::optional(true));
        QCOMPARE(read->takesSubmodules, std::optional(false));
        QCOMPARE(read->commit, std::string("0123456789abcdef"));
    }

    void whatGitCouldTakeForSomethingElseIsRefused_data() {
        QTest::addColumn<QString>("address");
        for (const char* address : {"file:///etc/x.git",
                                    "ext::sh -c id",
                                    "--upload-pack=touch /x",
                                    "/srv/x.git",
                                    "x.git",
                                    "https://-oProxyCommand=x/x.git",
                                    "ssh://-oProxyCommand=id/x.git",
                                    "ssh://-l@host/x.git",
                                    "git@-host:x.git",
                                    "git@host:-x",
                                    "git@host:",
                                    "https://host",
                                    "https:///x.git",
                                    "https://ho st/x.git",
                                    "https://host/x y.git",
                                    "https://host/x.git#-v",
                                    "https://host/x.git#--all",
                                    "https://host/x.git#a..b",
                                    "https://host/x.git#a:..",
                                    "https://host/x.git#a:b/../../c",
                                    "https://host/x.git#a b",
                                    "https://host/x.git#%2dx",
                                    "https://host/x.git#a@{1}",
                                    "https://host/x.git#+refs/heads/*:refs/heads/*",
                                    "https://host/x.git?branch=-x#y",
                                    "https://host/x.git?ref=a#b",
                                    "https://host/x.git?upload-pack=x",
                                    "https://host/x.git?commit=xyz",
                                    "https://host/x.git#a%0ab",
                                    "https://host/x.git\n"})
            QTest::newRow(address) << QString::fromUtf8(address);
    }
    void whatGitCouldTakeForSomethingElseIsRefused() {
        QFETCH(const QString, address);
        const auto read = GitAddress::parse(address.toStdString());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::InvalidArgument);
    }

    void anErrorShowsNoPassword() {
        const auto read = GitAddress::parse("https://me:s3cret@example.org/x.git#-x");
        QVERIFY(!read);
        QVERIFY2(read.error().text().find("s3cret") == std::string::npos, read.error().text().c_str());
    }

    void addTellsRepositoriesFromFilesAndFolders() {
        for (const char* address : {"https://h/x.git", "https://h/x.git#main", "http://h/x.git?tag=1",
                                    "git://h/x", "ssh://h/x", "git@h:x"})
            QVERIFY2(isGitAddress(address), address);
        for (const char* source : {"https://h/x.tar.gz", "https://h/x.git.zip", "github.com/a/b", "src",
                                   "a:b", "./git@h:x", "ftp://h/x.git", ""})
            QVERIFY2(!isGitAddress(source), source);
    }

    void aFileIsCalledByTheLastPartOfItsPath_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << "https://h/a/file.txt"
                               << "file.txt";
        QTest::newRow("query") << "https://h/a/file.txt?v=/1#x"
                               << "file.txt";
        QTest::newRow("encoded") << "https://h/a%20b.txt"
                                 << "a b.txt";
        QTest::newRow("encoded slash") << "https://h/..%2f..%2fetc%2fpasswd"
                                       << "passwd";
        QTest::newRow("folder") << "https://h/a/"
                                << "a";
        QTest::newRow("none") << "https://h"
                              << "__unnamed__";
        QTest::newRow("root") << "https://h/?x"
                              << "__unnamed__";
        QTest::newRow("up") << "https://h/a/%2e%2e"
                            << "__unnamed__";
        QTest::newRow("null") << "https://h/a%00b"
                              << "__unnamed__";
        QTest::newRow("cut") << "https://h/a%4"
                             << "a%4";
    }
    void aFileIsCalledByTheLastPartOfItsPath() {
        QFETCH(const QString, address);
        QTEST(QString::fromStdString(fileNameOf(address.toStdString())), "name");
    }

    void onlyTheWebIsDownloadedFrom() {
        VERIFY_RESULT(checkWebAddress("https://user:pw@example.org:8443/x?y=z"));
        for (const char* address :
             {"file:///etc/shadow", "unix:///run/x.sock", "ftp://h/x", "https://", "https://me@/x",
              "https:///x", "http://h/a b", "http://h/a\nb", "gopher://h"})
            QVERIFY2(!checkWebAddress(address), address);
    }

    void messagesNameAnAddressWithoutItsUser() {
        QCOMPARE(withoutUserInfo("https://me:p@ss@h:1/x@y?a@b"), std::string("https://h:1/x@y?a@b"));
        QCOMPARE(withoutUserInfo("https://h/x@y"), std::string("https://h/x@y"));
        QCOMPARE(withoutUserInfo("git@h:x"), std::string("git@h:x"));
    }
};

ESCALE_TEST(GitAddressTest)
#include "git_address_test.moc"
