#include "gui/learn/cgroup_view.h"

#include "gui/learn/cgroup_text.h"
#include "gui/learn/explanation.h"

#include <QCoreApplication>

#include <algorithm>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CgroupView)
};

constexpr qreal kCardWidth = 304, kGap = 10, kInset = 10, kBarHeight = 30, kFileHeight = 18;
constexpr qreal kChipHeight = 30;
constexpr qreal kSmaller = 11.0 / 12; // small text
constexpr int kMostBelow = 8;
constexpr qreal kWidth = 2 * kCardWidth + kGap;

struct Card {
    const char* controller;
    int hue;
    std::vector<const char*> files; // those that are drawn, in their order; the table has all
};

const std::vector<Card>& cards() {
    static const std::vector<Card> kCards{
        {"cpu",
         210,
         {"cpu.max", "cpu.weight", "cpu.cfs_quota_us", "cpu.cfs_period_us", "cpu.shares", "cpu.stat",
          "cpuacct.usage"}},
        {"memory",
         275,
         {"memory.current", "memory.max", "memory.high", "memory.low", "memory.swap.max", "memory.events",
          "memory.usage_in_bytes", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.failcnt",
          "memory.oom_control"}},
        {"pids", 30, {"pids.current", "pids.max", "pids.events"}},
        {"io",
         150,
         {"io.max", "io.weight", "io.stat", "blkio.throttle.io_service_bytes_recursive",
          "blkio.throttle.write_bps_device", "blkio.throttle.read_bps_device", "blkio.weight"}}};
    return kCards;
}

// The two names of one controller.
bool isSame(const QString& controller, const QString& other) {
    return controller == other || (controller == u"io" && other == u"blkio") ||
           (controller == u"blkio" && other == u"io") || (controller == u"cpu" && other == u"cpuacct");
}

int hueOf(const QString& controller) {
    for (const Card& card : cards()) {
        if (isSame(QString::fromLatin1(card.controller), controller))
            return card.hue;
    }
    return -1;
}

// What counts of a file with several lines; the first line of any other.
QString shortValue(const dbus::CgroupFile& file) {
    static const std::pair<const char*, const char*> kWords[] = {{"cpu.stat", "nr_throttled"},
                                                                 {"memory.events", "oom_kill"},
                                                                 {"memory.oom_control", "oom_kill"},
                                                                 {"pids.events", "max"}};
    for (const auto& [name, word] : kWords) {
        const QString key = QString::fromLatin1(word);
        if (file.file == QLatin1String(name) && file.value.contains(key))
            return key + QLatin1Char(' ') + QString::number(numberAfter(file.value, key));
    }
    const QStringList lines = file.value.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    if (lines.isEmpty())
        return Words::tr("(empty)");
    const auto written = std::find_if(lines.begin(), lines.end(),
                                      [](const QString& line) { return line.contains(u" Write "); });
    const QString line = written == lines.end() ? lines.first() : *written;
    return lines.size() > 1 ? line + QStringLiteral(" …") : line;
}

QString versionName(int version) {
    return version == 1 ? Words::tr("version 1") : Words::tr("version 2");
}

QString lastPart(const QString& path) {
    const QString last = path.section(QLatin1Char('/'), -1);
    return last.size() > 40 ? last.left(12) + QStringLiteral("…") : last;
}

QString controllersOf(const CgroupSnapshot& snapshot) {
    return isHybrid(snapshot) ? Words::tr("cgroups of both versions")
           : !snapshot.nodes.isEmpty() && !snapshot.nodes.first().files.isEmpty() &&
                   snapshot.nodes.first().files.first().version == 1
               ? Words::tr("cgroup version 1: a tree of its own for each controller")
               : Words::tr("cgroup version 2: one tree for all controllers");
}

class Layout {
public:
    Layout(const CgroupSnapshot& now, const CgroupSnapshot& before, QString name)
        : m_now(now)
        , m_before(before)
        , m_name(std::move(name)) {}

