// Which images stages are made of, and for which platform.
#include "engine/build/expand.h"
#include "engine/build/lint/rules.h"

#include <algorithm>
#include <cctype>

namespace escale::lintrules {
namespace {

bool hasVariable(std::string_view text) {
    return contains(text, "$");
}

// Words that stand for "whatever is newest", or "whatever is called good".
bool isMovingTag(std::string_view tag) {
    return isAnyOf(lowerCase(tag), {"stable", "unstable", "testing", "edge", "nightly", "rolling", "main",
                                    "master", "dev", "devel", "development", "current", "mainline", "lts",
                                    "canary", "next", "head", "snapshot"});
}

void checkPin(const Stage& stage, Report& report) {
    const ImageName& image = stage.image;
    if (stage.parent || stage.base == "scratch" || !image.digest.empty())
        return;
    const SourceRange range = stage.baseWord().range;
    if (image.tag.empty()) {
        if (!stage.base.starts_with("$"))
            report.add("DL3006", range, {stage.base});
    } else if (image.tag == "latest") {
        report.add("DL3007", range, {image.name});
    } else if (isMovingTag(image.tag)) {
        report.add("ES1001", range, {image.tag});
    }
}

bool isTrusted(const std::vector<std::string>& trusted, const std::string& registry) {
    return std::any_of(trusted.begin(), trusted.end(), [&](const std::string& allowed) {
        if (allowed == "*")
            return true;
        if (allowed.starts_with("*"))
            return registry.ends_with(std::string_view(allowed).substr(1));
        if (allowed.ends_with("*"))
            return registry.starts_with(std::string_view(allowed).substr(0, allowed.size() - 1));
        return registry == allowed;
    });
}

void checkRegistry(const Input& input, std::string_view name, std::size_t below, SourceRange range,
                   Report& report) {
    const auto& trusted = input.settings.trustedRegistries;
    if (trusted.empty() || name.empty() || name == "scratch" || input.findStage(name, below) != nullptr)
        return;
    const std::string registry = readImageName(name).registry;
    const bool isAllowed = registry.empty()
                               ? isTrusted(trusted, "docker.io") || isTrusted(trusted, "hub.docker.com")
                               : isTrusted(trusted, registry);
    if (!isAllowed)
        report.add("DL3026", range, {std::string(name)});
}

void checkRegistries(const Input& input, Report& report) {
    for (std::size_t i = 0; i < input.stages.size(); ++i) {
        const Stage& stage = input.stages[i];
        checkRegistry(input, stage.base, i, stage.baseWord().range, report);
        for (const auto& step : stage.steps) {
            if (const auto* from = step.instruction->flag("from"); from != nullptr && step.is(Keyword::Copy))
                checkRegistry(input, from->value.value_or(""), i, from->range, report);
            for (const auto& mount : step.mounts)
                checkRegistry(input, mount.from, i, step.instruction->range, report);
        }
    }
}

bool isTargetPlatform(std::string_view platform) {
    return platform == "$TARGETPLATFORM" || platform == "${TARGETPLATFORM}";
}

// "linux/arm64" names no stage that is made for it.
bool isNamedAfter(const Stage& stage) {
    const std::string name = lowerCase(stage.name);
    std::string_view rest = stage.platform;
    for (int part = 0; part < 2 && !rest.empty(); ++part) {
        const auto slash = std::min(rest.find('/'), rest.size());
        if (slash > 0 && contains(name, rest.substr(0, slash)))
            return true;
        rest.remove_prefix(std::min(slash + 1, rest.size()));
    }
    return false;
}

void checkPlatform(const Stage& stage, Report& report) {
    const auto* flag = stage.from->flag("platform");
    if (flag == nullptr || stage.platform.empty())
        return;
    if (isTargetPlatform(stage.platform)) {
        const QuickFix fix =
            replacement({flag->range.begin, {flag->range.end.line, flag->range.end.column + 1}}, "");
        const bool isFollowed = stage.baseWord().range.begin.line == flag->range.end.line;
        for (const auto rule : {"DL3065", "RedundantTargetPlatform"})
            report.add(rule, flag->range, {}, isFollowed ? std::optional(fix) : std::nullopt);
    }
    if (!contains(stage.platform, "BUILDPLATFORM") && !contains(stage.platform, "TARGETPLATFORM"))
        report.add("DL3029", flag->range, {stage.platform});
    if (!hasVariable(stage.platform) && !isNamedAfter(stage))
        report.add("FromPlatformFlagConstDisallowed", flag->range, {stage.platform});
}

bool isPredefined(std::string_view name) {
    return isAnyOf(name, {"BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT",
                          "TARGETPLATFORM", "TARGETOS", "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT",
                          "TARGETSTAGE"});
}

// The ARGs before the first FROM with their defaults: "" of those without.
std::map<std::string, std::string> globalArguments(const Input& input) {
    std::map<std::string, std::string> values;
    const auto lookup = [&values](const std::string& name) -> std::optional<std::string> {
        const auto found = values.find(name);
        return found != values.end() ? std::optional(found->second)
               : isPredefined(name)  ? std::optional<std::string>("linux")
                                     : std::nullopt;
    };
    for (const auto& argument : input.build.arguments) {
        const auto value = expandVariables(argument.value.value_or(""), lookup);
        values[argument.name] = value ? value->text : std::string();
    }
    return values;
}

// What docker/distribution takes for a name: lower case words with single separators.
bool isImageReference(std::string_view text) {
    const ImageName image = readImageName(text);
    std::string_view rest = image.name;
    if (!image.registry.empty())
        rest.remove_prefix(image.registry.size() + 1);
    if (rest.empty() || rest.front() == '/' || rest.back() == '/' || contains(rest, "//"))
        return false;
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
               c == '/';
    };
    const bool tagMissing = image.tag.empty() && !text.empty() && text.back() == ':';
    return std::all_of(rest.begin(), rest.end(), fits) && !tagMissing &&
           std::all_of(image.tag.begin(), image.tag.end(), [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) != 0 || contains("._-", {&c, 1});
           });
}

