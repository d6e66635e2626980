// Chooses a template and the folder that it is written into. Nothing that is there is replaced unasked.
#pragma once

#include "gui/build/build_template.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace escale::gui {

class Confirmation;
class DockerfileHighlighter;
class DockerfileText;
class ErrorBanner;

class TemplateDialog : public QDialog {
    Q_OBJECT
public:
    /// `folder`: proposed; may be empty.
    explicit TemplateDialog(const QString& folder, QWidget* parent = nullptr);
    void select(const QString& name);
    void reject() override;

Q_SIGNALS:
    /// The Dockerfile was written; the dialog closes.
    void written(const QString& dockerfile);

private:
    void buildLayout();
    void showCurrent();
    void check();
    void chooseFolder();
    void submit();
    void write(bool replaces);
    [[nodiscard]] const BuildTemplate* current() const;

    QList<BuildTemplate> m_templates;
    QListWidget* m_list;
    QLabel *m_title, *m_description, *m_problem;
    DockerfileText* m_preview;
    DockerfileHighlighter* m_highlighter;
    QLineEdit* m_folder;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    QPushButton *m_cancel, *m_write;
};

} // namespace escale::gui
