// "8080:80", "127.0.0.1:5000-5010:5000-5010/udp": compose-spec 05-services.md, ports.
#include "engine/stack/compose/scalar_types.h"
#include "engine/stack/compose/short_forms.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace escale::compose {
namespace {

constexpr auto kForm =
    "Write PORT, HOST:PORT or ADDRESS:HOST:PORT, each a number or a range, with /udp behind.";

struct Range {
    unsigned first = 0, last = 0;
    [[nodiscard]] unsigned count() const { return last - first + 1; }
};

std::optional<unsigned> portOf(std::string_view text) {
    unsigned port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size() || port > 65535)
        return std::nullopt;
    return port;
}

std::optional<Range> rangeOf(std::string_view text) {
    const auto dash = text.find('-');
    const auto first = portOf(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : portOf(text.substr(dash + 1));
    if (!first || !last || *first > *last)
        return std::nullopt;
    return Range{*first, *last};
}

bool isAddress(const std::string& text) {
    in6_addr bytes{};
    return inet_pton(AF_INET, text.c_str(), &bytes) == 1 || inet_pton(AF_INET6, text.c_str(), &bytes) == 1;
}

bool isProtocol(std::string_view text) {
    return text == "tcp" || text == "udp" || text == "sctp";
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

struct ShortPort {
    std::string address, protocol = "tcp";
    std::optional<Range> host;
    Range inside;
};

/// The parts of a short text; else what is wrong with it.
std::string readPort(const std::string& text, ShortPort& port) {
    std::string rest = text;
    if (const auto slash = rest.rfind('/'); slash != std::string::npos) {
        port.protocol = lower(rest.substr(slash + 1));
        rest.resize(slash);
    }
    if (!isProtocol(port.protocol))
        return "there is no protocol \"" + port.protocol + '"';
    const auto cutLast = [&rest]() -> std::optional<std::string> {
        const auto colon = rest.rfind(':');
        std::string last = colon == std::string::npos ? rest : rest.substr(colon + 1);
        rest.resize(colon == std::string::npos ? 0 : colon);
        return last;
    };
    const bool hasHost = rest.find(':') != std::string::npos;
    const std::string inside = *cutLast();
    const std::string host = hasHost ? *cutLast() : std::string();
    port.address = rest;
    const auto insideRange = rangeOf(inside);
    if (!insideRange || insideRange->first == 0)
        return inside.empty() ? "it names no port of the container" : '"' + inside + "\" is no port";
    port.inside = *insideRange;
    if (!host.empty()) {
        port.host = rangeOf(host);
        if (!port.host)
            return '"' + host + "\" is no port of this machine";
        if (port.inside.count() != 1 && port.inside.count() != port.host->count())
            return "the ranges " + host + " and " + inside + " have different lengths";
    }
    if (port.address.starts_with('[') && port.address.ends_with(']'))
        port.address = port.address.substr(1, port.address.size() - 2);
    else if (port.address.find(':') != std::string::npos)
        return "an IPv6 address stands in brackets: [" + port.address + ']';
    if (!port.address.empty() && !isAddress(port.address))
        return '"' + port.address + "\" is no address";
    return {};
}

Node longPort(const ShortPort& port, unsigned offset, const Place& place) {
    Node node = Node::map(place);
    const auto set = [&](const char* key, std::string text, bool quoted) {
        node.entries.push_back({key, place, Node::scalar(std::move(text), place, quoted)});
    };
    set("mode", "ingress", true);
    if (!port.address.empty())
        set("host_ip", port.address, true);
    set("target", std::to_string(port.inside.first + offset), false);
    if (port.host && port.host->last != 0) {
        std::string published = std::to_string(port.host->first + offset);
        if (port.inside.count() == 1 && port.host->count() > 1)
            published += '-' + std::to_string(port.host->last); // one of them
        set("published", std::move(published), true);
    }
    set("protocol", port.protocol, true);
    return node;
}

/// In the order of "PORT/PROTOCOL" as texts: compose-go's.
void append(std::vector<Node>& into, const ShortPort& port, const Place& place) {
    std::vector<std::pair<std::string, unsigned>> order;
    for (unsigned i = 0; i < port.inside.count(); ++i)
        order.emplace_back(std::to_string(port.inside.first + i) + '/', i);
    std::sort(order.begin(), order.end());
    for (const auto& [text, offset] : order)
        into.push_back(longPort(port, offset, place));
}

void setDefault(Node& map, std::string_view key, std::string_view value) {
    if (map.find(key) == nullptr)
        map.set(key) = Node::scalar(std::string(value));
}

} // namespace

void portsForm(Node& list, FormPart& part) {
    if (!list.isList())
        return;
    std::vector<Node> ports;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        Node& item = list.items[i];
        if (!item.isScalar()) {
            ports.push_back(std::move(item));
            continue;
        }
        ShortPort port;
        if (const std::string wrong = readPort(item.text, port); !wrong.empty()) {
            part.tellOf(i, item.place,
                        "the port \"" + item.text.substr(0, 60) + "\" cannot be read: " + wrong, kForm);
            ports.push_back(std::move(item));
        } else if (!part.takeRoom(port.inside.count())) {
            part.tellOf(i, item.place, "too many ports are published", "Publish those that are used.");
            return;
        } else {
            append(ports, port, item.place);
        }
    }
    list.items = std::move(ports);
}

void portForm(Node& port, FormPart& part) {
    if (!port.isMap())
        return;
    if (const Node* target = port.find("target"); target != nullptr && target->isScalar()) {
        const auto inside = portOf(target->text);
        if (!inside || *inside == 0)
            part.tell(target->place,
                      "target is a port from 1 to 65535, not \"" + target->text.substr(0, 60) + '"',
                      "Write one port in each item of the list.");
    }
    if (const Node* published = port.find("published"); published != nullptr && published->isScalar() &&
                                                        !published->text.empty() && !rangeOf(published->text))
        part.tell(published->place, '"' + published->text.substr(0, 60) + "\" is no port of this machine",
                  "Write a number up to 65535, or a range such as 8080-8090.");
    if (Node* protocol = port.find("protocol"); protocol != nullptr && protocol->isScalar()) {
        protocol->text = lower(protocol->text);
        if (!isProtocol(protocol->text))
            part.tell(protocol->place, "there is no protocol \"" + protocol->text.substr(0, 60) + '"',
                      "Write tcp or udp.");
    }
    if (Node* address = port.find("host_ip");
        address != nullptr && address->isScalar() && !address->text.empty() && !isAddress(address->text))
        part.tell(address->place, '"' + address->text.substr(0, 60) + "\" is no address",
                  "Write an address of this machine, such as 127.0.0.1.");
    setDefault(port, "mode", "ingress");
    setDefault(port, "protocol", "tcp");
}

void exposeForm(Node& list, FormPart& part) {
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const Node& item = list.items[i];
        if (!item.isScalar())
            continue;
        const auto slash = item.text.find('/');
        const auto range = rangeOf(item.text.substr(0, slash));
        if (!range || range->first == 0 ||
            (slash != std::string::npos && !isProtocol(lower(item.text.substr(slash + 1)))))
            part.tellOf(i, item.place, '"' + item.text.substr(0, 60) + "\" is no port of the container",
                        "Write a port or a range, such as 3000 or 8000-8010/udp.");
    }
}

} // namespace escale::compose
