#include "gui/common/log_accessible.h"

#include "gui/common/log_text.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <algorithm>

namespace escale::gui {
namespace {

class AccessibleLogText : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    explicit AccessibleLogText(LogText* text)
        : QAccessibleWidget(text, QAccessible::EditableText) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QAccessible::State state() const override {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        state.selectableText = true;
        return state;
    }
    QString text(QAccessible::Text what) const override {
        return what == QAccessible::Value ? line() : QAccessibleWidget::text(what);
    }

    void selection(int, int* begin, int* end) const override { *begin = *end = 0; }
    int selectionCount() const override { return 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    int cursorPosition() const override { return 0; }
    void setCursorPosition(int) override {}
    QString text(int begin, int end) const override { return line().mid(begin, end - begin); }
    int characterCount() const override { return static_cast<int>(line().size()); }
    QRect characterRect(int offset) const override {
        const qint64 current = widget().currentLine();
        const QPoint at = current < 0 ? QPoint() : widget().pointOf({current, offset});
        return {widget().viewport()->mapToGlobal(at), QSize(1, 1)};
    }
    int offsetAtPoint(const QPoint&) const override { return 0; }
    void scrollToSubstring(int, int) override {}
    QString attributes(int, int* begin, int* end) const override {
        *begin = 0;
        *end = characterCount();
        return {};
    }

private:
    LogText& widget() const { return *static_cast<LogText*>(object()); }
    QString line() const { return widget().spokenLine(widget().currentLine()); }
};

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* text = qobject_cast<LogText*>(object);
    return text != nullptr ? new AccessibleLogText(text) : nullptr;
}

} // namespace

void installLogAccessibility() {
    static const bool installed = (QAccessible::installFactory(make), true);
    Q_UNUSED(installed)
}

void announceLogLine(LogText& text) {
    if (!QAccessible::isActive())
        return;
    QAccessibleTextUpdateEvent update(&text, 0, QString(), text.spokenLine(text.currentLine()));
    QAccessible::updateAccessibility(&update);
    QAccessibleTextCursorEvent moved(&text, 0);
    QAccessible::updateAccessibility(&moved);
}

} // namespace escale::gui
