// One limit of a running container: a slider and a field for it, "no limit", and the command that would do
// the same. It says what is wanted; whoever asks the engine tells it how that went.
#pragma once

#include "gui/containers/limit_scale.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QSlider;
class QToolButton;

namespace escale::gui {

class ElidedLabel;

class LimitEditor : public QWidget {
    Q_OBJECT
public:
    /// Children are named `name`.slider, .field, .none, .command, .copy.
    LimitEditor(LimitKind kind, double most, const QString& name, QWidget* parent = nullptr);

    /// Another container: what was being changed is forgotten.
    void setContainer(const QString& id);
    /// What is in force, 0 for none. Not shown while something else is being chosen or asked for.
    void setLimit(double limit);
    /// What the container uses of it now, so that a limit below can be warned of.
    void setUsed(double used);
    /// The wanted limit is in force.
    void accept();
    /// It was refused: shows what is in force again.
    void reject();
    /// What is shown, 0 for none.
    [[nodiscard]] double limit() const { return m_shown; }

Q_SIGNALS:
    /// While it is being chosen.
    void previewed(double limit);
    /// It has been chosen.
    void requested(double limit);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build(const QString& name);
    void showLimit(double limit);
    void showWords();
    void choose(double limit);
    void send();
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] double unit() const;

    LimitKind m_kind;
    LimitScale m_scale;
    QString m_id;
    double m_inForce = 0, m_shown = 0, m_used = 0;
    bool m_asked = false;
    QTimer m_settle; // a choice is asked for when it has not changed for a moment
    QSlider* m_slider;
    QDoubleSpinBox* m_field;
    QCheckBox* m_none;
    QLabel* m_command;
    ElidedLabel* m_note; // keeps its place: nothing may move below a slider that is dragged
    QToolButton* m_copy;
};

} // namespace escale::gui
