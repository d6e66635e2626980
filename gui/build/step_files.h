// The files that a step's layer holds (Builds.ReadStep), as a tree. Read when it is looked at. GUI thread.
#pragma once

#include "gui/build/build_model.h"
#include "gui/images/image_reader.h"

#include <QWidget>

namespace escale::gui {

class EngineClient;
class LayerTreeModel;
class TableStack;

class StepFiles : public QWidget {
    Q_OBJECT
public:
    StepFiles(EngineClient& client, const QString& prefix, QWidget* parent = nullptr);
    /// Null: none.
    void setStep(const ShownStep* step);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void read();
    void tell(const QString& title, const QString& text);

    ImageReader* m_reader;
    LayerTreeModel* m_tree;
    TableStack* m_stack;
    QString m_step, m_layer;
    bool m_isStale = false;
};

} // namespace escale::gui
