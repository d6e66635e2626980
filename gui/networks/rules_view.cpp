#include "gui/networks/rules_view.h"

#include "gui/common/format.h"

namespace escale::gui {

RulesView::RulesView(const QString& objectName, QWidget* parent)
    : QPlainTextEdit(parent) {
    setObjectName(objectName);
    setAccessibleName(tr("Rules of nftables"));
    setReadOnly(true);
    setLineWrapMode(NoWrap);
    setFont(monospace(font()));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    document()->setDocumentMargin(10);
}

// nft lists a chain inside its table: the headings around the rules, and as many ends, are left out.
static QStringList rulesIn(const QString& listing) {
    QStringList rules;
    qsizetype headings = 0;
    for (const QString& line : listing.split(u'\n', Qt::SkipEmptyParts)) {
        const QString text = line.trimmed();
        if (text.startsWith(QLatin1String("table ")) || text.startsWith(QLatin1String("chain ")))
            ++headings;
        else
            rules.append(text);
    }
    for (; headings > 0 && !rules.isEmpty() && rules.last() == u"}"; --headings)
        rules.removeLast();
    return rules;
}

void RulesView::setChains(const dbus::RuleChains& chains) {
    QStringList texts;
    for (const dbus::RuleChain& chain : chains) {
        QString text = QStringLiteral("chain ") + chain.name + QStringLiteral(" {\n");
        for (const QString& rule : rulesIn(chain.rules))
            text += QStringLiteral("    ") + rule + u'\n';
        texts.append(text + u'}');
    }
    setWords(texts.isEmpty() ? tr("No rule is about it.") : texts.join(QStringLiteral("\n\n")));
}

void RulesView::setWords(const QString& words) {
    if (toPlainText() != words)
        setPlainText(words);
}

} // namespace escale::gui
