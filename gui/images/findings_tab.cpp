#include "gui/images/findings_tab.h"

#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/format.h"
#include "gui/images/findings_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace escale::gui {

FindingsTab::FindingsTab(QWidget* parent)
    : QWidget(parent)
    , m_figures(new QWidget(this))
    , m_doubles(label({}, "muted", this))
    , m_view(new FindingsView(QStringLiteral("findings"), Qt::Horizontal, this)) {
    auto* row = new QHBoxLayout(m_figures);
    row->setContentsMargins(14, 10, 14, 8);
    row->setSpacing(6);
    m_score =
        figure(QStringLiteral("findings.score"), tr("Efficiency"),
               tr("Bytes that each path needs at the least, of all that the layers store for it. The same "
                  "figure as dive's."));
    row->addSpacing(18);
    m_wasted = figure(QStringLiteral("findings.wasted"), tr("Wasted"),
                      tr("Bytes of paths that more than one layer stores. The same figure as dive's."));
    m_doubles->setObjectName(QStringLiteral("findings.doubles"));
    row->addStretch();
    row->addWidget(m_doubles);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_figures);
    column->addWidget(line(this));
    column->addWidget(m_view, 1);
}

QLabel* FindingsTab::figure(const QString& name, const QString& words, const QString& explanation) {
    auto* row = static_cast<QHBoxLayout*>(m_figures->layout());
    auto* title = label(words, "muted", m_figures);
    auto* value = label({}, "heading", m_figures);
    value->setObjectName(name);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(words);
    value->setAccessibleDescription(explanation);
    for (QLabel* each : {title, value}) {
        each->setToolTip(explanation);
        row->addWidget(each);
    }
    return value;
}

void FindingsTab::clear(const QString& title, const QString& text) {
    m_figures->hide();
    m_view->setFindings({});
    m_view->empty().set(QStringLiteral("search"), title, text);
}

void FindingsTab::setContents(const ImageContentsPointer& contents) {
    const ImageEfficiency& found = contents->efficiency;
    // 99.96 is not 100.
    const double percent = std::floor(found.score * 1000) / 10;
    m_score->setText(formatPercent(percent));
    m_wasted->setText(formatBytes(found.wastedBytes));
    m_figures->show();
}

void FindingsTab::setFindings(const std::vector<Finding>& findings, bool isWhole) {
    m_doubles->setText(isWhole ? QString() : tr("Comparing files…"));
    m_view->empty().set(
        QStringLiteral("health"), isWhole ? tr("Nothing to find fault with") : tr("Comparing files…"),
        isWhole ? tr("Each file is stored once, and nothing lies around that should not.") : QString());
    m_view->setFindings(findings);
}

} // namespace escale::gui
