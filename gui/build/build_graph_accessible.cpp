#include "gui/build/build_graph_accessible.h"

#include "gui/build/build_graph_view.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

namespace escale::gui {
namespace {

// A step. It has no QObject: the view's interface makes it and takes it away.
class AccessibleStep : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    AccessibleStep(BuildGraphView* view, QString id)
        : m_view(view)
        , m_id(std::move(id)) {}

    bool isValid() const override { return m_view != nullptr && m_view->step(m_id) != nullptr; }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}
    QString text(QAccessible::Text what) const override {
        return what == QAccessible::Name && m_view != nullptr ? m_view->spoken(m_id) : QString();
    }
    QRect rect() const override {
        if (m_view == nullptr)
            return {};
        const QRect shown = m_view->shownRect(m_id);
        return {m_view->viewport()->mapToGlobal(shown.topLeft()), shown.size()};
    }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = state.selectable = true;
        const bool isCurrent = m_view != nullptr && m_view->current() == m_id;
        state.focused = isCurrent && m_view->hasFocus();
        state.selected = isCurrent;
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }
    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    void doAction(const QString& name) override {
        if (m_view == nullptr)
            return;
        m_view->setCurrent(m_id);
        if (name == pressAction())
            Q_EMIT m_view->activated(m_id);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<BuildGraphView> m_view;
    QString m_id;
};

class AccessibleGraph : public QAccessibleWidget {
public:
    explicit AccessibleGraph(BuildGraphView* view)
        : QAccessibleWidget(view, QAccessible::List) {}
    ~AccessibleGraph() override {
        for (const QAccessible::Id id : std::as_const(m_steps))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return static_cast<int>(ids().size()); }
    QAccessibleInterface* child(int index) const override {
        const QStringList all = ids();
        return index < 0 || index >= all.size() ? nullptr : step(all[index]);
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        for (int i = 0; i < childCount(); ++i) {
            if (this->child(i) == child)
                return i;
        }
        return -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        const QPoint place = view().viewport()->mapFromGlobal(QPoint(x, y));
        for (const QString& id : ids()) {
            if (view().shownRect(id).contains(place))
                return step(id);
        }
        return nullptr;
    }
    QAccessibleInterface* focusChild() const override {
        const QString current = view().current();
        return current.isEmpty() || !view().hasFocus() ? nullptr : step(current);
    }
    QAccessibleInterface* step(const QString& id) const {
        QAccessible::Id& known = m_steps[id];
        if (known == 0)
            known = QAccessible::registerAccessibleInterface(new AccessibleStep(&view(), id));
        return QAccessible::accessibleInterface(known);
    }

private:
    BuildGraphView& view() const { return *static_cast<BuildGraphView*>(object()); }
    QStringList ids() const {
        QStringList all;
        for (const ShownStage& stage : view().stages()) {
            for (const ShownStep& step : stage.steps)
                all.append(step.id);
        }
        return all;
    }

    mutable QHash<QString, QAccessible::Id> m_steps;
};

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* view = qobject_cast<BuildGraphView*>(object);
    return view != nullptr ? new AccessibleGraph(view) : nullptr;
}

} // namespace

void installBuildGraphAccessibility() {
    static const bool installed = (QAccessible::installFactory(make), true);
    Q_UNUSED(installed)
}

void announceBuildStep(BuildGraphView& view, const QString& step) {
    if (!QAccessible::isActive() || step.isEmpty())
        return;
    auto* whole = dynamic_cast<AccessibleGraph*>(QAccessible::queryAccessibleInterface(&view));
    if (whole == nullptr)
        return;
    QAccessibleEvent event(whole->step(step), QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

} // namespace escale::gui
