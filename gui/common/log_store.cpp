#include "gui/common/log_store.h"

#include <algorithm>
#include <cstring>

namespace escale::gui {

void LogStore::append(const LogLine& line) {
    const QByteArray text = line.text.toUtf8();
    quint32& now = m_now[line.isError ? 1 : 0];
    const bool hasStyles = text.contains('\x1b');
    const quint32 first = now;
    const bool isSimple = !hasStyles && text.size() == line.text.size() && !text.contains('\t');
    int cells = static_cast<int>(text.size());
    if (!isSimple) {
        const StyledLine styled = styledLine(line.text, m_styles[first]);
        cells = styled.cellCount();
        now = indexOf(styled.last);
    }
    Chunk& chunk = roomFor(static_cast<std::size_t>(text.size()));
    std::memcpy(chunk.bytes.get() + chunk.size, text.constData(), static_cast<std::size_t>(text.size()));
    Line entry{};
    entry.time = line.time;
    entry.offset = static_cast<quint32>(chunk.size);
    entry.size = static_cast<quint32>(text.size());
    entry.cells = static_cast<quint32>(cells) & 0xffffff;
    entry.source = line.source;
    entry.chunk = static_cast<quint16>(m_firstChunk + m_chunks.size() - 1);
    entry.style = static_cast<quint16>(first & (kMostStyles - 1));
    entry.isError = line.isError ? 1 : 0;
    entry.hasStyles = hasStyles ? 1 : 0;
    chunk.size += static_cast<std::size_t>(text.size());
    m_textSize += text.size();
    m_widest = std::max(m_widest, cells);
    m_lines.push_back(entry);
    while (count() > m_limits.lines || (m_textSize > m_limits.bytes && count() > 1))
        dropFirst();
}

LogStore::Chunk& LogStore::roomFor(std::size_t size) {
    if (m_chunks.empty() || m_chunks.back().capacity - m_chunks.back().size < size) {
        const std::size_t capacity = std::max(kChunk, size);
        // Left as it is: memory that nothing is written to is not used.
        m_chunks.push_back({std::shared_ptr<char[]>(new char[capacity]), capacity, 0}); // NOLINT
    }
    return m_chunks.back();
}

void LogStore::dropFirst() {
    m_textSize -= m_lines.front().size;
    m_lines.pop_front();
    ++m_begin;
    m_dropped = true;
    while (m_chunks.size() > 1 && m_lines.front().chunk != m_firstChunk) {
        m_chunks.pop_front();
        ++m_firstChunk;
    }
}

quint32 LogStore::indexOf(const TextStyle& style) {
    const auto known = std::find(m_styles.begin(), m_styles.end(), style);
    if (known != m_styles.end())
        return static_cast<quint32>(known - m_styles.begin());
    if (m_styles.size() >= kMostStyles)
        return 0;
    m_styles.push_back(style);
    return static_cast<quint32>(m_styles.size() - 1);
}

void LogStore::clear() {
    m_begin = end();
    m_lines.clear();
    m_lines.shrink_to_fit();
    m_chunks.clear();
    m_firstChunk = 0;
    m_textSize = 0;
    m_widest = 0;
    m_dropped = false;
}

qint64 LogStore::memorySize() const {
    qint64 size = count() * static_cast<qint64>(sizeof(Line));
    for (const Chunk& chunk : m_chunks)
        size += static_cast<qint64>(chunk.capacity);
    return size;
}

QByteArrayView LogStore::bytes(const Line& line) const {
    const auto index = static_cast<quint16>(line.chunk - m_firstChunk);
    return {m_chunks[index].bytes.get() + line.offset, static_cast<qsizetype>(line.size)};
}

QString LogStore::plainText(qint64 line) const {
    const Line& entry = at(line);
    const QString text = QString::fromUtf8(bytes(entry));
    return entry.hasStyles ? withoutStyles(text) : text;
}

StyledLine LogStore::styled(qint64 line) const {
    const Line& entry = at(line);
    return styledLine(QString::fromUtf8(bytes(entry)), m_styles[entry.style]);
}

} // namespace escale::gui
