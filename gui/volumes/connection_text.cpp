#include "gui/volumes/connection_text.h"

#include "gui/common/format.h"
#include "gui/containers/files_model.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <sys/stat.h>

namespace escale::gui {

static QString words(const char* text) {
    return QCoreApplication::translate("ConnectionText", text);
}

std::optional<ConnectionReport> connectionReport(const QString& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject told = document.object();
    const auto number = [&told](const char* key) { return told.value(QLatin1String(key)).toInteger(); };
    ConnectionReport report;
    report.milliseconds = number("milliseconds");
    report.total = static_cast<quint64>(number("total"));
    report.free = static_cast<quint64>(number("free"));
    report.uid = static_cast<quint32>(number("uid"));
    report.gid = static_cast<quint32>(number("gid"));
    report.mode = static_cast<quint32>(number("mode"));
    report.writable = told.value(QLatin1String("writable")).toBool();
    if (told.contains(QLatin1String("seen-as")))
        report.seenAs = static_cast<quint32>(number("seen-as"));
    return report;
}

QStringList connectionSentences(const ConnectionReport& report, bool isNfs) {
    const QLocale locale;
    QStringList all{words(QT_TRANSLATE_NOOP("ConnectionText", "It answered in %1 ms."))
                        .arg(locale.toString(report.milliseconds))};
    if (report.total > 0)
        all << words(QT_TRANSLATE_NOOP("ConnectionText", "%1 of %2 are free."))
                   .arg(formatBytes(report.free), formatBytes(report.total));
    all << words(
               QT_TRANSLATE_NOOP("ConnectionText", "Its first folder belongs to user %1 and group %2 (%3)."))
               .arg(report.uid)
               .arg(report.gid)
               .arg(modeText((report.mode & 07777U) | S_IFDIR));
    if (report.writable)
        all << words(QT_TRANSLATE_NOOP("ConnectionText", "Containers may write there."));
    else
        all << words(QT_TRANSLATE_NOOP("ConnectionText", "Containers can read it, but not write there."));
    if (!isNfs)
        return all;
    all << (report.seenAs
                ? words(QT_TRANSLATE_NOOP("ConnectionText",
                                          "The server takes a container's root for user %1: ids "
                                          "cannot be translated on the way to it."))
                      .arg(*report.seenAs)
                : words(QT_TRANSLATE_NOOP("ConnectionText",
                                          "The server sees ids of your own range, not root: they cannot be "
                                          "translated on the way to it.")));
    if (!report.writable)
        all << words(QT_TRANSLATE_NOOP("ConnectionText",
                                       "What helps: in the server's export, all_squash with anonuid=%1 and "
                                       "anongid=%2 makes everybody the owner of that folder."))
                   .arg(report.uid)
                   .arg(report.gid);
    return all;
}

} // namespace escale::gui
