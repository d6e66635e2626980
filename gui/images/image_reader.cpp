#include "gui/images/image_reader.h"

#include "engine/base/file.h"
#include "gui/client/engine_client.h"
#include "gui/common/transfer.h"

#include <QPointer>

#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace escale::gui {
namespace {

constexpr int kDelay = 120;     // milliseconds
constexpr int kPatience = 1000; // milliseconds until a job says why it failed

/// The next piece; empty at the end. Cancelled.
Result<std::string_view> readPiece(int fd, std::string& buffer, const Cancellation& cancellation) {
    std::array<pollfd, 2> ready{{{fd, POLLIN, 0}, {cancellation.fd(), POLLIN, 0}}};
    while (::poll(ready.data(), ready.size(), -1) < 0) {
        if (errno != EINTR)
            return failErrno("cannot wait for the image's files");
    }
    TRY(cancellation.check());
    const ssize_t size = ::read(fd, buffer.data(), buffer.size());
    if (size < 0)
        return failErrno("cannot read the image's files");
    return std::string_view(buffer).substr(0, static_cast<std::size_t>(size));
}

/// From its beginning: whoever had it before may have read it.
Result<std::string> readDocument(int fd) {
    if (::lseek(fd, 0, SEEK_SET) < 0)
        return failErrno("cannot read a document of the image");
    return readFd(fd);
}

} // namespace

class ImageReader::Reading : public QObject {
public:
    explicit Reading(ImageReader& reader)
        : m_reader(&reader) {}
    ~Reading() override {
        if (m_job != nullptr && m_job->isRunning())
            m_job->cancel();
    }
    void forget() {
        m_reader = nullptr;
        m_documents.cancel();
        m_layers.cancel();
    }
    void beginStep(EngineClient& client, const QString& layer) {
        client.readStep(layer, this, [this](const Result<LayerRecords>& begun) { takeRecords(begun); });
    }
    void beginContainer(EngineClient& client, const QString& container, const QString& image) {
        m_own = 1;
        openDocuments(client, image);
        client.readContainerLayers(container, this, [this](const Result<ContainerLayers>& begun) {
            if (!begun)
                return tellFailure(begun.error());
            if (m_reader != nullptr)
                Q_EMIT m_reader->layersNamed(begun->layers);
            follow({begun->job, begun->records});
        });
    }
    void begin(EngineClient& client, const QString& image) {
        openDocuments(client, image);
        client.readLayers(image, this, [this](const Result<LayerRecords>& begun) { takeRecords(begun); });
    }

private:
    void openDocuments(EngineClient& client, const QString& image) {
        client.openDocuments(image, this, [this](const Result<ImageDocuments>& opened) {
            if (!opened)
                return tellDetails(fail(opened.error()));
            readDocuments(*opened);
        });
    }
    void takeRecords(const Result<LayerRecords>& begun) {
        if (!begun)
            return tellFailure(begun.error());
        follow(*begun);
    }
    void readDocuments(const ImageDocuments& opened) {
        const auto details = std::make_shared<Result<ImageDetails>>(fail(ErrorCode::Cancelled, ""));
        const auto read = [details, opened](Transfer::Control&) -> Result<void> {
            TRY_ASSIGN(const std::string manifest, readDocument(opened.manifest.fileDescriptor()));
            TRY_ASSIGN(const std::string config, readDocument(opened.config.fileDescriptor()));
            *details = imageDetails(manifest, config);
            return {};
        };
        m_documents.start(read, [this, details](const Result<void>& outcome) {
            if (!outcome)
                *details = fail(outcome.error());
            tellDetails(*details);
        });
    }

