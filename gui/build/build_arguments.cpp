#include "gui/build/build_arguments.h"

#include "gui/common/buttons.h"
#include "gui/common/format.h"
#include "gui/containers/secrets.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

namespace escale::gui {

QList<DeclaredArgument> declaredArguments(const BuildFile& file) {
    QList<DeclaredArgument> all;
    const auto add = [&all](const ArgDefinition& one) {
        const QString name = QString::fromStdString(one.name);
        const auto known =
            std::find_if(all.begin(), all.end(), [&name](const auto& a) { return a.name == name; });
        if (known == all.end())
            all.append({name, QString::fromStdString(one.value.value_or("")), one.value.has_value()});
        else if (!known->hasDefault && one.value)
            *known = {name, QString::fromStdString(*one.value), true};
    };
    std::for_each(file.arguments.begin(), file.arguments.end(), add);
    for (const BuildStage& stage : file.stages) {
        for (const BuildStep& step : stage.steps) {
            if (const auto* argument = std::get_if<ArgInstruction>(&step.instruction))
                std::for_each(argument->values.begin(), argument->values.end(), add);
        }
    }
    return all;
}

BuildArguments::BuildArguments(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_none(label(tr("The Dockerfile has no ARG."), "muted", this)) {
    setObjectName(QStringLiteral("buildForm.arguments"));
    setAccessibleName(tr("Build arguments"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    m_grid->addWidget(m_none, 0, 0, 1, 2);
}

void BuildArguments::setDeclared(const QList<DeclaredArgument>& arguments) {
    if (arguments == m_declared)
        return;
    m_values = values();
    m_declared = arguments;
    renew();
}

void BuildArguments::setValues(const dbus::TextMap& given) {
    m_values = given;
    renew();
}

dbus::TextMap BuildArguments::values() const {
    dbus::TextMap all = m_values;
    for (auto field = m_fields.begin(); field != m_fields.end(); ++field) {
        if (field.value()->text().isEmpty())
            all.remove(field.key());
        else
            all.insert(field.key(), field.value()->text());
    }
    return all;
}

void BuildArguments::renew() {
    for (QLineEdit* field : std::as_const(m_fields))
        field->disconnect(this);
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        if (item->widget() != nullptr && item->widget() != m_none)
            item->widget()->deleteLater();
        delete item;
    }
    m_fields.clear();
    QList<DeclaredArgument> shown = m_declared;
    for (auto value = m_values.begin(); value != m_values.end(); ++value) {
        const bool isKnown = std::any_of(shown.begin(), shown.end(),
                                         [&value](const auto& one) { return one.name == value.key(); });
        if (!isKnown)
            shown.append({value.key(), {}, false});
    }
    for (int row = 0; row < shown.size(); ++row) {
        const DeclaredArgument& argument = shown[row];
        auto* name = label(argument.name, "field", this);
        name->setFont(monospace(font()));
        auto* field = new QLineEdit(this);
        field->setObjectName(QStringLiteral("buildForm.argument.") + argument.name);
        field->setAccessibleName(argument.name);
        field->setPlaceholderText(argument.hasDefault ? argument.fallback : tr("not set"));
        field->setText(m_values.value(argument.name));
        if (looksSecret(argument.name))
            field->setToolTip(tr("Its value stands in the image's history for everybody who has the image. "
                                 "Lend it as a secret instead."));
        name->setBuddy(field);
        m_grid->addWidget(name, row, 0);
        m_grid->addWidget(field, row, 1);
        m_fields.insert(argument.name, field);
        connect(field, &QLineEdit::textChanged, this, &BuildArguments::edited);
    }
    m_none->setVisible(shown.isEmpty());
    if (shown.isEmpty())
        m_grid->addWidget(m_none, 0, 0, 1, 2);
}

} // namespace escale::gui
