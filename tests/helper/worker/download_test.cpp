// Files of the web through the real escale-worker, from servers that tell the truth and from others.
#include "helper/worker/download_worker.h"

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "tests/support/scripted_http_server.h"
#include "tests/support/test_registry.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class DownloadTest : public QObject {
    Q_OBJECT
    std::unique_ptr<ScriptedHttpServer> m_server;
    UniqueFd m_spool;

    [[nodiscard]] std::string address(const std::string& path) const {
        return "http://" + m_server->host() + path;
    }
    Result<Downloaded> get(const DownloadRequest& request) {
        m_spool = UniqueFd(::memfd_create("spool", MFD_CLOEXEC));
        return download(ESCALE_BIN "/escale-worker", request, m_spool.get(), {}, Cancellation());
    }
    Result<Downloaded> fetch(const std::string& path) { return get({.address = address(path)}); }
    [[nodiscard]] std::string content() const {
        (void)::lseek(m_spool.get(), 0, SEEK_SET);
        return readFd(m_spool.get()).value_or("?");
    }
    static HttpAnswer file(const std::string& bytes) { return answer(200, bytes, "text/plain"); }
    Error failure(const Result<Downloaded>& outcome) {
        return outcome ? Error{ErrorCode::Internal, "no failure", {}, {}} : outcome.error();
    }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "a worker gives up root's rights"); }
    void init() { m_server = std::make_unique<ScriptedHttpServer>(); }

    void aFileComesWithItsDigestAndTime() {
        const std::string bytes(3 << 20, 'x');
        m_server->on(
            "/a.txt",
            file(bytes).header("ETag", "\"1\"").header("Last-Modified", "Tue, 01 Oct 2024 12:00:00 GMT"));
        const auto got = fetch("/a.txt");
        VERIFY_RESULT(got);
        QVERIFY(content() == bytes);
        const DownloadRecord expected{"\"1\"", "Tue, 01 Oct 2024 12:00:00 GMT",
                                      Digest::ofData(bytes).toString(), 1727784000, bytes.size()};
        QVERIFY(got->record == expected);
        struct stat info {};
        QCOMPARE(::fstat(m_spool.get(), &info), 0);
        QCOMPARE(info.st_mtim.tv_sec, 1727784000);
        QCOMPARE(info.st_mode & 07777U, 0600U);
    }

    void withoutATimeItIsOf1970() {
        m_server->on("/a", file("x"));
        VERIFY_RESULT(fetch("/a"));
        struct stat info {};
        QCOMPARE(::fstat(m_spool.get(), &info), 0);
        QCOMPARE(info.st_mtim.tv_sec, 0);
    }

    void progressIsToldInBytes() {
        m_server->on("/a", file(std::string(1 << 20, 'x')));
        m_spool = UniqueFd(::memfd_create("spool", MFD_CLOEXEC));
        std::uint64_t received = 0, total = 0;
        VERIFY_RESULT(download(
            ESCALE_BIN "/escale-worker", {.address = address("/a")}, m_spool.get(),
            [&](std::uint64_t now, std::uint64_t all) {
                QVERIFY(now > received);
                received = now;
                total = all;
            },
            Cancellation()));
        QCOMPARE(received, std::uint64_t{1 << 20});
        QCOMPARE(total, received);
    }

    void whatHasNotChangedIsNotFetchedAgain() {
        m_server->on("/a", [](const HttpRequest& request) {
            return request.header("if-none-match") == "\"1\"" ? answer(304)
                                                              : file("content").header("ETag", "\"1\"");
        });
        const auto first = fetch("/a");
        VERIFY_RESULT(first);
        QVERIFY(!first->isUnchanged);
        const auto second = get({.address = address("/a"), .known = first->record});
        VERIFY_RESULT(second);
        QVERIFY(second->isUnchanged);
        QVERIFY(second->record == first->record);
        QCOMPARE(content(), std::string());
    }

    void whatHasChangedIs() {
        m_server->on("/a", file("new").header("ETag", "\"2\""));
        const auto got =
            get({.address = address("/a"), .known = DownloadRecord{"\"1\"", "", "sha256:x", 0, 3}});
        VERIFY_RESULT(got);
        QVERIFY(!got->isUnchanged);
        QCOMPARE(content(), std::string("new"));
    }

    void aServerThatSaysUnchangedUnaskedIsNotBelieved() {
        m_server->on("/a", answer(304));
        QCOMPARE(failure(fetch("/a")).code, ErrorCode::RemoteFailure);
    }

    void redirectionsAreFollowed() {
        m_server->on("/old", answer(302).header("Location", "/new"));
        m_server->on("/new", file("moved"));
        VERIFY_RESULT(fetch("/old"));
        QCOMPARE(content(), std::string("moved"));
    }

    void butNotWithoutEnd() {
        m_server->on("/loop", answer(302).header("Location", "/loop"));
        const Error error = failure(fetch("/loop"));
        QCOMPARE(error.code, ErrorCode::RemoteFailure);
        QVERIFY2(error.text().find("redirects without end") != std::string::npos, error.text().c_str());
        QVERIFY(m_server->count("/loop") <= 11);
    }

    void norToWhereNoAddressOfTheWebLeads() {
        for (const char* target : {"file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x"}) {
            m_server->on("/away", answer(302).header("Location", target));
            QCOMPARE(failure(fetch("/away")).code, ErrorCode::RemoteFailure);
            QCOMPARE(content(), std::string());
        }
    }

    void otherSchemesAreRefused() {
        for (const char* target :
             {"file:///etc/passwd", "unix:///run/x.sock", "ftp://127.0.0.1/x", "/etc/passwd"})
            QCOMPARE(failure(get({.address = target})).code, ErrorCode::InvalidArgument);
    }

    void aChecksumIsChecked() {
        m_server->on("/a", file("content"));
        const std::string right = Digest::ofData("content").toString();
        VERIFY_RESULT(get({.address = address("/a"), .checksum = right}));
        const std::string wrong = Digest::ofData("other").toString();
        const Error error = failure(get({.address = address("/a"), .checksum = wrong}));
        QCOMPARE(error.code, ErrorCode::Untrusted);
        QVERIFY2(error.text().find(right) != std::string::npos, error.text().c_str());
        QCOMPARE(failure(get({.address = address("/a"), .checksum = "md5:1"})).code,
                 ErrorCode::InvalidArgument);
    }

    void oneThatIsTooLargeIsBrokenOff() {
        m_server->on("/said", file("x").claims(1 << 20));
        QCOMPARE(failure(get({.address = address("/said"), .most = 1000})).code, ErrorCode::RemoteFailure);
        // A body without end: what is sent has no length.
        m_server->on("/endless", rawAnswer("HTTP/1.1 200 OK\r\n\r\n" + std::string(8 << 20, 'x')));
        const Error error = failure(get({.address = address("/endless"), .most = 1 << 20}));
        QCOMPARE(error.code, ErrorCode::RemoteFailure);
        QVERIFY2(error.text().find("1048576") != std::string::npos, error.text().c_str());
        QVERIFY(content().size() <= 1 << 20);
    }

    void headersWithoutEndAreNotRead() {
        m_server->on("/a", rawAnswer("HTTP/1.1 200 OK\r\nX: " + std::string(4 << 20, 'x') + "\r\n\r\nbody"));
        QCOMPARE(failure(fetch("/a")).code, ErrorCode::RemoteFailure);
    }

    void whatBrokeOffGoesOn() {
        const std::string bytes = std::string(100'000, 'a') + std::string(100'000, 'b');
        const auto whole = [&bytes] { return file(bytes).header("ETag", "\"1\""); };
        m_server->on("/a", std::vector<HttpHandler>{always(whole().cutAfterBytes(50'000)),
                                                    serveBytes(bytes, "text/plain")});
        VERIFY_RESULT(fetch("/a"));
        QVERIFY(content() == bytes);
        QCOMPARE(m_server->requests().back().header("if-range"), std::string("\"1\""));
        QVERIFY(m_server->requests().back().header("range").starts_with("bytes="));
    }

    void aServerThatBeginsAnewMustBeginWithTheSame() {
        const std::string bytes = std::string(100'000, 'a') + std::string(100'000, 'b');
        m_server->on("/same",
                     {file(bytes).cutAfterBytes(50'000), file(bytes).cutAfterBytes(150'000), file(bytes)});
        VERIFY_RESULT(fetch("/same"));
        QVERIFY(content() == bytes);
        m_server->on("/other", {file(bytes).cutAfterBytes(50'000), file(std::string(200'000, 'z'))});
        const Error error = failure(fetch("/other"));
        QCOMPARE(error.code, ErrorCode::RemoteFailure);
        QVERIFY2(error.text().find("sends something else now") != std::string::npos, error.text().c_str());
    }

    void aServerWithAProblemIsAskedAgain() {
        m_server->on("/a", {answer(503), answer(500), file("at last")});
        VERIFY_RESULT(fetch("/a"));
        QCOMPARE(content(), std::string("at last"));
    }

    void whatIsNotThereIsSaidAtOnceAndWithoutThePassword() {
        const Error error = failure(get({.address = "http://me:s3cret@" + m_server->host() + "/none"}));
        QCOMPARE(error.code, ErrorCode::NotFound);
        QVERIFY2(error.text().find("s3cret") == std::string::npos, error.text().c_str());
        QVERIFY2(error.text().find("http://" + m_server->host() + "/none") != std::string::npos,
                 error.text().c_str());
        QVERIFY(!error.hint.empty());
        QCOMPARE(m_server->count("/none"), std::size_t{1});
    }

    void aUserAndAPasswordReachTheServer() {
        m_server->on("/a", [](const HttpRequest& request) {
            return request.header("authorization") == "Basic bWU6czNjcmV0" ? file("private") : answer(401);
        });
        VERIFY_RESULT(get({.address = "http://me:s3cret@" + m_server->host() + "/a"}));
        QCOMPARE(content(), std::string("private"));
        QCOMPARE(failure(fetch("/a")).code, ErrorCode::AuthenticationNeeded);
    }

    void itIsCancelledInTheMiddle() {
        m_server->on("/a", file(std::string(1 << 20, 'x')).stallsAfterBytes(1000));
        m_spool = UniqueFd(::memfd_create("spool", MFD_CLOEXEC));
        Cancellation cancellation;
        const auto got = download(
            ESCALE_BIN "/escale-worker", {.address = address("/a")}, m_spool.get(),
            [&](std::uint64_t, std::uint64_t) { cancellation.cancel(); }, cancellation);
        QCOMPARE(failure(got).code, ErrorCode::Cancelled);
    }

    void aFullDiskIsSaidAsSuch() {
        m_server->on("/a", file(std::string(1 << 20, 'x')));
        const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
        QCOMPARE(failure(download(ESCALE_BIN "/escale-worker", {.address = address("/a")}, full.get(), {},
                                  Cancellation()))
                     .code,
                 ErrorCode::NoSpace);
    }
};

ESCALE_TEST(DownloadTest)
#include "download_test.moc"
