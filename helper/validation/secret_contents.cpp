#include "helper/validation/secret_contents.h"

#include "engine/base/file.h"
#include "engine/base/within_time.h"

namespace escale {

Result<std::vector<std::string>> readSecretContents(uid_t owner, std::vector<NamedContent> contents,
                                                    std::size_t largest, std::size_t most,
                                                    std::chrono::milliseconds patience) {
    if (contents.empty())
        return std::vector<std::string>();
    const auto shared = std::make_shared<std::vector<NamedContent>>(std::move(contents));
    return withinTime<std::vector<std::string>>(
        patience, owner, "cannot read the secrets",
        [shared, largest, most]() -> Result<std::vector<std::string>> {
            std::vector<std::string> texts;
            std::size_t size = 0;
            for (const auto& [name, content] : *shared) {
                auto text = readFd(content->get(), largest);
                if (!text)
                    return fail(std::move(text).error().prefixed(name));
                size += text->size();
                if (size > most)
                    return fail(ErrorCode::InvalidArgument,
                                "there is more than " + std::to_string(most >> 20U) + " MiB to be read");
                texts.push_back(*std::move(text));
            }
            return texts;
        });
}

} // namespace escale
