// An Error as it travels over D-Bus: the one mapping for replies and for the status of jobs.
#pragma once

#include "engine/base/error.h"

#include <QString>

namespace escale::dbus {

struct ErrorText {
    QString name;    // "org.escale.Error.NotFound"
    QString message; // one line, causes included
    QString hint;    // one line, or empty
    /// "message" or "message\nhint": the text of an error reply.
    [[nodiscard]] QString text() const {
        return hint.isEmpty() ? message : message + QLatin1Char('\n') + hint;
    }
};

ErrorText errorText(const Error& error);

} // namespace escale::dbus
