// Repositories through the real escale-worker and the machine's git: served by git daemon, and as plain files
// over HTTP.
#include "helper/worker/git_worker.h"

#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/support/scripted_http_server.h"
#include "tests/support/test_registry.h"

#include <QScopeGuard>
#include <QTemporaryDir>

#include <arpa/inet.h>
#include <fcntl.h>
#include <filesystem>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

constexpr uid_t kRoot = 0x70000000; // a container's root, on the host
const std::string kWorker = ESCALE_BIN "/escale-worker";

std::string trimmed(std::string text) {
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

std::uint16_t freePort() {
    const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket.get(), generic, size) != 0 || ::getsockname(socket.get(), generic, &size) != 0)
        return 0;
    return ntohs(address.sin_port);
}

bool answers(std::uint16_t port) {
    const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

} // namespace

class GitTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_served;
    std::string m_work; // the repository that is pushed from
    std::unique_ptr<Subprocess> m_daemon;
    std::uint16_t m_port = 0;
    std::unique_ptr<QTemporaryDir> m_target;
    UniqueFd m_folder;

    Result<std::string> gitIn(const std::string& folder, std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"/usr/bin/git", "-C", folder, "-c", "user.name=A", "-c",
                                             "user.email=a@example.org", "-c", "protocol.file.allow=always"});
        return runProgram(std::move(arguments)).map(trimmed);
    }
    Result<std::string> git(std::vector<std::string> arguments) {
        return gitIn(m_work, std::move(arguments));
    }
    [[nodiscard]] std::string served(const std::string& name) const {
        return m_served.filePath(QString::fromStdString(name)).toStdString();
    }
    [[nodiscard]] std::string address(const std::string& rest) const {
        return "git://127.0.0.1:" + std::to_string(m_port) + "/" + rest;
    }
    static GitRequest request(const std::string& address) { return {.address = address, .user = kRoot}; }
    Result<GitCheckout> checkOut(const GitRequest& request) {
        m_target = std::make_unique<QTemporaryDir>();
        (void)::chown(m_target->path().toUtf8().constData(), kRoot, kRoot);
        m_folder =
            UniqueFd(::open(m_target->path().toUtf8().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        return checkOutGit(kWorker, request, m_folder.get(), {}, Cancellation());
    }
    static std::vector<std::string> names(const UniqueFd& folder) {
        return listDirectory("/proc/self/fd/" + std::to_string(folder.get()))
            .value_or(std::vector<std::string>());
    }
    static std::string content(const GitCheckout& checkout, const std::string& path) {
        const auto file = openBeneath(checkout.content.get(), path, O_RDONLY);
        return file ? readFd(file->get()).value_or("?") : file.error().text();
    }
    Result<std::string> commitFile(const std::string& path, const std::string& text) {
        TRY(makeDirectories(std::filesystem::path(m_work + "/" + path).parent_path().string()));
        TRY(writeFileAtomically(m_work + "/" + path, text, 0644));
        TRY(git({"add", "--all"}));
        TRY(git({"commit", "--quiet", "--message", "x"}));
        return git({"rev-parse", "HEAD"});
    }
    /// main: first, second; tag v1 on the first, annotated; branch "other".
    Result<void> makeRepository() {
        m_work = served("work");
        TRY(makeDirectories(m_work));
        TRY(git({"init", "--quiet", "--initial-branch=main"}));
        TRY_ASSIGN(m_first, commitFile("file.txt", "first"));
        TRY(git({"tag", "--annotate", "--message", "x", "v1"}));
        TRY(git({"checkout", "--quiet", "-b", "other"}));
        TRY(commitFile("src/app/code", "other"));
        TRY(git({"checkout", "--quiet", "main"}));
        TRY_ASSIGN(m_second, commitFile("file.txt", "second"));
        TRY(gitIn(served("."), {"clone", "--quiet", "--bare", "work", "x.git"}));
        return gitIn(served("x.git"), {"update-server-info"}).map([](const std::string&) {});
    }
    Result<void> startDaemon() {
        m_port = freePort();
        TRY_ASSIGN(Subprocess daemon,
                   Subprocess::start(
                       {.arguments = {"/usr/lib/git-core/git-daemon", "--reuseaddr", "--export-all",
                                      "--listen=127.0.0.1", "--port=" + std::to_string(m_port),
                                      "--base-path=" + served("."), served(".")},
                        .environment = {"PATH=/usr/bin:/bin", "HOME=/nonexistent", "GIT_CONFIG_COUNT=1",
                                        "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"}}));
        m_daemon = std::make_unique<Subprocess>(std::move(daemon));
        return {};
    }
    static Error failure(const Result<GitCheckout>& outcome) {
        return outcome ? Error{ErrorCode::Internal, "no failure", {}, {}} : outcome.error();
    }
    std::string m_first, m_second;

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "a worker gives up root's rights");
        SKIP_UNLESS(exists("/usr/lib/git-core/git-daemon"), "needs git");
        VERIFY_RESULT(makeRepository());
        VERIFY_RESULT(startDaemon());
        QTRY_VERIFY(answers(m_port));
    }
    void cleanupTestCase() { m_daemon.reset(); }

    void theDefaultBranchIsCheckedOutWithoutItsHistory() {
        const auto done = checkOut(request(address("x.git")));
        VERIFY_RESULT(done);
        QCOMPARE(done->commit.id, m_second);
        QCOMPARE(names(done->content), std::vector<std::string>{"file.txt"});
        QCOMPARE(content(*done, "file.txt"), std::string("second"));
        QCOMPARE(names(m_folder), std::vector<std::string>{"files"});
    }

    void theFilesAreTheContainersRoots() {
        const auto done = checkOut(request(address("x.git")));
        VERIFY_RESULT(done);
        struct stat info {};
        QCOMPARE(::fstatat(done->content.get(), "file.txt", &info, 0), 0);
        QCOMPARE(info.st_uid, kRoot);
        QCOMPARE(info.st_mode & 07777U, 0644U);
    }

    void branchTagAndCommitAreFoundBeforeAnythingIsFetched() {
        const auto commitOf = [](const std::string& text) {
            const auto found = findGitCommit(kWorker, request(text), Cancellation());
            return found ? found->id : found.error().text();
        };
        QCOMPARE(commitOf(address("x.git")), m_second);
        QCOMPARE(commitOf(address("x.git#main")), m_second);
        QCOMPARE(commitOf(address("x.git#v1")), m_first); // the commit, not the tag's own object
        QCOMPARE(commitOf(address("x.git?tag=v1")), m_first);
        QCOMPARE(commitOf(address("x.git#" + m_first)), m_first);
    }

    void aTagABranchAndACommitAreCheckedOut() {
        for (const std::string& ref : {std::string("v1"), std::string("refs/tags/v1"), m_first}) {
            const auto done = checkOut(request(address("x.git#" + ref)));
            VERIFY_RESULT(done);
            QCOMPARE(done->commit.id, m_first);
            QCOMPARE(content(*done, "file.txt"), std::string("first"));
        }
    }

    void aFolderOfItIsMeant() {
        const auto done = checkOut(request(address("x.git#other:src/app")));
        VERIFY_RESULT(done);
        QCOMPARE(names(done->content), std::vector<std::string>{"code"});
        const Error error = failure(checkOut(request(address("x.git#other:src/none"))));
        QCOMPARE(error.code, ErrorCode::NotFound);
        QVERIFY2(error.text().find("src/none") != std::string::npos, error.text().c_str());
    }

    void gitsFolderIsKeptWhenThatIsAskedFor() {
        GitRequest keeping = request(address("x.git#v1"));
        keeping.keepsGitFolder = true;
        const auto done = checkOut(keeping);
        VERIFY_RESULT(done);
        const std::vector<std::string> expected{".git", "file.txt"};
        QCOMPARE(names(done->content), expected);
        // As its owner sees it: what builds ask is which version they are.
        const std::string files = m_target->path().toStdString() + "/files";
        const auto said =
            runProgram({"/usr/bin/git", "-c", "safe.directory=*", "-C", files, "describe", "--tags"});
        VERIFY_RESULT(said);
        QCOMPARE(trimmed(*said), std::string("v1"));
        QVERIFY(!exists(files + "/.git/hooks"));
        QVERIFY(!exists(files + "/.git/FETCH_HEAD"));
    }

    void anotherCommitThanDemandedIsRefused() {
        GitRequest demanding = request(address("x.git#main"));
        demanding.commit = m_second.substr(0, 12);
        VERIFY_RESULT(checkOut(demanding));
        demanding.commit = m_first;
        const Error error = failure(checkOut(demanding));
        QCOMPARE(error.code, ErrorCode::Untrusted);
        QVERIFY2(error.text().find(m_second) != std::string::npos, error.text().c_str());
        demanding.commit = "--help";
        QCOMPARE(failure(checkOut(demanding)).code, ErrorCode::InvalidArgument);
    }

    void whatIsNotThereIsSaid() {
        QCOMPARE(failure(checkOut(request(address("x.git#none")))).code, ErrorCode::NotFound);
        QCOMPARE(failure(checkOut(request(address("none.git")))).code, ErrorCode::NotFound);
        QCOMPARE(failure(checkOut(request(address("x.git#" + std::string(40, 'a'))))).code,
                 ErrorCode::NotFound);
        QCOMPARE(failure(checkOut(request("git://127.0.0.1:1/x.git"))).code, ErrorCode::Unreachable);
    }

    void plainFilesOverHttpAreARepositoryToo() {
        const std::string head = "ref: refs/heads/main\n";
        ScriptedHttpServer server;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(served("x.git"))) {
            if (entry.is_regular_file())
                server.on(
                    "/x.git" + entry.path().string().substr(served("x.git").size()),
                    answer(200, readFile(entry.path().string()).value_or(""), "application/octet-stream"));
        }
        const auto done = checkOut(request("http://" + server.host() + "/x.git#v1"));
        VERIFY_RESULT(done);
        QCOMPARE(content(*done, "file.txt"), std::string("first"));
    }

    void aPasswordReachesTheServerAndNoMessage() {
        ScriptedHttpServer server;
        server.before([](const HttpRequest&) -> std::optional<HttpAnswer> {
            return answer(401).header("WWW-Authenticate", "Basic realm=\"x\"");
        });
        const Error error = failure(checkOut(request("http://me:s3cret@" + server.host() + "/x.git")));
        QCOMPARE(error.code, ErrorCode::AuthenticationNeeded);
        QVERIFY2(error.text().find("s3cret") == std::string::npos, error.text().c_str());
        QCOMPARE(server.requests().at(0).header("authorization"), std::string("Basic bWU6czNjcmV0"));
    }

    void submodulesComeAlongButOnlyOverTheNetwork() {
        const auto restore = qScopeGuard([this, before = m_work] { m_work = before; });
        m_work = served("outer");
        VERIFY_RESULT(makeDirectories(m_work));
        VERIFY_RESULT(git({"init", "--quiet", "--initial-branch=main"}));
        VERIFY_RESULT(git({"submodule", "--quiet", "add", address("x.git"), "inner"}));
        VERIFY_RESULT(commitFile("own", "x"));
        const auto done = checkOut(request(address("outer/.git")));
        VERIFY_RESULT(done);
        QCOMPARE(content(*done, "inner/file.txt"), std::string("second"));
        const auto without = checkOut(request(address("outer/.git?submodules=0")));
        VERIFY_RESULT(without);
        QVERIFY(content(*without, "inner/file.txt") != "second");
        // The machine's own repositories are nobody's submodules.
        VERIFY_RESULT(
            git({"config", "--file", ".gitmodules", "submodule.inner.url", "file://" + served("x.git")}));
        VERIFY_RESULT(commitFile("own", "y"));
        const Error error = failure(checkOut(request(address("outer/.git"))));
        QVERIFY2(error.text().find("transport 'file' not allowed") != std::string::npos,
                 error.text().c_str());
    }

    void aLinkInItLeadsNowhereElse() {
        VERIFY_RESULT(git({"checkout", "--quiet", "-b", "links"}));
        std::filesystem::create_symlink("/etc", m_work + "/away");
        VERIFY_RESULT(commitFile("more", "x"));
        VERIFY_RESULT(git({"checkout", "--quiet", "main"}));
        const auto done = checkOut(request(address("work/.git#links")));
        VERIFY_RESULT(done); // as a link, which whoever copies it resolves in its own root
        QCOMPARE(failure(checkOut(request(address("work/.git#links:away")))).code, ErrorCode::NotFound);
    }

    void noHookAndNoFilterOfARepositoryRuns() {
        VERIFY_RESULT(git({"checkout", "--quiet", "-b", "hostile"}));
        VERIFY_RESULT(writeFileAtomically(m_work + "/.gitattributes", "* filter=evil diff=evil\n", 0644));
        VERIFY_RESULT(commitFile("hooks/post-checkout", "#!/bin/sh\ntouch /tmp/ran\n"));
        VERIFY_RESULT(git({"checkout", "--quiet", "main"}));
        GitRequest keeping = request(address("work/.git#hostile"));
        keeping.keepsGitFolder = true;
        VERIFY_RESULT(checkOut(keeping));
        QCOMPARE(names(m_folder), std::vector<std::string>{"files"});
    }

    void whatLooksLikeAnOptionIsNone() {
        for (const char* text : {"--upload-pack=touch /tmp/x", "git://127.0.0.1/x.git#--upload-pack=id",
                                 "ext::sh -c id", "file:///etc"})
            QCOMPARE(failure(checkOut(request(text))).code, ErrorCode::InvalidArgument);
        QCOMPARE(failure(checkOut(request("git@example.org:x.git"))).code, ErrorCode::Unsupported);
    }

    void itIsCancelledAndNothingOfItGoesOn() {
        // A server that accepts and never says a word.
        const UniqueFd silent(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof name;
        auto* generic = reinterpret_cast<sockaddr*>(&name);
        QVERIFY(::bind(silent.get(), generic, size) == 0 && ::listen(silent.get(), 1) == 0 &&
                ::getsockname(silent.get(), generic, &size) == 0);
        Cancellation cancellation;
        std::thread cancelling([&] {
            const UniqueFd client(::accept4(silent.get(), nullptr, nullptr, SOCK_CLOEXEC)); // git has come
            cancellation.cancel();
            char byte = 0;
            while (::read(client.get(), &byte, 1) > 0) { // until git is gone
            }
        });
        const auto found = findGitCommit(
            kWorker, request("git://127.0.0.1:" + std::to_string(ntohs(name.sin_port)) + "/x.git"),
            cancellation);
        cancelling.join();
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Cancelled);
    }
};

ESCALE_TEST(GitTest)
#include "git_test.moc"
