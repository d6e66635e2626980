#include "gui/containers/inspect_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "gui/containers/inspect_json.h"
#include "gui/containers/inspect_model.h"

#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

InspectTab::InspectTab(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_model(new InspectModel(this))
    , m_tree(new Table(this))
    , m_raw(new QPlainTextEdit(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_error(new ErrorBanner(this))
    , m_bar(new QWidget(this)) {
    setObjectName(QStringLiteral("containersPane.inspect"));
    for (QWidget* page :
         {static_cast<QWidget*>(m_empty), static_cast<QWidget*>(m_tree), static_cast<QWidget*>(m_raw)})
        m_stack->addWidget(page);
    buildTree();
    buildActions();
    buildBar();
    auto* notices = new QVBoxLayout;
    notices->setContentsMargins(12, 8, 12, 4);
    notices->addWidget(m_error);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(notices);
    column->addWidget(m_bar);
    column->addWidget(m_stack, 1);
    connect(&m_client, &EngineClient::stateChanged, this, [this] {
        if (m_client.state() == EngineClient::State::Ready && isVisible())
            read();
    });
    setContainer(nullptr);
}

void InspectTab::buildTree() {
    m_tree->setObjectName(QStringLiteral("inspect.tree"));
    m_tree->setAccessibleName(tr("Everything about the container"));
    m_tree->proxy().setRecursiveFilteringEnabled(true);
    m_tree->proxy().setAutoAcceptChildRows(true);
    m_tree->setSource(m_model, InspectModel::Name);
    m_tree->setSortingEnabled(false);
    m_tree->setRootIsDecorated(true);
    m_tree->setItemsExpandable(true);
    m_tree->setColumnWidth(InspectModel::Name, 260);
    connect(m_tree, &Table::currentIdChanged, this, &InspectTab::updateActions);
    m_raw->setObjectName(QStringLiteral("inspect.raw"));
    m_raw->setAccessibleName(tr("The container as JSON"));
    m_raw->setReadOnly(true);
    m_raw->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_raw->setFrameShape(QFrame::NoFrame);
    m_raw->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_raw->setFont(monospace(m_raw->font()));
    m_raw->document()->setDocumentMargin(12);
}

void InspectTab::buildActions() {
    const auto copying = [this](const QString& text, const QKeySequence& key, int role) {
        auto* action = new QAction(text, m_tree);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, role] { copyRole(role); });
        m_tree->addAction(action);
        return action;
    };
    m_copyValue = copying(tr("&Copy the value"), QKeySequence::Copy, InspectModel::kValueRole);
    m_copyPath = copying(tr("Copy the &path"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
                         InspectModel::kPathRole);
    m_copyJson = copying(tr("Copy as &JSON"), {}, InspectModel::kJsonRole);
}

void InspectTab::buildBar() {
    m_filter = searchField(QStringLiteral("inspect.filter"), m_bar);
    m_filter->setMaximumWidth(320);
    connect(m_filter, &QLineEdit::textChanged, this, &InspectTab::search);
    connect(m_filter, &QLineEdit::returnPressed, this,
            [this] { goToMatch(QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier)); });
    m_found = label({}, "muted", m_bar);
    m_found->setObjectName(QStringLiteral("inspect.found"));
    auto* choice = new QButtonGroup(this);
    const auto view = [&](const QString& text, const QString& name) {
        auto* button = new QToolButton(m_bar);
        button->setProperty("role", "button");
        button->setText(text);
        button->setCheckable(true);
        button->setObjectName(name);
        choice->addButton(button);
        return button;
    };
    m_treeButton = view(tr("Tree"), QStringLiteral("inspect.showTree"));
    m_rawButton = view(tr("JSON"), QStringLiteral("inspect.showRaw"));
    connect(m_rawButton, &QToolButton::toggled, this, &InspectTab::setRaw);
    m_treeButton->setChecked(true);
    auto* copyAll = new QAction(icon(QStringLiteral("copy")), tr("Copy all"), this);
    copyAll->setToolTip(tr("Copies everything as JSON"));
    connect(copyAll, &QAction::triggered, this,
            [this] { QApplication::clipboard()->setText(jsonText(m_model->json())); });
    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(12, 0, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_filter, 1);
    row->addWidget(m_found);
    row->addStretch();
    row->addWidget(m_treeButton);
    row->addWidget(m_rawButton);
    row->addSpacing(8);
    row->addWidget(actionButton(copyAll, QStringLiteral("inspect.copyAll"), m_bar));
    setRaw(false);
}

void InspectTab::setContainer(const dbus::Container* container) {
    const QString id = container != nullptr ? container->id : QString();
    if (id != m_id) {
        m_model->setJson({});
        m_raw->clear();
        m_error->dismiss();
    }
    m_id = id;
    showState();
    if (isVisible())
        read();
}

void InspectTab::read() {
    if (m_id.isEmpty() || m_client.state() != EngineClient::State::Ready)
        return;
    if (std::exchange(m_reading, true)) {
        m_again = true;
        return;
    }
    const QString id = m_id;
    m_client.inspect(id, this, [this, id](const Result<ContainerDetails>& details) {
        m_reading = false;
        if (std::exchange(m_again, false) || id != m_id)
            return read();
        if (!details)
            return m_error->show(details.error(), tr("Read the container"), tr("Try again"),
                                 [this] { read(); });
        m_error->dismiss();
        take(*details);
    });
}

void InspectTab::take(const ContainerDetails& details) {
    const QJsonObject json = inspectJson(details);
    if (json == m_model->json())
        return;
    const bool first = m_model->json().isEmpty();
    const QString current = m_tree->currentId();
    m_model->setJson(json);
    m_raw->setPlainText(jsonText(json));
    m_tree->expandAll();
    if (first)
        m_tree->setCurrentIndex(m_tree->model()->index(0, 0));
    else if (!current.isEmpty())
        for (const QModelIndex& same : m_tree->model()->match(m_tree->model()->index(0, 0), kIdRole, current,
                                                              1, Qt::MatchExactly | Qt::MatchRecursive))
            m_tree->setCurrentIndex(same);
    showState();
    search();
}

void InspectTab::showState() {
    const bool known = !m_id.isEmpty() && !m_model->json().isEmpty();
    m_bar->setVisible(known);
    updateActions();
    if (known)
        return m_stack->setCurrentWidget(m_isRaw ? static_cast<QWidget*>(m_raw) : m_tree);
    const QString symbol = QStringLiteral("inspect");
    if (m_id.isEmpty())
        m_empty->set(symbol, tr("No container selected"), tr("Select one above."));
    else
        m_empty->set(symbol, tr("Reading the container…"), {});
    m_stack->setCurrentWidget(m_empty);
}

void InspectTab::setRaw(bool raw) {
    m_isRaw = raw;
    const QString words = raw ? tr("Find in the JSON") : tr("Filter by name or value");
    m_filter->setPlaceholderText(words);
    m_filter->setAccessibleName(words);
    showState();
    search();
}

void InspectTab::search() {
    m_tree->setFilter(m_isRaw ? QString() : m_filter->text());
    m_tree->expandAll();
    markMatches();
}

// Every place is marked, and the first one from the cursor on is gone to.
void InspectTab::markMatches() {
    QList<QTextEdit::ExtraSelection> marks;
    const QString text = m_isRaw ? m_filter->text() : QString();
    QTextCharFormat format;
    format.setBackground(Colors::current().selection);
    format.setFontUnderline(true);
    for (QTextCursor at(m_raw->document()); !text.isEmpty();) {
        at = m_raw->document()->find(text, at);
        if (at.isNull())
            break;
        marks.append({at, format});
    }
    m_raw->setExtraSelections(marks);
    m_found->setText(text.isEmpty()    ? QString()
                     : marks.isEmpty() ? tr("Not found")
                                       : tr("%n place(s)", nullptr, static_cast<int>(marks.size())));
    if (marks.isEmpty())
        return;
    QTextCursor from = m_raw->textCursor();
    from.setPosition(from.selectionStart());
    m_raw->setTextCursor(from);
    goToMatch(false);
}

void InspectTab::goToMatch(bool backwards) {
    if (!m_isRaw || m_filter->text().isEmpty())
        return;
    const QTextDocument::FindFlags flags =
        backwards ? QTextDocument::FindFlags(QTextDocument::FindBackward) : QTextDocument::FindFlags();
    if (m_raw->find(m_filter->text(), flags))
        return;
    m_raw->moveCursor(backwards ? QTextCursor::End : QTextCursor::Start); // once around
    m_raw->find(m_filter->text(), flags);
}

void InspectTab::updateActions() {
    const bool any = m_tree->currentIndex().isValid();
    for (QAction* action : {m_copyValue, m_copyPath, m_copyJson})
        action->setEnabled(any);
}

void InspectTab::copyRole(int role) {
    const QModelIndex current = m_tree->currentIndex();
    if (current.isValid())
        QApplication::clipboard()->setText(current.data(role).toString());
}

void InspectTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    read();
}

} // namespace escale::gui
