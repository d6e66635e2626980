#include "helper/docker-api/images/transfer_progress.h"

#include "helper/docker-api/images/image_names.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace escale::docker_api {
namespace {

constexpr std::size_t kBar = 50; // characters

enum Stage { Known, Moving, Moved, There, Done };

Stage stageOf(const QString& phase) {
    if (phase == QLatin1String("downloading") || phase == QLatin1String("sending"))
        return Moving;
    if (phase == QLatin1String("present"))
        return There;
    return phase == QLatin1String("done") ? Done : Known; // "waiting", "packing"
}

std::string digits(double value, const char* unit) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4g%s", value, unit);
    return text.data();
}

} // namespace

std::string humanSize(std::uint64_t bytes) {
    constexpr std::array<const char*, 6> kUnits{"B", "kB", "MB", "GB", "TB", "PB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1000.0 && unit + 1 < kUnits.size(); ++unit)
        value /= 1000.0;
    return digits(value, kUnits.at(unit));
}

std::string progressBar(std::uint64_t done, std::uint64_t total) {
    if (total == 0)
        return humanSize(done);
    const std::uint64_t shown = std::min(done, total);
    const auto full =
        static_cast<std::size_t>(static_cast<double>(shown) / static_cast<double>(total) * kBar);
    return "[" + std::string(full, '=') + ">" + std::string(kBar - full, ' ') + "]  " + humanSize(shown) +
           "/" + humanSize(total);
}

Json progressLine(const std::string& status, const std::string& id, std::uint64_t done, std::uint64_t total) {
    Json detail;
    detail.set("current", done);
    if (total > 0)
        detail.set("total", total);
    return Json()
        .set("status", status)
        .set("progressDetail", detail)
        .set("progress", progressBar(done, total))
        .set("id", id);
}

Json errorLine(const std::string& message) {
    return Json().set("errorDetail", Json().set("message", message)).set("error", message);
}

std::vector<Json> TransferProgress::take(const QList<dbus::JobStep>& steps) {
    std::vector<Json> lines;
    const auto count = static_cast<std::size_t>(steps.size());
    m_layers.resize(std::max(m_layers.size(), count));
    for (std::size_t i = 0; i < count; ++i)
        tell(steps.at(static_cast<qsizetype>(i)), i, lines);
    return lines;
}

std::string TransferProgress::idOf(const dbus::JobStep& step, std::size_t index) const {
    return shortId(index < m_ids.size() ? m_ids[index] : step.id.toStdString());
}

void TransferProgress::tell(const dbus::JobStep& step, std::size_t index, std::vector<Json>& lines) {
    const bool isPull = m_kind == Kind::Pull;
    Layer& layer = m_layers[index];
    const std::string id = idOf(step, index);
    const Stage stage = stageOf(step.phase);
    const auto say = [&](Stage which, const char* status) {
        if (stage < which || layer.stage >= which)
            return;
        lines.push_back(Json().set("status", status).set("progressDetail", Json::Object()).set("id", id));
        layer.stage = which;
    };
    if (stage == There) {
        say(There, isPull ? "Already exists" : "Layer already exists");
        layer.stage = Done;
        return;
    }
    say(Known, isPull ? "Pulling fs layer" : "Preparing");
    if (stage == Moving && (layer.stage < Moving || step.done != layer.done)) {
        lines.push_back(progressLine(isPull ? "Downloading" : "Pushing", id, step.done, step.total));
        layer.stage = Moving;
        layer.done = step.done;
    }
    if (isPull)
        say(Moved, "Download complete");
    say(Done, isPull ? "Pull complete" : "Pushed");
}

} // namespace escale::docker_api
