// User name and password for a registry that asks for them, in place. Escale keeps them until it is closed.
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;

namespace escale::gui {

class LoginRow : public QFrame {
    Q_OBJECT
public:
    explicit LoginRow(QWidget* parent = nullptr);
    void ask(const QString& registry);

Q_SIGNALS:
    void submitted(const QString& registry, const QString& user, const QString& password);

private:
    void submit();

    QString m_registry;
    QLabel* m_words;
    QLineEdit *m_user, *m_password;
};

} // namespace escale::gui
