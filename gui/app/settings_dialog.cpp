#include "gui/app/settings_dialog.h"

#include "gui/app/docker_section.h"
#include "gui/common/buttons.h"
#include "gui/common/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace escale::gui {

SettingsDialog::SettingsDialog(Theme& theme, QWidget* parent)
    : QDialog(parent)
    , m_language(new QComboBox(this))
    , m_appearance(new QComboBox(this))
    , m_note(label({}, "muted", this)) {
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    setMinimumWidth(560);
    m_language->setObjectName(QStringLiteral("settingsDialog.language"));
    m_language->addItem(tr("The system's"), QString());
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("Français"), QStringLiteral("fr"));
    m_language->setCurrentIndex(std::max(0, m_language->findData(Settings::language())));
    m_appearance->setObjectName(QStringLiteral("settingsDialog.appearance"));
    m_appearance->addItem(tr("The system's"), static_cast<int>(Appearance::System));
    m_appearance->addItem(tr("Light"), static_cast<int>(Appearance::Light));
    m_appearance->addItem(tr("Dark"), static_cast<int>(Appearance::Dark));
    m_appearance->setCurrentIndex(m_appearance->findData(static_cast<int>(Settings::appearance())));
    m_note->setWordWrap(true);
    m_note->hide();
    auto* notices = new QCheckBox(tr("Tell the &desktop when a container dies or turns unhealthy"), this);
    notices->setObjectName(QStringLiteral("settingsDialog.notifications"));
    notices->setChecked(Settings::notifications());
    connect(notices, &QCheckBox::toggled, this, [](bool on) { Settings::setNotifications(on); });

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->addRow(tr("&Language"), m_language);
    form->addRow(tr("&Appearance"), m_appearance);
    form->addRow(tr("Notices"), notices);
    auto* docker = new DockerSection(this);
    form->addRow(tr("Docker command line"), docker);
    auto* close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(16);
    column->addLayout(form);
    column->addWidget(m_note);
    column->addWidget(close, 0, Qt::AlignRight);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_appearance, &QComboBox::activated, this, [this, &theme] {
        const auto appearance = static_cast<Appearance>(m_appearance->currentData().toInt());
        Settings::setAppearance(appearance);
        theme.setAppearance(appearance);
    });
    connect(m_language, &QComboBox::activated, this, [this] {
        Settings::setLanguage(m_language->currentData().toString());
        m_note->setText(tr("The language changes with the next start of Escale."));
        m_note->show();
        adjustSize();
    });
}

} // namespace escale::gui
