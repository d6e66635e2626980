#include "gui/learn/path_field.h"

#include "gui/common/icons.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QStringListModel>

namespace escale::gui {

static constexpr int kWidth = 260, kRows = 12;

PathField::PathField(const QString& objectName, std::function<QStringList(const QString&)> complete,
                     QWidget* parent)
    : QLineEdit(parent)
    , m_complete(std::move(complete))
    , m_found(new QStringListModel(this)) {
    setObjectName(objectName);
    setClearButtonEnabled(true);
    setMinimumWidth(kWidth);
    addAction(icon(QStringLiteral("search"), QPalette::PlaceholderText), QLineEdit::LeadingPosition);
    auto* completer = new QCompleter(m_found, this);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer->setMaxVisibleItems(kRows);
    completer->popup()->setObjectName(objectName + QStringLiteral(".list"));
    setCompleter(completer);
    connect(this, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_found->setStringList(m_complete(text.trimmed()));
        if (text.isEmpty())
            Q_EMIT pathChosen({});
    });
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &PathField::choose);
    connect(this, &QLineEdit::returnPressed, this, [this] { choose(text()); });
}

void PathField::choose(const QString& text) {
    QString path = text.trimmed();
    while (path.size() > 1 && path.endsWith(u'/'))
        path.chop(1);
    if (!path.isEmpty() && !path.startsWith(u'/'))
        path = m_found->stringList().value(0);
    Q_EMIT pathChosen(path);
}

} // namespace escale::gui
