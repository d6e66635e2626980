#include "gui/containers/action_notice.h"

#include "gui/common/buttons.h"
#include "gui/common/progress.h"

#include <QAccessible>
#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace escale::gui {

static constexpr int kMoment = 12'000; // milliseconds

ActionNotice::ActionNotice(QWidget* parent)
    : QFrame(parent)
    , m_text(label({}, "text", this))
    , m_bar(progressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_choices(new QHBoxLayout)
    , m_dismiss(flatButton(QStringLiteral("close"), tr("Dismiss"), this)) {
    setObjectName(QStringLiteral("actionNotice"));
    setProperty("role", "card");
    m_text->setObjectName(QStringLiteral("actionNotice.text"));
    m_text->setWordWrap(true);
    m_cancel->setObjectName(QStringLiteral("actionNotice.cancel"));
    m_cancel->setToolTip(tr("Everything is put back as it was"));
    m_dismiss->setObjectName(QStringLiteral("actionNotice.dismiss"));
    m_bar->setFixedWidth(160);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 8, 8, 8);
    row->setSpacing(12);
    row->addWidget(m_text, 1);
    row->addWidget(m_bar, 0, Qt::AlignVCenter);
    row->addWidget(m_cancel);
    row->addLayout(m_choices);
    row->addWidget(m_dismiss);
    m_moment.setSingleShot(true);
    m_moment.setInterval(kMoment);
    connect(&m_moment, &QTimer::timeout, this, &ActionNotice::fade);
    connect(m_cancel, &QPushButton::clicked, this, &ActionNotice::cancelled);
    connect(m_dismiss, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void ActionNotice::show(const QString& text, bool works, bool cancellable) {
    clearChoices();
    m_moment.stop();
    m_working = works;
    m_asking = false;
    m_text->setText(text);
    setAccessibleName(text);
    m_bar->setVisible(works);
    if (works)
        showFraction(*m_bar, -1, "");
    m_cancel->setVisible(works);
    m_cancel->setEnabled(cancellable);
    m_dismiss->setVisible(!works);
    QFrame::show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ActionNotice::clearChoices() {
    while (QLayoutItem* item = m_choices->takeAt(0)) {
        item->widget()->hide(); // it may be the one that was pressed
        item->widget()->deleteLater();
        delete item;
    }
}

// Not under the hand of a person who is about to use it.
void ActionNotice::fade() {
    if (underMouse() || isAncestorOf(focusWidget()))
        m_moment.start();
    else
        hide();
}

void ActionNotice::showWork(const QString& text, bool cancellable) {
    show(text, true, cancellable);
}

void ActionNotice::showOutcome(const QString& text) {
    show(text, false, false);
}

void ActionNotice::showBriefly(const QString& text, QAction* undo) {
    if ((m_working || m_asking) && !isHidden())
        return;
    show(text, false, false);
    addChoices({undo});
    m_moment.start();
}

void ActionNotice::ask(const QString& text, const QList<QAction*>& choices) {
    show(text, false, false);
    m_asking = true;
    addChoices(choices);
}

void ActionNotice::addChoices(const QList<QAction*>& choices) {
    for (QAction* choice : choices) {
        auto* button = actionButton(choice, choice->objectName() + QStringLiteral(".button"), this);
        m_choices->addWidget(button);
    }
}

QString ActionNotice::text() const {
    return m_text->text();
}

QString ActionNotice::words(Recreate::Step step, const QString& name) {
    switch (step) {
    case Recreate::Step::Stopping:
        return tr("%1: stopping the old container…").arg(name);
    case Recreate::Step::PuttingAside:
        return tr("%1: putting the old container aside…").arg(name);
    case Recreate::Step::Making:
        return tr("%1: making the new container…").arg(name);
    case Recreate::Step::Starting:
        return tr("%1: starting the new container…").arg(name);
    case Recreate::Step::Waiting:
        return tr("%1: waiting until the new container is up and healthy…").arg(name);
    case Recreate::Step::Removing:
        return tr("%1: removing the old container…").arg(name);
    case Recreate::Step::RollingBack:
        return tr("%1: putting everything back…").arg(name);
    }
    return {};
}

} // namespace escale::gui
