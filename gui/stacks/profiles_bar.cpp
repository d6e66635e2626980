#include "gui/stacks/profiles_bar.h"

#include "gui/common/buttons.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>

namespace escale::gui {

ProfilesBar::ProfilesBar(QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this)) {
    setObjectName(QStringLiteral("stacksPane.profiles"));
    setAccessibleName(tr("Profiles"));
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(10);
    m_row->addWidget(label(tr("Profiles:"), "muted", this));
    hide();
}

void ProfilesBar::setProfiles(const QStringList& profiles, const QStringList& active) {
    if (profiles != m_profiles) {
        const QStringList before = chosen();
        qDeleteAll(m_boxes);
        m_boxes.clear();
        m_profiles = profiles;
        for (const QString& profile : profiles) {
            auto* box = new QCheckBox(profile, this);
            box->setObjectName(QStringLiteral("stacksPane.profile.") + profile);
            box->setToolTip(tr("With the services of profile %1").arg(profile));
            box->setChecked(before.contains(profile) || active.contains(profile));
            connect(box, &QCheckBox::toggled, this, [this] { Q_EMIT chosenChanged(chosen()); });
            m_row->addWidget(box);
            m_boxes.append(box);
        }
    }
    setVisible(!profiles.isEmpty());
}

void ProfilesBar::clear() {
    qDeleteAll(m_boxes);
    m_boxes.clear();
    m_profiles.clear();
    hide();
}

QStringList ProfilesBar::chosen() const {
    QStringList profiles;
    for (const QCheckBox* box : m_boxes) {
        if (box->isChecked())
            profiles << box->text();
    }
    return profiles;
}

} // namespace escale::gui
