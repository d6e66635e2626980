#include "gui/volumes/create_volume_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/noted_field.h"
#include "gui/containers/docker_options.h"
#include "gui/containers/volume_trace.h"
#include "gui/volumes/connection_text.h"
#include "gui/volumes/volume_text.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>

namespace escale::gui {

static constexpr int kPause = 250; // milliseconds without a key before the engine is asked
static constexpr QSize kSize(640, 0);

CreateVolumeDialog::CreateVolumeDialog(EngineClient& client, QWidget* parent)
    : ActionDialog(QStringLiteral("createVolumeDialog"), tr("New volume"), tr("Create"), parent)
    , m_client(client)
    , m_kind(new QComboBox(this))
    , m_version(new QComboBox(this))
    , m_line(label({}, "text", this)) {
    resize(kSize);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &CreateVolumeDialog::askCheck);
    buildFields();
    buildTest();
    buildLine();
    showRows();
    edited();
}

template <class Field>
Field* CreateVolumeDialog::addRow(Row row, const QString& title, const char* name, Field* field) {
    const QString objectName = QStringLiteral("createVolumeDialog.") + QLatin1String(name);
    m_rows[row] = new NotedField(field, objectName, QString(title).remove(u'&'), this);
    m_titles[row] = addField(title, m_rows[row], QLatin1String(name) + QStringLiteral("Row"));
    return field;
}

void CreateVolumeDialog::buildFields() {
    const std::pair<const char*, QString> kinds[] = {{"local", tr("On this machine, kept by Escale")},
                                                     {"nfs", tr("On a server of the network (NFS)")},
                                                     {"bind", tr("A folder of this machine")},
                                                     {"tmpfs", tr("In memory")},
                                                     {"device", tr("A device, or another file system")}};
    for (const auto& [kind, words] : kinds)
        m_kind->addItem(words, QLatin1String(kind));
    const std::pair<const char*, QString> versions[] = {{"", tr("the newest that both have")},
                                                        {"4.2", QStringLiteral("4.2")},
                                                        {"4.1", QStringLiteral("4.1")},
                                                        {"4", QStringLiteral("4")},
                                                        {"3", QStringLiteral("3")}};
    for (const auto& [version, words] : versions)
        m_version->addItem(words, QLatin1String(version));
    for (QComboBox* box : {m_kind, m_version}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(16);
    }
    const auto line = [this](Row row, const QString& title, const char* name, const QString& placeholder) {
        addRow(row, title, name, new QLineEdit(this))->setPlaceholderText(placeholder);
    };
    line(Name, tr("&Name"), "name", tr("for example web-data"));
    addRow(Kind, tr("&Where its files are"), "kind", m_kind);
    buildFolder();
    line(Server, tr("&Server"), "server", tr("its name or address, for example nas.home"));
    line(Path, tr("&Path there"), "path", QStringLiteral("/export/photos"));
    addRow(Version, tr("NFS &version"), "version", m_version);
    line(MountOptions, tr("Mount &options"), "options", tr("for example ro,soft"));
    line(Size, tr("&Size at most"), "size", tr("for example 64m; empty: half of the memory"));
    line(Mode, tr("&Mode"), "mode", tr("of its first folder, for example 1777"));
    line(Type, tr("File system &type"), "type", QStringLiteral("ext4"));
    line(Device, tr("&Device"), "device", QStringLiteral("/dev/sdb1"));
    line(DeviceOptions, tr("Mount &options"), "deviceOptions", tr("for example ro,noatime"));
    line(Labels, tr("&Labels"), "labels", tr("name=value, another=value"));
    for (NotedField* row : m_rows) {
        if (auto* field = qobject_cast<QLineEdit*>(row->field()))
            connect(field, &QLineEdit::textChanged, this, &CreateVolumeDialog::edited);
    }
    connect(m_version, &QComboBox::currentIndexChanged, this, &CreateVolumeDialog::edited);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        showRows();
        edited();
    });
}

