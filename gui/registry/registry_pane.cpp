#include "gui/registry/registry_pane.h"

#include "engine/image/reference.h"
#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/facts.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/settings.h"
#include "gui/common/table.h"
#include "gui/registry/names_model.h"
#include "gui/registry/pull_panel.h"
#include "gui/registry/registry_dialog.h"

#include <QCollator>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTimer>

namespace escale::gui {

static const QString kHub = QStringLiteral("docker.io");

RegistryPane::RegistryPane(EngineClient& client, QWidget* parent)
    : Pane(parent)
    , m_client(client)
    , m_browser(m_accounts)
    , m_address(new QLineEdit(this))
    , m_reference(new QLineEdit(this))
    , m_browse(new QPushButton(tr("&Browse"), this))
    , m_account(new QPushButton(tr("&Account…"), this))
    , m_pullByName(new QPushButton(tr("Pull"), this))
    , m_pull(primaryButton(tr("&Pull"), QStringLiteral("registryPane.pull"), this))
    , m_repositories(new NamesModel(tr("Repositories"), this))
    , m_tags(new NamesModel(tr("Tags"), this))
    , m_repositoryStack(new TableStack(this))
    , m_tagStack(new TableStack(this))
    , m_chosen(label({}, "heading", this))
    , m_facts(new Facts(this))
    , m_error(new ErrorBanner(this))
    , m_panel(new PullPanel(this)) {
    setObjectName(QStringLiteral("registryPane"));
    buildLayout();
    m_address->setText(Settings::registry());
    connect(m_address, &QLineEdit::returnPressed, this, &RegistryPane::browse);
    connect(m_browse, &QPushButton::clicked, this, &RegistryPane::browse);
    connect(m_reference, &QLineEdit::returnPressed, this, &RegistryPane::pullByName);
    connect(m_pullByName, &QPushButton::clicked, this, &RegistryPane::pullByName);
    connect(m_pull, &QPushButton::clicked, this, &RegistryPane::pullChosen);
    connect(&m_repositoryStack->table(), &Table::currentIdChanged, this, &RegistryPane::chooseRepository);
    connect(&m_tagStack->table(), &Table::currentIdChanged, this, &RegistryPane::chooseTag);
    connect(&m_tagStack->table(), &Table::activated, this, &RegistryPane::pullChosen);
    connect(m_account, &QPushButton::clicked, this, [this] {
        if (address().registry.isEmpty())
            return m_address->setFocus(Qt::OtherFocusReason);
        openAccount(address().registry, [this] { browse(); });
    });
    connect(&m_browser, &RegistryBrowser::accountMissed, this,
            [this](const Error& error) { m_error->show(error, tr("Docker's account")); });
    chooseTag({});
    if (m_address->text().isEmpty()) {
        m_repositoryStack->empty().set(
            QStringLiteral("registry"), tr("Which registry?"),
            tr("Write a registry's address above to see what it has, “ghcr.io/owner/name” "
               "for one that shows no list, or a word to search Docker Hub for."));
        m_tagStack->empty().set({}, {}, {});
    } else {
        QTimer::singleShot(0, this, &RegistryPane::browse); // after the first paint
    }
}

RegistryPane::~RegistryPane() = default;

void RegistryPane::buildLayout() {
    m_repositoryStack->table().setObjectName(QStringLiteral("registryPane.repositories"));
    m_repositoryStack->table().setAccessibleName(tr("Repositories"));
    m_repositoryStack->table().setSource(m_repositories, 0);
    m_tagStack->table().setObjectName(QStringLiteral("registryPane.tags"));
    m_tagStack->table().setAccessibleName(tr("Tags"));
    m_tagStack->table().setSource(m_tags, 0);

    const auto surface = [this](QWidget* content) {
        auto* frame = card(this);
        auto* column = new QVBoxLayout(frame);
        column->setContentsMargins(1, 1, 1, 1);
        column->addWidget(content);
        return frame;
    };
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(12);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(surface(m_repositoryStack));
    splitter->addWidget(surface(m_tagStack));
    splitter->addWidget(buildDetails());
    splitter->setSizes({320, 230, 360});
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 0, 20, 16);
    all->setSpacing(12);
    all->addWidget(buildAddress());
    all->addWidget(m_error);
    all->addWidget(splitter, 1);
    all->addWidget(m_panel);
}

