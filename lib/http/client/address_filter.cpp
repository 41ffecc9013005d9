#include "http/client/address_filter.hpp"

#include <boost/asio/ip/address_v4.hpp>

#include <algorithm>
#include <cstdint>

namespace ulak::http {

namespace ip = boost::asio::ip;

namespace {

struct range {
    std::uint32_t first;
    int bits;
};

// The entries of the IANA special-purpose registry that are not globally reachable.
constexpr range ranges[] = {
    {0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
    {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24}, {0xc0a80000, 16}, {0xc6120000, 15},
    {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 4},  {0xf0000000, 4},
};

bool is_private_v4(const ip::address_v4& address)
{
    auto value = address.to_uint();
    return std::ranges::any_of(ranges, [value](const range& r) { return (value ^ r.first) >> (32 - r.bits) == 0; });
}

bool is_private_v6(const ip::address_v6& address)
{
    auto bytes = address.to_bytes();
    if (address.is_v4_mapped())
        return is_private_v4(ip::make_address_v4(ip::v4_mapped, address));
    if (bytes[0] == 0x00 && bytes[1] == 0x64 && bytes[2] == 0xff && bytes[3] == 0x9b) // NAT64
        return is_private_v4(ip::address_v4({bytes[12], bytes[13], bytes[14], bytes[15]}));
    bool unique_local = (bytes[0] & 0xfe) == 0xfc;
    bool global_unicast = (bytes[0] & 0xe0) == 0x20;
    return unique_local || !global_unicast;
}

} // namespace

bool is_private(const ip::address& address)
{
    return address.is_v4() ? is_private_v4(address.to_v4()) : is_private_v6(address.to_v6());
}

} // namespace ulak::http