    CgroupView make();

private:
    [[nodiscard]] QList<CgroupGauge> gauges(const dbus::CgroupNode& node) const {
        return gaugesOf(node, m_before.node(node.path), m_now.time - m_before.time);
    }
    int addFrame(const QString& id, const QStringList& lines, qreal x, qreal y, const QString& spoken);
    void closeFrame(int index, qreal right, qreal bottom);
    qreal addChips(const dbus::CgroupNode& node, qreal x, qreal y, qreal width);
    qreal addCards(const dbus::CgroupNode& node, qreal x, qreal y);
    qreal addCard(const dbus::CgroupNode& node, const Card& card, const CgroupGauge* gauge, qreal x, qreal y);
    qreal addFile(const dbus::CgroupNode& node, const dbus::CgroupFile& file, qreal x, qreal y);
    qreal addOthers(const dbus::CgroupNode& node, qreal x, qreal y);
    qreal addBelow(qreal x, qreal y);
    void addRows(const dbus::CgroupNode& node);
    [[nodiscard]] QString titleOf(const dbus::CgroupNode& node) const;

    const CgroupSnapshot& m_now;
    const CgroupSnapshot& m_before;
    QString m_name;
    CgroupView m_view;
};

QString Layout::titleOf(const dbus::CgroupNode& node) const {
    const QString count = Words::tr("%n process(es) in it", nullptr, static_cast<int>(node.processes));
    if (node.relation == u"itself")
        return Words::tr("%1: its cgroup · %2").arg(m_name, count);
    return node.relation == u"above" ? Words::tr("%1 · above").arg(lastPart(node.path))
                                     : Words::tr("%1 · below · %2").arg(lastPart(node.path), count);
}

int Layout::addFrame(const QString& id, const QStringList& lines, qreal x, qreal y, const QString& spoken) {
    DrawnBox box;
    box.id = id;
    box.rect = QRectF(x, y, 0, 0);
    box.lines = lines;
    box.spoken = spoken;
    m_view.drawing.boxes.append(box);
    return static_cast<int>(m_view.drawing.boxes.size()) - 1;
}

void Layout::closeFrame(int index, qreal right, qreal bottom) {
    QRectF& rect = m_view.drawing.boxes[index].rect;
    rect.setRight(right);
    rect.setBottom(bottom);
}

qreal Layout::addChips(const dbus::CgroupNode& node, qreal x, qreal y, qreal width) {
    const QList<CgroupGauge> all = gauges(node);
    if (all.isEmpty())
        return y;
    const qreal each = (width - kGap) / 2;
    for (int i = 0; i < all.size(); ++i) {
        const CgroupGauge& gauge = all[i];
        DrawnBox box;
        box.id = controllerId(node.path, gauge.controller);
        box.rect = QRectF(x + (i % 2) * (each + kGap), y + (i / 2) * (kChipHeight + 6), each, kChipHeight);
        box.lines = {controllerTitle(gauge.controller) + QStringLiteral(": ") + gauge.words};
        box.spoken = lastPart(node.path) + QStringLiteral(", ") + box.lines.first();
        box.hue = hueOf(gauge.controller);
        box.level = gauge.level;
        box.tone = gauge.isNear ? Tone::Bad : Tone::None;
        box.radius = 6;
        m_view.drawing.boxes.append(box);
    }
    return y + (all.size() + 1) / 2 * (kChipHeight + 6) - 6 + kGap;
}

// A box to choose, and on it the name at the left and the value at the right.
qreal Layout::addFile(const dbus::CgroupNode& node, const dbus::CgroupFile& file, qreal x, qreal y) {
    const qreal width = kCardWidth - 2 * kBoxPadding;
    const QString value = shortValue(file);
    DrawnBox box;
    box.id = cgroupFileId(node.path, file);
    box.rect = QRectF(x, y, width, kFileHeight);
    box.spoken = file.file + QStringLiteral(": ") + value + QStringLiteral(". ") +
                 cgroupFileText(file.controller, file.file, static_cast<int>(file.version)).meaning;
    box.radius = 3;
    m_view.drawing.boxes.append(box);
    const QRectF inner = box.rect.adjusted(6, 0, -6, 0);
    const qreal room = std::min(textWidth(value, false, true) * kSmaller + 2, inner.width() * 0.55);
    DrawnText left;
    left.rect = inner.adjusted(0, 0, -room - 6, 0);
    left.text = file.file;
    left.isSmall = left.isFixedWidth = left.isMuted = true;
    DrawnText right = left;
    right.rect = QRectF(inner.right() - room, y, room, kFileHeight);
    right.text = value;
    right.isMuted = false;
    right.alignment = Qt::AlignRight | Qt::AlignVCenter;
    m_view.drawing.texts.append({left, right});
    return y + kFileHeight + 2;
}

