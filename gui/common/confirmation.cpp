#include "gui/common/confirmation.h"

#include <QApplication>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace escale::gui {

Confirmation::Confirmation(QWidget* parent)
    : QFrame(parent)
    , m_question(new QLabel(this))
    , m_yes(new QPushButton(this))
    , m_no(new QPushButton(tr("Keep"), this))
    , m_choice(new QCheckBox(this)) {
    setObjectName(QStringLiteral("confirmation"));
    m_question->setWordWrap(true);
    m_question->setTextFormat(Qt::PlainText);
    m_yes->setObjectName(QStringLiteral("confirmation.yes"));
    m_yes->setProperty("danger", true);
    m_no->setObjectName(QStringLiteral("confirmation.no"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(8);
    m_choice->setObjectName(QStringLiteral("confirmation.choice"));
    m_choice->hide();
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_question);
    words->addWidget(m_choice);
    row->addLayout(words, 1);
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

quint64 Confirmation::ask(const QString& question, const QString& yes, std::function<void()> act) {
    m_question->setText(question);
    m_yes->setText(yes);
    m_act = std::move(act);
    m_choice->setChecked(false);
    m_choice->hide();
    setAccessibleName(question);
    m_before = QApplication::focusWidget();
    show();
    m_no->setFocus(Qt::OtherFocusReason);
    return ++m_number;
}

void Confirmation::offer(quint64 question, const QString& choice) {
    if (question != m_number || !m_act)
        return;
    m_choice->setText(choice);
    m_choice->show();
}

bool Confirmation::isTaken() const {
    return m_choice->isChecked();
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
