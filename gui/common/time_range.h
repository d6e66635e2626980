// The stretch of time that charts beside each other show, and the time the pointer is at: they zoom, move and
// point together. Times are Unix milliseconds.
#pragma once

#include <QObject>

#include <optional>

namespace escale::gui {

class TimeRange : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 kLeast = 10'000;
    static constexpr qint64 kMost = 3'600'000;
    /// As many steps as the range moves in while it is live: a step is about a pixel.
    static constexpr qint64 kSteps = 600;

    using QObject::QObject;

    [[nodiscard]] qint64 from() const { return m_to - m_span; }
    [[nodiscard]] qint64 to() const { return m_to; }
    [[nodiscard]] qint64 span() const { return m_span; }
    /// Its end moves on with the newest value.
    [[nodiscard]] bool isLive() const { return m_live; }
    [[nodiscard]] std::optional<qint64> cursor() const { return m_cursor; }

    /// The time of the newest value; the range never goes beyond.
    void setNow(qint64 now);
    /// About the middle, or up to the newest value when live.
    void setSpan(qint64 span);
    /// `factor` below 1 shows less; `anchor` stays where it is.
    void zoom(double factor, qint64 anchor);
    /// The same span with another end; negative steps of pan go into the past. The newest value's time makes
    /// it live again.
    void moveTo(qint64 to);
    void pan(qint64 by) { moveTo(m_to + by); }
    void goLive();
    /// Live, and of something else.
    void reset();
    void setCursor(std::optional<qint64> time);

Q_SIGNALS:
    void changed();
    void cursorChanged();

private:
    void place(qint64 to, qint64 span);

    qint64 m_now = 0, m_to = 0, m_span = 300'000;
    bool m_live = true;
    std::optional<qint64> m_cursor;
};

} // namespace escale::gui