QWidget* RegistryPane::buildAddress() {
    m_address->setObjectName(QStringLiteral("registryPane.address"));
    m_address->setAccessibleName(tr("Registry"));
    m_address->setPlaceholderText(QStringLiteral("registry.example.org:5000"));
    m_browse->setObjectName(QStringLiteral("registryPane.browse"));
    m_account->setObjectName(QStringLiteral("registryPane.account"));
    m_account->setToolTip(tr("Log in and out, mirrors, certificates"));
    m_reference->setObjectName(QStringLiteral("registryPane.reference"));
    m_reference->setAccessibleName(tr("Image to pull by name"));
    m_reference->setPlaceholderText(QStringLiteral("debian:12"));
    m_pullByName->setObjectName(QStringLiteral("registryPane.pullByName"));
    m_pullByName->setAccessibleName(tr("Pull by name"));
    auto* row = new QWidget(this);
    auto* fields = new QHBoxLayout(row);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(8);
    QLabel* first = label(tr("&Registry"), "muted", row);
    first->setBuddy(m_address);
    QLabel* second = label(tr("or by &name"), "muted", row);
    second->setBuddy(m_reference);
    fields->addWidget(first);
    fields->addWidget(m_address, 3);
    fields->addWidget(m_browse);
    fields->addWidget(m_account);
    fields->addSpacing(16);
    fields->addWidget(second);
    fields->addWidget(m_reference, 3);
    fields->addWidget(m_pullByName);
    return row;
}

QWidget* RegistryPane::buildDetails() {
    auto* frame = card(this);
    m_chosen->setWordWrap(true);
    m_chosen->setObjectName(QStringLiteral("registryPane.chosen"));
    m_pull->setIcon(icon(QStringLiteral("download"), QPalette::HighlightedText));
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(18, 16, 18, 16);
    column->setSpacing(14);
    column->addWidget(m_chosen);
    column->addWidget(m_facts);
    column->addStretch();
    column->addWidget(m_pull);
    return frame;
}

QString RegistryPane::title() const {
    return tr("Registry");
}

QString RegistryPane::summary() const {
    return m_repositories->names().isEmpty() ? QString()
                                             : tr("%n repositories", nullptr, m_repositories->rowCount());
}

QString RegistryPane::filterHint() const {
    return tr("Filter repositories");
}
void RegistryPane::setFilter(const QString& text) {
    m_repositoryStack->table().setFilter(text);
}
void RegistryPane::focusContent() {
    m_repositoryStack->table().setFocus(Qt::OtherFocusReason);
}

// "ghcr.io"; "ghcr.io/owner/name" for registries that show no list; "nginx" to search Docker Hub for.
RegistryPane::Address RegistryPane::address() const {
    QString text = m_address->text().trimmed();
    // People paste addresses from a browser.
    for (const char* scheme : {"https://", "http://"}) {
        if (text.startsWith(QLatin1String(scheme)))
            text.remove(0, static_cast<qsizetype>(qstrlen(scheme)));
    }
    while (text.endsWith(QLatin1Char('/')))
        text.chop(1);
    // As in an image's name, a host has a dot or a port, or is "localhost".
    const bool isHost = text.contains(QLatin1Char('.')) || text.contains(QLatin1Char(':')) ||
                        text == QLatin1String("localhost");
    if (!text.contains(QLatin1Char('/')))
        return isHost || text.isEmpty() ? Address{text, {}, {}} : Address{kHub, {}, text};
    const auto reference = Reference::parse(text.toStdString());
    if (!reference)
        return {text, {}, {}};
    return {QString::fromStdString(reference->registry), QString::fromStdString(reference->repository), {}};
}