qreal Layout::addCard(const dbus::CgroupNode& node, const Card& card, const CgroupGauge* gauge, qreal x,
                      qreal y) {
    const QString controller = gauge == nullptr ? QString::fromLatin1(card.controller) : gauge->controller;
    DrawnBox box;
    box.id = controllerId(node.path, controller);
    box.lines = {controllerTitle(controller)};
    box.hue = card.hue;
    box.tone = gauge != nullptr && gauge->isNear ? Tone::Bad : Tone::None;
    box.rect = QRectF(x, y, kCardWidth, 0);
    box.spoken = controllerTitle(controller) + QStringLiteral(": ") +
                 (gauge == nullptr ? Words::tr("this machine does not count it") : gauge->words);
    const auto index = m_view.drawing.boxes.size();
    m_view.drawing.boxes.append(box);
    y += boxHeight(1) - 4;
    DrawnBox bar;
    bar.rect = QRectF(x + kBoxPadding, y, kCardWidth - 2 * kBoxPadding, kBarHeight);
    bar.lines = {gauge == nullptr ? Words::tr("not there") : gauge->words};
    bar.hue = card.hue;
    bar.isCentred = true;
    bar.radius = 5;
    bar.level = gauge == nullptr ? -1 : gauge->level;
    bar.tone = Tone::None;
    if (gauge != nullptr && gauge->isNear)
        bar.hue = 0;
    if (bar.level < 0)
        bar.look = DrawnBox::Look::Dashed;
    m_view.drawing.boxes.append(bar);
    y += kBarHeight + 6;
    for (const char* name : card.files) {
        for (const dbus::CgroupFile& file : node.files) {
            if (file.file == QLatin1String(name) && cgroupValue(node, file.file) == &file.value)
                y = addFile(node, file, x + kBoxPadding, y);
        }
    }
    y += kBoxPadding - 4;
    m_view.drawing.boxes[index].rect.setBottom(y);
    return y;
}

qreal Layout::addCards(const dbus::CgroupNode& node, qreal x, qreal y) {
    const QList<CgroupGauge> all = gauges(node);
    for (std::size_t i = 0; i < cards().size(); i += 2) {
        qreal bottom = y;
        QList<qsizetype> frames;
        for (std::size_t k = i; k < i + 2 && k < cards().size(); ++k) {
            const QString controller = QString::fromLatin1(cards()[k].controller);
            const auto gauge = std::find_if(all.begin(), all.end(), [&](const CgroupGauge& one) {
                return isSame(controller, one.controller);
            });
            frames.append(m_view.drawing.boxes.size());
            bottom = std::max(bottom, addCard(node, cards()[k], gauge == all.end() ? nullptr : &*gauge,
                                              x + (k - i) * (kCardWidth + kGap), y));
        }
        for (const qsizetype frame : frames) // of one height
            m_view.drawing.boxes[frame].rect.setBottom(bottom);
        y = bottom + kGap;
    }
    return y;
}

// Controllers without a gauge: a small box each.
qreal Layout::addOthers(const dbus::CgroupNode& node, qreal x, qreal y) {
    QStringList controllers;
    for (const dbus::CgroupFile& file : node.files) {
        if (hueOf(file.controller) < 0 && !controllers.contains(file.controller))
            controllers.append(file.controller);
    }
    qreal left = x;
    for (const QString& controller : std::as_const(controllers)) {
        DrawnBox box;
        box.id = controllerId(node.path, controller);
        box.lines = {controllerTitle(controller)};
        box.radius = 6;
        box.isCentred = true;
        const qreal width = textWidth(box.lines.first(), true) + 2 * kBoxPadding + 6;
        if (left > x && left + width > x + kWidth) {
            left = x;
            y += kChipHeight + 6;
        }
        box.rect = QRectF(left, y, width, kChipHeight);
        m_view.drawing.boxes.append(box);
        left += width + 8;
    }
    return controllers.isEmpty() ? y : y + kChipHeight + kGap;
}

qreal Layout::addBelow(qreal x, qreal y) {
    int drawn = 0;
    int left = 0;
    for (const dbus::CgroupNode& node : m_now.nodes) {
        if (node.relation != u"below")
            continue;
        if (drawn == kMostBelow) {
            ++left;
            continue;
        }
        ++drawn;
        const int frame = addFrame(node.path, {titleOf(node)}, x, y, titleOf(node));
        const qreal bottom = addChips(node, x + kInset, y + boxHeight(1) - 2, kWidth - 2 * kInset);
        closeFrame(frame, x + kWidth, std::max(bottom, y + boxHeight(1)));
        y = m_view.drawing.boxes[frame].rect.bottom() + 8;
    }
    if (left > 0) {
        DrawnText more;
        more.rect = QRectF(x, y, kWidth, 20);
        more.text = Words::tr("and %n more below: the table has them", nullptr, left);
        more.isMuted = true;
        m_view.drawing.texts.append(more);
        y += 24;
    }
    return y;
}

