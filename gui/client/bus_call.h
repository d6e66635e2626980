// A call to the engine as it was sent, for whoever shows what an action is.
#pragma once

#include "engine/base/error.h"

#include <QString>
#include <QVariantList>

#include <optional>

namespace escale::gui {

struct BusCall {
    quint64 number = 0; // counts from 1; its outcome has the same
    QString interface, method;
    QVariantList arguments; // may hold secrets
};

/// What came of it.
struct BusOutcome {
    quint64 number = 0;
    QString job; // the path of a job that goes on; empty: it is done, or has failed
    std::optional<Error> error;
};

} // namespace escale::gui
