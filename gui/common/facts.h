// Names and values, two aligned columns; values can be selected and copied.
#pragma once

#include <QList>
#include <QStringList>
#include <QWidget>

class QGridLayout;
class QLabel;
class QScrollArea;

namespace escale::gui {

struct Fact {
    QString name, value;
    bool monospace = false;
};

class Facts : public QWidget {
    Q_OBJECT
public:
    explicit Facts(QWidget* parent = nullptr);
    void set(const QList<Fact>& facts);
    /// Itself with margins in an area that scrolls, for a tab or a card.
    QScrollArea* inScrollArea(QWidget* parent);

private:
    QWidget* makeValue(bool monospaced);
    static void show(QWidget* value, const Fact& fact);

    QGridLayout* m_grid;
    QStringList m_names;
    QList<std::pair<QLabel*, QWidget*>> m_rows;
};

} // namespace escale::gui
