// The health check of the selected container: how it stands, what is executed, the last probes and what each
// of them wrote.
#pragma once

#include "gui/containers/container_tab.h"

class QLabel;
class QPlainTextEdit;
class QSplitter;

namespace escale::gui {

class ElidedLabel;
class HealthModel;
class Table;

class HealthTab : public ContainerTab {
    Q_OBJECT
public:
    explicit HealthTab(EngineClient& client, QWidget* parent = nullptr);
    void setContainer(const dbus::Container* container);
    [[nodiscard]] HealthModel& model() { return *m_model; }
    void take(const dbus::HealthProbes& probes);
    /// What is executed: the container's options over the image's.
    void takeCheck(const QVariantMap& options, const QVariantMap& image);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void read() override;
    void askCheck();
    void showState();
    void showOutput();

    HealthModel* m_model;
    QSplitter* m_page;
    QLabel *m_state, *m_count;
    ElidedLabel* m_check;
    Table* m_table;
    QPlainTextEdit* m_output;
    QString m_health;
    bool m_running = false;
};

} // namespace escale::gui
