// A RunRequest as fields, and back: what the Run and the Edit dialog have in common. It owns no widget; the
// pages (run_pages.h) make them. Options without a field are kept and given back. GUI thread.
#pragma once

#include "gui/client/run_request.h"
#include "gui/containers/docker_options.h"

#include <QObject>

namespace escale::gui {

class OptionField;

class RunForm : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Makes the field of an option of dockerOptions(), or of "image" or "command".
    OptionField* makeField(const QString& key, QWidget* parent);

    void setRequest(const RunRequest& request);
    /// Fields that are wrong are left out.
    [[nodiscard]] RunRequest request() const;
    /// What is wrong, in the order of the fields; empty: it can run.
    [[nodiscard]] QList<OptionProblem> problems() const;
    /// Null when there is none.
    [[nodiscard]] OptionField* field(const QString& key) const;
    [[nodiscard]] const QList<OptionField*>& fields() const { return m_fields; }

Q_SIGNALS:
    void changed();

private:
    void check();

    QList<OptionField*> m_fields;
    QVariantMap m_rest;
    bool m_setting = false;
};

} // namespace escale::gui
