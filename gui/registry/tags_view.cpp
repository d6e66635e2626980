#include "gui/registry/tags_view.h"

#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/table.h"
#include "gui/registry/tags_model.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kMoment = 80; // milliseconds

TagsView::TagsView(RegistryAccounts& accounts, QWidget* parent)
    : QWidget(parent)
    , m_model(new TagsModel(this))
    , m_filler(accounts)
    , m_stack(new TableStack(new Table(new TagsProxy, nullptr), this)) {
    buildTable();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar());
    column->addWidget(m_stack, 1);
    m_look.setSingleShot(true);
    m_look.setInterval(kMoment);
    connect(&m_look, &QTimer::timeout, this, &TagsView::look);
    connect(&m_filler, &TagFiller::read, m_model, &TagsModel::setFacts);
    connect(&m_filler, &TagFiller::failed, m_model, &TagsModel::setFailed);
    connect(&m_filler, &TagFiller::refused, this, &TagsView::updateWords);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &TagsView::updateWords);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &TagsView::lookSoon);
    clear({});
}

void TagsView::buildTable() {
    Table& table = m_stack->table();
    table.setObjectName(QStringLiteral("registryPane.tags"));
    table.setAccessibleName(tr("Tags"));
    table.setSource(m_model, TagsModel::Tag);
    const std::pair<int, int> widths[] = {{TagsModel::Size, 110},
                                          {TagsModel::Platforms, 190},
                                          {TagsModel::Created, 130},
                                          {TagsModel::Digest, 130}};
    for (const auto& [section, width] : widths)
        table.setColumnWidth(section, width);
    table.giveRoomTo(TagsModel::Tag);
    connect(&table, &Table::currentIdChanged, this, &TagsView::chosen);
    connect(&table, &Table::activated, this, &TagsView::activated);
    connect(table.verticalScrollBar(), &QScrollBar::valueChanged, this, &TagsView::lookSoon);
    connect(table.verticalScrollBar(), &QScrollBar::rangeChanged, this, &TagsView::lookSoon);
    connect(&table.proxy(), &QAbstractItemModel::layoutChanged, this, &TagsView::lookSoon);
    connect(&table.proxy(), &QAbstractItemModel::rowsInserted, this, &TagsView::lookSoon);
    connect(&table.proxy(), &QAbstractItemModel::rowsRemoved, this, &TagsView::lookSoon);
    addTableAction("download", tr("&Pull"), {}, [this] { Q_EMIT activated(); });
    addTableAction("copy", tr("&Copy the name"), QKeySequence::Copy, [this] { copy(false); });
    addTableAction("copy", tr("Copy the &digest"), {}, [this] { copy(true); });
    addTableAction("trash", tr("De&lete from the registry…"), QKeySequence::Delete,
                   [this] { Q_EMIT deleteRequested(); });
}

void TagsView::addTableAction(const char* iconName, const QString& text, const QKeySequence& key,
                              std::function<void()> run) {
    Table& table = m_stack->table();
    auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, &table);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    table.addAction(action);
}

void TagsView::lookSoon() {
    if (!m_look.isActive())
        m_look.start();
}

QWidget* TagsView::buildBar() {
    auto* bar = new QWidget(this);
    m_filter = searchField(QStringLiteral("registryPane.tagFilter"), bar);
    m_filter->setPlaceholderText(tr("Filter tags"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setMaximumWidth(260);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_stack->table().setFilter(text);
        updateWords();
    });
    m_told = label({}, "muted", bar);
    m_told->setObjectName(QStringLiteral("registryPane.tagsTold"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 8, 12, 4);
    row->setSpacing(10);
    row->addWidget(m_filter, 1);
    row->addStretch();
    row->addWidget(m_told);
    return bar;
}

Table& TagsView::table() {
    return m_stack->table();
}

QString TagsView::current() const {
    return m_stack->table().currentId();
}

void TagsView::clear(const QString& words, const QString& hint) {
    m_filler.setRepository({}, {});
    m_model->setNames({});
    m_stack->empty().set({}, words, hint);
    m_stack->showEmpty();
    m_filter->setEnabled(false);
    updateWords();
}

void TagsView::setTags(const QString& registry, const QString& repository, const QStringList& tags) {
    const QString name = registry + QLatin1Char('/') + repository;
    if (name != m_name)
        m_filter->clear();
    m_name = name;
    m_filler.setRepository(registry, repository);
    m_model->setNames(tags);
    m_filter->setEnabled(true);
    m_stack->showTable();
    Table& list = m_stack->table();
    const auto latest = static_cast<int>(tags.indexOf(QLatin1String("latest")));
    const QModelIndex first =
        latest >= 0 ? list.proxy().mapFromSource(m_model->index(latest, 0)) : list.proxy().index(0, 0);
    list.setCurrentIndex(first);
    list.scrollTo(first);
    updateWords();
    lookSoon();
}

void TagsView::remove(const QString& tag) {
    m_model->remove(tag);
    if (m_model->rowCount() == 0)
        clear(tr("No tags"), tr("Nothing in this repository has a name."));
    updateWords();
}

void TagsView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    lookSoon();
}

void TagsView::hideEvent(QHideEvent* event) {
    m_look.stop();
    m_filler.stop();
    QWidget::hideEvent(event);
}

// The rows in sight, from the top; then the others, when the order depends on them.
QStringList TagsView::wanted() const {
    const Table& list = m_stack->table();
    const QSortFilterProxyModel& proxy = const_cast<Table&>(list).proxy();
    QStringList tags;
    const auto add = [&](int row) {
        const QString tag = proxy.index(row, 0).data(kIdRole).toString();
        if (m_model->isUnknown(tag))
            tags.append(tag);
    };
    const int first = std::max(list.indexAt(QPoint(0, 0)).row(), 0);
    const QModelIndex bottom = list.indexAt(QPoint(0, list.viewport()->height() - 1));
    const int last = bottom.isValid() ? bottom.row() : proxy.rowCount() - 1;
    for (int row = first; row <= last; ++row)
        add(row);
    if (list.header()->sortIndicatorSection() == TagsModel::Tag || proxy.rowCount() > kMostOrdered)
        return tags;
    for (int row = 0; row < proxy.rowCount(); ++row) {
        if (row < first || row > last)
            add(row);
    }
    return tags;
}

void TagsView::look() {
    if (!isVisible() || m_stack->currentWidget() != &m_stack->table())
        return;
    m_filler.want(wanted());
}

void TagsView::updateWords() {
    const int all = m_model->rowCount();
    const int shown = m_stack->table().proxy().rowCount();
    if (all == 0)
        return m_told->clear();
    QString words = shown == all ? tr("%n tag(s)", nullptr, all)
                                 : tr("%1 of %n tag(s)", nullptr, all).arg(QLocale().toString(shown));
    if (m_filler.refusal())
        words += QStringLiteral(" · ") + tr("sizes cannot be read now");
    else if (m_stack->table().header()->sortIndicatorSection() != TagsModel::Tag &&
             m_model->unknownCount() > 0)
        words += QStringLiteral(" · ") +
                 tr("%1 read so far").arg(QLocale().toString(all - m_model->unknownCount()));
    m_told->setText(words);
    m_told->setToolTip(m_filler.refusal() ? QString::fromStdString(m_filler.refusal()->message) : QString());
}

void TagsView::copy(bool digest) const {
    const int row = m_stack->table().currentRow();
    if (row < 0)
        return;
    if (!digest)
        return QApplication::clipboard()->setText(m_name + QLatin1Char(':') + current());
    QApplication::clipboard()->setText(m_model->digestOf(row));
}

} // namespace escale::gui
