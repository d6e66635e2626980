// Hides what may be secret before it is shown or kept: passwords, and values whose names say so. Pure.
#pragma once

#include <QString>
#include <QVariantList>

namespace escale::gui {

/// Whether a variable, option or label of that name holds something secret: "DB_PASSWORD", "api-token".
bool looksSecret(const QString& name);

/// The text with the values in it hidden: "PGPASSWORD=x", "--token=x", "https://me:x@host".
QString maskSecrets(const QString& text);

/// The same of every text in a call's arguments, with whole values of what is named as a secret.
QVariantList maskSecrets(const QVariantList& arguments);

} // namespace escale::gui
