// The names of a registry's repositories as a list.
#pragma once

#include <QAbstractListModel>
#include <QStringList>

namespace escale::gui {

class NamesModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit NamesModel(QString title, QObject* parent = nullptr)
        : QAbstractListModel(parent)
        , m_title(std::move(title)) {}
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void setNames(const QStringList& names);
    [[nodiscard]] const QStringList& names() const { return m_names; }

private:
    QString m_title;
    QStringList m_names;
};

} // namespace escale::gui
