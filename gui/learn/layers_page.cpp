#include "gui/learn/layers_page.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/format.h"
#include "gui/containers/state_text.h"
#include "gui/images/layers_model.h"
#include "gui/learn/layer_trial_bar.h"
#include "gui/learn/layer_watch.h"
#include "gui/learn/layers_text.h"
#include "gui/learn/path_field.h"

#include <QDateTime>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kMostCompletions = 60, kMostHidden = 200;
static constexpr qsizetype kMostNotes = 200;
static constexpr int kRedraw = 120, kPulse = 1600; // milliseconds
static constexpr int kLeastBelow = 150, kBelowHeight = 200, kDrawingShare = 500;

LayersPage::LayersPage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnLayers"), layersColumns(), parent)
    , m_client(client)
    , m_reader(client)
    , m_watch(new LayerWatch(client, this))
    , m_path(new PathField(
          QStringLiteral("learnLayers.path"),
          [this](const QString& text) {
              return m_view.contents
                         ? completedPaths(m_view.contents->stack, m_view.own, text, kMostCompletions)
                         : QStringList();
          },
          this))
    , m_trial(new LayerTrialBar(client, QStringLiteral("learnLayers.trial"), this))
    , m_changes(new CellsModel({tr("Time"), tr("Path"), tr("What has happened")}, this))
    , m_hidden(new CellsModel(hiddenColumns(), this))
    , m_changesTable(new Table(this))
    , m_hiddenTable(new Table(this)) {
    m_path->setPlaceholderText(tr("Follow a file through the layers"));
    m_path->setAccessibleName(m_path->placeholderText());
    addTool(m_path);
    buildBelow();
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(kRedraw);
    m_pulse.setSingleShot(true);
    m_pulse.setInterval(kPulse);
    connect(&m_redraw, &QTimer::timeout, this, &LayersPage::showView);
    connect(&m_pulse, &QTimer::timeout, this, [this] {
        m_view.pulse.clear();
        showView();
    });
    connect(m_path, &PathField::pathChosen, this, &LayersPage::follow);
    connect(&m_reader, &ImageReader::layersNamed, this,
            [this](const QStringList& digests) { m_view.digests = digests; });
    connect(&m_reader, &ImageReader::detailsRead, this, &LayersPage::takeHistory);
    connect(&m_reader, &ImageReader::contentsRead, this, &LayersPage::takeContents);
    connect(&m_reader, &ImageReader::layersFailed, this, &LayersPage::takeError);
    connect(m_watch, &LayerWatch::events, this, &LayersPage::takeEvents);
    connect(m_watch, &LayerWatch::failed, this,
            [this](const Error& error) { showError(error, tr("Watch what the container changes")); });
    connect(m_trial, &LayerTrialBar::failed, this,
            [this](const Error& error) { showError(error, tr("Try it in the container")); });
}

QWidget* LayersPage::titled(const QString& title, Table* table) {
    auto* frame = new QWidget(this);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    QLabel* words = label(title, "section", frame);
    words->setContentsMargins(12, 0, 12, 0);
    column->addWidget(words);
    column->addWidget(table, 1);
    table->setAccessibleName(title);
    return frame;
}

void LayersPage::buildBelow() {
    m_changesTable->setObjectName(QStringLiteral("learnLayers.changes"));
    m_changesTable->setSource(m_changes, -1);
    m_changesTable->setColumnWidth(0, 72);
    m_changesTable->setColumnWidth(1, 110);
    m_changesTable->giveRoomTo(2);
    m_hiddenTable->setObjectName(QStringLiteral("learnLayers.hidden"));
    m_hiddenTable->setSource(m_hidden, -1);
    m_hiddenTable->setColumnWidth(1, 76);
    m_hiddenTable->setColumnWidth(2, 64);
    m_hiddenTable->setColumnWidth(3, 150);
    m_hiddenTable->giveRoomTo(0);
    // Rows that come by themselves change nothing: only who points at one, or presses Return, follows it.
    const auto followOf = [this](Table* table, QChar before) {
        const auto act = [this, table, before] { follow(table->currentId().section(before, 1)); };
        connect(table, &Table::clicked, this, act);
        connect(table, &Table::activated, this, act);
    };
    followOf(m_changesTable, u' ');
    followOf(m_hiddenTable, u':');
    auto* tables = new QSplitter(Qt::Horizontal, this);
    tables->addWidget(titled(tr("As it happens"), m_changesTable));
    tables->addWidget(titled(tr("Why the image is not smaller"), m_hiddenTable));
    tables->setChildrenCollapsible(false);
    tables->setSizes({500, 360});
    auto* below = new QWidget(this);
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(1, 0, 1, 1);
    column->setSpacing(0);
    column->addWidget(line(below));
    column->addWidget(m_trial);
    column->addWidget(line(below));
    column->addWidget(tables, 1);
    below->setMinimumHeight(kLeastBelow);
    addBelow(below);
    if (auto* around = qobject_cast<QSplitter*>(below->parentWidget()))
        around->setSizes({kDrawingShare, kBelowHeight});
}

void LayersPage::follow(const QString& path) {
    if (path == m_view.path && m_path->text() == path)
        return;
    m_view.path = path;
    m_path->setPath(path);
    choose({});
    showView();
}

void LayersPage::containerChanged() {
    m_reader.cancel();
    m_watch->close();
    if (container().id != m_read) {
        m_view.path.clear();
        m_path->setPath({});
        m_notes.clear();
        m_changes->setRows({});
    }
    m_read = container().id;
    m_hasFailed = m_isListed = false;
    m_view.container = container().name;
    m_view.contents.reset();
    m_view.own = {};
    m_view.mounts.clear();
    updateTrial();
}

