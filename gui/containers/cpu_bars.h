// How busy each processor was with the container, a small bar each.
#pragma once

#include <QList>
#include <QWidget>

namespace escale::gui {

class CpuBars : public QWidget {
    Q_OBJECT
public:
    explicit CpuBars(QWidget* parent = nullptr);
    /// Nanoseconds each processor has worked so far, at a time in Unix milliseconds; empty where the kernel
    /// does not tell: then it hides.
    void add(qint64 time, const QList<quint64>& nanoseconds);
    void clear();
    /// 0 … 1 a processor, of the time between the last two readings.
    [[nodiscard]] const QList<double>& shares() const { return m_shares; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF place(qsizetype index) const;

    qint64 m_time = 0;
    QList<quint64> m_last;
    QList<double> m_shares;
};

} // namespace escale::gui
