#include "gui/containers/file_preview.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/empty_state.h"
#include "gui/common/format.h"
#include "gui/containers/files_model.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace escale::gui {
namespace {

constexpr qint64 kTextLimit = 256 * 1024;
constexpr qint64 kImageLimit = 16 * 1024 * 1024;
constexpr int kMargin = 16; // around a picture

bool hasImageName(const QString& path) {
    static const QStringList kEndings{QStringLiteral("png"), QStringLiteral("jpg"),  QStringLiteral("jpeg"),
                                      QStringLiteral("gif"), QStringLiteral("webp"), QStringLiteral("bmp"),
                                      QStringLiteral("ico"), QStringLiteral("ppm"),  QStringLiteral("pgm"),
                                      QStringLiteral("xpm")};
    return kEndings.contains(path.section(QLatin1Char('.'), -1).toLower());
}

} // namespace

FilePreview::FilePreview(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_reader(client)
    , m_name(new ElidedLabel(this))
    , m_facts(label({}, "muted", this))
    , m_image(new QLabel(this))
    , m_text(new QPlainTextEdit(this))
    , m_note(new EmptyState(this))
    , m_stack(new QStackedWidget(this))
    , m_head(new QHBoxLayout) {
    setObjectName(QStringLiteral("files.preview"));
    QFont bold = m_name->font();
    bold.setWeight(QFont::DemiBold);
    m_name->setFont(bold);
    m_text->setObjectName(QStringLiteral("files.text"));
    m_text->setAccessibleName(tr("Content of the file"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(monospace(m_text->font()));
    m_text->document()->setDocumentMargin(10);
    m_image->setObjectName(QStringLiteral("files.image"));
    m_image->setAccessibleName(tr("Picture in the file"));
    m_image->setAlignment(Qt::AlignCenter);
    m_image->setMinimumSize(1, 1);
    for (QWidget* page :
         {static_cast<QWidget*>(m_note), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_image)})
        m_stack->addWidget(page);
    m_head->setContentsMargins(12, 6, 8, 6);
    m_head->setSpacing(8);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_name);
    words->addWidget(m_facts);
    m_head->addLayout(words, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_head);
    column->addWidget(line(this));
    column->addWidget(m_stack, 1);
    setFile({}, {}, nullptr);
}

void FilePreview::addTool(QWidget* tool) {
    m_head->addWidget(tool);
}

QString FilePreview::note() const {
    return m_stack->currentWidget() == m_note ? m_note->title() : QString();
}

void FilePreview::showNote(const QString& symbol, const QString& title, const QString& text) {
    m_note->set(symbol, title, text);
    m_stack->setCurrentWidget(m_note);
}

void FilePreview::setFile(const FilesPlace& place, const QString& path, const dbus::FileEntry* entry,
                          bool mounted) {
    const bool same = path == m_path;
    m_path = path;
    m_reader.cancel();
    if (entry == nullptr) {
        m_name->setText({});
        m_facts->clear();
        return showNote(QStringLiteral("file"), tr("No file selected"),
                        tr("Select one to see what it holds."));
    }
    m_name->setText(entry->name);
    m_facts->setText(isPlainFile(*entry)
                         ? QStringLiteral("%1 · %2").arg(formatBytes(entry->size), modeText(entry->mode))
                         : QStringLiteral("%1 · %2").arg(fileKindText(entry->mode), modeText(entry->mode)));
    if (mounted)
        return showNote(
            QStringLiteral("link"), tr("Mounted at run time"),
            tr("The container sees something else here, which is mounted over it when it starts: no part of "
               "the "
               "image's or the container's file system, and not read here. Look at %1 in its terminal.")
                .arg(path));
    if (isFolder(*entry))
        return showNote(QStringLiteral("folder"), tr("A folder"),
                        tr("Open it with Enter or a double click."));
    if (!isPlainFile(*entry) && !isLink(*entry))
        return showNote(QStringLiteral("device"), tr("No file with a content"),
                        tr("Devices, pipes and sockets are not read."));
    if (!same)
        showNote(QStringLiteral("file"), tr("Reading…"));
    read(place, *entry);
}

void FilePreview::read(const FilesPlace& place, const dbus::FileEntry& entry) {
    const bool link = isLink(entry);
    m_reader.read(place, m_path, hasImageName(m_path) ? kImageLimit : kTextLimit,
                  [this, link](const Result<FileContent>& content) {
                      if (content)
                          return show(*content);
                      if (link && content.error().code == ErrorCode::NotFound)
                          return showNote(QStringLiteral("link"), tr("A link to nothing"),
                                          tr("What it names is not there."));
                      if (content.error().code == ErrorCode::Unsupported)
                          return showNote(QStringLiteral("link"), tr("A link to a folder"),
                                          tr("Open it with Enter or a double click."));
                      showNote(QStringLiteral("warning"), tr("This file cannot be shown"),
                               QString::fromStdString(content.error().message));
                  });
}

void FilePreview::show(const FileContent& content) {
    const quint64 size = content.entry.size;
    if (!content.image.isNull()) {
        m_picture = content.image;
        m_facts->setText(QStringLiteral("%1 · %2 × %3")
                             .arg(formatBytes(size))
                             .arg(content.image.width())
                             .arg(content.image.height()));
        drawImage();
        return m_stack->setCurrentWidget(m_image);
    }
    if (size == 0)
        return showNote(QStringLiteral("file"), tr("An empty file"));
    const QByteArray beginning = content.file.bytes.left(kTextLimit);
    const bool isWhole = content.file.isWhole && beginning.size() == content.file.bytes.size();
    const std::optional<QString> text = decodeText(beginning, isWhole);
    if (!text)
        return showNote(QStringLiteral("file"), tr("Binary, %1 bytes").arg(QLocale().toString(size)),
                        tr("Download it to look at it with another program."));
    const int scrolled = m_text->verticalScrollBar()->value();
    m_text->setPlainText(
        isWhole ? *text
                : *text + QStringLiteral("\n\n") +
                      tr("… and more: the first %1 of %2 are shown")
                          .arg(formatMemory(static_cast<quint64>(beginning.size())), formatMemory(size)));
    m_text->verticalScrollBar()->setValue(scrolled);
    m_stack->setCurrentWidget(m_text);
}

// Never larger than it is.
void FilePreview::drawImage() {
    if (m_picture.isNull())
        return;
    const QSize room = m_stack->size() - QSize(kMargin, kMargin);
    const qreal ratio = devicePixelRatioF();
    QSize size = m_picture.size();
    if (size.width() > room.width() || size.height() > room.height())
        size.scale(room, Qt::KeepAspectRatio);
    QPixmap shown =
        QPixmap::fromImage(m_picture.scaled(size * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    shown.setDevicePixelRatio(ratio);
    m_image->setPixmap(shown);
}

void FilePreview::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    drawImage();
}

} // namespace escale::gui
