#include "gui/containers/inspect_json.h"

#include "gui/client/engine_client.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace escale::gui {
namespace {

QJsonObject textsJson(const dbus::TextMap& texts) {
    QJsonObject object;
    for (auto text = texts.begin(); text != texts.end(); ++text)
        object.insert(text.key(), text.value());
    return object;
}

// Maps of texts come from the bus as they were sent.
QJsonValue variantJson(const QVariant& value) {
    if (value.userType() == qMetaTypeId<QDBusArgument>())
        return textsJson(qdbus_cast<dbus::TextMap>(value));
    if (value.userType() == qMetaTypeId<dbus::TextMap>())
        return textsJson(value.value<dbus::TextMap>());
    if (value.userType() == QMetaType::QStringList)
        return QJsonArray::fromStringList(value.toStringList());
    return QJsonValue::fromVariant(value);
}

QJsonObject mapJson(const QVariantMap& map) {
    QJsonObject object;
    for (auto value = map.begin(); value != map.end(); ++value)
        object.insert(value.key(), variantJson(value.value()));
    return object;
}

QJsonObject containerJson(const dbus::Container& c) {
    return {{QStringLiteral("id"), c.id},
            {QStringLiteral("name"), c.name},
            {QStringLiteral("image-digest"), c.imageDigest},
            {QStringLiteral("image"), c.image},
            {QStringLiteral("command"), QJsonArray::fromStringList(c.command)},
            {QStringLiteral("state"), c.state},
            {QStringLiteral("pid"), static_cast<qint64>(c.pid)},
            {QStringLiteral("exit-code"), c.exitCode},
            {QStringLiteral("oom-killed"), c.oomKilled},
            {QStringLiteral("created"), c.created},
            {QStringLiteral("started"), c.started},
            {QStringLiteral("finished"), c.finished},
            {QStringLiteral("address"), c.address},
            {QStringLiteral("error"), c.error},
            {QStringLiteral("labels"), textsJson(c.labels)},
            {QStringLiteral("health"), c.health},
            {QStringLiteral("restart-count"), static_cast<qint64>(c.restartCount)},
            {QStringLiteral("ports"), QJsonArray::fromStringList(c.ports)},
            {QStringLiteral("remove-when-stopped"), c.removeWhenStopped}};
}

} // namespace

QJsonObject inspectJson(const ContainerDetails& details) {
    return {{QStringLiteral("container"), containerJson(details.container)},
            {QStringLiteral("options"), mapJson(details.options)},
            {QStringLiteral("image"), mapJson(details.image)}};
}

QString memberPath(const QString& parent, const QString& name) {
    static const QRegularExpression kPlain(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*$"));
    if (kPlain.match(name).hasMatch())
        return parent + QLatin1Char('.') + name;
    // The text between the brackets of a list is the name with JSON's quotes and escapes.
    const QByteArray list = QJsonDocument(QJsonArray{name}).toJson(QJsonDocument::Compact);
    return (parent.isEmpty() ? QStringLiteral(".") : parent) + QString::fromUtf8(list);
}

QString elementPath(const QString& parent, int index) {
    return QStringLiteral("%1[%2]").arg(parent).arg(index);
}

QString jsonText(const QJsonValue& value) {
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson()).trimmed();
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson()).trimmed();
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

QString valueText(const QJsonValue& value) {
    return value.isString() ? value.toString() : jsonText(value);
}

} // namespace escale::gui
