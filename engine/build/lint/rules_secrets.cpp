// Secrets: in names of variables, in values, in files that are copied.
#include "engine/build/lint/rules.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace escale::lintrules {
namespace {

// Names under which programs are given secrets, or accounts, that do not look like one by themselves.
constexpr std::array<std::string_view, 13> kKnownNames{
    "APPLICATION_KEY",      "AWS_ACCESS_KEY_ID",  "CI_DEPLOY_USER",     "DOCKER_EMAIL",
    "FACEBOOK_APP_ID",      "HEROKU_API_USER",    "OKTA_AUTHN_GROUPID", "OKTA_CLIENT_ORGURL",
    "OKTA_OAUTH2_CLIENTID", "STRIPE_DEVICE_NAME", "TRAVIS_OS_NAME",     "TRAVIS_SUDO",
    "AWS_SECRET_ACCESS_KEY"};

bool looksSecret(const std::string& name) {
    const std::string upper = upperCase(name);
    if (std::find(kKnownNames.begin(), kKnownNames.end(), upper) != kKnownNames.end())
        return true;
    constexpr std::array<std::string_view, 7> kParts{"API_KEY", "CLIENT_KEY", "PASSWORD", "PRIVATE",
                                                     "SECRET",  "TOKEN",      "USERNAME"};
    return std::any_of(kParts.begin(), kParts.end(), [&](auto part) { return contains(upper, part); });
}

// Whether one of the words stands in the name, alone between underscores.
bool hasWord(const std::string& name, WordList words) {
    std::string_view rest = name;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('_'), rest.size());
        if (isAnyOf(rest.substr(0, end), words))
            return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

bool isSecretOfBuildKit(const std::string& name) {
    const std::string lower = lowerCase(name);
    return hasWord(lower, {"apikey", "auth", "credential", "credentials", "key", "password", "pword",
                           "passwd", "secret", "token"}) &&
           !hasWord(lower, {"public", "file", "version"});
}

void checkNames(const Instruction& instruction, Report& report) {
    const auto names = definedNames(instruction);
    const std::size_t step = instruction.keyword == Keyword::Arg ? 1 : 2;
    for (std::size_t i = 0; i < names.size() && i * step < instruction.words.size(); ++i) {
        const SourceRange range = instruction.words[i * step].range;
        if (looksSecret(names[i]))
            report.add("DL3064", range, {names[i]});
        if (isSecretOfBuildKit(names[i]))
            report.add("SecretsUsedInArgOrEnv", range, {names[i]});
    }
}

struct TokenForm {
    std::string_view begin;
    std::size_t length; // of letters and digits behind it, at least
};
// AWS, GitHub, GitLab, npm, Slack, Docker Hub, Stripe
constexpr std::array kTokenForms{
    TokenForm{"AKIA", 16},        TokenForm{"ghp_", 36},    TokenForm{"gho_", 36}, TokenForm{"ghs_", 36},
    TokenForm{"github_pat_", 22}, TokenForm{"glpat-", 20},  TokenForm{"npm_", 36}, TokenForm{"xoxb-", 20},
    TokenForm{"dckr_pat_", 20},   TokenForm{"sk_live_", 16}};

bool isTokenLetter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

struct Sight {
    std::size_t begin, end;
};

std::optional<Sight> findToken(std::string_view text) {
    for (const auto& form : kTokenForms) {
        for (auto at = text.find(form.begin); at != std::string_view::npos;
             at = text.find(form.begin, at + 1)) {
            std::size_t end = at + form.begin.size();
            while (end < text.size() && isTokenLetter(text[end]))
                ++end;
            if (end - at >= form.begin.size() + form.length && (at == 0 || !isTokenLetter(text[at - 1])))
                return Sight{at, end};
        }
    }
    if (const auto at = text.find("PRIVATE KEY-----"); at != std::string_view::npos)
        return Sight{at, at + 16};
    return std::nullopt;
}

// "https://name:password@host": not when the password is a variable.
std::optional<Sight> findPassword(std::string_view text) {
    for (auto at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
        const std::size_t begin = at + 3;
        const auto end = std::min(text.find_first_of(" \t\"'/", begin), text.size());
        const std::string_view host = text.substr(begin, end - begin);
        const auto sign = host.find('@');
        const auto colon = host.find(':');
        if (sign != std::string_view::npos && colon < sign && colon + 1 < sign &&
            host.find('$', colon) > sign)
            return Sight{begin, begin + sign};
    }
    return std::nullopt;
}

void checkValues(const Instruction& instruction, Report& report) {
    const std::string_view text = instruction.text;
    const auto tell = [&](const std::optional<Sight>& sight) {
        if (sight)
            report.add("ES1008", instruction.textPlaces.range(sight->begin, sight->end));
        return sight.has_value();
    };
    if (tell(findToken(text)) || tell(findPassword(text)))
        return;
    for (const auto& document : instruction.documents) {
        const LogicalLine lines = documentText(document);
        if (const auto sight = findToken(lines.text()))
            report.add("ES1008", lines.range(sight->begin, sight->end));
    }
}

bool mayHoldSecrets(std::string_view path) {
    const std::string_view name = path.substr(std::min(path.size(), path.rfind('/') + 1));
    if (isAnyOf(name, {".env", ".npmrc", ".pypirc", ".netrc", ".git-credentials", ".htpasswd", "id_rsa",
                       "id_dsa", "id_ecdsa", "id_ed25519", ".ssh", ".aws", ".kube", ".gnupg"}))
        return true;
    return name.starts_with(".env.") ? !name.ends_with(".example") && !name.ends_with(".sample")
                                     : name.ends_with(".pem") || name.ends_with(".p12") ||
                                           name.ends_with(".pfx") || name.ends_with(".key");
}

void checkFiles(const Instruction& instruction, Report& report) {
    if (instruction.flag("from") != nullptr)
        return;
    for (std::size_t i = 0; i + 1 < instruction.words.size(); ++i) {
        const std::string path = plainText(instruction.words[i].text);
        if (mayHoldSecrets(path))
            report.add("ES1009", instruction.words[i].range, {path});
    }
}

} // namespace

void checkSecrets(const Input& input, Report& report) {
    const auto look = [&](const Instruction& instruction) {
        if (instruction.keyword == Keyword::Arg || instruction.keyword == Keyword::Env)
            checkNames(instruction, report);
        if (instruction.keyword == Keyword::Copy || instruction.keyword == Keyword::Add)
            checkFiles(instruction, report);
        checkValues(instruction, report);
    };
    for (const Instruction* instruction : input.before)
        look(*instruction);
    input.forEach([&](const Stage&, const Step& step) { look(*step.instruction); });
}

} // namespace escale::lintrules
