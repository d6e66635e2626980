#include "engine/base/json.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace escale {
namespace {

constexpr std::size_t kDeepest = 64;
// A value takes 40 bytes and may be written with two: a few MiB of text must not become hundreds.
constexpr std::size_t kMostValues = 1'000'000;

// Builds the tree from RapidJSON's events; returning false from a handler ends the parse.
class TreeBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TreeBuilder> {
public:
    bool Null() { return add(Json()); }
    bool Bool(bool value) { return add(Json(value)); }
    bool Int(int value) { return add(Json(value)); }
    bool Uint(unsigned value) { return add(Json(value)); }
    bool Int64(std::int64_t value) { return add(Json(value)); }
    bool Uint64(std::uint64_t value) { return add(Json(value)); }
    bool Double(double value) { return add(Json(value)); }
    bool String(const char* text, rapidjson::SizeType size, bool) {
        return isUnicode({text, size}) && add(Json(std::string(text, size)));
    }
    bool Key(const char* text, rapidjson::SizeType size, bool) {
        m_open.back().key.assign(text, size);
        return isUnicode(m_open.back().key);
    }
    bool StartObject() { return open(false); }
    bool StartArray() { return open(true); }
    bool EndObject(rapidjson::SizeType) {
        Level level = close();
        return isUnambiguous(level.object) && add(Json(std::move(level.object)));
    }
    bool EndArray(rapidjson::SizeType) { return add(Json(close().array)); }

    Json root;
    std::string refusal; // why a handler ended the parse

private:
    // Members are appended unchecked: Json::set would make a hostile object of many keys cost quadratic time.
    struct Level {
        bool isArray;
        Json::Array array;
        Json::Object object;
        std::string key;
    };

    bool open(bool isArray) {
        if (m_open.size() >= kDeepest) {
            refusal = "nested too deeply";
            return false;
        }
        m_open.push_back({isArray, {}, {}, {}});
        return true;
    }
    Level close() {
        Level done = std::move(m_open.back());
        m_open.pop_back();
        return done;
    }
    // RapidJSON validates raw text but turns a lone "\\udc00" into the bytes of a surrogate, which are no
    // UTF-8.
    bool isUnicode(std::string_view text) {
        for (auto at = text.find('\xed'); at != std::string_view::npos; at = text.find('\xed', at + 1)) {
            if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xa0) {
                refusal = "a surrogate stands alone";
                return false;
            }
        }
        return true;
    }
    // Of two members with one name some readers take the first and some the last: what was checked might not
    // be what is used.
    bool isUnambiguous(const Json::Object& object) {
        std::vector<std::string_view> keys;
        keys.reserve(object.size());
        for (const auto& [key, value] : object)
            keys.push_back(key);
        std::sort(keys.begin(), keys.end());
        const auto twice = std::adjacent_find(keys.begin(), keys.end());
        if (twice != keys.end())
            refusal = "two members are named \"" + std::string(twice->substr(0, 100)) + "\"";
        return twice == keys.end();
    }
    bool add(Json value) {
        if (++m_count > kMostValues) {
            refusal = "too many values";
            return false;
        }
        if (m_open.empty())
            root = std::move(value);
        else if (Level& level = m_open.back(); level.isArray)
            level.array.push_back(std::move(value));
        else
            level.object.emplace_back(std::move(level.key), std::move(value));
        return true;
    }

    std::vector<Level> m_open;
    std::size_t m_count = 0;
};

template <class Writer>
void write(Writer& writer, const Json& value) {
    if (value.isNull()) { // NOLINT(bugprone-branch-clone): it cannot tell calls of a template parameter apart
        writer.Null();
    } else if (value.isBool()) {
        writer.Bool(value.toBool());
    } else if (value.isInteger()) {
        writer.Int64(value.toInteger());
    } else if (const auto large = value.toUnsigned()) {
        writer.Uint64(*large);
    } else if (value.isString()) {
        const std::string text = value.toString();
        writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    } else if (value.isArray()) {
        writer.StartArray();
        for (const Json& item : value.items())
            write(writer, item);
        writer.EndArray();
    } else if (value.isObject()) {
        writer.StartObject();
        for (const auto& [key, member] : value.members()) {
            writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
            write(writer, member);
        }
        writer.EndObject();
    } else if (const double number = value.toDouble(); std::isfinite(number)) {
        writer.Double(number);
    } else {
        writer.Null(); // JSON has no word for infinity
    }
}

} // namespace

Json::Json(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        m_value = static_cast<std::int64_t>(value);
    else
        m_value = value;
}

