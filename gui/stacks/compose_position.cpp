#include "gui/stacks/compose_position.h"

#include <QRegularExpression>

namespace escale::gui {

using Kind = ComposePosition::Kind;

static qsizetype skipSpaces(QStringView text, qsizetype at) {
    while (at < text.size() && text[at] == u' ')
        ++at;
    return at;
}

// A "#" that begins a comment before the end: not between quotes, and behind a blank.
static bool isInComment(QStringView before) {
    QChar quote;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const QChar c = before[i];
        if (!quote.isNull())
            quote = c == quote ? QChar() : quote;
        else if (c == u'#' && (i == 0 || before[i - 1].isSpace()))
            return true;
        else if ((c == u'"' || c == u'\'') && (i == 0 || QStringView(u" [{,:").contains(before[i - 1])))
            quote = c;
    }
    return false;
}

// The entry that a key or item at this column of the line belongs to.
static int holderAt(const ComposeOutline& outline, int line, int column, bool isItem) {
    for (int i = outline.lastEntryBefore(line); i >= 0; --i) {
        const OutlineEntry& entry = outline.entry(i);
        if (entry.indent < column ||
            (isItem && entry.indent == column && !entry.isItem && entry.valueLength == 0))
            return i;
    }
    return -1;
}

static const SchemaNode* schemaOf(const ComposeOutline& outline, int entry) {
    return entry < 0 ? &schemaRoot() : outline.entry(entry).schema;
}

// Values of a list's other items, for what need not be there twice.
static QStringList itemsBelow(const ComposeOutline& outline, int holder, int exceptLine) {
    QStringList values;
    for (int i = holder + 1; i < static_cast<int>(outline.entries().size()); ++i) {
        const OutlineEntry& entry = outline.entry(i);
        if (entry.parent < holder)
            break;
        if (entry.parent == holder && entry.isItem && entry.line != exceptLine && entry.valueLength > 0)
            values.append(outline.valueOf(i));
    }
    return values;
}

// What is written of a scalar; with its quote taken off.
static void takeWritten(ComposePosition& place, QStringView before, qsizetype at, int lineBegin) {
    if (at < before.size() && (before[at] == u'"' || before[at] == u'\'')) {
        place.isQuoted = true;
        ++at;
    }
    place.begin = lineBegin + static_cast<int>(at);
    place.written = before.mid(at).toString();
}

// [a, b: the word behind the last comma or bracket.
static bool takeFlowItem(ComposePosition& place, QStringView value, qsizetype at, int lineBegin) {
    if (!value.startsWith(u'['))
        return false;
    qsizetype begin = value.size();
    while (begin > 0 && value[begin - 1] != u'[' && value[begin - 1] != u',')
        --begin;
    const QStringView inside = value.mid(1);
    if (inside.contains(u'{') || inside.contains(u'[') || inside.contains(u']')) {
        place.kind = Kind::Nothing;
        return true;
    }
    for (const QStringView each : inside.left(begin - 1).split(u',')) {
        QString word = each.trimmed().toString();
        word.remove(u'"').remove(u'\'');
        place.siblings.append(word);
    }
    place.kind = Kind::Item;
    place.schema = place.schema != nullptr ? place.schema->item : nullptr;
    takeWritten(place, value, skipSpaces(value, begin), lineBegin + static_cast<int>(at));
    return true;
}

static bool isInBlock(const ComposeOutline& outline, int line, qsizetype column) {
    if (outline.lineKind(line) == ComposeOutline::Line::Block)
        return true;
    const int last = outline.lastEntryBefore(line);
    // A blank line behind a block goes on with it when it is as far in.
    return outline.lineKind(line) == ComposeOutline::Line::Blank && last >= 0 &&
           outline.entry(last).isBlock && column > outline.entry(last).indent;
}

