// Numbers and texts as bytes, for files and streams of our own: in the machine's order, as they never leave
// it. What is read may be a stranger's: every length is checked, nothing is allocated beyond what is there.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace escale {

/// Appends to the bytes that it borrows.
class ByteWriter {
public:
    explicit ByteWriter(std::string& bytes)
        : m_bytes(bytes) {}
    template <class Number>
    ByteWriter& number(Number value) {
        static_assert(std::is_arithmetic_v<Number>);
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        return *this;
    }
    ByteWriter& text(std::string_view value) {
        number(static_cast<std::uint32_t>(value.size()));
        m_bytes += value;
        return *this;
    }

private:
    std::string& m_bytes;
};

/// Takes from the front of bytes that it borrows. Each answers Untrusted when there is too little.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes)
        : m_bytes(bytes) {}
    [[nodiscard]] bool isAtEnd() const { return m_bytes.empty(); }
    template <class Number>
    Result<Number> number() {
        static_assert(std::is_arithmetic_v<Number>);
        Number value{};
        if (m_bytes.size() < sizeof value)
            return fail(ErrorCode::Untrusted, "the bytes end within a number");
        std::memcpy(&value, m_bytes.data(), sizeof value);
        m_bytes.remove_prefix(sizeof value);
        return value;
    }
    /// A part of the bytes.
    Result<std::string_view> raw(std::size_t size) {
        if (m_bytes.size() < size)
            return fail(ErrorCode::Untrusted, "the bytes end within a text");
        const std::string_view value = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size);
        return value;
    }
    Result<std::string> text(std::size_t longest) {
        TRY_ASSIGN(const auto size, number<std::uint32_t>());
        if (size > longest)
            return fail(ErrorCode::Untrusted, "a text is longer than it may be");
        TRY_ASSIGN(const std::string_view value, raw(size));
        return std::string(value);
    }

private:
    std::string_view m_bytes;
};

} // namespace escale
