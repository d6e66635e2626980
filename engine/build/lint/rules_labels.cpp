// LABEL: keys that can be read everywhere, and those that the settings ask for.
#include "engine/build/lint/rules.h"
#include "engine/build/lint/spdx_licences.h"

#include <algorithm>
#include <cctype>

namespace escale::lintrules {
namespace {

bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isAlphanumeric(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}
bool allOf(std::string_view text, bool (*fits)(char)) {
    return std::all_of(text.begin(), text.end(), fits);
}

bool isGoodKey(std::string_view key) {
    if (key.empty() || !isLower(key.front()) || !(isLower(key.back()) || isDigit(key.back())))
        return false;
    const auto fits = [](char c) {
        return isLower(c) || isDigit(c) || c == '.' || c == '-' || c == '_' || c == '/';
    };
    return allOf(key, fits) && !contains(key, "..") && !contains(key, "--") &&
           !key.starts_with("com.docker.") && !key.starts_with("io.docker.") &&
           !key.starts_with("org.dockerproject.");
}

std::string_view takeUntil(std::string_view& text, std::string_view marks) {
    const auto end = std::min(text.find_first_of(marks), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end);
    return part;
}

// "scheme:something", without spaces (RFC 3986).
bool isUrl(std::string_view text) {
    const std::string_view scheme = takeUntil(text, ":");
    const auto fits = [](char c) { return isAlphanumeric(c) || c == '+' || c == '-' || c == '.'; };
    const auto printable = [](char c) { return c > ' ' && c < '\x7F' && !contains("\"<>\\^`{|}", {&c, 1}); };
    return !scheme.empty() && !isDigit(scheme.front()) && allOf(scheme, fits) && text.size() > 1 &&
           allOf(text.substr(1), printable);
}

bool takeDigits(std::string_view& text, std::size_t count, int most) {
    if (text.size() < count || !allOf(text.substr(0, count), isDigit))
        return false;
    int value = 0;
    for (const char c : text.substr(0, count))
        value = value * 10 + (c - '0');
    text.remove_prefix(count);
    return value <= most;
}
bool takeOne(std::string_view& text, std::string_view marks) {
    if (text.empty() || !contains(marks, text.substr(0, 1)))
        return false;
    text.remove_prefix(1);
    return true;
}

// 2026-01-31T12:00:00.5+01:00
bool isTime(std::string_view text) {
    if (!takeDigits(text, 4, 9999) || !takeOne(text, "-") || !takeDigits(text, 2, 12) ||
        !takeOne(text, "-") || !takeDigits(text, 2, 31) || !takeOne(text, "Tt ") ||
        !takeDigits(text, 2, 23) || !takeOne(text, ":") || !takeDigits(text, 2, 59) || !takeOne(text, ":") ||
        !takeDigits(text, 2, 60))
        return false;
    if (takeOne(text, ".")) {
        const std::string_view fraction = takeUntil(text, "Zz+-");
        if (fraction.empty() || !allOf(fraction, isDigit))
            return false;
    }
    if (takeOne(text, "Zz"))
        return text.empty();
    return takeOne(text, "+-") && takeDigits(text, 2, 23) && takeOne(text, ":") && takeDigits(text, 2, 59) &&
           text.empty();
}

bool isHash(std::string_view text) {
    const auto fits = [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); };
    return (text.size() == 7 || text.size() == 40) && allOf(text, fits);
}

bool areIdentifiers(std::string_view text, bool isPreRelease) {
    for (;;) {
        const std::string_view part = takeUntil(text, ".");
        const auto fits = [](char c) { return isAlphanumeric(c) || c == '-'; };
        const bool hasLeadingZero = part.size() > 1 && part.front() == '0' && allOf(part, isDigit);
        if (part.empty() || !allOf(part, fits) || (isPreRelease && hasLeadingZero))
            return false;
        if (!takeOne(text, "."))
            return true;
    }
}

// 1.2.3-beta.1+build (semver.org)
bool isSemanticVersion(std::string_view text) {
    for (int i = 0; i < 3; ++i) {
        const std::string_view number = takeUntil(text, i < 2 ? "." : "-+");
        if (number.empty() || !allOf(number, isDigit) || (number.size() > 1 && number.front() == '0') ||
            (i < 2 && !takeOne(text, ".")))
            return false;
    }
    if (takeOne(text, "-") && !areIdentifiers(takeUntil(text, "+"), true))
        return false;
    return text.empty() || (takeOne(text, "+") && areIdentifiers(text, false));
}

bool isEmail(std::string_view text) {
    const std::string_view name = takeUntil(text, "@");
    const auto nameFits = [](char c) {
        return isAlphanumeric(c) || contains(".!#$%&'*+-/=?^_`{|}~", {&c, 1});
    };
    if (name.empty() || name.front() == '.' || name.back() == '.' || contains(name, "..") ||
        !allOf(name, nameFits) || !takeOne(text, "@"))
        return false;
    const auto hostFits = [](char c) { return isAlphanumeric(c) || c == '-' || c == '.'; };
    return !text.empty() && text.front() != '.' && text.back() != '.' && text.front() != '-' &&
           !contains(text, "..") && allOf(text, hostFits);
}

struct KindRule {
    LabelKind kind;
    std::string_view rule;
    bool (*fits)(std::string_view);
};
constexpr KindRule kKinds[] = {
    {LabelKind::Url, "DL3052", isUrl},
    {LabelKind::Rfc3339, "DL3053", isTime},
    {LabelKind::Spdx, "DL3054", isSpdxExpression},
    {LabelKind::Hash, "DL3055", isHash},
    {LabelKind::SemVer, "DL3056", isSemanticVersion},
    {LabelKind::Email, "DL3058", isEmail},
};

void checkLabel(const Input& input, const SourceWord& key, const SourceWord& word, Report& report) {
    const std::string name = plainText(key.text);
    const std::string value = plainText(word.text);
    const auto& wanted = input.settings.labels;
    if (!isGoodKey(name))
        report.add("DL3048", key.range, {name});
    const auto found = wanted.find(name);
    if (found == wanted.end()) {
        if (input.settings.strictLabels)
            report.add("DL3050", key.range, {name});
        return;
    }
    if (value.empty())
        report.add("DL3051", key.range, {name});
    for (const auto& each : kKinds) {
        if (each.kind == found->second && !each.fits(value))
            report.add(each.rule, key.range, {name});
    }
}

bool hasLabel(const Stage& stage, const std::string& name) {
    return std::any_of(stage.steps.begin(), stage.steps.end(), [&](const Step& step) {
        if (!step.is(Keyword::Label) || step.isTrigger)
            return false;
        const auto names = definedNames(*step.instruction);
        return std::find(names.begin(), names.end(), name) != names.end();
    });
}

// Of the image that is made: stages before it give it files, or are what it is made on.
void checkMissing(const Input& input, Report& report) {
    if (input.last() == nullptr)
        return;
    const auto lineage = input.lineage(*input.last());
    for (const auto& [name, kind] : input.settings.labels) {
        if (std::none_of(lineage.begin(), lineage.end(),
                         [&label = name](const Stage* stage) { return hasLabel(*stage, label); }))
            report.add("DL3049", input.last()->range(), {name});
    }
}

} // namespace

void checkLabels(const Input& input, Report& report) {
    input.forEach([&](const Stage&, const Step& step) {
        if (!step.is(Keyword::Label))
            return;
        const auto& words = step.instruction->words;
        for (std::size_t i = 0; i + 1 < words.size(); i += 2)
            checkLabel(input, words[i], words[i + 1], report);
    });
    checkMissing(input, report);
}

} // namespace escale::lintrules
