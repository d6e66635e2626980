// What a person reads about each of docker run's options: its name, one sentence in plain words, and what
// holds when it is left empty. Pure.
#pragma once

#include <QString>

namespace escale::gui {

struct OptionText {
    QString title, explanation, placeholder;
};

/// Of an option of dockerOptions(), or of "image" and "command". All empty for a key that has none: a test
/// says so.
OptionText optionText(const QString& key);

} // namespace escale::gui
