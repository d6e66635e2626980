#include "gui/app/action_details.h"

#include "gui/common/buttons.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/containers/action_trace.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace escale::gui {
namespace {

QToolButton* copyButton(const QString& words, const QString& name, const QString& text, QWidget* parent) {
    QToolButton* button = flatButton(QStringLiteral("copy"), words, parent);
    button->setObjectName(name + QStringLiteral(".copy"));
    QObject::connect(button, &QToolButton::clicked, button,
                     [text] { QApplication::clipboard()->setText(text); });
    return button;
}

QString numbered(const QStringList& steps) {
    QStringList lines;
    for (const QString& step : steps)
        lines.append(QStringLiteral("%1. %2").arg(lines.size() + 1).arg(step));
    return lines.join(u'\n');
}

} // namespace

ActionDetails::ActionDetails(const ActionTrace& trace, QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("actionDetails"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(28, 2, 0, 6);
    column->setSpacing(4);
    addSection(column, tr("Docker command"), tr("Copy the docker command"),
               QStringLiteral("actionDetails.docker"), trace.docker);
    addSection(column, tr("Call to the engine (D-Bus)"), tr("Copy the call"),
               QStringLiteral("actionDetails.call"), trace.call);
    addKernel(column, trace.kernel);
}

// A label breaks lines only between words; a long one of a command may be broken anywhere.
QWidget* ActionDetails::makeText(const QString& text, const QString& name, const QString& words,
                                 bool monospaced) {
    auto* shown = new QLabel(text, this);
    shown->setObjectName(name);
    shown->setAccessibleName(words);
    shown->setTextFormat(Qt::PlainText);
    shown->setWordWrap(true);
    shown->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (monospaced)
        shown->setFont(monospace(font()));
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    shown->setSizePolicy(policy);
    return shown;
}

void ActionDetails::addSection(QVBoxLayout* column, const QString& title, const QString& copyWords,
                               const QString& name, const QString& text) {
    if (text.isEmpty())
        return;
    auto* head = new QHBoxLayout;
    head->setSpacing(6);
    head->addWidget(label(title, "section", this));
    head->addWidget(copyButton(copyWords, name, text, this));
    head->addStretch();
    column->addLayout(head);
    column->addWidget(makeText(text, name, title, true));
}

void ActionDetails::addKernel(QVBoxLayout* column, const QStringList& steps) {
    if (steps.isEmpty())
        return;
    const QString name = QStringLiteral("actionDetails.kernel");
    const QString title = tr("What the kernel is asked to do");
    auto* fold = flatButton(QStringLiteral("chevron-down"), title, this);
    fold->setObjectName(name + QStringLiteral(".fold"));
    fold->setText(title);
    fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fold->setCheckable(true);
    QToolButton* copy = copyButton(tr("Copy the steps"), name, numbered(steps), this);
    QWidget* text = makeText(numbered(steps), name, title, false);
    copy->hide();
    text->hide();
    connect(fold, &QToolButton::toggled, this, [fold, copy, text](bool open) {
        fold->setIcon(icon(open ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down")));
        copy->setVisible(open);
        text->setVisible(open);
    });
    auto* head = new QHBoxLayout;
    head->setContentsMargins(0, 2, 0, 0);
    head->setSpacing(6);
    head->addWidget(fold);
    head->addWidget(copy);
    head->addStretch();
    column->addLayout(head);
    column->addWidget(text);
}

} // namespace escale::gui
