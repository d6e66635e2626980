// The stacks in front of somebody: those that the engine knows by their containers' labels, whoever has made
// them, then files that were opened and do not run.
#pragma once

#include "gui/common/table.h"
#include "gui/stacks/stack_place.h"
#include "helper/dbus/types.h"

#include <QAbstractListModel>

namespace escale::gui {

struct ListedStack {
    QString id;      // "project:NAME" or "file:PATH"
    QString project; // empty: not known before its file is read
    QString name;    // that is shown
    StackPlace place;
    quint32 services = 0, running = 0, containers = 0;
    bool isHere = false; // the engine has containers of it
    bool hasConfig = false;
    bool operator==(const ListedStack&) const = default;
};

class StacksModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role : int { kDetailRole = kMonospaceRole + 100, kSectionRole };

    using QAbstractListModel::QAbstractListModel;
    void setStacks(const dbus::StackSummaries& stacks);
    void setRecent(const QList<StackPlace>& places);
    [[nodiscard]] const ListedStack* find(const QString& id) const;
    [[nodiscard]] const QList<ListedStack>& stacks() const { return m_rows; }
    [[nodiscard]] int runningCount() const;
    /// The one of a project or, when that does not run, of its files.
    [[nodiscard]] QString idOf(const QString& project, const StackPlace& place) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    void renew();

    dbus::StackSummaries m_stacks;
    QList<StackPlace> m_recent;
    QList<ListedStack> m_rows;
};

/// "3 of 4 containers run"
QString stackStateText(const ListedStack& stack);
/// Folders as people write them: "~/shop".
QString shortFolder(const QString& folder);

} // namespace escale::gui
