// The person's images as a table.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>
#include <QHash>

namespace escale::gui {

class ImagesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    // The last three are empty until setUsage().
    enum Column { Repository, Tag, Digest, Size, Layers, Created, Shared, Unique, Users, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Makes the rows those of the list with the fewest changes.
    void setImages(const dbus::ImageList& images);
    void setUsage(const dbus::ImageUsages& usages);
    [[nodiscard]] const dbus::Image* find(const QString& id) const;
    [[nodiscard]] const QList<dbus::Image>& images() const { return m_rows; }
    /// Names a row: "repository:tag".
    static QString idOf(const dbus::Image& image);

private:
    void reindex();
    [[nodiscard]] QString usageText(const dbus::Image& image, int column) const;
    [[nodiscard]] QVariant usageValue(const dbus::Image& image, int column) const;

    QList<dbus::Image> m_rows;
    QHash<QString, dbus::ImageUsage> m_usages; // by digest
    QHash<QString, int> m_rowOf;
};

/// "docker.io/library/debian" as people write it, "debian".
QString familiarName(const QString& repository);

} // namespace escale::gui
