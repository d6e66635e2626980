#include "tests/support/docker_registry.h"

#include "engine/base/file.h"

#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <curl/curl.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>

namespace escale::test {
namespace {

constexpr const char* kProgram = "/usr/bin/docker-registry";
// crypt(3) of kPassword; the registry takes bcrypt only.
constexpr const char* kHtpasswd = "ada:$2y$05$abcdefghijklmnopqrstuuKwWV7ESJpzKzf9FQg57dBvMuv92X9HS\n";

// Free a moment ago; the registry cannot be handed a listening socket.
Result<int> freePort() {
    const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (!socket || ::bind(socket.get(), generic, size) != 0 ||
        ::getsockname(socket.get(), generic, &size) != 0)
        return failErrno("cannot find a free port");
    return ntohs(address.sin_port);
}

std::string configuration(const std::string& folder, int port, bool withPassword, bool mayDelete) {
    std::string text =
        "version: 0.1\nlog: {level: error}\nstorage:\n  filesystem: {rootdirectory: " + folder +
        "/storage}\n  delete: {enabled: " + (mayDelete ? "true" : "false") +
        "}\nhttp: {addr: \"127.0.0.1:" + std::to_string(port) + "\"}\n";
    if (withPassword)
        text += "auth:\n  htpasswd: {realm: test, path: " + folder + "/htpasswd}\n";
    return text;
}

std::size_t discard(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

std::size_t readBody(char* buffer, std::size_t size, std::size_t count, void* context) {
    auto* body = static_cast<std::string_view*>(context);
    const std::size_t some = body->copy(buffer, size * count);
    body->remove_prefix(some);
    return some;
}

} // namespace

bool DockerRegistry::isInstalled() {
    return exists(kProgram);
}

Result<std::unique_ptr<DockerRegistry>> DockerRegistry::start(bool withPassword, bool mayDelete) {
    std::unique_ptr<DockerRegistry> registry(new DockerRegistry);
    char folder[] = "/tmp/escale-test-registry-XXXXXX";
    if (::mkdtemp(folder) == nullptr)
        return failErrno("mkdtemp");
    registry->m_folder = folder;
    registry->m_withPassword = withPassword;
    TRY_ASSIGN(const int port, freePort());
    registry->m_host = "127.0.0.1:" + std::to_string(port);
    TRY(writeFileAtomically(registry->m_folder + "/config.yml",
                            configuration(folder, port, withPassword, mayDelete)));
    TRY(writeFileAtomically(registry->m_folder + "/htpasswd", kHtpasswd));
    TRY_ASSIGN(const UniqueFd log, openFile(registry->m_folder + "/log", O_WRONLY | O_CREAT, 0600));
    Subprocess::Options options;
    options.arguments = {kProgram, "serve", registry->m_folder + "/config.yml"};
    options.environment = {"PATH=/usr/bin:/bin", "OTEL_TRACES_EXPORTER=none"};
    options.fds = {{log.get(), 1}, {log.get(), 2}};
    TRY_ASSIGN(Subprocess process, Subprocess::start(options));
    registry->m_process = std::make_unique<Subprocess>(std::move(process));
    TRY(registry->waitUntilItAnswers());
    return registry;
}

DockerRegistry::~DockerRegistry() {
    m_process.reset(); // ends it
    if (!m_folder.empty())
        (void)removeTree(m_folder);
}

Result<void> DockerRegistry::waitUntilItAnswers() {
    for (int tries = 0; tries < 400; ++tries) {
        if (const auto answered = request("GET", "http://" + m_host + "/v2/", {}, {}); answered)
            return {};
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    return fail(ErrorCode::Timeout,
                "docker-registry does not answer: " + readFile(m_folder + "/log").value_or(""));
}

Result<DockerRegistry::Answer> DockerRegistry::request(const std::string& method, const std::string& url,
                                                       std::string_view body,
                                                       const std::string& contentType) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, method.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, discard);
    curl_slist* headers = curl_slist_append(nullptr, "Expect:");
    if (!contentType.empty())
        headers = curl_slist_append(headers, ("Content-Type: " + contentType).c_str());
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> owned(headers, curl_slist_free_all);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, owned.get());
    if (method == "PUT") {
        curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, readBody);
        curl_easy_setopt(curl.get(), CURLOPT_READDATA, &body);
        curl_easy_setopt(curl.get(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size()));
    } else if (method == "POST") {
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, "");
    }
    if (m_withPassword) {
        curl_easy_setopt(curl.get(), CURLOPT_USERNAME, kUser);
        curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, kPassword);
    }
    if (const CURLcode code = curl_easy_perform(curl.get()); code != CURLE_OK)
        return fail(ErrorCode::Unreachable, url + ": " + curl_easy_strerror(code));
    Answer answer;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    curl_header* header = nullptr;
    if (curl_easy_header(curl.get(), "Location", 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
        answer.location = header->value;
    return answer;
}

Result<Digest> DockerRegistry::pushBlob(const std::string& repository, std::string_view bytes) {
    const Digest digest = Digest::ofData(bytes);
    TRY_ASSIGN(const Answer session,
               request("POST", "http://" + m_host + "/v2/" + repository + "/blobs/uploads/", {}, {}));
    if (session.status != 202 || session.location.empty())
        return fail(ErrorCode::RemoteFailure, "no upload: " + std::to_string(session.status));
    const std::string url = session.location + (session.location.find('?') == std::string::npos ? "?" : "&") +
                            "digest=" + digest.toString();
    TRY_ASSIGN(const Answer put, request("PUT", url, bytes, "application/octet-stream"));
    if (put.status != 201)
        return fail(ErrorCode::RemoteFailure, "the blob was not taken: " + std::to_string(put.status));
    return digest;
}

Result<Digest> DockerRegistry::pushManifest(const std::string& repository, const std::string& tag,
                                            const std::string& mediaType, std::string_view bytes) {
    TRY_ASSIGN(
        const Answer put,
        request("PUT", "http://" + m_host + "/v2/" + repository + "/manifests/" + tag, bytes, mediaType));
    if (put.status != 201)
        return fail(ErrorCode::RemoteFailure, "the manifest was not taken: " + std::to_string(put.status));
    return Digest::ofData(bytes);
}

} // namespace escale::test
