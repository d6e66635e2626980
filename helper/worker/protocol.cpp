#include "helper/worker/protocol.h"

#include "engine/image/image_config.h"

namespace escale::worker {
namespace {

constexpr std::size_t kPiece = 96 * 1024;
constexpr std::size_t kLongestErrorText = 4096;

MessageWriter writer(Kind kind) {
    return MessageWriter(static_cast<std::uint32_t>(kind));
}

std::string printable(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
            c = ' ';
    }
    return text;
}

/// The lists of a configuration, in the order of their numbers in SettingTexts messages.
std::array<std::vector<std::string>, 7> textsOf(const ImageConfig& settings) {
    std::vector<std::string> labels;
    for (const auto& [name, value] : settings.labels) {
        labels.push_back(name);
        labels.push_back(value);
    }
    return {settings.entrypoint, settings.command,        settings.environment, settings.exposedPorts,
            std::move(labels),   settings.health.command, settings.volumes};
}

Result<void> sendTexts(const MessageChannel& channel, std::uint64_t list,
                       const std::vector<std::string>& texts) {
    std::vector<std::string> some;
    std::size_t size = 0;
    const auto flush = [&]() -> Result<void> {
        auto message = writer(Kind::SettingTexts);
        TRY(channel.send(message.number(list).texts(some)));
        some.clear();
        size = 0;
        return {};
    };
    for (const std::string& text : texts) {
        if (text.size() > kPiece)
            return fail(ErrorCode::Unsupported, "the image's configuration holds a text of " +
                                                    std::to_string(text.size()) +
                                                    " bytes, which is too long");
        if (size + text.size() > kPiece) {
            TRY(flush());
        }
        size += text.size() + sizeof(std::uint32_t);
        some.push_back(text);
    }
    return some.empty() ? Result<void>() : flush();
}

} // namespace

std::string kindName(std::uint32_t kind) {
    constexpr std::array<const char*, 55> kNames = {"?",
                                                    "Failed",
                                                    "Document",
                                                    "Fetch",
                                                    "Resolved",
                                                    "WantLayer",
                                                    "Received",
                                                    "LayerSent",
                                                    "Describe",
                                                    "DescribedLayer",
                                                    "SettingTexts",
                                                    "Described",
                                                    "Unpack",
                                                    "Unpacked",
                                                    "Files",
                                                    "FoundFile",
                                                    "FoundChanges",
                                                    "FilesMoved",
                                                    "FilesDone",
                                                    "Layers",
                                                    "LayerFolder",
                                                    "LayersDone",
                                                    "Pack",
                                                    "Packing",
                                                    "Packed",
                                                    "Archive",
                                                    "ArchivedImage",
                                                    "ArchiveOpened",
                                                    "WantImage",
                                                    "WantBlob",
                                                    "BlobState",
                                                    "NewLayer",
                                                    "PutManifest",
                                                    "ManifestPut",
                                                    "Relay",
                                                    "Relayed",
                                                    "Mount",
                                                    "Mounted",
                                                    "BuildPiece",
                                                    "Source",
                                                    "SourceText",
                                                    "SourceFetched",
                                                    "SourceReceive",
                                                    "SourceMoved",
                                                    "SourceDigest",
                                                    "SourceCopy",
                                                    "SourceDone",
                                                    "Download",
                                                    "DownloadBegun",
                                                    "Downloaded",
                                                    "Git",
                                                    "GitProgress",
                                                    "GitDone",
                                                    "Agent",
                                                    "AgentReady"};
    return kind < kNames.size() ? kNames.at(kind) : std::to_string(kind);
}

Result<LayerCompression> readCompression(Message& message) {
    TRY_ASSIGN(const std::uint64_t value, message.number());
    if (value > static_cast<std::uint64_t>(LayerCompression::Zstd))
        return fail(ErrorCode::Untrusted, "malformed message: an unknown compression");
    return static_cast<LayerCompression>(value);
}

Result<Digest> readDigest(Message& message) {
    TRY_ASSIGN(const std::string text, message.text(200));
    auto digest = Digest::parse(text);
    if (!digest)
        return fail(ErrorCode::Untrusted, digest.error().message);
    return digest;
}

