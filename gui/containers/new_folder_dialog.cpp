#include "gui/containers/new_folder_dialog.h"

#include "gui/client/engine_client.h"
#include "gui/containers/files_model.h"

#include <QLineEdit>

namespace escale::gui {

NewFolderDialog::NewFolderDialog(EngineClient& client, FilesPlace place, QString folder, QWidget* parent)
    : ActionDialog(QStringLiteral("newFolderDialog"), tr("New folder"), tr("Create"), parent)
    , m_client(client)
    , m_place(std::move(place))
    , m_folder(std::move(folder))
    , m_name(new QLineEdit(this)) {
    addWords(tr("It is made in %1, and belongs to root there.").arg(m_folder));
    addField(tr("&Name"), m_name, QStringLiteral("name"));
    connect(m_name, &QLineEdit::textChanged, this, &NewFolderDialog::check);
    check();
}

QString NewFolderDialog::problem() const {
    const QString name = m_name->text();
    if (name.isEmpty())
        return tr("Write a name.");
    if (name.contains(u'/') || name == u"." || name == u"..")
        return tr("Write one without a slash.");
    return {};
}

void NewFolderDialog::submit() {
    const QString name = m_name->text();
    m_client.makeFolder(m_place, joinPath(m_folder, name), this, [this, name](const Result<>& made) {
        if (!made)
            return showError(made.error(), tr("Make the folder %1").arg(name));
        Q_EMIT this->made(name);
        accept();
    });
}

} // namespace escale::gui
