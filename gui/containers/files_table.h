// The table of a folder's content: icons before the names, files that are dropped on it.
#pragma once

#include "gui/common/table.h"

namespace escale::gui {

class FilesModel;

class FileNameDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

class FilesTable : public Table {
    Q_OBJECT
public:
    explicit FilesTable(FilesModel* model);

Q_SIGNALS:
    /// Files of this machine, to be copied to where the table is.
    void dropped(const QStringList& paths);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setDragged(bool dragged);
    bool m_dragged = false; // files are above it
};

/// Those of a drag that are files of this machine.
QStringList localFiles(const QMimeData& data);

} // namespace escale::gui
