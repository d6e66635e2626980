#include "gui/containers/file_editor.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/transfer_bar.h"
#include "gui/containers/files_model.h"
#include "gui/containers/tar_pipe.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr qint64 kLimit = 1024 * 1024;
static constexpr QSize kSize(820, 600);

FileEditor::FileEditor(EngineClient& client, FilesPlace place, QString path, QWidget* parent)
    : QDialog(parent)
    , m_client(client)
    , m_place(std::move(place))
    , m_path(std::move(path))
    , m_reader(client)
    , m_text(new QPlainTextEdit(this))
    , m_note(new EmptyState(this))
    , m_stack(new QStackedWidget(this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_transfer(new TransferBar(this))
    , m_facts(label({}, "muted", this))
    , m_close(new QPushButton(tr("Close"), this))
    , m_save(primaryButton(tr("&Save"), QStringLiteral("fileEditor.save"), this)) {
    setObjectName(QStringLiteral("fileEditor"));
    setWindowTitle(tr("Edit %1").arg(m_path));
    resize(kSize);
    buildLayout();
    connect(m_save, &QPushButton::clicked, this, &FileEditor::save);
    connect(m_close, &QPushButton::clicked, this, &FileEditor::reject);
    connect(m_text, &QPlainTextEdit::modificationChanged, this, &FileEditor::updateButton);
    connect(new QShortcut(QKeySequence::Save, this), &QShortcut::activated, this, &FileEditor::save);
    m_note->set(QStringLiteral("file"), tr("Reading…"), {});
    updateButton();
}

void FileEditor::buildLayout() {
    m_text->setObjectName(QStringLiteral("fileEditor.text"));
    m_text->setAccessibleName(tr("Text of the file"));
    m_text->setProperty("framed", true);
    m_text->setFont(monospace(m_text->font()));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabStopDistance(8 * QFontMetricsF(m_text->font()).horizontalAdvance(QLatin1Char(' ')));
    m_close->setObjectName(QStringLiteral("fileEditor.close"));
    m_close->setAutoDefault(false);
    m_save->setAutoDefault(false);
    m_stack->addWidget(m_note);
    m_stack->addWidget(m_text);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_facts, 1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_save);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(10);
    column->addWidget(m_error);
    column->addWidget(m_confirmation);
    column->addWidget(m_stack, 1);
    column->addWidget(m_transfer);
    column->addLayout(buttons);
}

void FileEditor::load() {
    m_reader.read(m_place, m_path, kLimit, [this](const Result<FileContent>& content) {
        if (content)
            return show(*content);
        m_note->set(QStringLiteral("warning"), tr("This file cannot be edited"), {});
        m_error->show(content.error(), tr("Read %1").arg(m_path));
    });
}

void FileEditor::refuse(const QString& title, const QString& text) {
    m_note->set(QStringLiteral("file"), title, text);
    m_stack->setCurrentWidget(m_note);
}

// Only what the editor gives back as it was, byte by byte.
void FileEditor::show(const FileContent& content) {
    m_content = content;
    if (!content.file.isWhole)
        return refuse(tr("Too large to be edited here"),
                      tr("Up to 1 MiB can be. Download it, edit it, and upload it again."));
    std::optional<QString> text = decodeText(content.file.bytes, true);
    if (!text)
        return refuse(tr("No text"), tr("Only UTF-8 text can be edited here."));
    m_crlf = text->contains(QLatin1String("\r\n"));
    if (m_crlf)
        text->replace(QLatin1String("\r\n"), QLatin1String("\n"));
    m_text->setPlainText(*text);
    if (bytes() != content.file.bytes)
        return refuse(tr("Line ends of several kinds"),
                      tr("The editor would change more of it than you do. Download it to edit it."));
    m_text->document()->setModified(false);
    m_facts->setText(QStringLiteral("%1 · %2 · %3:%4")
                         .arg(formatBytes(content.entry.size), modeText(content.entry.mode))
                         .arg(content.entry.user)
                         .arg(content.entry.group));
    m_stack->setCurrentWidget(m_text);
    m_text->setFocus(Qt::OtherFocusReason);
    updateButton();
}

// Not toPlainText(), which makes a space of a no-break space.
QByteArray FileEditor::bytes() const {
    QString text = m_text->document()->toRawText();
    text.replace(QChar::ParagraphSeparator, m_crlf ? QStringLiteral("\r\n") : QStringLiteral("\n"));
    return text.toUtf8();
}

void FileEditor::save() {
    if (!m_save->isEnabled())
        return;
    setBusy(true);
    m_error->dismiss();
    m_client.statFile(m_place, m_path, {}, this, [this](const Result<dbus::FileEntry>& now) {
        const bool same = now && now->size == m_content.entry.size &&
                          now->modified == m_content.entry.modified && now->mode == m_content.entry.mode;
        if (same)
            return write();
        setBusy(false);
        if (!now && now.error().code != ErrorCode::NotFound)
            return m_error->show(now.error(), tr("Save %1").arg(m_path));
        m_confirmation->ask(now ? tr("The file was changed meanwhile by somebody else.")
                                : tr("The file was removed meanwhile."),
                            now ? tr("Replace it") : tr("Write it again"), [this] { write(); });
    });
}

void FileEditor::write() {
    if (!m_transfer->begin(tr("Saving")))
        return;
    setBusy(true);
    TarFile file;
    file.name = m_path.section(QLatin1Char('/'), -1).toUtf8();
    file.bytes = bytes();
    file.mode = m_content.file.mode;
    file.user = m_content.entry.user;
    file.group = m_content.entry.group;
    file.modified = QDateTime::currentSecsSinceEpoch();
    const auto work = [file](int archive, Transfer::Control& control) {
        return writeTarFile(archive, file, control);
    };
    const Result<void> begun = sendTar(
        m_client, *m_transfer, {m_place, parentPath(m_path), {}}, work, [this](const Result<void>& outcome) {
            setBusy(false);
            if (!outcome)
                return m_error->show(outcome.error(), tr("Save %1").arg(m_path));
            m_text->document()->setModified(false);
            Q_EMIT saved(m_path);
            QDialog::accept();
        });
    if (!begun) {
        setBusy(false);
        m_error->show(begun.error(), tr("Save %1").arg(m_path));
    }
}

void FileEditor::setBusy(bool busy) {
    m_busy = busy;
    m_text->setReadOnly(busy);
    updateButton();
}

void FileEditor::updateButton() {
    m_save->setEnabled(!m_busy && m_stack->currentWidget() == m_text && m_text->document()->isModified());
}

// What was written is not lost by a key.
void FileEditor::reject() {
    if (m_busy)
        return m_transfer->cancel();
    if (!m_text->document()->isModified() || m_stack->currentWidget() != m_text)
        return QDialog::reject();
    m_confirmation->ask(tr("What you have changed is not saved."), tr("Discard it"),
                        [this] { done(Rejected); });
}

} // namespace escale::gui
