#include "gui/containers/run_dialog.h"

#include "engine/image/reference.h"
#include "gui/client/engine_client.h"
#include "gui/common/error_banner.h"
#include "gui/containers/command_line.h"
#include "gui/containers/docker_command.h"
#include "gui/containers/option_field.h"
#include "gui/containers/run_form.h"
#include "gui/containers/run_pages.h"

#include <QPushButton>

namespace escale::gui {

RunDialog::Engine RunDialog::engineOf(EngineClient& client) {
    return {[&client](const RunRequest& request, QObject* guard, Answer<std::pair<QString, Job*>> answer) {
                client.run(request, guard, std::move(answer));
            },
            [&client](const RunRequest& request, QObject* guard, Answer<QString> answer) {
                client.create(request, guard, std::move(answer));
            },
            [&client](QObject* guard, Answer<dbus::NetworkList> answer) {
                client.listNetworks(guard, std::move(answer));
            },
            [&client](QObject* guard, Answer<dbus::VolumeList> answer) {
                client.listVolumes(guard, std::move(answer));
            }};
}

RunDialog::RunDialog(const QString& name, dbus::ImageList images, Engine engine, QWidget* parent)
    : FormDialog(QStringLiteral("runDialog"), tr("&Run"), parent)
    , m_images(std::move(images))
    , m_engine(std::move(engine))
    , m_line(new CommandLine(this))
    , m_create(new QPushButton(tr("Create &only"), this)) {
    setWindowTitle(tr("Run %1").arg(name));
    addBelow(m_line);
    m_create->setObjectName(QStringLiteral("runDialog.create"));
    addButton(m_create, true);
    connect(m_create, &QPushButton::clicked, this, &RunDialog::create);
    connect(&form(), &RunForm::changed, this, &RunDialog::takeChange);
    connect(m_line, &CommandLine::entered, &form(), &RunForm::setRequest);
    connect(m_line, &CommandLine::problemChanged, this, &RunDialog::showProblem);
    form().setRequest({name, {}, {}});
    form().field(QStringLiteral("name"))->setFocus();
    // Without them a name can be written.
    if (m_engine.networks)
        m_engine.networks(this, [this](const Result<dbus::NetworkList>& networks) {
            if (networks)
                offerNetworks(form(), *networks);
        });
    if (m_engine.volumes)
        m_engine.volumes(this, [this](const Result<dbus::VolumeList>& volumes) {
            if (volumes)
                offerVolumes(form(), *volumes);
        });
}

void RunDialog::takeImage() {
    const QString name = request().image;
    if (name == m_shownImage)
        return;
    m_shownImage = name;
    const auto found = std::find_if(m_images.begin(), m_images.end(), [&name](const dbus::Image& image) {
        return name == image.repository + u':' + image.tag || name == image.repository + u'@' + image.digest;
    });
    showImage(form(), found == m_images.end() ? nullptr : &*found);
}

void RunDialog::takeChange() {
    takeImage();
    m_line->setRequest(form().request());
    m_create->setToolTip(tr("Makes the container without starting it:") + QLatin1Char('\n') +
                         dockerCreateLine(form().request()));
    showProblem(); // the line's problem has gone
}

QString RunDialog::otherProblem() const {
    return m_line->problem().isEmpty() ? QString() : tr("The command cannot be read.");
}

RunRequest RunDialog::request() const {
    RunRequest request = form().request();
    if (const auto reference = Reference::parse(request.image.toStdString()))
        request.image = QString::fromStdString(reference->toString());
    return request;
}

void RunDialog::submit() {
    error().dismiss();
    setBusy(true);
    const RunRequest wanted = request();
    m_engine.run(wanted, this, [this, image = wanted.image](const Result<std::pair<QString, Job*>>& taken) {
        if (end(taken.map([](const auto&) {}), tr("Run %1")))
            Q_EMIT started(taken->first, image, taken->second);
    });
}

void RunDialog::create() {
    error().dismiss();
    setBusy(true);
    m_engine.create(request(), this, [this](const Result<QString>& id) {
        if (end(id.map([](const QString&) {}), tr("Create %1")))
            Q_EMIT created(*id);
    });
}

bool RunDialog::end(const Result<>& taken, const QString& what) {
    setBusy(false);
    taken ? accept() : error().show(taken.error(), what.arg(form().request().image));
    return taken.has_value();
}

} // namespace escale::gui
