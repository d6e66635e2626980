#include "gui/images/config_tab.h"

#include "gui/common/empty_state.h"
#include "gui/common/facts.h"
#include "gui/common/format.h"
#include "gui/images/findings_model.h"
#include "gui/images/findings_view.h"
#include "gui/images/images_model.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>

namespace escale::gui {
namespace {

QString joined(const std::vector<std::string>& words) {
    QStringList list;
    for (const std::string& word : words)
        list.append(QString::fromStdString(word));
    return list.isEmpty() ? dash() : list.join(QStringLiteral(", "));
}

// As a shell would need it written: words with blanks in quotation marks.
QString commandLine(const std::vector<std::string>& words) {
    QStringList list;
    for (const std::string& word : words) {
        const QString text = QString::fromStdString(word);
        list.append(text.contains(u' ') || text.isEmpty() ? u'"' + text + u'"' : text);
    }
    return list.isEmpty() ? dash() : list.join(u' ');
}

QString textOr(const std::string& text, const QString& otherwise) {
    return text.empty() ? otherwise : QString::fromStdString(text);
}

QString healthText(const HealthConfig& health) {
    if (health.command.empty())
        return ConfigTab::tr("none");
    if (health.command.front() == "NONE")
        return ConfigTab::tr("switched off");
    const QString command = commandLine({health.command.begin() + 1, health.command.end()});
    const std::uint64_t interval = health.interval == 0 ? 30'000 : health.interval;
    return ConfigTab::tr("%1 — every %2 s")
        .arg(command, QLocale().toString(static_cast<double>(interval) / 1000, 'g', 4));
}

// A row each; the first carries the name.
QList<Fact> listed(const QString& name, const QStringList& values) {
    QList<Fact> facts;
    for (const QString& value : values.isEmpty() ? QStringList{dash()} : values)
        facts.append({facts.isEmpty() ? name : QString(), value, true});
    return facts;
}

QList<Fact> identity(const dbus::Image& image) {
    return {{ConfigTab::tr("Name"), ImagesModel::idOf(image)},
            {ConfigTab::tr("Digest"), image.digest, true},
            {ConfigTab::tr("Architecture"), image.architecture}};
}

QList<Fact> sizes(const dbus::Image& image) {
    return {{ConfigTab::tr("Downloaded"), formatBytes(image.downloadSize)},
            {ConfigTab::tr("On the disk"), formatBytes(image.size)},
            {ConfigTab::tr("Created"), image.created > 0 ? formatTime(image.created) : dash()},
            {ConfigTab::tr("Pulled"), image.pulledAt > 0 ? formatTime(image.pulledAt) : dash()}};
}

} // namespace

ConfigTab::ConfigTab(QWidget* parent)
    : QWidget(parent)
    , m_facts(new Facts(this))
    , m_view(new FindingsView(QStringLiteral("configFindings"), Qt::Vertical, this)) {
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_facts->inScrollArea(this));
    splitter->addWidget(m_view);
    splitter->setSizes({500, 500});
    m_view->hideColumn(FindingsModel::Count);
    m_view->hideColumn(FindingsModel::Bytes);
    splitter->setChildrenCollapsible(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(splitter);
    setImage(nullptr);
}

void ConfigTab::setImage(const dbus::Image* image) {
    m_view->setFindings({});
    m_view->empty().set(QStringLiteral("inspect"),
                        image != nullptr ? tr("Reading the configuration…") : tr("No image selected"), {});
    m_facts->set(image != nullptr ? identity(*image) + sizes(*image) : QList<Fact>());
}

void ConfigTab::setDetails(const dbus::Image& image, const ImageDetails& details) {
    const ImageConfig& config = details.settings;
    QStringList labels, environment;
    for (const auto& [name, value] : config.labels)
        labels.append(QString::fromStdString(name) + QLatin1Char('=') + QString::fromStdString(value));
    for (const std::string& variable : config.environment)
        environment.append(QString::fromStdString(variable));
    QList<Fact> facts = identity(image);
    facts += {{tr("Entrypoint"), commandLine(config.entrypoint), true},
              {tr("Command"), commandLine(config.command), true},
              {tr("User"), textOr(config.user, tr("root (none is given)"))},
              {tr("Working directory"), textOr(config.workingDir, QStringLiteral("/")), true}};
    facts += listed(tr("Environment"), environment);
    facts += {{tr("Ports"), joined(config.exposedPorts)},
              {tr("Volumes"), joined(details.volumes), true},
              {tr("Health check"), healthText(config.health)},
              {tr("Stop signal"), textOr(config.stopSignal, QStringLiteral("SIGTERM"))}};
    facts += listed(tr("Labels"), labels);
    if (!details.author.empty())
        facts.append({tr("Author"), QString::fromStdString(details.author)});
    m_facts->set(facts + sizes(image));
    m_view->empty().set(QStringLiteral("health"), tr("Good practice is followed"),
                        tr("The configuration gives no reason for a warning."));
    m_view->setFindings(configFindings(config, details.history, image.tag.toStdString()));
}

} // namespace escale::gui
