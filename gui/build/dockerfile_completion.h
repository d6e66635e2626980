// What may be written at a place of a Dockerfile, from the syntax tree of the text before it. Pure.
#pragma once

#include "gui/build/completion_words.h"

#include <QStringList>

#include <optional>

namespace escale::gui {

struct CompletionOffer {
    int begin = 0; // of what is replaced, in the text; it ends at the place asked about
    /// Those that begin with what is written there, whatever the case; best first.
    CompletionWords words;
    /// Files of this folder below the context ("", "src/") are wanted: list them, then ask withFiles().
    std::optional<QString> folder;
    QString written; // that is replaced
};

/// `images`: names of images, for FROM and --from.
CompletionOffer completionAt(QStringView text, int position, const QStringList& images);

/// The offer with the entries of its folder, that fit.
CompletionOffer withFiles(CompletionOffer offer, const QStringList& entries);

} // namespace escale::gui
