// The keys and items of a Compose file by its indentation, and what each part of a line is: read also while
// it is being written and is no YAML. What colours, completion and explanations are made of. Pure.
#pragma once

#include "gui/common/code_highlighter.h"
#include "gui/stacks/schema_tree.h"

#include <QStringList>

#include <vector>

namespace escale::gui {

enum class ComposeStyle : std::uint8_t {
    TopLevel,  // a key of the file
    Name,      // that the person has chosen, of a service, a network
    FreeKey,   // another that may be any: a variable's, a label's
    Property,  // a key that the schema knows
    Unknown,   // one that it does not
    Extension, // x-…, and what is below
    Comment,
    Text, // between quotes, and in blocks
    Number,
    Constant, // true, false, null
    Variable, // ${…}
    Anchor,   // &…, *…, <<
    Tag,      // !reset
    Operator, // -, :, |, brackets
    Plain,
};

/// Places in a line are UTF-16 units from 0; lines are from 0, too.
struct OutlineEntry {
    bool isItem = false; // "- " of a list, not a key
    int line = 0;
    int indent = 0;                     // column of the key, or of "-"
    int keyLength = 0;                  // with its quotes; 1 for an item
    QString key;                        // without them; empty for an item
    int parent = -1;                    // entry; -1: the file
    const SchemaNode* schema = nullptr; // of its value; null: not known
    bool isExtension = false;
    int valueBegin = 0,
        valueLength = 0;  // a scalar or what begins in this line; length 0: it is below, or none
    bool isBlock = false; // "|", ">"
};

class ComposeOutline {
public:
    enum class Line : std::uint8_t { Blank, Comment, Entry, Rest, Block };

    /// `isCompose`: by the schema; else an environment file, NAME=value.
    explicit ComposeOutline(QString text, bool isCompose = true);
    ComposeOutline()
        : ComposeOutline(QString()) {}

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] int lineCount() const { return static_cast<int>(m_lines.size()); }
    [[nodiscard]] QStringView line(int number) const;
    [[nodiscard]] int lineBegin(int number) const { return m_lines[static_cast<std::size_t>(number)].begin; }
    [[nodiscard]] int lineAt(int position) const;
    [[nodiscard]] Line lineKind(int number) const { return m_lines[static_cast<std::size_t>(number)].kind; }
    [[nodiscard]] const std::vector<OutlineEntry>& entries() const { return m_entries; }
    [[nodiscard]] const OutlineEntry& entry(int index) const {
        return m_entries[static_cast<std::size_t>(index)];
    }
    /// The last entry that begins before that line; -1: none.
    [[nodiscard]] int lastEntryBefore(int line) const;
    /// Entries of a line are neighbours; -1: it has none.
    [[nodiscard]] int firstEntryOf(int line) const { return m_lines[static_cast<std::size_t>(line)].entry; }
    /// Keys below an entry (-1: of the file) that do not stand in `exceptLine`.
    [[nodiscard]] QStringList keysBelow(int parent, int exceptLine = -1) const;
    /// The entry that a way of keys leads to; -1: there is none.
    [[nodiscard]] int find(const QStringList& way) const;
    /// The value on the entry's own line, without quotes.
    [[nodiscard]] QString valueOf(int entry) const;
    /// "services.web.ports[0]"
    [[nodiscard]] QString pathOf(int entry) const;
    [[nodiscard]] const std::vector<LineSpans>& spans() const { return m_spans; }

private:
    friend class ComposeReader;
    struct LineStart {
        int begin = 0, length = 0;
        Line kind = Line::Blank;
        int entry = -1;
    };
    QString m_text;
    std::vector<LineStart> m_lines;
    std::vector<OutlineEntry> m_entries;
    std::vector<LineSpans> m_spans;
};

/// ${…} and $NAME in a text, in UTF-16 units.
struct VariablePlace {
    int begin = 0, length = 0;
    QString name;
};
std::vector<VariablePlace> variablesIn(QStringView text);

} // namespace escale::gui
