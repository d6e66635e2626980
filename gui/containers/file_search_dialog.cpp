#include "gui/containers/file_search_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/table.h"
#include "gui/containers/files_table.h"
#include "gui/containers/found_files_model.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSocketNotifier>
#include <QVBoxLayout>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace escale::gui {

static constexpr int kPause = 250; // milliseconds without a key before the engine searches
static constexpr QSize kSize(640, 460);
static constexpr int kMostFound = 10'000; // the engine's limit

FileSearchDialog::FileSearchDialog(EngineClient& client, FilesPlace place, QString folder, QWidget* parent)
    : QDialog(parent)
    , m_client(client)
    , m_place(std::move(place))
    , m_folder(std::move(folder))
    , m_model(new FoundFilesModel(this))
    , m_text(searchField(QStringLiteral("fileSearch.text"), this))
    , m_words(label({}, "muted", this))
    , m_stack(new TableStack(this)) {
    setObjectName(QStringLiteral("fileSearch"));
    setWindowTitle(tr("Search %1 below %2").arg(m_place.id, m_folder));
    resize(kSize);
    m_text->setPlaceholderText(tr("Part of a name; * and ? stand for anything"));
    m_text->setAccessibleName(m_text->placeholderText());
    m_words->setObjectName(QStringLiteral("fileSearch.words"));
    Table& table = m_stack->table();
    table.setObjectName(QStringLiteral("fileSearch.table"));
    table.setAccessibleName(tr("Files that were found"));
    table.setSource(m_model, FoundFilesModel::Path);
    table.setItemDelegateForColumn(FoundFilesModel::Path, new FileNameDelegate(&table));
    table.setColumnWidth(FoundFilesModel::Size, 90);
    table.setColumnWidth(FoundFilesModel::Modified, 130);
    table.giveRoomTo(FoundFilesModel::Path);
    auto* close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    auto* frame = card(this);
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->addWidget(m_stack);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_words, 1);
    foot->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(10);
    column->addWidget(m_text);
    column->addWidget(frame, 1);
    column->addLayout(foot);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &FileSearchDialog::search);
    connect(m_text, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_text, &QLineEdit::returnPressed, this, [this] { m_stack->table().setFocus(); });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&table, &Table::activated, this, [this] {
        if (const QString path = m_stack->table().currentId(); !path.isEmpty())
            Q_EMIT chosen(path);
    });
    say({});
    m_text->setFocus();
}

FileSearchDialog::~FileSearchDialog() {
    stop();
}

void FileSearchDialog::stop() {
    if (m_job != nullptr && m_job->isRunning())
        m_job->cancel();
    m_search.reset(); // and the job with it
    m_ready.reset();
    m_pipe = {};
    m_rest.clear();
}

void FileSearchDialog::say(const QString& words) {
    m_words->setText(words);
    if (m_model->rowCount() > 0)
        return m_stack->showTable();
    m_stack->empty().set(QStringLiteral("search"),
                         m_text->text().trimmed().isEmpty() ? tr("Write a part of a name")
                         : m_search                         ? tr("Searching…")
                                                            : tr("No file is called so"),
                         {});
    m_stack->showEmpty();
}

void FileSearchDialog::search() {
    stop();
    m_model->clear();
    const QString text = m_text->text().trimmed();
    if (text.isEmpty())
        return say({});
    m_search = std::make_unique<QObject>();
    say(tr("Searching…"));
    m_client.searchFiles(m_place, m_folder, text, m_search.get(), [this](const Result<FoundFiles>& found) {
        if (found)
            return follow(*found);
        const Error error = found.error();
        finish(&error);
    });
}

void FileSearchDialog::follow(const FoundFiles& found) {
    m_job = found.job;
    m_pipe = found.lines;
    const int pipe = m_pipe.fileDescriptor();
    ::fcntl(pipe, F_SETFL, O_RDONLY | O_NONBLOCK);
    m_ready = std::make_unique<QSocketNotifier>(pipe, QSocketNotifier::Read);
    connect(m_ready.get(), &QSocketNotifier::activated, this, &FileSearchDialog::readLines);
}

// One bufferful a time: keys and painting come between.
void FileSearchDialog::readLines() {
    std::array<char, 65536> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const ssize_t count = ::read(m_pipe.fileDescriptor(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0)
        return finish(nullptr);
    m_rest.append(buffer.data(), static_cast<qsizetype>(count));
    dbus::FileEntries files;
    qsizetype from = 0;
    for (qsizetype end = 0; (end = m_rest.indexOf('\n', from)) >= 0; from = end + 1) {
        if (const auto file = FoundFilesModel::fromLine(m_rest.mid(from, end - from)))
            files.append(*file);
    }
    m_rest.remove(0, from);
    m_model->add(files);
    say(tr("Searching… %n file(s) so far", nullptr, m_model->rowCount()));
}

void FileSearchDialog::finish(const Error* error) {
    m_ready.reset();
    m_pipe = {};
    m_search.release()->deleteLater(); // the job is its child, and we are inside its answer
    const int count = m_model->rowCount();
    say(error != nullptr ? QString::fromStdString(error->message)
        : count >= kMostFound
            ? tr("The first %n file(s); write more of the name to see others.", nullptr, count)
        : count == 0 ? QString()
                     : tr("%n file(s)", nullptr, count));
}

} // namespace escale::gui
