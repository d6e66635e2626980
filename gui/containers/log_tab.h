// The selected container's log, live.
#pragma once

#include <QWidget>

namespace escale::gui {

class EngineClient;
class ErrorBanner;
class LogFollower;
class LogView;

class LogTab : public QWidget {
    Q_OBJECT
public:
    explicit LogTab(EngineClient& client, QWidget* parent = nullptr);
    /// Shows that container's log; empty for none. `run` tells one start of a container from the next.
    void setContainer(const QString& id, qint64 run);
    [[nodiscard]] LogView& view() { return *m_view; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void open();
    void saveWhole(const QString& path);

    EngineClient& m_client;
    LogView* m_view;
    ErrorBanner* m_error;
    LogFollower* m_follower;
    QString m_id;
    qint64 m_run = 0;
    bool m_opened = false;
};

} // namespace escale::gui
