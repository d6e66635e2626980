#include "gui/containers/run_dialog.h"

#include "engine/image/reference.h"
#include "gui/common/error_banner.h"
#include "gui/containers/command_line.h"
#include "gui/containers/option_field.h"
#include "gui/containers/run_form.h"
#include "gui/containers/run_pages.h"

namespace escale::gui {

RunDialog::RunDialog(const QString& name, dbus::ImageList images, Runner runner, QWidget* parent)
    : FormDialog(QStringLiteral("runDialog"), tr("&Run"), parent)
    , m_images(std::move(images))
    , m_runner(std::move(runner))
    , m_line(new CommandLine(this)) {
    setWindowTitle(tr("Run %1").arg(name));
    addBelow(m_line);
    connect(&form(), &RunForm::changed, this, &RunDialog::takeChange);
    connect(m_line, &CommandLine::entered, &form(), &RunForm::setRequest);
    connect(m_line, &CommandLine::problemChanged, this, &RunDialog::showProblem);
    form().setRequest({name, {}, {}});
    form().field(QStringLiteral("name"))->setFocus();
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
    m_runner(wanted, this, [this, image = wanted.image](const Result<std::pair<QString, Job*>>& taken) {
        setBusy(false);
        if (!taken)
            return error().show(taken.error(), tr("Run %1").arg(form().request().image));
        accept();
        Q_EMIT started(taken->first, image, taken->second);
    });
}

} // namespace escale::gui