void checkArguments(const Input& input, Report& report) {
    const auto values = globalArguments(input);
    const auto lookup = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = values.find(name);
        return found != values.end() ? std::optional(found->second)
               : isPredefined(name)  ? std::optional<std::string>("linux")
                                     : std::nullopt;
    };
    for (const Stage& stage : input.stages) {
        const auto base = expandVariables(stage.base, lookup);
        const auto* flag = stage.from->flag("platform");
        const auto platform = expandVariables(stage.platform, lookup);
        if (base && !stage.parent && hasVariable(stage.base) && !isImageReference(base->text))
            report.add("InvalidDefaultArgInFrom", stage.baseWord().range, {stage.base});
        for (const auto& name : base ? base->unset : std::set<std::string>())
            report.add("UndefinedArgInFrom", stage.baseWord().range, {name});
        for (const auto& name : platform&& flag != nullptr ? platform->unset : std::set<std::string>())
            report.add("UndefinedArgInFrom", flag->range, {name});
    }
}

void checkFoundPlatform(const Input& input, const Stage& stage, Report& report) {
    const auto found = input.context.images.find(stage.base);
    const std::string& target = input.context.targetPlatform;
    if (found == input.context.images.end() || target.empty() || stage.parent)
        return;
    const bool isBuildPlatform = contains(stage.platform, "BUILDPLATFORM");
    const std::string wanted =
        stage.platform.empty() || hasVariable(stage.platform) ? target : stage.platform;
    if (!isBuildPlatform && !found->second.platform.empty() && found->second.platform != wanted)
        report.add("InvalidBaseImagePlatform", stage.baseWord().range,
                   {stage.base, found->second.platform, wanted});
}

} // namespace

void checkBaseImages(const Input& input, Report& report) {
    for (const Stage& stage : input.stages) {
        checkPin(stage, report);
        checkPlatform(stage, report);
        checkFoundPlatform(input, stage, report);
    }
    checkRegistries(input, report);
    checkArguments(input, report);
}

} // namespace escale::lintrules
