// What a person types to find containers: `state:running image:nginx label:tier=web -test "two words"`.
//
//   word, "two words"     in the name, image, id, stack, address, ports or the words of the state
//   name: image: stack:   the text is in it
//   state: health:        begins with it: running, paused, exited…; healthy, unhealthy, starting, none
//   label:NAME[=VALUE]    has that label; an empty VALUE accepts any
//   port:NUMBER           publishes that port, or that port of the container
//   -TERM                 the opposite
//
// Of one key any must match, of several keys all; words, labels and opposites must all match. A key that is
// not known is text, and so is a key without a value while it is being typed.
#pragma once

#include "helper/dbus/types.h"

#include <QList>

namespace escale::gui {

class ContainerFilter {
public:
    ContainerFilter() = default;
    explicit ContainerFilter(const QString& text);
    /// Accepts everything.
    [[nodiscard]] bool isEmpty() const { return m_terms.isEmpty(); }
    [[nodiscard]] bool matches(const dbus::Container& container) const;

private:
    enum class Key { Text, Name, Image, Stack, State, Health, Label, Port };
    struct Term {
        Key key = Key::Text;
        QString value;
        bool negated = false;
    };
    void add(QString word, bool quoted);
    [[nodiscard]] static bool holds(const Term& term, const dbus::Container& container);

    QList<Term> m_terms;
};

} // namespace escale::gui
