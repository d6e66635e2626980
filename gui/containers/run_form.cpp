#include "gui/containers/run_form.h"

#include "engine/image/reference.h"
#include "gui/containers/option_field.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

const QString kImage = QStringLiteral("image");
const QString kCommand = QStringLiteral("command");

QString imageRule(const QString& text) {
    return Reference::parse(text.toStdString())
               ? QString()
               : QCoreApplication::translate("DockerOption", "Write an image's name, for example debian:12.");
}

// Not options to docker, but fields like the others.
const DockerOption& optionOf(const QString& key) {
    static const DockerOption kImageOption{"image", "", 0, DockerOption::Form::Text, imageRule};
    static const DockerOption kCommandOption{"command", "", 0, DockerOption::Form::Words};
    if (key == kImage)
        return kImageOption;
    const DockerOption* option = dockerOption(key);
    return option == nullptr ? kCommandOption : *option;
}

} // namespace

OptionField* RunForm::makeField(const QString& key, QWidget* parent) {
    auto* field = new OptionField(optionOf(key), parent);
    m_fields.append(field);
    connect(field, &OptionField::changed, this, [this] {
        if (m_setting)
            return;
        check();
        Q_EMIT changed();
    });
    return field;
}

OptionField* RunForm::field(const QString& key) const {
    for (OptionField* field : m_fields) {
        if (field->key() == key)
            return field;
    }
    return nullptr;
}

void RunForm::setRequest(const RunRequest& request) {
    m_setting = true;
    m_rest = request.options;
    for (OptionField* field : m_fields) {
        const QString key = field->key();
        if (key == kImage)
            field->setValue(request.image.isEmpty() ? QVariant() : QVariant(request.image));
        else if (key == kCommand)
            field->setValue(request.command.isEmpty() ? QVariant() : QVariant(request.command));
        else
            field->setValue(m_rest.take(key));
    }
    m_setting = false;
    check();
    Q_EMIT changed();
}

RunRequest RunForm::request() const {
    RunRequest request;
    request.options = m_rest;
    for (const OptionField* field : m_fields) {
        const auto value = field->value();
        if (!value)
            continue;
        if (field->key() == kImage)
            request.image = value->toString();
        else if (field->key() == kCommand)
            request.command = value->toStringList();
        else
            request.options.insert(field->key(), *value);
    }
    return request;
}

QList<OptionProblem> RunForm::problems() const {
    QList<OptionProblem> problems;
    for (const OptionField* field : m_fields) {
        if (const QString problem = field->problem(); !problem.isEmpty())
            problems.append({field->key(), problem});
    }
    return problems;
}

void RunForm::check() {
    const RunRequest now = request();
    QHash<QString, QString> conflicts;
    for (const OptionProblem& conflict : optionConflicts(now.options))
        conflicts.insert(conflict.key, conflict.message);
    if (now.image.isEmpty())
        conflicts.insert(kImage, tr("Name an image."));
    for (OptionField* field : m_fields)
        field->setConflict(conflicts.value(field->key()));
}

} // namespace escale::gui
