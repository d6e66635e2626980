// Who one is at a registry, and how it is reached: the account that Escale has kept, or else Docker's
// (~/.docker/config.json with its credential helpers), and the person's and the machine's choices. Asked once
// and remembered until Escale is closed or the account changes.
#pragma once

#include "gui/registry/credential_store.h"
#include "gui/registry/registry_choices.h"

#include <QThreadPool>
#include <QVariantMap>

#include <memory>

namespace escale {
class Cancellation;
}

namespace escale::gui {

struct RegistryAccount {
    enum class Origin { Nobody, Escale, Docker };
    Origin origin = Origin::Nobody;
    std::optional<Credentials> credentials;
    QString helper; // the program that told Docker's account; empty: it stands in Docker's file
};

class RegistryAccounts : public QObject {
    Q_OBJECT
public:
    explicit RegistryAccounts(QObject* parent = nullptr);
    ~RegistryAccounts() override;

    /// An error: Docker's configuration or its helper failed, or a choice cannot be read. The answer may come
    /// before the call returns.
    void find(const QString& registry, QObject* guard, Answer<RegistryAccount> answer);
    /// Logs in: keeps an account that the registry has accepted.
    void keep(const QString& registry, const Credentials& credentials, QObject* guard,
              Answer<Keeping> answer);
    /// Logs out: Escale forgets it. Docker's account, if there is one, counts again.
    void forget(const QString& registry, QObject* guard, Answer<> answer);

    /// How a registry is reached on this machine, by a person with these choices. Reads files.
    static Result<RegistryAccess> access(const QString& registry, RegistryAccess own);
    /// The same and the account as options of Images.Pull.
    static Result<QVariantMap> pullOptions(const QString& registry, const RegistryAccount& account);

private:
    void remember(const QString& registry, const RegistryAccount& account);
    void askDocker(const QString& registry, QObject* guard, Answer<RegistryAccount> answer);

    CredentialStore m_store;
    QHash<QString, RegistryAccount> m_known;
    QThreadPool m_pool;
    std::shared_ptr<Cancellation> m_end;
};

} // namespace escale::gui
