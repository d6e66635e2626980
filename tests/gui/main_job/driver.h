// Drives the real main window as a person does: finds widgets by name, clicks and types through QTest, and
// waits for what must be seen. Every failure is an Error that says what did not happen.
#pragma once

#include "engine/base/result.h"
#include "gui/app/main_window.h"
#include "gui/common/table.h"

#include <QElapsedTimer>

#include <functional>

namespace escale::test {

class Driver {
public:
    Driver(gui::MainWindow& window, QString shots)
        : m_window(window)
        , m_shots(std::move(shots)) {}

    /// Runs one step, prints "step <name> ok <n> ms" (or why not) and saves shots/<n>-<name>.png.
    bool step(const QString& name, const std::function<Result<void>()>& act);

    [[nodiscard]] gui::MainWindow& window() { return m_window; }
    /// The widget with that name and type, wherever it is.
    template <class Widget>
    Result<Widget*> find(const QString& name) {
        for (Widget* widget : m_window.findChildren<Widget*>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return fail(ErrorCode::NotFound, "no visible widget \"" + name.toStdString() + "\"");
    }
    /// Waits until the widget is there, visible and enabled, then clicks in its middle.
    Result<void> click(const QString& name);
    /// Clicks the row of a table whose first columns hold the text, as a person would.
    Result<void> clickRow(const QString& table, const QString& text);
    Result<void> waitForRow(const QString& table, const QString& text, int milliseconds = 15000);
    Result<void> waitForNoRow(const QString& table, const QString& text, int milliseconds = 15000);
    /// A key with the window's focus widget.
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    Result<void> type(const QString& name, const QString& text);
    /// Text of a row's column.
    QString cell(const QString& table, const QString& text, int column);

    /// Runs the event loop until the condition holds; the error says `what` did not happen, and what banners
    /// say.
    Result<void> waitFor(const std::function<bool()>& condition, const std::string& what,
                         int milliseconds = 15000);
    [[nodiscard]] bool save(const QString& file);

private:
    [[nodiscard]] QString banners() const;
    [[nodiscard]] QModelIndex row(gui::Table& table, const QString& text) const;

    gui::MainWindow& m_window;
    QString m_shots;
    int m_number = 0;
};

} // namespace escale::test
