#include "gui/common/drawing_accessible.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include <algorithm>

namespace escale::gui {
namespace {

// A part. It has no QObject: the drawing's interface makes it and takes it away.
class AccessiblePart : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    AccessiblePart(QAbstractScrollArea* area, QString id)
        : m_area(area)
        , m_id(std::move(id)) {}

    bool isValid() const override { return m_area != nullptr && !drawing()->spokenPart(m_id).isEmpty(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_area); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}
    QString text(QAccessible::Text what) const override {
        return what == QAccessible::Name && m_area != nullptr ? drawing()->spokenPart(m_id) : QString();
    }
    QRect rect() const override {
        if (m_area == nullptr)
            return {};
        const QRect shown = drawing()->partRect(m_id);
        return {m_area->viewport()->mapToGlobal(shown.topLeft()), shown.size()};
    }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = state.selectable = true;
        const bool isCurrent = m_area != nullptr && drawing()->currentPart() == m_id;
        state.focused = isCurrent && m_area->hasFocus();
        state.selected = isCurrent;
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }
    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    void doAction(const QString& name) override {
        if (m_area == nullptr)
            return;
        drawing()->goToPart(m_id);
        if (name == pressAction())
            drawing()->pressPart(m_id);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    SpokenDrawing* drawing() const { return dynamic_cast<SpokenDrawing*>(m_area.data()); }

    QPointer<QAbstractScrollArea> m_area;
    QString m_id;
};

class AccessibleDrawing : public QAccessibleWidget {
public:
    explicit AccessibleDrawing(QAbstractScrollArea* area)
        : QAccessibleWidget(area, QAccessible::List) {}
    ~AccessibleDrawing() override {
        for (const QAccessible::Id id : std::as_const(m_parts))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return static_cast<int>(drawing().partIds().size()); }
    QAccessibleInterface* child(int index) const override {
        const QStringList all = drawing().partIds();
        return index < 0 || index >= all.size() ? nullptr : part(all[index]);
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        for (int i = 0; i < childCount(); ++i) {
            if (this->child(i) == child)
                return i;
        }
        return -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        const QPoint place = area()->viewport()->mapFromGlobal(QPoint(x, y));
        const QStringList all = drawing().partIds();
        const auto found = std::find_if(all.rbegin(), all.rend(), [&](const QString& id) { // the topmost
            return drawing().partRect(id).contains(place);
        });
        return found == all.rend() ? nullptr : part(*found);
    }
    QAccessibleInterface* focusChild() const override {
        const QString current = drawing().currentPart();
        return current.isEmpty() || !area()->hasFocus() ? nullptr : part(current);
    }
    QAccessibleInterface* part(const QString& id) const {
        QAccessible::Id& known = m_parts[id];
        if (known == 0)
            known = QAccessible::registerAccessibleInterface(new AccessiblePart(area(), id));
        return QAccessible::accessibleInterface(known);
    }

private:
    QAbstractScrollArea* area() const { return static_cast<QAbstractScrollArea*>(object()); }
    SpokenDrawing& drawing() const { return *dynamic_cast<SpokenDrawing*>(object()); }

    mutable QHash<QString, QAccessible::Id> m_parts;
};

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* area = qobject_cast<QAbstractScrollArea*>(object);
    return area != nullptr && dynamic_cast<SpokenDrawing*>(object) != nullptr ? new AccessibleDrawing(area)
                                                                              : nullptr;
}

} // namespace

void installDrawingAccessibility() {
    static const bool installed = (QAccessible::installFactory(make), true);
    Q_UNUSED(installed)
}

void announcePart(QAbstractScrollArea& drawing, const QString& id) {
    if (!QAccessible::isActive() || id.isEmpty())
        return;
    auto* whole = dynamic_cast<AccessibleDrawing*>(QAccessible::queryAccessibleInterface(&drawing));
    if (whole == nullptr)
        return;
    QAccessibleEvent event(whole->part(id), QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

} // namespace escale::gui
