#include "helper/docker-api/http/read_request.h"

#include <boost/beast/http/read.hpp>

#include <algorithm>
#include <limits>

namespace escale::docker_api {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::uint32_t kLongestHead = 64 * 1024;

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return result;
}

Refusal refusalOf(const error_code& error) {
    if (error == asio::error::timed_out)
        return {408, "the request's head did not come in time"};
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return {431, "the request's head is longer than " + std::to_string(kLongestHead) + " bytes"};
    if (error == http::error::bad_version)
        return {505, "this service speaks HTTP/1.1 and HTTP/1.0"};
    if (error.category() != http::make_error_code(http::error::bad_method).category() ||
        error == http::error::end_of_stream || error == http::error::partial_message)
        return {}; // the client has gone, or the service stops
    return {400, "this is no HTTP request: " + error.message()};
}

bool hasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// "http://localhost/path" of clients that take us for a proxy (RFC 7230, 5.3.2) as "/path".
std::string_view originForm(std::string_view target) {
    constexpr std::string_view kScheme = "http://";
    if (!lowered(target.substr(0, kScheme.size())).starts_with(kScheme))
        return target;
    const std::size_t path = target.find_first_of("/?", kScheme.size());
    return path == std::string_view::npos ? "/" : target.substr(path);
}

// What the head says of what follows it.
Refusal checkFraming(const Connection::Parser& parser) {
    const auto& head = parser.get();
    const std::string encoding = lowered(view(head[http::field::transfer_encoding]));
    if (head.count(http::field::transfer_encoding) > 1 || (!encoding.empty() && encoding != "chunked"))
        return {501, "no other transfer encoding than \"chunked\" is understood"};
    const std::string expected = lowered(view(head[http::field::expect]));
    if (!expected.empty() && expected != "100-continue")
        return {417, "nothing but \"100-continue\" can be expected of this service"};
    return {};
}

tl::expected<Request, Refusal> requestOf(const Connection::Parser& parser) {
    if (Refusal refusal = checkFraming(parser); refusal.status != 0)
        return tl::unexpected(std::move(refusal));
    Request request;
    const auto& head = parser.get();
    request.method = view(head.method_string());
    const std::string_view target = originForm(view(head.target()));
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question); // decoded part by part by whoever takes it apart
    if (!request.path.starts_with('/') || hasControl(percentDecoded(request.path, false)))
        return tl::unexpected(Refusal{400, "the request's path is none"});
    const std::string_view query = target.substr(std::min(question + 1, target.size()));
    if (percentDecoded(query, true).find('\0') != std::string::npos)
        return tl::unexpected(Refusal{400, "the request's query has a NUL character"});
    request.query = Query::parse(query);
    for (const auto& field : head)
        request.headers.emplace_back(lowered(view(field.name_string())), view(field.value()));
    return request;
}

} // namespace

tl::expected<Request, Refusal> readRequest(Connection& connection) {
    auto& parser = connection.parser.emplace();
    parser.header_limit(kLongestHead);
    parser.body_limit(
        std::numeric_limits<std::uint64_t>::max()); // Boost 1.74 takes none for 0 where a length is given
    parser.eager(false);
    error_code error;
    http::read_header(connection.stream, connection.buffer, parser, error);
    if (error)
        return tl::unexpected(refusalOf(error));
    auto request = requestOf(parser);
    const bool isNew = parser.get().version() >= 11;
    connection.keepsAlive = parser.get().keep_alive();
    connection.mustContinue = isNew && parser.get().count(http::field::expect) > 0;
    return request;
}

} // namespace escale::docker_api
