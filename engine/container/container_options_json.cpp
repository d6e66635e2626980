// The stored form of options: a JSON object with the names of container_options_fields.h.
#include "engine/container/container_options.h"
#include "engine/container/container_options_fields.h"

#include <type_traits>

namespace escale {
namespace {

Json toJson(const Texts& texts) {
    return Json::strings(texts);
}
Json toJson(const std::optional<Texts>& texts) {
    return texts ? Json::strings(*texts) : Json();
}
Json toJson(const TextMap& map) {
    Json json = Json::Object();
    for (const auto& [name, value] : map)
        json.set(name, value);
    return json;
}
template <class Value>
Json toJson(const Value& value) {
    if constexpr (std::is_integral_v<Value> && !std::is_same_v<Value, bool>) {
        if constexpr (std::is_signed_v<Value>)
            return Json(static_cast<std::int64_t>(value));
        else
            return Json(static_cast<std::uint64_t>(value));
    } else {
        return Json(value);
    }
}

Result<void> fromJson(const Json& json, std::string_view key, Texts& into) {
    TRY_ASSIGN(into, json.getStrings(key));
    return {};
}
Result<void> fromJson(const Json& json, std::string_view key, std::optional<Texts>& into) {
    TRY_ASSIGN(into, json.getStrings(key));
    return {};
}
Result<void> fromJson(const Json& json, std::string_view key, TextMap& into) {
    for (const auto& [name, value] : json.at(key).members())
        into[name] = value.toString();
    return {};
}
Result<void> fromJson(const Json& json, std::string_view key, std::string& into) {
    TRY_ASSIGN(into, json.getOptionalString(key));
    return {};
}
template <class Value>
Result<void> fromJson(const Json& json, std::string_view key, Value& into) {
    const Json& member = json.at(key);
    if constexpr (std::is_same_v<Value, bool>)
        into = member.toBool(into);
    else if constexpr (std::is_floating_point_v<Value>)
        into = member.toDouble(into);
    else if constexpr (std::is_unsigned_v<Value>)
        into = static_cast<Value>(member.toUnsigned().value_or(into));
    else
        into = static_cast<Value>(member.toInteger(into));
    return {};
}

} // namespace

Json optionsToJson(const ContainerOptions& options) {
    Json json;
    json.set("image", options.image).set("command", Json::strings(options.command));
    static const ContainerOptions kDefaults;
    std::vector<Json> defaults; // in the order of the visit
    visitOptions(kDefaults,
                 [&defaults](const char*, const auto& value) { defaults.push_back(toJson(value)); });
    std::size_t index = 0;
    visitOptions(options, [&](const char* key, const auto& value) {
        Json one = toJson(value);
        if (one.dump() != defaults[index++].dump())
            json.set(key, std::move(one));
    });
    return json;
}

Result<ContainerOptions> optionsFromJson(const Json& json) {
    ContainerOptions options;
    TRY_ASSIGN(options.image, json.getOptionalString("image"));
    TRY_ASSIGN(options.command, json.getStrings("command"));
    Result<void> outcome;
    visitOptions(options, [&](const char* key, auto& value) {
        if (outcome && json.contains(key))
            outcome = fromJson(json, key, value);
    });
    TRY(outcome);
    return options;
}

} // namespace escale
