#include "gui/learn/making_view.h"

#include "engine/inspect/made_script.h"
#include "gui/common/format.h"
#include "gui/learn/explanation.h"
#include "gui/learn/making_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMap>
#include <QSet>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace escale::gui {
namespace {

constexpr qreal kLeft = 16, kTop = 16;
constexpr qreal kLong = 340; // pixels that the whole time has, to scale
constexpr qreal kLeast = 5;  // of a bar
constexpr qreal kIdle = 18;  // most of a time in which nothing is done
constexpr qreal kBar = 30, kRowGap = 4, kLaneHead = 24, kRunText = 18, kLaneGap = 12;
constexpr qreal kLeastTick = 52;
constexpr std::size_t kLongest = 3;   // that the explanation names
constexpr qsizetype kMostShown = 900; // characters of a detail
constexpr std::array kLanes{MadeBy::Engine, MadeBy::Runtime, MadeBy::Container};

struct MakingView {
    Q_DECLARE_TR_FUNCTIONS(MakingView)
};

std::int64_t endOf(const MadeStep& step) {
    return step.begin + std::max<std::int64_t>(step.duration, 1);
}

/// Where times lie from left to right.
class TimeAxis {
public:
    explicit TimeAxis(const MadeSteps& steps);
    [[nodiscard]] qreal at(std::int64_t time) const;
    [[nodiscard]] qreal width() const { return m_places.empty() ? 0 : m_places.rbegin()->second; }

private:
    std::map<std::int64_t, qreal> m_places; // of every begin and end
};

// One pass from left to right: each time lies as far behind the one before as the scale says, and behind the
// begin of every step that ends there by a bar's least width.
TimeAxis::TimeAxis(const MadeSteps& steps) {
    std::multimap<std::int64_t, std::int64_t> begins; // of the steps, by their end
    std::map<std::int64_t, int> active;               // changes of how many are going on
    for (const MadeStep& step : steps) {
        begins.emplace(endOf(step), step.begin);
        ++active[step.begin];
        --active[endOf(step)];
    }
    if (active.empty())
        return;
    const auto whole =
        static_cast<qreal>(std::max<std::int64_t>(1, active.rbegin()->first - active.begin()->first));
    std::int64_t before = active.begin()->first;
    qreal place = 0;
    int going = 0;
    for (const auto& [time, change] : active) {
        const qreal length = static_cast<qreal>(time - before) / whole * kLong;
        place += going > 0 ? length : std::min(length, kIdle);
        const auto [first, last] = begins.equal_range(time);
        for (auto each = first; each != last; ++each)
            place = std::max(place, m_places.at(each->second) + kLeast);
        m_places[time] = place;
        before = time;
        going += change;
    }
}

qreal TimeAxis::at(std::int64_t time) const {
    const auto after = m_places.lower_bound(time);
    if (after == m_places.end())
        return width();
    if (after->first == time || after == m_places.begin())
        return after->second;
    const auto before = std::prev(after);
    const qreal part =
        static_cast<qreal>(time - before->first) / static_cast<qreal>(after->first - before->first);
    return before->second + (after->second - before->second) * part;
}

class Lanes {
public:
    Lanes(const MadeSteps& steps, const QString& container);
    Drawing draw();

private:
    qreal drawLane(MadeBy by, qreal y);
    void drawBar(std::size_t number, qreal y);
    void drawRuns(const std::vector<std::size_t>& lane, qreal y);
    void drawRun(const std::vector<std::size_t>& lane, std::size_t first, std::size_t last, qreal y);
    void drawTicks(qreal y);
    void drawMarks(qreal bottom);
    void drawMark(const MadeStep& step, const QString& label, qreal top, qreal bottom);
    void drawLegend(qreal y);
    [[nodiscard]] qreal x(std::int64_t time) const { return kLeft + m_axis.at(time); }

