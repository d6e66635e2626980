#include "gui/build/dockerfile_text.h"

#include "gui/common/theme.h"

#include <QPainter>
#include <QTextBlock>

namespace escale::gui {

static constexpr int kIndent = 4; // spaces

DockerfileText::DockerfileText(QWidget* parent)
    : CodeText(kIndent, QStringLiteral("dockerfileEditor"), parent) {}

// --- a build's steps

void DockerfileText::markStep(int line, StepState state) {
    if (state == StepNone)
        m_steps.erase(line);
    else
        m_steps[line] = state;
    updateGutter();
}

void DockerfileText::clearSteps() {
    if (m_steps.empty())
        return;
    m_steps.clear();
    updateGutter();
}

DockerfileText::StepState DockerfileText::stepAt(int line) const {
    const auto found = m_steps.find(line);
    return found == m_steps.end() ? StepNone : found->second;
}

static QColor stepColor(DockerfileText::StepState state, const Colors& colors) {
    switch (state) {
    case DockerfileText::StepRunning:
        return colors.accent;
    case DockerfileText::StepDone:
        return colors.green;
    case DockerfileText::StepFailed:
        return colors.red;
    default:
        return colors.muted;
    }
}

// A full bar for a step that ran, half of one for a cached: not by colour alone.
void DockerfileText::paintMargin(QPainter& painter, int line, const QRect& row) {
    const StepState state = stepAt(line);
    if (state == StepNone)
        return;
    const Colors colors = Colors::of(palette());
    const int width = marginWidth();
    QRect bar(0, row.top() + 1, width, row.height() - 2);
    if (state == DockerfileText::StepCached)
        bar.setWidth(width / 2);
    painter.fillRect(bar, stepColor(state, colors));
    if (state == DockerfileText::StepFailed || state == DockerfileText::StepRunning) {
        QColor ground = stepColor(state, colors);
        ground.setAlphaF(0.14F);
        painter.fillRect(row, ground);
    }
}

// --- writing

// While one writes the list opens where names begin, and after two letters of an instruction.
bool DockerfileText::mayOffer(QChar typed) const {
    const QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    if (before.trimmed().startsWith(u'#'))
        return false;
    if (typed == u'$' || typed == u'{' || typed == u'/')
        return true;
    if (typed == u'-')
        return before.endsWith(QLatin1String(" --"));
    if (typed == u'=' || typed == u',')
        return before.section(u' ', -1).startsWith(QLatin1String("--"));
    const QString written = before.trimmed();
    return written.size() == 2 && written[0].isLetter() && written[1].isLetter();
}

// Where the one before begins; the second line of an instruction further in.
qsizetype DockerfileText::indentOfNextLine() const {
    const QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    qsizetype indent = 0;
    while (indent < before.size() && before[indent] == u' ')
        ++indent;
    const QTextBlock previous = cursor.block().previous();
    const auto goesOn = [](const QString& text) { return text.trimmed().endsWith(u'\\'); };
    const bool wentOn = previous.isValid() && goesOn(previous.text());
    if (goesOn(before) && !wentOn)
        return indent + kIndent;
    return !goesOn(before) && wentOn ? 0 : indent;
}

std::optional<CompletionOffer> DockerfileText::offerHere() {
    m_waiting = completionAt(content(), textCursor().position(), m_images);
    if (!m_waiting.folder || !m_lister)
        return m_waiting;
    m_lister(*m_waiting.folder); // the files come from another thread
    return std::nullopt;
}

void DockerfileText::giveFiles(const QString& folder, const QStringList& entries) {
    const int end = textCursor().position();
    if (m_waiting.folder != folder || m_waiting.begin + static_cast<int>(m_waiting.written.size()) != end)
        return; // meanwhile something else was typed
    showOffer(withFiles(m_waiting, entries));
}

} // namespace escale::gui
