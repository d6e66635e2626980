// The list of stacks at the pane's left: two lines each, under a heading a kind.
#pragma once

#include <QListView>
#include <QStyledItemDelegate>

namespace escale::gui {

class StacksModel;

class StacksList : public QListView {
    Q_OBJECT
public:
    explicit StacksList(StacksModel* model, QWidget* parent = nullptr);
    [[nodiscard]] QString currentId() const;
    void selectId(const QString& id);
    void setFilter(const QString& text);

Q_SIGNALS:
    void currentIdChanged(const QString& id);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    QString m_id; // survives a new list
};

} // namespace escale::gui
