#include "engine/base/made_step_json.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/valid_text.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace escale {
namespace {

constexpr std::int64_t kUnknown = -1;                   // among the times
constexpr std::int64_t kLatest = std::int64_t{1} << 62; // 146 years: the sum of two is a number, too
constexpr std::array<std::string_view, 3> kMakers{"engine", "runtime", "container"}; // as MadeBy
constexpr std::array<std::string_view, 5> kMembers{"by", "operation", "details", "begin", "duration"};

tl::unexpected<Error> refuse(const std::string& why) {
    return fail(ErrorCode::InvalidArgument, why);
}

Result<MadeBy> parseMaker(const Json& step) {
    TRY_ASSIGN(const std::string word, step.getString("by"));
    const auto* const found = std::find(kMakers.begin(), kMakers.end(), word);
    if (found == kMakers.end())
        return refuse("\"by\" must be \"engine\", \"runtime\" or \"container\"");
    return static_cast<MadeBy>(found - kMakers.begin());
}

Result<std::vector<std::pair<std::string, std::string>>> parseDetails(const Json& details) {
    if (!details.isArray())
        return refuse("\"details\" must be a list");
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const Json& pair : details.items()) {
        const auto& words = pair.items();
        if (words.size() != 2 || !words[0].isString() || !words[1].isString())
            return refuse("each of \"details\" must be a list of two strings");
        pairs.emplace_back(words[0].toString(), words[1].toString());
    }
    return pairs;
}

Result<MadeStep> parseStep(const Json& json) {
    for (const auto& [name, value] : json.members()) {
        if (std::find(kMembers.begin(), kMembers.end(), name) == kMembers.end())
            return refuse("\"" + name.substr(0, 100) + "\" is not known");
    }
    MadeStep step;
    TRY_ASSIGN(step.by, parseMaker(json));
    TRY_ASSIGN(step.operation, json.getString("operation"));
    if (step.operation.empty())
        return refuse("\"operation\" must not be empty");
    TRY_ASSIGN(step.details, parseDetails(json.at("details")));
    TRY_ASSIGN(step.begin, json.getInteger("begin"));
    TRY_ASSIGN(step.duration, json.getInteger("duration"));
    if (step.begin < 0 || step.begin > kLatest || step.duration < -1 || step.duration > kLatest)
        return refuse("\"begin\" and \"duration\" must be times");
    return step;
}

Result<std::vector<std::int64_t>> readTimes(const std::string& file) {
    TRY_ASSIGN(const std::string bytes, readFile(file, madeTimesSize(kMostMadeSteps)));
    const std::size_t steps = bytes.size() / (madeTimesSize(1) - madeTimesSize(0));
    if (bytes.size() != madeTimesSize(steps))
        return refuse(file + " is cut off: it holds no whole times");
    std::vector<std::int64_t> times(steps + 1);
    std::memcpy(times.data(), bytes.data(), times.size() * sizeof(std::int64_t));
    std::int64_t last = 0;
    bool hasEnded = false;
    for (const std::int64_t time : times) { // each step is done after the one before it
        if (time < kUnknown || time > kLatest || (time != 0 && hasEnded) || (time > 0 && time < last))
            return refuse(file + " is damaged: its times do not follow each other");
        hasEnded = hasEnded || time == 0;
        last = std::max(last, time);
    }
    return times;
}

bool isOpen(const MadeStep& step) {
    return step.by == MadeBy::Container && step.duration < 0;
}

// `first`: the place in `steps` of the first that has no times yet.
Result<void> addTimes(MadeSteps& steps, std::size_t first, const std::string& file) {
    const std::size_t open = steps.size() - first;
    TRY_ASSIGN(const auto times, readTimes(file));
    if (times.size() < open + 1)
        return refuse(file + " is cut off: it holds fewer times than there are steps");
    for (std::size_t i = first; i < steps.size(); ++i) {
        const auto time = madeTime(times, times.size() - 1 - (steps.size() - i));
        steps[i].begin = time.begin;
        steps[i].duration = time.duration;
    }
    std::erase_if(steps, [](const MadeStep& step) { return isOpen(step) && step.begin == 0; });
    return {};
}

} // namespace

// Without a tree of values: a start is over when this runs, but the next one may wait for the processor.
std::string madeStepsToJson(const MadeSteps& steps) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    const auto text = [&](std::string_view one) {
        const std::string valid = validText(one);
        writer.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
    };
    const auto number = [&](const char* key, std::int64_t value) {
        writer.Key(key);
        writer.Int64(value);
    };
    writer.StartObject();
    writer.Key("steps");
    writer.StartArray();
    for (const auto& step : steps) {
        writer.StartObject();
        writer.Key("by");
        text(kMakers.at(static_cast<std::size_t>(step.by)));
        writer.Key("operation");
        text(step.operation);
        writer.Key("details");
        writer.StartArray();
        for (const auto& [key, value] : step.details) {
            writer.StartArray();
            text(key);
            text(value);
            writer.EndArray();
        }
        writer.EndArray();
        number("begin", step.begin);
        number("duration", step.duration);
        writer.EndObject();
    }
    writer.EndArray();
    writer.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

Result<MadeSteps> parseMadeSteps(std::string_view json) {
    if (json.size() > kLongestMadeRecord)
        return refuse("the record is longer than " + std::to_string(kLongestMadeRecord) + " bytes");
    TRY_ASSIGN(const Json document, Json::parse(json));
    const Json& list = document.at("steps");
    if (!list.isArray() || document.members().size() != 1)
        return refuse("the record must be an object with the list \"steps\" alone");
    if (list.items().size() > kMostMadeSteps)
        return refuse("the record has more than " + std::to_string(kMostMadeSteps) + " steps");
    MadeSteps steps;
    for (const Json& item : list.items()) {
        auto step = parseStep(item);
        if (!step)
            return fail(std::move(step).error().prefixed("step " + std::to_string(steps.size())));
        steps.push_back(*std::move(step));
    }
    return steps;
}

std::string madeTimesFile(const std::string& record) {
    return record + ".times";
}

MadeTime madeTime(std::span<const std::int64_t> times, std::size_t step) {
    const std::int64_t begin = times[step];
    const std::int64_t end = times[step + 1];
    if (begin == kUnknown) { // after the last that is known
        const auto known = std::find_if(times.rbegin() + static_cast<std::ptrdiff_t>(times.size() - step),
                                        times.rend(), [](std::int64_t time) { return time > 0; });
        return {known == times.rend() ? 1 : *known, -1};
    }
    return {begin, begin != 0 && end > 0 ? end - begin : -1};
}

Result<MadeSteps> readMadeSteps(const std::string& record) {
    TRY_ASSIGN(const std::string text, readFile(record, kLongestMadeRecord));
    auto steps = parseMadeSteps(text);
    if (!steps)
        return fail(std::move(steps).error().prefixed(record));
    const auto lastDone = std::find_if_not(steps->rbegin(), steps->rend(), isOpen);
    const auto first = static_cast<std::size_t>(steps->rend() - lastDone);
    if (first < steps->size())
        TRY(addTimes(*steps, first, madeTimesFile(record)));
    return steps;
}

} // namespace escale
