#include "engine/network/dns/message.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace escale::dns {
namespace {

constexpr std::size_t kHeader = 12;
constexpr std::size_t kLongestName = 255; // in wire form
constexpr std::size_t kOptRecord = 11;    // without options
// TTL of our own records, in seconds. Docker's 600 outlive a container: its address may be another's by then.
// With 0 nothing on the way keeps an answer, and asking again costs microseconds.
constexpr std::uint32_t kTimeToLive = 0;

// Bits of the header's third and fourth byte.
constexpr std::uint8_t kResponse = 0x80;
constexpr std::uint8_t kOpcode = 0x78;
constexpr std::uint8_t kAuthoritative = 0x04;
constexpr std::uint8_t kTruncated = 0x02;
constexpr std::uint8_t kRecursionDesired = 0x01;
constexpr std::uint8_t kRecursionAvailable = 0x80;
constexpr std::uint8_t kAuthenticData = 0x20;
constexpr std::uint8_t kCheckingDisabled = 0x10;
constexpr std::uint8_t kRcode = 0x0f;

std::uint8_t byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
}
std::uint16_t numberAt(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint16_t>(byteAt(bytes, at) << 8 | byteAt(bytes, at + 1));
}
void append(std::string& bytes, std::uint16_t number) {
    bytes.push_back(static_cast<char>(number >> 8));
    bytes.push_back(static_cast<char>(number));
}
void put(std::string& bytes, std::size_t at, std::uint16_t number) {
    bytes[at] = static_cast<char>(number >> 8);
    bytes[at + 1] = static_cast<char>(number);
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool isOfNames(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// The length of the name that begins there, with its end; 0 when there is none. A first question's name has
/// nothing before it that it could point to.
std::size_t nameLength(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size() && at < kLongestName) {
        const std::size_t label = byteAt(bytes, at);
        if (label == 0)
            return at + 1;
        if (label > 63)
            return 0;
        at += label + 1;
    }
    return 0;
}

std::string textOf(std::string_view wire) {
    std::string text;
    for (std::size_t at = 0; byteAt(wire, at) != 0;) {
        if (!text.empty())
            text.push_back('.');
        const std::size_t end = at + 1 + byteAt(wire, at);
        while (++at < end) {
            const char c = lower(wire[at]);
            // A dot within a label, too: it must not be taken for the one between two.
            text.push_back(isOfNames(c) ? c : '?');
        }
    }
    return text;
}

/// Takes the one additional record that we know. False: something else, or malformed.
bool readOpt(std::string_view bytes, Received& received) {
    if (bytes.size() < kOptRecord || byteAt(bytes, 0) != 0 ||
        numberAt(bytes, 1) != static_cast<std::uint16_t>(Type::Opt))
        return false;
    if (bytes.size() != kOptRecord + numberAt(bytes, 9))
        return false;
    received.question.ednsSize = numberAt(bytes, 3);
    received.question.dnssecOk = (byteAt(bytes, 7) & 0x80) != 0;
    if (byteAt(bytes, 6) != 0)
        received.rcode = Rcode::BadVersion;
    return true;
}

std::string header(const Question& question, Rcode rcode) {
    std::string bytes;
    append(bytes, question.id);
    bytes.push_back(static_cast<char>(kResponse | (question.recursionDesired ? kRecursionDesired : 0)));
    bytes.push_back(static_cast<char>(kRecursionAvailable | (static_cast<std::uint8_t>(rcode) & kRcode) |
                                      (question.checkingDisabled ? kCheckingDisabled : 0)));
    bytes.append(8, '\0');
    return bytes;
}

void appendQuestion(std::string& bytes, const Question& question) {
    put(bytes, 4, 1);
    bytes += question.wire;
    append(bytes, question.type);
    append(bytes, question.network);
}

void appendOpt(std::string& bytes, std::uint8_t highRcode, std::size_t size, bool dnssecOk) {
    put(bytes, 10, 1);
    bytes.push_back('\0');
    append(bytes, static_cast<std::uint16_t>(Type::Opt));
    append(bytes, static_cast<std::uint16_t>(size));
    bytes.push_back(static_cast<char>(highRcode));
    bytes.push_back('\0'); // version
    append(bytes, dnssecOk ? 0x8000 : 0);
    append(bytes, 0);
}

} // namespace

