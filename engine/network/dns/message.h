// The DNS's messages (RFC 1035, EDNS0: RFC 6891) as far as a forwarding name server has to understand them:
// questions as they come from containers, its own answers, and what comes back from another server. Pure;
// made for hostile bytes: every length is checked, compressed names are not followed.
#pragma once

#include "engine/network/ip.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace escale::dns {

constexpr std::size_t kShortestLimit = 512; // bytes of an answer by UDP without EDNS0
constexpr std::size_t kLongestUdp = 4096;   // … and at most, whatever a client offers
constexpr std::size_t kForwardedUdp = 1232; // that we offer to other servers: is not fragmented
constexpr std::size_t kLongestTcp = 65535;

enum class Type : std::uint16_t { A = 1, Ptr = 12, Aaaa = 28, Opt = 41, Any = 255 };
enum class Rcode : std::uint8_t {
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
    BadVersion = 16,
};

struct Question {
    std::uint16_t id = 0;
    bool recursionDesired = false;
    bool authenticData = false;    // AD: it would like to know
    bool checkingDisabled = false; // CD
    std::string wire;              // the name as it was asked: labels, and the root's
    std::string
        name; // the same as text, in lower case, without the last dot; what no name of ours has is '?'
    std::uint16_t type = 0;
    std::uint16_t network = 1; // the class; 1 is IN
    std::optional<std::uint16_t> ednsSize;
    bool dnssecOk = false;

    [[nodiscard]] bool is(Type wanted) const { return type == static_cast<std::uint16_t>(wanted); }
    /// How long an answer by UDP may be, in bytes.
    [[nodiscard]] std::size_t udpLimit() const;
};

enum class Verdict : std::uint8_t {
    Silent, // no question at all, or not even a header: nobody is answered
    Refuse, // answered with refusalOf()
    Answer, // a question
};
struct Received {
    Verdict verdict = Verdict::Silent;
    Question question;                // Refuse: its id and flags only
    Rcode rcode = Rcode::FormatError; // Refuse: why
};
Received readQuestion(std::string_view bytes);
/// The header alone: the rest was not understood.
std::string refusalOf(const Received& received);

/// An answer from what we know. Records that do not fit are left out and the answer is marked as truncated.
class Reply {
public:
    Reply(const Question& question, Rcode rcode, std::size_t longest);
    void add(const IpAddress& address);
    /// `name`: a valid one (isDnsName), the answer to a reverse look-up.
    void addPointer(std::string_view name);
    [[nodiscard]] std::string take();

private:
    void record(Type type, std::string_view content);
    const Question& m_question;
    std::size_t m_longest;
    std::string m_bytes;
    std::uint16_t m_count = 0;
    bool m_isTruncated = false;
};

/// The question as it is asked elsewhere: written anew, nothing of the client's bytes but the name.
std::string forwardedQuestion(const Question& question, std::uint16_t id);
/// Whether these bytes answer that question.
bool isReplyTo(std::string_view bytes, const Question& question, std::uint16_t id);
/// Of bytes that are a reply.
Rcode rcodeOf(std::string_view reply);
/// What the client gets of a reply: its own id, its own letters' case; without any record when it is too
/// long.
std::string forwardedReply(std::string_view reply, const Question& question, std::size_t longest);

/// The address that a name below in-addr.arpa or ip6.arpa stands for, if it stands for one.
std::optional<IpAddress> reversedAddress(std::string_view name);

} // namespace escale::dns
