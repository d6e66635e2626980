#include "gui/build/prune_cache_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>

namespace escale::gui {

static constexpr qint64 kDay = 24LL * 3600 * 1000;
static constexpr quint64 kGigabyte = 1'000'000'000;

PruneCacheDialog::PruneCacheDialog(EngineClient& client, dbus::BuildCache entries, QWidget* parent)
    : ActionDialog(QStringLiteral("pruneCacheDialog"), tr("Shrink the build cache"), tr("Remove"), parent)
    , m_client(client)
    , m_entries(std::move(entries))
    , m_age(new QComboBox(this))
    , m_keep(new QComboBox(this))
    , m_told(label({}, "figure", this)) {
    addWords(tr(
        "Builds do these steps again when they need them. Images stay, and what a build that runs needs."));
    const std::pair<int, QString> ages[] = {{0, tr("of any age")},
                                            {1, tr("unused for a day")},
                                            {7, tr("unused for a week")},
                                            {30, tr("unused for 30 days")},
                                            {90, tr("unused for 90 days")}};
    for (const auto& [days, words] : ages)
        m_age->addItem(words, days);
    m_age->setCurrentIndex(2);
    m_keep->addItem(tr("no limit"), 0);
    for (const int size : {1, 2, 5, 10, 20, 50})
        m_keep->addItem(formatBytes(size * kGigabyte), size);
    addField(tr("&Age"), m_age, QStringLiteral("age"));
    addField(tr("&Keep at most"), m_keep, QStringLiteral("keep"));
    auto* kinds = new QWidget(this);
    auto* row = new QHBoxLayout(kinds);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    const QString names[] = {QStringLiteral("step"), QStringLiteral("context"), QStringLiteral("mount")};
    const QString words[] = {tr("layers of steps"), tr("files of folders"), tr("caches of RUN")};
    for (std::size_t i = 0; i < m_kinds.size(); ++i) {
        m_kinds.at(i) = new QCheckBox(words[i], kinds);
        m_kinds.at(i)->setObjectName(QStringLiteral("pruneCacheDialog.") + names[i]);
        m_kinds.at(i)->setProperty("kind", names[i]);
        m_kinds.at(i)->setChecked(true);
        row->addWidget(m_kinds.at(i));
        connect(m_kinds.at(i), &QCheckBox::toggled, this, &PruneCacheDialog::renew);
    }
    row->addStretch();
    addField(tr("&Which"), kinds, QStringLiteral("kinds"));
    m_told->setObjectName(QStringLiteral("pruneCacheDialog.told"));
    addBelow(m_told);
    for (QComboBox* box : {m_age, m_keep})
        connect(box, &QComboBox::currentIndexChanged, this, &PruneCacheDialog::renew);
    renew();
}

CachePrune PruneCacheDialog::choice() const {
    CachePrune prune;
    if (const int days = m_age->currentData().toInt(); days > 0)
        prune.until = QDateTime::currentMSecsSinceEpoch() - days * kDay;
    if (const int size = m_keep->currentData().toInt(); size > 0)
        prune.keepBytes = size * kGigabyte;
    for (const QCheckBox* box : m_kinds) {
        if (box->isChecked())
            prune.kinds.append(box->property("kind").toString());
    }
    if (prune.kinds.size() == static_cast<qsizetype>(m_kinds.size()))
        prune.kinds.clear();
    return prune;
}

QString PruneCacheDialog::problem() const {
    for (const QCheckBox* box : m_kinds) {
        if (box != nullptr && box->isChecked())
            return {};
    }
    return tr("Choose what is to go.");
}

void PruneCacheDialog::renew() {
    const dbus::BuildCache gone = problem().isEmpty() ? prunedBy(m_entries, choice()) : dbus::BuildCache();
    m_told->setText(gone.isEmpty()
                        ? tr("Nothing goes.")
                        : tr("%n entry(ies) go, %1 become free.", nullptr, static_cast<int>(gone.size()))
                              .arg(formatBytes(cacheSize(gone))));
    check();
}

void PruneCacheDialog::submit() {
    setBusy(true);
    m_client.pruneBuildCache(choice().options(), this, [this](const Result<PrunedBuildCache>& gone) {
        setBusy(false);
        if (!gone)
            return showError(gone.error(), tr("Shrink the build cache"));
        Q_EMIT pruned(*gone);
        accept();
    });
}

} // namespace escale::gui
