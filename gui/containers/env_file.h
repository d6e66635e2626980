// Docker's files of variables (--env-file) and of labels (--label-file).
#pragma once

#include "engine/base/result.h"

#include <QString>
#include <QStringList>

namespace escale::gui {

/// What a file of at most 1 MiB holds. For files of the person's own, read with the person's own rights.
Result<QByteArray> readSmallFile(const QString& path);

/// Docker's rules: blank lines and those that begin with # are left out; what follows the first = is the
/// value as it stands, quotation marks and blanks too; a NAME alone takes the value that it has here, and is
/// left out when it has none. The error names file and line.
Result<QStringList> readEnvFile(const QString& path);
/// The same for labels; a NAME alone is a label without a value.
Result<QStringList> readLabelFile(const QString& path);

} // namespace escale::gui
