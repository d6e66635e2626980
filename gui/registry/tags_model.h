// A repository's tags as a table. The names are there at once; the rest comes row by row.
#pragma once

#include "engine/base/error.h"
#include "gui/registry/tag_details.h"

#include <QAbstractTableModel>
#include <QCollator>
#include <QHash>
#include <QSortFilterProxyModel>

namespace escale::gui {

class TagsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Tag, Size, Platforms, Created, Digest, ColumnCount };

    explicit TagsModel(QObject* parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setNames(const QStringList& names);
    /// Ignored for a tag that is not listed.
    void setFacts(const QString& tag, const TagFacts& facts);
    void setFailed(const QString& tag, const Error& error);
    void remove(const QString& tag);
    [[nodiscard]] bool contains(const QString& tag) const { return m_rowOf.contains(tag); }
    /// Nothing is known of it yet, and reading has not failed.
    [[nodiscard]] bool isUnknown(const QString& tag) const;
    [[nodiscard]] int unknownCount() const { return m_unknown; }
    [[nodiscard]] QStringList names() const;
    /// Empty while it is unknown.
    [[nodiscard]] QString digestOf(int row) const;
    /// "1.10" comes after "1.9".
    [[nodiscard]] bool comesBefore(int row, int other) const;

private:
    struct Row {
        QString name;
        QCollatorSortKey key;
        std::optional<TagFacts> facts;
        QString problem; // why there are no facts
    };
    [[nodiscard]] static QString text(const Row& row, int column);
    [[nodiscard]] static QVariant value(const Row& row, int column);
    [[nodiscard]] static QString toolTip(const Row& row, int column);
    Row* rowOf(const QString& tag);
    void settle(const QString& tag, bool wasUnknown);
    void reindex();

    QCollator m_collator;
    QList<Row> m_rows;
    QHash<QString, int> m_rowOf;
    int m_unknown = 0;
};

/// Sorts by value; what is not known yet stays below, whichever way.
class TagsProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

} // namespace escale::gui
