// What the main window knows of a pane: its title, its header's buttons, its filter, its actions. One pane a
// folder.
#pragma once

#include <QWidget>

namespace escale::gui {

class Pane : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    [[nodiscard]] virtual QString title() const = 0;
    /// "3 images", beside the title; tell changes by summaryChanged.
    [[nodiscard]] virtual QString summary() const { return {}; }
    /// False: the pane is of use without the engine.
    [[nodiscard]] virtual bool needsEngine() const { return true; }
    /// The header's buttons; may be null. The main window shows it and owns it.
    [[nodiscard]] virtual QWidget* tools() { return nullptr; }
    [[nodiscard]] virtual QString filterHint() const = 0;
    virtual void setFilter(const QString& text) = 0;
    /// Gives the keyboard to the pane's list.
    virtual void focusContent() = 0;

Q_SIGNALS:
    void summaryChanged();
};

} // namespace escale::gui
