// Whose files are meant: those of a container, or of a volume. The engine serves both with the same methods.
#pragma once

#include <QString>

#include <cstdint>

namespace escale::gui {

struct FilesPlace {
    enum class Kind : std::uint8_t { Container, Volume };

    Kind kind = Kind::Container;
    QString id; // a container's id, a volume's name; empty: nobody's

    static FilesPlace container(const QString& id) { return {Kind::Container, id}; }
    static FilesPlace volume(const QString& name) { return {Kind::Volume, name}; }
    [[nodiscard]] bool isEmpty() const { return id.isEmpty(); }
    [[nodiscard]] bool isVolume() const { return kind == Kind::Volume; }
    [[nodiscard]] QString key() const { return isVolume() ? QStringLiteral("volume:") + id : id; }
    bool operator==(const FilesPlace&) const = default;
};

} // namespace escale::gui