void LayersPage::refresh() {
    if (m_view.contents == nullptr && !m_hasFailed)
        return read();
    if (m_view.contents != nullptr && !m_watch->isOpen() && isRunning(container())) {
        m_listing = {};
        m_isListed = false;
        m_watch->open(container().id);
        readMounts();
    }
}

// What is mounted over the layers: there a container writes to none of them. Without an answer nothing is
// said.
void LayersPage::readMounts() {
    m_client.inspectMounts(container().id, this,
                           [this, asked = container().id](const Result<dbus::MountList>& mounts) {
                               if (!mounts || asked != container().id)
                                   return;
                               m_view.mounts.clear();
                               for (const dbus::MountFacts& mount : *mounts) {
                                   if (mount.target.size() > 1)
                                       m_view.mounts.append(mount.target);
                               }
                               showView();
                           });
}

void LayersPage::read() {
    setReading(true);
    m_view.instructions.clear();
    m_view.downloads.clear();
    m_view.digests.clear();
    showEmpty(tr("Reading the layers…"), {});
    m_reader.readContainer(container().id, container().imageDigest);
}

void LayersPage::hideEvent(QHideEvent* event) {
    LearnPage::hideEvent(event);
    m_watch->close();
    m_isListed = m_hasFailed = false; // tried again when it is looked at again
    m_reader.cancel();
    setReading(false);
}

void LayersPage::takeHistory(const ImageDetails& details) {
    m_view.downloads = QList<quint64>(details.blobs.begin(), details.blobs.end());
    m_view.instructions.clear();
    for (const HistoryStep& step : details.history) {
        if (!step.layer)
            continue;
        m_view.instructions.resize(
            std::max(m_view.instructions.size(), static_cast<qsizetype>(*step.layer) + 1));
        m_view.instructions[static_cast<qsizetype>(*step.layer)] = oneLine(step.instruction);
    }
    showView();
}

void LayersPage::takeContents(const ImageContentsPointer& contents) {
    setReading(false);
    if (contents->stack.layerCount() == 0)
        return;
    m_view.contents = contents;
    m_view.own = OwnLayer(contents->stack);
    if (m_view.path.isEmpty()) {
        m_view.path = tellingPath(m_view);
        m_path->setPath(m_view.path);
    }
    showView();
    m_hidden->setRows(hiddenRows(m_view, kMostHidden));
    refresh();
}

void LayersPage::takeError(const Error& error) {
    setReading(false);
    m_hasFailed = true;
    showEmpty(tr("The layers cannot be shown"), {});
    showError(error, tr("Read the layers"));
}

// First what is there already; what has happened since is told.
void LayersPage::takeEvents(const QList<LayerEvent>& events) {
    for (const LayerEvent& event : events) {
        if (event.change == LayerEvent::Change::Listed) {
            m_isListed = true;
            m_view.own = std::exchange(m_listing, {});
        } else if (!m_isListed) {
            m_listing.take(event);
        } else {
            note(event);
            m_view.own.take(event);
        }
    }
    if (m_isListed && !m_redraw.isActive())
        m_redraw.start();
}

void LayersPage::note(const LayerEvent& event) {
    const QString time = QDateTime::fromMSecsSinceEpoch(event.time).toString(QStringLiteral("HH:mm:ss"));
    const QString text = eventText(m_view, event);
    const bool isAgain = !m_notes.isEmpty() && m_notes.first().cells.at(1).text == event.path &&
                         m_notes.first().cells.at(2).text == text;
    if (isAgain)
        m_notes.first().cells.first().text = time;
    else
        m_notes.prepend({QString::number(m_number++) + u' ' + event.path,
                         {{time}, {event.path, {}, {}, Tone::None, true, true}, {text}}});
    m_notes.resize(std::min(m_notes.size(), kMostNotes));
    m_view.pulse = event.path;
    m_pulse.start();
}

void LayersPage::showView() {
    if (!m_view.contents)
        return;
    show(layersDrawing(m_view), layersRows(m_view));
    m_changes->setRows(m_notes);
    updateExplanation();
    updateTrial();
}

QString LayersPage::whyNotTry() const {
    if (!isRunning(container()))
        return tr("start the container to try it");
    if (!m_view.contents)
        return tr("Reading the layers…");
    const auto isSeen = [this](const char* path) {
        return fileColumn(m_view.contents->stack, m_view.imageLayers(), m_view.own, QString::fromLatin1(path))
                   .seen >= 0;
    };
    // Where /bin is a link to usr/bin, the shell is there.
    return isSeen("/bin/sh") || isSeen("/usr/bin/sh") ? QString()
                                                      : tr("the image has no shell to try it with");
}

void LayersPage::updateTrial() {
    m_trial->setContainer(container().id, whyNotTry());
    const FileColumn column = m_view.column();
    const bool isFile = column.seen >= 0 && !column.cells.at(column.seen).isFolder;
    m_trial->setFile(isFile && m_view.mountOver(m_view.path).isEmpty() ? m_view.path : QString());
    QString fresh = QStringLiteral("/escale.txt");
    for (int number = 2;
         m_view.own.file(fresh) != nullptr && m_view.own.file(fresh)->mark != OwnFile::Mark::Whiteout;
         ++number)
        fresh = QStringLiteral("/escale-%1.txt").arg(number);
    m_trial->setNewFile(fresh);
}

QString LayersPage::explanationOf(const QString& id) const {
    const int layer = layerOf(id);
    return layer < 0 ? layersExplanation(m_view) : layerExplanation(m_view, static_cast<std::size_t>(layer));
}

} // namespace escale::gui
