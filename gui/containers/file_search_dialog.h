// Finds files by name below a folder of a volume; what is found appears as it is found.
#pragma once

#include "gui/client/engine_client.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>

#include <memory>

class QLabel;
class QLineEdit;
class QSocketNotifier;

namespace escale::gui {

class FoundFilesModel;
class TableStack;

class FileSearchDialog : public QDialog {
    Q_OBJECT
public:
    FileSearchDialog(EngineClient& client, FilesPlace place, QString folder, QWidget* parent);
    ~FileSearchDialog() override;
    [[nodiscard]] FoundFilesModel& model() const { return *m_model; }

Q_SIGNALS:
    void chosen(const QString& path);

private:
    void search();
    void stop();
    void follow(const FoundFiles& found);
    void readLines();
    void finish(const Error* error);
    void say(const QString& words);

    EngineClient& m_client;
    FilesPlace m_place;
    QString m_folder;
    FoundFilesModel* m_model;
    QLineEdit* m_text;
    QLabel* m_words;
    TableStack* m_stack;
    QTimer m_pause; // between two keys
    QPointer<Job> m_job;
    QDBusUnixFileDescriptor m_pipe;
    std::unique_ptr<QSocketNotifier> m_ready;
    QByteArray m_rest;                 // of a line that is not whole yet
    std::unique_ptr<QObject> m_search; // what a search that is given up was called for
};

} // namespace escale::gui
