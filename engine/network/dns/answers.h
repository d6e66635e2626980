// Who asks, and what they are told: by names of the networks that they are in, or by whom to ask further. No
// sockets here.
#pragma once

#include "engine/network/dns/message.h"
#include "engine/network/dns/name_table.h"

#include <array>
#include <string>
#include <vector>

namespace escale::dns {

/// What is to be done with what came in: a reply, or servers to ask, or (neither) nothing.
struct Decision {
    std::string reply;
    Question question; // to be asked elsewhere
    std::vector<Upstream> servers;
};

class Answers {
public:
    /// In force with the next question.
    void setTable(NameTable table) { m_table = std::move(table); }
    [[nodiscard]] const NameTable& table() const { return m_table; }

    /// Bytes from `source` at one of our gateways. `isTcp`: the answer may be as long as it likes.
    Decision decide(std::string_view bytes, const IpAddress& source, const IpAddress& gateway, bool isTcp);

private:
    struct Asker {
        std::vector<NameTable::Index> networks;          // whose names it may know
        const NameTable::Container* container = nullptr; // none: the host itself
    };
    [[nodiscard]] std::optional<Asker> askerAt(const IpAddress& source, const IpAddress& gateway) const;
    std::string addressesOf(const Question& question, std::vector<IpAddress> addresses, std::size_t longest);
    [[nodiscard]] std::string namesOf(const Question& question, const Asker& asker,
                                      const NameTable::Names& names, std::size_t longest) const;
    Decision askOutside(Question question, const Asker& asker, std::size_t longest) const;

    NameTable m_table;
    /// How often names were asked for, by a hash: each answer begins one address further.
    std::array<std::uint16_t, 1024> m_turns{};
};

} // namespace escale::dns
