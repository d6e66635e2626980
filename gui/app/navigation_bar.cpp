#include "gui/app/navigation_bar.h"

#include "gui/common/icons.h"

#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kWidth = 190;
static constexpr int kItemHeight = 40;

NavigationBar::NavigationBar(QWidget* parent)
    : QFrame(parent)
    , m_list(new QListWidget(this)) {
    setObjectName(QStringLiteral("navigation"));
    setFixedWidth(kWidth);
    m_list->setObjectName(QStringLiteral("navigationList"));
    m_list->setAccessibleName(tr("Panes"));
    m_list->setIconSize(QSize(20, 20));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 8);
    column->setSpacing(0);
    column->addWidget(m_list, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &NavigationBar::chosen);
}

void NavigationBar::add(const QString& iconName, const QString& text, const QString& shortcut) {
    auto* item = new QListWidgetItem(icon(iconName), text, m_list);
    item->setSizeHint(QSize(kWidth - 20, kItemHeight));
    item->setToolTip(QStringLiteral("%1 (%2)").arg(text, shortcut));
}

void NavigationBar::setCurrent(int pane) {
    m_list->setCurrentRow(pane);
}
int NavigationBar::current() const {
    return m_list->currentRow();
}

} // namespace escale::gui
