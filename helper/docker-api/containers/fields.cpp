#include "helper/docker-api/containers/fields.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

const Json kMissing;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isSame(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

} // namespace

const Json& Fields::at(std::string_view name) const {
    const Json& exact = m_object.at(name);
    if (!exact.isNull())
        return exact;
    for (const auto& [key, value] : m_object.members()) {
        if (isSame(key, name))
            return value;
    }
    return kMissing;
}

std::string Fields::nameOf(std::string_view name) const {
    return m_path.empty() ? std::string(name) : m_path + "." + std::string(name);
}

tl::unexpected<Error> Fields::wrong(std::string_view name, std::string_view what) const {
    return fail(ErrorCode::InvalidArgument, "invalid JSON: " + nameOf(name) + " " + std::string(what));
}

Result<void> Fields::read(std::string_view name, std::string& into) const {
    const Json& value = at(name);
    if (value.isNull())
        return {};
    if (!value.isString())
        return wrong(name, "is no text");
    into = value.toString();
    if (into.find('\0') != std::string::npos)
        return wrong(name, "holds a NUL character");
    return {};
}

Result<void> Fields::read(std::string_view name, bool& into) const {
    const Json& value = at(name);
    if (value.isNull())
        return {};
    if (!value.isBool())
        return wrong(name, "is neither true nor false");
    into = value.toBool();
    return {};
}

Result<void> Fields::read(std::string_view name, std::vector<std::string>& into) const {
    const Json& value = at(name);
    if (value.isNull())
        return {};
    if (!value.isArray())
        return wrong(name, "is no list of texts");
    std::vector<std::string> texts;
    for (const Json& item : value.items()) {
        if (!(item.isString() || item.isNull()) || item.toString().find('\0') != std::string::npos)
            return wrong(name, "holds something else than texts");
        texts.push_back(item.toString());
    }
    into = std::move(texts);
    return {};
}

Result<void> Fields::read(std::string_view name, std::map<std::string, std::string>& into) const {
    const Json& value = at(name);
    if (value.isNull())
        return {};
    if (!value.isObject())
        return wrong(name, "is no object of texts");
    std::map<std::string, std::string> texts;
    for (const auto& [key, item] : value.members()) {
        if (!(item.isString() || item.isNull()) || (key + item.toString()).find('\0') != std::string::npos)
            return wrong(name, "holds something else than texts");
        texts[key] = item.toString();
    }
    into = std::move(texts);
    return {};
}

Result<std::optional<std::uint64_t>> Fields::whole(std::string_view name, std::int64_t least,
                                                   std::uint64_t most) const {
    const Json& value = at(name);
    if (value.isNull())
        return std::optional<std::uint64_t>();
    if (const auto number = value.toUnsigned()) {
        if (*number > most)
            return wrong(name, "is too large");
        return number;
    }
    if (!value.isInteger())
        return wrong(name, "is no whole number");
    if (value.toInteger() < least)
        return wrong(name, "is too small");
    return std::optional(static_cast<std::uint64_t>(value.toInteger()));
}

Result<void> Fields::readWords(std::string_view name, std::optional<std::vector<std::string>>& into) const {
    if (at(name).isString()) {
        std::string text;
        TRY(read(name, text));
        into = {text};
    } else if (has(name)) {
        TRY(read(name, into.emplace()));
    }
    return {};
}

Result<Fields> Fields::object(std::string_view name) const {
    const Json& value = at(name);
    if (!value.isNull() && !value.isObject())
        return wrong(name, "is no object");
    return Fields(value, nameOf(name));
}

Result<std::vector<Fields>> Fields::objects(std::string_view name) const {
    const Json& value = at(name);
    if (!value.isNull() && !value.isArray())
        return wrong(name, "is no list");
    std::vector<Fields> list;
    for (const Json& item : value.items()) {
        if (!item.isObject())
            return wrong(name, "holds something else than objects");
        list.emplace_back(item, nameOf(name));
    }
    return list;
}

Result<std::vector<std::pair<std::string, Fields>>> Fields::entries(std::string_view name) const {
    const Json& value = at(name);
    if (!value.isNull() && !value.isObject())
        return wrong(name, "is no object");
    std::vector<std::pair<std::string, Fields>> list;
    for (const auto& [key, item] : value.members()) {
        if (!item.isNull() && !item.isObject())
            return wrong(name, "holds something else than objects");
        if (key.find('\0') != std::string::npos)
            return wrong(name, "holds a NUL character");
        list.emplace_back(key, Fields(item, nameOf(name) + "." + key));
    }
    return list;
}

} // namespace escale::docker_api
