#include "helper/docker-api/api/members.h"

#include "helper/docker-api/bus/bus.h"

namespace escale::docker_api {
namespace {

Error wrongType(std::string_view key, const char* wanted) {
    return {ErrorCode::InvalidArgument, '"' + std::string(key) + "\" is no " + wanted, {}, {}};
}

} // namespace

Result<bool> readFlag(const Json& object, std::string_view key, bool fallback) {
    const Json& value = object.at(key);
    if (!value.isNull() && !value.isBool())
        return fail(wrongType(key, "true or false"));
    return value.toBool(fallback);
}

Result<dbus::TextMap> readTexts(const Json& object, std::string_view key) {
    TRY_ASSIGN(const Json value, readObject(object, key));
    dbus::TextMap texts;
    for (const auto& [name, text] : value.members()) {
        if (!text.isString() && !text.isNull())
            return fail(wrongType(std::string(key) + "." + name, "text"));
        texts.insert(toQString(name), toQString(text.toString()));
    }
    return texts;
}

Result<Json> readObject(const Json& object, std::string_view key) {
    const Json& value = object.at(key);
    if (!value.isNull() && !value.isObject())
        return fail(wrongType(key, "JSON object"));
    return value;
}

Result<void> checkIsObject(const Json& body) {
    if (!body.isNull() && !body.isObject())
        return fail(ErrorCode::InvalidArgument, "the request's body is no JSON object");
    return {};
}

} // namespace escale::docker_api
