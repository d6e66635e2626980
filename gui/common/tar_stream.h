// Tar archives between the engine and this machine's files. Every function blocks: they are the work of a
// Transfer, count its bytes and end when it is cancelled. Archives are hostile here: a container's content is
// anybody's.
#pragma once

#include "gui/common/transfer.h"

#include <QByteArray>
#include <QStringList>

namespace escale::gui {

/// A file's content with what is needed to put it back as it was.
struct TarFile {
    QByteArray name; // without folders
    QByteArray bytes;
    quint32 mode = 0644; // permissions
    quint32 user = 0, group = 0;
    qint64 modified = 0; // Unix seconds
    bool isWhole = true; // false: there is more than the limit
};

/// The archive's first entry, at most `limit` bytes of it. Unsupported when it is no file; Unreachable when
/// the archive ends too early.
Result<TarFile> readTarFile(int archive, qint64 limit, Transfer::Control& control);
/// An archive of one file.
Result<void> writeTarFile(int archive, const TarFile& file, Transfer::Control& control);

/// Extracts below a folder that is there. Never outside: names that are absolute or hold "..", and folders
/// that are links, are Untrusted. Files are the caller's, without set-user-id bits; devices, pipes and
/// sockets are left out; their number is answered.
Result<int> extractTar(int archive, const QString& folder, Transfer::Control& control);
/// Files and folders of this machine, each named by its last component; what is neither file, folder nor link
/// is left out. Tells the total first.
Result<void> writeTar(int archive, const QStringList& paths, Transfer::Control& control);
/// The archive as it is, into a file that is open for writing.
Result<void> copyStream(int from, int to, Transfer::Control& control);

} // namespace escale::gui
