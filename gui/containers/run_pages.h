// The pages of the Run dialog: which options stand where. What most containers need is on the first.
#pragma once

#include "engine/base/result.h"
#include "helper/dbus/types.h"

#include <QScrollArea>

class QGridLayout;

namespace escale::gui {

class ErrorBanner;
class OptionField;
class RunForm;

/// Fields in two columns; scrolls.
class OptionPage : public QScrollArea {
    Q_OBJECT
public:
    OptionPage(RunForm& form, const QString& title, QWidget* parent);
    [[nodiscard]] const QString& title() const { return m_title; }
    /// A heading.
    void section(const QString& text);
    OptionField* wide(const char* key);
    void halves(std::initializer_list<const char*> keys);

private:
    RunForm& m_form;
    QString m_title;
    QWidget* m_content;
    QGridLayout* m_grid;
    int m_row = 0;
};

/// All of them, the simple one first; every option of dockerOptions() is on one.
QList<OptionPage*> makeRunPages(RunForm& form, ErrorBanner& errors, QWidget* parent);

/// Shows what an image says itself, its command and its ports; null: it is not on this machine.
void showImage(RunForm& form, const dbus::Image* image);

/// More networks to choose from than there always are.
void offerNetworks(RunForm& form, const dbus::NetworkList& networks);

/// Volumes that are there already, for mounts.
void offerVolumes(RunForm& form, const dbus::VolumeList& volumes);

/// Adds a file's variables to the field; those of the same name are replaced.
Result<> importEnvFile(OptionField& environment, const QString& path);

} // namespace escale::gui