std::size_t Question::udpLimit() const {
    return std::clamp<std::size_t>(ednsSize.value_or(0), kShortestLimit, kLongestUdp);
}

Received readQuestion(std::string_view bytes) {
    Received received;
    if (bytes.size() < kHeader || (byteAt(bytes, 2) & kResponse) != 0)
        return received;
    Question& question = received.question;
    question.id = numberAt(bytes, 0);
    question.recursionDesired = (byteAt(bytes, 2) & kRecursionDesired) != 0;
    question.authenticData = (byteAt(bytes, 3) & kAuthenticData) != 0;
    question.checkingDisabled = (byteAt(bytes, 3) & kCheckingDisabled) != 0;
    received.verdict = Verdict::Refuse;
    if ((byteAt(bytes, 2) & kOpcode) != 0) {
        received.rcode = Rcode::NotImplemented;
        return received;
    }
    const std::uint16_t additional = numberAt(bytes, 10);
    if ((byteAt(bytes, 2) & kTruncated) != 0 || numberAt(bytes, 4) != 1 || numberAt(bytes, 6) != 0 ||
        numberAt(bytes, 8) != 0 || additional > 1)
        return received;
    bytes.remove_prefix(kHeader);
    const std::size_t length = nameLength(bytes);
    if (length == 0 || bytes.size() < length + 4)
        return received;
    question.wire = bytes.substr(0, length);
    question.name = textOf(question.wire);
    question.type = numberAt(bytes, length);
    question.network = numberAt(bytes, length + 2);
    bytes.remove_prefix(length + 4);
    const bool isWhole = additional == 0 ? bytes.empty() : readOpt(bytes, received);
    if (isWhole && received.rcode != Rcode::BadVersion)
        received.verdict = Verdict::Answer;
    return received;
}

std::string refusalOf(const Received& received) {
    std::string bytes = header(received.question, received.rcode);
    if (received.rcode == Rcode::BadVersion)
        appendOpt(bytes, 1, kForwardedUdp, false);
    return bytes;
}

Reply::Reply(const Question& question, Rcode rcode, std::size_t longest)
    : m_question(question)
    , m_longest(longest)
    , m_bytes(header(question, rcode)) {
    if (rcode == Rcode::NoError || rcode == Rcode::NameError)
        m_bytes[2] = static_cast<char>(byteAt(m_bytes, 2) | kAuthoritative);
    appendQuestion(m_bytes, question);
}

void Reply::record(Type type, std::string_view content) {
    constexpr std::size_t kFixed = 12; // a pointer to the question's name, type, class, TTL, length
    const std::size_t end = m_bytes.size() + kFixed + content.size() + (m_question.ednsSize ? kOptRecord : 0);
    if (m_isTruncated || end > m_longest || m_count == 0xffff) {
        m_isTruncated = true;
        return;
    }
    append(m_bytes, 0xc000 | kHeader);
    append(m_bytes, static_cast<std::uint16_t>(type));
    append(m_bytes, 1);
    append(m_bytes, kTimeToLive >> 16);
    append(m_bytes, kTimeToLive & 0xffff);
    append(m_bytes, static_cast<std::uint16_t>(content.size()));
    m_bytes += content;
    ++m_count;
}

void Reply::add(const IpAddress& address) {
    const auto bytes = address.bytes();
    record(address.isV6 ? Type::Aaaa : Type::A,
           {reinterpret_cast<const char*>(bytes.data()), address.width() / 8});
}

void Reply::addPointer(std::string_view name) {
    std::string content;
    while (!name.empty()) {
        const auto label = name.substr(0, name.find('.'));
        content.push_back(static_cast<char>(label.size()));
        content += label;
        name.remove_prefix(std::min(name.size(), label.size() + 1));
    }
    content.push_back('\0');
    record(Type::Ptr, content);
}

