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
    void selectId(const QString& id) override;

Q_SIGNALS:
    /// Files of this machine, to be copied to where the table is.
    void dropped(const QStringList& paths);
    /// What is selected is to be dragged out.
    void dragBegun();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void startDrag(Qt::DropActions actions) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setDragged(bool dragged);
    FilesModel* m_model;
    QString m_before;       // the current file, before the order changed
    bool m_dragged = false; // files are above it
};

/// Those of a drag that are files of this machine.
QStringList localFiles(const QMimeData& data);

} // namespace escale::gui
