// Says of the selected container what is wrong with it and what to do: why it ended, keeps restarting, is
// unhealthy. Hidden while there is nothing to say.
#pragma once

#include <QFrame>

class QLabel;

namespace escale::dbus {
struct Container;
}

namespace escale::gui {

class StateNote : public QFrame {
    Q_OBJECT
public:
    explicit StateNote(QWidget* parent = nullptr);
    void setContainer(const dbus::Container* container);

protected:
    void changeEvent(QEvent* event) override;

private:
    void drawIcon();

    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
};

} // namespace escale::gui
