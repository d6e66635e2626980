#include "gui/images/tag_dialog.h"

#include "engine/image/reference.h"
#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/images/images_model.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLineEdit>

namespace escale::gui {

QString imageNameProblem(const QString& text) {
    const auto translated = [](const char* words) {
        return QCoreApplication::translate("escale::gui::TagDialog", words);
    };
    const QString name = text.trimmed();
    if (name.isEmpty())
        return translated(QT_TRANSLATE_NOOP("escale::gui::TagDialog", "Write a name."));
    const auto reference = Reference::parse(name.toStdString());
    if (!reference)
        return QString::fromStdString(reference.error().message);
    if (reference->digest)
        return translated(QT_TRANSLATE_NOOP("escale::gui::TagDialog",
                                            "A name has no digest: leave out what follows the @."));
    return {};
}

std::pair<QString, QString> fullImageName(const QString& text) {
    const auto reference = Reference::parse(text.trimmed().toStdString());
    if (!reference)
        return {};
    return {QString::fromStdString(reference->name()), QString::fromStdString(reference->tag)};
}

TagDialog::TagDialog(EngineClient& client, const dbus::Image& image, dbus::ImageList images, QWidget* parent)
    : ActionDialog(QStringLiteral("tagDialog"), tr("Tag the image"), tr("Tag"), parent)
    , m_client(client)
    , m_image(image)
    , m_images(std::move(images))
    , m_name(new QLineEdit(familiarName(ImagesModel::idOf(image)).section(u'@', 0, 0), this))
    , m_note(label({}, "muted", this)) {
    addWords(tr("One more name for %1. The image stays one; nothing is copied.")
                 .arg(familiarName(ImagesModel::idOf(image))));
    addField(tr("&Name and tag"), m_name, QStringLiteral("name"));
    m_name->setPlaceholderText(tr("for example registry.example.org/team/web:1.2"));
    m_note->setObjectName(QStringLiteral("tagDialog.note"));
    m_note->setWordWrap(true);
    addBelow(m_note);
    connect(m_name, &QLineEdit::textChanged, this, &TagDialog::tell);
    m_name->selectAll();
    tell();
}

QString TagDialog::problem() const {
    if (const QString problem = imageNameProblem(m_name->text()); !problem.isEmpty())
        return problem;
    const auto [repository, tag] = fullImageName(m_name->text());
    if (repository == m_image.repository && tag == m_image.tag)
        return tr("It has this name already.");
    return {};
}

// What becomes of the name, in full; a name that is taken moves.
void TagDialog::tell() {
    check();
    m_note->clear();
    if (!imageNameProblem(m_name->text()).isEmpty())
        return;
    const auto [repository, tag] = fullImageName(m_name->text());
    QString words = tr("In full: %1").arg(repository + u':' + tag);
    for (const dbus::Image& other : std::as_const(m_images)) {
        if (other.repository == repository && other.tag == tag && other.digest != m_image.digest)
            words = tr("Another image has this name now. The name moves to this one.");
    }
    m_note->setText(words);
}

void TagDialog::submit() {
    const QString named = m_image.repository + u'@' + m_image.digest;
    m_client.tagImage(named, m_name->text().trimmed(), this, [this](const Result<>& tagged) {
        if (tagged)
            return accept();
        showError(tagged.error(), tr("Tag the image"));
        m_name->setFocus(Qt::OtherFocusReason);
    });
}

} // namespace escale::gui