void CreateVolumeDialog::buildFolder() {
    auto* folder = addRow(Folder, tr("&Folder"), "folder", new QLineEdit(this));
    folder->setPlaceholderText(QStringLiteral("/home/me/site"));
    QAction* choose = folder->addAction(icon(QStringLiteral("folder")), QLineEdit::TrailingPosition);
    choose->setText(tr("Choose a folder"));
    choose->setToolTip(choose->text());
    connect(choose, &QAction::triggered, this, [this, folder] {
        auto* dialog = new QFileDialog(this, tr("Choose a folder"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        connect(dialog, &QFileDialog::fileSelected, folder, &QLineEdit::setText);
        dialog->open();
    });
}

void CreateVolumeDialog::buildTest() {
    m_testRow = new QWidget(this);
    m_test = new QPushButton(icon(QStringLiteral("health")), tr("&Test the connection"), m_testRow);
    m_test->setObjectName(QStringLiteral("createVolumeDialog.test"));
    m_test->setAutoDefault(false);
    m_tested = label({}, "muted", m_testRow);
    m_tested->setObjectName(QStringLiteral("createVolumeDialog.tested"));
    m_tested->setWordWrap(true);
    m_tested->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* row = new QHBoxLayout(m_testRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_test, 0, Qt::AlignTop);
    row->addWidget(m_tested, 1);
    addBelow(m_testRow);
    connect(m_test, &QPushButton::clicked, this, &CreateVolumeDialog::test);
}

void CreateVolumeDialog::buildLine() {
    m_line->setObjectName(QStringLiteral("createVolumeDialog.line"));
    m_line->setAccessibleName(tr("The same as a docker command"));
    m_line->setFont(monospace(m_line->font()));
    m_line->setWordWrap(true);
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QToolButton* copy = flatButton(QStringLiteral("copy"), tr("Copy the command"), this);
    connect(copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_line->text()); });
    auto* frame = card(this);
    auto* row = new QHBoxLayout(frame);
    row->setContentsMargins(12, 8, 6, 8);
    row->addWidget(m_line, 1);
    row->addWidget(copy, 0, Qt::AlignTop);
    addBelow(frame);
}

QString CreateVolumeDialog::kind() const {
    return m_kind->currentData().toString();
}

void CreateVolumeDialog::setKind(const QString& kind) {
    m_kind->setCurrentIndex(m_kind->findData(kind));
}

bool CreateVolumeDialog::isShown(Row row) const {
    switch (row) {
    case Folder:
        return kind() == u"bind";
    case Server:
    case Path:
    case Version:
    case MountOptions:
        return kind() == u"nfs";
    case Size:
    case Mode:
        return kind() == u"tmpfs";
    case Type:
    case Device:
    case DeviceOptions:
        return kind() == u"device";
    default:
        return true;
    }
}

void CreateVolumeDialog::showRows() {
    for (int row = 0; row < RowCount; ++row) {
        m_rows[row]->setVisible(isShown(static_cast<Row>(row)));
        m_titles[row]->setVisible(isShown(static_cast<Row>(row)));
    }
    dbus::Volume like;
    like.kind = kind();
    QString advice = volumeKindSentence(like);
    if (kind() == u"local")
        advice += u' ' + tr("They stay when containers go, and several containers can use them.");
    else if (kind() == u"bind")
        advice += u' ' + tr("Containers and you see the same files; yours belong to root inside.");
    else if (kind() == u"nfs" || kind() == u"device")
        advice += u' ' + tr("It is mounted while a container needs it. An administrator is asked.");
    m_rows[Kind]->setAdvice(advice);
    m_testRow->setVisible(kind() == u"nfs" || kind() == u"device");
    endTest();
    fit();
}

QString CreateVolumeDialog::name() const {
    return text(Name);
}

QString CreateVolumeDialog::text(Row row) const {
    return static_cast<QLineEdit*>(m_rows[row]->field())->text().trimmed();
}

