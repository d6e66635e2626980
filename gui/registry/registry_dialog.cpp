#include "gui/registry/registry_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/progress.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kWidth = 560;

RegistryDialog::RegistryDialog(RegistryAccounts& accounts, const QString& registry, QWidget* parent)
    : QDialog(parent)
    , m_accounts(accounts)
    , m_registry(registry)
    , m_who(label({}, "muted", this))
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_certificate(new QLineEdit(this))
    , m_mirrors(new QLineEdit(this))
    , m_chooseCertificate(new QPushButton(tr("Choose…"), this))
    , m_insecure(new QCheckBox(tr("&Do without HTTPS, or with a certificate nobody vouches for"), this))
    , m_report(card(this))
    , m_reportRows(new QGridLayout(m_report))
    , m_progress(progressBar(this))
    , m_logOut(new QPushButton(tr("Log &out"), this))
    , m_test(new QPushButton(tr("&Test"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_submit(primaryButton(tr("&Log in"), QStringLiteral("registryDialog.submit"), this)) {
    setObjectName(QStringLiteral("registryDialog"));
    setWindowTitle(tr("Log in to %1").arg(registry));
    buildLayout();
    const RegistryChoices chosen = RegistryChoices::load(registry);
    m_user->setText(chosen.account);
    m_insecure->setChecked(chosen.insecure);
    m_certificate->setText(chosen.certificateFile);
    m_mirrors->setText(chosen.mirrors.join(QLatin1String(", ")));
    for (QLineEdit* field : {m_user, m_password})
        connect(field, &QLineEdit::textChanged, this, &RegistryDialog::updateButtons);
    connect(m_chooseCertificate, &QPushButton::clicked, this, &RegistryDialog::chooseCertificate);
    connect(m_logOut, &QPushButton::clicked, this, &RegistryDialog::logOut);
    connect(m_test, &QPushButton::clicked, this, [this] {
        if (m_running)
            return stopTest();
        test([this](const RegistryReport& report) { takeReport(report); });
    });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_submit, &QPushButton::clicked, this, &RegistryDialog::submit);
    m_submit->setDefault(true);
    m_accounts.find(registry, this, [this](const Result<RegistryAccount>& account) { showAccount(account); });
    (m_user->text().isEmpty() ? m_user : m_password)->setFocus(Qt::OtherFocusReason);
    setBusy(false);
}

RegistryDialog::~RegistryDialog() {
    stopTest();
    m_pool.waitForDone();
}

QLayout* RegistryDialog::buildFields() {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(10);
    grid->setColumnStretch(1, 1);
    const auto add = [&](const QString& text, QLineEdit* field, const char* name, int columns) {
        const int row = grid->rowCount();
        QLabel* title = label(text, "field", this);
        title->setBuddy(field);
        field->setObjectName(QStringLiteral("registryDialog.") + QLatin1String(name));
        field->setAccessibleName(QString(text).remove(QLatin1Char('&')));
        grid->addWidget(title, row, 0);
        grid->addWidget(field, row, 1, 1, columns);
        return row;
    };
    add(tr("&User name"), m_user, "user", 2);
    add(tr("&Password or token"), m_password, "password", 2);
    m_password->setEchoMode(QLineEdit::Password);
    QLabel* section = label(tr("CONNECTION"), "section", this);
    section->setContentsMargins(0, 8, 0, 0);
    grid->addWidget(section, grid->rowCount(), 0, 1, 3);
    grid->addWidget(m_insecure, grid->rowCount(), 0, 1, 3);
    m_insecure->setObjectName(QStringLiteral("registryDialog.insecure"));
    const int row = add(tr("&Authority"), m_certificate, "certificate", 1);
    m_certificate->setPlaceholderText(tr("certificate of its own (PEM file)"));
    m_chooseCertificate->setObjectName(QStringLiteral("registryDialog.chooseCertificate"));
    m_chooseCertificate->setAccessibleName(tr("Choose the certificate's file"));
    grid->addWidget(m_chooseCertificate, row, 2);
    add(tr("&Mirrors"), m_mirrors, "mirrors", 2);
    m_mirrors->setPlaceholderText(tr("asked first for pulls, such as mirror.example:5000"));
    return grid;
}

QLayout* RegistryDialog::buildButtons() {
    m_logOut->setObjectName(QStringLiteral("registryDialog.logOut"));
    m_test->setObjectName(QStringLiteral("registryDialog.test"));
    m_cancel->setObjectName(QStringLiteral("registryDialog.cancel"));
    m_progress->setObjectName(QStringLiteral("registryDialog.progress"));
    m_progress->setAccessibleName(tr("Progress"));
    for (QPushButton* button : {m_logOut, m_test, m_cancel})
        button->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_logOut);
    row->addWidget(m_progress, 1);
    row->addStretch();
    row->addWidget(m_test);
    row->addWidget(m_cancel);
    row->addWidget(m_submit);
    return row;
}

void RegistryDialog::buildLayout() {
    m_who->setObjectName(QStringLiteral("registryDialog.who"));
    m_who->setWordWrap(true);
    m_report->setObjectName(QStringLiteral("registryDialog.report"));
    m_reportRows->setContentsMargins(14, 10, 14, 10);
    m_reportRows->setHorizontalSpacing(10);
    m_reportRows->setVerticalSpacing(4);
    m_reportRows->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(14);
    column->addWidget(m_who);
    column->addLayout(buildFields());
    column->addWidget(m_report);
    column->addStretch();
    column->addLayout(buildButtons());
    setMinimumWidth(kWidth);
    m_report->hide();
}

void RegistryDialog::showAccount(const Result<RegistryAccount>& account) {
    m_account = account.value_or(RegistryAccount());
    if (!account) {
        showError(account.error());
    } else if (!account->credentials) {
        m_who->setText(tr("Nobody is logged in. A password is kept in the desktop's keyring, and goes to the "
                          "registry and to the engine for one pull at a time."));
    } else {
        const QString name = QString::fromStdString(account->credentials->username);
        m_who->setText(
            m_account.origin == RegistryAccount::Origin::Escale ? tr("Logged in as %1.").arg(name)
            : account->helper.isEmpty()
                ? tr("The account %1 of ~/.docker/config.json is used.").arg(name)
                : tr("The account %1 is used, which %2 keeps for Docker.").arg(name, account->helper));
    }
    updateButtons();
}

RegistryChoices RegistryDialog::choices() const {
    RegistryChoices chosen = RegistryChoices::load(m_registry);
    chosen.insecure = m_insecure->isChecked();
    chosen.certificateFile = m_certificate->text().trimmed();
    chosen.mirrors.clear();
    for (const QString& mirror : m_mirrors->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (!mirror.trimmed().isEmpty())
            chosen.mirrors.append(mirror.trimmed());
    }
    return chosen;
}

bool RegistryDialog::hasAccount() const {
    return !m_user->text().trimmed().isEmpty() && !m_password->text().isEmpty();
}

// Those written here, or else those that are used now.
std::optional<Credentials> RegistryDialog::credentials() const {
    if (hasAccount())
        return Credentials{m_user->text().trimmed().toStdString(), m_password->text().toStdString(), {}};
    return m_account.credentials;
}

void RegistryDialog::chooseCertificate() {
    const QString file =
        QFileDialog::getOpenFileName(this, tr("The authority's certificate"), m_certificate->text(),
                                     tr("Certificates (*.crt *.pem *.cer);;All files (*)"));
    if (!file.isEmpty())
        m_certificate->setText(file);
}

void RegistryDialog::test(std::function<void(const RegistryReport&)> then) {
    auto own = choices().access();
    if (!own)
        return showError(own.error());
    auto access = RegistryAccounts::access(m_registry, std::move(*own));
    if (!access)
        return showError(access.error());
    RegistryOptions options;
    options.access = std::move(*access);
    options.credentials = credentials();
    options.wantsIdentityToken = hasAccount();
    m_tested = options.credentials.has_value();
    const auto cancellation = std::make_shared<Cancellation>();
    m_running = cancellation;
    showLines({});
    setBusy(true);
    m_pool.start([this, cancellation, options, host = m_registry.toStdString(), then = std::move(then)] {
        RegistryReport report = checkRegistry(host, options, *cancellation);
        // The destructor waits for this thread, so `this` is alive here; events to it die with it.
        QMetaObject::invokeMethod(
            this,
            [this, cancellation, then, report = std::move(report)] {
                if (m_running != cancellation)
                    return; // it was stopped
                m_running.reset();
                setBusy(false);
                then(report);
            },
            Qt::QueuedConnection);
    });
}

void RegistryDialog::stopTest() {
    if (!m_running)
        return;
    m_running->cancel();
    m_running.reset();
    setBusy(false);
}

void RegistryDialog::takeReport(const RegistryReport& report) {
    showLines(reportLines(m_registry, report, m_tested));
}

// With an account: it must be accepted first. Without one the connection's choices are all there is to keep,
// also while the registry is not reached.
void RegistryDialog::submit() {
    if (m_kept)
        return accept();
    if (hasAccount())
        return test([this](const RegistryReport& report) { finishLogin(report); });
    if (!m_user->text().trimmed().isEmpty() && m_user->text() != RegistryChoices::load(m_registry).account)
        return m_password->setFocus(Qt::OtherFocusReason);
    const RegistryChoices chosen = choices();
    if (const auto access = chosen.access(); !access)
        return showError(access.error());
    chosen.save(m_registry);
    accept();
}

void RegistryDialog::finishLogin(const RegistryReport& report) {
    takeReport(report);
    if (!report.isGood())
        return m_password->setFocus(Qt::OtherFocusReason);
    choices().save(m_registry);
    m_kept = true;
    updateButtons();
    if (!report.keep)
        return; // it asks for no account, which the report says
    m_accounts.keep(m_registry, *report.keep, this, [this](const Result<Keeping>& keeping) {
        m_password->clear();
        if (keeping && *keeping == Keeping::Keyring)
            return accept();
        QList<ReportLine> lines = m_lines;
        lines.append({ReportLine::Kind::Note,
                      tr("The desktop's keyring cannot be used: the account is kept until Escale is closed."),
                      tr("With GNOME Keyring or KWallet, unlocked, it is there the next time.")});
        showLines(lines);
    });
}

void RegistryDialog::logOut() {
    m_accounts.forget(m_registry, this, [this](const Result<void>& forgotten) {
        if (!forgotten)
            return showError(forgotten.error());
        m_user->clear();
        m_password->clear();
        m_accounts.find(m_registry, this,
                        [this](const Result<RegistryAccount>& account) { showAccount(account); });
    });
}

void RegistryDialog::setBusy(bool busy) {
    m_progress->setVisible(busy);
    if (busy)
        showFraction(*m_progress, -1, "");
    for (QWidget* field : {static_cast<QWidget*>(m_user), static_cast<QWidget*>(m_password),
                           static_cast<QWidget*>(m_insecure), static_cast<QWidget*>(m_certificate),
                           static_cast<QWidget*>(m_chooseCertificate), static_cast<QWidget*>(m_mirrors)})
        field->setEnabled(!busy);
    m_test->setText(busy ? tr("S&top") : tr("&Test"));
    updateButtons();
}

void RegistryDialog::updateButtons() {
    const bool busy = m_running != nullptr;
    m_logOut->setVisible(m_account.origin == RegistryAccount::Origin::Escale && !busy && !m_kept);
    m_cancel->setVisible(!m_kept);
    m_test->setVisible(!m_kept);
    m_submit->setEnabled(!busy);
    m_submit->setText(m_kept ? tr("&Close") : hasAccount() ? tr("&Log in") : tr("&Save"));
}

void RegistryDialog::showError(const Error& error) {
    showLines(
        {{ReportLine::Kind::Bad, QString::fromStdString(error.message), QString::fromStdString(error.hint)}});
}

void RegistryDialog::showLines(const QList<ReportLine>& lines) {
    m_lines = lines;
    while (QLayoutItem* item = m_reportRows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const ReportLine& line : lines) {
        const bool isBad = line.kind == ReportLine::Kind::Bad;
        const int row = m_reportRows->rowCount();
        QLabel* sign = label(line.kind == ReportLine::Kind::Good ? QStringLiteral("✓")
                             : isBad                             ? QStringLiteral("✗")
                                                                 : QStringLiteral("•"),
                             isBad ? "problem" : "", m_report);
        QLabel* words = label(line.text, isBad ? "problem" : "", m_report);
        words->setWordWrap(true);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_reportRows->addWidget(sign, row, 0, Qt::AlignHCenter | Qt::AlignTop);
        m_reportRows->addWidget(words, row, 1);
        if (line.hint.isEmpty())
            continue;
        QLabel* hint = label(line.hint, "muted", m_report);
        hint->setWordWrap(true);
        m_reportRows->addWidget(hint, row + 1, 1);
    }
    m_report->setVisible(!lines.isEmpty());
    QStringList spoken;
    for (const ReportLine& line : lines)
        spoken.append(line.text);
    m_report->setAccessibleName(spoken.join(QLatin1Char(' ')));
    // With more room: a layout presses its rows together before a dialog grows.
    layout()->activate();
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

} // namespace escale::gui
