// The profiles that a stack's services name, as check boxes.
#pragma once

#include <QHash>
#include <QStringList>
#include <QWidget>

class QCheckBox;
class QHBoxLayout;

namespace escale::gui {

class ProfilesBar : public QWidget {
    Q_OBJECT
public:
    explicit ProfilesBar(QWidget* parent = nullptr);
    /// Those that there are; chosen ones stay so while there are such.
    void setProfiles(const QStringList& profiles, const QStringList& active);
    /// Forgets what was chosen.
    void clear();
    [[nodiscard]] QStringList chosen() const;

Q_SIGNALS:
    void chosenChanged(const QStringList& profiles);

private:
    QHBoxLayout* m_row;
    QStringList m_profiles;
    QList<QCheckBox*> m_boxes;
};

} // namespace escale::gui
