// What a list shows when it has nothing to show: why, and what to do next.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace escale::gui {

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);
    /// An empty `action` hides the button; so does an empty `second` the other one, for what is done less
    /// often.
    void set(const QString& iconName, const QString& title, const QString& text, const QString& action = {},
             const QString& second = {});
    [[nodiscard]] QString title() const;

Q_SIGNALS:
    void actionRequested();
    void secondRequested();

private:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawIcon();
    void fitText();

    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton *m_action, *m_second;
};

} // namespace escale::gui
