#include "gui/learn/sights_view.h"

#include "gui/learn/explanation.h"
#include "gui/learn/inspected_process.h"
#include "gui/learn/namespaces_view.h"
#include "gui/learn/sight_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace escale::gui {
namespace {

using Look = DrawnBox::Look;

struct SightsView {
    Q_DECLARE_TR_FUNCTIONS(SightsView)
};

constexpr qreal kLeft = 16, kSide = 200, kReach = 46, kAnswer = 370, kTop = 16, kStep = 8;
constexpr qreal kAnswerX = kLeft + kSide + kReach, kRightX = kAnswerX + kAnswer + kReach,
                kWidth = kRightX + kSide;
constexpr int kYesHue = 140, kNoHue = 5, kFromHue = 212, kToHue = 285;
constexpr int kColumns = 4, kMostOfOne = 40;
constexpr qreal kCell = (kWidth - kLeft - (kColumns - 1) * kStep) / kColumns;

QString questionBox(const Sight& sight) {
    return QStringLiteral("q:%1").arg(static_cast<int>(sight.question));
}

class Painter {
public:
    explicit Painter(const SightsInput& input)
        : m_input(input) {}
    Drawing draw();

private:
    void addSide(const QString& id, quint32 pid, qreal x, qreal height, int hue, const QString& part);
    void addAnswer(const Sight& sight, qreal y);
    qreal addProcesses(qreal y, const QString& title, const dbus::InspectedProcesses& processes);

    const SightsInput& m_input;
    Drawing m_drawing;
};

void Painter::addSide(const QString& id, quint32 pid, qreal x, qreal height, int hue, const QString& part) {
    DrawnBox box;
    box.id = id;
    box.rect = QRectF(x, kTop, kSide, height);
    box.hue = hue;
    box.lines = {processTitle(pid, m_input.model), part};
    if (const auto* process = m_input.model.process(pid)) {
        box.lines << SightsView::tr("process %1").arg(process->pid);
        if (process->pids.size() > 1)
            box.lines << SightsView::tr("inside: %1").arg(innerPid(*process));
        box.lines << SightsView::tr("user %1").arg(process->uids.value(1));
    }
    m_drawing.boxes.append(box);
}

void Painter::addAnswer(const Sight& sight, qreal y) {
    DrawnBox box;
    box.id = questionBox(sight);
    box.rect = QRectF(kAnswerX, y, kAnswer, boxHeight(2));
    box.radius = 6;
    box.tone = sight.yes ? Tone::Good : Tone::Bad;
    const QString why = whyText(sight);
    //: A question and its answer: "Sees it: no".
    box.lines = {SightsView::tr("%1: %2").arg(questionText(sight.question), answerText(sight)), why};
    //: A whole question, yes or no, and why.
    box.spoken = SightsView::tr("%1 %2: %3.")
                     .arg(questionSentence(sight.question, processTitle(m_input.from, m_input.model),
                                           processTitle(m_input.to, m_input.model)),
                          answerText(sight), why);
    m_drawing.boxes.append(box);
    DrawnLine line;
    line.hue = sight.yes ? kYesHue : kNoHue;
    line.isDashed = !sight.yes;
    line.path.moveTo(kLeft + kSide, box.rect.center().y());
    line.path.lineTo(kAnswerX, box.rect.center().y());
    m_drawing.lines.append(line);
    if (!sight.yes)
        return; // it ends there
    line.hasArrow = true;
    line.path = {};
    line.path.moveTo(kAnswerX + kAnswer, box.rect.center().y());
    line.path.lineTo(kRightX, box.rect.center().y());
    m_drawing.lines.append(line);
}

// Answers with the place below.
qreal Painter::addProcesses(qreal y, const QString& title, const dbus::InspectedProcesses& processes) {
    DrawnText heading;
    heading.rect = QRectF(kLeft, y, kWidth - kLeft, 20);
    heading.text = title;
    heading.isMuted = true;
    m_drawing.texts.append(heading);
    y += 24;
    const auto count = static_cast<int>(std::min<qsizetype>(processes.size(), kMostOfOne));
    for (int i = 0; i < count; ++i) {
        const dbus::InspectedProcess& process = processes[i];
        DrawnBox box;
        box.id = processBox(process.pid);
        box.rect =
            QRectF(kLeft + (i % kColumns) * (kCell + kStep), y + std::floor(i / kColumns) * 34, kCell, 28);
        box.radius = 5;
        box.isPlain = true;
        box.lines = {(process.role == u"container"
                          ? process.name
                          : processTitle(process, m_input.model.nameOf(process.container))) +
                     QStringLiteral("  ") + QString::number(process.pid)};
        if (process.pid == m_input.from || process.pid == m_input.to) {
            box.hue = process.pid == m_input.from ? kFromHue : kToHue;
            box.look = Look::Filled;
        }
        box.spoken = SightsView::tr("%1, process %2. Return takes it.")
                         .arg(processTitle(process.pid, m_input.model))
                         .arg(process.pid);
        m_drawing.boxes.append(box);
    }
    return y + std::ceil(static_cast<qreal>(count) / kColumns) * 34 + 6;
}

Drawing Painter::draw() {
    m_drawing.title =
        SightsView::tr("What %1 can see of %2")
            .arg(processTitle(m_input.from, m_input.model), processTitle(m_input.to, m_input.model));
    const qreal row = boxHeight(2) + kStep;
    const qreal height = std::max<qreal>(static_cast<qreal>(m_input.sights.size()) * row - kStep, 100);
    addSide(QStringLiteral("from"), m_input.from, kLeft, height, kFromHue, SightsView::tr("who looks"));
    qreal y = kTop;
    for (const Sight& sight : m_input.sights) {
        addAnswer(sight, y);
        y += row;
    }
    addSide(QStringLiteral("to"), m_input.to, kRightX, height, kToHue, SightsView::tr("who is looked at"));
    y = kTop + height + 22;
    DrawnText hint;
    hint.rect = QRectF(kLeft, y, kWidth - kLeft, 20);
    hint.text = SightsView::tr("Choose two: first who looks, then who is looked at");
    hint.isBold = true;
    m_drawing.texts.append(hint);
    y += 28;
    for (const ContainerNamespaces& one : m_input.model.containers) {
        dbus::InspectedProcesses all = one.processes.processes;
        for (const PidGroup& nested : one.nested)
            all += nested.processes;
        y = addProcesses(y, one.container.name, all);
    }
    addProcesses(y, SightsView::tr("This machine"), m_input.model.machineProcesses);
    m_drawing.fitBounds();
    return m_drawing;
}

} // namespace

