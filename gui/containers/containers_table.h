// The view of the containers' tree: columns that can be dragged, hidden and are remembered, ports that are
// links, stacks that stay open or shut while the filter comes and goes.
#pragma once

#include "gui/common/table.h"

#include <QSet>
#include <QTimer>

namespace escale::gui {

class ContainersModel;
class ContainersProxy;

class ContainersTable : public Table {
    Q_OBJECT
public:
    explicit ContainersTable(ContainersModel* model, QWidget* parent = nullptr);
    ~ContainersTable() override;
    void setFilter(const QString& text) override;
    void selectId(const QString& id) override;
    /// The containers of the selected rows, each once; a stack stands for those of its containers that are
    /// shown.
    [[nodiscard]] QStringList selectedIds() const;
    /// The first row that is a container.
    void selectFirst();
    /// Edits the current container's name in its cell.
    void editName();

Q_SIGNALS:
    void selectedIdsChanged();
    void portClicked(const QUrl& url);

protected:
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void buildHeader();
    void showColumnMenu(const QPoint& position);
    void saveColumns();
    void expandNew(const QModelIndex& parent, int first, int last);
    [[nodiscard]] QUrl portAt(const QPoint& position) const;

    ContainersModel& m_model;
    ContainersProxy* m_containersProxy;
    QSet<QString> m_shut; // ids of stacks that the person has closed
    QTimer m_saveColumns;
};

} // namespace escale::gui
