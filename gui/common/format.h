// Sizes, rates, times and ids as people read them, in the locale in force (QLocale's default).
#pragma once

#include <QFont>
#include <QString>

namespace escale::gui {

/// "5.3 MB", "5,3 Mo".
QString formatBytes(quint64 bytes);
/// Memory, in the powers of two limits are written in: "512 MiB", "7.4 MiB".
QString formatMemory(quint64 bytes);
/// "1.2 MB/s".
QString formatRate(quint64 bytesPerSecond);
/// "12.5 %" of one processor, with the locale's sign.
QString formatPercent(double percent);
/// "3 minutes ago"; an em dash for 0 (not yet). Both arguments in Unix milliseconds.
QString formatAgo(qint64 time, qint64 now);
QString formatAgo(qint64 time);
/// The full date and time, for tooltips; empty for 0.
QString formatTime(qint64 time);
/// "sha256:0123456789ab…" → "0123456789ab"; also for container ids.
QString shortDigest(const QString& digest);
/// The system's fixed-width font at the size of `like`.
QFont monospace(const QFont& like);
/// What an empty cell shows.
QString dash();

} // namespace escale::gui
