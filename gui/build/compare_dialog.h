// Two builds beside each other, read from their events. GUI thread.
#pragma once

#include "gui/build/build_model.h"
#include "helper/dbus/types.h"

#include <QDialog>

#include <array>

class QLabel;

namespace escale::gui {

class BuildEventsReader;
class ComparisonModel;
class EngineClient;
class ErrorBanner;
class Table;

class CompareDialog : public QDialog {
    Q_OBJECT
public:
    /// The older one is the one before.
    CompareDialog(EngineClient& client, const dbus::Build& one, const dbus::Build& other, QWidget* parent);

private:
    struct Side {
        dbus::Build build;
        BuildModel model;
        BuildEventsReader* reader = nullptr;
        bool isRead = false;
    };
    QWidget* buildFigures();
    void read(Side& side);
    void showSteps();

    EngineClient& m_client;
    std::array<Side, 2> m_sides;
    std::array<QLabel*, 9> m_figures{}; // names, times, cached steps, sizes by turns, and the differences
    ComparisonModel* m_model;
    Table* m_table;
    ErrorBanner* m_error;
};

} // namespace escale::gui
