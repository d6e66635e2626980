#include "helper/docker-api/containers/log_decoder.h"

#include "engine/base/json.h"
#include "engine/log/log_record.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace escale::docker_api {
namespace {

// A record as the monitor writes it: only its text and its time are not always as long.
constexpr std::string_view kBegin = R"({"log":")";
constexpr std::string_view kOutput = R"(","stream":"stdout","time":")";
constexpr std::string_view kErrors = R"(","stream":"stderr","time":")";
constexpr std::string_view kEnd = "\"}";
constexpr std::size_t kTime = std::string_view("2026-01-02T03:04:05.678901234Z").size();
constexpr std::size_t kSuffix = kOutput.size() + kTime + kEnd.size();

// "\n" as JSON has it, and not the end of "\\n".
bool endsLine(std::string_view escaped) {
    if (!escaped.ends_with("\\n"))
        return false;
    escaped.remove_suffix(1);
    const std::size_t last = escaped.find_last_not_of('\\');
    const std::size_t backslashes = escaped.size() - (last == std::string_view::npos ? 0 : last + 1);
    return backslashes % 2 == 1;
}

std::optional<unsigned> hexDigits(std::string_view text) {
    unsigned value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.size() != 4 || read.ec != std::errc() || read.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

void appendUtf8(unsigned code, std::string& out) {
    const auto put = [&out](unsigned byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

// Behind "\u": takes four digits, or twelve of a surrogate pair.
bool appendCode(std::string_view& rest, std::string& out) {
    const auto first = hexDigits(rest.substr(0, 4));
    if (!first)
        return false;
    rest.remove_prefix(4);
    unsigned code = *first;
    if (code >= 0xD800 && code < 0xDC00) {
        const auto second = rest.starts_with("\\u") ? hexDigits(rest.substr(2, 4)) : std::nullopt;
        if (!second || *second < 0xDC00 || *second > 0xDFFF)
            return false;
        rest.remove_prefix(6);
        code = 0x10000 + ((code - 0xD800) << 10) + (*second - 0xDC00);
    }
    appendUtf8(code, out);
    return true;
}

char escapeOf(char letter) {
    switch (letter) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case '"':
    case '\\':
    case '/':
        return letter;
    default:
        return '\0';
    }
}

} // namespace

bool appendUnescaped(std::string_view escaped, std::string& out) {
    while (!escaped.empty()) {
        const std::size_t plain = std::min(escaped.find('\\'), escaped.size());
        out.append(escaped.data(), plain);
        escaped.remove_prefix(plain);
        if (escaped.empty())
            return true;
        if (escaped.size() < 2)
            return false;
        const char letter = escaped[1];
        escaped.remove_prefix(2);
        if (letter == 'u') {
            if (!appendCode(escaped, out))
                return false;
            continue;
        }
        const char byte = escapeOf(letter);
        if (byte == '\0')
            return false;
        out.push_back(byte);
    }
    return true;
}

void LogDecoder::decode(std::string_view records, std::string& out) {
    while (!records.empty() && !m_isOver) {
        const std::size_t end = std::min(records.find('\n'), records.size());
        take(records.substr(0, end), out);
        records.remove_prefix(std::min(end + 1, records.size()));
    }
}

void LogDecoder::take(std::string_view record, std::string& out) {
    if (record.size() < kBegin.size() + kSuffix || !record.starts_with(kBegin) || !record.ends_with(kEnd))
        return takeUnusual(record, out);
    const std::string_view suffix = record.substr(record.size() - kSuffix);
    const bool isError = suffix.starts_with(kErrors);
    if (!isError && !suffix.starts_with(kOutput))
        return takeUnusual(record, out);
    put({record.substr(kBegin.size(), record.size() - kBegin.size() - kSuffix),
         suffix.substr(kOutput.size(), kTime), isError},
        out);
}

// Of an older version, or of somebody who has another order of the members.
void LogDecoder::takeUnusual(std::string_view record, std::string& out) {
    const auto read = parseLogRecord(record);
    if (!read)
        return;
    const std::string escaped = Json(read->text).dump();
    const std::string time = formatLogTime(read->time);
    put({std::string_view(escaped).substr(1, escaped.size() - 2), time, read->isError}, out);
}

bool LogDecoder::isWanted(const Parts& parts) {
    if (m_form.since == INT64_MIN && m_form.until == INT64_MAX)
        return true;
    const std::int64_t time = parseLogTime(parts.time).value_or(INT64_MIN);
    m_isOver = time > m_form.until;
    return time >= m_form.since && !m_isOver;
}

void LogDecoder::put(const Parts& parts, std::string& out) {
    if (!isWanted(parts))
        return;
    bool& isInLine = m_isInLine[parts.isError ? 1 : 0];
    const bool begins = !isInLine;
    isInLine = !endsLine(parts.escaped);
    if (parts.isError ? !m_form.errors : !m_form.output)
        return;
    const std::size_t head = out.size();
    if (m_form.framed)
        out.append(8, '\0');
    const std::size_t begin = out.size();
    if (m_form.timestamps && begins)
        out.append(parts.time).push_back(' ');
    if (m_form.details && begins)
        out.push_back(' ');
    if (!appendUnescaped(parts.escaped, out)) {
        out.resize(head); // damaged
        return;
    }
    if (!m_form.framed)
        return;
    const std::size_t size = out.size() - begin;
    out[head] = parts.isError ? '\2' : '\1';
    for (unsigned i = 0; i < 4; ++i)
        out[head + 4 + i] = static_cast<char>(size >> (24 - 8 * i) & 0xFF);
}

} // namespace escale::docker_api
