// Asks how to run an image. Enter runs with what is there: every field has a good default.
#pragma once

#include "gui/client/engine_client.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace escale::gui {

class RunDialog : public QDialog {
    Q_OBJECT
public:
    /// `image`: what to run ("docker.io/library/debian:12"); `command`: the image's own, shown as a
    /// placeholder.
    RunDialog(const QString& image, const QStringList& command, QWidget* parent = nullptr);
    [[nodiscard]] RunRequest request() const;

private:
    void validate();

    QString m_image;
    QLineEdit *m_name, *m_command;
    QSpinBox *m_memory, *m_pids;
    QDoubleSpinBox* m_cpus;
    QComboBox* m_network;
    QCheckBox* m_remove;
    QLabel* m_problem;
    QPushButton* m_run;
};

} // namespace escale::gui
