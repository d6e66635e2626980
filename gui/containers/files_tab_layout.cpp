#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/transfer_bar.h"
#include "gui/containers/file_edits.h"
#include "gui/containers/file_preview.h"
#include "gui/containers/files_tab.h"
#include "gui/containers/files_table.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

static QToolButton* flat(QAction* action, const QString& objectName, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setProperty("role", "flat");
    button->setObjectName(objectName);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setIconSize(QSize(18, 18));
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(action->text().remove(QLatin1Char('&')));
    return button;
}

QWidget* FilesTab::makeBar() {
    auto* bar = new QWidget(this);
    m_path = new QLineEdit(bar);
    m_path->setObjectName(QStringLiteral("files.path"));
    m_path->setAccessibleName(tr("Folder"));
    m_path->setFont(monospace(m_path->font()));
    connect(m_path, &QLineEdit::returnPressed, this, [this] {
        openFolder(m_path->text().trimmed());
        m_table->setFocus(Qt::OtherFocusReason);
    });
    m_filter = searchField(QStringLiteral("files.filter"), bar);
    m_filter->setPlaceholderText(tr("Filter by name"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setMaximumWidth(220);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_table->setFilter(text);
        showState();
    });
    auto* upload = new QToolButton(bar);
    upload->setProperty("role", "button");
    upload->setObjectName(QStringLiteral("files.upload"));
    upload->setText(tr("Upload"));
    upload->setIcon(icon(QStringLiteral("upload")));
    upload->setIconSize(QSize(16, 16));
    upload->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    upload->setFocusPolicy(Qt::StrongFocus);
    upload->setToolTip(tr("Copies files into this folder; they can be dropped here, too"));
    auto* menu = new QMenu(upload);
    menu->addActions({m_uploadFiles, m_uploadFolder});
    connect(upload, &QToolButton::clicked, this,
            [menu, upload] { menu->popup(upload->mapToGlobal(QPoint(0, upload->height() + 2))); });
    QToolButton* newFolder =
        flat(m_edits->action(FileEdits::NewFolder), QStringLiteral("files.newFolder"), bar);
    QToolButton* search = flat(m_edits->action(FileEdits::Search), QStringLiteral("files.search"), bar);
    for (QToolButton* button : {newFolder, search}) {
        const auto follow = [button] { button->setVisible(button->defaultAction()->isVisible()); };
        connect(button->defaultAction(), &QAction::changed, button, follow);
        follow();
    }
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(10, 0, 12, 8);
    row->setSpacing(6);
    row->addWidget(flat(m_up, QStringLiteral("files.up"), bar));
    row->addWidget(flat(m_home, QStringLiteral("files.home"), bar));
    row->addWidget(m_path, 2);
    row->addWidget(flat(m_refresh, QStringLiteral("files.refresh"), bar));
    row->addWidget(newFolder);
    row->addWidget(search);
    row->addWidget(m_filter, 1);
    row->addWidget(upload);
    return bar;
}

void FilesTab::buildLayout() {
    m_emptyFolder->setObjectName(QStringLiteral("files.empty"));
    m_tableStack->addWidget(m_emptyFolder);
    m_tableStack->addWidget(m_table);
    m_preview->addTool(flat(m_edit, QStringLiteral("files.edit"), m_preview));
    m_preview->addTool(flat(m_download, QStringLiteral("files.download"), m_preview));
    m_preview->setMinimumWidth(220);
    auto* right = new QWidget(this);
    auto* rightRow = new QHBoxLayout(right);
    rightRow->setContentsMargins(0, 0, 0, 0);
    rightRow->setSpacing(0);
    auto* edge = new QFrame(right);
    edge->setProperty("role", "line");
    edge->setFixedWidth(1);
    rightRow->addWidget(edge);
    rightRow->addWidget(m_preview, 1);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_tableStack);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({680, 330});
    splitter->setChildrenCollapsible(false);
    auto* page = new QWidget(this);
    auto* pageColumn = new QVBoxLayout(page);
    pageColumn->setContentsMargins(0, 0, 0, 0);
    pageColumn->setSpacing(0);
    pageColumn->addWidget(makeBar());
    pageColumn->addWidget(line(page));
    pageColumn->addWidget(splitter, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto* notices = new QVBoxLayout;
    notices->setContentsMargins(12, 8, 12, 4);
    notices->addWidget(m_error);
    notices->addWidget(m_confirmation);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(notices);
    column->addWidget(m_stack, 1);
    column->addWidget(m_transfer);
}

} // namespace escale::gui
