// What a place of a Compose file is that somebody writes at: worked out from the indentation, so that it can
// be told while the file is no YAML. Pure.
#pragma once

#include "gui/stacks/compose_outline.h"

namespace escale::gui {

struct ComposePosition {
    enum class Kind : std::uint8_t {
        Nothing, // a comment, a block of text
        Key,     // of the map that `holder` is
        Item,    // of the list that `holder` is, behind its "- ": a value, or the first key of a map
        Value,   // of `holder`
    } kind = Kind::Nothing;
    int holder = -1; // entry of the outline; -1: the file
    const SchemaNode* schema =
        nullptr;     // Key: of the map; Item: of the item; Value: of the value; null: unknown
    int begin = 0;   // of what is written, in the text
    QString written; // up to the place
    int line = 0;    // from 0
    int indent = 0;  // column that the key or value begins at
    bool isQuoted = false;
    bool hasColon = false; // behind the place: a key that is written over
    QStringList siblings;  // keys of the map, values of the list, without this one
};
ComposePosition positionAt(const ComposeOutline& outline, int position);

/// ${NAME or $NAME that ends at the place; nullopt: no variable is being written there.
struct WrittenVariable {
    int begin = 0; // of the name
    QString name;
    bool isBraced = false;
};
std::optional<WrittenVariable> variableBefore(const ComposeOutline& outline, int position);

/// The entry whose key or value the place is in, and which of both; -1: none.
struct PlaceInEntry {
    int entry = -1;
    bool isKey = false;
};
PlaceInEntry entryAt(const ComposeOutline& outline, int position);

} // namespace escale::gui
