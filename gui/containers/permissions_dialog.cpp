#include "gui/containers/permissions_dialog.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/format.h"
#include "gui/containers/files_model.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QSpinBox>

namespace escale::gui {

static constexpr uint kModeBits = 07777;
static constexpr int kMostId = 65535; // a container has no others

PermissionsDialog::PermissionsDialog(EngineClient& client, FilesPlace place, QString path,
                                     const dbus::FileEntry& entry, QWidget* parent)
    : ActionDialog(QStringLiteral("permissionsDialog"), tr("Permissions of “%1”").arg(entry.name),
                   tr("Apply"), parent)
    , m_client(client)
    , m_place(std::move(place))
    , m_path(std::move(path))
    , m_entry(entry)
    , m_octal(new QLineEdit(this))
    , m_user(new QSpinBox(this))
    , m_group(new QSpinBox(this)) {
    addField(tr("May"), makeBoxes(), QStringLiteral("boxes"));
    m_octal->setFont(monospace(m_octal->font()));
    m_octal->setMaximumWidth(120);
    m_octal->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-7]{1,4}")), m_octal));
    addField(tr("As a &number"), m_octal, QStringLiteral("octal"));
    for (QSpinBox* box : {m_user, m_group}) {
        box->setRange(0, kMostId);
        box->setMaximumWidth(120);
        connect(box, &QSpinBox::valueChanged, this, &PermissionsDialog::check);
    }
    m_user->setValue(static_cast<int>(entry.user));
    m_group->setValue(static_cast<int>(entry.group));
    addField(tr("&User id"), m_user, QStringLiteral("user"));
    addField(tr("&Group id"), m_group, QStringLiteral("group"));
    QLabel* words =
        label(tr("Ids as containers see them: 0 is root inside, and nobody on this machine."), "muted", this);
    words->setWordWrap(true);
    addBelow(words);
    if (isFolder(entry)) {
        m_recursive = new QCheckBox(tr("Also of &all that is in it"), this);
        m_recursive->setObjectName(QStringLiteral("permissionsDialog.recursive"));
        m_recursive->setToolTip(tr("Folders can be entered wherever they can be read."));
        connect(m_recursive, &QCheckBox::toggled, this, &PermissionsDialog::check);
        addBelow(m_recursive);
    }
    connect(m_octal, &QLineEdit::textEdited, this, [this](const QString& text) {
        bool good = false;
        const uint mode = text.toUInt(&good, 8);
        if (good)
            setMode(mode);
        check();
    });
    setMode(entry.mode & kModeBits);
    m_octal->setText(QString::number(mode(), 8).rightJustified(3, u'0'));
    check();
}

QWidget* PermissionsDialog::makeBoxes() {
    auto* boxes = new QWidget(this);
    auto* grid = new QGridLayout(boxes);
    grid->setContentsMargins(0, 6, 0, 0);
    grid->setHorizontalSpacing(18);
    const QString columns[] = {tr("read"), tr("write"), isFolder(m_entry) ? tr("enter") : tr("execute")};
    const QString rows[] = {tr("Owner"), tr("Group"), tr("Others")};
    const QString special[] = {tr("set user id"), tr("set group id"), tr("sticky")};
    const auto add = [&](int bit, const QString& words, const QString& spoken, int row, int column) {
        auto* box = new QCheckBox(words, boxes);
        box->setAccessibleName(spoken);
        box->setObjectName(QStringLiteral("permissionsDialog.bit.%1").arg(bit));
        grid->addWidget(box, row, column);
        connect(box, &QCheckBox::toggled, this, [this] {
            if (m_setting)
                return;
            m_octal->setText(QString::number(mode(), 8).rightJustified(3, u'0'));
            check();
        });
        m_boxes[bit] = box;
    };
    for (int row = 0; row < 3; ++row) {
        grid->addWidget(label(rows[row], "muted", boxes), row, 0);
        for (int column = 0; column < 3; ++column)
            add(8 - 3 * row - column, columns[column], rows[row] + QStringLiteral(": ") + columns[column],
                row, column + 1);
        add(11 - row, special[row], special[row], row, 4);
    }
    grid->setColumnStretch(5, 1);
    return boxes;
}

uint PermissionsDialog::mode() const {
    uint mode = 0;
    for (int bit = 0; bit < 12; ++bit)
        mode |= m_boxes[bit]->isChecked() ? 1U << bit : 0U;
    return mode;
}

void PermissionsDialog::setMode(uint mode) {
    m_setting = true;
    for (int bit = 0; bit < 12; ++bit)
        m_boxes[bit]->setChecked((mode >> bit & 1U) != 0);
    m_setting = false;
}

bool PermissionsDialog::isRecursive() const {
    return m_recursive != nullptr && m_recursive->isChecked();
}

QVariantMap PermissionsDialog::options() const {
    QVariantMap options;
    const bool all = isRecursive(); // what is in it may differ where the folder does not
    if (all || mode() != (m_entry.mode & kModeBits))
        options.insert(QStringLiteral("mode"), mode());
    if (all || static_cast<uint>(m_user->value()) != m_entry.user)
        options.insert(QStringLiteral("user"), static_cast<uint>(m_user->value()));
    if (all || static_cast<uint>(m_group->value()) != m_entry.group)
        options.insert(QStringLiteral("group"), static_cast<uint>(m_group->value()));
    if (all)
        options.insert(QStringLiteral("recursive"), true);
    return options;
}

QString PermissionsDialog::problem() const {
    return options().isEmpty() ? tr("Nothing is changed yet.") : QString();
}

void PermissionsDialog::submit() {
    m_client.setAttributes(m_place, m_path, options(), this, [this](const Result<>& set) {
        if (!set)
            return showError(set.error(), tr("Change %1").arg(m_path));
        Q_EMIT changed();
        accept();
    });
}

} // namespace escale::gui
