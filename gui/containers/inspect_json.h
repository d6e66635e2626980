// Everything the engine tells of a container, as JSON: what Inspect shows, searches and copies.
#pragma once

#include <QJsonObject>
#include <QJsonValue>

namespace escale::gui {

struct ContainerDetails;

/// With the members "container", "options" and "image".
QJsonObject inspectJson(const ContainerDetails& details);
/// ".labels" and "com.example" make `.labels["com.example"]`, as jq reads it.
QString memberPath(const QString& parent, const QString& name);
QString elementPath(const QString& parent, int index);
/// A text without quotes, a number or a truth value; objects and lists as indented JSON.
QString valueText(const QJsonValue& value);
QString jsonText(const QJsonValue& value);

} // namespace escale::gui