void Layout::addRows(const dbus::CgroupNode& node) {
    m_view.rows.append(
        {node.path, {{titleOf(node)}, {QString()}, {QString()}, {node.path, {}, {}, Tone::None, true}}});
    const QList<CgroupGauge> all = gauges(node);
    for (const CgroupGauge& gauge : all)
        m_view.rows.append(
            {controllerId(node.path, gauge.controller),
             {{controllerTitle(gauge.controller), {}, {}, gauge.isNear ? Tone::Bad : Tone::Good},
              {gauge.words},
              {QString()},
              {controllerText(gauge.controller)}}});
    for (const dbus::CgroupFile& file : node.files) {
        const auto text = cgroupFileText(file.controller, file.file, static_cast<int>(file.version));
        QString value = file.value;
        value.replace(QLatin1Char('\n'), QStringLiteral(" · "));
        m_view.rows.append({cgroupFileId(node.path, file),
                            {{file.file, {}, {}, Tone::None, true},
                             {value, {}, file.value, Tone::None, true},
                             {text.unit},
                             {text.meaning}}});
    }
}

CgroupView Layout::make() {
    m_view.drawing.title = Words::tr("The cgroups of %1").arg(m_name);
    QList<int> frames;
    qreal x = kInset;
    qreal y = kInset;
    frames.append(
        addFrame(QStringLiteral("/"), {Words::tr("This machine: the root of the tree"), controllersOf(m_now)},
                 x, y, Words::tr("The root: every process of this machine is below it, without a limit")));
    y += boxHeight(2);
    int depth = 1;
    for (const dbus::CgroupNode& node : m_now.nodes)
        depth += node.relation == u"below" ? 0 : 1;
    const qreal width = kWidth + 2 * kInset * depth; // of the root
    for (const dbus::CgroupNode& node : m_now.nodes) {
        if (node.relation == u"below")
            continue;
        x += kInset;
        QStringList lines{titleOf(node)};
        lines.append(node.path);
        frames.append(addFrame(node.path, lines, x, y, titleOf(node) + QStringLiteral(", ") + node.path));
        if (node.relation == u"itself")
            m_view.drawing.boxes.last().hue = 190;
        y += boxHeight(2);
        const qreal room = width - 2 * (x - kInset) - 2 * kInset;
        if (node.relation == u"above") {
            y = addChips(node, x + kInset, y, room);
        } else {
            y = addCards(node, x + kInset, y);
            y = addOthers(node, x + kInset, y);
            y = addBelow(x + kInset, y);
        }
    }
    for (int i = static_cast<int>(frames.size()) - 1; i >= 0; --i) {
        y += i == frames.size() - 1 ? 2 : kInset;
        closeFrame(frames[i], m_view.drawing.boxes[frames[i]].rect.left() + width - 2 * kInset * i, y);
    }
    m_view.drawing.fitBounds(kInset);
    m_view.rows.append({QStringLiteral("/"),
                        {{Words::tr("This machine: the root of the tree")},
                         {QString()},
                         {QString()},
                         {controllersOf(m_now)}}});
    for (const dbus::CgroupNode& node : m_now.nodes)
        addRows(node);
    return std::move(m_view);
}

QString explainFile(const CgroupSnapshot& now, const dbus::CgroupNode& node, const dbus::CgroupFile& file) {
    const int version = static_cast<int>(file.version);
    const CgroupFileText text = cgroupFileText(file.controller, file.file, version);
    QString html = htmlHeading(file.file, 3);
    html +=
        htmlParagraph(text.meaning.isEmpty() ? Words::tr("A file of the controller %1.").arg(file.controller)
                                             : text.meaning.toHtmlEscaped());
    const QString value = file.value.isEmpty() ? Words::tr("(empty)") : file.value;
    html += QStringLiteral("<pre>") + value.toHtmlEscaped() + QStringLiteral("</pre>");
    if (!text.unit.isEmpty())
        html += htmlParagraph(Words::tr("Unit: %1.").arg(text.unit));
    html += htmlParagraph(Words::tr("See it yourself:") + QStringLiteral("<br>") +
                          htmlCode(QStringLiteral("cat ") +
                                   cgroupFolder(node.path, file.controller, version, isHybrid(now)) +
                                   QLatin1Char('/') + file.file));
    const QString other = versionName(version == 1 ? 2 : 1);
    html += htmlParagraph(
        text.twin.isEmpty()
            ? Words::tr("This is %1; %2 has nothing like it.").arg(versionName(version), other)
            : Words::tr("This is %1; in %2 it is %3.").arg(versionName(version), other, htmlCode(text.twin)));
    html +=
        htmlParagraph(Words::tr("To read: cgroups(7); the kernel's Documentation/%1.").arg(text.document));
    return html;
}