dbus::TextMap CreateVolumeDialog::driverOptions() const {
    const auto of = [](const QString& type, const QString& device, const QString& options) {
        dbus::TextMap map{{QStringLiteral("type"), type}, {QStringLiteral("device"), device}};
        if (!options.isEmpty())
            map.insert(QStringLiteral("o"), options);
        return map;
    };
    if (kind() == u"nfs")
        return nfsOptions(
            {text(Server), text(Path), m_version->currentData().toString(), text(MountOptions)});
    if (kind() == u"bind")
        return of(QStringLiteral("none"), text(Folder), QStringLiteral("bind"));
    if (kind() == u"device")
        return of(text(Type), text(Device), text(DeviceOptions));
    if (kind() != u"tmpfs")
        return {};
    QStringList words;
    if (!text(Size).isEmpty())
        words << QStringLiteral("size=") + text(Size);
    if (!text(Mode).isEmpty())
        words << QStringLiteral("mode=") + text(Mode);
    return of(QStringLiteral("tmpfs"), QStringLiteral("tmpfs"), words.join(u','));
}

QVariantMap CreateVolumeDialog::options() const {
    QVariantMap options;
    if (const dbus::TextMap given = driverOptions(); !given.isEmpty())
        options.insert(QStringLiteral("driver-options"), QVariant::fromValue(given));
    dbus::TextMap labels;
    for (const QString& pair : text(Labels).split(u',', Qt::SkipEmptyParts))
        labels.insert(pair.section(u'=', 0, 0).trimmed(), pair.section(u'=', 1).trimmed());
    if (!labels.isEmpty())
        options.insert(QStringLiteral("labels"), QVariant::fromValue(labels));
    return options;
}

// What is half written: it is said here, and the engine is not asked about it.
QString CreateVolumeDialog::misspelling(Row row) const {
    static const QRegularExpression kMode(QStringLiteral("\\A[0-7]{3,4}\\z"));
    switch (row) {
    case Folder:
    case Path:
        return text(row).isEmpty() || text(row).startsWith(u'/') ? QString() : tr("Begin it with a slash.");
    case Size:
        return text(row).isEmpty() || parseSizeText(text(row))
                   ? QString()
                   : tr("Write a number with k, m or g behind it, for example 64m.");
    case Mode:
        return text(row).isEmpty() || kMode.match(text(row)).hasMatch()
                   ? QString()
                   : tr("Write it in octal, for example 1777.");
    default:
        return {};
    }
}

QString CreateVolumeDialog::problem() const {
    if (name().isEmpty())
        return tr("Write a name.");
    for (const Row row : {Folder, Server, Path, Type, Device}) {
        if (isShown(row) && text(row).isEmpty())
            return tr("Not yet: %1").arg(QString(m_titles[row]->text()).remove(u'&'));
    }
    for (int row = 0; row < RowCount; ++row) {
        if (isShown(static_cast<Row>(row)) && !m_rows[row]->problem().isEmpty())
            return tr("Not yet: %1").arg(QString(m_titles[row]->text()).remove(u'&'));
    }
    return {};
}

void CreateVolumeDialog::edited() {
    for (int row = 0; row < RowCount; ++row) {
        if (const QString wrong = misspelling(static_cast<Row>(row)); !wrong.isEmpty())
            m_rows[row]->setProblem(wrong);
    }
    m_line->setText(dockerVolumeLine(name().isEmpty() ? QStringLiteral("NAME") : name(), options()));
    m_test->setEnabled((kind() == u"nfs" ? !text(Server).isEmpty() && text(Path).startsWith(u'/')
                                         : !text(Type).isEmpty() && !text(Device).isEmpty()) &&
                       !m_testing);
    if (!m_testing && options() != m_testedOptions)
        showTest({}, "muted");
    check();
    m_pause.start();
}

