#include "gui/build/build_form.h"

#include "gui/build/build_arguments.h"
#include "gui/common/buttons.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/noted_field.h"
#include "gui/containers/build_trace.h"
#include "gui/containers/option_field.h"
#include "gui/containers/row_list.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <tuple>

namespace escale::gui {
namespace {

constexpr int kOptionsHeight = 286;
const QString kHostNetwork = QStringLiteral("network.host"), kInsecure = QStringLiteral("security.insecure");

QLabel* heading(const QString& text, QWidget* parent) {
    return label(text, "field", parent);
}

} // namespace

BuildForm::BuildForm(QWidget* parent)
    : QWidget(parent)
    , m_tags(new QLineEdit)
    , m_tagField(new NotedField(m_tags, QStringLiteral("buildForm.tags"), tr("Tags of the image"), this))
    , m_target(new QComboBox(this))
    , m_platform(new QComboBox(this))
    , m_network(new QComboBox(this))
    , m_output(new QComboBox(this))
    , m_more(new QPushButton(this))
    , m_options(new QScrollArea(this))
    , m_arguments(new BuildArguments)
    , m_labels(nullptr)
    , m_secrets(nullptr)
    , m_path(new QLineEdit(this))
    , m_outputNote(label({}, "muted", this))
    , m_command(label({}, "muted", this)) {
    setObjectName(QStringLiteral("buildForm"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    buildFirstRow(column);
    m_options->setWidget(makeOptions());
    m_options->setWidgetResizable(true);
    m_options->setObjectName(QStringLiteral("buildForm.options"));
    m_options->setFixedHeight(kOptionsHeight);
    m_options->hide();
    column->addWidget(m_options);
    connect(m_more, &QPushButton::toggled, this, [this](bool on) {
        // Never beside what makes way for it: the window would grow.
        if (on)
            Q_EMIT optionsToggled(true);
        m_options->setVisible(on);
        m_more->setIcon(icon(on ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down")));
        if (!on)
            Q_EMIT optionsToggled(false);
    });
    updateOutput();
    takeEdit();
    orderKeys();
}

// As it is read: the first row, then the lists, then the choices.
void BuildForm::orderKeys() {
    const auto chain = [](std::initializer_list<QWidget*> widgets) {
        for (auto one = widgets.begin(); one + 1 != widgets.end(); ++one)
            setTabOrder(*one, *(one + 1));
    };
    chain({m_tags, m_target, m_more});
    chain({m_agent, m_platform, m_network, m_output, m_path});
    QWidget* before = m_more;
    for (QLineEdit* field : m_arguments->findChildren<QLineEdit*>()) {
        setTabOrder(before, field);
        before = field;
    }
}

void BuildForm::buildFirstRow(QVBoxLayout* column) {
    m_tags->setPlaceholderText(tr("name:tag, several with spaces between"));
    m_target->setObjectName(QStringLiteral("buildForm.target"));
    m_target->setAccessibleName(tr("Target stage"));
    m_target->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_target->setMinimumContentsLength(14);
    m_target->addItem(tr("the last stage"), QString());
    m_more->setObjectName(QStringLiteral("buildForm.more"));
    m_more->setIcon(icon(QStringLiteral("chevron-down")));
    m_more->setText(tr("More &options"));
    m_more->setCheckable(true);
    auto* tags = heading(tr("Ta&gs"), this);
    tags->setBuddy(m_tags);
    auto* target = heading(tr("Tar&get"), this);
    target->setBuddy(m_target);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(tags, 0, Qt::AlignTop);
    row->addWidget(m_tagField, 3, Qt::AlignTop);
    row->addSpacing(8);
    row->addWidget(target, 0, Qt::AlignTop);
    row->addWidget(m_target, 1, Qt::AlignTop);
    row->addWidget(m_more, 0, Qt::AlignTop);
    for (QLabel* one : {tags, target})
        one->setMinimumHeight(m_tags->sizeHint().height());
    column->addLayout(row);
    connect(m_tags, &QLineEdit::textChanged, this, &BuildForm::takeEdit);
    connect(m_target, &QComboBox::currentIndexChanged, this, [this] {
        takeEdit();
        if (!m_isSetting)
            Q_EMIT planEdited();
    });
}

QWidget* BuildForm::makeOptions() {
    auto* all = new QWidget;
    all->setProperty("role", "clear");
    auto* row = new QHBoxLayout(all);
    row->setContentsMargins(0, 4, 8, 4);
    row->setSpacing(28);
    row->addWidget(makeLists(), 3);
    row->addWidget(makeChoices(), 2);
    return all;
}

QWidget* BuildForm::makeLists() {
    auto* side = new QWidget;
    const auto split = [](const QString& text) {
        const auto at = text.indexOf(u'=');
        return QStringList{at < 0 ? text : text.left(at), at < 0 ? QString() : text.mid(at + 1)};
    };
    const auto join = [](const QStringList& cells) { return cells.value(0) + u'=' + cells.value(1); };
    RowShape labels{
        {{tr("name"), {}, 2}, {tr("value"), QStringLiteral("="), 3}}, tr("Add a label"), split, join};
    RowCell file{tr("file"), QStringLiteral("←"), 3};
    file.browses = file.browsesFiles = true;
    RowShape secrets{{{tr("id"), {}, 2}, file}, tr("Add a secret"), split, join};
    m_labels = new RowList(labels, QStringLiteral("buildForm.labels"), tr("Labels"), side);
    m_secrets = new RowList(secrets, QStringLiteral("buildForm.secrets"), tr("Secrets"), side);
    auto* hint = label(tr("A file that RUN --mount=type=secret,id=… reads. It is in no layer, no log and no "
                          "history."),
                       "muted", side);
    hint->setWordWrap(true);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(heading(tr("Build arguments"), side));
    column->addWidget(m_arguments);
    column->addSpacing(8);
    column->addWidget(heading(tr("Labels"), side));
    column->addWidget(m_labels);
    column->addSpacing(8);
    column->addWidget(heading(tr("Secrets"), side));
    column->addWidget(hint);
    column->addWidget(m_secrets);
    column->addStretch();
    for (RowList* list : {m_labels, m_secrets})
        connect(list, &OptionEditor::edited, this, &BuildForm::takeEdit);
    connect(m_arguments, &BuildArguments::edited, this, [this] {
        takeEdit();
        if (!m_isSetting)
            Q_EMIT planEdited();
    });
    return side;
}

QCheckBox* BuildForm::tick(const char* name, const QString& words, const QString& tip, QVBoxLayout* column) {
    auto* box = new QCheckBox(words, this);
    box->setObjectName(QStringLiteral("buildForm.") + QLatin1String(name));
    box->setToolTip(tip);
    column->addWidget(box);
    connect(box, &QCheckBox::toggled, this, &BuildForm::takeEdit);
    return box;
}

QWidget* BuildForm::makeChoices() {
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_noCache = tick("noCache", tr("Build every step anew"),
                     tr("--no-cache: nothing is taken from earlier builds"), column);
    m_pull = tick("pull", tr("Look for newer base images"), tr("--pull: asks their registries"), column);
    m_agent =
        tick("agent", tr("Lend the SSH agent"),
             tr("--ssh default: RUN --mount=type=ssh may sign with your keys; it never sees them"), column);
    column->addSpacing(6);
    buildGrid(column);
    column->addSpacing(8);
    buildCommand(column);
    column->addSpacing(8);
    addLimits(column);
    column->addStretch();
    return side;
}

void BuildForm::buildGrid(QVBoxLayout* column) {
    m_platform->setEditable(true);
    m_platform->setInsertPolicy(QComboBox::NoInsert);
    m_platform->addItems({QString(), QStringLiteral("linux/amd64"), QStringLiteral("linux/arm64"),
                          QStringLiteral("linux/arm/v7")});
    m_platform->lineEdit()->setPlaceholderText(tr("this machine's"));
    m_network->addItem(tr("RUN reaches the network"), QString());
    m_network->addItem(tr("RUN has no network"), QStringLiteral("none"));
    m_network->addItem(tr("RUN is in this machine's network"), QStringLiteral("host"));
    m_output->addItem(tr("Keep it in the store"), static_cast<int>(BuildOutput::Store));
    m_output->addItem(tr("Save it in an archive, too"), static_cast<int>(BuildOutput::Archive));
    m_output->addItem(tr("Write its files into a folder, too"), static_cast<int>(BuildOutput::Folder));
    m_output->addItem(tr("Push it, too"), static_cast<int>(BuildOutput::Push));
    QAction* browse = m_path->addAction(icon(QStringLiteral("folder")), QLineEdit::TrailingPosition);
    browse->setText(tr("Choose where to"));
    browse->setToolTip(browse->text());
    connect(browse, &QAction::triggered, this, &BuildForm::choosePath);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    const std::tuple<QString, QComboBox*, const char*> rows[] = {{tr("&Platform"), m_platform, "platform"},
                                                                 {tr("&Network"), m_network, "network"},
                                                                 {tr("Th&en"), m_output, "output"}};
    int at = 0;
    for (const auto& [words, field, name] : rows) {
        auto* title = heading(words, this);
        title->setBuddy(field);
        field->setObjectName(QStringLiteral("buildForm.") + QLatin1String(name));
        field->setAccessibleName(QString(words).remove(u'&'));
        field->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        grid->addWidget(title, at, 0);
        grid->addWidget(field, at++, 1);
    }
    m_path->setObjectName(QStringLiteral("buildForm.path"));
    m_path->setAccessibleName(tr("Where the image goes"));
    m_outputNote->setWordWrap(true);
    grid->addWidget(m_path, at++, 1);
    grid->addWidget(m_outputNote, at, 1);
    column->addLayout(grid);
    connect(m_platform, &QComboBox::currentTextChanged, this, &BuildForm::takeEdit);
    connect(m_network, &QComboBox::currentIndexChanged, this, &BuildForm::takeEdit);
    connect(m_output, &QComboBox::currentIndexChanged, this, &BuildForm::updateOutput);
    connect(m_path, &QLineEdit::textChanged, this, &BuildForm::takeEdit);
}

void BuildForm::choosePath() {
    const bool isArchive = m_output->currentData().toInt() == static_cast<int>(BuildOutput::Archive);
    auto* dialog = new QFileDialog(this, tr("Choose where to"), m_folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(isArchive ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(isArchive ? QFileDialog::AnyFile : QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

// With the names, explanations and rules that they have where a container is run.
void BuildForm::addLimits(QVBoxLayout* column) {
    column->addWidget(heading(tr("What RUN may use"), this));
    for (const QString& key : buildLimits()) {
        auto* field = new OptionField(*dockerOption(key), this);
        m_limits.append(field);
        connect(field, &OptionField::changed, this, &BuildForm::takeEdit);
    }
    m_limits[0]->setPlaceholder(tr("no limit"));
    auto* halves = new QHBoxLayout;
    halves->setSpacing(12);
    halves->addWidget(m_limits[0], 1, Qt::AlignTop);
    halves->addWidget(m_limits[1], 1, Qt::AlignTop);
    column->addLayout(halves);
    column->addWidget(m_limits[2]);
    column->addWidget(m_limits[3]);
    m_hostNetwork =
        tick("hostNetwork", tr("RUN may ask for this machine's network"),
             tr("--allow network.host, for RUN --network=host: wants an administrator's password"), column);
    m_insecure =
        tick("insecure", tr("RUN may ask for all rights"),
             tr("--allow security.insecure, for RUN --security=insecure: wants an administrator's password"),
             column);
}

void BuildForm::buildCommand(QVBoxLayout* column) {
    auto* row = new QHBoxLayout;
    row->addWidget(heading(tr("The docker command"), this), 1);
    auto* copy = flatButton(QStringLiteral("copy"), tr("Copy the command"), this);
    row->addWidget(copy);
    column->addLayout(row);
    m_command->setObjectName(QStringLiteral("buildForm.command"));
    m_command->setFont(monospace(font()));
    m_command->setWordWrap(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_command->setAccessibleName(tr("The docker command that does the same"));
    column->addWidget(m_command);
    connect(copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_command->text()); });
}

void BuildForm::setSettings(const BuildSettings& settings) {
    m_isSetting = true;
    m_folder = settings.folder;
    m_dockerfile = settings.dockerfile;
    m_tags->setText(settings.tags.join(u' '));
    if (m_target->findData(settings.target) < 0)
        m_target->addItem(settings.target, settings.target);
    m_target->setCurrentIndex(m_target->findData(settings.target));
    m_arguments->setValues(settings.arguments);
    orderKeys();
    QStringList labels, secrets;
    for (auto one = settings.labels.begin(); one != settings.labels.end(); ++one)
        labels.append(one.key() + u'=' + one.value());
    for (const BuildSecret& secret : settings.secrets)
        secrets.append(secret.id + u'=' + secret.file);
    m_labels->setTexts(labels);
    m_secrets->setTexts(secrets);
    m_noCache->setChecked(settings.noCache);
    m_pull->setChecked(settings.pull);
    m_agent->setChecked(settings.usesAgent);
    m_platform->setCurrentText(settings.platform);
    m_network->setCurrentIndex(std::max(0, m_network->findData(settings.network)));
    for (OptionField* field : std::as_const(m_limits))
        field->setValue(settings.limits.value(field->key()));
    m_hostNetwork->setChecked(settings.allowed.contains(kHostNetwork));
    m_insecure->setChecked(settings.allowed.contains(kInsecure));
    m_output->setCurrentIndex(m_output->findData(static_cast<int>(settings.output)));
    m_path->setText(settings.outputPath);
    m_isSetting = false;
    updateOutput();
}

BuildSettings BuildForm::settings() const {
    BuildSettings settings;
    settings.folder = m_folder;
    settings.dockerfile = m_dockerfile;
    settings.tags = splitTags(m_tags->text());
    settings.target = m_target->currentData().toString();
    settings.arguments = m_arguments->values();
    for (const QString& text : m_labels->texts())
        settings.labels.insert(text.section(u'=', 0, 0).trimmed(), text.section(u'=', 1));
    for (const QString& text : m_secrets->texts())
        settings.secrets.append({text.section(u'=', 0, 0).trimmed(), text.section(u'=', 1).trimmed()});
    settings.noCache = m_noCache->isChecked();
    settings.pull = m_pull->isChecked();
    settings.usesAgent = m_agent->isChecked();
    settings.platform = m_platform->currentText().trimmed();
    settings.network = m_network->currentData().toString();
    for (const OptionField* field : m_limits) {
        if (const auto value = field->value())
            settings.limits.insert(field->key(), *value);
    }
    if (m_hostNetwork->isChecked())
        settings.allowed.append(kHostNetwork);
    if (m_insecure->isChecked())
        settings.allowed.append(kInsecure);
    settings.output = static_cast<BuildOutput>(m_output->currentData().toInt());
    settings.outputPath = m_path->text().trimmed();
    return settings;
}

void BuildForm::setPlace(const QString& folder, const QString& dockerfile) {
    m_folder = folder;
    m_dockerfile = dockerfile;
    takeEdit();
}

void BuildForm::setDockerfile(const std::string& text) {
    const BuildFile file = readBuildFile(parseDockerfile(text));
    m_arguments->setDeclared(declaredArguments(file));
    orderKeys();
    QStringList names;
    for (const BuildStage& stage : file.stages) {
        if (!stage.name.empty())
            names.append(QString::fromStdString(stage.name));
    }
    QStringList shown;
    for (int i = 1; i < m_target->count(); ++i)
        shown.append(m_target->itemData(i).toString());
    if (names == shown)
        return;
    m_isSetting = true;
    const QString current = m_target->currentData().toString();
    while (m_target->count() > 1)
        m_target->removeItem(1);
    for (const QString& name : std::as_const(names))
        m_target->addItem(name, name);
    m_target->setCurrentIndex(std::max(0, m_target->findData(current)));
    m_isSetting = false;
    takeEdit();
}

void BuildForm::setOptionsShown(bool shown) {
    m_more->setChecked(shown);
}

bool BuildForm::areOptionsShown() const {
    return m_more->isChecked();
}

QString BuildForm::problem() const {
    for (const OptionField* field : m_limits) {
        if (!field->problem().isEmpty())
            return field->title() + QStringLiteral(": ") + field->problem();
    }
    return settingsProblem(settings());
}

void BuildForm::showProblems() {
    const BuildSettings now = settings();
    const bool isInTags = std::any_of(now.tags.begin(), now.tags.end(),
                                      [](const QString& tag) { return !tagProblem(tag).isEmpty(); });
    if (!isInTags && !problem().isEmpty() && !now.dockerfile.isEmpty())
        setOptionsShown(true);
}

void BuildForm::updateTags() {
    QString problem;
    for (const QString& tag : splitTags(m_tags->text())) {
        if (problem.isEmpty())
            problem = tagProblem(tag);
    }
    m_tagField->setProblem(problem);
}

void BuildForm::updateOutput() {
    const auto output = static_cast<BuildOutput>(m_output->currentData().toInt());
    const bool wantsPath = output == BuildOutput::Archive || output == BuildOutput::Folder;
    m_path->setVisible(wantsPath);
    m_path->setPlaceholderText(output == BuildOutput::Archive ? tr("image.tar") : tr("a folder"));
    m_outputNote->setText(
        output == BuildOutput::Folder ? tr("The files are yours there, whoever owns them in the image.")
        : output == BuildOutput::Push ? tr("With the account that is known at the registry.")
                                      : QString());
    m_outputNote->setVisible(!m_outputNote->text().isEmpty());
    takeEdit();
}

void BuildForm::updateCommand() {
    const BuildSettings now = settings();
    QList<std::pair<QString, QString>> secrets;
    for (const BuildSecret& secret : now.secrets)
        secrets.append({secret.id, secret.file});
    QString output;
    if (now.output == BuildOutput::Archive)
        output = QStringLiteral("type=docker,dest=") + now.outputPath;
    else if (now.output == BuildOutput::Folder)
        output = QStringLiteral("type=local,dest=") + now.outputPath;
    else if (now.output == BuildOutput::Push)
        output = QStringLiteral("type=registry");
    m_command->setText(
        dockerBuildLine(buildOptions(now), QStringLiteral("."), secrets, now.usesAgent, output));
}

void BuildForm::takeEdit() {
    if (m_isSetting || m_insecure == nullptr)
        return;
    updateTags();
    updateCommand();
    Q_EMIT edited();
}

} // namespace escale::gui
