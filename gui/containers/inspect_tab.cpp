#include "gui/containers/inspect_tab.h"

#include "gui/common/buttons.h"
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

namespace escale::gui {

InspectTab::InspectTab(EngineClient& client, QWidget* parent)
    : ContainerTab(client, QStringLiteral("inspect"), parent)
    , m_model(new InspectModel(this))
    , m_tree(new Table(this))
    , m_raw(new QPlainTextEdit(this)) {
    buildTree();
    buildActions();
    buildTools();
    addPage(m_tree);
    addPage(m_raw);
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

void InspectTab::buildTools() {
    m_filter = addFilter(QStringLiteral("inspect.filter"));
    connect(m_filter, &QLineEdit::textChanged, this, &InspectTab::search);
    connect(m_filter, &QLineEdit::returnPressed, this,
            [this] { goToMatch(QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier)); });
    m_found = label({}, "muted", this);
    m_found->setObjectName(QStringLiteral("inspect.found"));
    auto* choice = new QButtonGroup(this);
    const auto view = [&](const QString& text, const QString& name) {
        auto* button = new QToolButton(this);
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
    tools().addWidget(m_found);
    tools().addStretch();
    tools().addWidget(m_treeButton);
    tools().addWidget(m_rawButton);
    tools().addSpacing(8);
    tools().addWidget(actionButton(copyAll, QStringLiteral("inspect.copyAll"), this));
    setRaw(false);
}

void InspectTab::setContainer(const dbus::Container* container) {
    if (takeId(container)) {
        m_model->setJson({});
        m_raw->clear();
    }
    showState();
    if (isVisible())
        read();
}

void InspectTab::read() {
    ask<ContainerDetails>(&EngineClient::inspect, tr("Read the container"),
                          [this](const ContainerDetails& details) { take(details); });
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
    showTools(known);
    updateActions();
    if (known)
        showPage(m_isRaw ? static_cast<QWidget*>(m_raw) : m_tree);
    else
        showEmpty(tr("Reading the container…"), {});
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

} // namespace escale::gui
