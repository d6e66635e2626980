// What the transport makes of requests: of honest ones that are written in unusual ways, and of those that
// want it ill.
#include "tests/helper/docker-api/http_client.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <new>

using namespace escale;
using namespace escale::docker_api;
using escale::test::HttpClient;

namespace {

// Says what it was asked for, without a look at the body.
void tell(Exchange& exchange) {
    (void)exchange.replyText(200, exchange.request().method + " " + exchange.request().path + "\n",
                             "text/plain");
}

std::string bodyOf(Exchange& exchange) {
    std::string body;
    std::array<char, 10> piece{};
    for (;;) {
        const auto size = exchange.readBody(piece);
        if (!size)
            return body + "(" + std::string(errorName(size.error().code)) + ")";
        if (*size == 0)
            return body;
        body.append(piece.data(), *size);
    }
}

void echo(Exchange& exchange) {
    (void)exchange.replyText(200, "<" + bodyOf(exchange) + ">", "text/plain");
}

void readJson(Exchange& exchange) {
    const auto json = exchange.readJson();
    (void)exchange.replyText(json ? 200 : 400, json ? json->dump() : json.error().text(), "text/plain");
}

void stream(Exchange& exchange) {
    (void)exchange.beginStream(200, "text/plain");
    (void)exchange.write("one\n");
    (void)exchange.write("two\n");
    (void)exchange.endStream();
}

// What stands at the end of every exchange of a test: nothing more is said.
std::string answerTo(const RequestHandler& handler, std::string_view request) {
    HttpClient client(handler);
    client.say(request);
    client.sayNoMore();
    return client.hearAll();
}

bool contains(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

const std::string kPost = "POST /x HTTP/1.1\r\nHost: x\r\n";
const std::string kGet = "GET /y HTTP/1.1\r\nHost: x\r\n\r\n";

} // namespace

class HttpRequestsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersWhatComesBehindOneAnother() {
        const std::string answer = answerTo(tell, "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
        QVERIFY(contains(answer, "GET /a\n"));
        QVERIFY(contains(answer, "GET /b\n"));
    }
    void readsABodyWithALength() {
        QVERIFY(answerTo(echo, kPost + "Content-Length: 12\r\n\r\nhello, world").ends_with("<hello, world>"));
    }
    void readsChunksWithExtensionsAndTrailers() {
        const std::string answer = answerTo(
            echo,
            kPost +
                "Transfer-Encoding: Chunked\r\n\r\n6;a=b\r\nhello,\r\n6\r\n world\r\n0\r\nDigest: x\r\n\r\n" +
                kGet);
        QVERIFY2(contains(answer, "<hello, world>"), answer.c_str());
        QVERIFY(answer.ends_with("<>")); // the next one has no body
    }
    void aBodyThatNobodyReadsIsNoRequest() {
        const std::string answer = answerTo(tell, kPost + "Content-Length: " + std::to_string(kGet.size()) +
                                                      "\r\n\r\n" + kGet + "GET /next HTTP/1.1\r\n\r\n");
        QVERIFY(contains(answer, "POST /x\n"));
        QVERIFY(contains(answer, "GET /next\n"));
        QVERIFY(!contains(answer, "GET /y\n"));
    }
    void aGetMayHaveABody() {
        QVERIFY(answerTo(echo, "GET /x HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi").ends_with("<hi>"));
    }
    void tellsAClientThatWaitsToGoOn() {
        // Given a client that waits for its word before the body, when the handler reads,
        HttpClient client(echo);
        client.say(kPost + "Expect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
        // then it is told,
        QCOMPARE(client.hear("\r\n\r\n"), std::string("HTTP/1.1 100 Continue\r\n\r\n"));
        client.say("hi");
        QVERIFY(contains(client.hear(">"), "<hi>"));
        // and the connection serves on.
        client.say(kGet);
        QVERIFY(contains(client.hear(">"), "<>"));
    }
    void doesNotWaitForABodyThatIsNotWanted() {
        // Its client may send the body all the same or not: nobody knows, so nothing can follow.
        HttpClient client(tell);
        client.say(kPost + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        const std::string answer = client.hearAll();
        QVERIFY(answer.starts_with("HTTP/1.1 200 OK\r\n"));
        QVERIFY(contains(answer, "Connection: close\r\n"));
    }
    void anAnswerBeforeALongBodyIsHeard() {
        // Given a client in the middle of a large upload that nobody wants,
        HttpClient client(tell);
        client.say(kPost + "Content-Length: 100000000\r\n\r\n");
        const std::string piece(1 << 20, 'x');
        client.say(piece);
        // when the connection ends, then the answer was whole, and its end no reset.
        const std::string answer = client.hearAll();
        QVERIFY2(answer.ends_with("POST /x\n"), answer.c_str());
        QVERIFY(contains(answer, "Connection: close\r\n"));
    }
    void speaksHttp10() {
        const std::string answer = answerTo(tell, "GET /a HTTP/1.0\r\n\r\nGET /b HTTP/1.0\r\n\r\n");
        QVERIFY(contains(answer, "Connection: close\r\n"));
        QVERIFY(!contains(answer, "GET /b"));
        const std::string both =
            answerTo(tell, "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /b HTTP/1.0\r\n\r\n");
        QVERIFY(contains(both, "Connection: keep-alive\r\n"));
        QVERIFY(contains(both, "GET /b"));
    }
    void streamsInChunksOrToTheEnd() {
        QVERIFY(answerTo(stream, kGet).ends_with("\r\n\r\n4\r\none\n\r\n4\r\ntwo\n\r\n0\r\n\r\n"));
        QVERIFY(answerTo(stream, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    .ends_with("\r\n\r\none\ntwo\n"));
    }
    void headHasNoBody() {
        for (const auto& handler : {tell, stream}) {
            const std::string answer = answerTo(handler, "HEAD /x HTTP/1.1\r\n\r\nHEAD /y HTTP/1.1\r\n\r\n");
            QVERIFY2(answer.ends_with("\r\n\r\n"), answer.c_str());
            QCOMPARE(QString::fromStdString(answer).count(QStringLiteral("\r\n\r\n")), 2);
        }
    }
    void takesTheFormForProxies() {
        QVERIFY(contains(answerTo(tell, "GET http://docker/v1.41/info?a=b HTTP/1.1\r\n\r\n"),
                         "GET /v1.41/info\n"));
    }
    void aFieldOfAnAnswerHasOneLine() {
        const auto handler = [](Exchange& exchange) {
            (void)exchange.replyText(200, "", "text/plain", {{"X-Name", "a\r\nX-Other: b"}});
        };
        QVERIFY(!contains(answerTo(handler, kGet), "\r\nX-Other"));
    }

    void refuses_data() {
        QTest::addColumn<std::string>("request");
        QTest::addColumn<std::string>("status");
        const auto row = [](const char* name, const std::string& request, const char* status) {
            QTest::newRow(name) << request << std::string("HTTP/1.1 ") + status;
        };
        row("garbage", std::string("\x16\x03\x01\x02\x00\x01\xfc\x03", 8) + "\r\n\r\n", "400");
        row("no version", "GET /\r\n\r\n", "400");
        row("HTTP 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505");
        row("a space before a colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", "400");
        row("a NUL in a field", std::string("GET / HTTP/1.1\r\nHost: x\0y\r\n\r\n", 29), "400");
        row("two lengths", kPost + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400");
        row("a length below zero", kPost + "Content-Length: -1\r\n\r\n", "400");
        row("a length beyond all", kPost + "Content-Length: 99999999999999999999999\r\n\r\n", "400");
        row("a length and chunks", kPost + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "400");
        row("chunks and a length", kPost + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
            "400");
        row("chunks twice",
            kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400");
        row("another encoding", kPost + "Transfer-Encoding: gzip\r\n\r\n", "501");
        row("chunks within another encoding", kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "501");
        row("another expectation", kPost + "Expect: miracles\r\n\r\n", "417");
        row("a path without a slash", "GET containers/json HTTP/1.1\r\n\r\n", "400");
        row("an asterisk", "OPTIONS * HTTP/1.1\r\n\r\n", "400");
        row("a NUL in the path", "GET /containers/a%00b/json HTTP/1.1\r\n\r\n", "400");
        row("a line's end in the path", "GET /containers/a%0d%0ab/json HTTP/1.1\r\n\r\n", "400");
        row("a NUL in the query", "GET /x?name=a%00b HTTP/1.1\r\n\r\n", "400");
        row("a long field", "GET / HTTP/1.1\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n", "431");
        row("a long target", "GET /" + std::string(200'000, 'x') + " HTTP/1.1\r\n\r\n", "431");
        std::string many;
        for (int i = 0; i < 20'000; ++i)
            many += "X: y\r\n";
        row("many fields", "GET / HTTP/1.1\r\n" + many + "\r\n", "431");
    }
    void refuses() {
        // Given another request behind it, which must not be answered as if the first were whole,
        QFETCH(std::string, request);
        QFETCH(std::string, status);
        const std::string answer = answerTo(tell, request + kGet);
        QVERIFY2(answer.starts_with(status), answer.c_str());
        QVERIFY(contains(answer, "{\"message\":"));
        QVERIFY(contains(answer, "Connection: close\r\n"));
        QVERIFY(!contains(answer, "/y"));
    }

    void refusesBodies_data() {
        QTest::addColumn<std::string>("body");
        QTest::addColumn<std::string>("why");
        QTest::newRow("no JSON") << std::string("{") << std::string("not valid JSON");
        QTest::newRow("too deep") << std::string(100'000, '[') << std::string("nested too deeply");
        QTest::newRow("too long") << "\"" + std::string(5u << 20, 'x') + "\"" << std::string("longer than");
        QTest::newRow("a NUL in a text")
            << std::string("{\"a\":[{\"b\":\"x\\u0000y\"}]}") << std::string("NUL");
        QTest::newRow("a NUL in a name") << std::string("{\"a\\u0000\":1}") << std::string("NUL");
    }
    void refusesBodies() {
        QFETCH(std::string, body);
        QFETCH(std::string, why);
        const std::string answer =
            answerTo(readJson, kPost + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        QVERIFY2(answer.starts_with("HTTP/1.1 400"), answer.c_str());
        QVERIFY2(contains(answer, why), answer.c_str());
    }
    void noBodyIsNoJson() {
        QVERIFY(answerTo(readJson, kPost + "\r\n").ends_with("null"));
        QVERIFY(answerTo(readJson, kPost + "Content-Length: 2\r\n\r\n\r\n").ends_with("null"));
    }

    void chunksThatAreNone_data() {
        QTest::addColumn<std::string>("chunks");
        QTest::newRow("no number") << std::string("zz\r\nhello\r\n0\r\n\r\n");
        QTest::newRow("a number beyond all") << std::string("fffffffffffffffff\r\nhello\r\n0\r\n\r\n");
        QTest::newRow("no line's end") << std::string("5\r\nhelloX0\r\n\r\n");
        QTest::newRow("an endless extension") << "5;" + std::string(1u << 20, 'x') + "\r\nhello\r\n0\r\n\r\n";
        QTest::newRow("endless trailers") << "0\r\nX: " + std::string(1u << 20, 'x') + "\r\n\r\n";
    }
    void chunksThatAreNone() {
        QFETCH(std::string, chunks);
        const std::string answer =
            answerTo(echo, kPost + "Transfer-Encoding: chunked\r\n\r\n" + chunks + kGet);
        QVERIFY2(answer.ends_with("(InvalidArgument)>"), answer.c_str());
    }
    void aBodyThatIsCutIsNotWhole() {
        HttpClient client(echo);
        client.say(kPost + "Content-Length: 10\r\n\r\nhello");
        client.sayNoMore();
        QVERIFY(client.hearAll().ends_with("<hello(Unreachable)>"));
    }

    void aHeadThatDoesNotComeIsNotWaitedFor() {
        HttpClient client(tell, {.head = std::chrono::seconds(1)});
        client.say("GET / HTTP/1.1\r\nHost:");
        QVERIFY(client.hearAll().starts_with("HTTP/1.1 408 Request Timeout\r\n"));
    }
    void aSilentClientIsLeft() {
        HttpClient silent(tell, {.head = std::chrono::seconds(1)});
        QCOMPARE(silent.hearAll(), std::string());
        HttpClient idle(tell, {.idle = std::chrono::seconds(1)});
        idle.say(kGet);
        QVERIFY(idle.hearAll().ends_with("GET /y\n"));
    }
    void theServiceStopsBeforeASilentClient() {
        HttpClient client(tell);
        client.stopService();
        QCOMPARE(client.hearAll(), std::string());
    }
    void theServiceStopsBeforeAClientThatDoesNotRead() {
        // Given an answer that has no room on the way to its client,
        Result<void> outcome;
        HttpClient client([&](Exchange& exchange) {
            (void)exchange.beginStream(200, "text/plain");
            const std::string piece(1u << 20, 'x');
            do
                outcome = exchange.write(piece);
            while (outcome);
        });
        client.say(kGet);
        client.hear("\r\n\r\n");
        // when the service stops, then its handler is told,
        client.stopService();
        client.waitForEnd();
        QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
        // and the client sees that the answer is not whole.
        QVERIFY(!contains(client.hearAll(), "\r\n0\r\n\r\n"));
    }
    void aHandlerIsToldThatItsClientHasGone() {
        Result<std::optional<std::size_t>> outcome;
        HttpClient client([&](Exchange& exchange) { outcome = exchange.waitFor({}); });
        client.say(kGet);
        client.leave();
        client.waitForEnd();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Unreachable);
    }
    void whatAHandlerThrowsIsOneAnswer() {
        const auto handler = [](Exchange& exchange) {
            if (exchange.request().path == "/x")
                throw std::bad_alloc();
            tell(exchange);
        };
        const std::string answer = answerTo(handler, kPost + "\r\n" + kGet);
        QVERIFY(answer.starts_with("HTTP/1.1 500 Internal Server Error\r\n"));
        QVERIFY(answer.ends_with("GET /y\n"));
    }
    void anAnswerThatThrowsInTheMiddleIsCut() {
        const auto handler = [](Exchange& exchange) {
            (void)exchange.beginStream(200, "text/plain");
            (void)exchange.write("half");
            throw std::bad_alloc();
        };
        QVERIFY(answerTo(handler, kGet + kGet).ends_with("4\r\nhalf\r\n"));
    }
};
ESCALE_TEST(HttpRequestsTest)

class HttpHijackTest : public QObject {
    Q_OBJECT
    // Says back what it hears, and how it ended.
    static void talk(Exchange& exchange) {
        (void)exchange.hijack("application/vnd.docker.raw-stream");
        std::array<char, 100> piece{};
        for (;;) {
            const auto size = exchange.readRaw(piece);
            if (!size || *size == 0)
                return (void)exchange.writeRaw(size ? "(end)" : "(error)");
            (void)exchange.writeRaw({piece.data(), *size});
        }
    }
private Q_SLOTS:
    void becomesAnotherProtocolWhereItIsAskedFor() {
        HttpClient client(talk);
        client.say(kPost + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\nearly ");
        QVERIFY(client.hear("\r\n\r\n").starts_with("HTTP/1.1 101 UPGRADED\r\n"));
        QCOMPARE(client.hear("early "), std::string("early ")); // came behind the head
        client.say("late");
        QCOMPARE(client.hear("late"), std::string("late"));
        // A client that sends nothing more may still read.
        client.sayNoMore();
        QCOMPARE(client.hearAll(), std::string("(end)"));
    }
    void isRawForOldClients() {
        HttpClient client(talk);
        client.say(kPost + "\r\n");
        QVERIFY(client.hear("\r\n\r\n").starts_with("HTTP/1.1 200 OK\r\n"));
        client.say("hello");
        QCOMPARE(client.hear("hello"), std::string("hello"));
    }
    void aBodyIsNoInput() {
        HttpClient client(talk);
        client.say(kPost + "Content-Length: 2\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n{}input");
        client.hear("\r\n\r\n");
        QCOMPARE(client.hear("input"), std::string("input"));
    }
    void chunksAreInputWithoutTheirFrames() {
        // Given a client whose input is a body of chunks and that asks for no upgrade,
        HttpClient client(talk);
        client.say(kPost + "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
        client.hear("\r\n\r\n");
        QCOMPARE(client.hear("hi"), std::string("hi"));
        // when its body ends, so does the input.
        client.say("0\r\n\r\n");
        QCOMPARE(client.hearAll(), std::string("(end)"));
    }
    void anUpgradeIsRawWhateverItSaysOfChunks() {
        HttpClient client(talk);
        client.say(kPost + "Transfer-Encoding: chunked\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nhello");
        client.hear("\r\n\r\n");
        QCOMPARE(client.hear("hello"), std::string("hello"));
    }
    void whatIsSaidLastIsHeardByAClientThatStillSends() {
        HttpClient client([](Exchange& exchange) {
            (void)exchange.hijack("application/vnd.docker.raw-stream");
            (void)exchange.writeRaw("bye");
        });
        client.say(kPost + "\r\n" + std::string(100'000, 'x'));
        QVERIFY(client.hearAll().ends_with("\r\n\r\nbye"));
    }
};
ESCALE_TEST(HttpHijackTest)

#include "http_requests_test.moc"
