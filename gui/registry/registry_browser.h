// Asks a registry from the GUI: each question runs on a thread of its own pool with a client of its own, is
// cancelled when a newer one of the same kind takes its place, and answers on the GUI thread.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/registry/docker_hub.h"
#include "gui/client/call.h"
#include "gui/registry/tag_details.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <memory>

namespace escale::gui {

class RegistryAccounts;

class RegistryBrowser : public QObject {
    Q_OBJECT
public:
    /// Answers to the registry's questions come from `accounts`, which outlives it.
    explicit RegistryBrowser(RegistryAccounts& accounts, QObject* parent = nullptr);
    ~RegistryBrowser() override;

    /// All repositories, read page by page up to a limit. Also cancels questions about tags and details.
    void repositories(const QString& registry, Answer<QStringList> answer);
    void tags(const QString& registry, const QString& repository, Answer<QStringList> answer);
    /// `platform` empty: this machine's.
    void details(const QString& registry, const QString& repository, const QString& tag,
                 const QString& platform, Answer<TagDetails> answer);
    /// Docker Hub's search, best first; its registry shows no list.
    void search(const QString& query, Answer<QStringList> answer);
    /// Docker Hub's page of a repository.
    void page(const QString& repository, Answer<HubRepository> answer);
    /// Takes a tag away; goes on whatever else is asked for.
    void deleteTag(const QString& registry, const QString& repository, const QString& tag,
                   Answer<bool> answer);
    void cancelAll();

Q_SIGNALS:
    /// Docker's account of the registry could not be read; the question went without one.
    void accountMissed(const escale::Error& error);

private:
    enum Kind { Repositories, Tags, Details, Page, Deletion, KindCount };
    template <class T>
    using Question = std::function<Result<T>(RegistryClient&, const Cancellation&)>;
    template <class T>
    void ask(Kind kind, const QString& registry, Question<T> question, Answer<T> answer);
    template <class T>
    void start(const QString& registry, const std::optional<Credentials>& credentials,
               std::shared_ptr<Cancellation> cancellation, Question<T> question, Answer<T> answer);
    void cancel(Kind kind);

    RegistryAccounts& m_accounts;
    QThreadPool m_pool;
    std::shared_ptr<Cancellation> m_current[KindCount];
};

} // namespace escale::gui
