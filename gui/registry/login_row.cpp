#include "gui/registry/login_row.h"

#include "gui/common/buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace escale::gui {

LoginRow::LoginRow(QWidget* parent)
    : QFrame(parent)
    , m_words(new QLabel(this))
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this)) {
    setObjectName(QStringLiteral("loginRow"));
    m_words->setTextFormat(Qt::PlainText);
    m_user->setObjectName(QStringLiteral("loginRow.user"));
    m_user->setPlaceholderText(tr("User name"));
    m_user->setAccessibleName(tr("User name"));
    m_password->setObjectName(QStringLiteral("loginRow.password"));
    m_password->setPlaceholderText(tr("Password or token"));
    m_password->setAccessibleName(tr("Password or token"));
    m_password->setEchoMode(QLineEdit::Password);
    QPushButton* login = primaryButton(tr("Log in"), QStringLiteral("loginRow.submit"), this);
    QToolButton* close = flatButton(QStringLiteral("close"), tr("Dismiss"), this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(8);
    row->addWidget(m_words, 1);
    row->addWidget(m_user);
    row->addWidget(m_password);
    row->addWidget(login);
    row->addWidget(close);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(login, &QPushButton::clicked, this, &LoginRow::submit);
    connect(m_user, &QLineEdit::returnPressed, this, [this] { m_password->setFocus(Qt::TabFocusReason); });
    connect(m_password, &QLineEdit::returnPressed, this, &LoginRow::submit);
    hide();
}

void LoginRow::ask(const QString& registry) {
    m_registry = registry;
    m_words->setText(tr("%1 asks who you are.").arg(registry));
    show();
    m_user->setFocus(Qt::OtherFocusReason);
}

void LoginRow::submit() {
    if (m_user->text().isEmpty())
        return m_user->setFocus(Qt::OtherFocusReason);
    const QString password = m_password->text();
    m_password->clear();
    hide();
    Q_EMIT submitted(m_registry, m_user->text(), password);
}

} // namespace escale::gui
