// What was found damaged, and the way to mend it: what is damaged is marked as missing, and the images are
// pulled again, which brings that and nothing else.
#pragma once

#include "gui/common/action_dialog.h"
#include "gui/images/verify_findings.h"

namespace escale::gui {

class VerifyDialog : public ActionDialog {
    Q_OBJECT
public:
    VerifyDialog(const QList<VerifyFinding>& findings, QWidget* parent);

Q_SIGNALS:
    /// Mend, and pull these again.
    void mendRequested(const QStringList& images);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    QStringList m_images;
};

} // namespace escale::gui
