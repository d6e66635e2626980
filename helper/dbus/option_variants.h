// The engine's values ⇄ what an a{sv} has of them: one pair of functions a type. What comes over the bus is
// of the type that the gate's table has for it; another type is read as the type's empty value.
#pragma once

#include "engine/container/container.h"
#include "helper/dbus/types.h"

#include <QVariantMap>

namespace escale::option_variants {

inline void read(const QVariant& value, std::string& into) {
    into = value.toString().toStdString();
}
inline void read(const QVariant& value, Texts& into) {
    into.clear();
    for (const QString& text : value.toStringList())
        into.push_back(text.toStdString());
}
inline void read(const QVariant& value, std::optional<Texts>& into) {
    read(value, into.emplace());
}
inline void read(const QVariant& value, TextMap& into) {
    const auto map = qdbus_cast<dbus::TextMap>(value);
    into.clear();
    for (auto entry = map.begin(); entry != map.end(); ++entry)
        into.emplace(entry.key().toStdString(), entry.value().toStdString());
}
inline void read(const QVariant& value, std::uint64_t& into) {
    into = value.toULongLong();
}
inline void read(const QVariant& value, std::int64_t& into) {
    into = value.toLongLong();
}
template <class Number>
void read(const QVariant& value, Number& into) {
    into = value.value<Number>();
}

inline QVariant write(const std::string& text) {
    return QString::fromStdString(text);
}
inline QVariant write(const Texts& texts) {
    QStringList list;
    for (const std::string& text : texts)
        list.append(QString::fromStdString(text));
    return list;
}
inline QVariant write(const std::optional<Texts>& texts) {
    return write(texts.value_or(Texts()));
}
inline QVariant write(const TextMap& map) {
    dbus::TextMap result;
    for (const auto& [name, value] : map)
        result.insert(QString::fromStdString(name), QString::fromStdString(value));
    return QVariant::fromValue(result);
}
inline QVariant write(std::uint64_t number) {
    return QVariant::fromValue<qulonglong>(number);
}
inline QVariant write(std::int64_t number) {
    return QVariant::fromValue<qlonglong>(number);
}
inline QVariant write(std::uint16_t number) {
    return QVariant::fromValue<ushort>(number);
}
template <class Number>
QVariant write(Number number) {
    return QVariant(number);
}

/// For a visit of options: writes what `map` has into them.
inline auto readFrom(const QVariantMap& map) {
    return [&map](const char* key, auto& member) {
        if (const auto value = map.constFind(QLatin1String(key)); value != map.constEnd())
            read(*value, member);
    };
}
/// For a visit of options: writes all of them into `map`.
inline auto writeInto(QVariantMap& map) {
    return [&map](const char* key, const auto& member) { map.insert(QLatin1String(key), write(member)); };
}
/// Those of `all` that are other than the defaults.
inline QVariantMap without(const QVariantMap& defaults, const QVariantMap& all) {
    QVariantMap result;
    for (auto option = all.begin(); option != all.end(); ++option) {
        if (*option != defaults.value(option.key()))
            result.insert(option.key(), *option);
    }
    return result;
}

} // namespace escale::option_variants
