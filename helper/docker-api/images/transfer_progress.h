// The lines that a client sees of a pull or a push, made of what a job tells of its steps. Pure.
#pragma once

#include "engine/base/json.h"
#include "helper/dbus/types.h"

#include <string>
#include <vector>

namespace escale::docker_api {

/// {"status", "id", "progressDetail", "progress"}, as docker prints it; `total` 0: unknown, then there is no
/// bar.
Json progressLine(const std::string& status, const std::string& id, std::uint64_t done, std::uint64_t total);
/// "[====>      ]  1.5MB/3MB"
std::string progressBar(std::uint64_t done, std::uint64_t total);
/// "1.5MB", as Docker writes sizes: powers of 1000, four digits at most.
std::string humanSize(std::uint64_t bytes);
/// {"errorDetail": {"message"}, "error"}
Json errorLine(const std::string& message);

/// What has changed since the last time: every layer passes through all the words that stand before its
/// phase, also when its job was quicker than its news.
class TransferProgress {
public:
    enum class Kind { Pull, Push };
    /// `ids`: by which the layers are shown, when not by their own digests.
    explicit TransferProgress(Kind kind, std::vector<std::string> ids = {})
        : m_kind(kind)
        , m_ids(std::move(ids)) {}

    std::vector<Json> take(const QList<dbus::JobStep>& steps);

private:
    struct Layer {
        int stage = -1; // of stagesOf(); the last that was told
        std::uint64_t done = 0;
    };
    [[nodiscard]] std::string idOf(const dbus::JobStep& step, std::size_t index) const;
    void tell(const dbus::JobStep& step, std::size_t index, std::vector<Json>& lines);

    Kind m_kind;
    std::vector<std::string> m_ids;
    std::vector<Layer> m_layers; // by their place
};

} // namespace escale::docker_api
