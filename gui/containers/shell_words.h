// A POSIX shell's words (Shell Command Language 2.2 and 2.3) without its expansions: what people paste from a
// README or type as a command.
#pragma once

#include "engine/base/result.h"

#include <QString>
#include <QStringList>

namespace escale::gui {

struct ShellWords {
    QStringList words;
    QStringList
        variables;  // "$HOME", "$(pwd)", "`id -u`": what a shell would have replaced; they stay in the words
    QString ending; // the operator or line end that ended the command, with what follows it
};

/// One simple command. A backslash before a line end joins lines, also with blanks between; a comment ends
/// the line. InvalidArgument when a quotation stays open.
Result<ShellWords> splitCommandLine(const QString& text);

/// The words of a command typed into a field: as above, but operators and comments are ordinary text.
Result<QStringList> splitCommand(const QString& text);

/// The word as a shell reads it back; quoted only where needed.
QString quoteWord(const QString& word);
QString joinWords(const QStringList& words);

} // namespace escale::gui
