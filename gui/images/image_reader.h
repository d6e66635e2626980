// Reads what an image says of itself and what is in its layers, on threads of its own; a new image ends the
// reading of the one before. GUI thread.
#pragma once

#include "engine/image/hidden_files.h"
#include "engine/image/image_details.h"
#include "engine/image/image_efficiency.h"
#include "engine/image/image_findings.h"

#include <QObject>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <memory>

namespace escale::gui {

class EngineClient;

/// The layers of an image, laid over each other; read-only, shared with whoever shows them.
struct ImageContents {
    /// `own`: so many of them, at the top, are no layers of the image but a container's.
    explicit ImageContents(std::vector<std::vector<LayerEntry>> layers, std::size_t own = 0)
        : stack(std::move(layers))
        , efficiency(imageEfficiency(stack))
        , hidden(hiddenFiles(stack, stack.layerCount() - std::min(own, stack.layerCount()))) {}
    LayerStack stack;
    ImageEfficiency efficiency;
    HiddenFiles hidden; // of the image's layers
};
using ImageContentsPointer = std::shared_ptr<const ImageContents>;

class ImageReader : public QObject {
    Q_OBJECT
public:
    explicit ImageReader(EngineClient& client, QObject* parent = nullptr);
    ~ImageReader() override;

    /// Begins a moment later, so that whoever walks through a list does not read all of them. Nothing is told
    /// of the image before.
    void read(const QString& image);
    /// The same of the layer that a build's step has made, by its diffId; details are not told.
    void readStep(const QString& layer);
    /// The same of the layers that a container stands on and its own, which is the last one; details are
    /// those of its image, findings are not told.
    void readContainer(const QString& container, const QString& image);
    void cancel();

Q_SIGNALS:
    void detailsRead(const escale::ImageDetails& details);
    void detailsFailed(const escale::Error& error);
    /// Of a container: the digests of what its layers hold, base first, without its own.
    void layersNamed(const QStringList& digests);
    /// The layers are there; findings follow, when the files have been compared.
    void contentsRead(const escale::gui::ImageContentsPointer& contents);
    /// `isWhole`: doubles have been looked for, too.
    void findingsRead(const std::vector<escale::Finding>& findings, bool isWhole);
    /// The layers cannot be read (to their end).
    void layersFailed(const escale::Error& error);

private:
    class Reading;
    void begin();
    EngineClient& m_client;
    QTimer m_delay;
    QString m_image, m_container;
    bool m_isStep = false;
    std::unique_ptr<Reading> m_reading;
};

} // namespace escale::gui
