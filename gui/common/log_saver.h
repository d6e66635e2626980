// Writes a log as plain text into a file, on a thread of its own: the whole one from its files, or lines that
// a view shows. The file appears whole or not at all. One at a time.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "gui/common/log_text.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

class QThread;
class QSaveFile;

namespace escale::gui {

class LogSaver : public QObject {
    Q_OBJECT
public:
    struct Target {
        QString path;
        LogTimes times = LogTimes::Off;
    };

    explicit LogSaver(QObject* parent = nullptr);
    /// Cancels, and waits for the thread.
    ~LogSaver() override;

    /// `files` as Containers::openLog hands them out; what is written until now.
    void saveFiles(const Target& target, std::vector<UniqueFd> files);
    /// Those lines of the store as it is now.
    void saveLines(const Target& target, const LogStore& store, std::vector<qint64> lines);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_thread != nullptr; }

Q_SIGNALS:
    /// 0 to 1, several times a second.
    void progressed(double fraction, qint64 lines);
    void finished(const QString& path, qint64 lines);
    /// Cancelled too.
    void failed(const escale::Error& error);

private:
    struct Shared {
        std::atomic<bool> cancelled{false};
        std::atomic<double> fraction{0};
        std::atomic<qint64> lines{0};
    };
    using Write = std::function<Result<void>(QSaveFile&, Shared&)>;
    void start(const Target& target, Write write);

    std::shared_ptr<Shared> m_shared;
    std::unique_ptr<QThread> m_thread;
    QTimer m_report;
};

} // namespace escale::gui
