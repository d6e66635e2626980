// The lines of a log view, up to a million: their text lies in large UTF-8 chunks, and a line is 24 bytes
// that tell where. Lines are named by numbers that begin with 0 and never change; the oldest are dropped when
// there is too much. A copy shares the chunks and stays as it is: it may be read by another thread.
#pragma once

#include "gui/common/log_parser.h"
#include "gui/common/log_style.h"

#include <QByteArrayView>
#include <QHash>

#include <deque>
#include <memory>
#include <vector>

namespace escale::gui {

class LogStore {
public:
    struct Limits {
        qint64 lines = 1'000'000;
        qint64 bytes = 256 << 20; // of text
    };

    LogStore() = default;
    explicit LogStore(const Limits& limits)
        : m_limits(limits) {}

    void append(const LogLine& line);
    void clear();

    /// Lines [begin, end) are there.
    [[nodiscard]] qint64 begin() const { return m_begin; }
    [[nodiscard]] qint64 end() const { return m_begin + count(); }
    [[nodiscard]] qint64 count() const { return static_cast<qint64>(m_lines.size()); }
    /// Lines were dropped since the last clear().
    [[nodiscard]] bool hasDropped() const { return m_dropped; }
    /// Cells of the widest line since the last clear().
    [[nodiscard]] int widest() const { return m_widest; }
    /// Bytes of text, and all memory that is in use for it.
    [[nodiscard]] qint64 textSize() const { return m_textSize; }
    [[nodiscard]] qint64 memorySize() const;

    [[nodiscard]] bool isError(qint64 line) const { return at(line).isError; }
    [[nodiscard]] int source(qint64 line) const { return at(line).source; }
    [[nodiscard]] qint64 time(qint64 line) const { return at(line).time; }
    [[nodiscard]] int cells(qint64 line) const { return static_cast<int>(at(line).cells); }
    [[nodiscard]] int size(qint64 line) const { return static_cast<int>(at(line).size); } // bytes
    [[nodiscard]] QString plainText(qint64 line) const;
    [[nodiscard]] StyledLine styled(qint64 line) const;

private:
    static constexpr std::size_t kChunk = 1 << 20;
    static constexpr quint32 kMostStyles = 1 << 14;

    struct Chunk {
        std::shared_ptr<char[]> bytes; // NOLINT(modernize-avoid-c-arrays)
        std::size_t capacity = 0;
        std::size_t size = 0;
    };
    struct Line {
        qint64 time; // nanoseconds since 1970
        quint32 offset;
        quint32 size;
        quint32 cells : 24; // lines are 64 KiB at most (log_parser)
        quint32 source : 8;
        quint16 chunk;      // its number, modulo 65536
        quint16 style : 14; // that it begins with, of m_styles
        quint16 isError : 1;
        quint16 hasStyles : 1;
    };
    static_assert(sizeof(Line) == 24);

    [[nodiscard]] const Line& at(qint64 line) const {
        return m_lines[static_cast<std::size_t>(line - m_begin)];
    }
    [[nodiscard]] QByteArrayView bytes(const Line& line) const;
    Chunk& roomFor(std::size_t size);
    quint32 indexOf(const TextStyle& style);
    void dropFirst();

    Limits m_limits;
    std::deque<Chunk> m_chunks;
    quint16 m_firstChunk = 0; // number of m_chunks.front()
    std::deque<Line> m_lines;
    qint64 m_begin = 0;
    qint64 m_textSize = 0;
    int m_widest = 0;
    bool m_dropped = false;
    std::vector<TextStyle> m_styles{TextStyle()};
    quint32 m_now[2] = {0, 0}; // style that the next line of output, of errors begins with
};

} // namespace escale::gui
