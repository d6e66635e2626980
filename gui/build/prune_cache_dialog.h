// Shrinks the build cache: by age, down to a size, of some kinds; says first what goes. GUI thread.
#pragma once

#include "gui/build/build_cache_model.h"
#include "gui/client/engine_client.h"
#include "gui/common/action_dialog.h"

#include <array>

class QCheckBox;
class QComboBox;
class QLabel;

namespace escale::gui {

class PruneCacheDialog : public ActionDialog {
    Q_OBJECT
public:
    PruneCacheDialog(EngineClient& client, dbus::BuildCache entries, QWidget* parent);

Q_SIGNALS:
    void pruned(const escale::gui::PrunedBuildCache& gone);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    [[nodiscard]] CachePrune choice() const;
    void renew();

    EngineClient& m_client;
    dbus::BuildCache m_entries;
    QComboBox *m_age, *m_keep;
    std::array<QCheckBox*, 3> m_kinds{};
    QLabel* m_told;
};

} // namespace escale::gui
