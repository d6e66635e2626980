#include "gui/common/completion_list.h"

#include "gui/common/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScreen>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTextDocumentFragment>

#include <algorithm>

namespace escale::gui {
namespace {

constexpr int kShown = 10; // without scrolling
constexpr int kMostOffered = 500;
constexpr int kWidest = 640, kBubble = 380; // pixels at scale 1
constexpr double kSmallest = 6;             // of fonts, points
constexpr int kMeaningRole = Qt::UserRole + 1;
constexpr int kFaintRole = Qt::UserRole + 2;

// The word as it is written, and what it means beside it.
class OfferDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    static constexpr int kPadding = 8, kBetween = 24;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QFontMetrics code(option.font), words(wordsFont(option));
        const QString meaning = index.data(kMeaningRole).toString();
        const int more = meaning.isEmpty() ? 0 : kBetween + words.horizontalAdvance(meaning);
        return {2 * kPadding + code.horizontalAdvance(index.data().toString()) + more,
                code.height() + kPadding};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Colors colors = Colors::current();
        const QRect area = option.rect.adjusted(kPadding, 0, -kPadding, 0);
        painter->save();
        painter->fillRect(option.rect,
                          option.state.testFlag(QStyle::State_Selected) ? colors.selection : colors.base);
        painter->setFont(option.font);
        painter->setPen(index.data(kFaintRole).toBool() ? colors.muted : colors.text);
        const QString word = index.data().toString();
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, word);
        const int taken = QFontMetrics(option.font).horizontalAdvance(word) + kBetween;
        painter->setFont(wordsFont(option));
        painter->setPen(colors.muted);
        const QRect rest = area.adjusted(taken, 0, 0, 0);
        painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(kMeaningRole).toString(),
                                                            Qt::ElideRight, rest.width()));
        painter->restore();
    }

private:
    static QFont wordsFont(const QStyleOptionViewItem& option) { // of the interface
        QFont font = QApplication::font();
        font.setPointSizeF(std::max(kSmallest, option.font.pointSizeF() - 1));
        return font;
    }
};

} // namespace

CompletionList::CompletionList(QPlainTextEdit* text, const QString& name)
    : QObject(text)
    , m_text(text)
    , m_completer(new QCompleter(this))
    , m_model(new QStandardItemModel(this))
    , m_bubble(new QLabel(text, Qt::ToolTip)) {
    m_completer->setModel(m_model);
    m_completer->setWidget(text);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(kShown);
    m_popup = m_completer->popup();
    m_popup->setObjectName(name + QStringLiteral(".completions"));
    m_popup->setAccessibleName(tr("Completions"));
    m_popup->setProperty("role", "completions");
    m_popup->setItemDelegate(new OfferDelegate(m_popup));
    m_popup->installEventFilter(this);
    m_bubble->setObjectName(name + QStringLiteral(".explanation"));
    m_bubble->setProperty("role", "bubble");
    m_bubble->setTextFormat(Qt::RichText);
    m_bubble->setWordWrap(true);
    m_bubble->setFocusPolicy(Qt::NoFocus);
    m_bubble->setAttribute(Qt::WA_ShowWithoutActivating);
    m_bubble->hide();
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            [this](const QModelIndex& index) {
                if (index.row() >= 0 && index.row() < m_words.size())
                    Q_EMIT accepted(CompletionWord(m_words[index.row()]));
            });
    connect(m_popup->selectionModel(), &QItemSelectionModel::currentChanged, this, &CompletionList::explain);
}

void CompletionList::fill() {
    m_model->clear();
    for (const CompletionWord& word : m_words) {
        auto* item = new QStandardItem(word.text);
        item->setData(word.meaning, kMeaningRole);
        item->setData(word.isFaint, kFaintRole);
        item->setToolTip(word.meaning);
        item->setData(word.meaning.isEmpty() ? word.text : word.text + QStringLiteral(": ") + word.meaning,
                      Qt::AccessibleTextRole);
        item->setEditable(false);
        m_model->appendRow(item);
    }
}

void CompletionList::show(const CompletionWords& words, QRect place, bool isChosen) {
    m_words = words.mid(0, kMostOffered);
    fill();
    m_popup->setFont(m_text->font());
    const QAbstractItemModel* model = m_completer->completionModel();
    int width = 0;
    for (int row = 0; row < model->rowCount(); ++row)
        width = std::max(width, m_popup->sizeHintForIndex(model->index(row, 0)).width());
    place.setWidth(std::min(kWidest, width + m_popup->verticalScrollBar()->sizeHint().width() + 4));
    m_completer->complete(place);
    m_popup->setCurrentIndex(isChosen ? model->index(0, 0) : QModelIndex());
    explain(m_popup->currentIndex());
}

void CompletionList::close() {
    m_popup->hide();
    m_bubble->hide();
}

bool CompletionList::isOpen() const {
    return m_popup->isVisible();
}

const CompletionWord* CompletionList::chosen() const {
    const int row = m_popup->currentIndex().row();
    return isOpen() && row >= 0 && row < m_words.size() ? &m_words[row] : nullptr;
}

QString CompletionList::explanation() const {
    return m_bubble->isVisible() ? m_bubble->text() : QString();
}

// To the right of the list, or to its left where there is no room.
void CompletionList::explain(const QModelIndex& index) {
    const QString words =
        isOpen() && index.isValid() && index.row() < m_words.size() ? m_words[index.row()].doc : QString();
    m_popup->setAccessibleDescription(QTextDocumentFragment::fromHtml(words).toPlainText());
    if (words.isEmpty())
        return m_bubble->hide();
    m_bubble->setFont(QApplication::font());
    m_bubble->setText(words);
    m_bubble->setFixedWidth(kBubble);
    m_bubble->setFixedHeight(m_bubble->heightForWidth(kBubble));
    const QRect list(m_popup->mapToGlobal(QPoint(0, 0)), m_popup->size());
    const QRect screen = m_text->screen()->availableGeometry();
    QPoint at = list.topRight() + QPoint(5, 0);
    if (at.x() + kBubble > screen.right())
        at.setX(std::max(screen.left(), list.left() - kBubble - 4));
    at.setY(std::clamp(at.y(), screen.top(), std::max(screen.top(), screen.bottom() - m_bubble->height())));
    m_bubble->move(at);
    m_bubble->show();
    m_bubble->raise();
}

bool CompletionList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_popup && event->type() == QEvent::Hide)
        m_bubble->hide();
    return QObject::eventFilter(watched, event);
}

} // namespace escale::gui
