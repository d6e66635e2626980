#include "engine/registry/http_session.h"

#include "engine/base/file.h"
#include "engine/registry/address_scope.h"
#include "engine/registry/registry_settings.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <curl/curl.h>
#include <poll.h>
#include <sys/socket.h>

namespace escale {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLongestErrorBody = 64 * 1024;
constexpr std::size_t kMostHeaders = 200;
constexpr std::size_t kLongestHeader = 32 * 1024;
// Of all answers on the way together: 100 Continue and redirections repeat themselves.
constexpr std::size_t kMostHeaderBytes = 256 * 1024;
// Fewer bytes than this in stallTimeout count as silence: a drip of single bytes must not hold a pull for
// ever.
constexpr std::size_t kLeastBytes = 1024;
constexpr long kReceiveBuffer = 256 * 1024;
constexpr long kSendBuffer = 512 * 1024;

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

void append(HeaderList& list, const std::string& line) {
    // On failure (no memory) curl leaves the list as it was.
    if (curl_slist* longer = curl_slist_append(list.get(), line.c_str()); longer != nullptr) {
        (void)list.release();
        list.reset(longer);
    }
}

// What runs here is not reached through a proxy.
std::string noProxy(const std::string& hosts) {
    if (hosts == "*")
        return hosts;
    return (hosts.empty() ? "" : hosts + ",") + "localhost,127.0.0.0/8,::1";
}

// An own bundle takes the place of curl's: the system's is put before it.
std::string withSystemBundle(const std::string& certificates) {
    if (certificates.empty())
        return {};
    const char* bundle = curl_version_info(CURLVERSION_NOW)->cainfo;
    auto system = bundle == nullptr ? Result<std::string>() : readFile(bundle);
    return (system ? *system + "\n" : std::string()) + certificates;
}

HttpFailure::Kind kindOf(CURLcode code) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PROXY:
        return HttpFailure::Kind::NoContact;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return HttpFailure::Kind::NotVerified;
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_OUT_OF_MEMORY:
        return HttpFailure::Kind::Nonsense;
    default:
        return HttpFailure::Kind::BrokenOff;
    }
}

Error errorOf(CURLcode code, const std::string& host, std::string_view detail) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return {ErrorCode::Unreachable,
                "no host is named \"" + host + "\"",
                "check the spelling and the network",
                {}};
    case CURLE_COULDNT_RESOLVE_PROXY:
        return {ErrorCode::Unreachable,
                "the proxy for " + host + " has no address",
                "check http_proxy and https_proxy, or the proxies in /etc/escale/registries.json",
                {}};
    case CURLE_COULDNT_CONNECT:
        return {ErrorCode::Unreachable,
                "cannot connect to " + host + (detail.empty() ? "" : ": " + std::string(detail)),
                "check that the registry runs and that the port is right",
                {}};
    case CURLE_SSL_CONNECT_ERROR:
        return {ErrorCode::Unreachable,
                host + " does not speak HTTPS",
                "if that is meant, mark the registry as insecure",
                {}};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return {ErrorCode::Unreachable,
                "the certificate of " + host + " is not trusted: " + std::string(detail),
                "put its authority's certificate into /etc/escale/certs.d/" + host +
                    "/ca.crt, or for all programs into /usr/local/share/ca-certificates and run "
                    "update-ca-certificates",
                {}};
    case CURLE_TOO_MANY_REDIRECTS:
        return {ErrorCode::RemoteFailure, host + " redirects without end", {}, {}};
    case CURLE_UNSUPPORTED_PROTOCOL:
        return {ErrorCode::RemoteFailure, host + " redirects to an address that is not HTTPS", {}, {}};
    case CURLE_URL_MALFORMAT: // ours are made of checked parts
        return {ErrorCode::RemoteFailure, host + " redirects to an address that is none", {}, {}};
    case CURLE_WEIRD_SERVER_REPLY:
        return {ErrorCode::RemoteFailure,
                host + " answers with something that is not HTTP",
                "check the port; a registry that speaks HTTPS only is not reached by plain HTTP",
                {}};
    case CURLE_OUT_OF_MEMORY: // so curl calls a header beyond 100 KiB
        return {ErrorCode::RemoteFailure, host + " sends more headers than any answer needs", {}, {}};
    case CURLE_OPERATION_TIMEDOUT:
        return {ErrorCode::Unreachable, host + " does not answer in time", "check the network", {}};
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
        return {
            ErrorCode::Unreachable, host + " broke the connection off", "try again; check the network", {}};
    default:
        return {
            ErrorCode::Unreachable, "talking to " + host + " failed: " + curl_easy_strerror(code), {}, {}};
    }
}

} // namespace

