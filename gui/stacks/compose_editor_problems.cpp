// Where problems stand in the editor's pages, and going to them.
#include "gui/stacks/compose_editor.h"
#include "gui/stacks/compose_explanation.h"
#include "gui/stacks/compose_problems_panel.h"
#include "gui/stacks/compose_text.h"

#include <QTextBlock>

#include <algorithm>

namespace escale::gui {

using Gravity = compose::Problem::Severity;

// Columns of the loader count characters, those of a text UTF-16 units.
static int unitsOf(QStringView line, int characters) {
    qsizetype at = 0;
    for (; characters > 0 && at < line.size(); --characters)
        at += line[at].isHighSurrogate() && at + 1 < line.size() ? 2 : 1;
    return static_cast<int>(at);
}

// From what the loader says of a line's place: [begin, end) in UTF-16 units.
static std::pair<int, int> rangeOf(const ComposeProblem& problem, QStringView line) {
    const int begin = unitsOf(line, std::max(0, problem.column - 1));
    return {begin, unitsOf(line, std::max(0, problem.column - 1) + problem.length)};
}

void ComposeEditor::moveProblems(const QString& path, int line, int by) {
    Page* page = pageOf(path);
    if (page == nullptr)
        return;
    page->text->highlighter().shiftUnderlines(line, by);
    m_problems->model().shiftLines(path, line, by);
    markProblems();
}

void ComposeEditor::underline() {
    for (const auto& page : m_pages) {
        const ComposeOutline& outline = page->text->outline();
        LineUnderlines underlines;
        for (const ComposeProblem& problem : m_problems->model().problems()) {
            if (problem.file != page->file.path() || problem.line < 1 || problem.line > outline.lineCount())
                continue;
            const QStringView line = outline.line(problem.line - 1);
            const auto [begin, end] = rangeOf(problem, line);
            underlines[problem.line].push_back(
                underlineOf(line, begin, end, static_cast<int>(problem.severity)));
        }
        page->text->highlighter().setUnderlines(std::move(underlines));
    }
    markProblems();
}

// The gravest of each line.
void ComposeEditor::markProblems() {
    for (const auto& page : m_pages) {
        std::map<int, Gravity> gravest;
        for (const ComposeProblem& problem : m_problems->model().problems()) {
            if (problem.file != page->file.path() || problem.line < 1)
                continue;
            const auto [found, isNew] = gravest.emplace(problem.line, problem.severity);
            if (!isNew)
                found->second = std::min(found->second, problem.severity);
        }
        std::map<int, QColor> colors;
        for (const auto& [line, severity] : gravest)
            colors[line] = problemColor(severity, palette());
        page->text->setMarks(std::move(colors));
    }
}

void ComposeEditor::jump(const ComposeProblem& problem) {
    if (problem.file.isEmpty())
        return;
    goTo(problem.file, std::max(1, problem.line), std::max(1, problem.column));
}

void ComposeEditor::goTo(const compose::Place& place) {
    if (m_loaded == nullptr || place.line == 0 || place.file >= m_loaded->files.size())
        return;
    goTo(QString::fromStdString(m_loaded->files[place.file].path), static_cast<int>(place.line),
         static_cast<int>(place.column));
}

void ComposeEditor::goTo(const QString& path, int line, int column) {
    open(path);
    if (this->path() != path)
        return; // it cannot be opened; the banner says why
    ComposeText* text = editor();
    const ComposeOutline& outline = text->outline();
    const int number = std::clamp(line, 1, outline.lineCount());
    text->showLine(number, unitsOf(outline.line(number - 1), std::max(0, column - 1)));
    text->setFocus(Qt::OtherFocusReason);
}

void ComposeEditor::goToNextProblem(bool isBackwards) {
    const ComposeText* text = editor();
    if (text == nullptr)
        return;
    const QTextCursor cursor = text->textCursor();
    const auto& problems = m_problems->model().problems();
    const int next =
        nextProblem(problems, path(), cursor.blockNumber() + 1, cursor.positionInBlock() + 1, isBackwards);
    if (next < 0)
        return;
    const ComposeProblem problem = problems[std::size_t(next)];
    jump(problem);
    m_problems->select(problem);
}

QString ComposeEditor::tipAt(const Page& page, int position) const {
    const ComposeOutline& outline = page.text->outline();
    const int number = outline.lineAt(position);
    const QStringView line = outline.line(number);
    const int column = position - outline.lineBegin(number);
    QStringList tips;
    for (const ComposeProblem& problem : m_problems->model().problems()) {
        if (problem.file != page.file.path() || problem.line != number + 1)
            continue;
        const auto [begin, end] = rangeOf(problem, line);
        const Underline place = underlineOf(line, begin, end, 0);
        if (column >= place.begin && column <= place.begin + place.length)
            tips.append(problemTip(problem));
    }
    if (const QString explained = explanationAt(outline, position, page.text->surroundings(), m_loaded.get());
        !explained.isEmpty())
        tips.append(explained);
    return tips.join(QStringLiteral("<hr>"));
}

} // namespace escale::gui