void RegistryPane::browse() {
    const auto [registry, repository, query] = address();
    m_error->dismiss();
    if (registry.isEmpty())
        return m_address->setFocus(Qt::OtherFocusReason);
    m_registry = registry;
    m_repositories->setNames({});
    m_tags->setNames({});
    chooseRepository({});
    m_browser.cancelAll();
    if (!query.isEmpty())
        return search(query);
    if (!repository.isEmpty())
        return showRepositories({repository}, {}, {});
    m_repositoryStack->empty().set(QStringLiteral("registry"), tr("Asking %1…").arg(registry), {});
    m_repositoryStack->showEmpty();
    Q_EMIT summaryChanged();
    m_browser.repositories(registry, [this](const Result<QStringList>& names) { takeRepositories(names); });
}

void RegistryPane::search(const QString& query) {
    m_repositoryStack->empty().set(QStringLiteral("search"), tr("Searching Docker Hub for “%1”…").arg(query),
                                   {});
    m_repositoryStack->showEmpty();
    Q_EMIT summaryChanged();
    m_browser.search(query, [this, query](const Result<QStringList>& found) {
        if (found)
            return showRepositories(*found, tr("Docker Hub has nothing for “%1”").arg(query),
                                    tr("For a registry, write its address with a dot or a port."));
        m_repositoryStack->empty().set(QStringLiteral("search"), tr("No search"), {});
        m_error->show(found.error(), tr("Docker Hub"), tr("Try again"), [this] { browse(); });
    });
}

void RegistryPane::takeRepositories(const Result<QStringList>& names) {
    if (!names) {
        m_repositoryStack->empty().set(
            QStringLiteral("registry"), tr("No list of repositories"),
            tr("A registry need not show one. Write the repository's name after the "
               "registry's: “%1/owner/name”.")
                .arg(m_registry));
        if (names.error().code == ErrorCode::AuthenticationNeeded)
            return m_error->show(names.error(), {}, tr("Log in…"),
                                 [this] { openAccount(m_registry, [this] { browse(); }); });
        m_error->show(names.error(), {}, tr("Try again"), [this] { browse(); });
        return;
    }
    Settings::setRegistry(m_registry);
    showRepositories(*names, tr("This registry is empty"), tr("Push an image to it, or browse another one."));
}

void RegistryPane::showRepositories(const QStringList& names, const QString& whenEmpty, const QString& hint) {
    m_repositories->setNames(names);
    if (names.isEmpty()) {
        m_repositoryStack->empty().set(QStringLiteral("registry"), whenEmpty, hint);
        m_repositoryStack->showEmpty();
    } else {
        m_repositoryStack->showTable();
        Table& table = m_repositoryStack->table();
        table.setCurrentIndex(table.proxy().index(0, 0));
    }
    Q_EMIT summaryChanged();
}

void RegistryPane::chooseRepository(const QString& name) {
    m_repository = name;
    m_tags->setNames({});
    chooseTag({});
    m_tagStack->empty().set({}, name.isEmpty() ? QString() : tr("Reading the tags…"), {});
    m_tagStack->showEmpty();
    if (!name.isEmpty())
        m_browser.tags(m_registry, name, [this](const Result<QStringList>& names) { takeTags(names); });
}

void RegistryPane::takeTags(const Result<QStringList>& names) {
    if (!names) {
        m_tagStack->empty().set({}, tr("No tags"), {});
        if (names.error().code == ErrorCode::AuthenticationNeeded)
            return m_error->show(names.error(), m_repository, tr("Log in…"), [this] {
                openAccount(m_registry, [this] { chooseRepository(m_repository); });
            });
        return m_error->show(names.error(), m_repository, tr("Try again"),
                             [this] { chooseRepository(m_repository); });
    }
    m_tags->setNames(*names);
    if (names->isEmpty()) {
        m_tagStack->empty().set({}, tr("No tags"), tr("Nothing in this repository has a name."));
        return m_tagStack->showEmpty();
    }
    m_tagStack->showTable();
    Table& table = m_tagStack->table();
    const auto latest = static_cast<int>(names->indexOf(QLatin1String("latest")));
    table.setCurrentIndex(latest >= 0 ? table.proxy().mapFromSource(m_tags->index(latest))
                                      : table.proxy().index(0, 0));
}

QString RegistryPane::chosenReference() const {
    return m_tag.isEmpty() ? QString()
                           : m_registry + QLatin1Char('/') + m_repository + QLatin1Char(':') + m_tag;
}

