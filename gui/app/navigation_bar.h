// The panes, at the left: icon and words, arrow keys, Ctrl+1…
#pragma once

#include <QFrame>

class QListWidget;

namespace escale::gui {

class NavigationBar : public QFrame {
    Q_OBJECT
public:
    explicit NavigationBar(QWidget* parent = nullptr);
    void add(const QString& iconName, const QString& text, const QString& shortcut);
    void setCurrent(int pane);
    [[nodiscard]] int current() const;

Q_SIGNALS:
    void chosen(int pane);

private:
    QListWidget* m_list;
};

} // namespace escale::gui
