// A Dockerfile's text with its syntax tree, and the tree's places as places of the text: made once an edit,
// then read by highlighter, linter and editor. Never changes; any thread.
#pragma once

#include "engine/build/dockerfile.h"

#include <QString>
#include <QStringView>

#include <memory>
#include <vector>

namespace escale::gui {

class DockerfileSource {
public:
    /// `text`: lines end with '\n'.
    explicit DockerfileSource(QString text);

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const std::string& utf8() const { return m_utf8; }
    [[nodiscard]] const Dockerfile& file() const { return m_file; }
    /// An empty one behind the last '\n' counts, as in QTextDocument.
    [[nodiscard]] int lineCount() const { return static_cast<int>(m_lines.size()); }
    /// `number` from 1 on; without its end, empty when there is none.
    [[nodiscard]] QStringView line(int number) const;
    /// In UTF-16 units from the beginning of its line, at most its length.
    [[nodiscard]] int column(SourcePosition where) const;
    /// In UTF-16 units from the beginning of the text.
    [[nodiscard]] int position(SourcePosition where) const;
    /// Index of the instruction that the line belongs to, its comments and empty lines not.
    [[nodiscard]] const Instruction* instructionAt(int line) const;

private:
    struct Line {
        int begin = 0, length = 0; // UTF-16 units
        std::size_t beginByte = 0, bytes = 0;
    };
    QString m_text;
    std::string m_utf8;
    Dockerfile m_file;
    std::vector<Line> m_lines;
};

using DockerfileSourcePtr = std::shared_ptr<const DockerfileSource>;

} // namespace escale::gui
