// Edits a small text file of a container. Saving writes it with its mode and owner as they were, and asks
// first when somebody else has changed it meanwhile.
#pragma once

#include "gui/containers/file_reader.h"

#include <QDialog>

class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QLabel;

namespace escale::gui {

class Confirmation;
class EmptyState;
class ErrorBanner;
class TransferBar;

class FileEditor : public QDialog {
    Q_OBJECT
public:
    FileEditor(EngineClient& client, FilesPlace place, QString path, QWidget* parent);
    void load();
    /// The text with the line ends it had.
    [[nodiscard]] QByteArray bytes() const;
    void show(const FileContent& content);
    [[nodiscard]] QPlainTextEdit& text() { return *m_text; }
    void reject() override;

Q_SIGNALS:
    void saved(const QString& path);

private:
    void buildLayout();
    void save();
    void write();
    void setBusy(bool busy);
    void updateButton();
    void refuse(const QString& title, const QString& text);

    EngineClient& m_client;
    FilesPlace m_place;
    QString m_path;
    FileReader m_reader;
    FileContent m_content;
    QPlainTextEdit* m_text;
    EmptyState* m_note;
    QStackedWidget* m_stack;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    TransferBar* m_transfer;
    QLabel* m_facts;
    QPushButton *m_close, *m_save;
    bool m_crlf = false, m_busy = false;
};

} // namespace escale::gui
