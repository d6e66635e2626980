#include "gui/stacks/convert_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/containers/docker_command.h"
#include "gui/containers/state_text.h"
#include "gui/stacks/compose_text.h"
#include "helper/dbus/container_options_map.h"

#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr QSize kSize(980, 660);
static constexpr int kPause = 200; // milliseconds

compose::ContainerAsked askedOf(const RunRequest& request) {
    compose::ContainerAsked asked;
    asked.image = request.image.toStdString();
    // docker sets no limit that a line does not name.
    if (!request.options.contains(QStringLiteral("memory")))
        asked.options.memoryBytes = 0;
    optionsFromBus(request.options, asked.options);
    for (const QString& word : request.command)
        asked.options.command.push_back(word.toStdString());
    return asked;
}

compose::ContainerAsked askedOf(const ContainerDetails& details) {
    compose::ContainerAsked asked;
    asked.image = details.container.image.toStdString();
    optionsFromBus(details.options, asked.options);
    asked.options.name = details.container.name.toStdString();
    for (const QString& word : details.container.command)
        asked.options.command.push_back(word.toStdString());
    return asked;
}

ConvertDialog::ConvertDialog(EngineClient& client, QWidget* parent)
    : QDialog(parent)
    , m_client(client)
    , m_tabs(new QTabWidget(this))
    , m_list(new QListWidget(this))
    , m_external(new QCheckBox(tr("&Keep their names, networks and volumes"), this))
    , m_line(new QPlainTextEdit(this))
    , m_preview(new ComposeText(true, this))
    , m_words(label({}, "muted", this))
    , m_name(new QLineEdit(this))
    , m_folder(new QLineEdit(this))
    , m_error(new ErrorBanner(this))
    , m_accept(primaryButton(tr("&Open in the editor"), QStringLiteral("convertDialog.accept"), this)) {
    setObjectName(QStringLiteral("convertDialog"));
    setWindowTitle(tr("Make a Compose file"));
    resize(kSize);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    buildLayout();
    connect(&m_pause, &QTimer::timeout, this, &ConvertDialog::renew);
    connect(m_list, &QListWidget::itemChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_line, &QPlainTextEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_external, &QCheckBox::toggled, this, &ConvertDialog::renew);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ConvertDialog::renew);
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString& name) {
        if (!m_folder->isModified())
            m_folder->setText(QDir::homePath() + QStringLiteral("/stacks/") + name);
        m_pause.start();
    });
    connect(m_folder, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_accept, &QPushButton::clicked, this, &ConvertDialog::submit);
    m_name->setText(QStringLiteral("stack"));
    m_client.listContainers(this, [this](const Result<dbus::ContainerList>& list) {
        if (!list)
            return m_error->show(list.error(), tr("Read the list of containers"));
        takeContainers(*list);
    });
    renew();
}

QWidget* ConvertDialog::buildContainers() {
    auto* page = new QWidget(this);
    m_list->setObjectName(QStringLiteral("convertDialog.containers"));
    m_list->setAccessibleName(tr("Containers"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_external->setObjectName(QStringLiteral("convertDialog.external"));
    m_external->setToolTip(tr("The file then goes on with the networks and volumes that they have now"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_list, 1);
    column->addWidget(m_external);
    return page;
}

QWidget* ConvertDialog::buildLine() {
    auto* page = new QWidget(this);
    m_line->setObjectName(QStringLiteral("convertDialog.line"));
    m_line->setAccessibleName(tr("docker run line"));
    m_line->setPlaceholderText(QStringLiteral("docker run -d --name web -p 8080:80 -v data:/data nginx"));
    m_line->setTabChangesFocus(true);
    QFont fixed(QStringLiteral("monospace"));
    fixed.setStyleHint(QFont::Monospace);
    m_line->setFont(fixed);
    auto* hint =
        label(tr("Paste a docker run line, as a README has it; several lines may follow each other."),
              "muted", page);
    hint->setWordWrap(true);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(hint);
    column->addWidget(m_line, 1);
    return page;
}

void ConvertDialog::buildLayout() {
    m_tabs->setObjectName(QStringLiteral("convertDialog.tabs"));
    m_tabs->addTab(buildContainers(), tr("&Containers"));
    m_tabs->addTab(buildLine(), tr("A docker &run line"));
    m_preview->setObjectName(QStringLiteral("convertDialog.preview"));
    m_preview->setAccessibleName(tr("The Compose file"));
    m_preview->setProperty("framed", true);
    m_preview->setReadOnly(true);
    m_preview->setTabChangesFocus(true);
    m_words->setObjectName(QStringLiteral("convertDialog.words"));
    m_words->setWordWrap(true);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(12);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_tabs);
    splitter->addWidget(m_preview);
    splitter->setSizes({400, 540});
    const auto field = [this](const QString& words, QLineEdit* edit, const char* name,
                              const QString& spoken) {
        auto* text = new QLabel(words, this);
        text->setBuddy(edit);
        edit->setObjectName(QStringLiteral("convertDialog.") + QLatin1String(name));
        edit->setAccessibleName(spoken);
        return text;
    };
    auto* choose = new QPushButton(tr("Ch&oose…"), this);
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &ConvertDialog::chooseFolder);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->addWidget(field(tr("Stack's &name"), m_name, "name", tr("Name of the stack")), 0, 0);
    grid->addWidget(m_name, 0, 1);
    grid->addWidget(field(tr("&Folder"), m_folder, "folder", tr("Folder of the stack")), 0, 2);
    grid->addWidget(m_folder, 0, 3);
    grid->addWidget(choose, 0, 4);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 2);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_words, 1);
    foot->addWidget(cancel);
    foot->addWidget(m_accept);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_error);
    column->addWidget(splitter, 1);
    column->addLayout(grid);
    column->addLayout(foot);
}

