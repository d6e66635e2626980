#include "helper/worker/source_protocol.h"

#include "engine/base/byte_stream.h"
#include "helper/worker/protocol.h"

#include <algorithm>

namespace escale::worker {
namespace {

constexpr std::size_t kPiece = 96 * 1024;
constexpr std::size_t kMostFetched = 1024;
constexpr std::size_t kLongestText = 64 * 1024; // an answer's, a path

MessageWriter writer(Kind kind) {
    return MessageWriter(static_cast<std::uint32_t>(kind));
}

tl::unexpected<Error> malformed(const char* what) {
    return fail(ErrorCode::Untrusted, std::string("malformed message: ") + what);
}

void writeTotals(MessageWriter& message, const ContextTotals& totals) {
    message.number(totals.entries).number(totals.files).number(totals.bytes).number(totals.size);
}

Result<ContextTotals> readTotals(Message& message) {
    ContextTotals totals;
    for (auto* each : {&totals.entries, &totals.files, &totals.bytes, &totals.size}) {
        TRY_ASSIGN(*each, message.number());
    }
    return totals;
}

void writeTexts(ByteWriter& writer, const std::vector<std::string>& texts) {
    writer.number(static_cast<std::uint32_t>(texts.size()));
    for (const std::string& text : texts)
        writer.text(text);
}

Result<std::vector<std::string>> readTexts(ByteReader& reader) {
    TRY_ASSIGN(const auto count, reader.number<std::uint32_t>());
    std::vector<std::string> texts;
    for (std::uint32_t i = 0; i < count; ++i) { // ends with the bytes, whatever the count says
        TRY_ASSIGN(std::string text, reader.text(kLargestCopyRequest));
        texts.push_back(std::move(text));
    }
    return texts;
}

Result<bool> readFlag(ByteReader& reader) {
    TRY_ASSIGN(const auto value, reader.number<std::uint8_t>());
    return value != 0;
}

} // namespace

Result<void> sendSource(const MessageChannel& channel, SourceKind kind, const std::string& text,
                        std::size_t fetched, const SourceDescriptors& descriptors) {
    auto message = writer(Kind::Source);
    message.number(static_cast<std::uint64_t>(kind)).text(text).number(fetched);
    for (const int each :
         {descriptors.folder, descriptors.userNamespace, descriptors.parent, descriptors.upper}) {
        message.number(each >= 0 ? 1 : 0);
        if (each >= 0)
            message.fd(each);
    }
    return channel.send(message);
}

Result<ReceivedSource> readSource(Message& message) {
    ReceivedSource received;
    TRY_ASSIGN(const auto kind, message.number());
    if (message.kind() != static_cast<std::uint32_t>(Kind::Source) ||
        kind > static_cast<std::uint64_t>(SourceKind::MakeFolder))
        return malformed("an unknown kind of source");
    received.kind = static_cast<SourceKind>(kind);
    TRY_ASSIGN(received.text, message.text(kLongestText));
    TRY_ASSIGN(received.fetched, message.number());
    if (received.fetched > kMostFetched)
        return malformed("too many files were fetched");
    for (UniqueFd* each : {&received.folder, &received.userNamespace, &received.parent, &received.upper}) {
        TRY_ASSIGN(const auto there, message.number());
        if (there != 0) {
            TRY_ASSIGN(*each, message.fd());
        }
    }
    TRY(message.end());
    return received;
}

Result<void> sendFetched(const MessageChannel& channel, const std::string& name, int content) {
    auto message = writer(Kind::SourceFetched);
    return channel.send(message.text(name).fd(content));
}

Result<ReceivedFetched> readFetched(Message& message) {
    ReceivedFetched received;
    if (message.kind() != static_cast<std::uint32_t>(Kind::SourceFetched))
        return malformed("a fetched file is missing");
    TRY_ASSIGN(received.name, message.text(255));
    TRY_ASSIGN(received.content, message.fd());
    TRY(message.end());
    if (received.name.empty() || received.name == "." || received.name == ".." ||
        received.name.find_first_of(std::string_view("/\0", 2)) != std::string::npos)
        return malformed("a fetched file's name");
    return received;
}

std::string writeCopyRequest(const CopyRequest& request) {
    std::string bytes;
    ByteWriter writer(bytes);
    writeTexts(writer, request.patterns);
    writer.number(static_cast<std::uint32_t>(request.files.size()));
    for (const InlineFile& file : request.files)
        writer.text(file.name).text(file.content).number(file.mode);
    writeTexts(writer, request.addresses);
    writer.text(request.target).text(request.owner).text(request.mode);
    writeTexts(writer, request.excludes);
    for (const bool flag : {request.keepsParents, request.unpacks, request.unpacksFetched,
                            request.keepsGitFolder, request.latestTime.has_value()})
        writer.number(static_cast<std::uint8_t>(flag));
    writer.number(request.latestTime.value_or(0));
    return bytes;
}

Result<CopyRequest> readCopyRequest(std::string_view bytes) {
    CopyRequest request;
    ByteReader reader(bytes);
    TRY_ASSIGN(request.patterns, readTexts(reader));
    TRY_ASSIGN(const auto files, reader.number<std::uint32_t>());
    for (std::uint32_t i = 0; i < files; ++i) {
        InlineFile file;
        TRY_ASSIGN(file.name, reader.text(255));
        TRY_ASSIGN(file.content, reader.text(kLargestCopyRequest));
        TRY_ASSIGN(file.mode, reader.number<std::uint32_t>());
        if (file.name.empty() || file.name == "." || file.name == ".." ||
            file.name.find_first_of(std::string_view("/\0", 2)) != std::string::npos || file.mode > 07777)
            return malformed("a file of the Dockerfile");
        request.files.push_back(std::move(file));
    }
    TRY_ASSIGN(request.addresses, readTexts(reader));
    TRY_ASSIGN(request.target, reader.text(kLongestText));
    TRY_ASSIGN(request.owner, reader.text(kLongestText));
    TRY_ASSIGN(request.mode, reader.text(kLongestText));
    TRY_ASSIGN(request.excludes, readTexts(reader));
    TRY_ASSIGN(request.keepsParents, readFlag(reader));
    TRY_ASSIGN(request.unpacks, readFlag(reader));
    TRY_ASSIGN(request.unpacksFetched, readFlag(reader));
    TRY_ASSIGN(request.keepsGitFolder, readFlag(reader));
    TRY_ASSIGN(const bool hasLatest, readFlag(reader));
    TRY_ASSIGN(const auto latest, reader.number<std::int64_t>());
    if (hasLatest)
        request.latestTime = latest;
    std::string all = request.target;
    for (const auto* texts : {&request.patterns, &request.excludes}) {
        for (const std::string& text : *texts)
            all += text;
    }
    if (!reader.isAtEnd() || all.find('\0') != std::string::npos)
        return malformed("a copy");
    return request;
}

Result<void> sendCopyRequest(const MessageChannel& channel, std::uint32_t kind, const CopyRequest& request) {
    const std::string bytes = writeCopyRequest(request);
    if (bytes.size() > kLargestCopyRequest)
        return fail(ErrorCode::InvalidArgument, "a COPY or ADD with all its files is longer than 16 MiB");
    for (std::size_t start = 0; start < bytes.size(); start += kPiece) {
        auto message = writer(Kind::SourceText);
        TRY(channel.send(message.text(std::string_view(bytes).substr(start, kPiece))));
    }
    return channel.send(MessageWriter(kind));
}

Result<void> sendSourceMoved(const MessageChannel& channel, const ContextTotals& totals) {
    auto message = writer(Kind::SourceMoved);
    writeTotals(message, totals);
    return channel.send(message);
}

Result<ContextTotals> readSourceMoved(Message& message) {
    TRY_ASSIGN(const ContextTotals totals, readTotals(message));
    TRY(message.end());
    return totals;
}

Result<void> sendSourceDone(const MessageChannel& channel, const SourceAnswer& answer) {
    auto message = writer(Kind::SourceDone);
    writeTotals(message, answer.totals);
    return channel.send(message.text(answer.text).number(answer.bytes));
}

Result<SourceAnswer> readSourceDone(Message& message) {
    SourceAnswer answer;
    TRY_ASSIGN(answer.totals, readTotals(message));
    TRY_ASSIGN(answer.text, message.text(kLongestText));
    TRY_ASSIGN(answer.bytes, message.number());
    TRY(message.end());
    return answer;
}

} // namespace escale::worker