QString processTitle(quint32 pid, const NamespacesModel& model) {
    const auto* process = model.process(pid);
    return process == nullptr ? SightsView::tr("nobody")
                              : processTitle(*process, model.nameOf(process->container));
}

dbus::InspectedProcesses allProcesses(const NamespacesModel& model) {
    dbus::InspectedProcesses all;
    for (const ContainerNamespaces& one : model.containers) {
        all += one.processes.processes;
        for (const PidGroup& nested : one.nested)
            all += nested.processes;
    }
    return all + model.machineProcesses;
}

Drawing drawSights(const SightsInput& input) {
    return Painter(input).draw();
}

QStringList sightColumns() {
    return {SightsView::tr("Question"), SightsView::tr("Answer"), SightsView::tr("Why")};
}

QList<CellsRow> sightRows(const SightsInput& input) {
    QList<CellsRow> rows;
    for (const Sight& sight : input.sights)
        rows.append({questionBox(sight),
                     {{questionText(sight.question), static_cast<int>(sight.question)},
                      {answerText(sight), {}, {}, sight.yes ? Tone::Good : Tone::Bad},
                      {whyText(sight)}}});
    return rows;
}

QString sightsExplanation(const QString& id, const SightsInput& input) {
    Explanation text;
    const QString from = processTitle(input.from, input.model), to = processTitle(input.to, input.model);
    for (const Sight& sight : input.sights) {
        if (questionBox(sight) != id)
            continue;
        const QString answer = answerText(sight);
        text.heading(questionSentence(sight.question, from, to))
            //: Yes or no, and why.
            .sentence(SightsView::tr("%1: %2.").arg(answer.left(1).toUpper() + answer.mid(1), whyText(sight)))
            .sentence(questionRule(sight.question))
            .manPages(questionManPages(sight.question));
        return text.html();
    }
    const auto yes = static_cast<int>(
        std::count_if(input.sights.begin(), input.sights.end(), [](const Sight& one) { return one.yes; }));
    text.heading(SightsView::tr("%1 looks at %2").arg(from, to))
        .sentence(SightsView::tr("Of %1 questions, %n are answered with yes.", nullptr, yes)
                      .arg(input.sights.size()))
        .sentence(SightsView::tr(
            "All answers follow from what both processes are in and from their rights; the kernel asks "
            "the same at each system call."))
        .sentence(
            SightsView::tr("Choose a question to read its rule. Click a process below, or go there and press "
                           "Return: the first one looks, the second one is looked at."))
        .manPages({QStringLiteral("namespaces(7)"), QStringLiteral("credentials(7)")});
    return text.html();
}

} // namespace escale::gui
