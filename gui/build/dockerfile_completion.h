// What may be written at a place of a Dockerfile, from the syntax tree of the text before it. Pure.
#pragma once

#include "gui/build/completion_words.h"

#include <QStringList>

#include <optional>

namespace escale::gui {

struct DockerfileOffer : CompletionOffer {
    /// Files of this folder below the context ("", "src/") are wanted: list them, then ask withFiles().
    std::optional<QString> folder;
};

/// `images`: names of images, for FROM and --from.
DockerfileOffer completionAt(QStringView text, int position, const QStringList& images);

/// The offer with the entries of its folder, that fit.
DockerfileOffer withFiles(DockerfileOffer offer, const QStringList& entries);

} // namespace escale::gui