std::string Reply::take() {
    if (m_isTruncated)
        m_bytes[2] = static_cast<char>(byteAt(m_bytes, 2) | kTruncated);
    put(m_bytes, 6, m_count);
    if (m_question.ednsSize)
        appendOpt(m_bytes, 0, kForwardedUdp, m_question.dnssecOk);
    return std::move(m_bytes);
}

std::string forwardedQuestion(const Question& question, std::uint16_t id) {
    std::string bytes;
    append(bytes, id);
    bytes.push_back(static_cast<char>(question.recursionDesired ? kRecursionDesired : 0));
    bytes.push_back(static_cast<char>((question.authenticData ? kAuthenticData : 0) |
                                      (question.checkingDisabled ? kCheckingDisabled : 0)));
    bytes.append(8, '\0');
    appendQuestion(bytes, question);
    if (question.ednsSize)
        appendOpt(bytes, 0, std::clamp<std::size_t>(*question.ednsSize, kShortestLimit, kForwardedUdp),
                  question.dnssecOk);
    return bytes;
}

bool isReplyTo(std::string_view bytes, const Question& question, std::uint16_t id) {
    const std::size_t end = kHeader + question.wire.size();
    if (bytes.size() < end + 4 || numberAt(bytes, 0) != id || (byteAt(bytes, 2) & kResponse) == 0 ||
        (byteAt(bytes, 2) & kOpcode) != 0 || numberAt(bytes, 4) != 1)
        return false;
    // A label's length is no letter: it has no case.
    const auto isSame = [](char one, char other) { return lower(one) == lower(other); };
    return std::equal(question.wire.begin(), question.wire.end(), bytes.begin() + kHeader, isSame) &&
           numberAt(bytes, end) == question.type && numberAt(bytes, end + 2) == question.network;
}

Rcode rcodeOf(std::string_view reply) {
    return static_cast<Rcode>(byteAt(reply, 3) & kRcode);
}

std::string forwardedReply(std::string_view reply, const Question& question, std::size_t longest) {
    std::string bytes(reply);
    if (bytes.size() > longest) {
        bytes.resize(kHeader);
        bytes[2] = static_cast<char>(byteAt(bytes, 2) | kTruncated);
        bytes.replace(6, 6, 6, '\0');
        appendQuestion(bytes, question);
    }
    put(bytes, 0, question.id);
    bytes.replace(kHeader, question.wire.size(), question.wire);
    return bytes;
}

std::optional<IpAddress> reversedAddress(std::string_view name) {
    constexpr std::string_view kV4 = ".in-addr.arpa";
    constexpr std::string_view kV6 = ".ip6.arpa";
    const bool isV6 = name.ends_with(kV6);
    if (!isV6 && !name.ends_with(kV4))
        return std::nullopt;
    name.remove_suffix(isV6 ? kV6.size() : kV4.size());
    const int base = isV6 ? 16 : 10;
    const std::size_t wanted = isV6 ? 32 : 4;
    std::vector<std::uint8_t> parts;
    for (;;) {
        const auto label = name.substr(0, name.find('.'));
        std::uint8_t number = 0;
        const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), number, base);
        if (label.empty() || error != std::errc() || end != label.data() + label.size() ||
            label.size() > (isV6 ? 1 : 3) || parts.size() == wanted)
            return std::nullopt;
        parts.push_back(number);
        if (label.size() == name.size())
            break;
        name.remove_prefix(label.size() + 1);
    }
    if (parts.size() != wanted)
        return std::nullopt;
    std::reverse(parts.begin(), parts.end());
    std::array<std::uint8_t, 16> bytes{};
    if (!isV6)
        std::copy(parts.begin(), parts.end(), bytes.begin());
    for (std::size_t i = 0; isV6 && i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(parts[2 * i] << 4 | parts[2 * i + 1]);
    return IpAddress::fromBytes(isV6, bytes.data());
}

} // namespace escale::dns
