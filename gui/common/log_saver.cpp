#include "gui/common/log_saver.h"

#include "engine/log/log_reader.h"
#include "gui/common/log_store.h"

#include <QDateTime>
#include <QSaveFile>
#include <QThread>

#include <algorithm>
#include <array>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::gui {

static constexpr int kReportInterval = 100; // milliseconds
static constexpr qsizetype kBuffer = 1 << 18;
static constexpr double kRecordOverhead = 78; // bytes of a record beside its text
static constexpr double kCompression = 10;    // how much larger a compressed file is at a guess

LogSaver::LogSaver(QObject* parent)
    : QObject(parent) {
    m_report.setInterval(kReportInterval);
    connect(&m_report, &QTimer::timeout, this,
            [this] { Q_EMIT progressed(m_shared->fraction, m_shared->lines); });
}

LogSaver::~LogSaver() {
    cancel();
    if (m_thread)
        m_thread->wait();
}

void LogSaver::cancel() {
    if (m_shared)
        m_shared->cancelled = true;
}

namespace {

// Lines into a file, in large writes.
class Writer {
public:
    Writer(QSaveFile& file, LogTimes times)
        : m_file(file)
        , m_times(times) {}

    Result<void> add(const QString& text, qint64 time) {
        if (m_times != LogTimes::Off)
            m_buffer += logTimeText(time, m_times).toLatin1() + "  ";
        m_buffer += text.toUtf8() + '\n';
        ++m_lines;
        return m_buffer.size() < kBuffer ? Result<void>() : flush();
    }
    Result<void> flush() {
        if (m_file.write(m_buffer) != m_buffer.size()) {
            return fail(ErrorCode::SystemFailure, "cannot write " + m_file.fileName().toStdString() + ": " +
                                                      m_file.errorString().toStdString());
        }
        m_buffer.clear();
        return {};
    }
    [[nodiscard]] qint64 lines() const { return m_lines; }

private:
    QSaveFile& m_file;
    LogTimes m_times;
    QByteArray m_buffer;
    qint64 m_lines = 0;
};

Error cancelled() {
    return {ErrorCode::Cancelled, "saving was cancelled", {}, {}};
}

// Of the files' records, plain. Only the progress is reckoned with it.
double sizeOf(const std::vector<UniqueFd>& files) {
    double size = 1;
    for (const UniqueFd& file : files) {
        struct stat status {};
        std::array<unsigned char, 2> magic{};
        if (::fstat(file.get(), &status) != 0)
            continue;
        const bool packed =
            ::pread(file.get(), magic.data(), magic.size(), 0) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
        size += static_cast<double>(status.st_size) * (packed ? kCompression : 1);
    }
    return size;
}

} // namespace

void LogSaver::saveFiles(const Target& target, std::vector<UniqueFd> files) {
    const double size = sizeOf(files);
    // What std::function holds must be copyable.
    auto shared = std::make_shared<std::vector<UniqueFd>>(std::move(files));
    const std::int64_t until = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
    start(target,
          [shared, size, until, times = target.times](QSaveFile& file, Shared& progress) -> Result<void> {
              LogQuery query;
              query.until = until; // a log that grows as fast as it is read has an end too
              TRY_ASSIGN(auto reader, LogReader::open(std::move(*shared), std::move(query)));
              Writer writer(file, times);
              double bytes = 0;
              while (true) {
                  if (progress.cancelled)
                      return fail(cancelled());
                  TRY_ASSIGN(const auto line, reader.next());
                  if (!line)
                      return writer.flush();
                  bytes += static_cast<double>(line->text.size()) + kRecordOverhead;
                  const QString text =
                      QString::fromUtf8(line->text.data(), static_cast<qsizetype>(line->text.size()));
                  TRY(writer.add(withoutStyles(cleanedLogText(text)), line->time));
                  progress.lines = writer.lines();
                  progress.fraction = std::min(0.99, bytes / size);
              }
          });
}

void LogSaver::saveLines(const Target& target, const LogStore& store, std::vector<qint64> lines) {
    const auto copy = std::make_shared<const LogStore>(store); // shares the text
    start(target,
          [copy, lines = std::move(lines), times = target.times](QSaveFile& file,
                                                                 Shared& progress) -> Result<void> {
              Writer writer(file, times);
              for (const qint64 line : lines) {
                  if (progress.cancelled)
                      return fail(cancelled());
                  TRY(writer.add(copy->plainText(line), copy->time(line)));
                  progress.lines = writer.lines();
                  progress.fraction = static_cast<double>(writer.lines()) / static_cast<double>(lines.size());
              }
              return writer.flush();
          });
}

void LogSaver::start(const Target& target, Write write) {
    if (isRunning())
        return;
    m_shared = std::make_shared<Shared>();
    const auto outcome = std::make_shared<Result<void>>();
    const auto work = [target, write = std::move(write), shared = m_shared]() -> Result<void> {
        QSaveFile file(target.path);
        const auto failed = [&file] {
            return fail(ErrorCode::SystemFailure, "cannot write " + file.fileName().toStdString() + ": " +
                                                      file.errorString().toStdString());
        };
        if (!file.open(QIODevice::WriteOnly))
            return failed();
        TRY(write(file, *shared));
        return file.commit() ? Result<void>() : failed();
    };
    m_thread.reset(QThread::create([work, outcome] { *outcome = work(); }));
    connect(m_thread.get(), &QThread::finished, this, [this, outcome, path = target.path] {
        m_report.stop();
        m_thread.release()->deleteLater();
        if (*outcome)
            Q_EMIT finished(path, m_shared->lines);
        else
            Q_EMIT failed(outcome->error());
    });
    m_report.start();
    m_thread->start();
}

} // namespace escale::gui
