#include "gui/registry/registry_pane.h"

#include "engine/image/reference.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/job_panel.h"
#include "gui/common/settings.h"
#include "gui/common/table.h"
#include "gui/registry/names_model.h"
#include "gui/registry/registry_dialog.h"
#include "gui/registry/repository_page.h"
#include "gui/registry/tag_panel.h"
#include "gui/registry/tags_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>

namespace escale::gui {

static constexpr int kPause = 150; // milliseconds
static constexpr int kNamesWidth = 170;
static const QString kHub = QStringLiteral("docker.io");

RegistryPane::RegistryPane(EngineClient& client, RegistryAccounts& accounts, QWidget* parent)
    : Pane(parent)
    , m_client(client)
    , m_accounts(accounts)
    , m_browser(m_accounts)
    , m_images(
          this,
          [this](QObject* guard, Answer<dbus::ImageList> a) { m_client.listImages(guard, std::move(a)); },
          [this](const Result<dbus::ImageList>& images) { takeImages(images); })
    , m_address(new QLineEdit(this))
    , m_reference(new QLineEdit(this))
    , m_browse(new QPushButton(tr("&Browse"), this))
    , m_account(new QPushButton(tr("&Account…"), this))
    , m_pullByName(new QPushButton(tr("Pull"), this))
    , m_repositories(new NamesModel(tr("Repositories"), this))
    , m_repositoryStack(new TableStack(this))
    , m_page(new RepositoryPage(this))
    , m_tags(new TagsView(m_accounts, this))
    , m_details(new TagPanel(this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_panel(new JobPanel(QStringLiteral("registryPane"), this)) {
    setObjectName(QStringLiteral("registryPane"));
    buildLayout();
    m_address->setText(Settings::registry());
    connect(m_address, &QLineEdit::returnPressed, this, &RegistryPane::browse);
    connect(m_browse, &QPushButton::clicked, this, &RegistryPane::browse);
    connect(m_reference, &QLineEdit::returnPressed, this, &RegistryPane::pullByName);
    connect(m_pullByName, &QPushButton::clicked, this, &RegistryPane::pullByName);
    connect(&m_repositoryStack->table(), &Table::currentIdChanged, this, &RegistryPane::chooseRepository);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &RegistryPane::readTag);
    connect(m_tags, &TagsView::chosen, this, &RegistryPane::chooseTag);
    connect(m_tags, &TagsView::activated, this, &RegistryPane::pullChosen);
    connect(m_details, &TagPanel::pullRequested, this, &RegistryPane::pullChosen);
    connect(m_tags, &TagsView::deleteRequested, this, &RegistryPane::confirmDeletion);
    connect(m_details, &TagPanel::deleteRequested, this, &RegistryPane::confirmDeletion);
    connect(m_details, &TagPanel::platformChosen, this, &RegistryPane::readTag);
    connect(m_details, &TagPanel::retryRequested, this, &RegistryPane::readTag);
    connect(&m_client, &EngineClient::imagesChanged, this, [this] { m_images.refresh(); });
    connect(m_account, &QPushButton::clicked, this, [this] {
        if (address().registry.isEmpty())
            return m_address->setFocus(Qt::OtherFocusReason);
        openAccount(address().registry, [this] { browse(); });
    });
    connect(&m_browser, &RegistryBrowser::accountMissed, this,
            [this](const Error& error) { m_error->show(error, tr("Docker's account")); });
    if (m_client.state() == EngineClient::State::Ready)
        m_images.refresh();
    if (m_address->text().isEmpty()) {
        m_repositoryStack->empty().set(
            QStringLiteral("registry"), tr("Which registry?"),
            tr("Write a registry's address above to see what it has, “ghcr.io/owner/name” "
               "for one that shows no list, or a word to search Docker Hub for."));
    } else {
        QTimer::singleShot(0, this, &RegistryPane::browse); // after the first paint
    }
}

RegistryPane::~RegistryPane() = default;

void RegistryPane::buildLayout() {
    m_repositoryStack->table().setObjectName(QStringLiteral("registryPane.repositories"));
    m_repositoryStack->table().setAccessibleName(tr("Repositories"));
    m_repositoryStack->table().setSource(m_repositories, 0);
    m_repositoryStack->setMinimumWidth(kNamesWidth);
    auto* left = card(this);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(1, 1, 1, 1);
    leftColumn->addWidget(m_repositoryStack);
    auto* upper = card(this);
    auto* upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(1, 1, 1, 1);
    upperColumn->setSpacing(0);
    upperColumn->addWidget(m_page);
    upperColumn->addWidget(m_tags, 1);
    auto* right = new QSplitter(Qt::Vertical, this);
    right->setHandleWidth(12);
    right->setChildrenCollapsible(false);
    right->addWidget(upper);
    right->addWidget(m_details);
    right->setStretchFactor(0, 1);
    right->setStretchFactor(1, 1);
    right->setSizes({300, 300});
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(12);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({230, 800});
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 0, 20, 16);
    all->setSpacing(12);
    all->addWidget(buildAddress());
    all->addWidget(m_error);
    all->addWidget(m_confirmation);
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
    m_page->clear();
    m_tags->clear(name.isEmpty() ? QString() : tr("Reading the tags…"));
    chooseTag({});
    if (name.isEmpty())
        return;
    m_browser.tags(m_registry, name, [this](const Result<QStringList>& names) { takeTags(names); });
    if (m_registry == kHub)
        m_browser.page(name, [this](const Result<HubRepository>& page) {
            if (page) // without it the tags are as good
                m_page->set(*page);
        });
}

void RegistryPane::takeTags(const Result<QStringList>& names) {
    if (!names) {
        m_tags->clear(tr("No tags"));
        if (names.error().code == ErrorCode::AuthenticationNeeded)
            return m_error->show(names.error(), m_repository, tr("Log in…"), [this] {
                openAccount(m_registry, [this] { chooseRepository(m_repository); });
            });
        return m_error->show(names.error(), m_repository, tr("Try again"),
                             [this] { chooseRepository(m_repository); });
    }
    if (names->isEmpty())
        return m_tags->clear(tr("No tags"), tr("Nothing in this repository has a name."));
    m_tags->setTags(m_registry, m_repository, *names);
}

QString RegistryPane::chosenReference() const {
    return m_tag.isEmpty() ? QString()
                           : m_registry + QLatin1Char('/') + m_repository + QLatin1Char(':') + m_tag;
}

void RegistryPane::chooseTag(const QString& name) {
    m_tag = name;
    m_details->begin(name.isEmpty() ? QString() : m_repository + QLatin1Char(':') + name);
    m_pause.stop();
    if (!name.isEmpty())
        m_pause.start();
}

void RegistryPane::readTag() {
    m_browser.details(m_registry, m_repository, m_tag, m_details->chosenPlatform(),
                      [this](const Result<TagDetails>& details) {
                          if (details)
                              m_details->setDetails(*details);
                          else
                              m_details->setError(details.error());
                      });
}

void RegistryPane::confirmDeletion() {
    if (m_tag.isEmpty())
        return;
    m_confirmation->ask(
        tr("Delete the tag “%1” from %2? Nobody can pull it by this name any more.").arg(m_tag, m_registry),
        tr("Delete the tag"), [this, registry = m_registry, repository = m_repository, tag = m_tag] {
            deleteTag(registry, repository, tag);
        });
}

void RegistryPane::deleteTag(const QString& registry, const QString& repository, const QString& tag) {
    m_error->dismiss();
    m_browser.deleteTag(registry, repository, tag, [=, this](const Result<bool>& deleted) {
        const QString what = tr("Delete %1").arg(repository + QLatin1Char(':') + tag);
        if (!deleted && deleted.error().code == ErrorCode::AuthenticationNeeded)
            return m_error->show(deleted.error(), what, tr("Log in…"), [=, this] {
                openAccount(registry, [=, this] { deleteTag(registry, repository, tag); });
            });
        if (!deleted)
            return m_error->show(deleted.error(), what);
        if (registry == m_registry && repository == m_repository)
            m_tags->remove(tag);
    });
}

void RegistryPane::takeImages(const Result<dbus::ImageList>& images) {
    if (!images)
        return m_details->setHere(std::nullopt); // the images' pane says why
    QSet<QString> here;
    for (const dbus::Image& image : *images) {
        for (const dbus::ImageLayer& layer : image.layers)
            here.insert(layer.diffId);
    }
    m_details->setHere(here);
}

void RegistryPane::pullChosen() {
    if (!m_tag.isEmpty())
        pull(chosenReference(), m_registry, m_details->chosenPlatform());
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

void RegistryPane::pull(const QString& reference, const QString& registry, const QString& platform) {
    m_error->dismiss();
    m_accounts.find(
        registry, this, [this, reference, registry, platform](const Result<RegistryAccount>& account) {
            if (!account) // without one it may work, too
                m_error->show(account.error(), tr("Docker's account"));
            auto options = RegistryAccounts::pullOptions(registry, account.value_or(RegistryAccount()));
            if (!options)
                return showPullError(options.error(), reference, registry);
            if (!platform.isEmpty())
                options->insert(QStringLiteral("platform"), platform);
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