std::string HttpHead::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

std::optional<std::uint64_t> HttpHead::contentLength() const {
    const std::string text = header("content-length");
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return length;
}

struct HttpSession::Handles {
    CURLM* multi = curl_multi_init();
    CURL* easy = curl_easy_init();
    std::string noProxyHosts;
    std::string certificates;
    // Where the last answer of the one that is meant came from (HttpCall::isHome): a proxy's, when there is
    // one.
    std::string homeAddress;
    AddressScope homeScope = AddressScope::Public;
    explicit Handles(const HttpSettings& settings)
        : noProxyHosts(noProxy(settings.proxy.noProxy))
        , certificates(withSystemBundle(settings.certificates)) {}
    Handles(const Handles&) = delete;
    Handles& operator=(const Handles&) = delete;
    ~Handles() {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
    }
};

// The state of one request, as curl's callbacks see it.
class HttpSession::Transfer {
public:
    Transfer(Handles& handles, const HttpSettings& settings, const HttpCall& request, HttpReceiver& receiver)
        : m_handles(handles)
        , m_settings(settings)
        , m_request(request)
        , m_receiver(receiver) {}

    tl::expected<HttpAnswer, HttpFailure> run(const Cancellation& cancellation);

private:
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onSend(char* buffer, std::size_t size, std::size_t count, void* self);
    static int onSeek(void* self, curl_off_t offset, int origin);
    void configure();
    void configureMethod();
    std::size_t give(char* buffer, std::size_t room);
    static curl_socket_t onSocket(void* self, curlsocktype purpose, curl_sockaddr* address);
    static int onConnection(void* self, char* address, char* own, int port, int ownPort);
    [[nodiscard]] bool isHome() const;
    [[nodiscard]] bool isByProxy() const;
    bool mayTalkTo(const std::string& address);
    void noteUpload();
    void addHeader(std::string_view line);
    std::size_t take(std::string_view bytes);
    Result<void> beginBody();
    std::optional<CURLcode> loop(const Cancellation& cancellation);
    bool isTooSlow();
    tl::unexpected<HttpFailure> failed(CURLcode code);
    [[nodiscard]] bool isSuccess() const { return m_head.status >= 200 && m_head.status < 300; }
    [[nodiscard]] bool isSafe() const {
        return m_request.form.empty() && (m_request.method.empty() || m_request.method == "GET");
    }
    // What was sent is put away before it is answered.
    [[nodiscard]] std::chrono::milliseconds patience() const {
        const bool isSent = m_sent == (m_request.body == nullptr ? 0 : m_request.body->size);
        const bool awaitsAnswer = isSent && (m_request.method == "PUT" || m_request.method == "PATCH");
        return awaitsAnswer ? std::max(m_settings.stallTimeout, m_settings.uploadAnswerTimeout)
                            : m_settings.stallTimeout;
    }

    Handles& m_handles;
    const HttpSettings& m_settings;
    const HttpCall& m_request;
    HttpReceiver& m_receiver;
    HeaderList m_headers;
    char m_detail[CURL_ERROR_SIZE] = {};
    HttpHead m_head;
    bool m_bodyBegun = false;
    bool m_errorBodyFull = false;
    std::string m_errorBody;
    Clock::time_point m_mark = Clock::now(); // kLeastBytes had arrived then
    std::size_t m_sinceMark = 0;
    std::uint64_t m_sent = 0;        // of the body, handed to curl
    curl_off_t m_uploaded = 0;       // handed to the kernel
    std::optional<Error> m_ended;    // by the receiver or by cancellation
    std::optional<Error> m_nonsense; // why what the server does is not followed
    std::size_t m_headerBytes = 0;
    Clock::time_point m_window = Clock::now(); // of the least rate; m_inWindow bytes came since
    std::size_t m_inWindow = 0;
    bool m_isTooSlow = false;
};

