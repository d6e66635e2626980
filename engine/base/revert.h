// Undo steps registered where a resource is made; run in reverse order unless commit() was called.
//
//   Revert revert;
//   TRY(makeInterface(name));
//   revert.add([name] { return removeInterface(name); });
//   if (auto moved = moveInterface(name); !moved)
//       return fail(revert.undo(std::move(moved).error()));   // failed undos join the error's causes
//   revert.commit();
//
// When neither undo() nor commit() was called (an early TRY), the destructor undoes, and prints failed undos
// on standard error: they are never lost.
#pragma once

#include "engine/base/result.h"

#include <functional>
#include <vector>

namespace escale {

class Revert {
public:
    using Step = std::function<Result<void>()>;

    Revert() = default;
    Revert(const Revert&) = delete;
    Revert& operator=(const Revert&) = delete;
    ~Revert();

    void add(Step step) { m_steps.push_back(std::move(step)); }
    void commit() { m_steps.clear(); }
    /// Runs the steps in reverse order and returns `error` with the failures of the undo as causes.
    [[nodiscard]] Error undo(Error error);

private:
    std::vector<Step> m_steps;
};

} // namespace escale
