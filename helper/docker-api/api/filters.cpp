#include "helper/docker-api/api/filters.h"

#include "engine/base/json.h"
#include "helper/docker-api/bus/bus.h"

#include <QRegularExpression>

#include <algorithm>

namespace escale::docker_api {
namespace {

const std::vector<std::string> kNone;

bool hasLabel(const dbus::TextMap& labels, const std::string& wanted) {
    const std::size_t equals = std::min(wanted.find('='), wanted.size());
    const auto found = labels.constFind(QString::fromStdString(wanted.substr(0, equals)));
    return found != labels.constEnd() &&
           (equals == wanted.size() || found->toStdString() == wanted.substr(equals + 1));
}

bool isListOfTexts(const Json& values) {
    return values.isNull() ||
           (values.isArray() && std::all_of(values.items().begin(), values.items().end(),
                                            [](const Json& text) { return text.isString(); }));
}

// {"running": true}, as clients send it from 1.22 on
bool isSetOfTexts(const Json& values) {
    return values.isObject() && std::all_of(values.members().begin(), values.members().end(),
                                            [](const auto& member) { return member.second.isBool(); });
}

} // namespace

Result<Filters> Filters::parse(const Query& query, std::initializer_list<std::string_view> known) {
    Filters filters;
    const std::string text = query.text("filters");
    if (text.empty())
        return filters;
    const auto json = Json::parse(text);
    if (!json || !json->isObject())
        return fail(ErrorCode::InvalidArgument, "invalid filter: \"filters\" is no JSON object of lists");
    for (const auto& [key, values] : json->members()) {
        if (std::find(known.begin(), known.end(), key) == known.end())
            return fail(ErrorCode::InvalidArgument, "invalid filter '" + key + "'");
        // A filter that says nothing would let a prune take everything.
        if (!isListOfTexts(values) && !isSetOfTexts(values))
            return fail(ErrorCode::InvalidArgument,
                        "invalid filter '" + key + "': its value is no list of texts");
        auto& list = filters.m_values[key];
        for (const Json& value : values.items())
            list.push_back(value.toString());
        for (const auto& [value, isSet] : values.members()) {
            if (isSet.toBool())
                list.push_back(value);
        }
    }
    return filters;
}

const std::vector<std::string>& Filters::values(std::string_view key) const {
    const auto found = m_values.find(key);
    return found == m_values.end() ? kNone : found->second;
}

bool Filters::matchesAny(std::string_view key, std::string_view value) const {
    const auto& wanted = values(key);
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool Filters::matchesLabels(const dbus::TextMap& labels) const {
    const auto& wanted = values("label");
    const auto& unwanted = values("label!");
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const auto& label) { return hasLabel(labels, label); }) &&
           std::none_of(unwanted.begin(), unwanted.end(),
                        [&](const auto& label) { return hasLabel(labels, label); });
}

bool Filters::matchesPattern(std::string_view key, std::string_view value) const {
    const auto& wanted = values(key);
    const QString text = toQString(value);
    // Expressions that would take too long match nothing (PCRE's limit).
    const auto fits = [&](const std::string& pattern) {
        const QRegularExpression expression(toQString(pattern));
        return value.starts_with(pattern) || (expression.isValid() && expression.match(text).hasMatch());
    };
    return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), fits);
}

Result<std::optional<bool>> Filters::flag(std::string_view key) const {
    const auto& given = values(key);
    if (given.empty())
        return std::optional<bool>();
    const std::string& text = given.front();
    if (text == "1" || text == "true" || text == "True" || text == "TRUE" || text == "t")
        return std::optional(true);
    if (text == "0" || text == "false" || text == "False" || text == "FALSE" || text == "f")
        return std::optional(false);
    return fail(ErrorCode::InvalidArgument, "invalid filter '" + std::string(key) + "=[" + text + "]'");
}

} // namespace escale::docker_api
