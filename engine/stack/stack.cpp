#include "engine/stack/stack.h"

#include <array>
#include <utility>

namespace escale {
namespace {

constexpr std::array<std::pair<DependsOn, std::string_view>, 3> kConditions{
    {{DependsOn::Started, "service_started"},
     {DependsOn::Healthy, "service_healthy"},
     {DependsOn::CompletedSuccessfully, "service_completed_successfully"}}};

} // namespace

std::string_view dependsOnName(DependsOn condition) {
    return kConditions.at(static_cast<std::size_t>(condition)).second;
}

std::optional<DependsOn> dependsOnOf(std::string_view name) {
    for (const auto& [condition, text] : kConditions) {
        if (text == name)
            return condition;
    }
    return std::nullopt;
}

} // namespace escale