void HttpSession::Transfer::configure() {
    CURL* easy = m_handles.easy;
    curl_easy_reset(easy); // keeps connections
    append(m_headers, "Accept: " + (m_request.accept.empty() ? "*/*" : m_request.accept));
    if (!m_request.authorization.empty())
        append(m_headers,
               "Authorization: " + m_request.authorization); // curl drops it when redirected elsewhere
    for (const std::string& header : m_request.headers)
        append(m_headers, header);
    if (m_request.from > 0)
        append(m_headers, "Range: bytes=" + std::to_string(m_request.from) + "-");
    if (const HttpBody* body = m_request.body) {
        append(m_headers, "Content-Type: " + body->type);
        append(m_headers, "Expect:"); // many proxies never say 100 Continue, and curl would wait a second
        if (!body->range.empty())
            append(m_headers, "Content-Range: " + body->range);
    } else if (m_request.form.empty()) {
        append(m_headers, "Content-Type:"); // curl takes every POST for a form
    }
    curl_easy_setopt(easy, CURLOPT_URL, m_request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, m_headers.get());
    curl_easy_setopt(easy, CURLOPT_USERAGENT, m_settings.userAgent.c_str());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a slow resolver must not delay a cancellation
    // Set always: the environment has been read by whoever made the settings.
    curl_easy_setopt(easy, CURLOPT_PROXY, m_settings.proxy.forUrl(m_request.url).c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, m_handles.noProxyHosts.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR,
                     m_request.allowPlainRedirect ? "http,https" : "https");
    // A form holds a secret, and a redirection would take it along; who sends a body looks where to first.
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, isSafe() ? 1L : 0L);
    configureMethod();
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, m_request.mostRedirects);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, m_settings.verifyCertificates ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, m_settings.verifyCertificates ? 2L : 0L);
    if (!m_handles.certificates.empty()) {
        curl_blob blob{m_handles.certificates.data(), m_handles.certificates.size(), CURL_BLOB_NOCOPY};
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
    }
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_settings.connectTimeout.count()));
    if (m_request.longest)
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(m_request.longest->count()));
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, kReceiveBuffer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, static_cast<char*>(m_detail));
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, onSocket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, onConnection);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
}

// Before a connection is tried, but by a proxy: then the address is the proxy's.
curl_socket_t HttpSession::Transfer::onSocket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* bytes =
        address->family == AF_INET
            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(&address->addr)->sin_addr)
            : &reinterpret_cast<const sockaddr_in6*>(&address->addr)->sin6_addr;
    if (::inet_ntop(address->family, bytes, text.data(), text.size()) == nullptr)
        return CURL_SOCKET_BAD;
    if (!transfer.isHome() && !transfer.isByProxy() && !transfer.mayTalkTo(text.data()))
        return CURL_SOCKET_BAD;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Before a request leaves on a connection, a kept one too.
