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

void RulesView::setChains(const dbus::RuleChains& chains) {
    QStringList texts;
    for (const dbus::RuleChain& chain : chains) {
        QString text = QStringLiteral("chain ") + chain.name + QStringLiteral(" {\n");
        for (const QString& rule : chain.rules.split(u'\n', Qt::SkipEmptyParts))
            text += QStringLiteral("    ") + rule.trimmed() + u'\n';
        texts.append(text + u'}');
    }
    setWords(texts.isEmpty() ? tr("No rule is about it.") : texts.join(QStringLiteral("\n\n")));
}

void RulesView::setWords(const QString& words) {
    if (toPlainText() != words)
        setPlainText(words);
}

} // namespace escale::gui