Json Json::strings(const std::vector<std::string>& values) {
    Array array;
    array.reserve(values.size());
    for (const auto& value : values)
        array.emplace_back(value);
    return array;
}

Result<Json> Json::parse(std::string_view text) {
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::Reader reader;
    TreeBuilder builder;
    // Iterative: the depth of hostile input must not be the depth of our stack.
    const auto outcome =
        reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(stream, builder);
    if (outcome.IsError()) {
        const std::string why =
            builder.refusal.empty() ? rapidjson::GetParseError_En(outcome.Code()) : builder.refusal;
        return fail(ErrorCode::InvalidArgument,
                    "not valid JSON at byte " + std::to_string(outcome.Offset()) + ": " + why);
    }
    // RapidJSON takes a NUL byte for the end.
    if (stream.Tell() != text.size())
        return fail(ErrorCode::InvalidArgument,
                    "not valid JSON at byte " + std::to_string(stream.Tell()) + ": there is a NUL byte");
    return std::move(builder.root);
}

std::string Json::dump() const {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    write(writer, *this);
    return {buffer.GetString(), buffer.GetSize()};
}

std::string Json::dumpPretty() const {
    rapidjson::StringBuffer buffer;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
    writer.SetIndent(' ', 2);
    write(writer, *this);
    return {buffer.GetString(), buffer.GetSize()};
}

const Json::Array& Json::items() const {
    static const Array none;
    const auto* array = std::get_if<Array>(&m_value);
    return array != nullptr ? *array : none;
}

const Json::Object& Json::members() const {
    static const Object none;
    const auto* object = std::get_if<Object>(&m_value);
    return object != nullptr ? *object : none;
}

const Json& Json::at(std::string_view key) const {
    static const Json null;
    for (const auto& [name, value] : members()) {
        if (name == key)
            return value;
    }
    return null;
}

bool Json::toBool(bool fallback) const {
    const auto* value = std::get_if<bool>(&m_value);
    return value != nullptr ? *value : fallback;
}

std::int64_t Json::toInteger(std::int64_t fallback) const {
    const auto* value = std::get_if<std::int64_t>(&m_value);
    return value != nullptr ? *value : fallback;
}

double Json::toDouble(double fallback) const {
    if (const auto* value = std::get_if<double>(&m_value))
        return *value;
    if (const auto* value = std::get_if<std::uint64_t>(&m_value))
        return static_cast<double>(*value);
    return isInteger() ? static_cast<double>(toInteger()) : fallback;
}

std::optional<std::uint64_t> Json::toUnsigned() const {
    if (const auto* value = std::get_if<std::uint64_t>(&m_value))
        return *value;
    if (!isInteger() || toInteger() < 0)
        return std::nullopt;
    return static_cast<std::uint64_t>(toInteger());
}

std::string Json::toString(std::string_view fallback) const {
    const auto* value = std::get_if<std::string>(&m_value);
    return value != nullptr ? *value : std::string(fallback);
}

Result<std::string> Json::getString(std::string_view key) const {
    const Json& member = at(key);
    if (!member.isString())
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(key) + "\" must be a string");
    return member.toString();
}

Result<std::string> Json::getOptionalString(std::string_view key) const {
    return contains(key) ? getString(key) : Result<std::string>(std::string());
}

Result<std::int64_t> Json::getInteger(std::string_view key) const {
    const Json& member = at(key);
    if (!member.isInteger())
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(key) + "\" must be an integer");
    return member.toInteger();
}

Result<std::vector<std::string>> Json::getStrings(std::string_view key) const {
    std::vector<std::string> strings;
    const Json& member = at(key);
    if (!member.isNull() && !member.isArray())
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(key) + "\" must be a list of strings");
    for (const Json& item : member.items()) {
        if (!item.isString())
            return fail(ErrorCode::InvalidArgument, "\"" + std::string(key) + "\" must be a list of strings");
        strings.push_back(item.toString());
    }
    return strings;
}

Json& Json::set(std::string key, Json value) & {
    if (!isObject())
        m_value = Object();
    auto& object = std::get<Object>(m_value);
    for (auto& [name, member] : object) {
        if (name == key) {
            member = std::move(value);
            return *this;
        }
    }
    object.emplace_back(std::move(key), std::move(value));
    return *this;
}

Json& Json::append(Json value) & {
    if (!isArray())
        m_value = Array();
    std::get<Array>(m_value).push_back(std::move(value));
    return *this;
}

} // namespace escale
