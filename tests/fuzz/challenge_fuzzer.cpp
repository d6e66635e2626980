// WWW-Authenticate, by which a stranger says where our password is to go.
#include "engine/registry/authorization.h"
#include "tests/fuzz/promise.h"

using namespace escale;
using fuzz::require;

namespace {

const Credentials kPassword{"ada", "s3cret-pass", {}};
const Credentials kIdentity{"ada", {}, "s3cret-identity"};

void check(const std::vector<Challenge>& challenges, const Credentials& credentials, bool allowPlain) {
    RegistryAuthorization authorization("registry.example", credentials, allowPlain);
    const auto wanted = authorization.accept(challenges, "repository:a:pull");
    if (!wanted) {
        const std::string text = wanted.error().text();
        require(text.find("s3cret") == std::string::npos, "no message tells a secret");
        return;
    }
    if (!*wanted)
        return; // Basic, to the registry itself
    const TokenRequest& request = **wanted;
    require(request.url.starts_with("https://") || (allowPlain && request.url.starts_with("http://")),
            "a token server is reached by HTTPS");
    require(request.url.find("s3cret") == std::string::npos, "an address holds no secret");
    for (const char c : request.url + request.authorization + request.form)
        require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, "nothing ends a header's line");
    // Whatever the answer of a token server is, too.
    (void)authorization.takeToken("repository:a:pull", request.url);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view header(reinterpret_cast<const char*>(bytes), size);
    if (header.find("s3cret") != std::string_view::npos) // libFuzzer reads our strings, too
        return 0;
    const auto challenges = parseChallenges(header);
    for (const Challenge& challenge : challenges) {
        require(!challenge.scheme.empty(), "a challenge has a scheme");
        for (const auto& [name, value] : challenge.parameters)
            require(!name.empty() && value.size() <= size, "parameters have names");
    }
    check(challenges, kPassword, false);
    check(challenges, kIdentity, true);
    RegistryAuthorization authorization("registry.example", kPassword, false);
    if (authorization.takeToken("scope", header)) {
        for (const char c : authorization.headerFor("scope"))
            require(c >= 0x20 && c < 0x7f, "a token is one header's value");
    }
    return 0;
}
