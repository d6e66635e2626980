// A container's log, record by record, in the form that a client gets it: what was written, as it is for a
// terminal, in frames of the two streams else (Engine API, "Attach to a container": stream format). Without a
// word of heap for a line.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace escale::docker_api {

struct LogForm {
    bool output = true, errors = true; // which streams
    bool framed = true;                // else as it is
    bool timestamps = false;           // before each line
    bool details = false;           // a log of ours has none: a space before each line, as dockerd has then
    std::int64_t since = INT64_MIN; // nanoseconds since 1970, both included
    std::int64_t until = INT64_MAX;
};

class LogDecoder {
public:
    explicit LogDecoder(const LogForm& form)
        : m_form(form) {}

    /// Appends what a client sees of whole records, each with its newline, to `out`. What is no record is
    /// passed over.
    void decode(std::string_view records, std::string& out);
    /// A record was later than `until`: what follows is, too.
    [[nodiscard]] bool isOver() const { return m_isOver; }

private:
    struct Parts {
        std::string_view escaped; // the text as JSON has it
        std::string_view time;    // as the log has it
        bool isError = false;
    };
    void take(std::string_view record, std::string& out);
    void takeUnusual(std::string_view record, std::string& out);
    void put(const Parts& parts, std::string& out);
    [[nodiscard]] bool isWanted(const Parts& parts);

    LogForm m_form;
    std::array<bool, 2> m_isInLine{}; // of each stream: the last record did not end its line
    bool m_isOver = false;
};

/// The text of a JSON string's inside, appended to `out`. False: it is none.
bool appendUnescaped(std::string_view escaped, std::string& out);

} // namespace escale::docker_api
