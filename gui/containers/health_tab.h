// The health check of the selected container: how it stands, what is executed, the last probes and what each
// of them wrote.
#pragma once

#include "helper/dbus/types.h"

#include <QTimer>
#include <QVariantMap>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace escale::gui {

class ElidedLabel;
class EmptyState;
class EngineClient;
class ErrorBanner;
class HealthModel;
class Table;

class HealthTab : public QWidget {
    Q_OBJECT
public:
    explicit HealthTab(EngineClient& client, QWidget* parent = nullptr);
    void setContainer(const dbus::Container* container);
    [[nodiscard]] HealthModel& model() { return *m_model; }
    void take(const dbus::HealthProbes& probes);
    /// What is executed: the container's options over the image's.
    void takeCheck(const QVariantMap& options, const QVariantMap& image);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void poll();
    void askCheck();
    void showState();
    void showOutput();

    EngineClient& m_client;
    HealthModel* m_model;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    ErrorBanner* m_error;
    QLabel *m_state, *m_count;
    ElidedLabel* m_check;
    Table* m_table;
    QPlainTextEdit* m_output;
    QString m_id, m_health;
    bool m_running = false;
    bool m_polling = false, m_failed = false;
    QTimer m_timer;
};

} // namespace escale::gui
