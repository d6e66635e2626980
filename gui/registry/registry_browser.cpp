#include "gui/registry/registry_browser.h"

#include "engine/registry/client.h"
#include "engine/registry/docker_hub.h"
#include "gui/registry/registry_accounts.h"

#include <QMetaObject>

#include <algorithm>

namespace escale::gui {

// A page of names, and the most names shown: beyond that the search field is no help and "pull by name" is.
static constexpr int kPage = 1000;
static constexpr std::size_t kMostNames = 20'000;
static constexpr int kMostPages = 500; // each may be empty, and still lead on
static constexpr int kMostFound = 50;  // by a search
static const QString kHub = QStringLiteral("docker.io");

using NextPage = std::function<Result<RegistryPage>(const std::string& last)>;

static Result<QStringList> allNames(const NextPage& next) {
    QStringList names;
    std::string last;
    int pages = 0;
    do {
        TRY_ASSIGN(const RegistryPage page, next(last));
        for (const std::string& name : page.names)
            names.append(QString::fromStdString(name));
        // A registry that answers the same page for ever is not followed.
        if (page.last == last)
            break;
        last = page.last;
    } while (!last.empty() && static_cast<std::size_t>(names.size()) < kMostNames && ++pages < kMostPages);
    return names;
}

RegistryBrowser::RegistryBrowser(RegistryAccounts& accounts, QObject* parent)
    : QObject(parent)
    , m_accounts(accounts) {
    m_pool.setMaxThreadCount(4);
}

RegistryBrowser::~RegistryBrowser() {
    cancelAll();
    cancel(Deletion);
    m_pool.waitForDone();
}

template <class T>
void RegistryBrowser::ask(Kind kind, const QString& registry, Question<T> question, Answer<T> answer) {
    cancel(kind);
    auto cancellation = std::make_shared<Cancellation>();
    m_current[kind] = cancellation;
    m_accounts.find(registry, this,
                    [this, registry, cancellation, question = std::move(question),
                     answer = std::move(answer)](const Result<RegistryAccount>& account) {
                        if (cancellation->isCancelled())
                            return;
                        if (!account)
                            Q_EMIT accountMissed(account.error());
                        start<T>(registry, account ? account->credentials : std::nullopt, cancellation,
                                 question, answer);
                    });
}

template <class T>
void RegistryBrowser::start(const QString& registry, const std::optional<Credentials>& credentials,
                            std::shared_ptr<Cancellation> cancellation, Question<T> question,
                            Answer<T> answer) {
    m_pool.start([this, registry, credentials, cancellation, question = std::move(question),
                  answer = std::move(answer)] {
        Result<T> result = [&]() -> Result<T> {
            TRY_ASSIGN(RegistryOptions options, optionsForAsking(registry));
            options.credentials = credentials;
            TRY_ASSIGN(const auto client, RegistryClient::create(registry.toStdString(), options));
            return question(*client, *cancellation);
        }();
        // The destructor waits for this thread, so `this` is alive here; events to it die with it.
        QMetaObject::invokeMethod(
            this,
            [cancellation, answer, result = std::move(result)] {
                if (!cancellation->isCancelled())
                    answer(result);
            },
            Qt::QueuedConnection);
    });
}

void RegistryBrowser::repositories(const QString& registry, Answer<QStringList> answer) {
    cancelAll();
    ask<QStringList>(
        Repositories, registry,
        [](RegistryClient& client, const Cancellation& cancellation) {
            return allNames(
                [&](const std::string& last) { return client.catalog(last, kPage, cancellation); });
        },
        std::move(answer));
}

void RegistryBrowser::tags(const QString& registry, const QString& repository, Answer<QStringList> answer) {
    cancel(Details);
    cancel(Page);
    ask<QStringList>(
        Tags, registry,
        [name = repository.toStdString()](RegistryClient& client, const Cancellation& cancellation) {
            return allNames(
                [&](const std::string& last) { return client.tags(name, last, kPage, cancellation); });
        },
        std::move(answer));
}

void RegistryBrowser::details(const QString& registry, const QString& repository, const QString& tag,
                              const QString& platform, Answer<TagDetails> answer) {
    ask<TagDetails>(
        Details, registry,
        [name = repository.toStdString(), label = tag.toStdString(),
         platform](RegistryClient& client, const Cancellation& cancellation) {
            return readTagDetails(client, name, label, platform, cancellation);
        },
        std::move(answer));
}

void RegistryBrowser::search(const QString& query, Answer<QStringList> answer) {
    cancelAll();
    ask<QStringList>(
        Repositories, kHub,
        [words = query.toStdString()](RegistryClient&,
                                      const Cancellation& cancellation) -> Result<QStringList> {
            TRY_ASSIGN(const RegistryOptions options, optionsForAsking(kHub));
            TRY_ASSIGN(const auto found,
                       searchDockerHub(hubHost(), words, kMostFound, options, cancellation));
            QStringList names;
            for (const HubRepository& repository : found)
                names.append(QString::fromStdString(repository.name));
            return names;
        },
        std::move(answer));
}

void RegistryBrowser::page(const QString& repository, Answer<HubRepository> answer) {
    ask<HubRepository>(
        Page, kHub,
        [name = repository.toStdString()](RegistryClient&,
                                          const Cancellation& cancellation) -> Result<HubRepository> {
            TRY_ASSIGN(const RegistryOptions options, optionsForAsking(kHub));
            return readHubRepository(hubHost(), name, options, cancellation);
        },
        std::move(answer));
}

void RegistryBrowser::deleteTag(const QString& registry, const QString& repository, const QString& tag,
                                Answer<bool> answer) {
    ask<bool>(
        Deletion, registry,
        [name = repository.toStdString(), label = tag.toStdString()](
            RegistryClient& client, const Cancellation& cancellation) -> Result<bool> {
            TRY(client.deleteTag(name, label, cancellation));
            return true;
        },
        std::move(answer));
}

void RegistryBrowser::cancel(Kind kind) {
    if (m_current[kind])
        m_current[kind]->cancel();
    m_current[kind].reset();
}

void RegistryBrowser::cancelAll() {
    for (const Kind kind : {Repositories, Tags, Details, Page})
        cancel(kind);
}

} // namespace escale::gui