ComposePosition positionAt(const ComposeOutline& outline, int position) {
    static const QRegularExpression kKey(
        QStringLiteral("\\A(\"[^\"]*\"|'[^']*'|[^\\s#{\\[&*!|>'\"][^#]*?)\\s*:(?:\\s+|\\z)"));
    ComposePosition place;
    place.line = outline.lineAt(position);
    const int lineBegin = outline.lineBegin(place.line);
    const QStringView line = outline.line(place.line);
    const QStringView before = line.left(position - lineBegin);
    if (isInComment(before) || isInBlock(outline, place.line, before.size()))
        return place;
    qsizetype at = skipSpaces(before, 0);
    if (at == before.size()) // an empty line, or the cursor before what stands there
        at = before.size();
    int holder = -1;
    bool isItem = false;
    while (at < before.size() && before[at] == u'-' && at + 1 < before.size() && before[at + 1] == u' ') {
        if (!isItem)
            holder = holderAt(outline, place.line, static_cast<int>(at), true);
        isItem = true;
        at = skipSpaces(before, at + 1);
    }
    if (!isItem)
        holder = holderAt(outline, place.line, static_cast<int>(at), false);
    place.holder = holder;
    place.indent = static_cast<int>(at);
    place.schema = schemaOf(outline, holder);
    if (isItem)
        place.schema = place.schema != nullptr ? place.schema->item : nullptr;
    const auto key = kKey.match(before.mid(at).toString());
    if (key.hasMatch()) {
        QString name = key.captured(1);
        if (name.startsWith(u'"') || name.startsWith(u'\''))
            name = name.mid(1, name.size() - 2);
        place.schema = place.schema != nullptr ? place.schema->child(name) : nullptr;
        for (int i = outline.firstEntryOf(place.line);
             i >= 0 && i < static_cast<int>(outline.entries().size()) && outline.entry(i).line == place.line;
             ++i)
            place.holder = i;
        const qsizetype value = at + key.capturedLength();
        if (before.endsWith(u':'))
            return place; // a blank is missing
        place.kind = Kind::Value;
        if (!takeFlowItem(place, before.mid(value), value, lineBegin))
            takeWritten(place, before, value, lineBegin);
        return place;
    }
    place.kind = isItem ? Kind::Item : Kind::Key;
    if (!isItem && holder >= 0 && (outline.entry(holder).valueLength > 0))
        return {}; // it has its value already
    takeWritten(place, before, at, lineBegin);
    const QStringView behind = line.mid(before.size());
    place.hasColon =
        QRegularExpression(QStringLiteral("\\A[\\w.-]*\\s*:")).match(behind.toString()).hasMatch();
    place.siblings = isItem ? itemsBelow(outline, holder, place.line) : outline.keysBelow(holder, place.line);
    return place;
}

std::optional<WrittenVariable> variableBefore(const ComposeOutline& outline, int position) {
    static const QRegularExpression kVariable(QStringLiteral("(\\$+)(\\{?)([A-Za-z_][A-Za-z0-9_]*|)\\z"));
    const int line = outline.lineAt(position);
    const QStringView before = outline.line(line).left(position - outline.lineBegin(line));
    if (!before.contains(u'$') || isInComment(before))
        return std::nullopt;
    const auto found = kVariable.match(before.toString());
    if (!found.hasMatch() || found.capturedLength(1) % 2 == 0) // $$ is a dollar sign
        return std::nullopt;
    return WrittenVariable{position - static_cast<int>(found.capturedLength(3)), found.captured(3),
                           !found.captured(2).isEmpty()};
}

PlaceInEntry entryAt(const ComposeOutline& outline, int position) {
    const int line = outline.lineAt(position);
    const int column = position - outline.lineBegin(line);
    PlaceInEntry found;
    for (int i = outline.firstEntryOf(line);
         i >= 0 && i < static_cast<int>(outline.entries().size()) && outline.entry(i).line == line; ++i) {
        const OutlineEntry& entry = outline.entry(i);
        if (!entry.isItem && column >= entry.indent && column <= entry.indent + entry.keyLength)
            return {i, true};
        if (entry.valueLength > 0 && column >= entry.valueBegin &&
            column <= entry.valueBegin + entry.valueLength)
            found = {i, false};
    }
    return found;
}

} // namespace escale::gui
