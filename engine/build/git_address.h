// Addresses of git repositories as Docker knows them:
//
//   https://host/repository.git#REF:FOLDER      http, git, ssh, too; user and password before the host
//   git@host:repository.git#REF:FOLDER          ssh
//   github.com/name/repository#REF:FOLDER       as a build's context; of ADD it is a local path
//   https://host/repository.git?branch=…&tag=…&ref=…&subdir=…&commit=…&keep-git-dir=…&submodules=…
//
// Pure. What comes out cannot be taken for an option by git, and leads nowhere but over the network.
#pragma once

#include "engine/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace escale {

struct GitAddress {
    std::string remote;         // for git: without user info (but an ssh user), query and fragment
    std::string scheme;         // "https", "http", "git", "ssh"
    std::string user, password; // of http and https; decoded
    std::string ref;            // a branch, a tag, "refs/…", a commit's full id; empty: the default branch
    std::string commit;         // that must be the outcome: lower-case hex digits, or the first of them
    std::string folder;         // below the repository's root, without ".." and "."; empty: all of it
    std::optional<bool> keepsGitFolder;
    std::optional<bool> takesSubmodules; // BuildKit's default: yes

    /// InvalidArgument. Errors do not show a password.
    static Result<GitAddress> parse(std::string_view address);
    bool operator==(const GitAddress&) const = default;
};

/// Whether ADD takes a source for a repository: of http(s) those whose path ends with ".git". It may be
/// malformed nevertheless.
bool isGitAddress(std::string_view source);

/// A full id: 40 hex digits, or 64 (SHA-256).
bool isCommitId(std::string_view text);

} // namespace escale
