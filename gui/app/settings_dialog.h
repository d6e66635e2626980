// Language, appearance, notices, and what the docker command line knows of Escale.
#pragma once

#include <QDialog>

class QComboBox;
class QLabel;

namespace escale::gui {

class Theme;

class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    explicit SettingsDialog(Theme& theme, QWidget* parent = nullptr);

private:
    QComboBox *m_language, *m_appearance;
    QLabel* m_note;
};

} // namespace escale::gui