Result<void> sendError(const MessageChannel& channel, const Error& error) {
    // Causes are for logs of one process; here they join the message.
    std::string message = error.message;
    for (const auto& cause : error.causes)
        message += "; " + cause;
    auto failed = writer(Kind::Failed);
    return channel.send(failed.text(errorName(error.code))
                            .text(message.substr(0, kLongestErrorText))
                            .text(error.hint.substr(0, kLongestErrorText)));
}

Error printable(Error error) {
    error.message = printable(error.message.substr(0, kLongestErrorText));
    error.hint = printable(error.hint.substr(0, kLongestErrorText));
    return error;
}

Error readError(Message& message) {
    auto read = [&]() -> Result<Error> {
        TRY_ASSIGN(const std::string code, message.text(64));
        TRY_ASSIGN(std::string text, message.text(kLongestErrorText));
        TRY_ASSIGN(std::string hint, message.text(kLongestErrorText));
        TRY(message.end());
        return printable(Error{errorCodeFromString(code), std::move(text), std::move(hint), {}});
    }();
    return read ? std::move(*read) : std::move(read).error();
}

Result<void> sendDocuments(const MessageChannel& channel, const Documents& documents) {
    std::uint64_t which = 0;
    for (const std::string* bytes : {&documents.index, &documents.manifest, &documents.config}) {
        for (std::size_t start = 0; start < bytes->size(); start += kPiece) {
            auto message = writer(Kind::Document);
            TRY(channel.send(message.number(which).text(std::string_view(*bytes).substr(start, kPiece))));
        }
        ++which;
    }
    return {};
}

Result<void> takeDocument(Message& message, Documents& documents) {
    TRY_ASSIGN(const std::uint64_t which, message.number());
    TRY_ASSIGN(const std::string piece, message.text());
    TRY(message.end());
    if (which > 2)
        return fail(ErrorCode::Untrusted, "malformed message: an unknown document");
    std::string& bytes = which == 0 ? documents.index : which == 1 ? documents.manifest : documents.config;
    if (bytes.size() + piece.size() > (which == 2 ? kLongestImageConfig : kLongestManifest))
        return fail(ErrorCode::Untrusted, "the image's manifest or configuration is too long");
    bytes += piece;
    return {};
}

Result<void> sendFetch(const MessageChannel& channel, const FetchRequest& request) {
    auto message = writer(Kind::Fetch);
    message.text(request.reference).text(request.platform);
    const RegistryAccess& access = request.access;
    message.number(access.insecure ? 1 : 0).text(access.certificates);
    message.text(access.proxy.http).text(access.proxy.https).text(access.proxy.noProxy);
    message.number(access.mirrors.size());
    for (const RegistryMirror& mirror : access.mirrors)
        message.text(mirror.host)
            .text(mirror.prefix)
            .number(mirror.insecure ? 1 : 0)
            .text(mirror.certificates);
    message.number(request.credentials ? 1 : 0);
    if (request.credentials)
        message.text(request.credentials->username)
            .text(request.credentials->password)
            .text(request.credentials->identityToken);
    return channel.send(message);
}

static Result<RegistryAccess> readAccess(Message& message) {
    RegistryAccess access;
    TRY_ASSIGN(const std::uint64_t insecure, message.number());
    access.insecure = insecure != 0;
    for (std::string* text :
         {&access.certificates, &access.proxy.http, &access.proxy.https, &access.proxy.noProxy}) {
        TRY_ASSIGN(*text, message.text());
    }
    TRY_ASSIGN(const std::uint64_t count, message.number());
    for (std::uint64_t i = 0; i < count; ++i) {
        RegistryMirror mirror;
        TRY_ASSIGN(mirror.host, message.text());
        TRY_ASSIGN(mirror.prefix, message.text());
        TRY_ASSIGN(const std::uint64_t isInsecure, message.number());
        mirror.insecure = isInsecure != 0;
        TRY_ASSIGN(mirror.certificates, message.text());
        access.mirrors.push_back(std::move(mirror));
    }
    return access;
}

