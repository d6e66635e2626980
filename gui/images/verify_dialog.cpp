#include "gui/images/verify_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/table.h"

#include <QVBoxLayout>

namespace escale::gui {

static constexpr QSize kSize(860, 400);

VerifyDialog::VerifyDialog(const QList<VerifyFinding>& findings, QWidget* parent)
    : ActionDialog(QStringLiteral("verifyDialog"), tr("Damaged images"), tr("Mend by pulling again"), parent)
    , m_images(damagedImages(findings)) {
    resize(kSize);
    addWords(
        tr("%n part(s) of your images are not what was pulled: the disk has changed them, or somebody has. "
           "Mending downloads what is damaged again, and nothing else.",
           nullptr, static_cast<int>(findings.size())));
    auto* model = new VerifyModel(this);
    model->setFindings(findings);
    auto* frame = card(this);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(1, 1, 1, 1);
    auto* table = new Table(frame);
    table->setObjectName(QStringLiteral("verifyDialog.findings"));
    table->setAccessibleName(tr("What is damaged"));
    table->setSource(model, VerifyModel::Images);
    const std::pair<int, int> widths[] = {
        {VerifyModel::What, 100}, {VerifyModel::Problem, 285}, {VerifyModel::Digest, 130}};
    for (const auto& [section, width] : widths)
        table->setColumnWidth(section, width);
    table->giveRoomTo(VerifyModel::Images);
    column->addWidget(table);
    addBelow(frame, 1);
    check();
}

QString VerifyDialog::problem() const {
    return m_images.isEmpty() ? tr("No image of yours needs them.") : QString();
}

void VerifyDialog::submit() {
    Q_EMIT mendRequested(m_images);
    accept();
}

} // namespace escale::gui
