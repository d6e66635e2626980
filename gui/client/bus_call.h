// A call to the engine as it was sent, for whoever shows what an action is.
#pragma once

#include <QString>
#include <QVariantList>

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
    QString errorName, errorMessage;
};

} // namespace escale::gui
