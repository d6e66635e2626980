#include "helper/service/step_folder.h"

#include "engine/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace escale {

Result<StepFolder> StepFolder::make(const BuildWork& work) {
    TRY_ASSIGN(std::string path, work.parts.cache.makeStepFolder());
    return StepFolder(work, std::move(path));
}

StepFolder::StepFolder(StepFolder&& other) noexcept
    : m_work(other.m_work)
    , m_path(std::exchange(other.m_path, {})) {}

StepFolder::~StepFolder() {
    if (!m_path.empty())
        m_work->parts.cache.removeLater(m_path);
}

Result<UniqueFd> StepFolder::makeOwned(const std::string& name) const {
    const std::string path = m_path + '/' + name;
    if (::mkdir(path.c_str(), 0755) != 0)
        return failErrno("cannot make folder " + path);
    if (::lchown(path.c_str(), m_work->idBase, m_work->idBase) != 0 || ::chmod(path.c_str(), 0755) != 0)
        return failErrno("cannot hand " + path + " to its owner");
    return openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

} // namespace escale
