// Makes a Compose file of containers that are there, or of a pasted docker run line. What the file says is
// shown as one chooses.
#pragma once

#include "engine/stack/compose/from_containers.h"
#include "gui/client/engine_client.h"

#include <QDialog>
#include <QHash>
#include <QTimer>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace escale::gui {

class ComposeText;
class ErrorBanner;

class ConvertDialog : public QDialog {
    Q_OBJECT
public:
    explicit ConvertDialog(EngineClient& client, QWidget* parent = nullptr);
    void showRunLine();
    /// Ticks those, once they are listed.
    void choose(const QStringList& containers);

Q_SIGNALS:
    /// Open the editor with this text, to be saved there.
    void made(const QString& path, const QString& text);

private:
    void buildLayout();
    QWidget* buildContainers();
    QWidget* buildLine();
    void takeContainers(const dbus::ContainerList& containers);
    void renew();
    void askMissing();
    void showMade(const compose::ComposeText& made);
    void fail(const QString& words);
    void chooseFolder();
    void submit();

    EngineClient& m_client;
    QTabWidget* m_tabs;
    QListWidget* m_list;
    QCheckBox* m_external;
    QPlainTextEdit* m_line;
    ComposeText* m_preview;
    QLabel* m_words;
    QLineEdit *m_name, *m_folder;
    ErrorBanner* m_error;
    QPushButton* m_accept;
    QTimer m_pause; // while one types
    QStringList m_wanted;
    QHash<QString, std::optional<ContainerDetails>> m_details; // by container; none: asked for
    QString m_text;
};

/// What a pasted line, or what the engine tells of a container, asks for. Pure.
compose::ContainerAsked askedOf(const RunRequest& request);
compose::ContainerAsked askedOf(const ContainerDetails& details);

} // namespace escale::gui
