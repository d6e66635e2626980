#include "helper/validation/container_options_bus.h"

#include "engine/container/container_options_fields.h"
#include "helper/dbus/types.h"
#include "helper/validation/arguments.h"

#include <QDBusArgument>

#include <type_traits>

namespace escale {
namespace {

constexpr std::size_t kLongestText = 128 * 1024;
constexpr std::size_t kLongestProfile = 1U << 20; // of seccomp

Result<void> tooLong(const char* key) {
    return fail(ErrorCode::InvalidArgument, std::string("the option \"") + key + "\" is too long");
}

Result<void> read(const char* key, const QVariant& value, std::string& into) {
    into = value.toString().toStdString();
    const bool isProfile = std::string_view(key) == "seccomp";
    return into.size() > (isProfile ? kLongestProfile : kLongestText) ? tooLong(key) : Result<void>();
}

Result<void> read(const char* key, const QVariant& value, Texts& into) {
    auto words = boundedWords(value.toStringList(), key);
    if (!words)
        return fail(std::move(words).error());
    into = *std::move(words);
    return {};
}

Result<void> read(const char* key, const QVariant& value, std::optional<Texts>& into) {
    return read(key, value, into.emplace());
}

Result<void> read(const char* key, const QVariant& value, TextMap& into) {
    const auto map = qdbus_cast<dbus::TextMap>(value);
    into.clear();
    std::size_t size = 0;
    for (auto entry = map.begin(); entry != map.end(); ++entry) {
        auto& text = into[entry.key().toStdString()];
        text = entry.value().toStdString();
        size += text.size() + static_cast<std::size_t>(entry.key().size());
        if (size > kLongestText)
            return tooLong(key);
    }
    return {};
}

template <class Number>
Result<void> read(const char*, const QVariant& value, Number& into) {
    into = value.value<Number>();
    return {};
}
Result<void> read(const char*, const QVariant& value, std::uint64_t& into) {
    into = value.toULongLong();
    return {};
}
Result<void> read(const char*, const QVariant& value, std::int64_t& into) {
    into = value.toLongLong();
    return {};
}

QVariant toVariant(const std::string& text) {
    return QString::fromStdString(text);
}
QVariant toVariant(const Texts& texts) {
    QStringList list;
    for (const auto& text : texts)
        list.append(QString::fromStdString(text));
    return list;
}
QVariant toVariant(const std::optional<Texts>& texts) {
    return toVariant(texts.value_or(Texts()));
}
QVariant toVariant(const TextMap& map) {
    dbus::TextMap result;
    for (const auto& [name, value] : map)
        result.insert(QString::fromStdString(name), QString::fromStdString(value));
    return QVariant::fromValue(result);
}
QVariant toVariant(std::uint64_t number) {
    return QVariant::fromValue<qulonglong>(number);
}
QVariant toVariant(std::int64_t number) {
    return QVariant::fromValue<qlonglong>(number);
}
QVariant toVariant(std::uint16_t number) {
    return QVariant::fromValue<ushort>(number);
}
template <class Value>
QVariant toVariant(Value value) {
    return QVariant(value);
}

} // namespace

Result<void> applyOptions(const QVariantMap& map, ContainerOptions& options) {
    Result<void> outcome;
    visitOptions(options, [&](const char* key, auto& member) {
        const auto value = map.constFind(QLatin1String(key));
        if (outcome && value != map.constEnd())
            outcome = read(key, *value, member);
    });
    return outcome;
}

QVariantMap optionsToBus(const ContainerOptions& options) {
    static const ContainerOptions kDefaults;
    QVariantMap defaults;
    visitOptions(kDefaults, [&defaults](const char* key, const auto& member) {
        defaults.insert(QLatin1String(key), toVariant(member));
    });
    QVariantMap map;
    visitOptions(options, [&](const char* key, const auto& member) {
        const QVariant value = toVariant(member);
        bool given = value != defaults.value(QLatin1String(key));
        if constexpr (std::is_same_v<std::decay_t<decltype(member)>, std::optional<Texts>>)
            given = member.has_value();
        if (given)
            map.insert(QLatin1String(key), value);
    });
    return map;
}

} // namespace escale
