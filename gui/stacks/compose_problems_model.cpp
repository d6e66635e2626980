#include "gui/stacks/compose_problems_model.h"

#include "gui/common/table.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <tuple>

namespace escale::gui {

using Gravity = compose::Problem::Severity;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ComposeProblems)
public:
    static QString severity(Gravity severity);
};

QString Words::severity(Gravity severity) {
    switch (severity) {
    case Gravity::Error:
        return tr("Error");
    case Gravity::Warning:
        return tr("Warning");
    case Gravity::Note:
        break;
    }
    return tr("Note");
}

Tone toneOf(Gravity severity) {
    switch (severity) {
    case Gravity::Error:
        return Tone::Bad;
    case Gravity::Warning:
        return Tone::Busy;
    case Gravity::Note:
        break;
    }
    return Tone::Idle;
}

QString placeOf(const ComposeProblem& problem) {
    const QString name = QFileInfo(problem.file).fileName();
    return problem.line == 0 ? name : name + u':' + QString::number(problem.line);
}

} // namespace

QString severityText(Gravity severity) {
    return Words::severity(severity);
}

std::vector<ComposeProblem> problemsOf(const compose::Loaded& loaded, const compose::MadeStack* made) {
    std::vector<ComposeProblem> all;
    const auto add = [&](const compose::Problems& problems) {
        for (const compose::Problem& each : problems) {
            ComposeProblem problem;
            problem.severity = each.severity;
            if (each.place.file < loaded.files.size())
                problem.file = QString::fromStdString(loaded.files[each.place.file].path);
            problem.line = static_cast<int>(each.place.line);
            problem.column = static_cast<int>(each.place.column);
            problem.length = static_cast<int>(each.place.length);
            problem.path = QString::fromStdString(each.path);
            problem.what = QString::fromStdString(each.what);
            problem.hint = QString::fromStdString(each.hint);
            const bool isThere = std::any_of(all.begin(), all.end(), [&problem](const ComposeProblem& other) {
                return other.file == problem.file && other.line == problem.line &&
                       other.column == problem.column && other.what == problem.what;
            });
            if (!isThere)
                all.push_back(std::move(problem));
        }
    };
    add(loaded.problems);
    if (made != nullptr)
        add(made->problems);
    const auto fileNumber = [&loaded](const QString& path) {
        const auto found = std::find_if(loaded.files.begin(), loaded.files.end(), [&path](const auto& file) {
            return QString::fromStdString(file.path) == path;
        });
        return found - loaded.files.begin();
    };
    std::stable_sort(all.begin(), all.end(), [&](const ComposeProblem& a, const ComposeProblem& b) {
        return std::tuple(fileNumber(a.file), a.line, a.column, a.severity) <
               std::tuple(fileNumber(b.file), b.line, b.column, b.severity);
    });
    return all;
}

int nextProblem(const std::vector<ComposeProblem>& problems, const QString& file, int line, int column,
                bool isBackwards) {
    const int count = static_cast<int>(problems.size());
    if (count == 0)
        return -1;
    const auto at = std::pair(line, column);
    int border = 0; // the first that is not before the place; behind the file's last when all are
    for (int i = 0; i < count; ++i) {
        const ComposeProblem& each = problems[std::size_t(i)];
        if (each.file != file)
            continue;
        border = i;
        const auto place = std::pair(each.line, each.column);
        if (isBackwards ? place >= at : place > at)
            break;
        border = i + 1;
    }
    return isBackwards ? (border - 1 + count) % count : border % count;
}

QString problemTip(const ComposeProblem& problem) {
    QString tip = QStringLiteral("<p style=\"margin: 0 0 6px 0\"><b>%1</b> %2</p>")
                      .arg(severityText(problem.severity).toHtmlEscaped() + QStringLiteral(":"),
                           problem.what.toHtmlEscaped());
    if (!problem.hint.isEmpty())
        tip += QStringLiteral("<p style=\"margin: 0 0 6px 0\">%1</p>").arg(problem.hint.toHtmlEscaped());
    return tip;
}

void ComposeProblemsModel::setProblems(std::vector<ComposeProblem> problems) {
    beginResetModel();
    m_problems = std::move(problems);
    endResetModel();
}

void ComposeProblemsModel::shiftLines(const QString& file, int line, int by) {
    for (ComposeProblem& problem : m_problems) {
        if (problem.file == file && problem.line > line)
            problem.line = std::max(problem.line + by, std::max(line, 1));
    }
    if (!m_problems.empty())
        Q_EMIT dataChanged(index(0, Place), index(rowCount() - 1, Place));
}

int ComposeProblemsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_problems.size());
}

int ComposeProblemsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ComposeProblemsModel::sortValue(int row, int column) const {
    switch (column) {
    case Severity:
        return static_cast<int>(at(row).severity);
    case Place:
        return row; // files in the order they are read in, then lines
    default:
        return at(row).what;
    }
}

QVariant ComposeProblemsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ComposeProblem& problem = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Severity ? severityText(problem.severity)
               : index.column() == Place  ? placeOf(problem)
                                          : problem.what;
    case kSortRole:
        return sortValue(index.row(), index.column());
    case kIdRole:
        return QStringLiteral("%1:%2:%3").arg(problem.file, QString::number(problem.line), problem.what);
    case kToneRole:
        return index.column() == Severity ? QVariant(static_cast<int>(toneOf(problem.severity))) : QVariant();
    case Qt::ToolTipRole:
        return index.column() == Message ? QVariant(problemTip(problem))
               : index.column() == Place ? QVariant(problem.file)
                                         : QVariant();
    default:
        return {};
    }
}

QVariant ComposeProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Severity:
        return tr("Severity");
    case Place:
        return tr("Place");
    default:
        return tr("Problem");
    }
}

} // namespace escale::gui
