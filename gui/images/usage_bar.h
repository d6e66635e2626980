// Parts of a whole as one bar, with a legend below: a colour, a name and a figure each.
#pragma once

#include <QColor>
#include <QList>
#include <QWidget>

namespace escale::gui {

struct UsagePart {
    enum class Shade { Used, Spare, Changes, Logs };
    QString name;
    quint64 bytes = 0;
    Shade shade = Shade::Used;
};

class UsageBar : public QWidget {
    Q_OBJECT
public:
    explicit UsageBar(QWidget* parent = nullptr);
    void setParts(const QList<UsagePart>& parts);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    static QColor color(UsagePart::Shade shade);
    QList<UsagePart> m_parts;
};

} // namespace escale::gui
