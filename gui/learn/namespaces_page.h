// Machine and containers as boxes: which namespaces each has for itself, which are shared, and what is in
// them; of the chosen container its user ids as bands and its mounts as a tree.
#pragma once

#include "gui/learn/learn_page.h"
#include "gui/learn/mounts_view.h"
#include "gui/learn/namespaces_model.h"
#include "gui/learn/user_ids_view.h"

#include <optional>

class QComboBox;

namespace escale::gui {

class EngineClient;

class NamespacesPage : public LearnPage {
    Q_OBJECT
public:
    explicit NamespacesPage(EngineClient& client, QWidget* parent = nullptr);
    void setContainers(const dbus::ContainerList& containers) override { m_snapshot.containers = containers; }
    [[nodiscard]] const NamespacesModel& model() const { return m_model; }

protected:
    void refresh() override;
    void containerChanged() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;
    [[nodiscard]] bool showsAll() const override { return shown() == View::Boxes; }

private:
    enum class View { Boxes, UserIds, Mounts };

    [[nodiscard]] View shown() const;
    void takeView();
    void takeProcesses(const dbus::InspectedProcesses& processes);
    // What the view, or the explanation of what is chosen, needs of one container.
    void readContent();
    void takeFacts(const Result<dbus::NamespaceFacts>& facts);
    void takeMounts(const Result<dbus::MountList>& mounts);
    void forgetContent(const QString& container);
    void draw();
    [[nodiscard]] UserIdsInput userIds() const;
    [[nodiscard]] MountsInput mountsInput() const;

    EngineClient& m_client;
    QComboBox* m_views;
    NamespacesSnapshot m_snapshot;
    NamespacesModel m_model;
    dbus::InspectedProcess m_window;
    dbus::MountList m_machineMounts;
    // Of one container, the last that was asked for.
    QString m_read;
    int m_reading = 0; // answers to what was asked before the container changed count no more
    std::optional<dbus::NamespaceFacts> m_facts;
    std::optional<dbus::MountList> m_mounts;
};

} // namespace escale::gui
