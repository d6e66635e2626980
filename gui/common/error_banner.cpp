#include "gui/common/error_banner.h"

#include "gui/common/buttons.h"
#include "gui/common/icons.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace escale::gui {

QString defaultHint(ErrorCode code) {
    const auto translated = [](const char* text) {
        return QCoreApplication::translate("escale::gui::ErrorBanner", text);
    };
    switch (code) {
    case ErrorCode::Unreachable:
    case ErrorCode::Timeout:
        return translated(QT_TRANSLATE_NOOP("escale::gui::ErrorBanner",
                                            "Check the address and the network, then try again."));
    case ErrorCode::NotFound:
        return translated(QT_TRANSLATE_NOOP("escale::gui::ErrorBanner",
                                            "Check the name; it may have been removed meanwhile."));
    case ErrorCode::AlreadyExists:
        return translated(QT_TRANSLATE_NOOP("escale::gui::ErrorBanner", "Choose another name."));
    case ErrorCode::InUse:
        return translated(QT_TRANSLATE_NOOP("escale::gui::ErrorBanner", "Remove what uses it first."));
    case ErrorCode::PermissionDenied:
        return translated(
            QT_TRANSLATE_NOOP("escale::gui::ErrorBanner", "Ask an administrator of this machine."));
    case ErrorCode::AuthenticationNeeded:
        return translated(QT_TRANSLATE_NOOP("escale::gui::ErrorBanner",
                                            "Give a user name and a password, then try again."));
    case ErrorCode::RateLimited:
        return translated(QT_TRANSLATE_NOOP("escale::gui::ErrorBanner",
                                            "Wait a few minutes, or log in for a higher limit."));
    case ErrorCode::Untrusted:
        return translated(
            QT_TRANSLATE_NOOP("escale::gui::ErrorBanner",
                              "Nothing was kept. Try again; if it stays, do not trust this image."));
    case ErrorCode::NoSpace:
        return translated(
            QT_TRANSLATE_NOOP("escale::gui::ErrorBanner", "Free some disk space, then try again."));
    case ErrorCode::Internal:
        return translated(
            QT_TRANSLATE_NOOP("escale::gui::ErrorBanner", "This is a defect of Escale; please report it."));
    default:
        return {};
    }
}

ErrorBanner::ErrorBanner(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_message(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_action(new QPushButton(this)) {
    setObjectName(QStringLiteral("errorBanner"));
    m_icon->setAlignment(Qt::AlignTop);
    drawIcon();
    m_message->setObjectName(QStringLiteral("errorBanner.message"));
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setTextFormat(Qt::PlainText);
    QFont bold = m_message->font();
    bold.setWeight(QFont::DemiBold);
    m_message->setFont(bold);
    m_hint->setObjectName(QStringLiteral("errorBanner.hint"));
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setObjectName(QStringLiteral("errorBanner.action"));
    m_action->hide();
    QToolButton* close = flatButton(QStringLiteral("close"), tr("Dismiss"), this);
    close->setObjectName(QStringLiteral("errorBanner.dismiss"));
    connect(close, &QToolButton::clicked, this, &ErrorBanner::dismiss);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto act = m_act;
        dismiss();
        if (act)
            act();
    });

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_message);
    words->addWidget(m_hint);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 10, 8, 10);
    row->setSpacing(10);
    row->addWidget(m_icon);
    row->addLayout(words, 1);
    row->addWidget(m_action, 0, Qt::AlignVCenter);
    row->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void ErrorBanner::show(const Error& error, const QString& what) {
    show(error, what, {}, {});
}

void ErrorBanner::show(const Error& error, const QString& what, const QString& action,
                       std::function<void()> act) {
    if (error.code == ErrorCode::Cancelled)
        return dismiss();
    const QString message = QString::fromStdString(error.message);
    m_message->setText(what.isEmpty() ? message : tr("%1: %2").arg(what, message));
    const QString advice = error.hint.empty() ? defaultHint(error.code) : QString::fromStdString(error.hint);
    m_hint->setText(advice);
    m_hint->setVisible(!advice.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_act = std::move(act);
    setAccessibleName(m_message->text());
    setAccessibleDescription(advice);
    QFrame::show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ErrorBanner::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
    QFrame::changeEvent(event);
}

void ErrorBanner::drawIcon() {
    m_icon->setPixmap(icon(QStringLiteral("warning")).pixmap(QSize(20, 20), devicePixelRatioF()));
}

void ErrorBanner::dismiss() {
    m_act = {};
    hide();
}

QString ErrorBanner::message() const {
    return m_message->text();
}
QString ErrorBanner::hint() const {
    return m_hint->text();
}

} // namespace escale::gui
