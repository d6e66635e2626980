#include "engine/network/dns/message.h"

#include "engine/network/dns/answers.h"
#include "engine/network/dns_names.h"
#include "tests/support/test_registry.h"

#include <arpa/nameser.h>

using namespace escale;
using namespace escale::dns;

namespace {

const std::string kHeader("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", 12);
const std::string kWeb("\3WeB\0\0\1\0\1", 9);
const std::string kOpt("\0\0\x29\x10\0\0\0\x80\0\0\0", 11); // 4096 bytes, DO

std::string withCount(std::string bytes, std::size_t at, int count) {
    bytes[at + 1] = static_cast<char>(count);
    return bytes;
}

IpAddress ip(const char* text) {
    return *IpAddress::parse(text);
}

/// "qr aa tc rd ra, RCODE, questions/answers/authority/additional", as the C library's reader sees it.
std::string described(const std::string& bytes) {
    ns_msg message;
    if (::ns_initparse(reinterpret_cast<const u_char*>(bytes.data()), static_cast<int>(bytes.size()),
                       &message) != 0)
        return "malformed";
    std::string text;
    for (const auto& [flag, name] :
         {std::pair(ns_f_qr, "qr"), std::pair(ns_f_aa, "aa"), std::pair(ns_f_tc, "tc"),
          std::pair(ns_f_rd, "rd"), std::pair(ns_f_ra, "ra")})
        text += ns_msg_getflag(message, flag) != 0 ? std::string(name) + " " : "";
    text += std::to_string(ns_msg_getflag(message, ns_f_rcode));
    for (const auto section : {ns_s_qd, ns_s_an, ns_s_ns, ns_s_ar})
        text += " " + std::to_string(ns_msg_count(message, section));
    return text;
}

Question question(const std::string& name = kWeb) {
    return readQuestion(kHeader + name).question;
}

Answers answersOf(const std::vector<DnsNetwork>& networks, const std::vector<Upstream>& servers = {}) {
    Answers answers;
    answers.setTable(*NameTable::read(dnsTable(networks, servers)->bytes));
    return answers;
}

} // namespace

class DnsMessageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAQuestion() {
        const auto plain = readQuestion(kHeader + kWeb);
        QVERIFY(plain.verdict == Verdict::Answer);
        QCOMPARE(plain.question.name, std::string("web"));
        QCOMPARE(plain.question.wire, kWeb.substr(0, 5));
        QCOMPARE(plain.question.udpLimit(), std::size_t(512));
        const auto extended = readQuestion(withCount(kHeader, 10, 1) + kWeb + kOpt);
        QVERIFY(extended.verdict == Verdict::Answer);
        QVERIFY(extended.question.dnssecOk);
        QCOMPARE(extended.question.udpLimit(), std::size_t(4096));
    }

    void refusesWhatIsNone_data() {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<std::string>("answer"); // empty: silence
        const auto row = [](const char* name, std::string bytes, const char* answer) {
            QTest::newRow(name) << std::move(bytes) << std::string(answer);
        };
        std::string reply = kHeader + kWeb;
        reply[2] = static_cast<char>(0x81);
        std::string notify = kHeader + kWeb;
        notify[2] = 0x20;
        std::string version = withCount(kHeader, 10, 1) + kWeb + kOpt;
        version[version.size() - 5] = 1;
        row("nothing", "", "");
        row("half a header", kHeader.substr(0, 11), "");
        row("an answer", reply, "");
        row("no question", withCount(kHeader, 4, 0), "qr rd ra 1 0 0 0 0");
        row("two questions", withCount(kHeader, 4, 2) + kWeb + kWeb, "qr rd ra 1 0 0 0 0");
        row("a header alone", kHeader, "qr rd ra 1 0 0 0 0");
        row("cut within the name", kHeader + kWeb.substr(0, 3), "qr rd ra 1 0 0 0 0");
        row("cut within the type", kHeader + kWeb.substr(0, 7), "qr rd ra 1 0 0 0 0");
        row("a name that points to itself", kHeader + std::string("\xc0\x0c\0\1\0\1", 6),
            "qr rd ra 1 0 0 0 0");
        std::string endless = kHeader;
        for (int i = 0; i < 20; ++i)
            endless += '\x3f' + std::string(63, 'a');
        row("a name without end", endless, "qr rd ra 1 0 0 0 0");
        row("something behind", kHeader + kWeb + "x", "qr rd ra 1 0 0 0 0");
        row("an answer in the question", withCount(kHeader, 6, 1) + kWeb, "qr rd ra 1 0 0 0 0");
        row("half an OPT", withCount(kHeader, 10, 1) + kWeb + kOpt.substr(0, 9), "qr rd ra 1 0 0 0 0");
        row("a signature", withCount(kHeader, 10, 1) + kWeb + std::string("\0\0\xfa\0\0\0\0\0\0\0\0", 11),
            "qr rd ra 1 0 0 0 0");
        row("a notification", notify, "qr ra 4 0 0 0 0");
        row("a later EDNS", version, "qr rd ra 0 0 0 0 1"); // BADVERS: its high bits stand in the OPT
    }
    void refusesWhatIsNone() {
        QFETCH(std::string, bytes);
        QFETCH(std::string, answer);
        const auto received = readQuestion(bytes);
        QVERIFY(received.verdict == (answer.empty() ? Verdict::Silent : Verdict::Refuse));
        if (!answer.empty())
            QCOMPARE(described(refusalOf(received)), answer);
    }

    void takesADotWithinALabelForNoDot() {
        QCOMPARE(question(std::string("\3a.b\0\0\1\0\1", 9)).name, std::string("a?b"));
        QCOMPARE(question(std::string("\1\0\0\0\1\0\1", 7)).name, std::string("?"));
    }

    void writesAnAnswer() {
        const Question asked = question();
        Reply reply(asked, Rcode::NoError, 512);
        reply.add(ip("10.0.0.1"));
        reply.add(ip("fd00::1"));
        reply.addPointer("web.lan");
        const std::string bytes = reply.take();
        QCOMPARE(described(bytes), std::string("qr aa rd ra 0 1 3 0 0"));
        ns_msg message;
        ns_rr record;
        QCOMPARE(::ns_initparse(reinterpret_cast<const u_char*>(bytes.data()), static_cast<int>(bytes.size()),
                                &message),
                 0);
        QCOMPARE(::ns_parserr(&message, ns_s_an, 0, &record), 0);
        QCOMPARE(std::string(ns_rr_name(record)), std::string("WeB"));
        QCOMPARE(int(ns_rr_type(record)), int(ns_t_a));
        QCOMPARE(::ns_parserr(&message, ns_s_an, 2, &record), 0);
        QCOMPARE(std::string(reinterpret_cast<const char*>(ns_rr_rdata(record)), ns_rr_rdlen(record)),
                 std::string("\3web\3lan\0", 9));
    }

    void leavesOutWhatDoesNotFit() {
        for (const bool extended : {false, true}) {
            const auto received = extended ? readQuestion(withCount(kHeader, 10, 1) + kWeb + kOpt)
                                           : readQuestion(kHeader + kWeb);
            Reply reply(received.question, Rcode::NoError, 512);
            for (int i = 0; i < 100; ++i)
                reply.add(ip("10.0.0.1"));
            const std::string bytes = reply.take();
            QVERIFY(bytes.size() <= 512);
            QCOMPARE(described(bytes),
                     std::string(extended ? "qr aa tc rd ra 0 1 30 0 1" : "qr aa tc rd ra 0 1 30 0 0"));
        }
    }

    void forwardsNothingButTheQuestion() {
        auto received = readQuestion(withCount(kHeader, 10, 1) + kWeb + kOpt.substr(0, 9) +
                                     std::string("\0\5hello", 7)); // an option of the client's
        QVERIFY(received.verdict == Verdict::Answer);
        const std::string forwarded = forwardedQuestion(received.question, 0xabcd);
        QCOMPARE(forwarded, std::string("\xab\xcd\x01\0\0\1\0\0\0\0\0\1", 12) + kWeb +
                                std::string("\0\0\x29\x04\xd0\0\0\x80\0\0\0", 11));
        QVERIFY(readQuestion(forwarded).verdict == Verdict::Answer);
    }

    void knowsItsReply() {
        const Question asked = question();
        std::string reply = forwardedQuestion(asked, 7);
        QVERIFY(!isReplyTo(reply, asked, 7)); // a question
        reply[2] = static_cast<char>(0x81);
        QVERIFY(isReplyTo(reply, asked, 7));
        QVERIFY(!isReplyTo(reply, asked, 8));
        QVERIFY(!isReplyTo(reply.substr(0, reply.size() - 1), asked, 7));
        std::string lower = reply;
        lower[13] = 'w';
        QVERIFY(isReplyTo(lower, asked, 7));
        // The client sees its own number and letters
        QCOMPARE(forwardedReply(lower, asked, 512).substr(0, 2), kHeader.substr(0, 2));
        QCOMPARE(forwardedReply(lower, asked, 512).substr(12, 5), kWeb.substr(0, 5));
        lower[13] = 'x';
        QVERIFY(!isReplyTo(lower, asked, 7));
        // What is too long for it is asked for again by TCP
        QCOMPARE(described(forwardedReply(reply + std::string(600, 'x'), asked, 512)),
                 std::string("qr tc rd 0 1 0 0 0"));
    }

    void readsReverseNames() {
        QCOMPARE(reversedAddress("2.1.89.10.in-addr.arpa"), std::optional(ip("10.89.1.2")));
        QCOMPARE(reversedAddress("2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.9.8.0.0.0.0.d.f.ip6.arpa"),
                 std::optional(ip("fd00:89::2")));
        for (const char* name :
             {"in-addr.arpa", ".in-addr.arpa", "1.89.10.in-addr.arpa", "0.2.1.89.10.in-addr.arpa",
              "256.1.89.10.in-addr.arpa", "x.1.89.10.in-addr.arpa", "-1.1.89.10.in-addr.arpa",
              "2..89.10.in-addr.arpa", "2.0.ip6.arpa", "web"})
            QVERIFY2(!reversedAddress(name), name);
    }

    void tellsOnlyWhoItKnows() {
        auto answers = answersOf({{"front", {"10.89.1.1"}, false, {{"aa", {"10.89.1.2"}, {"web"}, {}}}}},
                                 {{ip("192.0.2.1")}});
        const auto decide = [&](const char* source, const std::string& name) {
            const auto decision = answers.decide(kHeader + name, ip(source), ip("10.89.1.1"), false);
            return decision.servers.empty() ? described(decision.reply) : std::string("asks");
        };
        const std::string other("\2db\0\0\1\0\1", 8);
        QCOMPARE(decide("10.89.1.2", kWeb), std::string("qr aa rd ra 0 1 1 0 0"));
        QCOMPARE(decide("10.89.1.2", other), std::string("asks"));
        // The host, of the network whose gateway it asks, and no further
        QCOMPARE(decide("10.89.1.1", kWeb), std::string("qr aa rd ra 0 1 1 0 0"));
        QCOMPARE(decide("10.89.1.1", other), std::string("qr rd ra 5 1 0 0 0"));
        // Anybody else
        QCOMPARE(decide("10.89.1.9", kWeb), std::string("qr rd ra 5 1 0 0 0"));
        QCOMPARE(decide("192.0.2.1", kWeb), std::string("qr rd ra 5 1 0 0 0"));
        // Another class is nobody's
        QCOMPARE(decide("10.89.1.2", std::string("\3web\0\0\1\0\3", 9)), std::string("qr rd ra 5 1 0 0 0"));
    }
};

ESCALE_TEST(DnsMessageTest)
#include "dns_message_test.moc"
