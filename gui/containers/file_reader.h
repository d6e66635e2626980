// Reads the beginning of a container's or a volume's file on a thread of its own; a new read ends the one
// before. GUI thread.
#pragma once

#include "gui/client/files_place.h"
#include "gui/common/tar_stream.h"
#include "helper/dbus/types.h"

#include <QImage>
#include <QObject>

#include <functional>
#include <memory>

namespace escale::gui {

class EngineClient;

struct FileContent {
    dbus::FileEntry entry; // as it was when it was read
    TarFile file;
    QImage image; // when it is one that can be shown
};

class FileReader : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Result<FileContent>&)>;

    explicit FileReader(EngineClient& client, QObject* parent = nullptr);
    ~FileReader() override;
    /// At most `limit` bytes; `done` is called once, or never when another read comes before. A link stands
    /// for what it names.
    void read(const FilesPlace& place, const QString& path, qint64 limit, Done done);
    void cancel();

private:
    class Reading;
    EngineClient& m_client;
    std::unique_ptr<Reading> m_reading;
};

/// Null when it is no picture of the usual kinds, or a too large one. May be called on any thread.
QImage decodeImage(const QByteArray& bytes);
/// The text when it is one: UTF-8 without zero bytes. `isWhole`: false, its last character may be cut.
std::optional<QString> decodeText(const QByteArray& bytes, bool isWhole);

} // namespace escale::gui
