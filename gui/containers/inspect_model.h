// JSON as a tree: a row a member or an element, with its value beside it and its path for copying.
#pragma once

#include <QAbstractItemModel>
#include <QJsonObject>

#include <memory>
#include <vector>

namespace escale::gui {

class InspectModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Value, ColumnCount };
    enum Role : int {
        kPathRole = Qt::UserRole + 100, // ".options.memory"
        kValueRole,                     // QString: the value alone, whole
        kJsonRole,                      // QString: the value as JSON
    };

    explicit InspectModel(QObject* parent = nullptr);
    ~InspectModel() override;
    /// Nothing is reset when it is what is shown already.
    void setJson(const QJsonObject& json);
    [[nodiscard]] const QJsonObject& json() const { return m_json; }

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    [[nodiscard]] const Node* nodeAt(const QModelIndex& index) const;
    static void addChildren(Node& node);
    static QString shownValue(const Node& node);

    QJsonObject m_json;
    std::unique_ptr<Node> m_root;
};

} // namespace escale::gui
