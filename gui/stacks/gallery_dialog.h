// The gallery: a sample stack is chosen, looked at, and written into a folder. Nothing that is there is
// replaced unasked.
#pragma once

#include "gui/stacks/stack_sample.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace escale::gui {

class ComposeText;
class Confirmation;
class ErrorBanner;

class GalleryDialog : public QDialog {
    Q_OBJECT
public:
    explicit GalleryDialog(QWidget* parent = nullptr);
    void select(const QString& name);
    void setFolder(const QString& folder);
    void reject() override;

Q_SIGNALS:
    /// The sample was written; the dialog closes.
    void written(const QString& composeFile);

private:
    void buildLayout();
    void showCurrent();
    void check();
    void chooseFolder();
    void submit();
    void write(bool replaces);
    [[nodiscard]] const StackSample* current() const;

    QList<StackSample> m_samples;
    QListWidget* m_list;
    QLabel *m_title, *m_text, *m_facts, *m_problem;
    ComposeText* m_preview;
    QLineEdit* m_folder;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    QPushButton *m_cancel, *m_write;
    bool m_isOwnFolder = false; // the person has chosen it
};

} // namespace escale::gui
