// The time line of what was done last, drawn, and as a table beside it.
#pragma once

#include "gui/stacks/stack_timeline.h"

#include <QWidget>

namespace escale::gui {

class CellsModel;
class Table;
class TimelineView;

class TimelineTab : public QWidget {
    Q_OBJECT
public:
    explicit TimelineTab(QWidget* parent = nullptr);
    void setProgress(const StackProgress& progress, qint64 now);
    [[nodiscard]] TimelineView& view() { return *m_view; }

Q_SIGNALS:
    void serviceRequested(const QString& service);

private:
    TimelineView* m_view;
    CellsModel* m_model;
    Table* m_table;
};

} // namespace escale::gui
