// Tells screen readers of a drawing: each of its parts is an item with a sentence of its own.
#pragma once

#include <QRect>
#include <QString>
#include <QStringList>

class QAbstractScrollArea;

namespace escale::gui {

/// What a QAbstractScrollArea that draws things is, too.
class SpokenDrawing {
public:
    SpokenDrawing() = default;
    SpokenDrawing(const SpokenDrawing&) = delete;
    SpokenDrawing& operator=(const SpokenDrawing&) = delete;
    virtual ~SpokenDrawing() = default;

    [[nodiscard]] virtual QStringList partIds() const = 0;
    /// Empty: there is no such part (any more).
    [[nodiscard]] virtual QString spokenPart(const QString& id) const = 0;
    /// In the viewport's pixels.
    [[nodiscard]] virtual QRect partRect(const QString& id) const = 0;
    /// Empty: none is.
    [[nodiscard]] virtual QString currentPart() const = 0;
    virtual void goToPart(const QString& id) = 0;
    virtual void pressPart(const QString& id) = 0;
};

/// Makes Qt know drawings; any number of times.
void installDrawingAccessibility();
/// Another part is current; empty: none.
void announcePart(QAbstractScrollArea& drawing, const QString& id);

} // namespace escale::gui
