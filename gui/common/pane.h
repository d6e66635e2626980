// What the main window knows of a pane: its title, its header's buttons, its filter, its actions. One pane a
// folder.
#pragma once

#include <QWidget>

#include <functional>

class QAction;
class QSplitter;

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
    /// Whether the window may close now. When not the pane says why, and asks for it later if the person
    /// wants.
    [[nodiscard]] virtual bool mayClose() { return true; }

Q_SIGNALS:
    void summaryChanged();
    void closeRequested();

protected:
    /// An action with a shortcut that works anywhere in the pane; owned by it.
    QAction* addPaneAction(const char* iconName, const QString& text, const QKeySequence& key,
                           std::function<void()> run);
    /// The pane's column: what tells about errors and questions, then the splitter, which becomes a vertical
    /// one with a list above and details below.
    void stackUp(const QList<QWidget*>& notices, QSplitter* splitter, QWidget* list, QWidget* details);
};

/// The header's buttons in a row.
QWidget* toolRow(const QList<QWidget*>& buttons, QWidget* parent);

} // namespace escale::gui
