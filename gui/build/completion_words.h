// What can be written in a Dockerfile, each with a line that explains it: instructions, their flags, and the
// values of these.
#pragma once

#include "engine/build/dockerfile.h"
#include "gui/common/completion_offer.h"

namespace escale::gui {

CompletionWords instructionWords();
/// One line: what the instruction does.
QString instructionMeaning(Keyword keyword);
/// "--from=", with "=" where a value follows.
CompletionWords flagWords(Keyword keyword);
/// "type=", "target=", …: the keys of --mount; all when the type is not known yet.
CompletionWords mountKeys(const QString& type);
CompletionWords mountTypes();
/// Of a flag whose values are few.
CompletionWords flagValues(Keyword keyword, const QString& flag);
CompletionWords platformWords();
/// ARGs that every build sets: before the first FROM they need no ARG.
CompletionWords platformArguments();
CompletionWords signalWords();
CompletionWords directiveWords();

} // namespace escale::gui
