#include "helper/docker-api/containers/log_request.h"

#include "helper/docker-api/api/times.h"

namespace escale::docker_api {
namespace {

// "" and "0" stand for none.
Result<void> readBound(const Query& query, std::string_view name, std::int64_t& into) {
    const std::string text = query.text(name);
    if (text.empty() || text == "0")
        return {};
    TRY_ASSIGN(into, readTime(text));
    return {};
}

} // namespace

Result<LogRequest> LogRequest::parse(const Query& query) {
    LogRequest request;
    request.form.output = query.flag("stdout");
    request.form.errors = query.flag("stderr");
    if (!request.form.output && !request.form.errors)
        return fail(ErrorCode::InvalidArgument, "Bad parameters: you must choose at least one stream");
    request.form.timestamps = query.flag("timestamps");
    request.form.details = query.flag("details");
    TRY(readBound(query, "since", request.form.since));
    TRY(readBound(query, "until", request.form.until));
    request.begin.since = request.form.since;
    if (const auto lines = query.number("tail"); lines && *lines >= 0)
        request.begin.tail = static_cast<std::uint64_t>(*lines);
    request.follow = query.flag("follow");
    return request;
}

} // namespace escale::docker_api
