// What containers send to the name server, what other servers answer it, and its table of names. The first
// byte says which.
#include "engine/network/dns/answers.h"
#include "engine/network/dns_names.h"
#include "tests/fuzz/promise.h"

#include <arpa/nameser.h>

using namespace escale;
using namespace escale::dns;
using fuzz::require;

namespace {

const IpAddress kAsker = *IpAddress::parse("10.89.1.2");
const IpAddress kGateway = *IpAddress::parse("10.89.1.1");
constexpr std::string_view kSecret("\x0a\x59\x02\x02", 4); // 10.89.2.2, in a network that the asker is not in

Answers makeAnswers() {
    DnsNetwork front{"front",
                     {"10.89.1.1"},
                     false,
                     {{"aa", {"10.89.1.2", "fd00::2"}, {"web", "a.b", "all"}, {}}},
                     "front"};
    for (int i = 3; i < 200; ++i)
        front.endpoints.push_back({"b" + std::to_string(i), {"10.89.1." + std::to_string(i)}, {"all"}, {}});
    const DnsNetwork back{
        "back", {"10.89.2.1"}, false, {{"cc", {"10.89.2.2"}, {"db", "web", "all"}, {}}}, "back"};
    Answers answers;
    answers.setTable(*NameTable::read(dnsTable({front, back}, {{*IpAddress::parse("192.0.2.1")}})->bytes));
    return answers;
}

/// Well formed, as the C library sees it.
ns_msg parse(const std::string& bytes) {
    ns_msg message;
    require(::ns_initparse(reinterpret_cast<const u_char*>(bytes.data()), static_cast<int>(bytes.size()),
                           &message) == 0,
            "our messages are well formed");
    return message;
}

void checkQuestion(std::string_view bytes, bool isTcp) {
    static Answers answers = makeAnswers();
    const auto decision = answers.decide(bytes, kAsker, kGateway, isTcp);
    if (!decision.servers.empty()) {
        require(decision.reply.empty(), "a question is answered once");
        const std::string forwarded = forwardedQuestion(decision.question, 0x1234);
        require(forwarded.size() <= 12 + 255 + 4 + 11, "what is asked elsewhere is a question");
        require(ns_msg_count(parse(forwarded), ns_s_qd) == 1, "with one name");
        require(readQuestion(forwarded).verdict == Verdict::Answer, "that we would take");
        return;
    }
    if (decision.reply.empty())
        return;
    ns_msg message = parse(decision.reply);
    require(ns_msg_id(message) ==
                (static_cast<std::uint8_t>(bytes[0]) << 8 | static_cast<std::uint8_t>(bytes[1])),
            "an answer has the question's number");
    require(ns_msg_getflag(message, ns_f_qr) == 1, "an answer is no question: nobody answers it again");
    require(decision.reply.size() <= (isTcp ? kLongestTcp : kLongestUdp), "an answer has its bounds");
    for (int i = 0; i < ns_msg_count(message, ns_s_an); ++i) {
        ns_rr record;
        require(::ns_parserr(&message, ns_s_an, i, &record) == 0, "records are well formed");
        const std::string_view content(reinterpret_cast<const char*>(ns_rr_rdata(record)),
                                       ns_rr_rdlen(record));
        require(content != kSecret, "no other network is told of");
    }
}

void checkReply(std::string bytes) {
    static const Question question =
        readQuestion(std::string("\x12\x34\1\0\0\1\0\0\0\0\0\0\3Www\7example\0\0\1\0\1", 29)).question;
    for (const std::size_t longest : {kShortestLimit, kLongestTcp}) {
        if (!isReplyTo(bytes, question, 0x1234))
            return;
        const std::string forwarded = forwardedReply(bytes, question, longest);
        require(forwarded.size() <= longest, "an answer has its bounds");
        require(forwarded.compare(12, question.wire.size(), question.wire) == 0, "it is of the question");
        require(isReplyTo(forwarded, question, question.id), "it is still an answer");
        (void)rcodeOf(bytes);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view rest(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    switch (bytes[0] % 4) {
    case 0:
    case 1:
        checkQuestion(rest, bytes[0] % 4 == 1);
        break;
    case 2:
        checkReply(std::string(rest));
        break;
    default:
        if (const auto table = NameTable::read(std::string(rest))) {
            (void)table->find("web.front", {});
            (void)table->containerAt(kAsker);
            (void)table->namesOf(kAsker);
        }
    }
    return 0;
}
