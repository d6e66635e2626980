#include "gui/images/findings_view.h"

#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/images/finding_text.h"
#include "gui/images/findings_model.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QListView>
#include <QSplitter>
#include <QStringListModel>
#include <QVBoxLayout>

namespace escale::gui {

static QLabel* paragraph(const QString& name, QWidget* parent) {
    auto* made = new QLabel(parent);
    made->setObjectName(name);
    made->setWordWrap(true);
    made->setTextFormat(Qt::PlainText);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return made;
}

FindingsView::FindingsView(const QString& name, Qt::Orientation direction, QWidget* parent)
    : QWidget(parent)
    , m_model(new FindingsModel(this))
    , m_stack(new TableStack(this))
    , m_pathList(new QStringListModel(this)) {
    setObjectName(name);
    Table& table = m_stack->table();
    table.setObjectName(name + QStringLiteral(".table"));
    table.setAccessibleName(tr("Findings"));
    table.setSource(m_model, FindingsModel::Severity);
    const std::pair<int, int> widths[] = {{FindingsModel::Severity, 104},
                                          {FindingsModel::Layer, 70},
                                          {FindingsModel::Count, 76},
                                          {FindingsModel::Bytes, 104}};
    for (const auto& [section, width] : widths)
        table.setColumnWidth(section, width);
    table.giveRoomTo(FindingsModel::Title);
    connect(&table, &Table::currentIdChanged, this, &FindingsView::showCurrent);
    m_details = makeDetails(name);
    auto* splitter = new QSplitter(direction, this);
    splitter->addWidget(m_stack);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes(direction == Qt::Horizontal ? QList<int>{620, 380} : QList<int>{190, 220});
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    setFindings({});
}

QWidget* FindingsView::makeDetails(const QString& name) {
    auto* details = new QWidget(this);
    m_title = paragraph(name + QStringLiteral(".title"), details);
    m_title->setProperty("role", "heading");
    m_meaning = paragraph(name + QStringLiteral(".meaning"), details);
    m_advice = paragraph(name + QStringLiteral(".advice"), details);
    m_told = label({}, "section", details);
    m_paths = new QListView(details);
    m_paths->setObjectName(name + QStringLiteral(".paths"));
    m_paths->setAccessibleName(tr("Files and places of the finding"));
    m_paths->setModel(m_pathList);
    m_paths->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_paths->setUniformItemSizes(true);
    m_paths->setSpacing(2);
    m_paths->setTextElideMode(Qt::ElideMiddle);
    m_paths->setProperty("framed", true);
    m_paths->setFont(monospace(m_paths->font()));
    connect(m_paths, &QListView::activated, this, [this](const QModelIndex& index) {
        const int row = m_stack->table().currentRow();
        if (row >= 0 && m_model->at(row).layer)
            Q_EMIT pathRequested(*m_model->at(row).layer, index.data().toString().toStdString());
    });
    auto* copy = new QAction(tr("&Copy"), m_paths);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this,
            [this] { QApplication::clipboard()->setText(m_paths->currentIndex().data().toString()); });
    m_paths->addAction(copy);
    m_paths->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* column = new QVBoxLayout(details);
    column->setContentsMargins(14, 10, 14, 12);
    column->setSpacing(6);
    column->addWidget(m_title);
    column->addWidget(m_meaning);
    column->addSpacing(4);
    column->addWidget(label(tr("HOW TO DO BETTER"), "section", details));
    column->addWidget(m_advice);
    column->addSpacing(4);
    column->addWidget(m_told);
    column->addWidget(m_paths, 1);
    column->addStretch();
    return details;
}

void FindingsView::hideColumn(int column) {
    m_stack->table().setColumnHidden(column, true);
}

EmptyState& FindingsView::empty() {
    return m_stack->empty();
}

void FindingsView::setFindings(std::vector<Finding> findings) {
    Table& table = m_stack->table();
    const QString current = table.currentId();
    m_model->setFindings(std::move(findings));
    const bool any = m_model->rowCount() > 0;
    m_details->setVisible(any);
    if (!any)
        return m_stack->showEmpty();
    m_stack->showTable();
    table.selectId(current);
    if (!table.currentIndex().isValid())
        table.setCurrentIndex(table.proxy().index(0, 0));
    showCurrent();
}

void FindingsView::showCurrent() {
    const int row = m_stack->table().currentRow();
    if (row < 0 || row >= m_model->rowCount())
        return;
    const Finding& finding = m_model->at(row);
    m_title->setText(findingTitle(finding.code));
    m_meaning->setText(findingMeaning(finding.code));
    m_advice->setText(findingAdvice(finding.code));
    QStringList paths;
    for (const std::string& path : finding.paths)
        paths.append(QString::fromStdString(path));
    m_pathList->setStringList(paths);
    m_paths->setVisible(!paths.isEmpty());
    m_told->setVisible(!paths.isEmpty());
    const auto shown = static_cast<std::size_t>(paths.size());
    m_told->setText(
        shown < finding.count
            ? tr("THE FIRST %1 OF %2").arg(shown).arg(QLocale().toString(qulonglong(finding.count)))
            : tr("WHERE"));
}

} // namespace escale::gui
