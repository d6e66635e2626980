#include "gui/stacks/environment_tab.h"

#include "gui/common/buttons.h"
#include "gui/common/cells_model.h"
#include "gui/common/empty_state.h"
#include "gui/common/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace escale::gui {

EnvironmentTab::EnvironmentTab(QWidget* parent)
    : QWidget(parent)
    , m_service(new QComboBox(this))
    , m_secrets(new QCheckBox(tr("Show &secrets"), this))
    , m_model(
          new CellsModel({tr("Service"), tr("Name"), tr("Value"), tr("Comes from"), tr("As written")}, this))
    , m_table(new Table(nullptr))
    , m_stack(new TableStack(m_table, this)) {
    setObjectName(QStringLiteral("stacksPane.environmentTab"));
    m_service->setObjectName(QStringLiteral("stacksPane.environmentService"));
    m_service->setAccessibleName(tr("Services whose environment is shown"));
    m_secrets->setObjectName(QStringLiteral("stacksPane.environmentSecrets"));
    m_table->setObjectName(QStringLiteral("stacksPane.environment"));
    m_table->setAccessibleName(tr("Environment of the services"));
    m_table->setSource(m_model, -1);
    const int widths[] = {100, 170, 150, 0, 150};
    for (int column = 0; column < 5; ++column) {
        if (widths[column] > 0)
            m_table->setColumnWidth(column, widths[column]);
    }
    m_table->giveRoomTo(3);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(12);
    row->addWidget(m_service);
    row->addWidget(m_secrets);
    row->addWidget(label(tr("Return shows where a value stands."), "muted", this));
    row->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(line(this));
    column->addWidget(m_stack, 1);
    connect(m_service, &QComboBox::currentIndexChanged, this, &EnvironmentTab::fill);
    connect(m_secrets, &QCheckBox::toggled, this, &EnvironmentTab::fill);
    connect(m_table, &Table::activated, this, [this] {
        const int entry = m_table->currentId().toInt();
        if (entry >= 0 && entry < m_entries.size())
            Q_EMIT placeRequested(m_entries[entry].place);
    });
    setLoaded(nullptr);
}

void EnvironmentTab::setLoaded(const std::shared_ptr<const compose::Loaded>& loaded) {
    m_entries = loaded == nullptr ? QList<EnvironmentEntry>() : environmentOf(*loaded);
    QStringList services;
    for (const EnvironmentEntry& entry : std::as_const(m_entries)) {
        if (!services.contains(entry.service))
            services << entry.service;
    }
    const QString before = m_service->currentData().toString();
    {
        const QSignalBlocker blocker(m_service);
        m_service->clear();
        m_service->addItem(tr("All services"), QString());
        for (const QString& service : std::as_const(services))
            m_service->addItem(service, service);
        m_service->setCurrentIndex(std::max(0, m_service->findData(before)));
    }
    fill();
}

void EnvironmentTab::showOnly(const QString& service) {
    m_service->setCurrentIndex(std::max(0, m_service->findData(service)));
}

void EnvironmentTab::fill() {
    const QString only = m_service->currentData().toString();
    QList<CellsRow> rows;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const EnvironmentEntry& entry = m_entries[i];
        if (!only.isEmpty() && entry.service != only)
            continue;
        const bool hides = entry.isSecret && !m_secrets->isChecked();
        const QString value = hides ? QStringLiteral("••••••") : entry.value;
        const QString raw = entry.raw.isEmpty() ? dash() : entry.raw;
        rows.append(
            {QString::number(i),
             {{entry.service, i},
              {entry.name, {}, {}, Tone::None, true},
              {value, {}, {}, Tone::None, true, true},
              {entry.origin},
              {hides && !entry.raw.isEmpty() ? QStringLiteral("••••••") : raw, {}, {}, Tone::None, true}}});
    }
    m_model->setRows(rows);
    if (!rows.isEmpty())
        return m_stack->showTable();
    m_stack->empty().set(QStringLiteral("options"), tr("No environment"),
                         tr("The services of this stack are given no variables."));
    m_stack->showEmpty();
}

} // namespace escale::gui