void ConvertDialog::showRunLine() {
    m_tabs->setCurrentIndex(1);
    m_line->setFocus(Qt::OtherFocusReason);
}

void ConvertDialog::choose(const QStringList& containers) {
    m_wanted = containers;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_wanted.contains(m_list->item(row)->data(Qt::UserRole).toString()))
            m_list->item(row)->setCheckState(Qt::Checked);
    }
}

void ConvertDialog::takeContainers(const dbus::ContainerList& containers) {
    for (const dbus::Container& container : containers) {
        const QString state = stateText(container);
        auto* item = new QListWidgetItem(
            QStringLiteral("%1 — %2, %3").arg(container.name, container.image, state), m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(Qt::Unchecked);
        item->setData(Qt::UserRole, container.id);
    }
    if (containers.isEmpty())
        showRunLine();
    choose(m_wanted);
    renew();
}

// Those that are ticked and not known yet.
void ConvertDialog::askMissing() {
    for (int row = 0; row < m_list->count(); ++row) {
        const QString id = m_list->item(row)->data(Qt::UserRole).toString();
        if (m_list->item(row)->checkState() != Qt::Checked || m_details.contains(id))
            continue;
        m_details.insert(id, std::nullopt);
        m_client.inspect(id, this, [this, id](const Result<ContainerDetails>& details) {
            if (!details) {
                m_details.remove(id);
                return m_error->show(details.error(), tr("Look at the container"));
            }
            m_details.insert(id, *details);
            renew();
        });
    }
}

void ConvertDialog::renew() {
    std::vector<compose::ContainerAsked> asked;
    const bool isLine = m_tabs->currentIndex() == 1;
    QStringList warnings;
    if (isLine) {
        // A line that begins with docker or podman begins another container.
        static const QRegularExpression kNext(
            QStringLiteral("\\n(?=\\s*(?:\\$\\s*)?(?:sudo\\s+)?(?:docker|podman)\\s)"));
        for (const QString& line : m_line->toPlainText().split(kNext)) {
            if (line.trimmed().isEmpty())
                continue;
            const Result<ParsedRun> parsed = parseDockerRun(line);
            if (!parsed)
                return fail(QString::fromStdString(parsed.error().message));
            warnings << parsed->warnings;
            asked.push_back(askedOf(parsed->request));
        }
        if (asked.empty())
            return fail(tr("Paste a line at the left."));
    } else {
        askMissing();
        for (int row = 0; row < m_list->count(); ++row) {
            const auto known = m_details.constFind(m_list->item(row)->data(Qt::UserRole).toString());
            if (m_list->item(row)->checkState() == Qt::Checked && known != m_details.constEnd() &&
                known->has_value())
                asked.push_back(askedOf(**known));
        }
        if (asked.empty())
            return fail(tr("Tick the containers that belong together."));
    }
    compose::ComposeText made =
        compose::composeOf(asked, m_name->text().trimmed().toStdString(), !isLine && m_external->isChecked());
    for (const QString& warning : std::as_const(warnings))
        made.warnings.push_back(warning.toStdString());
    showMade(made);
}

void ConvertDialog::showMade(const compose::ComposeText& made) {
    m_text = QString::fromStdString(made.yaml);
    if (m_preview->toPlainText() != m_text)
        m_preview->setPlainText(m_text);
    QStringList words;
    for (const std::string& warning : made.warnings)
        words << QString::fromStdString(warning);
    const QString folder = m_folder->text().trimmed();
    if (QFileInfo::exists(folder + QStringLiteral("/compose.yaml")))
        return fail(tr("That folder has a compose.yaml already: choose another one."));
    m_words->setText(words.isEmpty() ? tr("It is written when you save it in the editor.")
                                     : words.join(u'\n'));
    m_accept->setEnabled(QDir::isAbsolutePath(folder));
}

void ConvertDialog::fail(const QString& words) {
    m_words->setText(words);
    m_accept->setEnabled(false);
}

void ConvertDialog::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Choose the folder of the stack"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_folder->setText(path);
        m_folder->setModified(true);
    });
    dialog->open();
}

void ConvertDialog::submit() {
    const QString folder = m_folder->text().trimmed();
    if (!QDir().mkpath(folder))
        return m_error->show(
            {ErrorCode::SystemFailure, tr("the folder %1 cannot be made").arg(folder).toStdString(), {}, {}},
            tr("Make a Compose file"));
    Q_EMIT made(folder + QStringLiteral("/compose.yaml"), m_text);
    accept();
}

} // namespace escale::gui
