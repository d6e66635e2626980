#include "gui/build/dockerfile_source.h"

#include <algorithm>

namespace escale::gui {

DockerfileSource::DockerfileSource(QString text)
    : m_text(std::move(text))
    , m_utf8(m_text.toStdString())
    , m_file(parseDockerfile(m_utf8)) {
    int begin = 0;
    std::size_t beginByte = 0;
    while (true) {
        const qsizetype found = m_text.indexOf(u'\n', begin);
        const std::size_t foundByte = m_utf8.find('\n', beginByte);
        const bool isLast = found < 0 || foundByte == std::string::npos;
        const int end = isLast ? static_cast<int>(m_text.size()) : static_cast<int>(found);
        const std::size_t endByte = isLast ? m_utf8.size() : foundByte;
        m_lines.push_back({begin, end - begin, beginByte, endByte - beginByte});
        if (isLast)
            break;
        begin = end + 1;
        beginByte = endByte + 1;
    }
}

QStringView DockerfileSource::line(int number) const {
    if (number < 1 || number > lineCount())
        return {};
    const Line& line = m_lines[static_cast<std::size_t>(number) - 1];
    return QStringView(m_text).mid(line.begin, line.length);
}

int DockerfileSource::column(SourcePosition where) const {
    if (where.line < 1 || where.line > lineCount())
        return 0;
    const Line& line = m_lines[static_cast<std::size_t>(where.line) - 1];
    const std::size_t wanted = std::min(static_cast<std::size_t>(std::max(where.column - 1, 0)), line.bytes);
    if (line.bytes == static_cast<std::size_t>(line.length)) // a unit a byte
        return static_cast<int>(wanted);
    int units = 0;
    for (std::size_t i = 0; i < wanted; ++i) {
        const auto byte = static_cast<unsigned char>(m_utf8[line.beginByte + i]);
        if ((byte & 0xC0) != 0x80)
            units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

int DockerfileSource::position(SourcePosition where) const {
    if (where.line < 1)
        return 0;
    if (where.line > lineCount())
        return static_cast<int>(m_text.size());
    return m_lines[static_cast<std::size_t>(where.line) - 1].begin + column(where);
}

const Instruction* DockerfileSource::instructionAt(int line) const {
    const auto& all = m_file.instructions;
    auto after = std::upper_bound(all.begin(), all.end(), line, [](int wanted, const Instruction& each) {
        return wanted < each.range.begin.line;
    });
    if (after == all.begin())
        return nullptr;
    --after;
    return std::max(after->lastLine, after->range.end.line) >= line ? &*after : nullptr;
}

} // namespace escale::gui
