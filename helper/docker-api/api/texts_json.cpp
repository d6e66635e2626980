#include "helper/docker-api/api/texts_json.h"

namespace escale::docker_api {

Json textsJson(const dbus::TextMap& texts) {
    Json::Object members; // each name once: none is looked for, however many there are
    members.reserve(static_cast<std::size_t>(texts.size()));
    for (auto text = texts.begin(); text != texts.end(); ++text)
        members.emplace_back(text.key().toStdString(), text.value().toStdString());
    return members;
}

} // namespace escale::docker_api
