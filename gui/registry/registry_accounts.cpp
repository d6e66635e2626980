#include "gui/registry/registry_accounts.h"

#include "engine/base/cancellation.h"
#include "engine/registry/credential_helper.h"
#include "engine/registry/docker_config.h"

#include <QMetaObject>
#include <QPointer>

#include <chrono>

namespace escale::gui {

// A helper may ask its person to unlock something.
static constexpr std::chrono::seconds kLongestHelper{60};

static Result<RegistryAccount> accountOfDocker(const std::string& registry,
                                               const Cancellation& cancellation) {
    using Origin = RegistryAccount::Origin;
    TRY_ASSIGN(const DockerConfig config, DockerConfig::load(DockerConfig::path()));
    RegistryAccount account;
    if (const std::string helper = config.helperFor(registry); !helper.empty()) {
        account.helper = QStringLiteral("docker-credential-") + QString::fromStdString(helper);
        TRY_ASSIGN(account.credentials, askCredentialHelper(helper, DockerConfig::serverName(registry),
                                                            kLongestHelper, cancellation));
    } else {
        account.credentials = config.stored(registry);
    }
    account.origin = account.credentials ? Origin::Docker : Origin::Nobody;
    return account;
}

RegistryAccounts::RegistryAccounts(QObject* parent)
    : QObject(parent)
    , m_end(std::make_shared<Cancellation>()) {}

RegistryAccounts::~RegistryAccounts() {
    m_end->cancel();
    m_pool.waitForDone();
}

void RegistryAccounts::remember(const QString& registry, const RegistryAccount& account) {
    m_known.insert(registry, account);
}

void RegistryAccounts::find(const QString& registry, QObject* guard, Answer<RegistryAccount> answer) {
    if (const auto known = m_known.constFind(registry); known != m_known.constEnd())
        return answer(RegistryAccount(*known));
    // Without an account of ours the keyring is left alone: it might ask to be unlocked for nothing.
    if (RegistryChoices::load(registry).account.isEmpty())
        return askDocker(registry, guard, std::move(answer));
    m_store.load(registry, [this, registry, guard = QPointer(guard),
                            answer = std::move(answer)](const Result<std::optional<Credentials>>& found) {
        if (guard.isNull())
            return;
        if (!found || !*found)
            return askDocker(registry, guard, answer);
        const RegistryAccount account{RegistryAccount::Origin::Escale, *found, {}};
        remember(registry, account);
        answer(account);
    });
}

void RegistryAccounts::askDocker(const QString& registry, QObject* guard, Answer<RegistryAccount> answer) {
    m_pool.start([this, registry, guard = QPointer(guard), end = m_end, answer = std::move(answer)] {
        auto account = accountOfDocker(registry.toStdString(), *end);
        // The destructor waits for this thread, so `this` is alive here; events to it die with it.
        QMetaObject::invokeMethod(
            this,
            [this, registry, guard, answer, account = std::move(account)] {
                if (account)
                    remember(registry, *account);
                if (!guard.isNull())
                    answer(account);
            },
            Qt::QueuedConnection);
    });
}

void RegistryAccounts::keep(const QString& registry, const Credentials& credentials, QObject* guard,
                            Answer<Keeping> answer) {
    m_store.save(registry, credentials,
                 [this, registry, credentials, guard = QPointer(guard),
                  answer = std::move(answer)](const Result<Keeping>& keeping) {
                     remember(registry, {RegistryAccount::Origin::Escale, credentials, {}});
                     // What memory keeps is not there at the next start: nobody shall look for it.
                     RegistryChoices choices = RegistryChoices::load(registry);
                     choices.account = keeping && *keeping == Keeping::Keyring
                                           ? QString::fromStdString(credentials.username)
                                           : QString();
                     choices.save(registry);
                     if (!guard.isNull())
                         answer(keeping);
                 });
}

void RegistryAccounts::forget(const QString& registry, QObject* guard, Answer<> answer) {
    m_store.remove(registry, [this, registry, guard = QPointer(guard),
                              answer = std::move(answer)](const Result<void>& removed) {
        if (removed) {
            m_known.remove(registry);
            RegistryChoices choices = RegistryChoices::load(registry);
            choices.account.clear();
            choices.save(registry);
        }
        if (!guard.isNull())
            answer(removed);
    });
}

Result<RegistryAccess> RegistryAccounts::access(const QString& registry, RegistryAccess own) {
    TRY_ASSIGN(const RegistrySettings machine, RegistrySettings::ofMachine());
    TRY_ASSIGN(const RegistryAccess common, machine.accessTo(registry.toStdString()));
    own.proxy = ProxySettings::ofEnvironment();
    return common.overlaidWith(own);
}

Result<QVariantMap> RegistryAccounts::pullOptions(const QString& registry, const RegistryAccount& account) {
    // The helper adds what it reads of the machine's itself.
    const RegistryChoices choices = RegistryChoices::load(registry);
    TRY_ASSIGN(const RegistryAccess own, choices.access());
    QVariantMap options;
    const auto add = [&](const char* name, const std::string& text) {
        if (!text.empty())
            options.insert(QLatin1String(name), QString::fromStdString(text));
    };
    if (account.credentials) {
        add("username", account.credentials->username);
        add("password", account.credentials->password);
        add("identity-token", account.credentials->identityToken);
    }
    if (own.insecure)
        options.insert(QStringLiteral("insecure"), true);
    add("certificates", own.certificates);
    if (!choices.mirrors.isEmpty())
        options.insert(QStringLiteral("mirrors"), choices.mirrors);
    const ProxySettings proxy = ProxySettings::ofEnvironment();
    if (proxy.isSet()) {
        add("http-proxy", proxy.http);
        add("https-proxy", proxy.https);
        add("no-proxy", proxy.noProxy);
    }
    return options;
}

} // namespace escale::gui
