#include "gui/common/pane.h"

#include "gui/common/buttons.h"
#include "gui/common/icons.h"

#include <QAction>
#include <QFrame>
#include <QHBoxLayout>
#include <QSplitter>

namespace escale::gui {

QAction* Pane::addPaneAction(const char* iconName, const QString& text, const QKeySequence& key,
                             std::function<void()> run) {
    auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, this);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    addAction(action);
    return action;
}

void Pane::stackUp(const QList<QWidget*>& notices, QSplitter* splitter, QWidget* list, QWidget* details) {
    auto* upper = card(this);
    auto* upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(1, 1, 1, 1);
    upperColumn->addWidget(list);
    splitter->setOrientation(Qt::Vertical);
    splitter->setHandleWidth(12);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(upper);
    splitter->addWidget(details);
    details->hide(); // until there is something to tell about
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 0, 20, 16);
    all->setSpacing(10);
    for (QWidget* notice : notices)
        all->addWidget(notice);
    all->addWidget(splitter, 1);
}

QWidget* toolRow(const QList<QWidget*>& buttons, QWidget* parent) {
    auto* tools = new QWidget(parent);
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QWidget* button : buttons)
        row->addWidget(button);
    return tools;
}

} // namespace escale::gui
