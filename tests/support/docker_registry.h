// Debian's docker-registry on a free loopback port, with its storage in a temporary folder; both go with the
// object.
#pragma once

#include "engine/base/digest.h"
#include "engine/base/result.h"
#include "engine/base/subprocess.h"

#include <memory>
#include <string>
#include <string_view>

namespace escale::test {

class DockerRegistry {
public:
    /// The account of a registry that wants one (HTTP Basic, htpasswd).
    static constexpr const char* kUser = "ada";
    static constexpr const char* kPassword = "letmein";

    static bool isInstalled();
    /// Returns when it answers.
    static Result<std::unique_ptr<DockerRegistry>> start(bool withPassword = false, bool mayDelete = true);
    DockerRegistry(const DockerRegistry&) = delete;
    DockerRegistry& operator=(const DockerRegistry&) = delete;
    ~DockerRegistry();

    /// "127.0.0.1:port"
    [[nodiscard]] const std::string& host() const { return m_host; }
    Result<Digest> pushBlob(const std::string& repository, std::string_view bytes);
    /// `tag` may be a digest. The blobs it names must have been pushed.
    Result<Digest> pushManifest(const std::string& repository, const std::string& tag,
                                const std::string& mediaType, std::string_view bytes);

private:
    DockerRegistry() = default;
    struct Answer {
        long status = 0;
        std::string location;
    };
    Result<Answer> request(const std::string& method, const std::string& url, std::string_view body,
                           const std::string& contentType);
    Result<void> waitUntilItAnswers();

    std::string m_folder;
    std::string m_host;
    bool m_withPassword = false;
    std::unique_ptr<Subprocess> m_process;
};

} // namespace escale::test