QString explainController(const CgroupSnapshot& now, const CgroupSnapshot& before,
                          const dbus::CgroupNode& node, const QString& controller) {
    QString html = htmlHeading(controllerTitle(controller), 3);
    const QList<CgroupGauge> all = gaugesOf(node, before.node(node.path), now.time - before.time);
    for (const CgroupGauge& gauge : all) {
        if (gauge.controller == controller)
            html +=
                htmlParagraph(QStringLiteral("<b>") + gauge.words.toHtmlEscaped() + QStringLiteral("</b>"));
    }
    html += htmlParagraph(controllerText(controller).toHtmlEscaped());
    QStringList files;
    int version = 2;
    for (const dbus::CgroupFile& file : node.files) {
        if (file.controller != controller)
            continue;
        version = static_cast<int>(file.version);
        files.append(htmlCode(file.file));
    }
    html += htmlParagraph(Words::tr("Its files, in %1:")
                              .arg(htmlCode(cgroupFolder(node.path, controller, version, isHybrid(now)))) +
                          QStringLiteral("<br>") + files.join(QStringLiteral(", ")));
    return html;
}

QString explainNode(const dbus::CgroupNode& node, const QString& name) {
    if (node.relation == u"above")
        return htmlHeading(lastPart(node.path), 3) +
               htmlParagraph(
                   Words::tr(
                       "A cgroup above. Its limits hold for everything below it together, so for %1 the "
                       "strictest of all counts: what is free here decides, whatever its own limit says.")
                       .arg(name.toHtmlEscaped())) +
               htmlParagraph(htmlCode(node.path));
    if (node.relation == u"below")
        return htmlHeading(lastPart(node.path), 3) +
               htmlParagraph(
                   Words::tr("A cgroup that was made inside %1, to divide what it may have. It can never get "
                             "more than the cgroup above it.")
                       .arg(name.toHtmlEscaped())) +
               htmlParagraph(htmlCode(node.path));
    return htmlHeading(name, 3) + htmlParagraph(cgroupText().toHtmlEscaped()) +
           htmlParagraph(
               Words::tr("This is the container's own: all its processes are in it or below it. From inside "
                         "it looks like the root, because the container has a cgroup namespace.")) +
           htmlParagraph(htmlCode(node.path));
}

} // namespace

QString cgroupFileId(const QString& path, const dbus::CgroupFile& file) {
    return QStringLiteral("%1|%2|%3").arg(path).arg(file.version).arg(file.file);
}

QString controllerId(const QString& path, const QString& controller) {
    return path + QLatin1Char('|') + controller;
}

CgroupView cgroupView(const CgroupSnapshot& now, const CgroupSnapshot& before, const QString& name) {
    return Layout(now, before, name).make();
}

QString cgroupExplanation(const CgroupSnapshot& now, const CgroupSnapshot& before, const QString& name,
                          const QString& id) {
    const dbus::CgroupNode* node = now.node(id.section(QLatin1Char('|'), 0, 0));
    if (node != nullptr && id.count(QLatin1Char('|')) == 1)
        return explainController(now, before, *node, id.section(QLatin1Char('|'), 1));
    if (node != nullptr && id.count(QLatin1Char('|')) > 1) {
        for (const dbus::CgroupFile& file : node->files) {
            if (cgroupFileId(node->path, file) == id)
                return explainFile(now, *node, file);
        }
    }
    if (node != nullptr)
        return explainNode(*node, name);
    QString html = htmlHeading(Words::tr("Limits"), 3) + htmlParagraph(cgroupText().toHtmlEscaped());
    html += htmlParagraph(controllersOf(now) + QLatin1Char('.'));
    html += htmlParagraph(
        Words::tr("Each box is a cgroup; what lies in it is below it. The bars show how much is used of "
                  "each limit, the lines below them the files that say so. Choose one to read what it "
                  "means."));
    return html;
}

} // namespace escale::gui
