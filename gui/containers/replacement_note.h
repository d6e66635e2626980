// What is written down while a container is replaced, so that the next start of the window finds what a
// window that ended in the middle has left: the old container, stopped, under another name. A file that is
// locked as long as its window lives; below the person's ~/.local/share/escale. GUI thread.
#pragma once

#include "engine/base/unique_fd.h"
#include "helper/dbus/types.h"

#include <QString>

#include <optional>
#include <vector>

namespace escale::gui {

class ReplacementNote {
public:
    /// Of the old container: what it is called now and meanwhile, and whether it is to run again if all
    /// fails.
    struct Words {
        QString id, name, aside;
        bool wasAlive = false;
    };
    explicit ReplacementNote(Words words)
        : m_words(std::move(words)) {}
    [[nodiscard]] const Words& words() const { return m_words; }

    /// Writes it down; that it cannot be written hinders nothing.
    void begin();
    /// All is done, or as before.
    void forget();
    /// Those of windows that have ended; they are this one's now.
    static std::vector<ReplacementNote> leftBehind();

private:
    Words m_words;
    UniqueFd m_lock;
};

/// What is to be done about a note.
struct Leftover {
    bool isAside = false; // the old container has the other name
    QString newId;        // of the one that has its name; empty: none
};
/// Nothing, when the old container is gone, or as it was before.
std::optional<Leftover> leftoverOf(const ReplacementNote::Words& note, const dbus::ContainerList& containers);

} // namespace escale::gui
