#include "gui/registry/tag_filler.h"

#include "gui/registry/registry_accounts.h"

#include <QMetaObject>

namespace escale::gui {

TagFiller::TagFiller(RegistryAccounts& accounts, QObject* parent)
    : QObject(parent)
    , m_accounts(accounts) {
    m_pool.setMaxThreadCount(kAtOnce);
}

TagFiller::~TagFiller() {
    stop();
    m_pool.waitForDone();
}

void TagFiller::setRepository(const QString& registry, const QString& repository) {
    stop();
    m_registry = registry;
    m_repository = repository;
}

void TagFiller::stop() {
    if (m_shared)
        m_shared->cancellation.cancel();
    m_shared.reset();
    m_wanted.clear();
    m_running.clear();
    m_refusal.reset();
}

void TagFiller::want(const QStringList& tags) {
    m_wanted = tags;
    if (m_repository.isEmpty() || m_refusal || tags.isEmpty())
        return m_wanted.clear();
    if (m_shared)
        return begin();
    if (m_isAsking)
        return;
    m_isAsking = true;
    m_accounts.find(m_registry, this, [this, registry = m_registry](const Result<RegistryAccount>& account) {
        m_isAsking = false;
        if (registry != m_registry)
            return want(m_wanted);
        m_shared = std::make_shared<Shared>();
        m_shared->registry = m_registry;
        m_shared->repository = m_repository.toStdString();
        if (account)
            m_shared->credentials = account->credentials;
        begin();
    });
}

void TagFiller::begin() {
    while (m_running.size() < kAtOnce && !m_wanted.isEmpty()) {
        const QString tag = m_wanted.takeFirst();
        if (m_running.contains(tag))
            continue;
        m_running.insert(tag);
        m_pool.start([this, shared = m_shared, tag] {
            const Result<TagFacts> facts = readOne(*shared, tag.toStdString());
            // The destructor waits for this thread, so `this` is alive here; events to it die with it.
            QMetaObject::invokeMethod(
                this,
                [this, shared, tag, facts] {
                    if (shared == m_shared)
                        take(tag, facts);
                },
                Qt::QueuedConnection);
        });
    }
}

Result<std::unique_ptr<RegistryClient>> TagFiller::takeClient(Shared& shared) {
    {
        const std::lock_guard lock(shared.mutex);
        if (!shared.idle.empty()) {
            auto client = std::move(shared.idle.back());
            shared.idle.pop_back();
            return client;
        }
    }
    TRY_ASSIGN(RegistryOptions options, optionsForAsking(shared.registry));
    options.credentials = shared.credentials;
    return RegistryClient::create(shared.registry.toStdString(), std::move(options));
}

Result<TagFacts> TagFiller::readOne(Shared& shared, const std::string& tag) {
    TRY(shared.cancellation.check());
    if (shared.registry == QLatin1String("docker.io")) {
        TRY_ASSIGN(const RegistryOptions options, optionsForAsking(shared.registry));
        return readHubTagFacts(options, shared.repository, tag, shared.cancellation);
    }
    TRY_ASSIGN(auto client, takeClient(shared));
    auto facts = readTagFacts(*client, shared.repository, tag, shared.cancellation);
    const std::lock_guard lock(shared.mutex);
    shared.idle.push_back(std::move(client));
    return facts;
}

void TagFiller::take(const QString& tag, const Result<TagFacts>& facts) {
    m_running.remove(tag);
    if (facts) {
        Q_EMIT read(tag, *facts);
        return begin();
    }
    const Error& error = facts.error();
    // To go on with the next row would only make it worse.
    if (error.code == ErrorCode::RateLimited || error.code == ErrorCode::AuthenticationNeeded ||
        error.code == ErrorCode::Unreachable) {
        stop();
        m_refusal = error;
        return Q_EMIT refused(error);
    }
    Q_EMIT failed(tag, error);
    begin();
}

} // namespace escale::gui