int HttpSession::Transfer::onConnection(void* self, char* address, char*, int port, int) {
    auto& transfer = *static_cast<Transfer*>(self);
    Handles& handles = transfer.m_handles;
    const std::string place = std::string(address) + " port " + std::to_string(port);
    if (transfer.isHome()) {
        handles.homeAddress = place;
        handles.homeScope = transfer.isByProxy() ? AddressScope::Private : scopeOf(address);
        return CURL_PREREQFUNC_OK;
    }
    // A proxy answers for all; where it is, is a person's choice.
    const std::string proxy = transfer.m_settings.proxy.forUrl(transfer.m_request.url);
    const bool isProxy = transfer.isByProxy() && proxy.find(":" + std::to_string(port)) != std::string::npos;
    const bool goes = isProxy || place == handles.homeAddress || transfer.mayTalkTo(address);
    return goes ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

bool HttpSession::Transfer::isHome() const {
    long redirections = 0;
    curl_easy_getinfo(m_handles.easy, CURLINFO_REDIRECT_COUNT, &redirections);
    return m_request.isHome && redirections == 0;
}

bool HttpSession::Transfer::isByProxy() const {
    const std::string& url = m_request.url;
    const std::size_t host = url.find("://") + 3;
    return !m_settings.proxy.forUrl(url).empty() &&
           !isLoopbackRegistry(url.substr(host, url.find('/', host) - host));
}

// By the address, not the name: what that resolves to at another time does not count.
bool HttpSession::Transfer::mayTalkTo(const std::string& address) {
    if (mayLeadTo(m_handles.homeScope, scopeOf(address)))
        return true;
    m_nonsense = {
        ErrorCode::RemoteFailure,
        m_request.host + " leads to the internal address " + address + ", which was not followed",
        "a registry has no business there; when it is your own, reach it by its internal address, too",
        {}};
    return false;
}

void HttpSession::Transfer::configureMethod() {
    CURL* easy = m_handles.easy;
    const std::string& method = m_request.method;
    if (!m_request.form.empty()) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_request.form.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, m_request.form.c_str());
    } else if (m_request.body != nullptr) {
        curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(m_request.body->size));
        curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, kSendBuffer);
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, onSend);
        curl_easy_setopt(easy, CURLOPT_READDATA, this);
        curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, onSeek);
        curl_easy_setopt(easy, CURLOPT_SEEKDATA, this);
    } else if (method == "POST" || method == "PUT") {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t{0});
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "");
    } else if (method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (!method.empty())
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method.c_str());
}

std::size_t HttpSession::Transfer::onSend(char* buffer, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->give(buffer, size * count);
}

int HttpSession::Transfer::onSeek(void* self, curl_off_t offset, int origin) {
    auto* transfer = static_cast<Transfer*>(self);
    if (origin != SEEK_SET || offset < 0 ||
        static_cast<std::uint64_t>(offset) > transfer->m_request.body->size)
        return CURL_SEEKFUNC_FAIL;
    transfer->m_sent = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

std::size_t HttpSession::Transfer::give(char* buffer, std::size_t room) {
    const HttpBody& body = *m_request.body;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(room, body.size - m_sent));
    if (wanted == 0)
        return 0;
    auto count = body.read(m_sent, buffer, wanted);
    if (count && (*count == 0 || *count > wanted))
        count = fail(ErrorCode::Internal, "what is to be sent has ended early");
    if (!count) {
        m_ended = std::move(count).error();
        return CURL_READFUNC_ABORT;
    }
    m_sent += *count;
    return *count;
}

std::size_t HttpSession::Transfer::onHeader(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.m_headerBytes += size * count;
    if (transfer.m_headerBytes > kMostHeaderBytes)
        return CURL_WRITEFUNC_ERROR;
    transfer.addHeader({data, size * count});
    return size * count;
}

std::size_t HttpSession::Transfer::onBody(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->take({data, size * count});
}

