#include "engine/runtime/lifecycle/making_record.h"

#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/base/made_step_json.h"
#include "engine/runtime/plan/described_plan.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace escale {
namespace {

bool letsPass(const spec::Seccomp& seccomp, const std::string& call) {
    const auto isAllowing = [](const std::string& action) {
        return action == "SCMP_ACT_ALLOW" || action == "SCMP_ACT_LOG";
    };
    bool isAllowed = isAllowing(seccomp.defaultAction);
    for (const auto& rule : seccomp.syscalls) {
        if (std::find(rule.names.begin(), rule.names.end(), call) == rule.names.end())
            continue;
        if (!isAllowing(rule.action) || !rule.args.empty())
            return false;
        isAllowed = true;
    }
    return isAllowed;
}

} // namespace

MakingRecord::MakingRecord(std::string file)
    : m_file(std::move(file)) {
    m_making.emplace(MadeBy::Runtime);
}

std::unique_ptr<MakingRecord> MakingRecord::begin(const std::string& file) {
    if (file.empty())
        return nullptr;
    ::unlink(file.c_str());
    ::unlink(madeTimesFile(file).c_str());
    return std::unique_ptr<MakingRecord>(new MakingRecord(file));
}

MakingRecord::~MakingRecord() {
    if (m_shared != nullptr)
        ::munmap(m_shared, madeTimesSize(m_stepCount));
    if (!m_isWritten)
        ::unlink(madeTimesFile(m_file).c_str());
}

void MakingRecord::shareTimes(const Plan& plan) {
    if (const auto shared = tryShareTimes(plan); !shared)
        logWarning("how the container is made is not recorded: " + shared.error().text());
}

Result<void> MakingRecord::tryShareTimes(const Plan& plan) {
    const std::size_t count = plan.steps().size();
    if (count >= kMostMadeSteps)
        return fail(ErrorCode::InvalidArgument,
                    "there are too many steps to record: " + std::to_string(count));
    const std::string path = madeTimesFile(m_file);
    TRY_ASSIGN(const UniqueFd file, openFile(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
    // Written, not only made longer: who touches a page first pays for it, and that must not be the
    // container's cgroup, which the file may outlive.
    TRY(writeAll(file.get(), std::string(madeTimesSize(count), '\0'), path));
    void* const data =
        ::mmap(nullptr, madeTimesSize(count), PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
    if (data == MAP_FAILED)
        return failErrno("cannot share memory with the container's first process");
    m_shared = data;
    m_stepCount = count;
    return {};
}

std::int64_t* MakingRecord::times() const {
    return static_cast<std::int64_t*>(m_shared);
}

std::int32_t* MakingRecord::ways() const {
    return reinterpret_cast<std::int32_t*>(times() + m_stepCount + 1);
}

child::Trace MakingRecord::trace(const spec::Spec& spec) const {
    child::Trace trace;
    if (m_shared == nullptr)
        return trace;
    trace.times = times();
    trace.ways = ways();
    trace.filterAllowsClock = spec.seccomp && letsPass(*spec.seccomp, "clock_gettime");
    return trace;
}

void MakingRecord::finish(Plan&& plan, spec::Spec&& spec, bool isNetworkMade) {
    m_steps = m_making->take();
    m_making.reset();
    m_plan.emplace(std::move(plan));
    m_spec.emplace(std::move(spec));
    m_isNetworkMade = isNetworkMade;
}

MadeSteps MakingRecord::describe() const {
    MadeSteps steps = m_steps;
    // The child may be writing: what is there now is looked at.
    std::vector<std::int64_t> allTimes(m_stepCount + 1);
    std::memcpy(allTimes.data(), times(), allTimes.size() * sizeof(std::int64_t));
    std::vector<std::int32_t> allWays(m_stepCount);
    std::memcpy(allWays.data(), ways(), allWays.size() * sizeof(std::int32_t));
    const DescribedPlan described(*m_plan, *m_spec, allWays, m_isNetworkMade);
    for (std::uint32_t i = 0; i < m_stepCount; ++i) {
        auto step = described.step(i);
        if (!step)
            continue;
        const auto time = madeTime(allTimes, i);
        step->begin = time.duration < 0 ? 0 : time.begin; // the reader finds it in the times
        step->duration = time.duration;
        steps.push_back(*std::move(step));
    }
    return steps;
}

void MakingRecord::write() {
    // Without times shareTimes() has said why.
    if (const auto written = m_shared != nullptr ? tryWrite() : Result<void>(); !written)
        logWarning("how the container was made is not recorded: " + written.error().text());
    m_plan.reset(); // with the mounts that it has open: `run` lives as long as the container
    m_spec.reset();
}

Result<void> MakingRecord::tryWrite() {
    const std::string json = madeStepsToJson(describe());
    if (json.size() > kLongestMadeRecord)
        return fail(ErrorCode::InvalidArgument, "the record of how the container was made is too long: " +
                                                    std::to_string(json.size()) + " bytes");
    // All or nothing for who reads; not kept over a crash of the machine, which ends the container as well.
    const std::string partly = m_file + ".part";
    TRY_ASSIGN(const UniqueFd file, openFile(partly, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600));
    auto written = writeAll(file.get(), json, partly);
    if (written && ::rename(partly.c_str(), m_file.c_str()) != 0)
        written = failErrno("cannot rename " + partly);
    if (!written)
        ::unlink(partly.c_str());
    m_isWritten = written.has_value();
    return written;
}

} // namespace escale
