#include "gui/common/action_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kWidth = 520;

ActionDialog::ActionDialog(const QString& objectName, const QString& title, const QString& doIt,
                           QWidget* parent)
    : QDialog(parent)
    , m_error(new ErrorBanner(this))
    , m_above(new QVBoxLayout)
    , m_below(new QVBoxLayout)
    , m_fields(new QGridLayout)
    , m_problem(label({}, "problem", this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_accept(primaryButton(doIt, objectName + QStringLiteral(".accept"), this)) {
    setObjectName(objectName);
    setWindowTitle(title);
    setWindowModality(Qt::WindowModal);
    setMinimumWidth(kWidth);
    m_problem->setObjectName(objectName + QStringLiteral(".problem"));
    m_problem->setWordWrap(true);
    m_cancel->setObjectName(objectName + QStringLiteral(".cancel"));
    m_cancel->setAutoDefault(false);
    m_accept->setDefault(true);
    m_fields->setHorizontalSpacing(12);
    m_fields->setVerticalSpacing(10);
    m_fields->setColumnStretch(1, 1);
    m_above->setSpacing(10);
    m_below->setSpacing(10);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_problem, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_accept);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(14);
    column->addLayout(m_above);
    column->addWidget(m_error);
    column->addLayout(m_fields);
    column->addLayout(m_below, 1);
    column->addLayout(buttons);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_accept, &QPushButton::clicked, this, [this] {
        if (m_busy || !problem().isEmpty())
            return;
        m_error->dismiss();
        setBusy(true);
        submit();
    });
}

// From field to field in the order they were made, then the buttons; the keyboard begins at the first.
void ActionDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    QWidget* before = nullptr;
    const auto follow = [&before](QWidget* next) {
        if (before != nullptr)
            setTabOrder(before, next);
        before = next;
    };
    for (QWidget* part : findChildren<QWidget*>()) {
        const bool isStop = (part->focusPolicy() & Qt::TabFocus) != 0 && part != m_cancel &&
                            part != m_accept && !m_error->isAncestorOf(part) && part->isVisibleTo(this);
        if (!isStop)
            continue;
        if (before == nullptr)
            part->setFocus(Qt::OtherFocusReason);
        follow(part);
    }
    follow(m_cancel);
    follow(m_accept);
}

void ActionDialog::addWords(const QString& text) {
    QLabel* words = label(text, "muted", this);
    words->setWordWrap(true);
    m_above->addWidget(words);
}

QLabel* ActionDialog::addField(const QString& text, QWidget* field, const QString& name) {
    const int row = m_fields->rowCount();
    QLabel* title = label(text, "field", this);
    title->setBuddy(field);
    field->setObjectName(objectName() + QLatin1Char('.') + name);
    field->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    m_fields->addWidget(title, row, 0, Qt::AlignTop | Qt::AlignLeft);
    m_fields->addWidget(field, row, 1);
    title->setContentsMargins(0, 8, 0, 0);
    return title;
}

void ActionDialog::addBelow(QWidget* widget, int stretch) {
    m_below->addWidget(widget, stretch);
}

void ActionDialog::check() {
    const QString words = problem();
    m_problem->setText(words);
    m_accept->setEnabled(!m_busy && words.isEmpty());
}

void ActionDialog::setBusy(bool busy) {
    m_busy = busy;
    check();
}

void ActionDialog::setDoIt(const QString& words) {
    m_accept->setText(words);
}

void ActionDialog::showError(const Error& error, const QString& what) {
    setBusy(false);
    m_error->show(error, what);
    fit();
}

// With more room: a layout presses its rows together before a dialog grows.
void ActionDialog::fit() {
    layout()->activate();
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

} // namespace escale::gui
