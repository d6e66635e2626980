#include "gui/containers/recreate_notice.h"

#include "gui/common/buttons.h"
#include "gui/common/progress.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace escale::gui {

RecreateNotice::RecreateNotice(QWidget* parent)
    : QFrame(parent)
    , m_text(label({}, "text", this))
    , m_bar(progressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_dismiss(flatButton(QStringLiteral("close"), tr("Dismiss"), this)) {
    setObjectName(QStringLiteral("recreateNotice"));
    setProperty("role", "card");
    m_text->setObjectName(QStringLiteral("recreateNotice.text"));
    m_text->setWordWrap(true);
    m_cancel->setObjectName(QStringLiteral("recreateNotice.cancel"));
    m_cancel->setToolTip(tr("Everything is put back as it was"));
    m_dismiss->setObjectName(QStringLiteral("recreateNotice.dismiss"));
    m_bar->setFixedWidth(160);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 8, 8, 8);
    row->setSpacing(12);
    row->addWidget(m_text, 1);
    row->addWidget(m_bar, 0, Qt::AlignVCenter);
    row->addWidget(m_cancel);
    row->addWidget(m_dismiss);
    connect(m_cancel, &QPushButton::clicked, this, &RecreateNotice::cancelled);
    connect(m_dismiss, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void RecreateNotice::show(const QString& text, bool works, bool cancellable) {
    m_text->setText(text);
    setAccessibleName(text);
    m_bar->setVisible(works);
    if (works)
        showFraction(*m_bar, -1, "");
    m_cancel->setVisible(works);
    m_cancel->setEnabled(cancellable);
    m_dismiss->setVisible(!works);
    QFrame::show();
}

void RecreateNotice::showWork(const QString& text, bool cancellable) {
    show(text, true, cancellable);
}

void RecreateNotice::showOutcome(const QString& text) {
    show(text, false, false);
}

QString RecreateNotice::text() const {
    return m_text->text();
}

QString RecreateNotice::words(Recreate::Step step, const QString& name) {
    switch (step) {
    case Recreate::Step::Stopping:
        return tr("%1: stopping the old container…").arg(name);
    case Recreate::Step::PuttingAside:
        return tr("%1: putting the old container aside…").arg(name);
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
