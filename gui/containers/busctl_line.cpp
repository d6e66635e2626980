#include "gui/containers/busctl_line.h"

#include "gui/containers/shell_words.h"
#include "helper/dbus/types.h"

#include <QDBusMetaType>
#include <QLocale>

namespace escale::gui {
namespace {

QString signatureOf(const QVariant& value) {
    return QString::fromLatin1(QDBusMetaType::typeToSignature(value.metaType()));
}

// busctl(1), "Parameter formatting": an array begins with its length, a variant with its signature.
void append(QStringList& words, const QVariant& value) {
    switch (value.typeId()) {
    case QMetaType::Bool:
        words << (value.toBool() ? QStringLiteral("true") : QStringLiteral("false"));
        return;
    case QMetaType::Double:
        words << QLocale::c().toString(value.toDouble(), 'g', QLocale::FloatingPointShortest);
        return;
    case QMetaType::QStringList: {
        const QStringList list = value.toStringList();
        words << QString::number(list.size()) << list;
        return;
    }
    case QMetaType::QVariantMap: {
        const QVariantMap map = value.toMap();
        words << QString::number(map.size());
        for (auto entry = map.begin(); entry != map.end(); ++entry) {
            words << entry.key() << signatureOf(entry.value());
            append(words, entry.value());
        }
        return;
    }
    default:
        break;
    }
    if (value.metaType() == QMetaType::fromType<dbus::TextMap>()) {
        const auto map = value.value<dbus::TextMap>();
        words << QString::number(map.size());
        for (auto entry = map.begin(); entry != map.end(); ++entry)
            words << entry.key() << entry.value();
    } else if (value.metaType() == QMetaType::fromType<dbus::FileList>()) {
        const qsizetype count = value.value<dbus::FileList>().size();
        words << QString::number(count) << QStringList(count, QStringLiteral("FD"));
    } else if (value.metaType() == QMetaType::fromType<dbus::SecretFiles>()) {
        const auto secrets = value.value<dbus::SecretFiles>();
        words << QString::number(secrets.size());
        for (const dbus::SecretFile& secret : secrets)
            words << secret.target << QString::number(secret.user) << QString::number(secret.group)
                  << QString::number(secret.mode) << QStringLiteral("FD");
    } else if (signatureOf(value) == u"h") {
        words << QStringLiteral("FD");
    } else {
        words << value.toString();
    }
}

} // namespace

QString busctlLine(const QString& interface, const QString& method, const QVariantList& arguments) {
    QString signature;
    QStringList values;
    for (const QVariant& argument : arguments) {
        signature += signatureOf(argument);
        append(values, argument);
    }
    QStringList words{QStringLiteral("busctl"), QStringLiteral("call")};
    // Else a negative number is taken for an option.
    if (std::any_of(values.begin(), values.end(), [](const QString& word) { return word.startsWith(u'-'); }))
        words << QStringLiteral("--");
    words << QString::fromLatin1(dbus::kService) << QString::fromLatin1(dbus::kObject) << interface << method;
    if (!signature.isEmpty())
        words << signature << values;
    const QString line = joinWords(words);
    const bool passesFiles = signature.contains(u'h') || values.contains(QStringLiteral("FD"));
    return passesFiles ? QStringLiteral("# ") + line : line;
}

} // namespace escale::gui
