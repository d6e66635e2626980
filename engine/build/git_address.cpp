#include "engine/build/git_address.h"

#include "engine/build/web_address.h"

#include <algorithm>
#include <array>
#include <vector>

namespace escale {
namespace {

constexpr std::size_t kLongestAddress = 4096;
constexpr std::array<std::string_view, 4> kSchemes = {"https", "http", "git", "ssh"};

bool isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

/// "scheme" of "scheme://…", in lower case; empty: there is none.
std::string schemeOf(std::string_view address) {
    const std::size_t end = address.find("://");
    if (end == std::string_view::npos || end == 0 ||
        !std::all_of(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(end), isAlphanumeric))
        return {};
    return lower(address.substr(0, end));
}

/// user@host:path
struct ScpAddress {
    std::string_view user, host, path;
};
std::optional<ScpAddress> scpAddressOf(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0)
        return std::nullopt;
    const std::size_t colon = text.find(':', at);
    if (colon == std::string_view::npos || colon == at + 1)
        return std::nullopt;
    const ScpAddress found{text.substr(0, at), text.substr(at + 1, colon - at - 1), text.substr(colon + 1)};
    const auto isUsers = [](char c) { return isAlphanumeric(c) || c == '-' || c == '_'; };
    const auto isHosts = [](char c) { return isAlphanumeric(c) || c == '-' || c == '.'; };
    if (!std::all_of(found.user.begin(), found.user.end(), isUsers) ||
        !std::all_of(found.host.begin(), found.host.end(), isHosts))
        return std::nullopt;
    return found;
}

struct Parts {
    std::string_view base, query, fragment;
};
Parts split(std::string_view address) {
    Parts parts;
    const std::size_t hash = address.find('#');
    if (hash != std::string_view::npos)
        parts.fragment = address.substr(hash + 1);
    address = address.substr(0, hash);
    const std::size_t mark = address.find('?');
    if (mark != std::string_view::npos)
        parts.query = address.substr(mark + 1);
    parts.base = address.substr(0, mark);
    return parts;
}

// git-check-ref-format(1), and nothing that looks like an option.
bool isRef(std::string_view ref) {
    const auto isForbidden = [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
               std::string_view("~^:?*[\\").find(c) != std::string_view::npos;
    };
    if (ref.empty() || ref.size() > 1024 || ref.front() == '-' || ref.back() == '.' || ref == "@" ||
        std::any_of(ref.begin(), ref.end(), isForbidden))
        return false;
    if (ref.find("..") != std::string_view::npos || ref.find("@{") != std::string_view::npos)
        return false;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = std::min(ref.find('/', begin), ref.size());
        const std::string_view part = ref.substr(begin, end - begin);
        if (part.empty() || part.front() == '.' || part.ends_with(".lock"))
            return false;
        if (end == ref.size())
            return true;
        begin = end + 1;
    }
}

/// Without "." and ".."; nothing when it leads out of the repository.
std::optional<std::string> normalFolder(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('/', begin), text.size());
        const std::string_view part = text.substr(begin, end - begin);
        if (part == "..") {
            if (parts.empty())
                return std::nullopt;
            parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        begin = end + 1;
    }
    std::string folder;
    for (const std::string_view part : parts)
        folder += (folder.empty() ? "" : "/") + std::string(part);
    return folder;
}

class GitAddressReader {
public:
    explicit GitAddressReader(std::string_view text)
        : m_text(text) {}
    Result<GitAddress> read();

private:
    [[nodiscard]] tl::unexpected<Error> wrong(const std::string& why) const {
        return fail(ErrorCode::InvalidArgument,
                    "the git repository \"" + withoutUserInfo(m_text) + "\" " + why,
                    "Give an address such as https://example.org/repository.git#branch:folder.");
    }
    Result<void> readScp(const ScpAddress& scp);
    Result<void> readUrl(std::string_view base);
    Result<void> readFragment(std::string_view fragment);
    Result<void> readQuery(std::string_view query);
    Result<void> readParameter(const std::string& name, const std::string& value);
    Result<void> setRef(const std::string& ref);
    Result<void> setFolder(std::string_view folder);
    Result<bool> readFlag(const std::string& name, const std::string& value) const;

    std::string_view m_text;
    GitAddress m_address;
};

Result<GitAddress> GitAddressReader::read() {
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
    if (m_text.size() > kLongestAddress || std::any_of(m_text.begin(), m_text.end(), isControl))
        return fail(ErrorCode::InvalidArgument,
                    "the address of a git repository is too long, or holds control characters");
    const Parts parts = split(m_text);
    if (parts.base.starts_with("github.com/")) {
        TRY(readUrl("https://" + std::string(parts.base)));
    } else if (!schemeOf(parts.base).empty()) {
        TRY(readUrl(parts.base));
    } else if (const auto scp = scpAddressOf(parts.base)) {
        TRY(readScp(*scp));
    } else {
        return wrong("is no address that git knows");
    }
    TRY(readFragment(parts.fragment));
    TRY(readQuery(parts.query));
    return std::move(m_address);
}

Result<void> GitAddressReader::readScp(const ScpAddress& scp) {
    if (scp.host.front() == '-' || scp.user.front() == '-' || scp.path.empty() || scp.path.front() == '-')
        return wrong("is no address that git knows");
    m_address.scheme = "ssh";
    m_address.remote = std::string(scp.user) + "@" + std::string(scp.host) + ":" + std::string(scp.path);
    return {};
}

