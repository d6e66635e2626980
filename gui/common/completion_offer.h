// What may be written at a place of a text: what editors offer while one types.
#pragma once

#include <QList>
#include <QString>

namespace escale::gui {

struct CompletionWord {
    QString text;    // as the list shows it
    QString meaning; // a few words beside it; may be empty
    /// What is written when it is taken; empty: the text. The cursor then stands where kCursorMark is, at
    /// the end without one.
    QString insert = {};
    QString doc = {};         // rich text, for the bubble beside the list; may be empty
    bool isFaint = false;     // can be written and will not work
    bool isContinued = false; // something can be offered behind it at once
    bool operator==(const CompletionWord&) const = default;
};
using CompletionWords = QList<CompletionWord>;

inline constexpr QChar kCursorMark(u'\x01'); // in no text that people write

struct CompletionOffer {
    int begin = 0; // of what is replaced, in the text; it ends at the place asked about
    /// Those that begin with what is written there, whatever the case; best first.
    CompletionWords words;
    QString written;        // that is replaced
    bool isCertain = false; // what is written there cannot stand alone: Return takes the first one
};

} // namespace escale::gui
