#include "gui/containers/secrets.h"

#include <QMap>
#include <QRegularExpression>
#include <QStringList>
#include <QVariantMap>

namespace escale::gui {
namespace {

using TextMap = QMap<QString, QString>;

const QString kHidden = QStringLiteral("***");

// "NAME=value", "--name=value" or "name: value" as the whole text.
QString maskEntry(const QString& text) {
    const qsizetype equals = text.indexOf(u'=');
    if (equals > 0 && looksSecret(text.left(equals)) && !text.left(equals).contains(u' '))
        return text.left(equals + 1) + kHidden;
    return maskSecrets(text);
}

// Words of a command: the value may be the next one.
QStringList maskWords(const QStringList& words) {
    QStringList shown;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const bool named = i > 0 && words[i - 1].startsWith(u"--") && !words[i - 1].contains(u'=') &&
                           looksSecret(words[i - 1]) && !words[i].startsWith(u'-');
        shown.append(named ? kHidden : maskEntry(words[i]));
    }
    return shown;
}

QVariant maskValue(const QString& name, const QVariant& value) {
    if (value.metaType() == QMetaType::fromType<QStringList>())
        return maskWords(value.toStringList());
    if (value.metaType() == QMetaType::fromType<QString>())
        return looksSecret(name) ? kHidden : maskSecrets(value.toString());
    if (value.metaType() == QMetaType::fromType<TextMap>()) {
        auto map = value.value<TextMap>();
        for (auto entry = map.begin(); entry != map.end(); ++entry)
            entry.value() = looksSecret(entry.key()) ? kHidden : maskSecrets(entry.value());
        return QVariant::fromValue(map);
    }
    if (value.metaType() == QMetaType::fromType<QVariantMap>()) {
        QVariantMap map = value.toMap();
        for (auto entry = map.begin(); entry != map.end(); ++entry)
            entry.value() = maskValue(entry.key(), entry.value());
        return map;
    }
    return value;
}

} // namespace

bool looksSecret(const QString& name) {
    static const QRegularExpression kSecret(
        QStringLiteral("passw|passphrase|secret|token|credential|api.?key|access.?key|private.?key|auth.?key|"
                       "(?:^|[^a-z])(?:pass|pwd|auth)(?:$|[^a-z])|_key$"),
        QRegularExpression::CaseInsensitiveOption);
    return kSecret.match(name).hasMatch();
}

QString maskSecrets(const QString& text) {
    static const QRegularExpression kAssigned(
        QStringLiteral("([A-Za-z_][\\w.-]*)=(\"[^\"]*\"|'[^']*'|[^\\s'\";&|]+)"));
    static const QRegularExpression kAddress(QStringLiteral("(\\w+:/{2}[^\\s/:@]*:)[^\\s/@]+(?=@)"));
    QString shown;
    qsizetype at = 0;
    for (auto matches = kAssigned.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        if (!looksSecret(match.captured(1)))
            continue;
        shown += text.mid(at, match.capturedStart(2) - at) + kHidden;
        at = match.capturedEnd(2);
    }
    shown += text.mid(at);
    return shown.replace(kAddress, QStringLiteral("\\1") + kHidden);
}

QVariantList maskSecrets(const QVariantList& arguments) {
    QVariantList shown;
    for (const QVariant& argument : arguments)
        shown.append(maskValue({}, argument));
    return shown;
}

} // namespace escale::gui
