// The file system of an image at one of its layers, or what that layer has changed in it: a row a path. A
// folder's rows are made when it is opened.
#pragma once

#include "engine/image/layer_selection.h"
#include "gui/images/image_reader.h"

#include <QAbstractItemModel>
#include <QSortFilterProxyModel>

#include <memory>
#include <optional>

namespace escale::gui {

class LayerTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Change, Size, Mode, Owner, ColumnCount };

    explicit LayerTreeModel(QObject* parent = nullptr);
    ~LayerTreeModel() override;
    /// Null: there is nothing to show.
    void setContents(ImageContentsPointer contents);
    /// The layers are those of the contents.
    void setQuery(const LayerQuery& query);
    [[nodiscard]] const LayerQuery& query() const { return m_query; }
    [[nodiscard]] bool hasContents() const { return m_contents != nullptr; }
    /// Files that the query shows, also those whose folders have not been opened.
    [[nodiscard]] std::size_t fileCount() const { return m_selection ? m_selection->fileCount() : 0; }
    [[nodiscard]] std::uint64_t totalSize() const;
    /// "Added"
    static QString changeText(LayerChange change);
    /// The row of a path that is shown; its folders get their rows.
    [[nodiscard]] QModelIndex indexOf(LayerStack::NodeId node);
    [[nodiscard]] LayerStack::NodeId nodeAt(const QModelIndex& index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Item;
    void renew();
    [[nodiscard]] Item* itemAt(const QModelIndex& index) const;
    void fill(Item& item) const;
    [[nodiscard]] QString text(const Item& item, int column) const;
    [[nodiscard]] QVariant sortValue(const Item& item, int column) const;
    [[nodiscard]] QVariant foreground(const Item& item, int column) const;

    ImageContentsPointer m_contents;
    LayerQuery m_query;
    std::optional<LayerSelection> m_selection;
    std::unique_ptr<Item> m_root;
};

/// Folders first, in either order.
class LayerTreeProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

} // namespace escale::gui
