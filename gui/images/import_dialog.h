// Makes an image of a root file system in a tar archive: its name, a message, and changes to what it says of
// itself. The dialog closes when the job has begun.
#pragma once

#include "gui/common/action_dialog.h"

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace escale::gui {

class EngineClient;
class Job;

class ImportDialog : public ActionDialog {
    Q_OBJECT
public:
    /// `file` may be empty.
    ImportDialog(EngineClient& client, const QString& file, QWidget* parent);
    [[nodiscard]] QVariantMap options() const;

Q_SIGNALS:
    void begun(escale::gui::Job* job, const QString& reference);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    void chooseFile();
    void proposeName(const QString& file);

    EngineClient& m_client;
    QString m_proposed; // a name for the file that is chosen
    QLineEdit *m_file, *m_reference, *m_message;
    QPlainTextEdit* m_changes;
};

/// "root-fs.tar.xz" → "root-fs:latest": a name to begin with.
QString nameForArchive(const QString& file);

} // namespace escale::gui