Result<FetchRequest> readFetch(Message& message) {
    FetchRequest request;
    TRY_ASSIGN(request.reference, message.text());
    TRY_ASSIGN(request.platform, message.text());
    TRY_ASSIGN(request.access, readAccess(message));
    TRY_ASSIGN(const std::uint64_t hasCredentials, message.number());
    if (hasCredentials != 0) {
        TRY_ASSIGN(std::string username, message.text());
        TRY_ASSIGN(std::string password, message.text());
        TRY_ASSIGN(std::string identityToken, message.text());
        request.credentials = Credentials{std::move(username), std::move(password), std::move(identityToken)};
    }
    TRY(message.end());
    return request;
}

Result<void> sendLayerRequest(const MessageChannel& channel, const LayerRequest& request, int pipe) {
    auto message = writer(Kind::WantLayer);
    return channel.send(message.number(request.number).text(request.digest).number(request.size).fd(pipe));
}

Result<std::pair<LayerRequest, UniqueFd>> readLayerRequest(Message& message) {
    LayerRequest request;
    TRY_ASSIGN(request.number, message.number());
    TRY_ASSIGN(request.digest, message.text());
    TRY_ASSIGN(request.size, message.number());
    TRY_ASSIGN(UniqueFd pipe, message.fd());
    TRY(message.end());
    return std::pair(std::move(request), std::move(pipe));
}

Result<void> sendDescription(const MessageChannel& channel, const Description& description) {
    for (const auto& layer : description.layers) {
        auto message = writer(Kind::DescribedLayer);
        message.text(layer.diffId.toString()).text(layer.blobDigest.toString()).number(layer.blobSize);
        message.text(layer.mediaType).number(static_cast<std::uint64_t>(layer.compression));
        TRY(channel.send(message));
    }
    std::uint64_t list = 0;
    for (const auto& texts : textsOf(description.settings)) {
        TRY(sendTexts(channel, list++, texts));
    }
    const ImageConfig& settings = description.settings;
    auto message = writer(Kind::Described);
    message.text(description.mediaType).text(description.configDigest.toString());
    message.text(settings.architecture).text(settings.os).text(settings.variant).text(settings.user);
    message.text(settings.workingDir)
        .text(settings.stopSignal)
        .number(static_cast<std::uint64_t>(settings.created));
    const HealthConfig& health = settings.health;
    for (const std::uint64_t number : {health.interval, health.timeout, health.startPeriod,
                                       health.startInterval, std::uint64_t(health.retries)})
        message.number(number);
    return channel.send(message);
}

Result<bool> DescriptionReader::take(Message& message) {
    switch (static_cast<Kind>(message.kind())) {
    case Kind::DescribedLayer:
        TRY(takeLayer(message));
        return false;
    case Kind::SettingTexts:
        TRY(takeTexts(message));
        return false;
    case Kind::Described:
        TRY(takeEnd(message));
        return true;
    case Kind::Failed:
        return fail(readError(message));
    default:
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + kindName(message.kind()));
    }
}

Result<void> DescriptionReader::takeLayer(Message& message) {
    TRY_ASSIGN(Digest diffId, readDigest(message));
    TRY_ASSIGN(Digest blobDigest, readDigest(message));
    TRY_ASSIGN(const std::uint64_t blobSize, message.number());
    TRY_ASSIGN(std::string mediaType, message.text(500));
    TRY_ASSIGN(const LayerCompression compression, readCompression(message));
    TRY(message.end());
    if (m_layers.size() >= kMostLayers)
        return fail(ErrorCode::Untrusted,
                    "the image has more than " + std::to_string(kMostLayers) + " layers");
    m_layers.push_back(
        {std::move(diffId), std::move(blobDigest), blobSize, std::move(mediaType), compression});
    return {};
}

Result<void> DescriptionReader::takeTexts(Message& message) {
    TRY_ASSIGN(const std::uint64_t list, message.number());
    TRY_ASSIGN(std::vector<std::string> texts, message.texts());
    TRY(message.end());
    if (list >= m_texts.size())
        return fail(ErrorCode::Untrusted, "malformed message: an unknown list");
    for (std::string& text : texts) {
        m_textBytes += text.size() + sizeof(std::string);
        // An honest one is shorter than the document it stands in; the rest pays for many short ones.
        if (m_textBytes > 8 * kLongestImageConfig)
            return fail(ErrorCode::Untrusted, "the image's configuration is too long");
        if (text.find('\0') != std::string::npos)
            return fail(ErrorCode::Untrusted, "the image's configuration holds a NUL byte");
        m_texts.at(list).push_back(std::move(text));
    }
    return {};
}

