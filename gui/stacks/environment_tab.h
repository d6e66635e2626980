// The resolved environment of each service: every value, and where it comes from.
#pragma once

#include "gui/stacks/stack_environment.h"

#include <QWidget>

#include <memory>

class QCheckBox;
class QComboBox;

namespace escale::gui {

class CellsModel;
class Table;
class TableStack;

class EnvironmentTab : public QWidget {
    Q_OBJECT
public:
    explicit EnvironmentTab(QWidget* parent = nullptr);
    void setLoaded(const std::shared_ptr<const compose::Loaded>& loaded);
    void showOnly(const QString& service);

Q_SIGNALS:
    /// Show where that value stands.
    void placeRequested(const escale::compose::Place& place);

private:
    void fill();

    QList<EnvironmentEntry> m_entries;
    QComboBox* m_service;
    QCheckBox* m_secrets;
    CellsModel* m_model;
    Table* m_table;
    TableStack* m_stack;
};

} // namespace escale::gui
