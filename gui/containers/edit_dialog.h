// Changes a container: the form filled from it, what would change, and what of it can be done while it runs.
// What cannot needs a new container: in its place (Recreate) or beside it.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/containers/form_dialog.h"
#include "gui/containers/option_changes.h"

#include <functional>

class QGridLayout;
class QLabel;
class QLineEdit;
class QScrollArea;

namespace escale::gui {

class ContainerUndo;

/// Lists what would change; scrolls when that is much.
class ChangesList : public QWidget {
    Q_OBJECT
public:
    explicit ChangesList(QWidget* parent = nullptr);
    /// `note`: what else happens then; may be empty.
    void set(const QList<OptionChange>& changes, const QStringList& commands, const QString& note);

private:
    void addRow(int row, const OptionChange& change);

    QScrollArea* m_area;
    QWidget* m_content = nullptr;
    QLabel* m_note;
    QLineEdit* m_command;
};

class EditDialog : public FormDialog {
    Q_OBJECT
public:
    /// The update and rename of this container, which can be undone, or what stands for them.
    struct Actions {
        std::function<void(const QVariantMap& options, QObject* guard, Answer<> answer)> update;
        std::function<void(const QString& name, QObject* guard, Answer<> answer)> rename;
    };
    static Actions actionsOf(ContainerUndo& undo, const QString& id);

    EditDialog(const ContainerDetails& details, Actions actions, QWidget* parent = nullptr);
    /// Inspects the container and opens the dialog on it; answers with it, or with why it could not.
    static void open(EngineClient& client, const Actions& actions, const QString& id, QWidget* parent,
                     Answer<EditDialog*> answer);
    [[nodiscard]] QList<OptionChange> changes() const;

    /// As it should be, with the image's full name.
    [[nodiscard]] RunRequest request() const;

Q_SIGNALS:
    /// This container is to be replaced by a new one; the dialog is closed.
    void recreateRequested(const RunRequest& request);
    /// A new container like this one, with the changes and without its name; the dialog is closed.
    void copyRequested(const RunRequest& request);

protected:
    [[nodiscard]] QString otherProblem() const override;
    void submit() override;

private:
    void takeChange();
    void rename();
    void requestCopy();
    void finish(const Result<>& done);

    [[nodiscard]] QStringList commands(const QList<OptionChange>& changes) const;

    Actions m_actions;
    RunRequest m_before;
    bool m_removedWhenStopped, m_isAlive;
    ChangesList* m_list;
    QPushButton* m_copy;
};

} // namespace escale::gui
