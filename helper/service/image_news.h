// What happened to images, told to their owner: an event (Docker's type "image") and the list that changed.
#pragma once

#include "engine/container/event_log.h"
#include "engine/store/store.h"
#include "helper/service/changes.h"

namespace escale {

/// Every method from any thread.
class ImageNews {
public:
    /// All outlive this object.
    ImageNews(Store& store, EventLog& events, Changes& changes)
        : m_store(store)
        , m_events(events)
        , m_changes(changes) {}

    /// action: "pull", "tag", "untag", "push", "save", "load", "import"; image: its digest; name: how the
    /// person called it.
    void happened(uid_t owner, const std::string& action, const std::string& image, const std::string& name);
    /// The owner has no name for it any more: "delete", unless somebody else has one.
    void isWithoutName(uid_t owner, const Digest& image);
    /// "prune", with the bytes that it freed.
    void pruned(uid_t owner, std::uint64_t bytes);
    /// The list alone: what happened is told as an event of something else.
    void changed(uid_t owner, const std::string& image);

private:
    Store& m_store;
    EventLog& m_events;
    Changes& m_changes;
};

} // namespace escale
