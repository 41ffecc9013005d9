// Reads records of journald's native protocol, independently of the code that writes them.
#pragma once

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>

namespace ulak::events {

/// Fails the test where the record is not well-formed.
inline std::map<std::string, std::string> journal_fields(std::string_view record)
{
    std::map<std::string, std::string> out;
    while (!record.empty()) {
        const auto stop = record.find_first_of("=\n");
        BOOST_REQUIRE(stop != std::string_view::npos);
        const std::string key(record.substr(0, stop));
        std::uint64_t size = record.find('\n') - stop - 1;
        std::size_t start = stop + 1;
        if (record[stop] == '\n') {
            std::memcpy(&size, record.data() + start, sizeof(size));
            start += sizeof(size);
        }
        out[key] = record.substr(start, size);
        BOOST_REQUIRE(record.at(start + size) == '\n');
        record.remove_prefix(start + size + 1);
    }
    return out;
}

} // namespace ulak::events
