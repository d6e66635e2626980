// A published port as the engine writes it, "127.0.0.1:8080->80/tcp", taken apart: where to reach it, and who
// can.
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace escale::gui {

struct PublishedPort {
    QString address; // of the host; empty for every address it has
    quint16 port = 0;
    quint16 containerPort = 0;
    QString protocol; // "tcp", "udp"

    /// Nothing for text that is no published port, as for one that is only exposed ("80/tcp").
    static std::optional<PublishedPort> parse(const QString& text);
    /// Short, for a cell: "8080", "8080→80", "53/udp".
    [[nodiscard]] QString label() const;
    /// For a browser on this machine; not valid for UDP, which no browser speaks alone.
    [[nodiscard]] QUrl url() const;
    /// Sentences: which port of the container this is and who can reach it.
    [[nodiscard]] QString reach() const;
    /// Only this machine's own programs get there.
    [[nodiscard]] bool isLocal() const;
    [[nodiscard]] bool isEverywhere() const;
};

} // namespace escale::gui
