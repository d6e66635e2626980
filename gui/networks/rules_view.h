// nftables rules as nft writes them, chain by chain; to be read and copied.
#pragma once

#include "helper/dbus/types.h"

#include <QPlainTextEdit>

namespace escale::gui {

class RulesView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit RulesView(const QString& objectName, QWidget* parent = nullptr);
    void setChains(const dbus::RuleChains& chains);
    void setWords(const QString& words);
};

} // namespace escale::gui
