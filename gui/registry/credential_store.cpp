#include "gui/registry/credential_store.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace escale::gui {

// As the keyring's own program (Seahorse, KWalletManager) shows the entries.
static const QString kService = QStringLiteral("Escale");

static QString keyOf(const QString& registry) {
    return QStringLiteral("registry/") + registry;
}

// One text holds all: an account that is half written would be none.
static QString textOf(const Credentials& credentials) {
    QJsonObject object{{QStringLiteral("username"), QString::fromStdString(credentials.username)}};
    if (credentials.identityToken.empty())
        object.insert(QStringLiteral("password"), QString::fromStdString(credentials.password));
    else
        object.insert(QStringLiteral("identitytoken"), QString::fromStdString(credentials.identityToken));
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

static std::optional<Credentials> credentialsOf(const QString& text) {
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    Credentials credentials{object.value(QStringLiteral("username")).toString().toStdString(),
                            object.value(QStringLiteral("password")).toString().toStdString(),
                            object.value(QStringLiteral("identitytoken")).toString().toStdString()};
    if (credentials.password.empty() && credentials.identityToken.empty())
        return std::nullopt;
    return credentials;
}

CredentialStore::CredentialStore(QObject* parent)
    : QObject(parent) {}

void CredentialStore::save(const QString& registry, const Credentials& credentials, Answer<Keeping> answer) {
    auto* job = new QKeychain::WritePasswordJob(kService, this);
    job->setKey(keyOf(registry));
    job->setTextData(textOf(credentials));
    connect(job, &QKeychain::Job::finished, this,
            [this, registry, credentials, answer = std::move(answer)](QKeychain::Job* done) {
                if (done->error() == QKeychain::NoError) {
                    m_untilClosed.remove(registry);
                    return answer(Keeping::Keyring);
                }
                m_untilClosed.insert(registry, credentials);
                answer(Keeping::UntilClosed);
            });
    job->start();
}

void CredentialStore::load(const QString& registry, Answer<std::optional<Credentials>> answer) {
    if (const auto kept = m_untilClosed.constFind(registry); kept != m_untilClosed.constEnd()) {
        QTimer::singleShot(0, this, [credentials = *kept, answer = std::move(answer)] {
            answer(std::optional(credentials));
        });
        return;
    }
    auto* job = new QKeychain::ReadPasswordJob(kService, this);
    job->setKey(keyOf(registry));
    connect(job, &QKeychain::Job::finished, this, [job, answer = std::move(answer)] {
        answer(job->error() == QKeychain::NoError ? credentialsOf(job->textData()) : std::nullopt);
    });
    job->start();
}

void CredentialStore::remove(const QString& registry, Answer<> answer) {
    const bool wasInMemory = m_untilClosed.remove(registry) > 0;
    auto* job = new QKeychain::DeletePasswordJob(kService, this);
    job->setKey(keyOf(registry));
    connect(job, &QKeychain::Job::finished, this,
            [registry, wasInMemory, answer = std::move(answer)](QKeychain::Job* done) {
                const bool isGone = done->error() == QKeychain::NoError ||
                                    done->error() == QKeychain::EntryNotFound || wasInMemory;
                if (isGone)
                    return answer({});
                answer(
                    fail(ErrorCode::SystemFailure,
                         tr("The keyring did not let go of the account of %1.").arg(registry).toStdString(),
                         tr("Unlock the keyring and try again.").toStdString()));
            });
    job->start();
}

} // namespace escale::gui