    void follow(const LayerRecords& begun) {
        m_job = begun.job;
        const auto read = [this, records = begun.records](Transfer::Control& control) {
            return readRecords(records.fileDescriptor(), control.cancellation);
        };
        m_layers.start(read, [this](const Result<void>& outcome) {
            if (outcome)
                return;
            m_problem = outcome.error();
            // Records that end too early: the job says why.
            if (m_problem.code != ErrorCode::Unreachable || m_job == nullptr || !m_job->isRunning())
                return endFailed();
            connect(m_job, &Job::ended, this, &Reading::endFailed);
            QTimer::singleShot(kPatience, this, &Reading::endFailed);
        });
    }

    // On the transfer's thread. What it tells is dropped when we are gone: the transfer goes first.
    Result<void> readRecords(int fd, const Cancellation& cancellation) {
        LayerRecordReader reader;
        ImageContentsPointer contents;
        std::string buffer(256 * 1024, '\0');
        for (;;) {
            TRY_ASSIGN(const std::string_view piece, readPiece(fd, buffer, cancellation));
            if (piece.empty())
                break;
            TRY(reader.take(piece));
            if (contents || !reader.isListed())
                continue;
            contents = std::make_shared<ImageContents>(reader.takeLayers(), m_own);
            later([this, contents] { Q_EMIT m_reader->contentsRead(contents); });
            if (m_own > 0)
                return {}; // nothing more is wanted of it: the pipe closes with us
            tellFindings(fileFindings(contents->stack, {}), false);
        }
        if (!reader.hasEnded())
            return fail(ErrorCode::Unreachable, "the list of the image's files ended too early");
        tellFindings(fileFindings(contents->stack, reader.contents()), true);
        return {};
    }
    void tellFindings(std::vector<Finding> findings, bool isWhole) {
        later([this, findings = std::move(findings), isWhole] {
            Q_EMIT m_reader->findingsRead(findings, isWhole);
        });
    }
    void later(std::function<void()> tell) {
        QMetaObject::invokeMethod(
            this,
            [this, tell = std::move(tell)] {
                if (m_reader != nullptr)
                    tell();
            },
            Qt::QueuedConnection);
    }

    void tellDetails(const Result<ImageDetails>& details) {
        if (m_reader == nullptr)
            return;
        if (details)
            Q_EMIT m_reader->detailsRead(*details);
        else
            Q_EMIT m_reader->detailsFailed(details.error());
    }
    void tellFailure(const Error& error) {
        if (m_reader != nullptr && !std::exchange(m_hasFailed, true))
            Q_EMIT m_reader->layersFailed(error);
    }
    void endFailed() {
        const bool jobKnows = m_problem.code == ErrorCode::Unreachable && m_job != nullptr &&
                              !m_job->isRunning() && !m_job->isDone() && !m_job->isCancelled();
        tellFailure(jobKnows ? m_job->error() : m_problem);
    }

    ImageReader* m_reader;
    QPointer<Job> m_job;
    Error m_problem;
    bool m_hasFailed = false;
    std::size_t m_own = 0;          // layers at the top that are a container's
    Transfer m_documents, m_layers; // last: their threads end before the rest
};

ImageReader::ImageReader(EngineClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client) {
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelay);
    connect(&m_delay, &QTimer::timeout, this, &ImageReader::begin);
}

ImageReader::~ImageReader() = default;

void ImageReader::read(const QString& image) {
    cancel();
    m_image = image;
    m_container.clear();
    m_isStep = false;
    m_delay.start();
}

void ImageReader::readStep(const QString& layer) {
    read(layer);
    m_isStep = true;
}

void ImageReader::readContainer(const QString& container, const QString& image) {
    read(image);
    m_container = container;
}

void ImageReader::begin() {
    m_reading = std::make_unique<Reading>(*this);
    if (!m_container.isEmpty())
        m_reading->beginContainer(m_client, m_container, m_image);
    else if (m_isStep)
        m_reading->beginStep(m_client, m_image);
    else
        m_reading->begin(m_client, m_image);
}

// Later: we may be inside one of its signals.
void ImageReader::cancel() {
    m_delay.stop();
    if (!m_reading)
        return;
    m_reading->forget();
    m_reading.release()->deleteLater();
}

} // namespace escale::gui