// Every answer on the way passes here: 100 Continue, redirections, the final one. A status line starts anew.
void HttpSession::Transfer::addHeader(std::string_view line) {
    if (line.starts_with("HTTP/")) {
        m_head = HttpHead();
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.size() > kLongestHeader ||
        m_head.headers.size() >= kMostHeaders)
        return;
    m_head.headers.emplace_back(lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
}

Result<void> HttpSession::Transfer::beginBody() {
    if (m_bodyBegun)
        return {};
    m_bodyBegun = true;
    long version = 0;
    long redirections = 0;
    curl_off_t retryAfter = 0;
    curl_easy_getinfo(m_handles.easy, CURLINFO_RESPONSE_CODE, &m_head.status);
    curl_easy_getinfo(m_handles.easy, CURLINFO_HTTP_VERSION, &version);
    curl_easy_getinfo(m_handles.easy, CURLINFO_REDIRECT_COUNT, &redirections);
    curl_easy_getinfo(m_handles.easy, CURLINFO_RETRY_AFTER, &retryAfter);
    m_head.http2 = version >= CURL_HTTP_VERSION_2_0;
    m_head.redirected = redirections > 0;
    m_head.retryAfter = std::chrono::seconds(std::max<curl_off_t>(retryAfter, 0)); // a date may be past
    return isSuccess() ? m_receiver.head(m_head) : Result<void>();
}

// Returning less than was given makes curl end the transfer.
std::size_t HttpSession::Transfer::take(std::string_view bytes) {
    Result<void> taken = beginBody();
    if (taken && isSuccess()) {
        const Clock::time_point before = Clock::now();
        taken = m_receiver.body(bytes);
        const auto time = Clock::now() - before; // the receiver's is not the network's
        m_mark += time;
        m_window += time;
    } else if (taken) {
        m_errorBody.append(bytes.substr(0, kLongestErrorBody - m_errorBody.size()));
        m_errorBodyFull = m_errorBody.size() >= kLongestErrorBody;
        if (m_errorBodyFull)
            return CURL_WRITEFUNC_ERROR;
    }
    if (!taken) {
        m_ended = std::move(taken).error();
        return CURL_WRITEFUNC_ERROR;
    }
    m_inWindow += bytes.size();
    m_sinceMark += bytes.size();
    if (m_sinceMark >= kLeastBytes) {
        m_mark = Clock::now();
        m_sinceMark = 0;
    }
    return bytes.size();
}

// A connection that takes what is sent is not silent.
void HttpSession::Transfer::noteUpload() {
    curl_off_t uploaded = 0;
    curl_easy_getinfo(m_handles.easy, CURLINFO_SIZE_UPLOAD_T, &uploaded);
    if (m_request.body == nullptr || uploaded == m_uploaded)
        return;
    m_uploaded = uploaded;
    m_mark = Clock::now();
}

// The transfer's end, or nothing when it was cancelled (m_ended).
std::optional<CURLcode> HttpSession::Transfer::loop(const Cancellation& cancellation) {
    constexpr std::chrono::milliseconds kAskAgain{50}; // only when the cancellation has no descriptor
    int running = 1;
    while (true) {
        if (auto going = cancellation.check(); !going) {
            m_ended = std::move(going).error();
            return std::nullopt;
        }
        if (const CURLMcode code = curl_multi_perform(m_handles.multi, &running); code != CURLM_OK)
            return CURLE_FAILED_INIT;
        if (running == 0)
            break;
        noteUpload();
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_mark + patience() - Clock::now());
        if (left.count() <= 0)
            return CURLE_OPERATION_TIMEDOUT;
        if (isTooSlow())
            return std::nullopt;
        curl_waitfd wait{cancellation.fd(), CURL_WAIT_POLLIN, 0};
        const bool hasFd = cancellation.fd() >= 0;
        const auto time = hasFd ? std::min(left, std::chrono::milliseconds(1000)) : std::min(left, kAskAgain);
        curl_multi_poll(m_handles.multi, &wait, hasFd ? 1 : 0, static_cast<int>(time.count()), nullptr);
    }
    int queued = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_handles.multi, &queued)) {
        if (message->msg == CURLMSG_DONE)
            return message->data.result;
    }
    return CURLE_FAILED_INIT;
}

bool HttpSession::Transfer::isTooSlow() {
    const auto time = Clock::now() - m_window;
    // What is sent is not what is measured here.
    if (m_request.longest || m_request.body != nullptr || time < m_settings.rateWindow)
        return false;
    const double rate = static_cast<double>(m_inWindow) / std::chrono::duration<double>(time).count();
    m_isTooSlow = rate < static_cast<double>(m_settings.leastRate);
    m_window = Clock::now();
    m_inWindow = 0;
    return m_isTooSlow;
}

