#include "gui/common/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFontDatabase>
#include <QLocale>

#include <algorithm>

namespace escale::gui {

namespace {
QString translated(const char* text, int n) {
    return QCoreApplication::translate("escale::gui::Format", text, nullptr, n);
}
} // namespace

// A figure and its unit stay on one line.
static QString unbroken(QString text) {
    return text.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
}

QString formatBytes(quint64 bytes) {
    const int decimals = bytes < 1000 ? 0 : 1;
    return unbroken(
        QLocale().formattedDataSize(static_cast<qint64>(bytes), decimals, QLocale::DataSizeSIFormat));
}

QString formatMemory(quint64 bytes) {
    constexpr quint64 kMebibyte = 1 << 20;
    const int decimals = bytes < 1024 || (bytes % kMebibyte == 0 && bytes < 1024 * kMebibyte) ? 0 : 1;
    return unbroken(
        QLocale().formattedDataSize(static_cast<qint64>(bytes), decimals, QLocale::DataSizeIecFormat));
}

QString formatRate(quint64 bytesPerSecond) {
    return QCoreApplication::translate("escale::gui::Format", "%1/s").arg(formatBytes(bytesPerSecond));
}

QString formatPercent(double percent) {
    return QCoreApplication::translate("escale::gui::Format", "%1 %")
        .arg(QLocale().toString(percent, 'f', 1));
}

QString formatAgo(qint64 time, qint64 now) {
    if (time <= 0)
        return dash();
    const qint64 seconds = std::max<qint64>(0, (now - time) / 1000);
    if (seconds < 5)
        return QCoreApplication::translate("escale::gui::Format", "just now");
    if (seconds < 60)
        return translated(QT_TRANSLATE_N_NOOP("escale::gui::Format", "%n second(s) ago"),
                          static_cast<int>(seconds));
    if (seconds < 3600)
        return translated(QT_TRANSLATE_N_NOOP("escale::gui::Format", "%n minute(s) ago"),
                          static_cast<int>(seconds / 60));
    if (seconds < 86400)
        return translated(QT_TRANSLATE_N_NOOP("escale::gui::Format", "%n hour(s) ago"),
                          static_cast<int>(seconds / 3600));
    if (seconds < 60 * 86400)
        return translated(QT_TRANSLATE_N_NOOP("escale::gui::Format", "%n day(s) ago"),
                          static_cast<int>(seconds / 86400));
    if (seconds < 730LL * 86400)
        return translated(QT_TRANSLATE_N_NOOP("escale::gui::Format", "%n month(s) ago"),
                          static_cast<int>(seconds / (30LL * 86400)));
    return translated(QT_TRANSLATE_N_NOOP("escale::gui::Format", "%n year(s) ago"),
                      static_cast<int>(seconds / (365LL * 86400)));
}

QString formatAgo(qint64 time) {
    return formatAgo(time, QDateTime::currentMSecsSinceEpoch());
}

QString formatTime(qint64 time) {
    if (time <= 0)
        return {};
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time), QLocale::LongFormat);
}

QString shortDigest(const QString& digest) {
    const qsizetype colon = digest.indexOf(QLatin1Char(':'));
    return digest.mid(colon + 1, 12);
}

QFont monospace(const QFont& like) {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (like.pixelSize() > 0)
        font.setPixelSize(like.pixelSize());
    else
        font.setPointSizeF(like.pointSizeF());
    return font;
}

QString dash() {
    return QStringLiteral("—");
}

} // namespace escale::gui
