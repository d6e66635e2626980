#include "gui/registry/repository_page.h"

#include "gui/common/buttons.h"
#include "gui/common/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace escale::gui {

RepositoryPage::RepositoryPage(QWidget* parent)
    : QFrame(parent)
    , m_mark(label({}, "mark", this))
    , m_figures(label({}, "muted", this))
    , m_description(label({}, "text", this)) {
    setObjectName(QStringLiteral("registryPane.page"));
    m_mark->setObjectName(QStringLiteral("registryPane.mark"));
    m_figures->setObjectName(QStringLiteral("registryPane.figures"));
    m_description->setObjectName(QStringLiteral("registryPane.description"));
    m_description->setWordWrap(true);
    m_description->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(m_mark);
    row->addWidget(m_figures);
    row->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 2);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_description);
    hide();
}

QString RepositoryPage::about(std::uint64_t number) {
    const QLocale locale;
    if (number < 10'000)
        return locale.toString(static_cast<qulonglong>(number));
    const std::pair<double, const char*> scales[] = {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}};
    for (const auto& [scale, letter] : scales) {
        if (static_cast<double>(number) >= scale)
            return locale.toString(static_cast<double>(number) / scale, 'f', 1) + QLatin1String(letter);
    }
    return {};
}

void RepositoryPage::set(const HubRepository& repository) {
    m_mark->setText(repository.isOfficial   ? tr("Docker Official Image")
                    : repository.isVerified ? tr("Verified publisher")
                                            : QString());
    m_mark->setVisible(!m_mark->text().isEmpty());
    QStringList figures{
        tr("%n star(s)", nullptr, static_cast<int>(std::min<std::uint64_t>(repository.stars, INT_MAX))),
        tr("%1 pulls").arg(about(repository.pulls))};
    if (repository.updated > 0)
        figures.append(tr("updated %1", "3 days ago").arg(formatAgo(repository.updated)));
    m_figures->setText(figures.join(QStringLiteral(" · ")));
    m_figures->setToolTip(formatTime(repository.updated));
    m_description->setText(QString::fromStdString(repository.description).simplified());
    m_description->setVisible(!m_description->text().isEmpty());
    show();
}

void RepositoryPage::clear() {
    hide();
}

} // namespace escale::gui
