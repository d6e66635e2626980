#include "helper/validation/secret_contents.h"

#include "engine/base/file.h"
#include "engine/base/within_time.h"

namespace escale {

constexpr std::chrono::seconds kPatience(10);

Result<std::vector<std::string>> readSecretContents(uid_t owner, std::vector<NamedContent> contents,
                                                    std::size_t largest) {
    if (contents.empty())
        return std::vector<std::string>();
    const auto shared = std::make_shared<std::vector<NamedContent>>(std::move(contents));
    return withinTime<std::vector<std::string>>(
        kPatience, owner, "cannot read the secrets", [shared, largest]() -> Result<std::vector<std::string>> {
            std::vector<std::string> texts;
            for (const auto& [name, content] : *shared) {
                auto text = readFd(content->get(), largest);
                if (!text)
                    return fail(std::move(text).error().prefixed(name));
                texts.push_back(*std::move(text));
            }
            return texts;
        });
}

} // namespace escale
