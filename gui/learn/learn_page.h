// What every page of the Learn pane is: tools, a drawing, the table that says the same, and an explanation of
// what is chosen in either. It reads when it comes into sight, when its container changes and every interval
// while it is seen; hidden it costs nothing.
#pragma once

#include "gui/common/cells_model.h"
#include "gui/common/drawing.h"
#include "helper/dbus/types.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QSplitter;
class QStackedWidget;
class QTextBrowser;

namespace escale::gui {

class DrawingView;
class EmptyState;
class ErrorBanner;
class Table;

class LearnPage : public QWidget {
    Q_OBJECT
public:
    /// `name`: of the object, and the beginning of its parts' ("learnNamespaces.view", ".table",
    /// ".explanation",
    /// ".empty", ".export"). `columns`: of the table.
    LearnPage(const QString& name, const QStringList& columns, QWidget* parent);
    using QWidget::show;
    /// Without an id: none is chosen.
    void setContainer(const dbus::Container& container);
    [[nodiscard]] const dbus::Container& container() const { return m_container; }
    /// All there are, before setContainer(): for a page that shows others, too.
    virtual void setContainers(const dbus::ContainerList&) {}
    void setFilter(const QString& text);
    void focusContent();
    /// The id of what is chosen, in drawing and table alike; empty: nothing.
    void choose(const QString& id);
    [[nodiscard]] const QString& chosen() const { return m_chosen; }
    /// The engine has been asked, and has not answered.
    [[nodiscard]] bool isReading() const { return m_isReading; }
    [[nodiscard]] DrawingView& view() { return *m_view; }
    [[nodiscard]] Table& table() { return *m_table; }
    [[nodiscard]] const QList<CellsRow>& rows() const { return m_rows->rows(); }

Q_SIGNALS:
    /// A button of an empty page: the container is to be started, one is to be run.
    void startRequested(const QString& container);
    void runRequested();

protected:
    /// Reads what it shows; the answers call show(). Called in sight only, and not again while isReading.
    virtual void refresh() = 0;
    /// Another container, or the same in another state: what was read before counts no more.
    virtual void containerChanged() {}
    /// In HTML; empty: an explanation of the whole view.
    [[nodiscard]] virtual QString explanationOf(const QString& id) const = 0;
    /// True: it has something to show of a container that does not run.
    [[nodiscard]] virtual bool showsStopped() const { return false; }
    /// True: it shows all containers, and needs none chosen.
    [[nodiscard]] virtual bool showsAll() const { return false; }

    /// Milliseconds; 0, the default: not by itself.
    void setInterval(int milliseconds);
    void refreshNow();
    /// What showsAll() or showsStopped() say has changed.
    void takeState();
    /// An answer has come, or none will: the next refresh may begin.
    void setReading(bool reading) { m_isReading = reading; }
    /// What is chosen stays so, as far as it is still there.
    void show(const Drawing& drawing, const QList<CellsRow>& rows);
    /// How wide a drawing may be to be seen as a whole, in its own pixels.
    [[nodiscard]] qreal room() const;
    /// Of the table, for a page with several views; before show().
    void setColumns(const QStringList& columns);
    /// The explanation is made anew: what it says has changed.
    void updateExplanation();
    void showError(const Error& error, const QString& what);
    void showEmpty(const QString& title, const QString& text, const QString& action = {});
    /// At the left of the row above the drawing; takes it.
    void addTool(QWidget* tool);
    /// Below drawing and table, all of the width; takes it.
    void addBelow(QWidget* widget);

    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildLayout(const QString& name);
    void fitColumns();
    QWidget* buildTools(const QString& name);
    void askExport();

    dbus::Container m_container;
    QString m_chosen, m_shownText;
    QTimer m_timer;
    int m_interval = 0;
    bool m_isReading = false, m_isChoosing = false, m_hasWidths = false;
    DrawingView* m_view;
    Table* m_table;
    CellsModel* m_rows;
    QTextBrowser* m_explanation;
    QStackedWidget* m_stack = nullptr;
    EmptyState* m_empty;
    ErrorBanner* m_error;
    QHBoxLayout* m_tools = nullptr;
    QWidget* m_shown = nullptr; // all but the empty state
    QSplitter* m_column = nullptr;
};

} // namespace escale::gui
