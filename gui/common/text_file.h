// A text in UTF-8 as a file that somebody edits: its line ends and its byte order mark stay as they were, and
// what somebody else has written meanwhile is noticed. Thread: any, one at a time; blocking.
#pragma once

#include "engine/base/result.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace escale::gui {

class TextFile {
public:
    /// Where write() writes from now on; a file that is there counts as somebody else's.
    void setPath(const QString& path);
    [[nodiscard]] QString path() const { return m_path; }
    /// The text, its lines ending with '\n'. `most`: bytes. InvalidArgument: no file, too large, no text.
    Result<QString> read(const QString& path, qint64 most);
    /// Whether the file is another than the one that was read or written last.
    [[nodiscard]] bool isChanged() const;
    /// All of it or nothing, with the permissions that the file had, and through a link.
    Result<void> write(const QString& text);

private:
    QString m_path;
    bool m_crlf = false, m_hasMark = false; // line ends, and a byte order mark
    std::optional<QDateTime> m_time;        // when the file was changed last, as we know it
};

} // namespace escale::gui