tl::unexpected<HttpFailure> HttpSession::Transfer::failed(CURLcode code) {
    if (m_nonsense)
        return tl::unexpected(HttpFailure{HttpFailure::Kind::Nonsense, std::move(*m_nonsense)});
    if (m_isTooSlow)
        return tl::unexpected(HttpFailure{
            HttpFailure::Kind::TooSlow,
            {ErrorCode::Unreachable,
             m_request.host + " sends less than " + std::to_string(m_settings.leastRate) + " bytes a second",
             "try again later, or from a faster network",
             {}}});
    if (m_headerBytes > kMostHeaderBytes)
        code = CURLE_OUT_OF_MEMORY;
    if (m_ended)
        return tl::unexpected(HttpFailure{HttpFailure::Kind::Ended, std::move(*m_ended)});
    // curl reports an answer without a status line (HTTP/0.9), or a status that is none, under the same code
    // as a forbidden redirection.
    if (code == CURLE_UNSUPPORTED_PROTOCOL &&
        std::string_view(m_detail).find("HTTP") != std::string_view::npos)
        code = CURLE_WEIRD_SERVER_REPLY;
    curl_off_t ready = 0; // 0: the connection, TLS included, never stood
    curl_easy_getinfo(m_handles.easy, CURLINFO_PRETRANSFER_TIME_T, &ready);
    const bool neverStood = code == CURLE_OPERATION_TIMEDOUT && ready == 0;
    return tl::unexpected(HttpFailure{neverStood ? HttpFailure::Kind::NoContact : kindOf(code),
                                      errorOf(code, m_request.host, static_cast<const char*>(m_detail))});
}

tl::expected<HttpAnswer, HttpFailure> HttpSession::Transfer::run(const Cancellation& cancellation) {
    configure();
    if (curl_multi_add_handle(m_handles.multi, m_handles.easy) != CURLM_OK)
        return failed(CURLE_FAILED_INIT);
    const auto code = loop(cancellation);
    // Ends the transfer; a connection in the middle of an answer is closed, a finished one is kept.
    curl_multi_remove_handle(m_handles.multi, m_handles.easy);
    if (!code || m_ended || (*code != CURLE_OK && !m_errorBodyFull))
        return failed(code.value_or(CURLE_OK));
    if (auto begun = beginBody(); !begun) {
        m_ended = std::move(begun).error();
        return failed(CURLE_OK);
    }
    return HttpAnswer{std::move(m_head), std::move(m_errorBody)};
}

HttpSession::HttpSession(HttpSettings settings)
    : m_settings(std::move(settings)) {}
HttpSession::~HttpSession() = default;

Result<std::unique_ptr<HttpSession>> HttpSession::create(HttpSettings settings) {
    // Thread-safe since C++11; libcurl is never cleaned up, other threads may still use it at exit.
    static const CURLcode initialized = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (initialized != CURLE_OK)
        return fail(ErrorCode::SystemFailure,
                    "libcurl does not start: " + std::string(curl_easy_strerror(initialized)));
    std::unique_ptr<HttpSession> session(new HttpSession(std::move(settings)));
    session->m_handles = std::make_unique<Handles>(session->m_settings);
    if (session->m_handles->multi == nullptr || session->m_handles->easy == nullptr)
        return fail(ErrorCode::SystemFailure, "libcurl has no memory for a session");
    return session;
}

tl::expected<HttpAnswer, HttpFailure> HttpSession::run(const HttpCall& request, HttpReceiver& receiver,
                                                       const Cancellation& cancellation) {
    return Transfer(*m_handles, m_settings, request, receiver).run(cancellation);
}

Result<void> waitFor(std::chrono::milliseconds time, const Cancellation& cancellation) {
    const auto end = Clock::now() + time;
    while (true) {
        TRY(cancellation.check());
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
        if (left.count() <= 0)
            return {};
        pollfd wait{cancellation.fd(), POLLIN, 0}; // poll(2) ignores a negative descriptor
        const auto most = cancellation.fd() >= 0 ? left : std::min(left, std::chrono::milliseconds(50));
        (void)::poll(&wait, 1, static_cast<int>(most.count()));
    }
}

} // namespace escale
