#include "gui/images/verify_findings.h"

#include "engine/base/json.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/images/images_model.h"

namespace escale::gui {

Result<QList<VerifyFinding>> verifyFindings(const QString& text) {
    const auto json = Json::parse(text.toStdString());
    if (!json || !json->isArray())
        return fail(ErrorCode::Untrusted, "the engine's findings are no list");
    QList<VerifyFinding> findings;
    for (const Json& entry : json->items()) {
        VerifyFinding finding{entry.at("kind").toString() == "layer",
                              QString::fromStdString(entry.at("digest").toString()),
                              QString::fromStdString(entry.at("problem").toString()),
                              {}};
        for (const Json& image : entry.at("images").items())
            finding.images.append(QString::fromStdString(image.toString()));
        findings.append(finding);
    }
    return findings;
}

QStringList damagedImages(const QList<VerifyFinding>& findings) {
    QStringList images;
    for (const VerifyFinding& finding : findings)
        images += finding.images;
    images.removeDuplicates();
    images.sort();
    return images;
}

int VerifyModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int VerifyModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VerifyModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What:
        return tr("What");
    case Images:
        return tr("Images");
    case Problem:
        return tr("Problem");
    case Digest:
        return tr("Digest");
    default:
        return {};
    }
}

QVariant VerifyModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const VerifyFinding& finding = m_rows[index.row()];
    const int column = index.column();
    QStringList names;
    for (const QString& image : finding.images)
        names.append(familiarName(image));
    if (role == kIdRole)
        return finding.digest;
    if (role == kMonospaceRole)
        return column == Digest;
    if (role == kToneRole && column == What)
        return static_cast<int>(Tone::Bad);
    if (role == Qt::ToolTipRole)
        return column == Digest ? finding.digest : column == Images ? names.join(u'\n') : QVariant();
    if (role != Qt::DisplayRole && role != kSortRole)
        return {};
    switch (column) {
    case What:
        return finding.isLayer ? tr("Layer") : tr("Document", "a manifest or a configuration");
    case Images:
        return names.isEmpty() ? dash() : names.join(QStringLiteral(", "));
    case Problem:
        return QString(finding.problem).replace(finding.digest, shortDigest(finding.digest));
    case Digest:
        return shortDigest(finding.digest);
    default:
        return {};
    }
}

void VerifyModel::setFindings(const QList<VerifyFinding>& findings) {
    beginResetModel();
    m_rows = findings;
    endResetModel();
}

} // namespace escale::gui
