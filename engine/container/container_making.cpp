#include "engine/container/container_making.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/made_step_json.h"
#include "engine/container/containers_state.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

namespace escale {
namespace {

constexpr const char* kEngineMaking = "/making.engine";
constexpr std::size_t kLongest = 256 * 1024; // of a half

std::size_t sizeOf(const MadeStep& step) {
    std::size_t size = 100 + step.operation.size(); // about what is around it
    for (const auto& [key, value] : step.details)
        size += key.size() + value.size() + 10;
    return size;
}

void shorten(MadeSteps& steps) {
    std::size_t size = 0;
    const auto end = std::find_if(steps.begin(), steps.end(), [&size](const MadeStep& step) {
        size += sizeOf(step);
        return size > kLongest - 1024;
    });
    if (end == steps.end())
        return;
    const auto left = std::to_string(steps.end() - end);
    MadeStep last{MadeBy::Engine, "other", {{"what", "write down " + left + " more steps"}}, end->begin, -1};
    steps.erase(end, steps.end());
    steps.push_back(std::move(last));
}

Result<void> writeFile(const std::string& path, std::string_view text) {
    TRY_ASSIGN(const UniqueFd file, openFile(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600));
    return writeAll(file.get(), text, path);
}

// The first line is when, the rest the steps.
Result<ContainerMaking> readEngineMaking(const std::string& folder) {
    const std::string path = folder + kEngineMaking;
    TRY_ASSIGN(const std::string text, readFile(path, kLongestMadeRecord)); // escaped bytes are longer
    ContainerMaking making;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, making.started);
    if (error != std::errc{})
        return fail(ErrorCode::InvalidArgument, path + " is damaged");
    auto steps = parseMadeSteps({rest, static_cast<std::size_t>(end - rest)});
    if (!steps)
        return fail(std::move(steps).error().prefixed(path));
    making.steps = *std::move(steps);
    return making;
}

} // namespace

Result<void> writeEngineMaking(const std::string& bundle, std::int64_t started, MadeSteps steps) {
    shorten(steps);
    return writeFile(bundle + kEngineMaking, std::to_string(started) + "\n" + madeStepsToJson(steps));
}

Result<void> keepMaking(const std::string& bundle, const std::string& folder) {
    if (!exists(bundle + kEngineMaking))
        return {};
    const std::string runtime = kRuntimeMaking;
    const std::string halves[] = {runtime, madeTimesFile(runtime), kEngineMaking};
    const auto copy = [&]() -> Result<void> {
        for (const auto& name : halves) {
            const auto text = readFile(bundle + name, kLongestMadeRecord);
            if (text)
                TRY(writeFile(folder + name, *text));
            else if (text.error().code == ErrorCode::NotFound)
                ::unlink((folder + name).c_str()); // an earlier start's
            else
                return fail(text.error());
        }
        return {};
    };
    auto copied = copy();
    if (!copied) {
        for (const auto& name : halves)
            ::unlink((folder + name).c_str());
    }
    return copied;
}

Result<ContainerMaking> readMaking(const std::string& folder, bool& isWhole) {
    TRY_ASSIGN(ContainerMaking making, readEngineMaking(folder));
    auto runtime = readMadeSteps(folder + kRuntimeMaking);
    isWhole = bool(runtime);
    if (runtime)
        std::move(runtime->begin(), runtime->end(), std::back_inserter(making.steps));
    std::stable_sort(making.steps.begin(), making.steps.end(),
                     [](const auto& one, const auto& other) { return one.begin < other.begin; });
    return making;
}

// Without the action lock: a stop may hold it for long. The record goes into the store before it goes from
// the bundle, so that looking in this order finds it.
Result<ContainerMaking> Containers::State::making(const std::string& id) {
    constexpr int kTries = 100;               // the runtime writes its half while the container goes on,
    constexpr std::int64_t kWriting = 10'000; // milliseconds after its start at most
    constexpr auto kPause = std::chrono::milliseconds(5);
    TRY_ASSIGN(Container container, m_records.byId(id));
    if (container.startedAt == 0)
        return fail(ErrorCode::NotFound, "the container " + container.options.name + " was not made yet",
                    "Start it.");
    for (int attempt = 0; attempt < kTries; ++attempt) {
        bool isWhole = false;
        auto making = readMaking(bundleOf(id), isWhole);
        const bool isInBundle = bool(making);
        if (!making)
            making = readMaking(m_store.containerFolder(id), isWhole);
        TRY_ASSIGN(container, m_records.byId(id)); // started anew meanwhile
        const bool isRight = making && making->started == container.startedAt;
        const bool mayCome = isInBundle && nowMilliseconds() - container.startedAt < kWriting;
        if (isRight && (isWhole || !mayCome || attempt + 1 == kTries))
            return making;
        if (!isRight && attempt > 0)
            break;
        std::this_thread::sleep_for(kPause);
    }
    return fail(ErrorCode::NotFound,
                "it is not known how the container " + container.options.name + " was made",
                "Start it anew: older versions of Escale wrote nothing down, and what runs while the machine "
                "is switched off loses its record.");
}

} // namespace escale
