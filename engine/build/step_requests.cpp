#include "engine/build/step_requests.h"

#include "engine/build/ignore_file.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

using Kind = RunMount::Kind;

bool startsWith(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

// A file's address or a git repository's.
bool isAddress(std::string_view source) {
    constexpr std::array<std::string_view, 5> kStarts = {"http://", "https://", "git://", "ssh://", "git@"};
    return std::any_of(kStarts.begin(), kStarts.end(),
                       [source](auto start) { return startsWith(source, start); });
}

/// Below the working folder; a "/" at the end stays.
std::string absolute(const std::string& path, const StepPlace& place) {
    const bool isAbsolute = startsWith(path, "/");
    const bool isFolder = path.empty() || path == "." || path.back() == '/' ||
                          (path.size() > 1 && path.substr(path.size() - 2) == "/.");
    std::string clean = cleanPath(isAbsolute ? path : '/' + place.workingDirectory + '/' + path);
    if (isFolder && clean.back() != '/')
        clean += '/';
    return clean;
}

std::string baseName(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

// <<-: tabs at the beginning of lines are not part of it.
std::string contentOf(const HereDocument& document) {
    if (!document.dropsTabs)
        return document.content;
    std::string content;
    bool atBegin = true;
    for (const char c : document.content) {
        if (atBegin && c == '\t')
            continue;
        atBegin = c == '\n';
        content += c;
    }
    return content;
}

// "<<EOF" and nothing else.
bool isDocumentAlone(std::string_view text) {
    text = trimmed(text);
    while (!text.empty() && text.front() >= '0' && text.front() <= '9')
        text.remove_prefix(1);
    if (!startsWith(text, "<<"))
        return false;
    text.remove_prefix(2);
    return text.find('<') == std::string_view::npos && std::none_of(text.begin(), text.end(), isBlank);
}

Result<void> check(const CopyRequest& request, const CopyInstruction& copy) {
    const std::string name = copy.isAdd ? "ADD" : "COPY";
    if (!copy.isAdd && !request.addresses.empty())
        return fail(ErrorCode::InvalidArgument,
                    "COPY has no address as its source, as \"" + request.addresses.front() + "\" is one",
                    "ADD fetches it.");
    const std::size_t sources = request.patterns.size() + request.files.size() + request.addresses.size();
    if (sources > 1 && request.target.back() != '/')
        return fail(ErrorCode::InvalidArgument,
                    name + " has " + std::to_string(sources) + " sources, and its target \"" + copy.target +
                        "\" is no folder",
                    "Write a \"/\" at its end.");
    if (!request.checksum.empty() && (request.addresses.size() != 1 || sources != 1))
        return fail(ErrorCode::InvalidArgument, "--checksum is for an ADD of one address alone");
    return {};
}

} // namespace

Result<CopyRequest> copyRequest(const CopyInstruction& copy, const SourceFolder& from,
                                const StepPlace& place) {
    CopyRequest request;
    request.from = from;
    for (const auto& source : copy.sources)
        (isAddress(source) ? request.addresses : request.patterns).push_back(source);
    for (const auto& document : copy.documents) {
        if (document.name.find('/') != std::string::npos)
            return fail(ErrorCode::InvalidArgument, "\"<<" + document.name + "\" names a file, and no path",
                        "The path is the target.");
        request.files.push_back({document.name, contentOf(document)});
    }
    request.target = absolute(copy.target, place);
    request.owner = copy.owner;
    request.mode = copy.mode;
    request.excludes = copy.excludes;
    request.checksum = copy.checksum;
    request.keepsParents = copy.keepsParents;
    request.unpacks = copy.unpack.value_or(copy.isAdd);
    request.unpacksFetched = copy.unpack.value_or(false);
    request.keepsGitFolder = copy.keepGitDir.value_or(false);
    request.latestTime = place.latestTime;
    TRY(check(request, copy));
    return request;
}

Result<RunMount> placedMount(RunMount mount, const StepPlace& place, std::size_t agentsBefore) {
    if (mount.kind == Kind::Secret) {
        if (!mount.source.empty())
            mount.id = std::move(mount.source);
        mount.source.clear();
        if (mount.id.empty())
            mount.id = baseName(mount.target);
        if (mount.target.empty() && !mount.environment)
            mount.target = "/run/secrets/" + baseName(mount.id);
        if (mount.target.empty())
            return mount; // as a variable alone
    }
    if (mount.kind == Kind::Ssh) {
        if (mount.id.empty())
            mount.id = "default";
        if (mount.target.empty())
            mount.target = "/run/buildkit/ssh_agent." + std::to_string(agentsBefore);
    }
    if (mount.target.empty())
        return fail(ErrorCode::InvalidArgument, "a mount has no target", "Write target=/path.");
    if (mount.kind == Kind::Cache && mount.id.empty())
        mount.id = cleanPath(mount.target);
    mount.target = absolute(mount.target, place);
    if (mount.target == "/")
        return fail(ErrorCode::InvalidArgument, "a mount cannot hide the whole file system",
                    "Its target must be below \"/\".");
    if (mount.target.back() == '/')
        mount.target.pop_back();
    return mount;
}

RunCommand runCommand(const RunInstruction& run) {
    RunCommand result{run.command, {}};
    if (run.documents.empty() || !run.command.isShell || run.command.words.size() != 1)
        return result;
    std::string& text = result.command.words.front();
    if (!isDocumentAlone(text)) {
        for (const auto& document : run.documents)
            text += '\n' + document.content + document.name;
        return result;
    }
    const HereDocument& document = run.documents.front();
    std::string content = contentOf(document);
    if (startsWith(content, "#!")) {
        std::string name = document.name;
        std::replace(name.begin(), name.end(), '/', '_');
        text = "/dev/pipes/" + name;
        result.files.push_back({std::move(name), std::move(content), 0755});
    } else {
        text = std::move(content);
    }
    return result;
}

} // namespace escale
