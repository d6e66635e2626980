// Reads a list again when it changed, one read at a time: changes that come while a read is under way lead to
// one more read, not to one each.
#pragma once

#include "gui/client/call.h"

#include <QObject>

#include <functional>

namespace escale::gui {

template <class List>
class ListReader {
public:
    using Read = std::function<void(QObject*, Answer<List>)>;

    /// `read` starts one; `take` gets each answer. Both live as long as `owner`, which owns this reader.
    ListReader(QObject* owner, Read read, Answer<List> take)
        : m_owner(owner)
        , m_read(std::move(read))
        , m_take(std::move(take)) {}

    void refresh() {
        if (m_reading) {
            m_again = true;
            return;
        }
        m_reading = true;
        m_again = false;
        m_read(m_owner, [this](Result<List> list) {
            m_reading = false;
            m_take(std::move(list));
            if (m_again)
                refresh();
        });
    }

    [[nodiscard]] bool isReading() const { return m_reading; }

private:
    QObject* m_owner;
    Read m_read;
    Answer<List> m_take;
    bool m_reading = false;
    bool m_again = false;
};

} // namespace escale::gui
