// Browses a registry (repositories, tags, what is behind a tag) and pulls from it, or anything by its name.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/common/list_reader.h"
#include "gui/common/pane.h"
#include "gui/registry/registry_accounts.h"
#include "gui/registry/registry_browser.h"

#include <QTimer>

class QLineEdit;
class QPushButton;

namespace escale::gui {

class Confirmation;
class ErrorBanner;
class JobPanel;
class NamesModel;
class RepositoryPage;
class TableStack;
class TagPanel;
class TagsView;

class RegistryPane : public Pane {
    Q_OBJECT
public:
    /// Client and accounts outlive it.
    RegistryPane(EngineClient& client, RegistryAccounts& accounts, QWidget* parent = nullptr);
    ~RegistryPane() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] bool needsEngine() const override { return false; }
    [[nodiscard]] QString filterHint() const override;
    void setFilter(const QString& text) override;
    void focusContent() override;

Q_SIGNALS:
    /// An image came; the person may want to see it.
    void pulled(const QString& reference);

private:
    void buildLayout();
    QWidget* buildAddress();
    void browse();
    void takeRepositories(const Result<QStringList>& names);
    void search(const QString& query);
    void chooseRepository(const QString& name);
    void takeTags(const Result<QStringList>& names);
    void chooseTag(const QString& name);
    void readTag();
    void confirmDeletion();
    void deleteTag(const QString& registry, const QString& repository, const QString& tag);
    void takeImages(const Result<dbus::ImageList>& images);
    void pullChosen();
    void pullByName();
    /// `platform` empty: this machine's.
    void pull(const QString& reference, const QString& registry, const QString& platform = {});
    void followPull(Job* job, const QString& reference, const QString& registry);
    void showPullError(const Error& error, const QString& reference, const QString& registry);
    void start(const QString& reference, const QString& registry, const QVariantMap& options);
    void openAccount(const QString& registry, std::function<void()> then);
    /// What stands in the address field: a registry, perhaps a repository of it, or words to search for.
    struct Address {
        QString registry, repository, query;
    };
    [[nodiscard]] Address address() const;
    void showRepositories(const QStringList& names, const QString& whenEmpty, const QString& hint);
    [[nodiscard]] QString chosenReference() const;

    EngineClient& m_client;
    RegistryAccounts& m_accounts;
    RegistryBrowser m_browser;
    ListReader<dbus::ImageList> m_images;
    QTimer m_pause;     // whoever walks through the tags does not read all of them: that counts as pulls
    QString m_registry; // that is shown
    QString m_repository, m_tag;

    QLineEdit *m_address, *m_reference;
    QPushButton *m_browse, *m_account, *m_pullByName;
    NamesModel* m_repositories;
    TableStack* m_repositoryStack;
    RepositoryPage* m_page;
    TagsView* m_tags;
    TagPanel* m_details;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    JobPanel* m_panel;
};

} // namespace escale::gui
