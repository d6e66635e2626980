#include "gui/containers/files_table.h"

#include "gui/common/icons.h"
#include "gui/common/theme.h"
#include "gui/containers/files_model.h"

#include <QDragEnterEvent>
#include <QHeaderView>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

namespace escale::gui {

static constexpr int kIcon = 16; // pixels, at scale 1
static constexpr int kIconRoom = 24;

QSize FileNameDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return RowDelegate::sizeHint(option, index) + QSize(kIconRoom, 0);
}

void FileNameDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                             const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    QRect area = paintGround(painter, option, index);
    const bool isFolder = index.data(FilesModel::kFolderRole).toBool();
    icon(index.data(FilesModel::kIconRole).toString(),
         isFolder ? QPalette::Highlight : QPalette::PlaceholderText)
        .paint(painter, QRect(area.left(), area.center().y() - kIcon / 2 + 1, kIcon, kIcon));
    area.setLeft(area.left() + kIconRoom);
    paintText(painter, option, index, area, option.text);
}

FilesTable::FilesTable(FilesModel* model)
    : Table(new FilesProxy, nullptr)
    , m_model(model) {
    setSource(model, FilesModel::Name);
    setItemDelegateForColumn(FilesModel::Name, new FileNameDelegate(this));
    const std::pair<int, int> widths[] = {{FilesModel::Name, 162},
                                          {FilesModel::Size, 90},
                                          {FilesModel::Mode, 95},
                                          {FilesModel::Owner, 108},
                                          {FilesModel::Modified, 110}};
    for (const auto& [section, width] : widths)
        setColumnWidth(section, width);
    setAcceptDrops(true);
    setDragEnabled(true);
    setDragDropMode(DragDrop);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_before = currentId(); });
    connect(model, &FilesModel::reordered, this, [this] { selectId(m_before); });
}

// Of a hundred thousand rows, too.
void FilesTable::selectId(const QString& id) {
    const QModelIndex index = proxy().mapFromSource(m_model->index(m_model->rowOf(id), FilesModel::Name));
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index);
}

void FilesTable::startDrag(Qt::DropActions) {
    Q_EMIT dragBegun();
}

QStringList localFiles(const QMimeData& data) {
    QStringList paths;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

void FilesTable::setDragged(bool dragged) {
    m_dragged = dragged;
    viewport()->update();
}

void FilesTable::dragEnterEvent(QDragEnterEvent* event) {
    if (event->source() == this || localFiles(*event->mimeData()).isEmpty())
        return event->ignore(); // from here to here is no copy
    setDragged(true);
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

// Anywhere on the table: what is dropped goes into the folder that is shown.
void FilesTable::dragMoveEvent(QDragMoveEvent* event) {
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void FilesTable::dragLeaveEvent(QDragLeaveEvent*) {
    setDragged(false);
}

void FilesTable::dropEvent(QDropEvent* event) {
    setDragged(false);
    const QStringList paths = localFiles(*event->mimeData());
    event->setDropAction(Qt::CopyAction);
    event->accept();
    if (!paths.isEmpty())
        Q_EMIT dropped(paths);
}

void FilesTable::paintEvent(QPaintEvent* event) {
    Table::paintEvent(event);
    if (!m_dragged)
        return;
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Colors::current().accent, 2));
    painter.drawRoundedRect(QRectF(viewport()->rect()).adjusted(2, 2, -2, -2), 6, 6);
}

} // namespace escale::gui
