// The steps of a plan in words: what the container's first process has done, for the record of a start.
#pragma once

#include "engine/base/made_step.h"
#include "engine/runtime/plan/plan.h"
#include "engine/runtime/spec/spec.h"

#include <cstdint>
#include <optional>
#include <span>

namespace escale {

class DescribedPlan {
public:
    /// All are borrowed. `ways`: child::Trace::ways of each step, as far as it has come. `isNetworkMade`: the
    /// runtime has made the network namespace.
    DescribedPlan(const Plan& plan, const spec::Spec& spec, std::span<const std::int32_t> ways,
                  bool isNetworkMade)
        : m_plan(plan)
        , m_spec(spec)
        , m_ways(ways)
        , m_isNetworkMade(isNetworkMade) {}

    /// Without its times; nothing for one that had nothing to do.
    [[nodiscard]] std::optional<MadeStep> step(std::uint32_t index) const;

private:
    [[nodiscard]] MadeStep namespaceStep(std::uint32_t index) const;
    [[nodiscard]] MadeStep mountStep(std::uint32_t index) const;
    [[nodiscard]] MadeStep pathStep(std::uint32_t index) const;
    [[nodiscard]] MadeStep descriptorStep(std::uint32_t index) const;
    [[nodiscard]] MadeStep identityStep(std::uint32_t index) const;
    [[nodiscard]] MadeStep programStep(std::uint32_t index) const;
    [[nodiscard]] MadeStep attachment(std::uint32_t index) const;
    [[nodiscard]] MadeStep seccomp(const child::Step& step) const;
    [[nodiscard]] MadeStep execution(const child::Step& step) const;
    [[nodiscard]] MountOrigin originOf(int slot) const;
    [[nodiscard]] std::string targetOf(int slot) const;
    [[nodiscard]] std::string fullPath(const child::Step& step) const;
    [[nodiscard]] std::string programFound() const;
    [[nodiscard]] std::string labelFile(int slot) const;
    [[nodiscard]] bool wentOtherWay(std::uint32_t index) const { return m_ways[index] == child::kOtherWay; }
    [[nodiscard]] const child::Step* find(child::StepKind kind, int slot = -1) const;

    const Plan& m_plan;
    const spec::Spec& m_spec;
    std::span<const std::int32_t> m_ways;
    bool m_isNetworkMade;
};

} // namespace escale
