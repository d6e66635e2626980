// What Images.Verify has found: which blob or layer is damaged, how, and which images need it.
#pragma once

#include "engine/base/result.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace escale::gui {

struct VerifyFinding {
    bool isLayer = false;
    QString digest, problem;
    QStringList images; // names
};

/// Of the job's result. Untrusted when it is something else.
Result<QList<VerifyFinding>> verifyFindings(const QString& json);
/// Every image that has one of them, once.
QStringList damagedImages(const QList<VerifyFinding>& findings);

class VerifyModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { What, Images, Problem, Digest, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setFindings(const QList<VerifyFinding>& findings);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<VerifyFinding> m_rows;
};

} // namespace escale::gui
