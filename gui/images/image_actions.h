// What can be done with images: the actions of menu, tool bar and keyboard, for those that are selected, and
// the dialogs they lead to.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/containers/bulk_action.h"
#include "gui/images/push_request.h"

#include <QObject>

class QAction;

namespace escale::gui {

class ActionNotice;
class Confirmation;
class ErrorBanner;
class ImageRepair;
class ImagesModel;
class RegistryAccounts;

class ImageActions : public QObject {
    Q_OBJECT
public:
    enum Kind {
        Run,
        Tag,
        Push,
        Save,
        CopyReference,
        CopyDigest,
        Remove,
        Load,
        Import,
        Verify,
        Usage,
        Prune,
        KindCount
    };
    /// What the actions work with; it lives in the pane, or outlives it.
    struct Place {
        EngineClient& client;
        RegistryAccounts& accounts;
        const ImagesModel& model;
        ErrorBanner& error;
        Confirmation& confirmation;
        ActionNotice& notice;
        QWidget* pane;
    };

    explicit ImageActions(const Place& place);
    /// In the order of a menu, with separators.
    [[nodiscard]] const QList<QAction*>& all() const { return m_order; }
    [[nodiscard]] QAction* action(Kind kind) const { return m_actions[kind]; }
    /// Ids of the model's rows; the first is the current one.
    void setSelection(const QStringList& ids);
    /// What the file dialogs lead to; also what dropping files on the pane does.
    void saveTo(const QStringList& images, const QString& file);
    void load(const QStringList& files, const QVariantMap& options = {});

Q_SIGNALS:
    void runRequested();
    /// A job that the pane shows as it goes.
    void begun(escale::gui::Job* job);
    /// Show what containers use the image.
    void usersRequested(const QString& id);
    void usageToggled(bool shown);
    void selectRequested(const QString& reference);

private:
    void add(Kind kind, const char* iconName, const QString& text, const QKeySequence& key);
    void trigger(Kind kind);
    void update();
    void copy(bool digest) const;
    void askTag();
    void askPush();
    void push(const PushRequest& request);
    void followPush(Job* job, const PushRequest& request);
    static QString pushedWords(const Job& job, const QString& target);
    void showPushError(const Error& error, const PushRequest& request);
    void askSave();
    void askLoad();
    void askImport(const QString& file);
    void askPrune();
    void confirmRemoval();
    void remove(const QList<BulkTarget>& targets);
    void tellLoaded(const Job& job, const QString& file);
    [[nodiscard]] const dbus::Image* current() const;
    /// Calls `done` when the job has succeeded, `failed` with its error.
    void follow(Job* job, std::function<void()> done, std::function<void(const Error&)> failed);
    void showLoadError(const Error& error, const QString& file);
    void askName(const QString& file);

    Place m_at;
    ImageRepair* m_repair;
    QStringList m_selection;
    QAction* m_actions[KindCount] = {};
    QList<QAction*> m_order;
};

} // namespace escale::gui