Result<void> GitAddressReader::readUrl(std::string_view base) {
    m_address.scheme = schemeOf(base);
    if (std::find(kSchemes.begin(), kSchemes.end(), m_address.scheme) == kSchemes.end())
        return wrong("is reached by \"" + m_address.scheme + "\", which is neither https, http, git nor ssh");
    std::string_view rest = base.substr(m_address.scheme.size() + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string_view authority = rest.substr(0, slash);
    const std::string_view path = rest.substr(slash);
    std::string user;
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        user = authority.substr(0, at);
        authority.remove_prefix(at + 1);
    }
    const auto isHosts = [](char c) {
        return isAlphanumeric(c) || std::string_view("-._:[]%").find(c) != std::string_view::npos;
    };
    if (authority.empty() || authority.front() == '-' || authority.front() == ':' ||
        !std::all_of(authority.begin(), authority.end(), isHosts))
        return wrong("names no host");
    if (path.size() < 2 || path.find(' ') != std::string_view::npos)
        return wrong("names no repository of its host");
    m_address.remote = m_address.scheme + "://";
    if (m_address.scheme == "ssh" && !user.empty()) {
        if (user.front() == '-')
            return wrong("names no user");
        m_address.remote += user.substr(0, user.find(':')) + "@";
    } else if (const std::size_t colon = user.find(':'); m_address.scheme != "git") {
        m_address.user = percentDecoded(user.substr(0, colon));
        m_address.password = colon == std::string::npos ? "" : percentDecoded(user.substr(colon + 1));
    }
    m_address.remote += std::string(authority) + std::string(path);
    return {};
}

Result<void> GitAddressReader::readFragment(std::string_view fragment) {
    const std::string text = percentDecoded(fragment);
    const std::size_t colon = text.find(':');
    if (colon != 0 && !text.empty())
        TRY(setRef(text.substr(0, colon)));
    if (colon != std::string::npos)
        TRY(setFolder(std::string_view(text).substr(colon + 1)));
    return {};
}

Result<void> GitAddressReader::readQuery(std::string_view query) {
    while (!query.empty()) {
        const std::string_view one = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(one.size() + 1, query.size()));
        if (one.empty())
            continue;
        const std::size_t equals = one.find('=');
        TRY(readParameter(percentDecoded(one.substr(0, equals)),
                          equals == std::string_view::npos ? "" : percentDecoded(one.substr(equals + 1))));
    }
    return {};
}

Result<void> GitAddressReader::readParameter(const std::string& name, const std::string& value) {
    if (name == "ref")
        return setRef(value);
    if (name == "tag")
        return setRef(value.starts_with("refs/tags/") ? value : "refs/tags/" + value);
    if (name == "branch")
        return setRef(value.starts_with("refs/heads/") ? value : "refs/heads/" + value);
    if (name == "subdir")
        return setFolder(value);
    if (name == "commit" || name == "checksum") {
        const std::string id = lower(value);
        const bool isHex = id.find_first_not_of("0123456789abcdef") == std::string::npos;
        if (id.size() < 7 || id.size() > 64 || !isHex ||
            (!m_address.commit.empty() && m_address.commit != id))
            return wrong("has a " + name + " that is no commit's id");
        m_address.commit = id;
        return {};
    }
    if (name == "keep-git-dir") {
        TRY_ASSIGN(m_address.keepsGitFolder, readFlag(name, value));
        return {};
    }
    if (name == "submodules") {
        TRY_ASSIGN(m_address.takesSubmodules, readFlag(name, value));
        return {};
    }
    return wrong("has the parameter \"" + name + "\", which is unknown");
}

Result<bool> GitAddressReader::readFlag(const std::string& name, const std::string& value) const {
    const std::string word = lower(value);
    if (word.empty() || word == "1" || word == "t" || word == "true")
        return true;
    if (word == "0" || word == "f" || word == "false")
        return false;
    return wrong("has a " + name + " that is neither true nor false");
}

Result<void> GitAddressReader::setRef(const std::string& ref) {
    if (!isRef(ref))
        return wrong("names a branch, tag or commit that cannot be one: \"" + ref + "\"");
    if (!m_address.ref.empty() && m_address.ref != ref)
        return wrong("names two branches, tags or commits: \"" + m_address.ref + "\" and \"" + ref + "\"");
    m_address.ref = ref;
    return {};
}

Result<void> GitAddressReader::setFolder(std::string_view folder) {
    const auto normal = normalFolder(folder);
    if (!normal)
        return wrong("has a folder that leads out of it: \"" + std::string(folder) + "\"");
    if (!m_address.folder.empty() && m_address.folder != *normal)
        return wrong("names two folders: \"" + m_address.folder + "\" and \"" + *normal + "\"");
    m_address.folder = *normal;
    return {};
}

} // namespace

Result<GitAddress> GitAddress::parse(std::string_view address) {
    return GitAddressReader(address).read();
}

bool isGitAddress(std::string_view source) {
    const Parts parts = split(source);
    const std::string scheme = schemeOf(parts.base);
    if (scheme == "http" || scheme == "https")
        return parts.base.ends_with(".git");
    if (!scheme.empty())
        return scheme == "git" || scheme == "ssh";
    return scpAddressOf(parts.base).has_value();
}

bool isCommitId(std::string_view text) {
    return (text.size() == 40 || text.size() == 64) &&
           text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

} // namespace escale
