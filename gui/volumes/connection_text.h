// What a test of a connection has told, in words. Pure.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace escale::gui {

/// The result of a job of Volumes.TestConnection.
struct ConnectionReport {
    qint64 milliseconds = 0;
    quint64 total = 0, free = 0;        // bytes
    quint32 uid = 0, gid = 0, mode = 0; // of its root
    bool writable = false;              // by a container's root
    std::optional<quint32> seenAs;      // the id that the server takes a container's root for
};

std::optional<ConnectionReport> connectionReport(const QString& json);
/// Sentences: that it answers and how fast, what room there is, who owns it, who may write, and what to do
/// when containers may not.
QStringList connectionSentences(const ConnectionReport& report, bool isNfs);

} // namespace escale::gui
