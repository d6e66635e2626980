// A folder of the store's in which one step of a build works; it goes with this object.
#pragma once

#include "helper/service/build_work.h"

#include <string>

namespace escale {

class StepFolder {
public:
    static Result<StepFolder> make(const BuildWork& work);
    StepFolder(StepFolder&& other) noexcept;
    StepFolder& operator=(StepFolder&&) = delete;
    ~StepFolder();

    [[nodiscard]] const std::string& path() const { return m_path; }
    /// Of what the step changes: as overlay has it.
    [[nodiscard]] std::string upper() const { return m_path + "/upper"; }
    /// An empty folder in it, of the build's root: to read and write in.
    [[nodiscard]] Result<UniqueFd> makeOwned(const std::string& name) const;

private:
    StepFolder(const BuildWork& work, std::string path)
        : m_work(&work)
        , m_path(std::move(path)) {}
    const BuildWork* m_work;
    std::string m_path; // empty: moved from
};

} // namespace escale
