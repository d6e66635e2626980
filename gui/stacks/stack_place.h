// Where a stack's files are: a folder and the Compose files in it. Those that were opened are remembered.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

class QMimeData;

namespace escale::gui {

struct StackPlace {
    QString folder;    // absolute; empty: there is no stack
    QStringList files; // absolute, merged in this order
    [[nodiscard]] bool isValid() const { return !files.isEmpty(); }
    /// Its folder's name.
    [[nodiscard]] QString name() const;
    bool operator==(const StackPlace&) const = default;
};

/// Of a folder that has Compose files, or of a Compose file. Invalid: it has none, is none.
StackPlace stackPlaceAt(const QString& path);
/// The first among what is dragged.
StackPlace droppedStack(const QMimeData& data);

/// The last one first; only those that are there.
QList<StackPlace> recentStacks();
void rememberStack(const StackPlace& place);
void forgetStack(const StackPlace& place);

} // namespace escale::gui
