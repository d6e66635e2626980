#include "gui/stacks/stacks_model.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StacksModel)
};

Tone toneOf(const ListedStack& stack) {
    if (!stack.isHere)
        return Tone::None;
    if (stack.running == 0)
        return Tone::Idle;
    return stack.running < stack.containers ? Tone::Busy : Tone::Good;
}

} // namespace

QString shortFolder(const QString& folder) {
    const QString home = QDir::homePath();
    if (folder == home || folder.startsWith(home + u'/'))
        return u'~' + folder.mid(home.size());
    return folder;
}

QString stackStateText(const ListedStack& stack) {
    if (!stack.isHere)
        return Words::tr("not brought up");
    if (stack.running == 0)
        return Words::tr("stopped");
    if (stack.running < stack.containers)
        return Words::tr("%1 of %n container(s) run", nullptr, static_cast<int>(stack.containers))
            .arg(stack.running);
    return Words::tr("%n container(s) run", nullptr, static_cast<int>(stack.containers));
}

void StacksModel::setStacks(const dbus::StackSummaries& stacks) {
    m_stacks = stacks;
    renew();
}

void StacksModel::setRecent(const QList<StackPlace>& places) {
    m_recent = places;
    renew();
}

void StacksModel::renew() {
    QList<ListedStack> rows;
    for (const dbus::StackSummary& stack : std::as_const(m_stacks)) {
        ListedStack row;
        row.id = QStringLiteral("project:") + stack.project;
        row.project = row.name = stack.project;
        row.services = stack.services;
        row.running = stack.running;
        row.containers = stack.containers;
        row.isHere = true;
        row.hasConfig = stack.hasConfig;
        row.place.folder = stack.workingDirectory;
        const bool areThere = std::all_of(stack.configFiles.begin(), stack.configFiles.end(),
                                          [](const QString& file) { return QFileInfo::exists(file); });
        if (areThere)
            row.place.files = stack.configFiles;
        rows.append(row);
    }
    std::sort(rows.begin(), rows.end(), [](const ListedStack& a, const ListedStack& b) {
        return a.name.localeAwareCompare(b.name) < 0;
    });
    for (const StackPlace& place : std::as_const(m_recent)) {
        const bool runs = std::any_of(rows.begin(), rows.end(), [&](const ListedStack& row) {
            return row.isHere && row.place.files == place.files;
        });
        if (runs)
            continue;
        ListedStack row;
        row.id = QStringLiteral("file:") + place.files.first();
        row.name = place.name();
        row.place = place;
        rows.append(row);
    }
    const bool sameRows = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                     [](const ListedStack& a, const ListedStack& b) { return a.id == b.id; });
    if (sameRows) {
        m_rows = rows;
        if (!rows.isEmpty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

const ListedStack* StacksModel::find(const QString& id) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const ListedStack& row) { return row.id == id; });
    return found == m_rows.end() ? nullptr : &*found;
}

int StacksModel::runningCount() const {
    return static_cast<int>(
        std::count_if(m_rows.begin(), m_rows.end(), [](const ListedStack& row) { return row.running > 0; }));
}

QString StacksModel::idOf(const QString& project, const StackPlace& place) const {
    if (!project.isEmpty() && find(QStringLiteral("project:") + project) != nullptr)
        return QStringLiteral("project:") + project;
    return place.isValid() ? QStringLiteral("file:") + place.files.first() : QString();
}

int StacksModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant StacksModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const ListedStack& row = m_rows[index.row()];
    const QString folder = shortFolder(row.place.folder);
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case kDetailRole:
        return row.isHere ? stackStateText(row) : folder;
    case kSectionRole: // the first of each kind carries its heading
        if (index.row() > 0 && m_rows[index.row() - 1].isHere == row.isHere)
            return {};
        return row.isHere ? Words::tr("ON THIS MACHINE") : Words::tr("OPENED BEFORE");
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(row.name, stackStateText(row));
    case Qt::ToolTipRole:
        return QStringLiteral("%1\n%2\n%3").arg(row.name, stackStateText(row), folder).trimmed();
    case kToneRole:
        return static_cast<int>(toneOf(row));
    case kIdRole:
        return row.id;
    default:
        return {};
    }
}

} // namespace escale::gui
