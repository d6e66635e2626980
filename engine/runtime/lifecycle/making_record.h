// The record of how a container was made (engine/base/made_step.h): what this process does, and what the
// container's first process does until its program begins.
#pragma once

#include "engine/base/making.h"
#include "engine/base/result.h"
#include "engine/runtime/plan/plan.h"
#include "engine/runtime/spec/spec.h"

#include <memory>
#include <optional>
#include <string>

namespace escale {

class MakingRecord {
public:
    /// What the calling thread does is recorded from here on; null when `file` is empty, and nothing is. A
    /// record that is there already goes.
    static std::unique_ptr<MakingRecord> begin(const std::string& file);
    MakingRecord(const MakingRecord&) = delete;
    MakingRecord& operator=(const MakingRecord&) = delete;
    /// No file is left unless all was written.
    ~MakingRecord();

    /// Before clone3(2): makes the times (madeTimesFile()) that the child writes, and maps them.
    /// Failure is a warning in the log: a container is worth more than the record of it.
    void shareTimes(const Plan& plan);
    /// For child::Walk; without shareTimes() nothing is recorded.
    [[nodiscard]] child::Trace trace(const spec::Spec& spec) const;

    /// The container is there: nothing more is recorded here.
    void finish(Plan&& plan, spec::Spec&& spec, bool isNetworkMade);
    /// Writes the file; failure is a warning in the log. What the child does from then on is found in the
    /// times (readMadeSteps()).
    void write();

private:
    explicit MakingRecord(std::string file);
    Result<void> tryShareTimes(const Plan& plan);
    Result<void> tryWrite();
    [[nodiscard]] MadeSteps describe() const;
    [[nodiscard]] std::int64_t* times() const;
    [[nodiscard]] std::int32_t* ways() const;

    std::string m_file;
    std::optional<Making> m_making;
    MadeSteps m_steps;        // of this process
    void* m_shared = nullptr; // the file that the child writes, mapped: see madeTimesFile()
    std::size_t m_stepCount = 0;
    std::optional<Plan> m_plan; // these two since finish()
    std::optional<spec::Spec> m_spec;
    bool m_isNetworkMade = false;
    bool m_isWritten = false;
};

} // namespace escale
