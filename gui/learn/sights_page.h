// What one process can see of another one and do to it, and what a process may do at all: capabilities and
// system calls.
#pragma once

#include "gui/learn/learn_page.h"
#include "gui/learn/rights_view.h"
#include "gui/learn/sights_view.h"

#include <QHash>
#include <QSet>

class QComboBox;
class QLineEdit;

namespace escale::gui {

class EngineClient;

class SightsPage : public LearnPage {
    Q_OBJECT
public:
    explicit SightsPage(EngineClient& client, QWidget* parent = nullptr);
    void setContainers(const dbus::ContainerList& containers) override { m_snapshot.containers = containers; }
    [[nodiscard]] const SightsInput& sights() const { return m_sights; }

protected:
    void refresh() override;
    void containerChanged() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;

private:
    enum class View { Two, One };

    QComboBox* addChooser(const QString& name, const QString& words);
    [[nodiscard]] View shown() const;
    void takeView();
    void takeProcesses(const dbus::InspectedProcesses& processes);
    void choosePair();
    void fillChooser(QComboBox* chooser, quint32 pid);
    // Of a chooser, and of a process in the drawing.
    void take(quint32& side, quint32 pid);
    void takeFromDrawing(const QString& id);
    void readVerdicts();
    void findCall(const QString& name);
    void draw();
    [[nodiscard]] RightsInput rights() const;

    EngineClient& m_client;
    QComboBox *m_views, *m_from, *m_to;
    QLineEdit* m_search;
    NamespacesSnapshot m_snapshot;
    SightsInput m_sights;
    bool m_takesTo = false; // the next one that is clicked is looked at
    // Filters do not change while a container runs: by its id, until another one is chosen.
    QHash<QString, dbus::SyscallVerdicts> m_verdicts;
    QSet<QString> m_asked; // for verdicts
    int m_reading = 0;
};

} // namespace escale::gui
