#include "engine/cgroup/dbus_message.h"

#include <algorithm>
#include <cstring>

namespace escale {
namespace {

// Header fields ("Message Format").
constexpr std::uint8_t kPath = 1;
constexpr std::uint8_t kInterface = 2;
constexpr std::uint8_t kMember = 3;
constexpr std::uint8_t kErrorName = 4;
constexpr std::uint8_t kReplySerial = 5;
constexpr std::uint8_t kDestination = 6;
constexpr std::uint8_t kSender = 7;
constexpr std::uint8_t kSignature = 8;

const char* signatureOf(const UnitValue& value) {
    static constexpr std::array<const char*, std::variant_size_v<UnitValue>> kSignatures{
        "s", "b", "t", "i", "as", "au", "ay", "a(ss)"};
    return kSignatures.at(value.index());
}

tl::unexpected<Error> malformed(const char* what) {
    return fail(ErrorCode::Untrusted, std::string("systemd's message is malformed: ") + what);
}

// Reads values where they stand; every step is checked against the end.
class Reader {
public:
    Reader(std::string_view bytes, std::size_t position)
        : m_bytes(bytes)
        , m_position(position) {}
    bool pad(std::size_t alignment) {
        m_position = (m_position + alignment - 1) / alignment * alignment;
        return m_position <= m_bytes.size();
    }
    bool byte(std::uint8_t& value) {
        if (m_position >= m_bytes.size())
            return false;
        value = static_cast<std::uint8_t>(m_bytes[m_position++]);
        return true;
    }
    bool number(std::uint32_t& value) {
        if (!pad(4) || m_bytes.size() - m_position < sizeof value)
            return false;
        std::memcpy(&value, m_bytes.data() + m_position, sizeof value);
        m_position += sizeof value;
        return true;
    }
    bool string(std::string& value) {
        std::uint32_t size = 0;
        return number(size) && take(size, value);
    }
    bool signature(std::string& value) {
        std::uint8_t size = 0;
        return byte(size) && take(size, value);
    }
    [[nodiscard]] std::size_t position() const { return m_position; }

private:
    bool take(std::size_t size, std::string& value) {
        if (m_bytes.size() - m_position <= size || m_bytes[m_position + size] != '\0')
            return false;
        value = m_bytes.substr(m_position, size);
        m_position += size + 1;
        return true;
    }
    std::string_view m_bytes;
    std::size_t m_position;
};

// One of a(yv); those that we do not ask for have the same few types.
bool readField(Reader& reader, DbusMessage& message, std::string& bodySignature) {
    std::uint8_t code = 0;
    std::string type;
    std::string text;
    std::uint32_t number = 0;
    if (!reader.pad(8) || !reader.byte(code) || !reader.signature(type))
        return false;
    const bool isText = type == "s" || type == "o";
    if (!(isText        ? reader.string(text)
          : type == "g" ? reader.signature(text)
                        : type == "u" && reader.number(number)))
        return false;
    if (code == kMember)
        message.member = text;
    else if (code == kErrorName)
        message.errorName = text;
    else if (code == kSender)
        message.sender = text;
    else if (code == kReplySerial)
        message.replyTo = number;
    else if (code == kSignature)
        bodySignature = text;
    return true;
}

} // namespace

void DbusWriter::pad(std::size_t alignment) {
    m_bytes.resize((m_bytes.size() + alignment - 1) / alignment * alignment);
}

void DbusWriter::number(std::uint32_t value) {
    pad(4);
    m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void DbusWriter::wide(std::uint64_t value) {
    pad(8);
    m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void DbusWriter::string(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    m_bytes.append(value);
    m_bytes.push_back('\0');
}

void DbusWriter::shortString(std::string_view value) {
    m_bytes.push_back(static_cast<char>(value.size()));
    m_bytes.append(value);
    m_bytes.push_back('\0');
}

namespace {

// An array begins with its size in bytes, which does not count the padding before its first element.
class ArraySize {
public:
    ArraySize(std::string& bytes, std::size_t alignment)
        : m_bytes(bytes) {
        m_bytes.resize((m_bytes.size() + 3) / 4 * 4 + 4);
        m_at = m_bytes.size() - 4;
        m_bytes.resize((m_bytes.size() + alignment - 1) / alignment * alignment);
        m_begin = m_bytes.size();
    }
    ArraySize(const ArraySize&) = delete;
    ArraySize& operator=(const ArraySize&) = delete;
    ~ArraySize() {
        const auto size = static_cast<std::uint32_t>(m_bytes.size() - m_begin);
        std::memcpy(m_bytes.data() + m_at, &size, sizeof size);
    }

private:
    std::string& m_bytes;
    std::size_t m_at;
    std::size_t m_begin;
};

} // namespace

void DbusWriter::variant(const UnitValue& value) {
    shortString(signatureOf(value));
    if (const auto* text = std::get_if<std::string>(&value)) {
        string(*text);
    } else if (const auto* flag = std::get_if<bool>(&value)) {
        number(*flag ? 1 : 0);
    } else if (const auto* count = std::get_if<std::uint64_t>(&value)) {
        wide(*count);
    } else if (const auto* small = std::get_if<std::int32_t>(&value)) {
        number(static_cast<std::uint32_t>(*small));
    } else if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        const ArraySize size(m_bytes, 4);
        for (const auto& one : *texts)
            string(one);
    } else if (const auto* numbers = std::get_if<std::vector<std::uint32_t>>(&value)) {
        const ArraySize size(m_bytes, 4);
        for (const auto one : *numbers)
            number(one);
    } else if (const auto* raw = std::get_if<std::vector<std::uint8_t>>(&value)) {
        const ArraySize size(m_bytes, 1);
        m_bytes.append(raw->begin(), raw->end());
    } else if (const auto* pairs = std::get_if<std::vector<std::pair<std::string, std::string>>>(&value)) {
        const ArraySize size(m_bytes, 8);
        for (const auto& [first, second] : *pairs) {
            pad(8);
            string(first);
            string(second);
        }
    }
}

DbusWriter& DbusWriter::text(std::string_view value) {
    m_signature += "s";
    string(value);
    return *this;
}

DbusWriter& DbusWriter::boolean(bool value) {
    m_signature += "b";
    number(value ? 1 : 0);
    return *this;
}

DbusWriter& DbusWriter::properties(const UnitProperties& values) {
    m_signature += "a(sv)";
    const ArraySize size(m_bytes, 8);
    for (const auto& [name, value] : values) {
        pad(8);
        string(name);
        variant(value);
    }
    return *this;
}

DbusWriter& DbusWriter::noAuxiliaryUnits() {
    m_signature += "a(sa(sv))";
    const ArraySize size(m_bytes, 8);
    return *this;
}

std::string dbusCall(std::uint32_t serial, std::string_view member, const DbusWriter& body,
                     const DbusObject& object) {
    DbusWriter message;
    message.m_bytes = {'l', static_cast<char>(DbusMessage::Kind::Call), '\0', '\1'};
    message.number(static_cast<std::uint32_t>(body.bytes().size()));
    message.number(serial);
    const auto field = [&](std::uint8_t code, const char* type, std::string_view value) {
        message.pad(8);
        message.m_bytes.push_back(static_cast<char>(code));
        message.shortString(type);
        if (*type == 'g')
            message.shortString(value);
        else
            message.string(value);
    };
    {
        const ArraySize size(message.m_bytes, 8);
        field(kPath, "o", object.path);
        field(kInterface, "s", object.interface);
        field(kMember, "s", member);
        field(kDestination, "s", object.destination);
        if (!body.signature().empty())
            field(kSignature, "g", body.signature());
    }
    message.pad(8);
    return message.m_bytes + body.bytes();
}

Result<std::size_t> dbusMessageSize(std::string_view header) {
    std::uint32_t bodySize = 0;
    std::uint32_t fieldsSize = 0;
    if (header.size() < kDbusHeader || header[0] != 'l' || header[3] != 1)
        return malformed("it is no message of version 1 with the lowest byte first");
    std::memcpy(&bodySize, header.data() + 4, sizeof bodySize);
    std::memcpy(&fieldsSize, header.data() + 12, sizeof fieldsSize);
    if (bodySize > kLongestDbusMessage || fieldsSize > kLongestDbusMessage)
        return malformed("it is too long");
    return kDbusHeader + (fieldsSize + 7U) / 8U * 8U + bodySize;
}

Result<DbusMessage> parseDbusMessage(std::string_view bytes) {
    TRY_ASSIGN(const std::size_t size, dbusMessageSize(bytes));
    if (size != bytes.size() || bytes[1] < 1 || bytes[1] > 4)
        return malformed("it has another size than it says, or an unknown type");
    DbusMessage message;
    message.kind = static_cast<DbusMessage::Kind>(bytes[1]);
    std::uint32_t fieldsSize = 0;
    std::memcpy(&fieldsSize, bytes.data() + 12, sizeof fieldsSize);
    std::string signature;
    Reader fields(bytes.substr(0, kDbusHeader + fieldsSize), kDbusHeader);
    while (fields.position() < kDbusHeader + fieldsSize) {
        if (!readField(fields, message, signature))
            return malformed("a header field leads outside");
    }
    Reader body(bytes, kDbusHeader + (fieldsSize + 7U) / 8U * 8U);
    for (const char type : signature) {
        std::uint32_t number = 0;
        if (type == 'u') {
            if (!body.number(number))
                return malformed("a number is missing");
            continue;
        }
        if (type != 's' && type != 'o')
            break;
        if (!body.string(message.texts.emplace_back()))
            return malformed("a text leads outside");
    }
    return message;
}

} // namespace escale
