#include "engine/build/lint/lint_configuration.h"

#include <yaml-cpp/yaml.h>

namespace escale {
namespace {

Error wrong(const std::string& what, std::string hint = {}) {
    return {ErrorCode::InvalidArgument, "the linter's configuration: " + what, std::move(hint), {}};
}

Result<std::string> textOf(const YAML::Node& node, const std::string& key) {
    if (!node.IsScalar())
        return fail(wrong("\"" + key + "\" is no text"));
    return node.Scalar();
}

// One text, or a list of texts.
Result<std::vector<std::string>> textsOf(const YAML::Node& node, const std::string& key) {
    std::vector<std::string> texts;
    if (!node || node.IsNull())
        return texts;
    if (!node.IsSequence()) {
        TRY_ASSIGN(texts.emplace_back(), textOf(node, key));
        return texts;
    }
    for (const auto& item : node) {
        TRY_ASSIGN(std::string text, textOf(item, key));
        texts.push_back(std::move(text));
    }
    return texts;
}

Result<bool> truthOf(const YAML::Node& node, const std::string& key) {
    bool value = false;
    if (!node || node.IsNull())
        return false;
    if (!YAML::convert<bool>::decode(node, value))
        return fail(wrong("\"" + key + "\" is true or false"));
    return value;
}

Result<LabelKind> labelKind(const std::string& text) {
    static const std::map<std::string, LabelKind> kKinds{
        {"text", LabelKind::Text},     {"", LabelKind::Text},     {"email", LabelKind::Email},
        {"hash", LabelKind::Hash},     {"spdx", LabelKind::Spdx}, {"rfc3339", LabelKind::Rfc3339},
        {"semver", LabelKind::SemVer}, {"url", LabelKind::Url}};
    const auto found = kKinds.find(text);
    if (found == kKinds.end())
        return fail(wrong("\"" + text + "\" is no kind of label",
                          "Kinds are text, rfc3339, semver, url, hash, spdx and email."));
    return found->second;
}

Result<void> readOverrides(const YAML::Node& node, LintSettings& settings) {
    if (!node || node.IsNull())
        return {};
    if (!node.IsMap())
        return fail(wrong("\"override\" holds lists of rules by their severity"));
    for (const auto& entry : node) {
        TRY_ASSIGN(const std::string name, textOf(entry.first, "override"));
        const auto severity = lintSeverityFromString(name);
        if (!severity)
            return fail(
                wrong("\"" + name + "\" is no severity", "It is error, warning, info, style or ignore."));
        TRY_ASSIGN(const auto rules, textsOf(entry.second, "override." + name));
        for (const auto& rule : rules)
            settings.severities[rule] = *severity;
    }
    return {};
}

Result<void> readLabels(const YAML::Node& node, LintSettings& settings) {
    if (!node || node.IsNull())
        return {};
    if (!node.IsMap())
        return fail(wrong("\"label-schema\" holds names of labels and their kinds"));
    for (const auto& entry : node) {
        TRY_ASSIGN(const std::string name, textOf(entry.first, "label-schema"));
        TRY_ASSIGN(const std::string kind, textOf(entry.second, "label-schema." + name));
        TRY_ASSIGN(settings.labels[name], labelKind(kind));
    }
    return {};
}

Result<void> readThreshold(const YAML::Node& node, LintSettings& settings) {
    if (!node || node.IsNull())
        return {};
    TRY_ASSIGN(const std::string text, textOf(node, "failure-threshold"));
    const auto severity = text == "none" ? LintSeverity::Ignore : lintSeverityFromString(text);
    if (!severity)
        return fail(
            wrong("\"" + text + "\" is no severity", "It is error, warning, info, style, ignore or none."));
    settings.threshold = *severity;
    return {};
}

Result<LintSettings> readDocument(const YAML::Node& root) {
    LintSettings settings;
    if (!root || root.IsNull())
        return settings;
    if (!root.IsMap())
        return fail(wrong("it is no list of keys and values", "For example: ignored: [DL3008]"));
    TRY_ASSIGN(const auto ignored, textsOf(root["ignored"], "ignored"));
    settings.ignored.insert(ignored.begin(), ignored.end());
    TRY_ASSIGN(settings.trustedRegistries, textsOf(root["trustedRegistries"], "trustedRegistries"));
    TRY_ASSIGN(settings.strictLabels, truthOf(root["strict-labels"], "strict-labels"));
    TRY_ASSIGN(settings.neverFails, truthOf(root["no-fail"], "no-fail"));
    TRY_ASSIGN(settings.ignoresPragmas, truthOf(root["disable-ignore-pragma"], "disable-ignore-pragma"));
    TRY(readOverrides(root["override"], settings));
    TRY(readLabels(root["label-schema"], settings));
    TRY(readThreshold(root["failure-threshold"], settings));
    return settings;
}

} // namespace

std::vector<std::string_view> lintConfigurationNames() {
    return {".hadolint.yaml", ".hadolint.yml"};
}

Result<LintSettings> readLintConfiguration(const std::string& yaml) {
    constexpr std::size_t kLongest = 1 << 20;
    if (yaml.size() > kLongest)
        return fail(wrong("it is longer than a megabyte"));
    try {
        return readDocument(YAML::Load(yaml));
    } catch (const YAML::Exception& problem) { // yaml-cpp's way to say that something is wrong
        const std::string line =
            problem.mark.is_null() ? std::string() : " in line " + std::to_string(problem.mark.line + 1);
        return fail(wrong(problem.msg + line));
    }
}

} // namespace escale
