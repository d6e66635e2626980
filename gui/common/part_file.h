// A file that gets its name when it is whole: until then it stands beside it under another one, and goes when
// it is not kept. Any thread, one at a time.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <QString>

#include <memory>

namespace escale::gui {

class PartFile {
public:
    static Result<std::shared_ptr<PartFile>> create(const QString& path);
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;
    ~PartFile();

    [[nodiscard]] int descriptor() const { return m_file.get(); }
    /// Waits for the disk.
    Result<void> sync();
    /// Takes the place of what had the name, if anything.
    Result<void> keep();

private:
    PartFile(QString path, QByteArray part, UniqueFd file);

    QString m_path;
    QByteArray m_part;
    UniqueFd m_file;
    bool m_kept = false;
};

} // namespace escale::gui