    const MadeSteps& m_steps;
    TimeAxis m_axis;
    Drawing m_drawing;
    std::map<MadeBy, qreal> m_tops; // of the lanes' bars
};

Lanes::Lanes(const MadeSteps& steps, const QString& container)
    : m_steps(steps)
    , m_axis(steps) {
    m_drawing.title = MakingView::tr("How %1 was made").arg(container);
}

void Lanes::drawBar(std::size_t number, qreal y) {
    const MadeStep& step = m_steps[number];
    DrawnBox box;
    box.id = stepId(number);
    box.rect = QRectF(x(step.begin), y, std::max(kLeast, x(endOf(step)) - x(step.begin)) - 1, kBar);
    box.hue = subjectHue(subjectOf(step));
    box.look = step.duration < 0 || isReused(step) ? DrawnBox::Look::Dashed : DrawnBox::Look::Filled;
    box.radius = 2;
    box.spoken = MakingView::tr("%1: %2, %3").arg(number + 1).arg(stepTitle(step), stepDuration(step));
    m_drawing.boxes.append(box);
    DrawnText words;
    words.text = stepTitle(step);
    if (textWidth(words.text) + 12 > box.rect.width())
        words.text = QString::fromStdString(step.operation);
    if (textWidth(words.text) + 12 > box.rect.width())
        words.text = QString::number(number + 1);
    if (textWidth(words.text) + 4 > box.rect.width())
        return;
    words.rect = box.rect;
    words.alignment = Qt::AlignCenter;
    m_drawing.texts.append(words);
}

// Bars that are too thin for words, and about one thing: those words below all of them.
void Lanes::drawRun(const std::vector<std::size_t>& lane, std::size_t first, std::size_t last, qreal y) {
    const MadeSubject subject = subjectOf(m_steps[lane[first]]);
    const qreal from = x(m_steps[lane[first]].begin), to = x(endOf(m_steps[lane[last]])) - 1;
    const auto count = last - first + 1;
    if (count < 2)
        return; // a thin one that stands alone: its colour says it
    const QString name = subjectText(subject);
    const QString counted = QStringLiteral("%1 × %2").arg(count).arg(name);
    const QString text = textWidth(counted) <= to - from ? counted
                         : textWidth(name) <= to - from  ? name
                                                         : QString();
    if (text.isEmpty())
        return;
    DrawnLine below;
    below.path.moveTo(from + 1, y + 3);
    below.path.lineTo(to - 1, y + 3);
    below.hue = subjectHue(subject);
    below.width = 2;
    m_drawing.lines.append(below);
    DrawnText words;
    words.rect = QRectF(from, y + 4, to - from, kRunText - 3);
    words.text = text;
    words.alignment = Qt::AlignHCenter | Qt::AlignVCenter;
    words.isSmall = true;
    words.hue = subjectHue(subject);
    m_drawing.texts.append(words);
}

void Lanes::drawRuns(const std::vector<std::size_t>& lane, qreal y) {
    for (std::size_t first = 0; first < lane.size();) {
        std::size_t last = first;
        while (last + 1 < lane.size() &&
               subjectOf(m_steps[lane[last + 1]]) == subjectOf(m_steps[lane[first]]))
            ++last;
        drawRun(lane, first, last, y);
        first = last + 1;
    }
}

// What overlaps in a lane gets a row of its own below.
qreal Lanes::drawLane(MadeBy by, qreal y) {
    std::vector<std::size_t> lane;
    std::vector<std::int64_t> rows; // end of the last bar in each
    std::vector<std::size_t> rowOf;
    for (std::size_t number = 0; number < m_steps.size(); ++number) {
        if (m_steps[number].by != by)
            continue;
        const auto row = std::find_if(rows.begin(), rows.end(),
                                      [&](std::int64_t end) { return end <= m_steps[number].begin; });
        rowOf.push_back(static_cast<std::size_t>(row - rows.begin()));
        if (row == rows.end())
            rows.push_back(endOf(m_steps[number]));
        else
            *row = endOf(m_steps[number]);
        lane.push_back(number);
    }
    const qreal height = static_cast<qreal>(std::max<std::size_t>(1, rows.size())) * (kBar + kRowGap);
    const QRectF ground(kLeft - 8, y, m_axis.width() + 16, kLaneHead + height + kRunText + 4);
    m_drawing.bands.append({QPolygonF(ground), -1, 0.06});
    DrawnText head;
    head.rect = QRectF(kLeft, y + 2, m_axis.width(), kLaneHead - 2);
    head.text = madeByText(by);
    head.text[0] = head.text.at(0).toUpper();
    head.isBold = true;
    m_drawing.texts.append(head);
    m_tops[by] = y + kLaneHead;
    for (std::size_t i = 0; i < lane.size(); ++i)
        drawBar(lane[i], y + kLaneHead + static_cast<qreal>(rowOf[i]) * (kBar + kRowGap));
    std::vector<std::size_t> outer; // those that lie in another one are part of it
    for (std::size_t i = 0; i < lane.size(); ++i) {
        if (rowOf[i] == 0)
            outer.push_back(lane[i]);
    }
    drawRuns(outer, y + kLaneHead + height - kRowGap);
    return ground.bottom();
}

/// 1, 2 or 5 times a power of ten, not below the value.
std::int64_t roundTime(qreal value) {
    const qreal power = std::pow(10, std::floor(std::log10(std::max(1.0, value))));
    for (const int factor : {1, 2, 5, 10}) {
        if (factor * power >= value)
            return static_cast<std::int64_t>(factor * power);
    }
    return static_cast<std::int64_t>(10 * power);
}

QString tickText(std::int64_t time) {
    const QLocale locale;
    return time % 1'000'000 == 0
               ? locale.toString(static_cast<qlonglong>(time / 1'000'000)) + QStringLiteral(" ms")
               : durationText(time);
}

void Lanes::drawTicks(qreal y) {
    const std::int64_t whole = makingTime(m_steps);
    const std::int64_t begin = m_steps.front().begin;
    const std::int64_t step = roundTime(static_cast<qreal>(whole) / 12);
    qreal before = -kLeastTick;
    for (std::int64_t time = 0; time <= whole; time += step) {
        const qreal place = x(begin + time);
        if (place - before < kLeastTick)
            continue;
        before = place;
        DrawnLine tick;
        tick.path.moveTo(place, y);
        tick.path.lineTo(place, y + 5);
        tick.width = 1;
        m_drawing.lines.append(tick);
        DrawnText words;
        words.rect = QRectF(place - (time == 0 ? 0 : kLeastTick / 2), y + 6, kLeastTick, 14);
        words.text = time == 0 ? QStringLiteral("0") : tickText(time);
        words.alignment = (time == 0 ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter;
        words.isMuted = words.isSmall = true;
        m_drawing.texts.append(words);
    }
}

void Lanes::drawMark(const MadeStep& step, const QString& label, qreal top, qreal bottom) {
    DrawnLine mark;
    mark.path.moveTo(x(endOf(step)) - 0.5, top);
    mark.path.lineTo(x(endOf(step)) - 0.5, bottom);
    mark.hue = subjectHue(MadeSubject::Process);
    mark.width = 1.2;
    mark.isDashed = true;
    m_drawing.lines.append(mark);
    DrawnLine words = mark; // beside the bars, at the mark's lower end
    const qreal middle = x(endOf(step)) - textWidth(label) / 2;
    words.path = QPainterPath(QPointF(middle, bottom));
    words.path.lineTo(middle + 0.5, bottom);
    words.label = label;
    m_drawing.lines.append(words);
}

// Where the container begins, and where it becomes its program.
void Lanes::drawMarks(qreal bottom) {
    for (const MadeStep& step : m_steps) {
        if (step.operation == "clone3")
            drawMark(step, QStringLiteral("clone3"), m_tops[MadeBy::Runtime],
                     m_tops[MadeBy::Container] - kLaneHead / 2);
        else if (step.operation == "execute")
            drawMark(step, QStringLiteral("execve"), m_tops[MadeBy::Engine] - kLaneHead / 2, bottom);
    }
}

void Lanes::drawLegend(qreal y) {
    qreal place = kLeft;
    QSet<int> met;
    for (const MadeStep& step : m_steps)
        met.insert(static_cast<int>(subjectOf(step)));
    for (const MadeSubject subject : {MadeSubject::Files, MadeSubject::Network, MadeSubject::Limits,
                                      MadeSubject::Rights, MadeSubject::Process, MadeSubject::Other}) {
        if (!met.contains(static_cast<int>(subject)))
            continue;
        DrawnBox sample;
        sample.rect = QRectF(place, y + 3, 12, 12);
        sample.hue = subjectHue(subject);
        sample.look = DrawnBox::Look::Filled;
        sample.radius = 2;
        m_drawing.boxes.append(sample);
        DrawnText words;
        words.text = subjectText(subject);
        words.rect = QRectF(place + 18, y, textWidth(words.text) + 6, 18);
        words.isMuted = true;
        m_drawing.texts.append(words);
        place = words.rect.right() + 16;
    }
}

Drawing Lanes::draw() {
    if (m_steps.empty())
        return m_drawing;
    qreal y = kTop;
    for (const MadeBy by : kLanes)
        y = drawLane(by, y) + kLaneGap;
    drawMarks(y - kLaneGap);
    drawTicks(y);
    drawLegend(y + 30);
    m_drawing.fitBounds();
    return m_drawing;
}

QString detailsTable(const MadeStep& step) {
    QString rows;
    for (const auto& [name, value] : step.details) {
        QString shown = QString::fromStdString(value);
        if (shown.size() > kMostShown)
            shown = shown.left(kMostShown) + u'…';
        rows += QStringLiteral("<tr><td style='padding-right:10px'>%1</td><td><code>%2</code></td></tr>")
                    .arg(QString::fromStdString(name).toHtmlEscaped(),
                         shown.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
    }
    return rows.isEmpty() ? QString() : QStringLiteral("<table>") + rows + QStringLiteral("</table>");
}

int callsOf(const MadeSteps& steps) {
    int calls = 0;
    for (const MadeStep& step : steps) {
        for (const QString& page : stepCalls(step))
            calls += page.endsWith(QLatin1String("(2)")) ? 1 : 0;
    }
    return calls;
}

QString lanesText(const MadeSteps& steps) {
    QString list;
    for (const MadeBy by : kLanes) {
        std::int64_t time = 0;
        int count = 0;
        for (const MadeStep& step : steps) {
            time += step.by == by ? std::max<std::int64_t>(0, step.duration) : 0;
            count += step.by == by ? 1 : 0;
        }
        if (count == 0)
            continue;
        QString name = madeByText(by);
        name[0] = name.at(0).toUpper();
        list += QStringLiteral("<li>") +
                MakingView::tr("%1: %n step(s), %2", nullptr, count).arg(name, durationText(time)) +
                QStringLiteral("</li>");
    }
    return QStringLiteral("<ul>") + list + QStringLiteral("</ul>");
}

QString longestText(const MadeSteps& steps) {
    std::vector<std::size_t> numbers;
    for (std::size_t number = 0; number < steps.size(); ++number) {
        if (steps[number].duration > 0)
            numbers.push_back(number);
    }
    std::stable_sort(numbers.begin(), numbers.end(), [&](std::size_t one, std::size_t other) {
        return steps[one].duration > steps[other].duration;
    });
    numbers.resize(std::min(numbers.size(), kLongest));
    QString list;
    for (const std::size_t number : numbers)
        list += QStringLiteral("<li>%1 · %2: %3</li>")
                    .arg(number + 1)
                    .arg(stepTitle(steps[number]).toHtmlEscaped(), durationText(steps[number].duration));
    return list.isEmpty() ? QString()
                          : htmlParagraph(MakingView::tr("Longest:")) + QStringLiteral("<ul>") + list +
                                QStringLiteral("</ul>");
}

} // namespace

MadeSteps madeStepsOf(const dbus::MadeSteps& told) {
    MadeSteps steps;
    steps.reserve(static_cast<std::size_t>(told.size()));
    for (const dbus::MadeStep& one : told) {
        MadeStep step;
        step.by = one.by == QLatin1String("container") ? MadeBy::Container
                  : one.by == QLatin1String("runtime") ? MadeBy::Runtime
                                                       : MadeBy::Engine;
        step.operation = one.operation.toStdString();
        step.begin = one.begin;
        step.duration = one.duration;
        for (const dbus::MadeDetail& detail : one.details)
            step.details.emplace_back(detail.name.toStdString(), detail.value.toStdString());
        steps.push_back(std::move(step));
    }
    // What lies in another step comes after it.
    std::stable_sort(steps.begin(), steps.end(), [](const MadeStep& one, const MadeStep& other) {
        return one.begin != other.begin ? one.begin < other.begin : one.duration > other.duration;
    });
    return steps;
}

QString stepId(std::size_t number) {
    return QStringLiteral("step:") + QString::number(number);
}

int stepOf(const QString& id) {
    bool isNumber = false;
    const int number = id.startsWith(QLatin1String("step:")) ? id.mid(5).toInt(&isNumber) : -1;
    return isNumber ? number : -1;
}

std::int64_t makingTime(const MadeSteps& steps) {
    if (steps.empty())
        return 0;
    std::int64_t begin = steps.front().begin, end = begin;
    for (const MadeStep& step : steps) {
        begin = std::min(begin, step.begin);
        end = std::max(end, endOf(step));
    }
    return end - begin;
}

Drawing makingDrawing(const MadeSteps& steps, const QString& container) {
    return Lanes(steps, container).draw();
}

QStringList makingColumns() {
    return {MakingView::tr("No."), MakingView::tr("What"), MakingView::tr("Time"), MakingView::tr("Who"),
            MakingView::tr("Read")};
}

QList<CellsRow> makingRows(const MadeSteps& steps) {
    QList<CellsRow> rows;
    for (std::size_t number = 0; number < steps.size(); ++number) {
        const MadeStep& step = steps[number];
        const QString page = QString::fromStdString(shellEquivalent(step).manPage);
        CellsRow row;
        row.id = stepId(number);
        row.cells.append({QString::number(number + 1), static_cast<int>(number)});
        row.cells.append({stepTitle(step), {}, QString::fromStdString(step.operation)});
        row.cells.append({stepDuration(step), static_cast<qlonglong>(step.duration)});
        row.cells.append({madeByText(step.by), static_cast<int>(step.by)});
        row.cells.append({page.isEmpty() ? stepCalls(step).value(0) : page});
        rows.append(row);
    }
    return rows;
}

QString makingExplanation(const MadeSteps& steps, const QString& container) {
    if (steps.empty())
        return {};
    const int reused = static_cast<int>(std::count_if(steps.begin(), steps.end(), isReused));
    QString html =
        htmlHeading(MakingView::tr("From nothing to a running container"), 4) +
        htmlParagraph(
            MakingView::tr("This is what was really done when %1 was started last: %n step(s) in <b>%2</b>, "
                           "some %3 system calls.",
                           nullptr, static_cast<int>(steps.size()))
                .arg(container.toHtmlEscaped(), durationText(makingTime(steps)),
                     QLocale().toString(callsOf(steps)))) +
        lanesText(steps) +
        htmlParagraph(MakingView::tr(
            "There is no “create a container” in the kernel. The <b>engine</b> prepares files and "
            "network, the <b>runtime</b> makes a process in new namespaces (clone3), and this "
            "<b>process</b> furnishes its own world from inside, gives up its rights and becomes "
            "the program (execve). All of it can be done by hand: choose a step to see how."));
    if (reused > 0)
        html += htmlParagraph(MakingView::tr(
            "%n step(s) had been done before, for another container, and took no time.", nullptr, reused));
    return html + longestText(steps) +
           htmlParagraph(
               MakingView::tr("Time runs to the right. Steps too short to be seen are drawn wider than they "
                              "are."));
}

QString stepExplanation(const MadeSteps& steps, std::size_t number) {
    if (number >= steps.size())
        return {};
    const MadeStep& step = steps[number];
    const QString after = durationText(std::max<std::int64_t>(0, step.begin - steps.front().begin));
    QString time = isReused(step)      ? MakingView::tr("it was there already, from an earlier container")
                   : step.duration < 0 ? MakingView::tr("not measured")
                                       : MakingView::tr("took %1").arg(durationText(step.duration));
    const ShellEquivalent shell = shellEquivalent(step);
    QStringList pages = stepCalls(step);
    if (!shell.manPage.empty())
        pages.prepend(QString::fromStdString(shell.manPage));
    pages.removeDuplicates();
    QString html = htmlHeading(QStringLiteral("%1 · %2").arg(number + 1).arg(stepTitle(step)), 4);
    html += htmlParagraph(
        MakingView::tr("By %1, %2 after the first step; %3.").arg(madeByText(step.by), after, time));
    html += htmlParagraph(stepReason(step).toHtmlEscaped());
    html += detailsTable(step);
    if (!pages.isEmpty())
        html += htmlParagraph(MakingView::tr("To read: %1").arg(pages.join(QStringLiteral(", "))));
    return html;
}

} // namespace escale::gui
