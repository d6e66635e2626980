#include "gui/containers/file_reader.h"

#include "gui/client/engine_client.h"

#include <QBuffer>
#include <QImageReader>
#include <QPointer>
#include <QStringDecoder>
#include <QTimer>

#include <fcntl.h>

namespace escale::gui {
namespace {

constexpr int kLargestSide = 16384; // pixels
constexpr int kShownSide = 2048;
constexpr int kPatience = 1000; // milliseconds until a job says why it failed

} // namespace

QImage decodeImage(const QByteArray& bytes) {
    static const QList<QByteArray> kFormats{"png", "jpeg", "gif", "bmp", "webp", "ico", "ppm", "pgm", "xpm"};
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    if (!kFormats.contains(reader.format()))
        return {};
    const QSize size = reader.size();
    if (size.width() > kLargestSide || size.height() > kLargestSide)
        return {};
    if (size.width() > kShownSide || size.height() > kShownSide)
        reader.setScaledSize(size.scaled(kShownSide, kShownSide, Qt::KeepAspectRatio));
    return reader.read(); // which has a limit of its own
}

std::optional<QString> decodeText(const QByteArray& bytes, bool isWhole) {
    if (bytes.contains('\0'))
        return std::nullopt;
    QStringDecoder decoder(QStringDecoder::Utf8,
                           isWhole ? QStringConverter::Flag::Stateless : QStringConverter::Flag::Default);
    QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return std::nullopt;
    return text;
}

class FileReader::Reading : public QObject {
public:
    explicit Reading(Done done)
        : m_done(std::move(done)) {}
    ~Reading() override {
        if (m_job != nullptr && m_job->isRunning())
            m_job->cancel();
    }
    void forget() {
        m_done = nullptr;
        m_transfer.cancel();
    }
    void begin(EngineClient& client, const FilesPlace& place, const QString& path, qint64 limit) {
        client.lookAt(place, path, {{QStringLiteral("follow-link"), true}}, this,
                      [this, limit](const Result<ArchiveOut>& begun) {
                          if (!begun)
                              return end(fail(begun.error()));
                          follow(*begun, limit);
                      });
    }

private:
    void follow(const ArchiveOut& begun, qint64 limit) {
        m_job = begun.job;
        m_content->entry = begun.file;
        const auto read = [content = m_content, archive = begun.archive,
                           limit](Transfer::Control& control) -> Result<void> {
            TRY_ASSIGN(content->file, readTarFile(archive.fileDescriptor(), limit, control));
            if (content->file.isWhole)
                content->image = decodeImage(content->file.bytes);
            return {};
        };
        m_transfer.start(read, [this](const Result<void>& outcome) {
            if (outcome)
                return end(std::move(*m_content));
            m_problem = outcome.error();
            // An archive that ends too early: the job says why.
            if (m_problem.code != ErrorCode::Unreachable || !m_job->isRunning())
                return endFailed();
            connect(m_job, &Job::ended, this, &Reading::endFailed);
            QTimer::singleShot(kPatience, this, &Reading::endFailed);
        });
    }

    void endFailed() {
        const bool jobKnows = m_problem.code == ErrorCode::Unreachable && !m_job->isRunning() &&
                              !m_job->isDone() && !m_job->isCancelled();
        end(fail(jobKnows ? m_job->error() : m_problem));
    }

    // The answer may bring another read, and this one's end.
    void end(const Result<FileContent>& content) {
        if (const Done done = std::exchange(m_done, nullptr))
            done(content);
    }

    Done m_done;
    QPointer<Job> m_job;
    Error m_problem;
    std::shared_ptr<FileContent> m_content = std::make_shared<FileContent>();
    Transfer m_transfer;
};

FileReader::FileReader(EngineClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client) {}

FileReader::~FileReader() = default;

void FileReader::read(const FilesPlace& place, const QString& path, qint64 limit, Done done) {
    cancel();
    m_reading = std::make_unique<Reading>(std::move(done));
    m_reading->begin(m_client, place, path, limit);
}

// Later: we may be inside its answer.
void FileReader::cancel() {
    if (!m_reading)
        return;
    m_reading->forget();
    m_reading.release()->deleteLater();
}

} // namespace escale::gui
