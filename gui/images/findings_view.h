// A list of findings and, beside it, the selected one in words with the files that it is about.
#pragma once

#include "engine/image/image_findings.h"

#include <QWidget>

class QLabel;
class QListView;
class QStringListModel;

namespace escale::gui {

class EmptyState;
class FindingsModel;
class TableStack;

class FindingsView : public QWidget {
    Q_OBJECT
public:
    /// `name` begins the names of its widgets; `direction`: how list and words stand to each other.
    FindingsView(const QString& name, Qt::Orientation direction, QWidget* parent = nullptr);
    /// Leaves out a column that says nothing here.
    void hideColumn(int column);
    void setFindings(std::vector<Finding> findings);
    /// What is shown when there are none.
    [[nodiscard]] EmptyState& empty();
    [[nodiscard]] FindingsModel& model() { return *m_model; }

Q_SIGNALS:
    /// Show that path in that layer.
    void pathRequested(std::size_t layer, const std::string& path);

private:
    QWidget* makeDetails(const QString& name);
    void showCurrent();

    FindingsModel* m_model;
    TableStack* m_stack;
    QWidget* m_details;
    QLabel *m_title, *m_meaning, *m_advice, *m_told;
    QListView* m_paths;
    QStringListModel* m_pathList;
};

} // namespace escale::gui
