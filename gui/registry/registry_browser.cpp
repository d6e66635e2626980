#include "gui/registry/registry_browser.h"

#include "engine/image/manifest.h"
#include "engine/registry/client.h"
#include "engine/registry/docker_hub.h"
#include "gui/registry/registry_accounts.h"

#include <QMetaObject>

#include <algorithm>

namespace escale::gui {

// A page of names, and the most names shown: beyond that the search field is no help and "pull by name" is.
static constexpr int kPage = 200;
static constexpr std::size_t kMostNames = 5000;
static constexpr int kMostFound = 50; // by a search

using NextPage = std::function<Result<RegistryPage>(const std::string& last)>;

static Result<QStringList> allNames(const NextPage& next) {
    QStringList names;
    std::string last;
    do {
        TRY_ASSIGN(const RegistryPage page, next(last));
        for (const std::string& name : page.names)
            names.append(QString::fromStdString(name));
        // A registry that answers the same page for ever is not followed.
        if (page.last == last)
            break;
        last = page.last;
    } while (!last.empty() && static_cast<std::size_t>(names.size()) < kMostNames);
    return names;
}

// A person waits in front of this: give up sooner than a pull does.
static Result<RegistryOptions> patientEnough(const QString& registry) {
    RegistryOptions options;
    TRY_ASSIGN(RegistryAccess own, RegistryChoices::load(registry).access());
    TRY_ASSIGN(options.access, RegistryAccounts::access(registry, std::move(own)));
    options.attempts = 2;
    options.stallTimeout = std::chrono::seconds(15);
    options.longestWait = std::chrono::seconds(5);
    return options;
}

static Result<TagDetails> readDetails(RegistryClient& client, const std::string& repository,
                                      const std::string& tag, const Cancellation& cancellation) {
    const Reference reference{client.registry(), repository, tag, std::nullopt};
    TRY_ASSIGN(FetchedManifest fetched, client.fetchManifest(reference, cancellation));
    TagDetails details;
    details.digest = QString::fromStdString(fetched.digest.toString());
    details.mediaType = QString::fromStdString(fetched.mediaType);
    details.rateLimit = client.rateLimit();
    TRY_ASSIGN(ManifestDocument document, parseManifest(fetched.bytes, fetched.mediaType));
    if (const auto* index = std::get_if<ImageIndex>(&document)) {
        for (const IndexEntry& entry : index->entries)
            details.platforms.append(QString::fromStdString(entry.platform.toString()));
        auto entry = choosePlatform(*index, Platform::ofThisMachine());
        if (!entry)
            return details; // not for this machine: the platforms say so
        TRY_ASSIGN(fetched, client.fetchManifest(repository, entry->manifest.digest, cancellation));
        TRY_ASSIGN(document, parseManifest(fetched.bytes, fetched.mediaType));
    }
    if (const auto* image = std::get_if<ImageManifest>(&document)) {
        for (const LayerDescriptor& layer : image->layers)
            details.layerSizes.append(layer.size);
        details.downloadSize = image->downloadSize();
    }
    return details;
}

RegistryBrowser::RegistryBrowser(RegistryAccounts& accounts, QObject* parent)
    : QObject(parent)
    , m_accounts(accounts) {
    m_pool.setMaxThreadCount(4);
}

RegistryBrowser::~RegistryBrowser() {
    cancelAll();
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
            TRY_ASSIGN(RegistryOptions options, patientEnough(registry));
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
    ask<QStringList>(
        Tags, registry,
        [name = repository.toStdString()](RegistryClient& client, const Cancellation& cancellation) {
            return allNames(
                [&](const std::string& last) { return client.tags(name, last, kPage, cancellation); });
        },
        std::move(answer));
}

void RegistryBrowser::details(const QString& registry, const QString& repository, const QString& tag,
                              Answer<TagDetails> answer) {
    ask<TagDetails>(
        Details, registry,
        [name = repository.toStdString(), label = tag.toStdString()](RegistryClient& client,
                                                                     const Cancellation& cancellation) {
            return readDetails(client, name, label, cancellation);
        },
        std::move(answer));
}

void RegistryBrowser::search(const QString& query, Answer<QStringList> answer) {
    cancelAll();
    const QString host = qEnvironmentVariable("ESCALE_HUB", QStringLiteral("hub.docker.com"));
    ask<QStringList>(
        Repositories, QStringLiteral("docker.io"),
        [host = host.toStdString(), words = query.toStdString()](
            RegistryClient&, const Cancellation& cancellation) -> Result<QStringList> {
            TRY_ASSIGN(RegistryOptions options, patientEnough(QStringLiteral("docker.io")));
            TRY_ASSIGN(const auto found, searchDockerHub(host, words, kMostFound, options, cancellation));
            QStringList names;
            for (const HubRepository& repository : found)
                names.append(QString::fromStdString(repository.name));
            return names;
        },
        std::move(answer));
}

void RegistryBrowser::cancel(Kind kind) {
    if (m_current[kind])
        m_current[kind]->cancel();
    m_current[kind].reset();
}

void RegistryBrowser::cancelAll() {
    for (const Kind kind : {Repositories, Tags, Details})
        cancel(kind);
}

} // namespace escale::gui