Result<void> DescriptionReader::takeEnd(Message& message) {
    TRY_ASSIGN(std::string mediaType, message.text(500));
    TRY_ASSIGN(Digest configDigest, readDigest(message));
    ImageConfig settings;
    for (std::string* field : {&settings.architecture, &settings.os, &settings.variant, &settings.user,
                               &settings.workingDir, &settings.stopSignal}) {
        TRY_ASSIGN(*field, message.text(8192));
        if (field->find('\0') != std::string::npos)
            return fail(ErrorCode::Untrusted, "the image's configuration holds a NUL byte");
    }
    TRY_ASSIGN(const std::uint64_t created, message.number());
    HealthConfig& health = settings.health;
    for (std::uint64_t* time :
         {&health.interval, &health.timeout, &health.startPeriod, &health.startInterval}) {
        TRY_ASSIGN(*time, message.number());
        if (*time > 86'400'000)
            return fail(ErrorCode::Untrusted, "malformed message: a health check takes longer than a day");
    }
    TRY_ASSIGN(const std::uint64_t retries, message.number());
    if (retries > 1000)
        return fail(ErrorCode::Untrusted, "malformed message: too many retries of a health check");
    health.retries = static_cast<unsigned>(retries);
    TRY(message.end());
    settings.created = static_cast<std::int64_t>(created);
    settings.entrypoint = std::move(m_texts[0]);
    settings.command = std::move(m_texts[1]);
    settings.environment = std::move(m_texts[2]);
    settings.exposedPorts = std::move(m_texts[3]);
    health.command = std::move(m_texts[5]);
    settings.volumes = std::move(m_texts[6]);
    if (m_texts[4].size() % 2 != 0)
        return fail(ErrorCode::Untrusted, "malformed message: a label without a value");
    for (std::size_t i = 0; i < m_texts[4].size(); i += 2)
        settings.labels.emplace_back(std::move(m_texts[4][i]), std::move(m_texts[4][i + 1]));
    m_description =
        Description{std::move(mediaType), std::move(configDigest), std::move(settings), std::move(m_layers)};
    return {};
}

Description DescriptionReader::finish() {
    return std::move(m_description).value();
}

Result<void> sendUnpack(const MessageChannel& channel, std::uint64_t blobSize, LayerCompression compression,
                        int input, int layer, int record) {
    auto message = writer(Kind::Unpack);
    return channel.send(message.number(blobSize)
                            .number(static_cast<std::uint64_t>(compression))
                            .fd(input)
                            .fd(layer)
                            .fd(record));
}

Result<UnpackRequest> readUnpack(Message& message) {
    UnpackRequest request;
    TRY_ASSIGN(request.blobSize, message.number());
    TRY_ASSIGN(request.compression, readCompression(message));
    TRY_ASSIGN(request.input, message.fd());
    TRY_ASSIGN(request.layer, message.fd());
    TRY_ASSIGN(request.record, message.fd());
    TRY(message.end());
    return request;
}

Result<void> sendUnpacked(const MessageChannel& channel, const UnpackAnswer& answer) {
    auto message = writer(Kind::Unpacked);
    message.text(answer.diffId.toString()).text(answer.blobDigest.toString());
    return channel.send(message.number(answer.blobSize).number(answer.tarSize).number(answer.size));
}

Result<UnpackAnswer> readUnpacked(Message& message) {
    if (message.kind() == static_cast<std::uint32_t>(Kind::Failed))
        return fail(readError(message));
    if (message.kind() != static_cast<std::uint32_t>(Kind::Unpacked))
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + kindName(message.kind()));
    TRY_ASSIGN(Digest diffId, readDigest(message));
    TRY_ASSIGN(Digest blobDigest, readDigest(message));
    TRY_ASSIGN(const std::uint64_t blobSize, message.number());
    TRY_ASSIGN(const std::uint64_t tarSize, message.number());
    TRY_ASSIGN(const std::uint64_t size, message.number());
    TRY(message.end());
    return UnpackAnswer{std::move(diffId), std::move(blobDigest), blobSize, tarSize, size};
}

} // namespace escale::worker
