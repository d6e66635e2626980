#include "gui/containers/edit_dialog.h"

#include "engine/image/reference.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/error_banner.h"
#include "gui/containers/container_undo.h"
#include "gui/containers/docker_command.h"
#include "gui/containers/option_field.h"
#include "gui/containers/option_text.h"
#include "gui/containers/run_form.h"
#include "gui/containers/run_pages.h"
#include "gui/containers/state_text.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

namespace escale::gui {
namespace {

constexpr int kMostRows = 4; // seen at once
const QString kName = QStringLiteral("name");

bool areLive(const QList<OptionChange>& changes) {
    return std::all_of(changes.begin(), changes.end(), [](const OptionChange& c) { return c.live; });
}

} // namespace

ChangesList::ChangesList(QWidget* parent)
    : QWidget(parent)
    , m_area(new QScrollArea(this))
    , m_note(label({}, "muted", this))
    , m_command(new QLineEdit(this)) {
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setAccessibleName(tr("What would change"));
    m_note->setObjectName(QStringLiteral("editDialog.note"));
    m_note->setWordWrap(true);
    m_command->setObjectName(QStringLiteral("editDialog.command"));
    m_command->setAccessibleName(tr("The same as a docker command"));
    m_command->setProperty("role", "value");
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(label(tr("What would change"), "field", this));
    column->addWidget(m_area);
    column->addWidget(m_note);
    column->addWidget(m_command);
}

void ChangesList::addRow(int row, const OptionChange& change) {
    const auto shown = [&change](const QString& text) {
        const QString unset = optionText(change.key).placeholder;
        return !text.isEmpty() ? text : unset.isEmpty() ? tr("not set") : unset;
    };
    auto* grid = static_cast<QGridLayout*>(m_content->layout());
    auto* values = new ElidedLabel(m_content);
    values->setText(shown(change.before) + QStringLiteral(" → ") + shown(change.after));
    values->setAccessibleName(values->text());
    grid->addWidget(label(optionText(change.key).title, "muted", m_content), row, 0);
    grid->addWidget(values, row, 1);
    grid->addWidget(label(change.live ? tr("at once") : tr("needs a new container"),
                          change.live ? "muted" : "warning", m_content),
                    row, 2);
}

void ChangesList::set(const QList<OptionChange>& changes, const QStringList& commands, const QString& note) {
    auto* content = new QWidget(m_area);
    m_content = content;
    m_content->setObjectName(QStringLiteral("editDialog.changes"));
    m_content->setProperty("role", "clear");
    auto* grid = new QGridLayout(m_content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    for (int row = 0; row < changes.size(); ++row)
        addRow(row, changes[row]);
    if (changes.isEmpty())
        grid->addWidget(label(tr("Nothing yet: change a field above."), "muted", m_content), 0, 0, 1, 3);
    const int rows = std::clamp(int(changes.size()), 1, kMostRows);
    m_area->setFixedHeight(rows * (fontMetrics().height() + grid->verticalSpacing()) + 4);
    m_area->setWidget(m_content); // deletes the one before
    m_command->setText(commands.join(QStringLiteral(" && ")));
    m_command->setCursorPosition(0);
    m_command->setVisible(!commands.isEmpty());
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

EditDialog::Actions EditDialog::actionsOf(ContainerUndo& undo, const QString& id) {
    return {[&undo, id](const QVariantMap& options, QObject* guard, Answer<> answer) {
                undo.changeLimits(id, options, guard, std::move(answer));
            },
            [&undo, id](const QString& name, QObject* guard, Answer<> answer) {
                undo.rename(id, name, guard, std::move(answer));
            }};
}

EditDialog::EditDialog(const ContainerDetails& details, Actions actions, QWidget* parent)
    : FormDialog(QStringLiteral("editDialog"), tr("&Apply"), parent)
    , m_actions(std::move(actions))
    , m_before(requestOf(details))
    , m_removedWhenStopped(details.container.removeWhenStopped)
    , m_isAlive(isAlive(details.container))
    , m_list(new ChangesList(this))
    , m_copy(new QPushButton(tr("Run as a ne&w container…"), this)) {
    setWindowTitle(tr("Edit %1").arg(details.container.name));
    m_before.options.insert(kName, details.container.name);
    m_copy->setObjectName(QStringLiteral("editDialog.copy"));
    addBelow(m_list);
    addButton(m_copy);
    connect(m_copy, &QPushButton::clicked, this, &EditDialog::requestCopy);
    connect(&form(), &RunForm::changed, this, &EditDialog::takeChange);
    if (const auto reference = Reference::parse(m_before.image.toStdString()))
        m_before.image = QString::fromStdString(reference->familiar());
    dbus::Image image;
    image.command = details.image.value(QStringLiteral("command")).toStringList();
    image.exposedPorts = details.image.value(QStringLiteral("exposed-ports")).toStringList();
    showImage(form(), &image);
    form().setRequest(m_before);
    form().field(QStringLiteral("memory"))->setFocus();
}

void EditDialog::open(EngineClient& client, const Actions& actions, const QString& id, QWidget* parent,
                      Answer<EditDialog*> answer) {
    client.inspect(
        id, parent,
        [&client, actions, parent, answer = std::move(answer)](const Result<ContainerDetails>& details) {
            if (!details)
                return answer(fail(details.error()));
            auto* dialog = new EditDialog(*details, actions, parent);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setWindowModality(Qt::WindowModal);
            dialog->QDialog::open();
            client.listNetworks(dialog, [dialog](const Result<dbus::NetworkList>& networks) {
                if (networks)
                    offerNetworks(dialog->form(), *networks);
            });
            client.listVolumes(dialog, [dialog](const Result<dbus::VolumeList>& volumes) {
                if (volumes)
                    offerVolumes(dialog->form(), *volumes);
            });
            answer(dialog);
        });
}

QList<OptionChange> EditDialog::changes() const {
    return optionChanges(m_before, form().request());
}

RunRequest EditDialog::request() const {
    RunRequest request = form().request();
    if (const auto reference = Reference::parse(request.image.toStdString()))
        request.image = QString::fromStdString(reference->toString());
    return request;
}

// The same by hand; a new container takes the old one's place as Recreate does it.
QStringList EditDialog::commands(const QList<OptionChange>& changes) const {
    const QString name = m_before.options.value(kName).toString();
    if (areLive(changes))
        return dockerUpdateLines(changes, form().request(), name);
    if (m_removedWhenStopped)
        return {};
    const QString aside = name + QStringLiteral("-old");
    QStringList lines{dockerCommand(QStringLiteral("rename"), {name, aside}),
                      m_isAlive ? dockerRunDetachedLine(form().request())
                                : dockerCreateLine(form().request()),
                      dockerCommand(QStringLiteral("rm"), {aside})};
    if (m_isAlive)
        lines.prepend(dockerCommand(QStringLiteral("stop"), {name}));
    return lines;
}

void EditDialog::takeChange() {
    const QList<OptionChange> list = changes();
    const bool recreates = !areLive(list) && !m_removedWhenStopped;
    const QString note =
        !recreates   ? QString()
        : !m_isAlive ? tr("A new container takes its name, and is not started. Files written in the "
                          "container are lost unless they are in a volume or in a folder that is mounted.")
                     : tr("A new container takes its name. The old one is stopped and kept "
                          "until the new one is up and "
                          "healthy, and takes its place again when that fails. Files written "
                          "in the container are lost "
                          "unless they are in a volume or in a folder that is mounted.");
    m_list->set(list, commands(list), note);
    setDoIt(recreates ? tr("&Apply by recreating") : tr("&Apply"));
    m_copy->setVisible(!areLive(list));
    m_copy->setEnabled(form().problems().isEmpty());
}

QString EditDialog::otherProblem() const {
    return m_removedWhenStopped && !areLive(changes())
               ? tr("It is removed when it stops, so this needs a new container.")
               : QString();
}

void EditDialog::submit() {
    error().dismiss();
    if (!areLive(changes())) {
        const RunRequest wanted = request();
        accept();
        Q_EMIT recreateRequested(wanted);
        return;
    }
    const RunRequest after = form().request();
    const QVariantMap options = updateOptions(changes(), after);
    setBusy(true);
    if (options.isEmpty())
        return rename();
    m_actions.update(options, this, [this, after](const Result<>& updated) {
        if (!updated)
            return finish(updated);
        // Done: whatever becomes of the name.
        const QVariant name = m_before.options.value(kName);
        m_before = after;
        m_before.options.insert(kName, name);
        rename();
    });
}

void EditDialog::rename() {
    const QString name = form().request().options.value(kName).toString();
    if (name == m_before.options.value(kName).toString())
        return finish({});
    m_actions.rename(name, this, [this](const Result<>& renamed) { finish(renamed); });
}

void EditDialog::finish(const Result<>& done) {
    setBusy(false);
    if (done)
        return accept();
    takeChange();
    error().show(done.error(), tr("Change %1").arg(m_before.options.value(kName).toString()));
}

void EditDialog::requestCopy() {
    RunRequest request = form().request();
    if (request.options.value(kName) == m_before.options.value(kName))
        request.options.remove(kName); // two cannot have the same
    accept();
    Q_EMIT copyRequested(request);
}

} // namespace escale::gui
