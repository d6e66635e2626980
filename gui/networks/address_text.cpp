#include "gui/networks/address_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <optional>

namespace escale::gui {
namespace {

using AddressBits = std::array<unsigned char, 16>;

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

std::optional<AddressBits> bitsOf(const QString& address, bool six) {
    AddressBits bits{};
    if (::inet_pton(six ? AF_INET6 : AF_INET, address.toLatin1().constData(), bits.data()) != 1)
        return std::nullopt;
    return bits;
}

bool isInSubnet(const AddressBits& address, const QString& subnet, bool six) {
    const auto base = bitsOf(subnet.section(u'/', 0, 0), six);
    const int prefix = subnet.section(u'/', 1).toInt();
    for (int bit = 0; base && bit < prefix; ++bit) {
        const auto at = static_cast<std::size_t>(bit) / 8;
        if (((address.at(at) ^ base->at(at)) & (0x80 >> (bit % 8))) != 0)
            return false;
    }
    return base.has_value();
}

} // namespace

QString addressProblem(const QString& text, bool six) {
    if (text.isEmpty() || bitsOf(text, six))
        return {};
    return six ? translate("AddressText", "This is no IPv6 address.")
               : translate("AddressText", "This is no IPv4 address.");
}

QString addressProblem(const QString& text, const QStringList& subnets, bool six) {
    if (const QString problem = addressProblem(text, six); !problem.isEmpty() || text.isEmpty())
        return problem;
    const AddressBits address = *bitsOf(text, six);
    const bool fits = std::any_of(subnets.begin(), subnets.end(),
                                  [&](const QString& subnet) { return isInSubnet(address, subnet, six); });
    return fits ? QString()
                : translate("AddressText", "It is not in the network's subnet, %1.")
                      .arg(subnets.join(QStringLiteral(", ")));
}

QString subnetProblem(const QString& text, bool six) {
    bool isNumber = false;
    const int prefix = text.section(u'/', 1).toInt(&isNumber);
    const bool fits =
        bitsOf(text.section(u'/', 0, 0), six) && isNumber && prefix >= 0 && prefix <= (six ? 128 : 32);
    if (text.isEmpty() || fits)
        return {};
    return six ? translate("AddressText", "Write an address and a length, for example fd00:5::/64.")
               : translate("AddressText", "Write an address and a length, for example 10.5.0.0/24.");
}

} // namespace escale::gui
