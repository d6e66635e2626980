#include "gui/images/run_dialog.h"

#include "engine/base/identifier.h"
#include "gui/common/buttons.h"
#include "gui/containers/shell_words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>
#include <QThread>

namespace escale::gui {

static constexpr quint64 kMebibyte = 1 << 20;
static constexpr int kDefaultMemory = 512; // MiB
static constexpr int kDefaultPids = 512;

RunDialog::RunDialog(const QString& image, const QStringList& command, QWidget* parent)
    : QDialog(parent)
    , m_image(image)
    , m_name(new QLineEdit(this))
    , m_command(new QLineEdit(this))
    , m_memory(new QSpinBox(this))
    , m_pids(new QSpinBox(this))
    , m_cpus(new QDoubleSpinBox(this))
    , m_network(new QComboBox(this))
    , m_remove(new QCheckBox(tr("Remove the container when it &stops"), this))
    , m_problem(label({}, "muted", this))
    , m_run(primaryButton(tr("&Run"), QStringLiteral("runDialog.accept"), this)) {
    setObjectName(QStringLiteral("runDialog"));
    setWindowTitle(tr("Run %1").arg(image));
    setMinimumWidth(480);
    m_name->setObjectName(QStringLiteral("runDialog.name"));
    m_name->setPlaceholderText(tr("chosen for you"));
    m_command->setObjectName(QStringLiteral("runDialog.command"));
    m_command->setPlaceholderText(command.isEmpty() ? tr("the image's own") : command.join(QLatin1Char(' ')));
    m_memory->setObjectName(QStringLiteral("runDialog.memory"));
    m_memory->setRange(0, 1 << 20);
    m_memory->setSingleStep(64);
    m_memory->setValue(kDefaultMemory);
    m_memory->setSuffix(tr(" MiB", "mebibytes"));
    m_memory->setSpecialValueText(tr("no limit"));
    m_cpus->setObjectName(QStringLiteral("runDialog.cpus"));
    m_cpus->setRange(0, std::max(1, QThread::idealThreadCount()));
    m_cpus->setDecimals(2);
    m_cpus->setSingleStep(0.25);
    m_cpus->setValue(1);
    m_cpus->setSpecialValueText(tr("no limit"));
    m_pids->setObjectName(QStringLiteral("runDialog.pids"));
    m_pids->setRange(1, 1 << 22);
    m_pids->setValue(kDefaultPids);
    m_network->setObjectName(QStringLiteral("runDialog.network"));
    m_network->addItem(tr("Bridge: an address and a way out"), QStringLiteral("bridge"));
    m_network->addItem(tr("None: cut off"), QStringLiteral("none"));
    m_remove->setObjectName(QStringLiteral("runDialog.remove"));
    m_problem->setObjectName(QStringLiteral("runDialog.problem"));
    m_problem->setWordWrap(true);

    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("runDialog.cancel"));
    cancel->setAutoDefault(false);
    m_run->setDefault(true);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Command"), m_command);
    form->addRow(tr("&Memory"), m_memory);
    form->addRow(tr("C&PUs"), m_cpus);
    form->addRow(tr("Pr&ocesses, at most"), m_pids);
    form->addRow(tr("N&etwork"), m_network);
    form->addRow(QString(), m_remove);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_problem, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_run);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(18);
    column->addWidget(label(tr("Run %1").arg(image), "heading", this));
    column->addLayout(form);
    column->addLayout(buttons);

    connect(m_run, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &RunDialog::validate);
    connect(m_command, &QLineEdit::textChanged, this, &RunDialog::validate);
    m_name->setFocus();
    validate();
}

void RunDialog::validate() {
    QString problem;
    const QString name = m_name->text().trimmed();
    const bool badName = !name.isEmpty() && !validateName(name.toStdString());
    const bool badCommand = !splitCommand(m_command->text());
    if (badName)
        problem = tr(
            "A name has two or more letters, digits, “_”, “.” or “-”, and begins with a letter or a digit.");
    else if (badCommand)
        problem = tr("A quotation mark in the command stays open.");
    for (const auto& [field, bad] : {std::pair(m_name, badName), std::pair(m_command, badCommand)}) {
        field->setProperty("invalid", bad);
        field->style()->unpolish(field);
        field->style()->polish(field);
    }
    m_problem->setText(problem);
    m_run->setEnabled(problem.isEmpty());
}

RunRequest RunDialog::request() const {
    RunRequest request;
    request.image = m_image;
    request.command = splitCommand(m_command->text()).value_or(QStringList());
    request.options = {{QStringLiteral("network"), m_network->currentData().toString()},
                       {QStringLiteral("memory"), quint64(m_memory->value()) * kMebibyte}};
    if (const QString name = m_name->text().trimmed(); !name.isEmpty())
        request.options.insert(QStringLiteral("name"), name);
    if (m_cpus->value() > 0)
        request.options.insert(QStringLiteral("cpus"), m_cpus->value());
    if (m_pids->value() > 0)
        request.options.insert(QStringLiteral("pids"), qint64(m_pids->value()));
    if (m_remove->isChecked())
        request.options.insert(QStringLiteral("remove"), true);
    return request;
}

} // namespace escale::gui
