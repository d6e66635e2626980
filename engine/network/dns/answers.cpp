#include "engine/network/dns/answers.h"

#include <algorithm>
#include <functional>

namespace escale::dns {

Decision Answers::decide(std::string_view bytes, const IpAddress& source, const IpAddress& gateway,
                         bool isTcp) {
    auto received = readQuestion(bytes);
    if (received.verdict == Verdict::Silent)
        return {};
    if (received.verdict == Verdict::Refuse)
        return {.reply = refusalOf(received)};
    Question& question = received.question;
    const std::size_t longest = isTcp ? kLongestTcp : question.udpLimit();
    const auto asker = askerAt(source, gateway);
    if (!asker || question.network != 1)
        return {.reply = Reply(question, Rcode::Refused, longest).take()};
    if (auto addresses = m_table.find(question.name, asker->networks))
        return {.reply = addressesOf(question, std::move(*addresses), longest)};
    if (const auto address = reversedAddress(question.name)) {
        if (const auto names = m_table.namesOf(*address))
            return {.reply = namesOf(question, *asker, *names, longest)};
    }
    return askOutside(std::move(question), *asker, longest);
}

/// The address is the whole identification: nobody sends with another's (the endpoints' guards see to it).
std::optional<Answers::Asker> Answers::askerAt(const IpAddress& source, const IpAddress& gateway) const {
    if (const auto* container = m_table.containerAt(source))
        return Asker{container->networks, container};
    const auto asked = m_table.networkOfGateway(gateway);
    if (asked && m_table.networkOfGateway(source)) // nobody else has a gateway's address
        return Asker{{*asked}, nullptr};
    return std::nullopt;
}

std::string Answers::addressesOf(const Question& question, std::vector<IpAddress> addresses,
                                 std::size_t longest) {
    const bool v4 = question.is(Type::A) || question.is(Type::Any);
    const bool v6 = question.is(Type::Aaaa) || question.is(Type::Any);
    std::erase_if(addresses, [&](const IpAddress& each) { return each.isV6 ? !v6 : !v4; });
    if (addresses.size() > 1) {
        // Counted by family: whoever asks for both at a time would else get the same first one for ever.
        const auto hash = std::hash<std::string_view>()(question.name) + question.type;
        const auto turn = m_turns[hash % m_turns.size()]++;
        std::rotate(addresses.begin(), addresses.begin() + turn % addresses.size(), addresses.end());
    }
    Reply reply(question, Rcode::NoError, longest); // without a record, too: the name is there
    for (const auto& address : addresses)
        reply.add(address);
    return reply.take();
}

std::string Answers::namesOf(const Question& question, const Asker& asker, const NameTable::Names& names,
                             std::size_t longest) const {
    const bool isShared =
        std::find(asker.networks.begin(), asker.networks.end(), names.network) != asker.networks.end();
    Reply reply(question, isShared ? Rcode::NoError : Rcode::NameError, longest);
    if (isShared && (question.is(Type::Ptr) || question.is(Type::Any))) {
        for (const auto name : names.names)
            reply.addPointer(name);
    }
    return reply.take();
}

Decision Answers::askOutside(Question question, const Asker& asker, std::size_t longest) const {
    if (asker.container == nullptr) // the host has servers of its own, which may be where this comes from
        return {.reply = Reply(question, Rcode::Refused, longest).take()};
    // Docker says "server failure"; but there is no other name in an internal network, and who hears so goes
    // on at once with the next domain to search.
    if (!asker.container->mayAskOutside)
        return {.reply = Reply(question, Rcode::NameError, longest).take()};
    const auto& servers = asker.container->servers.empty() ? m_table.hostServers() : asker.container->servers;
    if (servers.empty())
        return {.reply = Reply(question, Rcode::ServerFailure, longest).take()};
    return {.question = std::move(question), .servers = servers};
}

} // namespace escale::dns