void RegistryPane::chooseTag(const QString& name) {
    m_tag = name;
    m_pull->setEnabled(!name.isEmpty());
    m_chosen->setText(name.isEmpty() ? tr("Choose a tag") : m_repository + QLatin1Char(':') + name);
    m_facts->set({});
    if (name.isEmpty())
        return;
    m_browser.details(m_registry, m_repository, name,
                      [this](const Result<TagDetails>& details) { takeDetails(details); });
}

void RegistryPane::takeDetails(const Result<TagDetails>& details) {
    if (!details) {
        // The pull says the same with more room; here a line is enough.
        m_facts->set({{tr("Problem"), QString::fromStdString(details.error().message)}});
        return;
    }
    QList<Fact> facts{{tr("Digest"), shortDigest(details->digest), true}};
    if (!details->platforms.isEmpty())
        facts.append({tr("Platforms"), details->platforms.join(QLatin1String(", "))});
    if (!details->layerSizes.isEmpty()) {
        facts.append({tr("Download"), formatBytes(details->downloadSize)});
        QStringList sizes;
        for (const quint64 size : details->layerSizes)
            sizes.append(formatBytes(size));
        facts.append(
            {tr("Layers"), QStringLiteral("%1 (%2)").arg(sizes.size()).arg(sizes.join(QLatin1String(", ")))});
    }
    facts.append({tr("Format"), details->mediaType});
    if (details->rateLimit) {
        const RateLimit& rate = *details->rateLimit;
        const QString words = tr("%1 of %2").arg(rate.remaining).arg(rate.limit);
        const auto hours = std::chrono::duration_cast<std::chrono::hours>(rate.window).count();
        facts.append({tr("Pulls left"),
                      hours > 0 ? tr("%1 in %n hours", nullptr, static_cast<int>(hours)).arg(words) : words});
    }
    m_facts->set(facts);
}

void RegistryPane::pullChosen() {
    if (!m_tag.isEmpty())
        pull(chosenReference(), m_registry);
}

void RegistryPane::pullByName() {
    const QString text = m_reference->text().trimmed();
    if (text.isEmpty())
        return m_reference->setFocus(Qt::OtherFocusReason);
    const auto reference = Reference::parse(text.toStdString());
    if (!reference)
        return m_error->show(reference.error(), text);
    pull(text, QString::fromStdString(reference->registry));
}

void RegistryPane::pull(const QString& reference, const QString& registry) {
    m_error->dismiss();
    m_accounts.find(registry, this, [this, reference, registry](const Result<RegistryAccount>& account) {
        if (!account) // without one it may work, too
            m_error->show(account.error(), tr("Docker's account"));
        const auto options = RegistryAccounts::pullOptions(registry, account.value_or(RegistryAccount()));
        if (!options)
            return showPullError(options.error(), reference, registry);
        start(reference, registry, *options);
    });
}

void RegistryPane::start(const QString& reference, const QString& registry, const QVariantMap& options) {
    m_client.pull(reference, options, this, [this, reference, registry](const Result<Job*>& job) {
        if (!job)
            return showPullError(job.error(), reference, registry);
        followPull(*job, reference, registry);
    });
}

void RegistryPane::followPull(Job* job, const QString& reference, const QString& registry) {
    m_panel->follow(job);
    const auto end = [this, job, reference, registry] {
        if (job->isDone())
            Q_EMIT pulled(reference);
        else if (!job->isCancelled())
            showPullError(job->error(), reference, registry);
    };
    if (!job->isRunning())
        return end();
    connect(job, &Job::ended, this, end);
}

void RegistryPane::showPullError(const Error& error, const QString& reference, const QString& registry) {
    const auto again = [this, reference, registry] { pull(reference, registry); };
    if (error.code == ErrorCode::AuthenticationNeeded)
        return m_error->show(error, tr("Pull %1").arg(reference), tr("Log in…"),
                             [this, registry, again] { openAccount(registry, again); });
    m_error->show(error, tr("Pull %1").arg(reference), tr("Try again"), again);
}

void RegistryPane::openAccount(const QString& registry, std::function<void()> then) {
    auto* dialog = new RegistryDialog(m_accounts, registry, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, then);
    dialog->open();
}

} // namespace escale::gui
