// A field with a line beneath it that says what is wrong with it, or what to know of it.
#pragma once

#include <QWidget>

class QLabel;

namespace escale::gui {

class NotedField : public QWidget {
    Q_OBJECT
public:
    /// Takes the field, whose name its note continues: "NAME.note". `name`: for a screen reader.
    NotedField(QWidget* field, const QString& objectName, const QString& name, QWidget* parent);
    [[nodiscard]] QWidget* field() const { return m_field; }
    /// What is wrong; empty: nothing, the advice stands there again.
    void setProblem(const QString& text);
    void setAdvice(const QString& text);
    [[nodiscard]] const QString& problem() const { return m_problem; }

private:
    void show();

    QWidget* m_field;
    QLabel* m_note;
    QString m_problem, m_advice;
};

} // namespace escale::gui
