// JSON (RFC 8259) as a value tree: one reader and writer for the OCI documents, over RapidJSON.
// Reading is strict (no duplicate of rapidjson types leaks out); members keep their order.
//
//   TRY_ASSIGN(const Json document, Json::parse(text));
//   TRY_ASSIGN(const std::string path, document.at("root").getString("path"));   // errors name the member
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace escale {

class Json {
public:
    using Array = std::vector<Json>;
    using Object = std::vector<std::pair<std::string, Json>>;

    Json() = default; // null
    Json(bool value)
        : m_value(value) {}
    Json(std::int64_t value)
        : m_value(value) {}
    Json(int value)
        : m_value(static_cast<std::int64_t>(value)) {}
    Json(unsigned value)
        : m_value(static_cast<std::int64_t>(value)) {}
    Json(std::uint64_t value);
    Json(double value)
        : m_value(value) {}
    Json(std::string value)
        : m_value(std::move(value)) {}
    Json(std::string_view value)
        : m_value(std::string(value)) {}
    Json(const char* value)
        : m_value(std::string(value)) {}
    Json(Array value)
        : m_value(std::move(value)) {}
    Json(Object value)
        : m_value(std::move(value)) {}
    static Json strings(const std::vector<std::string>& values);

    /// InvalidArgument (what, and at which byte): malformed text, invalid UTF-8, trailing bytes, two members
    /// of one name, numbers beyond a double, nesting deeper than 64, more than a million values.
    static Result<Json> parse(std::string_view text);
    [[nodiscard]] std::string dump() const;
    [[nodiscard]] std::string dumpPretty() const;

    [[nodiscard]] bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    [[nodiscard]] bool isBool() const { return std::holds_alternative<bool>(m_value); }
    [[nodiscard]] bool isInteger() const { return std::holds_alternative<std::int64_t>(m_value); }
    [[nodiscard]] bool isString() const { return std::holds_alternative<std::string>(m_value); }
    [[nodiscard]] bool isArray() const { return std::holds_alternative<Array>(m_value); }
    [[nodiscard]] bool isObject() const { return std::holds_alternative<Object>(m_value); }

    /// The elements; empty when this is no array.
    [[nodiscard]] const Array& items() const;
    /// The members; empty when this is no object.
    [[nodiscard]] const Object& members() const;
    /// The member, or a null value when it is absent or this is no object.
    [[nodiscard]] const Json& at(std::string_view key) const;
    [[nodiscard]] bool contains(std::string_view key) const { return !at(key).isNull(); }

    // The value itself, or `fallback` when it has another type.
    [[nodiscard]] bool toBool(bool fallback = false) const;
    [[nodiscard]] std::int64_t toInteger(std::int64_t fallback = 0) const;
    [[nodiscard]] double toDouble(double fallback = 0) const;
    /// A whole number from 0 to 2^64-1, exactly; nothing for anything else. isInteger() and toInteger() know
    /// no number above 2^63-1.
    [[nodiscard]] std::optional<std::uint64_t> toUnsigned() const;
    [[nodiscard]] std::string toString(std::string_view fallback = {}) const;

    // A member that must be there with that type; the error names it.
    [[nodiscard]] Result<std::string> getString(std::string_view key) const;
    [[nodiscard]] Result<std::int64_t> getInteger(std::string_view key) const;
    // A member that may be absent or null but must have the type when present.
    [[nodiscard]] Result<std::vector<std::string>> getStrings(std::string_view key) const;
    [[nodiscard]] Result<std::string> getOptionalString(std::string_view key) const;

    /// Sets or replaces a member; a null value becomes an object first.
    Json& set(std::string key, Json value) &;
    /// Appends an element; a null value becomes an array first.
    Json& append(Json value) &;
    // In an expression that makes a value: Json().set("a", 1).set("b", 2) is moved, not copied.
    Json set(std::string key, Json value) && { return std::move(set(std::move(key), std::move(value))); }
    Json append(Json value) && { return std::move(append(std::move(value))); }

private:
    // The unsigned one is above 2^63-1: every number has one form only.
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Array, Object>
        m_value;
};

} // namespace escale
