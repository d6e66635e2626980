#include "gui/common/confirmation.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace escale::gui {

Confirmation::Confirmation(QWidget* parent)
    : QFrame(parent)
    , m_question(new QLabel(this))
    , m_yes(new QPushButton(this))
    , m_no(new QPushButton(tr("Keep"), this)) {
    setObjectName(QStringLiteral("confirmation"));
    m_question->setWordWrap(true);
    m_question->setTextFormat(Qt::PlainText);
    m_yes->setObjectName(QStringLiteral("confirmation.yes"));
    m_yes->setProperty("danger", true);
    m_no->setObjectName(QStringLiteral("confirmation.no"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(8);
    row->addWidget(m_question, 1);
    row->addWidget(m_no);
    row->addWidget(m_yes);
    connect(m_no, &QPushButton::clicked, this, &Confirmation::close);
    connect(m_yes, &QPushButton::clicked, this, [this] {
        const auto act = m_act;
        close();
        if (act)
            act();
    });
    hide();
}

void Confirmation::ask(const QString& question, const QString& yes, std::function<void()> act) {
    m_question->setText(question);
    m_yes->setText(yes);
    m_act = std::move(act);
    setAccessibleName(question);
    m_before = QApplication::focusWidget();
    show();
    m_no->setFocus(Qt::OtherFocusReason);
}

void Confirmation::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        return close();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (auto* button = qobject_cast<QPushButton*>(QApplication::focusWidget()))
            return button->click();
    }
    QFrame::keyPressEvent(event);
}

void Confirmation::close() {
    m_act = {};
    hide();
    if (m_before != nullptr)
        m_before->setFocus(Qt::OtherFocusReason);
    m_before = nullptr;
}

} // namespace escale::gui
