// The Life page: through which states a container went, its processes, and how each run ended.
#pragma once

#include "gui/learn/learn_page.h"
#include "gui/learn/life_view.h"

#include <memory>

class QComboBox;
class QPushButton;

namespace escale::gui {

class EngineClient;
class Session;

class LifePage : public LearnPage {
    Q_OBJECT
public:
    explicit LifePage(EngineClient& client, QWidget* parent = nullptr);
    ~LifePage() override;
    [[nodiscard]] const LifeFacts& facts() const { return m_facts; }

protected:
    void refresh() override;
    void containerChanged() override;
    [[nodiscard]] bool showsStopped() const override { return true; }
    [[nodiscard]] QString explanationOf(const QString& id) const override;

private:
    void readHistory();
    void takeEvents(const dbus::EventList& events);
    void makeZombie();
    void draw();
    void fillRuns();

    EngineClient& m_client;
    LifeFacts m_facts;
    dbus::EventList m_events;
    QString m_policy;
    bool m_hasHistory = false;
    std::unique_ptr<Session> m_experiment; // its parent does not ask how its child ended
    QComboBox* m_runs;
    QPushButton* m_zombie;
};

} // namespace escale::gui
