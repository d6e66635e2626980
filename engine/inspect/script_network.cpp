// The script's network: the cables of a container, their addresses and rules, and what it publishes.
#include "engine/inspect/script_writer.h"

namespace escale::by_hand {

void ScriptWriter::writeBridge(const std::string& name) {
    const MadeStep* bridge = nullptr;
    for (const auto* step : m_plan.steps) {
        if (step->operation == "bridge-create" && step->detail("name") == name)
            bridge = step;
    }
    if (bridge == nullptr)
        return;
    const auto word = shellWord(name);
    indented("if ! ip link show dev " + word +
             " > /dev/null 2>&1; then # the network is gone: its bridge anew");
    indented("    ip link add name " + word + " type bridge");
    indented("    echo " + word + " >> \"$WORK/links\"");
    for (const auto& address : every(*bridge, "address"))
        indented("    ip address add " + shellWord(address) + " dev " + word);
    indented("    ip link set dev " + word + " up");
    indented("fi");
}

// As the engine's: nothing comes in from the container but what bears its address.
void ScriptWriter::writeGuard(const Cable& cable, std::size_t index) {
    const std::string number = std::to_string(index);
    indented("nft -f - << END # from there comes only what bears its address");
    line("table netdev $TABLE$LINK" + number + " {");
    line("    chain guard {");
    line("        type filter hook ingress device \"$LINK" + number + "\" priority filter; policy drop;");
    for (std::size_t i = 0; i < cable.addresses.size(); ++i) {
        const bool isV6 = cable.addresses[i].find(':') != std::string::npos;
        const std::string address = "${ADDRESS" + number + "_" + std::to_string(i) + "%/*}";
        line(std::string("        ") + (isV6 ? "ip6" : "ip") + " saddr " + address + " accept");
        if (isV6)
            line("        ip6 saddr { ::, fe80::/10 } accept");
        else
            line("        arp saddr ip { " + address + ", 0.0.0.0 } accept");
    }
    line("    }");
    line("}");
    line("END");
    indented("echo \"netdev $TABLE$LINK" + number + "\" >> \"$WORK/tables\"");
}

void ScriptWriter::writeCable(const Cable& cable, std::size_t index) {
    const MadeStep& link = *cable.link;
    const std::string number = std::to_string(index);
    const auto inside = shellWord(cable.inside);
    const auto option = [&](const char* word, const char* key) {
        return link.detail(key).empty() ? std::string() : std::string(word) + shellWord(text(link, key));
    };
    if (link.operation == "link-create") {
        indented("ip link add" + option(" link ", "parent") + " name " + inside + " netns \"$PID\" type " +
                 shellWord(text(link, "kind")) + option(" mode ", "mode"));
    } else {
        writeBridge(text(link, "bridge"));
        const auto mtu = option(" mtu ", "mtu");
        indented("ip link add name \"$LINK" + number + "\"" + mtu + " type veth peer name " + inside + mtu +
                 " netns \"$PID\"");
        indented("echo \"$LINK" + number + "\" >> \"$WORK/links\"");
        indented("ip link set dev \"$LINK" + number + "\"" + option(" master ", "bridge"));
        if (cable.isIsolated)
            indented("bridge link set dev \"$LINK" + number +
                     "\" isolated on # reaches the host, no neighbour");
        if (!cable.addresses.empty())
            writeGuard(cable, index);
        indented("ip link set dev \"$LINK" + number + "\" up");
    }
    for (std::size_t i = 0; i < cable.addresses.size(); ++i) {
        const bool isV6 = cable.addresses[i].find(':') != std::string::npos;
        indented("in_network ip address add \"$ADDRESS" + number + "_" + std::to_string(i) + "\" dev " +
                 inside + (isV6 ? " nodad" : ""));
    }
    indented("in_network ip link set dev " + inside + " up");
    for (const auto* route : cable.routes) {
        const auto gateway = text(*route, "gateway");
        const bool isV6 = gateway.find(':') != std::string::npos || route->detail("destination") == "::/0";
        indented(std::string("in_network ip ") + (isV6 ? "-6 " : "") + "route add " +
                 shellWord(text(*route, "destination")) +
                 (gateway.empty() ? "" : " via " + shellWord(gateway)) + " dev " + inside + " proto static");
    }
}

void ScriptWriter::writeNetwork() {
    if (!m_plan.makesNetwork)
        return;
    line("\n# Runs a command in the container's network alone. nsenter(1), network_namespaces(7)");
    line("in_network() {");
    indented("nsenter --target \"$PID\" --net \"$@\"");
    end();
    begin("The container's network: a cable with one end in there and one in this machine's bridge, "
          "addresses, a way "
          "out.\n# ip-link(8), ip-address(8), ip-route(8), veth(4), nft(8)",
          "wire_network");
    const bool hasRules = std::any_of(m_plan.cables.begin(), m_plan.cables.end(),
                                      [](const Cable& cable) { return !cable.addresses.empty(); });
    if (hasRules)
        indented("TABLE=" + table());
    indented("in_network ip link set dev lo up");
    for (std::size_t i = 0; i < m_plan.cables.size(); ++i)
        writeCable(m_plan.cables[i], i);
    end();
    writePublish();
}

void ScriptWriter::writePublish() {
    const auto cable = publishingCable();
    if (!cable)
        return;
    const std::string index = std::to_string(*cable);
    begin("Published ports: what comes for one of this machine's is sent to the container's address. nft(8)",
          "publish_ports");
    indented("[ -n \"$PORTS\" ] || return 0");
    indented("{");
    indented("    echo \"table ip $TABLE { chain ports { type nat hook prerouting priority dstnat;\"");
    indented("    for port in $PORTS; do");
    indented("        echo \"fib daddr type local tcp dport ${port%%:*} dnat to ${ADDRESS" + index +
             "_0%/*}:${port##*:}\"");
    indented("    done");
    indented("    echo '} }'");
    indented("} | nft -f -");
    indented("echo \"ip $TABLE\" >> \"$WORK/tables\"");
    end();
}

} // namespace escale::by_hand
