#include "gui/images/push_dialog.h"

#include "engine/image/reference.h"
#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/images/images_model.h"
#include "gui/images/tag_dialog.h"
#include "gui/registry/registry_dialog.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace escale::gui {

static constexpr int kPause = 250; // milliseconds

PushDialog::PushDialog(EngineClient& client, RegistryAccounts& accounts, const dbus::Image& image,
                       QWidget* parent)
    : ActionDialog(QStringLiteral("pushDialog"), tr("Push the image"), tr("Push"), parent)
    , m_client(client)
    , m_accounts(accounts)
    , m_image(image)
    , m_target(new QLineEdit(familiarName(ImagesModel::idOf(image)).section(u'@', 0, 0), this))
    , m_compression(new QComboBox(this))
    , m_account(label({}, "muted", this))
    , m_note(label({}, "muted", this))
    , m_logIn(new QPushButton(tr("A&ccount…"), this)) {
    addWords(tr("Sends %1 to a registry. Layers that the registry has are not sent again.")
                 .arg(familiarName(ImagesModel::idOf(image))));
    addField(tr("&To"), m_target, QStringLiteral("target"));
    m_target->setPlaceholderText(tr("for example registry.example.org/team/web:1.2"));
    auto* row = new QWidget(this);
    auto* parts = new QHBoxLayout(row);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(10);
    parts->addWidget(m_account, 1);
    parts->addWidget(m_logIn);
    m_account->setObjectName(QStringLiteral("pushDialog.account"));
    m_account->setWordWrap(true);
    m_logIn->setObjectName(QStringLiteral("pushDialog.logIn"));
    m_logIn->setAutoDefault(false);
    addField(tr("As"), row, QStringLiteral("as"));
    m_compression->addItem(tr("gzip: every registry and engine takes it"), QStringLiteral("gzip"));
    m_compression->addItem(tr("zstd: smaller and faster, for engines since 2021"), QStringLiteral("zstd"));
    addField(tr("Co&mpression"), m_compression, QStringLiteral("compression"));
    m_note->setObjectName(QStringLiteral("pushDialog.note"));
    m_note->setWordWrap(true);
    addBelow(m_note);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &PushDialog::lookForAccount);
    connect(m_target, &QLineEdit::textChanged, this, &PushDialog::tell);
    connect(m_logIn, &QPushButton::clicked, this, &PushDialog::openAccount);
    tell();
    lookForAccount();
}

QString PushDialog::problem() const {
    return imageNameProblem(m_target->text());
}

QString PushDialog::registry() const {
    const auto reference = Reference::parse(m_target->text().trimmed().toStdString());
    return reference ? QString::fromStdString(reference->registry) : QString();
}

PushRequest PushDialog::request() const {
    PushRequest request;
    request.source = m_image.tag.isEmpty() ? m_image.digest : ImagesModel::idOf(m_image);
    request.target = m_target->text().trimmed();
    request.registry = registry();
    request.choices.insert(QStringLiteral("compression"), m_compression->currentData().toString());
    const auto [repository, tag] = fullImageName(request.target);
    if (const QString target = repository + u':' + tag; target != request.source)
        request.choices.insert(QStringLiteral("target"), target);
    return request;
}

void PushDialog::tell() {
    check();
    const QString there = registry();
    m_logIn->setEnabled(!there.isEmpty());
    m_note->clear();
    if (problem().isEmpty()) {
        const auto [repository, tag] = fullImageName(m_target->text());
        m_note->setText(tr("In full: %1").arg(repository + u':' + tag));
    }
    if (there == m_asked)
        return;
    m_account->setText(there.isEmpty() ? QString() : tr("looking for an account at %1…").arg(there));
    m_pause.start();
}

void PushDialog::lookForAccount() {
    m_asked = registry();
    if (m_asked.isEmpty())
        return;
    m_accounts.find(m_asked, this, [this, asked = m_asked](const Result<RegistryAccount>& account) {
        if (asked == m_asked)
            showAccount(account);
    });
}

void PushDialog::showAccount(const Result<RegistryAccount>& account) {
    if (!account)
        return m_account->setText(QString::fromStdString(account.error().message));
    const QString name =
        account->credentials ? QString::fromStdString(account->credentials->username) : QString();
    switch (account->origin) {
    case RegistryAccount::Origin::Nobody:
        m_account->setText(tr("nobody: no account at %1 is known").arg(m_asked));
        return;
    case RegistryAccount::Origin::Escale:
        m_account->setText(tr("%1 at %2", "account, registry").arg(name, m_asked));
        return;
    case RegistryAccount::Origin::Docker:
        m_account->setText(tr("%1 at %2, of Docker's configuration", "account, registry").arg(name, m_asked));
        return;
    }
}

void PushDialog::openAccount() {
    auto* dialog = new RegistryDialog(m_accounts, registry(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, &PushDialog::lookForAccount);
    dialog->open();
}

void PushDialog::submit() {
    sendPush(m_client, m_accounts, request(), this, [this](const Result<Job*>& job) {
        if (!job)
            return showError(job.error(), tr("Push %1").arg(request().target));
        Q_EMIT begun(*job, request());
        accept();
    });
}

} // namespace escale::gui
