// What is behind a tag, read from a registry or told by Docker Hub: a line of it for a list, and all of it
// for the one that is looked at. The reading functions block: not on the GUI's thread.
#pragma once

#include "engine/image/image_config.h"
#include "engine/image/image_history.h"
#include "engine/registry/client.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace escale::gui {

struct TagFacts {
    QString digest;
    QStringList platforms;       // "linux/amd64"
    std::optional<quint64> size; // bytes to download for this machine; nothing: not for this machine
    qint64 created = 0;          // Unix time, milliseconds; 0: unknown
    bool isUpload = false;       // that time is when it came to the registry, not when it was made
};

struct TagLayer {
    QString diffId; // of the content, as Images.List names layers
    QString digest; // of the blob
    quint64 size = 0;
    QString instruction; // may be empty
};

struct TagDetails {
    QString digest; // of what the tag names
    QString mediaType;
    QStringList platforms; // of an index; of a single image that one
    QString platform;      // that the following is of; empty: none fits this machine
    QList<TagLayer> layers;
    ImageConfig config;
    std::optional<RateLimit> rateLimit;
};

Result<TagFacts> readTagFacts(RegistryClient& client, const std::string& repository, const std::string& tag,
                              const Cancellation& cancellation);
/// By Docker Hub's own interface, which counts no pull.
Result<TagFacts> readHubTagFacts(const RegistryOptions& options, const std::string& repository,
                                 const std::string& tag, const Cancellation& cancellation);
/// `platform` empty: this machine's.
Result<TagDetails> readTagDetails(RegistryClient& client, const std::string& repository,
                                  const std::string& tag, const QString& platform,
                                  const Cancellation& cancellation);

/// Where Docker Hub is; ESCALE_HUB names a stand-in.
std::string hubHost();
/// A question that a person waits for: it gives up sooner than a pull does. Reads files.
Result<RegistryOptions> optionsForAsking(const QString& registry);

} // namespace escale::gui
