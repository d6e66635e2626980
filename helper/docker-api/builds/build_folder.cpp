#include "helper/docker-api/builds/build_folder.h"

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/base/thread.h"
#include "engine/build/context_list.h"
#include "engine/image/decompress.h"
#include "engine/image/tree_archive.h"
#include "helper/docker-api/http/exchange.h"

#include <QScopeGuard>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace escale::docker_api {
namespace {

constexpr std::size_t kPiece = 256 * 1024;
constexpr std::size_t kMostIgnored = 1u << 20; // bytes of .dockerignore
constexpr std::size_t kTarBlock = 512;
constexpr long kNanoseconds = 1'000'000'000;

std::string temporaryFolder() {
    const char* const chosen = std::getenv("TMPDIR"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    return chosen != nullptr && *chosen == '/' ? chosen : "/var/tmp";
}

// What the archive is to blame for is the client's fault.
Error clientsFault(Error error) {
    if (error.code == ErrorCode::Untrusted)
        error.code = ErrorCode::InvalidArgument;
    return std::move(error).prefixed("the build's files");
}

Result<std::string> contentDigest(int file) {
    DigestHasher hasher;
    std::vector<char> piece(kPiece);
    for (;;) {
        const ssize_t size = ::read(file, piece.data(), piece.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return failErrno("cannot read a file of the build");
        if (size == 0)
            return std::string(hasher.finish().hex());
        hasher.update(piece.data(), static_cast<std::size_t>(size));
    }
}

// The body, which is read to its end whether or not somebody still wants it. Docker's own client ends an
// archive where its last file does (build -f -): the block is filled up.
Result<void> copyArchive(Exchange& exchange, int output) {
    std::vector<char> piece(kPiece);
    std::uint64_t copied = 0;
    bool isPlain = false, isWanted = true;
    for (;;) {
        TRY_ASSIGN(const std::size_t size, exchange.readBody(piece));
        if (size == 0)
            break;
        if (copied == 0)
            isPlain =
                streamForm({reinterpret_cast<const std::uint8_t*>(piece.data()), size}) == StreamForm::Plain;
        copied += size;
        isWanted = isWanted && writeAll(output, {piece.data(), size}, "the build's files").has_value();
    }
    if (isPlain && isWanted && copied % kTarBlock != 0)
        (void)writeAll(output, std::string(kTarBlock - copied % kTarBlock, '\0'),
                       "the build's files"); // as above
    return {};
}

// A folder without write permission keeps what is in it.
void makeRemovable(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(path, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->symlink_status(error).type() == fs::file_type::directory)
            (void)::chmod(entry->path().c_str(), 0700); // removeTree() tells
    }
}

} // namespace

Result<std::unique_ptr<BuildFolder>> BuildFolder::receive(Exchange& exchange) {
    std::string path = temporaryFolder() + "/escale-build.XXXXXX";
    if (::mkdtemp(path.data()) == nullptr)
        return failErrno("cannot make a folder for the build's files in " + temporaryFolder());
    auto folder = openFile(path, O_RDONLY | O_DIRECTORY);
    if (!folder) {
        ::rmdir(path.c_str());
        return fail(std::move(folder).error());
    }
    std::unique_ptr<BuildFolder> received(new BuildFolder(path, *std::move(folder)));
    TRY(received->unpack(exchange));
    TRY(received->markContents());
    return received;
}

BuildFolder::~BuildFolder() {
    makeRemovable(m_path);
    if (const auto removed = removeTree(m_path); !removed)
        logWarning("a build's files stay: " + removed.error().text());
}

// The body comes in on this thread, and is unpacked on another one.
Result<void> BuildFolder::unpack(Exchange& exchange) {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe for the build's files");
    UniqueFd output(ends[0]), input(ends[1]);
    Result<TreeTotals> unpacked;
    TRY_ASSIGN(auto thread, startThread([this, &unpacked, &output] {
                   ExtractOptions options;
                   options.owner = {::getuid(), ::getgid()};
                   unpacked = extractTree(m_folder.get(), options, output.get());
                   output.reset();
               }));
    // Whatever comes in between, the other thread sees the end and is waited for.
    const auto ended = qScopeGuard([&] {
        input.reset();
        if (thread.joinable())
            thread.join();
    });
    const auto copied = copyArchive(exchange, input.get());
    input.reset();
    thread.join();
    TRY(copied);
    if (!unpacked)
        return fail(clientsFault(std::move(unpacked).error()));
    return {};
}

// Docker's archives have whole seconds: a file that changed within one, and has kept its size, would be taken
// for the old one by an engine that has it. So the fraction is made of the content.
Result<void> BuildFolder::markContents() {
    TRY_ASSIGN(const auto entries, listContext(m_folder.get(), IgnoreFile(), Cancellation()));
    for (const ContextEntry& entry : entries) {
        if (!S_ISREG(entry.mode))
            continue;
        const auto file = openBeneath(m_folder.get(), entry.path, O_RDONLY | O_NOFOLLOW);
        if (!file)
            continue; // who sends it says why it cannot be read
        TRY_ASSIGN(const std::string digest, contentDigest(file->get()));
        long mark = 0;
        std::from_chars(digest.data(), digest.data() + 12, mark, 16);
        const timespec modified{static_cast<time_t>(entry.modified / kNanoseconds), mark % kNanoseconds};
        const std::array<timespec, 2> times{modified, modified};
        if (::futimens(file->get(), times.data()) != 0)
            return failErrno("cannot set the time of " + entry.path);
    }
    return {};
}

// Without following a link: it could lead out of the folder.
Result<void> BuildFolder::removeOne(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string parent = slash == std::string::npos ? "." : path.substr(0, slash);
    const auto folder = openBeneath(m_folder.get(), parent, O_PATH | O_DIRECTORY);
    if (!folder)
        return {}; // what is behind a link stays
    if (::unlinkat(folder->get(), path.substr(slash + 1).c_str(), 0) != 0 && errno != ENOENT &&
        errno != EISDIR)
        return failErrno("cannot take " + path + " out of the build's files");
    return {};
}

Result<UniqueFd> BuildFolder::takeDockerfile(const std::string& name) {
    // A link may lead anywhere in the folder, and not out of it.
    auto file = openInRoot(m_folder.get(), name, O_RDONLY | O_NONBLOCK);
    struct stat status {};
    if (!file || ::fstat(file->get(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(ErrorCode::InvalidArgument, "Cannot locate specified Dockerfile: " + name);
    if (status.st_size == 0)
        return fail(ErrorCode::InvalidArgument, "the Dockerfile (" + name + ") cannot be empty");
    const auto list = openInRoot(m_folder.get(), ".dockerignore", O_RDONLY | O_NONBLOCK);
    if (!list)
        return file;
    auto text = readFd(list->get(), kMostIgnored);
    if (!text)
        return fail(std::move(text).error().prefixed(".dockerignore"));
    auto ignored = IgnoreFile::parse(*text);
    if (!ignored)
        return fail(std::move(ignored).error().prefixed(".dockerignore"));
    for (const std::string& path : {std::string(".dockerignore"), cleanPath(name)}) {
        if (ignored->ignores(path))
            TRY(removeOne(path));
    }
    return file;
}

} // namespace escale::docker_api