void CreateVolumeDialog::askCheck() {
    const quint64 number = ++m_asked;
    const QString asked = name().isEmpty() ? QStringLiteral("new-volume") : name();
    m_client.checkVolume(asked, options(), this, [this, number](const Result<dbus::VolumeProblems>& told) {
        if (number != m_asked) // something else is written by now
            return;
        if (told)
            return take(*told);
        showError(told.error(), tr("Check the volume"));
    });
}

CreateVolumeDialog::Row CreateVolumeDialog::rowOf(const QString& option) const {
    if (option == u"type")
        return kind() == u"device" ? Type : Kind;
    if (option == u"device")
        return kind() == u"nfs" ? Path : kind() == u"bind" ? Folder : kind() == u"device" ? Device : Kind;
    if (option == u"o")
        return kind() == u"nfs"      ? MountOptions
               : kind() == u"device" ? DeviceOptions
               : kind() == u"tmpfs"  ? Size
                                     : Kind;
    return option == u"name" ? Name : Labels;
}

void CreateVolumeDialog::take(const dbus::VolumeProblems& problems) {
    QHash<int, QString> wrong;
    for (const dbus::VolumeProblem& problem : problems) {
        const Row row = rowOf(problem.option);
        // A field that is empty is asked for beside the button.
        const auto* line = qobject_cast<QLineEdit*>(m_rows[row]->field());
        if (line != nullptr && line->text().trimmed().isEmpty() && row != MountOptions &&
            row != DeviceOptions)
            continue;
        QString words = problem.what;
        if (!problem.hint.isEmpty())
            words += QStringLiteral(". ") + problem.hint;
        if (!wrong.contains(row))
            wrong.insert(row, words);
    }
    for (int row = 0; row < RowCount; ++row) {
        const QString own = misspelling(static_cast<Row>(row));
        m_rows[row]->setProblem(own.isEmpty() ? wrong.value(row) : own);
    }
    check();
    fit();
}

void CreateVolumeDialog::showTest(const QString& words, const char* role) {
    m_tested->setText(words);
    setLook(m_tested, "role", QString::fromLatin1(role));
    fit();
}

void CreateVolumeDialog::showFailure(const Error& error) {
    showTest(tr("It cannot be mounted: %1.").arg(QString::fromStdString(error.message)) + u'\n' +
                 QString::fromStdString(error.hint),
             "problem");
}

void CreateVolumeDialog::endTest() {
    if (m_testing)
        m_testing.release()->deleteLater(); // we may be inside its answer
    m_test->setEnabled(true);
    m_test->setText(tr("&Test the connection"));
}

void CreateVolumeDialog::test() {
    m_testing = std::make_unique<QObject>();
    m_testedOptions = options();
    m_test->setEnabled(false);
    m_test->setText(tr("Testing…"));
    showTest(tr("It is mounted where nobody sees it, looked at, and unmounted. This takes fifteen seconds at "
                "most."),
             "muted");
    m_client.testConnection(m_testedOptions, m_testing.get(), [this](const Result<Job*>& job) {
        if (job)
            return follow(*job);
        endTest();
        showFailure(job.error());
    });
}

void CreateVolumeDialog::follow(Job* job) {
    const auto end = [this, job] {
        const bool done = job->isDone();
        const Error error = done ? Error() : job->error();
        const auto report = done ? connectionReport(job->status().result) : std::nullopt;
        endTest();
        if (report)
            return showTest(connectionSentences(*report, kind() == u"nfs").join(u' '),
                            report->writable ? "text" : "warning");
        showFailure(error);
    };
    if (!job->isRunning())
        return end();
    connect(job, &Job::ended, m_testing.get(), end);
}

void CreateVolumeDialog::submit() {
    m_client.createVolume(name(), options(), this, [this](const Result<QString>& made) {
        if (!made)
            return showError(made.error(), tr("Create %1").arg(name()));
        accept();
        Q_EMIT created(*made);
    });
}

} // namespace escale::gui
