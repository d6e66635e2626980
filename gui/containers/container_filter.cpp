#include "gui/containers/container_filter.h"

#include "gui/containers/stack_of.h"
#include "gui/containers/state_text.h"

#include <algorithm>
#include <utility>

namespace escale::gui {
namespace {

bool contains(const QString& text, const QString& part) {
    return text.contains(part, Qt::CaseInsensitive);
}

bool begins(const QString& text, const QString& part) {
    return text.startsWith(part, Qt::CaseInsensitive);
}

bool anyField(const dbus::Container& c, const QString& part) {
    return contains(c.name, part) || contains(c.image, part) || begins(c.id, part) ||
           contains(c.address, part) || contains(stackOf(c), part) ||
           std::any_of(c.ports.begin(), c.ports.end(),
                       [&part](const QString& port) { return contains(port, part); }) ||
           contains(stateText(c), part) || contains(healthText(c), part);
}

bool hasLabel(const dbus::Container& c, const QString& wanted) {
    const qsizetype equals = wanted.indexOf(QLatin1Char('='));
    const auto label = c.labels.constFind(wanted.left(equals)); // left(-1) is all of it
    if (label == c.labels.constEnd())
        return false;
    return equals < 0 || equals + 1 == wanted.size() || label->compare(wanted.mid(equals + 1)) == 0;
}

// A number is a whole port, on either side; anything else is a part of "127.0.0.1:8080->80/tcp".
bool hasPort(const dbus::Container& c, const QString& wanted) {
    const bool number =
        std::all_of(wanted.begin(), wanted.end(), [](QChar letter) { return letter.isDigit(); });
    return std::any_of(c.ports.begin(), c.ports.end(), [&](const QString& port) {
        if (!number)
            return contains(port, wanted);
        const qsizetype arrow = port.indexOf(QLatin1String("->"));
        const QString inside = port.mid(arrow < 0 ? 0 : arrow + 2).section(QLatin1Char('/'), 0, 0);
        return inside == wanted || (arrow > 0 && port.left(arrow).section(QLatin1Char(':'), -1) == wanted);
    });
}

} // namespace

ContainerFilter::ContainerFilter(const QString& text) {
    QString word;
    bool inQuotes = false, wasQuoted = false;
    const auto end = [&] { add(std::exchange(word, {}), std::exchange(wasQuoted, false)); };
    for (const QChar letter : text) {
        if (letter == QLatin1Char('"')) {
            // name:"two words" keeps its key; "state:x" as a whole is text.
            wasQuoted = wasQuoted || word.isEmpty() || word == QLatin1String("-");
            inQuotes = !inQuotes;
        } else if (letter.isSpace() && !inQuotes) {
            end();
        } else {
            word.append(letter);
        }
    }
    end();
}

void ContainerFilter::add(QString word, bool quoted) {
    static constexpr std::pair<const char*, Key> keys[] = {
        {"name", Key::Name},     {"image", Key::Image}, {"stack", Key::Stack}, {"state", Key::State},
        {"health", Key::Health}, {"label", Key::Label}, {"port", Key::Port}};
    Term term;
    if (word.size() > 1 && word.startsWith(QLatin1Char('-'))) {
        term.negated = true;
        word.remove(0, 1);
    }
    if (word.isEmpty() || word == QLatin1String("-"))
        return;
    term.value = word;
    const qsizetype colon = quoted ? -1 : word.indexOf(QLatin1Char(':'));
    for (const auto& [name, key] : keys) {
        if (colon <= 0 || word.left(colon).compare(QLatin1String(name), Qt::CaseInsensitive) != 0)
            continue;
        term.key = key;
        term.value = word.mid(colon + 1);
        if (term.value.isEmpty())
            return; // still being typed: it must not empty the list
    }
    m_terms.append(term);
}

bool ContainerFilter::holds(const Term& term, const dbus::Container& c) {
    switch (term.key) {
    case Key::Text:
        return anyField(c, term.value);
    case Key::Name:
        return contains(c.name, term.value);
    case Key::Image:
        return contains(c.image, term.value) || begins(c.imageDigest, term.value);
    case Key::Stack:
        return contains(stackOf(c), term.value);
    case Key::State:
        return begins(c.state, term.value) || begins(stateText(c), term.value);
    case Key::Health:
        return c.health.isEmpty() ? begins(QStringLiteral("none"), term.value)
                                  : begins(c.health, term.value) || begins(healthText(c), term.value);
    case Key::Label:
        return hasLabel(c, term.value);
    case Key::Port:
        return hasPort(c, term.value);
    }
    return false;
}

bool ContainerFilter::matches(const dbus::Container& container) const {
    unsigned asked = 0, met = 0; // bits of the keys of which one match is enough
    for (const Term& term : m_terms) {
        const bool held = holds(term, container);
        if (term.negated || term.key == Key::Text || term.key == Key::Label) {
            if (held == term.negated)
                return false;
            continue;
        }
        const unsigned bit = 1U << static_cast<unsigned>(term.key);
        asked |= bit;
        met |= held ? bit : 0;
    }
    return asked == met;
}

} // namespace escale::gui
